import { Size } from 'cdk8s';
import { checkArguments } from '../../problems/property-checks';

/** Where Spark's local directory lies in every pod. */
export const LOCAL_DIRECTORY_PATH = '/var/data/spark-local-dir-1';
export const LOCAL_DIRECTORY_VOLUME = 'spark-local-dir-1';
/** Spark takes volumes whose names begin so as its local directories. */
export const LOCAL_DIRECTORY_PREFIX = 'spark-local-dir-';

/** Options of a local directory on the node's disk. */
export interface EmptyLocalDirectoryOptions {
  /** The most that it may hold; the kubelet evicts the pod beyond. At least a mebibyte. */
  readonly sizeLimit: Size;

  /**
   * Whether it is kept in memory. It then counts as memory of the pod, and the memory overhead is raised by its limit.
   *
   * @default false
   */
  readonly inMemory?: boolean;
}

/** Options of a local directory on a volume claim. */
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
 * What Spark's local directory lies on: there it writes shuffle data, spills and cached blocks.
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
   * A volume that Kubernetes makes and deletes with the pod. No identity of the job needs a right for it.
   *
   * @param options the volume's size
   * @see https://kubernetes.io/docs/concepts/storage/ephemeral-volumes/#generic-ephemeral-volumes
   */
  public static ephemeralClaim(options: LocalDirectoryClaimOptions): LocalDirectories {
    checkArguments('LocalDirectories.ephemeralClaim', [options]);
    return new LocalDirectories({ ephemeralClaim: { ...options } });
  }

  /**
   * A claim that Spark itself makes on demand, and gives to a new executor when one is lost. Executors' claims are made by
   * the driver, the driver's by the operator's controller; just these accounts get the right in the job's namespace.
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

/** What lies behind a local directory: exactly one of these. */
export interface LocalDirectorySource {
  readonly emptyDir?: EmptyLocalDirectoryOptions;
  readonly ephemeralClaim?: LocalDirectoryClaimOptions;
  readonly onDemandClaim?: LocalDirectoryClaimOptions;
}
