import { Size } from 'cdk8s';
import { ISparkStorage } from '../../storage/spark-storage';

/**
 * Where the driver writes what happened in a job, so that Spark's history server can show it when the driver is gone.
 *
 * @see https://spark.apache.org/docs/latest/monitoring.html#viewing-after-the-fact
 */
export interface EventLog {
  /** The store, with the identity that the job has there. */
  readonly storage: ISparkStorage;

  /**
   * The folder, told from the root of the bucket, container or volume, without a slash at either end. All jobs of a history
   * server share one, and it must be there before the first of them starts: Spark makes no folder for event logs.
   */
  readonly path: string;

  /**
   * How long a file gets before the next one is begun. The history server sees a file on an object store only when it is
   * complete, and what a killed driver had not completed is lost. Whole mebibytes, at least 10.
   *
   * @default Size.mebibytes(128)
   */
  readonly maxFileSize?: Size;
}
