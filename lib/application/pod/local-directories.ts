import { Size } from 'cdk8s';
import { checkArguments } from '../../problems/property-checks';

/** The path of Spark's local directory in every pod. */
export const LOCAL_DIRECTORY_PATH = '/var/data/spark-local-dir-1';
export const LOCAL_DIRECTORY_VOLUME = 'spark-local-dir-1';
/** Spark uses volumes with this prefix in their names as its local directories. */
export const LOCAL_DIRECTORY_PREFIX = 'spark-local-dir-';

/** Options of a local directory on the node's disk. */
export interface EmptyLocalDirectoryOptions {
  /** The size limit; the kubelet evicts a pod that exceeds it. At least one mebibyte. */
  readonly sizeLimit: Size;

  /**
   * Whether it is in memory. It then counts as memory of the pod, and its limit is added to the memory overhead.
   *
   * @default false
   */
  readonly inMemory?: boolean;
}

/** Options of a local directory on a PersistentVolumeClaim. */
export interface LocalDirectoryClaimOptions {
  /** The volume's size. */
  readonly size: Size;

  /**
   * The storage class.
   *
   * @default - the cluster's default class
   */
  readonly storageClassName?: string;
}

/**
 * The volume of Spark's local directory, where Spark writes shuffle data, spills and cached blocks.
 *
 * @see https://spark.apache.org/docs/latest/running-on-kubernetes.html#local-storage
 */
export class LocalDirectories {
  /**
   * The node's disk, or memory.
   *
   * @param options the size limit
   * @see https://kubernetes.io/docs/concepts/storage/volumes/#emptydir
   */
  public static emptyDir(options: EmptyLocalDirectoryOptions): LocalDirectories {
    checkArguments('LocalDirectories.emptyDir', [options]);
    return new LocalDirectories({ emptyDir: { ...options } });
  }

  /**
   * A volume that Kubernetes creates and deletes with the pod. No identity of the job needs a right for it.
   *
   * @param options the volume's size
   * @see https://kubernetes.io/docs/concepts/storage/ephemeral-volumes/#generic-ephemeral-volumes
   */
  public static ephemeralClaim(options: LocalDirectoryClaimOptions): LocalDirectories {
    checkArguments('LocalDirectories.ephemeralClaim', [options]);
    return new LocalDirectories({ ephemeralClaim: { ...options } });
  }

  /**
   * A claim that Spark itself creates on demand, and reuses for a new executor when one is lost. The driver creates the
   * executors' claims, the operator's controller that of the driver; only these accounts get the right in the job namespace.
   *
   * @param options the volume's size
   * @see https://spark.apache.org/docs/latest/running-on-kubernetes.html#using-kubernetes-volumes
   */
  public static onDemandClaim(options: LocalDirectoryClaimOptions): LocalDirectories {
    checkArguments('LocalDirectories.onDemandClaim', [options]);
    return new LocalDirectories({ onDemandClaim: { ...options } });
  }

  /** @internal */
  public readonly _source: LocalDirectorySource;

  private constructor(source: LocalDirectorySource) {
    this._source = source;
  }
}

/** The source of a local directory: exactly one of these. */
export interface LocalDirectorySource {
  readonly emptyDir?: EmptyLocalDirectoryOptions;
  readonly ephemeralClaim?: LocalDirectoryClaimOptions;
  readonly onDemandClaim?: LocalDirectoryClaimOptions;
}
