import { Volume } from 'cdk8s-plus-28';
import { Construct, IConstruct } from 'constructs';
import { ISparkJobNamespace } from '../job-namespace/spark-job-namespace';
import { Problems, throwProblems } from '../problems/errors';
import { given } from '../problems/value-words';
import { labelProblem } from '../kubernetes/names';
import { Program } from '../program/program';
import { azureStore, AzureStorageProps } from './stores/azure-storage';
import { claimStore, ClaimStorageProps } from './stores/claim-storage';
import { CloudIdentity } from './identity/cloud-identity';
import { gcsStore, GcsStorageProps, KEY_FILE } from './stores/gcs-storage';
import { hdfsStore, HdfsStorageProps } from './stores/hdfs-storage';
import { s3Store, S3StorageProps } from './stores/s3-storage';
import { principalOf } from './identity/principal';
import { Placement, PLACEMENT, placementOf, StoragePlace } from './placement';
import { prefixProblems, SparkStorageOptions, Store } from './stores/store';
import { checkArguments } from '../problems/property-checks';

/** Storage for the checkpoints of streaming jobs. */
export interface ISparkStorage extends IConstruct {
  /** The identity with which jobs reach it. @default - the store needs none */
  readonly identity?: CloudIdentity;

  /**
   * Where a job keeps its checkpoint: `<store>/<prefix>/<namespace>/<application>`, with `/v<version>` where a version is
   * given. It is the same at every start, and no other job has it.
   *
   * @param namespaceName the job's namespace
   * @param applicationName the application's name; for a scheduled one its own, not that of a run
   * @param version the checkpoint's version, 1 or more; leave it out if the job has never started anew
   * @throws if a name is not a DNS label, or the version is not a whole number of 1 or more
   */
  location(namespaceName: string, applicationName: string, version?: number): string;
}

/**
 * A store for checkpoints, with the identity that jobs have there. A stream that loses its checkpoint starts from nothing,
 * so the checkpoint lies on a store that outlives pods and nodes.
 *
 * It renders nothing by itself. Each application whose `checkpoint` is on it gets the store's configuration, its
 * credentials, egress rules where the namespace is isolated, and, with an identity of the cloud, accounts of its own.
 *
 * Each job has one path, `<prefix>/<namespace>/<application>`, which no other job may write: synth refuses two jobs with one
 * path, or with one inside the other. Two clusters that share a bucket need different prefixes.
 *
 * @see https://spark.apache.org/docs/latest/streaming/apis-on-dataframes-and-datasets.html#recovering-from-failures-with-checkpointing
 * @example
 *
 * const checkpoints = SparkStorage.s3(chart, 'checkpoints', {
 *   bucket: 'acme-streams',
 *   prefix: 'checkpoints/prod-eu',
 *   region: 'eu-central-1',
 *   identity: CloudIdentity.awsRole('arn:aws:iam::123456789012:role/sessions'),
 * });
 */
export class SparkStorage extends Construct implements ISparkStorage {
  /**
   * A bucket of Google Cloud Storage. Jobs need `gcs-connector` in their image.
   *
   * @param scope the parent, in a chart
   * @param id the construct's id
   * @param props the bucket, the prefix and the identity
   * @throws if the properties are invalid
   * @see https://cloud.google.com/dataproc/docs/concepts/connectors/cloud-storage
   */
  public static gcs(scope: Construct, id: string, props: GcsStorageProps): ISparkStorage {
    checkArguments('SparkStorage.gcs', [scope, id, props]);
    return new SparkStorage(scope, id, gcsStore(props), props);
  }

  /**
   * A bucket of S3, or of a store that speaks its protocol. Jobs need `hadoop-aws` and the AWS SDK in their image.
   *
   * @param scope the parent, in a chart
   * @param id the construct's id
   * @param props the bucket, the prefix and the identity
   * @throws if the properties are invalid
   * @see https://hadoop.apache.org/docs/stable/hadoop-aws/tools/hadoop-aws/index.html
   */
  public static s3(scope: Construct, id: string, props: S3StorageProps): ISparkStorage {
    checkArguments('SparkStorage.s3', [scope, id, props]);
    return new SparkStorage(scope, id, s3Store(props), props);
  }

  /**
   * A container of Azure Data Lake Storage. Jobs need `hadoop-azure` in their image.
   *
   * @param scope the parent, in a chart
   * @param id the construct's id
   * @param props the container, the prefix and the identity
   * @throws if the properties are invalid
   * @see https://hadoop.apache.org/docs/stable/hadoop-azure/abfs.html
   */
  public static azure(scope: Construct, id: string, props: AzureStorageProps): ISparkStorage {
    checkArguments('SparkStorage.azure', [scope, id, props]);
    return new SparkStorage(scope, id, azureStore(props), props);
  }

