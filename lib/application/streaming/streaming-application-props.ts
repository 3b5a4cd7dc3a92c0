import { Duration } from 'cdk8s';
import { SecureSparkApplicationProps } from '../spark-application-props';

/** Where a query keeps the state of its aggregations, joins and the like, beside the checkpoint. */
export enum StateStore {
  /** In the memory of the executors' Java heap. */
  MEMORY = 'memory',
  /** In RocksDB: outside of the heap, and on the executors' local directories. For much state. */
  ROCKSDB = 'rocksdb',
}

/** A hardened Spark application that never ends. */
export interface StreamingSparkApplicationProps extends SecureSparkApplicationProps {
  /**
   * Whether the driver's pod gives the program time to end the batch that runs before it goes: when the pod is deleted or
   * evicted, or the application deleted, changed or suspended.
   *
   * The driver finds the path of a file in its environment variable `SPARK_STREAMING_RUN_FILE`. A program that takes part makes
   * the file at its start, stops its queries between two batches when the file is gone, and ends. A program that never makes
   * the file is stopped at once; its batch is run again after the restart, which the checkpoint makes safe.
   *
   * @default true
   * @see https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/
   */
  readonly gracefulStop?: boolean;

  /**
   * How long the program has to stop, until its pod is killed: longer than a batch takes. Whole seconds.
   *
   * @default Duration.minutes(2)
   */
  readonly stopWithin?: Duration;

  /**
   * How often a batch begins. Spark has no configuration for it, so the driver finds it in its environment variable
   * `SPARK_STREAMING_TRIGGER_INTERVAL`, such as `30 seconds`, and the program gives it to its queries as
   * `trigger(processingTime=...)`.
   *
   * @default - the program knows
   * @see https://spark.apache.org/docs/latest/streaming/apis-on-dataframes-and-datasets.html#triggers
   */
  readonly triggerInterval?: Duration;

  /**
   * How many records of Kafka one batch reads at most: 1 or more. Spark has no configuration for it, so the driver finds it in
   * its environment variable `SPARK_STREAMING_MAX_OFFSETS_PER_TRIGGER`, and the program gives it to its sources as
   * `option("maxOffsetsPerTrigger", ...)`.
   *
   * @default - the program knows
   * @see https://spark.apache.org/docs/latest/streaming/structured-streaming-kafka-integration.html
   */
  readonly maxOffsetsPerTrigger?: number;

  /**
   * Whether the progress of each query that has a name can be read as metrics: rates, latency and rows of state, for
   * Prometheus at `/metrics/prometheus/` of the driver's port 4040. Let a Prometheus connect with `allowIngress` of the job
   * namespace.
   *
   * @default true
   * @see https://spark.apache.org/docs/latest/monitoring.html#metrics
   */
  readonly progressMetrics?: boolean;

  /**
   * Where queries keep their state (`spark.sql.streaming.stateStore.providerClass`). A checkpoint keeps the one that it was
   * begun with.
   *
   * @default StateStore.MEMORY
   * @see https://spark.apache.org/docs/latest/streaming/apis-on-dataframes-and-datasets.html#state-store
   */
  readonly stateStore?: StateStore;

  /**
   * How many batches a checkpoint can be gone back to (`spark.sql.streaming.minBatchesToRetain`): 2 or more.
   *
   * @default 100
   * @see https://spark.apache.org/docs/latest/configuration.html
   */
  readonly minBatchesToRetain?: number;

  /**
   * Whether batches without new records are run, which close windows and drop old state in time
   * (`spark.sql.streaming.noDataMicroBatches.enabled`).
   *
   * @default true
   * @see https://spark.apache.org/docs/latest/configuration.html
   */
  readonly noDataMicroBatches?: boolean;
}
