import { Size } from 'cdk8s';
import { ISparkStorage } from '../../storage/spark-storage';

/**
 * Where the driver writes the events of a job, so that Spark's history server can show them after the driver has ended.
 *
 * @see https://spark.apache.org/docs/latest/monitoring.html#viewing-after-the-fact
 */
export interface EventLog {
  /** The store, with the identity that the job has there. */
  readonly storage: ISparkStorage;

  /**
   * The folder, relative to the root of the bucket, container or volume, without a slash at either end. All jobs of a history
   * server share one folder. It must exist before the first job starts, since Spark does not create it.
   */
  readonly path: string;

  /**
   * The size at which the driver starts the next file. On an object store the history server sees a file only when it is
   * complete, and the incomplete file of a killed driver is lost. Whole mebibytes, at least 10.
   *
   * @default Size.mebibytes(128)
   */
  readonly maxFileSize?: Size;
}
