import { NetworkPeer, NetworkRule } from '../../job-namespace/network/network-peer';
import { CloudIdentity, IdentityKind, identityProblems } from '../identity/cloud-identity';
import { NewBucket, newBucketProblems } from '../permissions/storage-access';
import { bareNameProblem, SparkStorageOptions, Store } from './store';

/** Properties of checkpoint storage on Google Cloud Storage. */
export interface GcsStorageProps extends SparkStorageOptions {
  /** The bucket's name. No job may create a bucket. */
  readonly bucket: string;

  /**
   * The id of the bucket's project, for example `acme-data`; it also holds the custom roles of the permissions.
   *
   * @default - given when the permissions are applied
   */
  readonly project?: string;

  /**
   * Given if the bucket is to be created with the permissions on it: with versioning and uniform access, without public
   * access.
   *
   * @default - it exists already
   */
  readonly newBucket?: NewBucket;

  /**
   * Whether the permission to list is limited to the jobs' paths by the attribute `objectListPrefix`. Google documents it for
   * credential access boundaries; on the policy of a bucket, try it before you rely on it.
   *
   * @default false: the names of all objects in the bucket can be listed, and no contents
   * @see https://cloud.google.com/iam/docs/downscoping-short-lived-credentials
   */
  readonly limitListing?: boolean;

  /**
   * The identity with which jobs reach the bucket: `CloudIdentity.gkePrincipal`, `.gkeWorkloadIdentity` or `.keyFile`.
   *
   * @default CloudIdentity.gkePrincipal()
   */
  readonly identity?: CloudIdentity;

  /**
   * Peers and ports at which pods reach the store.
   *
   * @default - every address, on port 443
   */
  readonly egress?: NetworkRule;
}

const IDENTITIES: readonly IdentityKind[] = ['gkePrincipal', 'gkeWorkloadIdentity', 'keyFile'];

const CREDENTIALS = ['GOOGLE_APPLICATION_CREDENTIALS', 'fs.gs.auth.service.account.', 'google.cloud.auth.'];

/** Where pods mount the key file. */
export const KEY_FILE_DIRECTORY = '/var/run/secrets/cloud-identity';
export const KEY_FILE = 'key.json';

export function gcsStore(props: GcsStorageProps): Store {
  const { bucket, project, newBucket, limitListing, identity = CloudIdentity.gkePrincipal(), egress } = props;
  const auth: Record<string, string> =
    identity._facts.keyFile === undefined
      ? { 'spark.hadoop.fs.gs.auth.type': 'COMPUTE_ENGINE' }
      : {
          'spark.hadoop.fs.gs.auth.type': 'SERVICE_ACCOUNT_JSON_KEYFILE',
          'spark.hadoop.fs.gs.auth.service.account.json.keyfile': `${KEY_FILE_DIRECTORY}/${KEY_FILE}`,
        };
  return {
    root: `gs://${bucket}`,
    place: `gs://${bucket}`,
    identity,
    target: { store: 'gcs', bucket, project, limitListing, newBucket },
    secretVariables: [],
    credentials: CREDENTIALS,
    variables: {},
    egress: [{ name: 'gcs', rule: egress ?? { peers: [NetworkPeer.anywhere()], ports: [443] } }],
    problems: [
      ...bucketProblems(bucket),
      ...projectProblems(project),
      ...newBucketProblems(newBucket),
      ...identityProblems(identity, IDENTITIES),
    ],
    withIdentity: (another) => gcsStore({ ...props, identity: another }),
    configuration: () => ({
      'spark.hadoop.fs.gs.impl': 'com.google.cloud.hadoop.fs.gcs.GoogleHadoopFileSystem',
      'spark.hadoop.fs.AbstractFileSystem.gs.impl': 'com.google.cloud.hadoop.fs.gcs.GoogleHadoopFS',
      // It would ask for every folder above, which an identity with rights below its own path may not see.
      'spark.hadoop.fs.gs.create.items.conflict.check.enable': 'false',
      ...auth,
    }),
  };
}

/** https://cloud.google.com/storage/docs/buckets#naming */
function bucketProblems(bucket: string): string[] {
  const bare = bareNameProblem('bucket', bucket, 'gs');
  if (bare !== undefined) return [bare];
  const isName =
    /^[a-z0-9][a-z0-9._-]*[a-z0-9]$/.test(bucket) &&
    bucket.length >= 3 &&
    bucket.length <= (bucket.includes('.') ? 222 : 63) &&
    bucket.split('.').every((part) => part.length >= 1 && part.length <= 63);
  if (!isName) {
    return [
      `bucket is "${bucket}", no name of a bucket; use 3 to 63 lower-case letters, digits, "-" and "_", or several such ` +
        'parts with "." between them, a letter or digit at both ends',
    ];
  }
  if (/^\d+(\.\d+){3}$/.test(bucket)) return [`bucket is "${bucket}", an address; give the bucket's name`];
  if (/^goog|google/.test(bucket)) {
    return [`bucket is "${bucket}", a form that Google keeps for itself; give the bucket's name`];
  }
  return [];
}

/** https://cloud.google.com/resource-manager/docs/creating-managing-projects#before_you_begin */
function projectProblems(project: string | undefined): string[] {
  if (project === undefined || /^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(project)) return [];
  return [`project is "${project}", no id of a project; give one such as "acme-data"`];
}
