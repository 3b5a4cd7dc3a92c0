import { labelProblem } from '../../kubernetes/names';
import { throwProblems } from '../../problems/errors';
import { ISparkStorage, storageTypeProblems, versionProblem } from '../../storage/spark-storage';
import { checkArguments } from '../../problems/property-checks';

/** Options of a job's own checkpoint. */
export interface CheckpointOptions {
  /**
   * The version of the checkpoint; a higher one starts a new checkpoint. The job's path then ends with `/v` and the number. A
   * whole number, at least 1.
   *
   * @default - the path ends with the application's name
   */
  readonly version?: number;

  /**
   * Whether queries without a `checkpointLocation` of their own keep their checkpoints below the job's, each under its name
   * (`spark.sql.streaming.checkpointLocation`). Every query then needs a name: a query without a name gets a new folder at each
   * start, and begins from scratch.
   *
   * @default false
   * @see https://spark.apache.org/docs/latest/streaming/apis-on-dataframes-and-datasets.html
   */
  readonly namedQueries?: boolean;
}

/** Options of a checkpoint that a job only reads. */
export interface ReadOnlyCheckpointOptions {
  /**
   * The version of the checkpoint, as in the application that writes it.
   *
   * @default - the path ends with the application's name
   */
  readonly version?: number;
}

/**
 * The checkpoint of a job: which input its queries have read, and their state. A stream that finds its checkpoint continues
 * where it stopped. The checkpoint is on a storage that outlives the pods, at a path that follows from the namespace and the
 * name of the application; no other job writes to this path.
 *
 * @example
 *
 * declare const streams: ISparkStorage;
 * Checkpoint.on(streams, { version: 2 });
 * @see https://spark.apache.org/docs/latest/streaming/apis-on-dataframes-and-datasets.html#recovering-from-failures-with-checkpointing
 */
export class Checkpoint {
  /**
   * The job's own checkpoint.
   *
   * @param storage the store, with the identity that the job has there
   * @param options the version, and whether named queries keep their checkpoints below it
   * @throws if the storage is not a `SparkStorage`, or the version is not a whole number of 1 or more
   */
  public static on(storage: ISparkStorage, options: CheckpointOptions = {}): Checkpoint {
    checkArguments('Checkpoint.on', [storage, options]);
    return new Checkpoint('Checkpoint.on', storage, options);
  }

  /**
   * The checkpoint of another application of the same namespace, which the job reads and never writes.
   *
   * @param storage the storage where the other application keeps it
   * @param application the name of the other application
   * @param options the version, as in the other application
   * @throws if the storage is not a `SparkStorage`, the name not a DNS label, or the version not a whole number of 1 or more
   * @see https://spark.apache.org/docs/latest/streaming/structured-streaming-state-data-source.html
   */
  public static readOnly(
    storage: ISparkStorage,
    application: string,
    options: ReadOnlyCheckpointOptions = {},
  ): Checkpoint {
    checkArguments('Checkpoint.readOnly', [storage, application, options]);
    const problem = labelProblem('application', application);
    return new Checkpoint('Checkpoint.readOnly', storage, options, application, problem);
  }

  /** The version. @default - the path ends with the application's name */
  public readonly version?: number;
  /** Whether named queries keep their checkpoints below the job's. */
  public readonly namedQueries: boolean;

  private constructor(
    factory: string,
    /** The store, with the identity that the job has there. */
    public readonly storage: ISparkStorage,
    { version, namedQueries = false }: CheckpointOptions,
    /** The application that writes the checkpoint, if this job only reads it. @default - this job writes it */
    public readonly writer?: string,
    writerProblem?: string,
  ) {
    const problems = [versionProblem('version', version), writerProblem];
    throwProblems(factory, [
      ...storageTypeProblems('storage', storage),
      ...problems.filter((problem) => problem !== undefined),
    ]);
    this.version = version;
    this.namedQueries = namedQueries;
  }
}
