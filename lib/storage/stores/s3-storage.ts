import { NetworkPeer, NetworkRule } from '../../job-namespace/network/network-peer';
import { CloudIdentity, IdentityKind, identityProblems } from '../identity/cloud-identity';
import { NewBucket, newBucketProblems } from '../permissions/storage-access';
import { bareNameProblem, SparkStorageOptions, Store } from './store';

/** Properties of checkpoint storage on S3, or on a store that speaks its protocol. */
export interface S3StorageProps extends SparkStorageOptions {
  /** The bucket's name. No job may create a bucket. */
  readonly bucket: string;

  /**
   * Given if the bucket is to be created with the permissions on it: with versioning, without public access.
   *
   * @default - it exists already
   */
  readonly newBucket?: NewBucket;

  /** The identity with which jobs reach the bucket: `CloudIdentity.awsRole`, `.eksPodIdentity` or `.secret`. */
  readonly identity: CloudIdentity;

  /**
   * The bucket's region, for example `eu-central-1`.
   *
   * @default - S3A finds it out
   */
  readonly region?: string;

  /**
   * The store's address, if it is not AWS: `https://` or `http://` with a host, and a port if need be.
   *
   * @default - AWS
   */
  readonly endpoint?: string;

  /**
   * Whether requests carry the bucket's name in their path instead of in the host name.
   *
   * @default - true with an `endpoint`, else false
   */
  readonly pathStyleAccess?: boolean;

  /**
   * Whether checkpoint files are committed by completing an upload, and not by copying a temporary file. It needs
   * `spark-hadoop-cloud` in the image, Spark 3.4 or newer, and the right to `s3:AbortMultipartUpload`.
   *
   * @default false
   * @see https://spark.apache.org/docs/latest/cloud-integration.html
   */
  readonly abortableCommits?: boolean;

  /**
   * Peers and ports at which pods reach the store.
   *
   * @default - every address, on the endpoint's port (443 on AWS); port 80 must be given
   */
  readonly egress?: NetworkRule;
}

interface Provider {
  readonly hadoop34: string;
  /** For the first version of AWS's SDK. */
  readonly older?: string;
}

const PROVIDERS: Readonly<Partial<Record<IdentityKind, Provider>>> = {
  awsRole: {
    hadoop34: 'software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider',
    older: 'com.amazonaws.auth.WebIdentityTokenCredentialsProvider',
  },
  eksPodIdentity: { hadoop34: 'software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider' },
  secret: {
    hadoop34: 'software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider',
    older: 'com.amazonaws.auth.EnvironmentVariableCredentialsProvider',
  },
};
const CREDENTIALS = [
  'AWS_ACCESS_KEY_ID',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_ROLE_ARN',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'fs.s3a.access.key',
  'fs.s3a.secret.key',
  'fs.s3a.session.token',
];
const SECRET_VARIABLES = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];

export function s3Store(props: S3StorageProps): Store {
  const { bucket, newBucket, identity, region, endpoint, abortableCommits = false } = props;
  const kind = identity?._facts.kind;
  const provider = kind === undefined ? undefined : PROVIDERS[kind];
  const pathStyle = props.pathStyleAccess ?? endpoint !== undefined;
  return {
    root: `s3a://${bucket}`,
    place: s3Place(bucket, endpoint),
    identity,
    target: { store: 's3', bucket, partition: identity?._facts.awsPartition ?? partitionOf(region), newBucket },
    multipart: abortableCommits,
    needsHadoop34:
      provider !== undefined && provider.older === undefined
        ? `the AWS SDK of older ones does not know CloudIdentity.${kind}`
        : undefined,
    secretVariables: kind === 'secret' ? SECRET_VARIABLES : [],
    credentials: CREDENTIALS,
    variables: {},
    egress: [
      { name: 's3', rule: props.egress ?? { peers: [NetworkPeer.anywhere()], ports: [endpointPort(endpoint)] } },
    ],
    problems: [
      ...bucketProblems(bucket),
      ...identityProblems(identity, Object.keys(PROVIDERS) as IdentityKind[]),
      ...endpointProblems(endpoint),
      ...openPortProblems(props),
      ...regionProblems(region),
      ...newBucketProblems(newBucket),
      ...placeProblems(newBucket, region, endpoint),
    ],
    withIdentity: (another) => s3Store({ ...props, identity: another }),
    configuration: ({ isHadoop34 }) => ({
      ...(endpoint === undefined ? {} : { 'spark.hadoop.fs.s3a.endpoint': endpoint }),
      ...(region === undefined ? {} : { 'spark.hadoop.fs.s3a.endpoint.region': region }),
      'spark.hadoop.fs.s3a.path.style.access': String(pathStyle),
      // Named, so that pods never fall back to the identity of their node.
      'spark.hadoop.fs.s3a.aws.credentials.provider': (isHadoop34 ? provider?.hadoop34 : provider?.older) ?? '',
      'spark.hadoop.fs.s3a.buffer.dir': '/tmp/s3a',
      // A store that does not answer fails the job within minutes; milliseconds, which old releases demand.
      'spark.hadoop.fs.s3a.attempts.maximum': '5',
      'spark.hadoop.fs.s3a.connection.establish.timeout': '15000',
      'spark.hadoop.fs.s3a.connection.timeout': '60000',
    }),
  };
}