  /**
   * HDFS, without Kerberos.
   *
   * @param scope the parent, in a chart
   * @param id the construct's id
   * @param props the name node and the prefix
   * @throws if the properties are invalid
   * @see https://hadoop.apache.org/docs/stable/hadoop-project-dist/hadoop-hdfs/HdfsUserGuide.html
   */
  public static hdfs(scope: Construct, id: string, props: HdfsStorageProps): ISparkStorage {
    checkArguments('SparkStorage.hdfs', [scope, id, props]);
    return new SparkStorage(scope, id, hdfsStore(props), props);
  }

  /**
   * A volume that all pods of a job mount.
   *
   * @param scope the parent, in a chart
   * @param id the construct's id
   * @param props the claim and the prefix
   * @throws if the properties are invalid
   * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/
   */
  public static persistentVolumeClaim(scope: Construct, id: string, props: ClaimStorageProps): ISparkStorage {
    checkArguments('SparkStorage.persistentVolumeClaim', [scope, id, props]);
    return new SparkStorage(scope, id, claimStore(props), { prefix: props.prefix });
  }

  /** The identity with which jobs reach it. @default - the store needs none */
  public readonly identity?: CloudIdentity;

  private constructor(scope: Construct, id: string, store: Store, options: SparkStorageOptions) {
    super(scope, id);
    const problems = new Problems(this);
    problems.add(...store.problems, ...prefixProblems(options.prefix));
    problems.throwIfAny();
    const folder = {
      root: store.root,
      place: store.place,
      path: options.prefix,
      claimNamespace: store.claim?.namespace,
      principal: store.identity && principalOf(store.identity),
    };
    Program.of(this).checkpointFolders.addStorage(this, folder);
    this.identity = store.identity;
    PLACEMENT.set(this, this.placement(store, options));
  }

  /**
   * Where a job keeps its checkpoint: `<store>/<prefix>/<namespace>/<application>`, with `/v<version>` where a version is
   * given. It is the same at every start, and no other job has it.
   *
   * @param namespaceName the job's namespace
   * @param applicationName the application's name; for a scheduled one its own, not that of a run
   * @param version the checkpoint's version, 1 or more; leave it out if the job has never started anew
   * @throws if a name is not a DNS label, or the version is not a whole number of 1 or more
   */
  public location(namespaceName: string, applicationName: string, version?: number): string {
    checkArguments('SparkStorage.location', [namespaceName, applicationName, version], this.node.path);
    const problems = [
      labelProblem('the namespace', namespaceName),
      labelProblem('the application', applicationName),
      versionProblem('the version', version),
    ];
    throwProblems(
      this.node.path,
      problems.filter((problem) => problem !== undefined),
    );
    return placementOf(this).locate(namespaceName, applicationName, version).location;
  }

  private placement(store: Store, { prefix, executorAccess = true }: SparkStorageOptions): Placement {
    const opened = new Set<ISparkJobNamespace>();
    const at = (namespaceName: string, path: string): StoragePlace => {
      // A claim of the same name in another namespace is another one.
      const owner = store.claim === undefined ? '' : ` of ${namespaceName}`;
      return { location: `${store.root}/${path}`, path, place: `${store.place}${owner}/${path}` };
    };
    return {
      store,
      prefix,
      executorAccess,
      keyFile: this.keyFile(),
      at,
      locate: (namespaceName, applicationName, version) => {
        const folder = [prefix, namespaceName, applicationName].join('/');
        return at(namespaceName, version === undefined ? folder : `${folder}/v${version}`);
      },
      open: (jobNamespace) => {
        if (!jobNamespace.isolated || opened.has(jobNamespace)) return;
        opened.add(jobNamespace);
        for (const { name, rule } of [...store.egress, ...(this.identity?._facts.egress ?? [])]) {
          jobNamespace.allowEgress(name, rule);
        }
      },
    };
  }

  private keyFile(): Volume | undefined {
    const keyFile = this.identity?._facts.keyFile;
    if (keyFile === undefined) return undefined;
    return Volume.fromSecret(this, 'KeyFile', keyFile.secret, {
      name: 'cloud-identity',
      items: { [keyFile.key]: { path: KEY_FILE } },
      defaultMode: 0o440,
    });
  }
}

/** What is wrong with a storage before anything is asked of it. */
export function storageTypeProblems(what: string, storage: unknown): string[] {
  return PLACEMENT.has(storage) ? [] : [`${what} ${given(storage)}; pass one of SparkStorage`];
}

/** What is wrong with the version of a checkpoint, or `undefined`. */
export function versionProblem(what: string, version: number | undefined): string | undefined {
  if (version === undefined || (Number.isInteger(version) && version >= 1)) return undefined;
  return `${what} is ${version}; give a whole number of 1 or more`;
}
