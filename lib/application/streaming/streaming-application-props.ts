import { Duration } from 'cdk8s';
import { SecureSparkApplicationProps } from '../spark-application-props';

/** Where executors keep the state of a query, such as that of aggregations and joins. The checkpoint has a copy of it. */
export enum StateStore {
  /** In the Java heap of the executors. */
  MEMORY = 'memory',
  /** In RocksDB: outside the heap and in the executors' local directories, for large state. */
  ROCKSDB = 'rocksdb',
}

/** Properties of a hardened Spark application that never ends. */
export interface StreamingSparkApplicationProps extends SecureSparkApplicationProps {
  /**
   * Whether the driver's pod gives the program time to finish the current batch before it stops: when the pod is deleted or
   * evicted, or the application is deleted, changed or suspended.
   *
   * The driver's environment variable `SPARK_STREAMING_RUN_FILE` is the path of a file. A program that supports a graceful stop
   * creates the file at its start; when the file is gone, it stops its queries between two batches and ends. A program that does
   * not create the file is stopped at once; its batch runs again after the restart, which is safe thanks to the checkpoint.
   *
   * @default true
   * @see https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/
   */
  readonly gracefulStop?: boolean;

  /**
   * The time that the program has to stop before its pod is killed: longer than a batch takes. Whole seconds.
   *
   * @default Duration.minutes(2)
   */
  readonly stopWithin?: Duration;

  /**
   * The trigger interval: how often a batch starts. Spark has no configuration for it, so the program reads it from the driver's
   * environment variable `SPARK_STREAMING_TRIGGER_INTERVAL`, such as `30 seconds`, and passes it to its queries as
   * `trigger(processingTime=...)`.
   *
   * @default - the program decides
   * @see https://spark.apache.org/docs/latest/streaming/apis-on-dataframes-and-datasets.html#triggers
   */
  readonly triggerInterval?: Duration;

  /**
   * The maximum number of Kafka records that one batch reads, at least 1. Spark has no configuration for it, so the program
   * reads it from the driver's environment variable `SPARK_STREAMING_MAX_OFFSETS_PER_TRIGGER` and passes it to its sources as
   * `option("maxOffsetsPerTrigger", ...)`.
   *
   * @default - the program decides
   * @see https://spark.apache.org/docs/latest/streaming/structured-streaming-kafka-integration.html
   */
  readonly maxOffsetsPerTrigger?: number;

  /**
   * Whether the driver exposes the progress of each named query as metrics for Prometheus, at `/metrics/prometheus/` on port
   * 4040: rates, latency and rows of state. Allow Prometheus to connect with `allowIngress` of the job namespace.
   *
   * @default true
   * @see https://spark.apache.org/docs/latest/monitoring.html#metrics
   */
  readonly progressMetrics?: boolean;

  /**
   * Where queries keep their state (`spark.sql.streaming.stateStore.providerClass`). A checkpoint keeps the state store that it
   * was created with.
   *
   * @default StateStore.MEMORY
   * @see https://spark.apache.org/docs/latest/streaming/apis-on-dataframes-and-datasets.html#state-store
   */
  readonly stateStore?: StateStore;

  /**
   * How many batches a checkpoint retains, so that a query can go back to them (`spark.sql.streaming.minBatchesToRetain`). At
   * least 2.
   *
   * @default 100
   * @see https://spark.apache.org/docs/latest/configuration.html
   */
  readonly minBatchesToRetain?: number;

  /**
   * Whether batches run without new records too, to close windows and drop old state in time
   * (`spark.sql.streaming.noDataMicroBatches.enabled`).
   *
   * @default true
   * @see https://spark.apache.org/docs/latest/configuration.html
   */
  readonly noDataMicroBatches?: boolean;
}