const RESERVED = /^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
function bucketProblems(bucket: string): string[] {
  const bare = bareNameProblem('bucket', bucket, 's3a');
  if (bare !== undefined) return [bare];
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket) || bucket.includes('..')) {
    return [
      `bucket is "${bucket}", no name of a bucket; use 3 to 63 lower-case letters, digits, "-" and single ".", ` +
        'a letter or digit at both ends',
    ];
  }
  if (/^\d+(\.\d+){3}$/.test(bucket)) return [`bucket is "${bucket}", an address; give the bucket's name`];
  if (RESERVED.test(bucket)) return [`bucket is "${bucket}", a form that S3 keeps for itself; give the bucket's name`];
  return [];
}

function endpointProblems(endpoint: string | undefined): string[] {
  if (endpoint === undefined || /^https?:\/\/[A-Za-z0-9.-]+(:\d{1,5})?$/.test(endpoint)) return [];
  return [
    `endpoint is "${endpoint}"; give https:// or http:// with a host, and a port if need be, without a path or password`,
  ];
}

/** Names of buckets are unique at each endpoint only. */
export function s3Place(bucket: string, endpoint: string | undefined): string {
  return `s3a://${bucket}${isAws(endpoint) ? '' : ` at ${endpoint?.toLowerCase()}`}`;
}

/** A bucket of AWS is the same one by each of its endpoints. */
function isAws(endpoint: string | undefined): boolean {
  return endpoint === undefined || /\.amazonaws\.com(\.cn)?(:\d+)?$/i.test(endpoint);
}

function openPortProblems({ endpoint, egress }: S3StorageProps): string[] {
  if (egress !== undefined || endpointPort(endpoint) !== 80) return [];
  return [
    `endpoint is "${endpoint}", for which port 80 of every address would be opened, that of the node's metadata server too; ` +
      'give egress with the address or the pods of the store',
  ];
}

function endpointPort(endpoint = 'https://s3'): number {
  const port = /:(\d+)$/.exec(endpoint)?.[1];
  if (port !== undefined) return Number(port);
  return endpoint.startsWith('http:') ? 80 : 443;
}

function regionProblems(region: string | undefined): string[] {
  if (region === undefined || /^[a-z0-9]+(-[a-z0-9]+)*$/.test(region)) return [];
  return [`region is "${region}"; give one such as "eu-central-1"`];
}

function placeProblems(newBucket: NewBucket | undefined, region?: string, endpoint?: string): string[] {
  if (typeof newBucket?.location !== 'string') return [];
  return [
    ...(region === undefined || region === newBucket.location
      ? []
      : [`region is "${region}", but newBucket.location is "${newBucket.location}"; give one place`]),
    ...(isAws(endpoint)
      ? []
      : [
          `newBucket is only made on AWS, but endpoint is "${endpoint}"; make the bucket there, and leave newBucket out`,
        ]),
  ];
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
function partitionOf(region = ''): string | undefined {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : undefined;
}
