/**
 * Spark's configuration that every application may set. A key that ends with `.` stands for all keys with this prefix.
 *
 * The driver and its executors read these keys. They do not shape pods, and spark-submit, which runs in the operator's
 * controller with its identity, neither reads them nor loads a class or file because of them.
 */
export const SAFE_SPARK_CONF: readonly string[] = [
  'spark.authenticate',
  'spark.authenticate.',
  'spark.barrier.',
  'spark.blockManager.',
  'spark.broadcast.',
  'spark.buffer.',
  'spark.checkpoint.',
  'spark.cleaner.',
  'spark.connect.',
  'spark.databricks.delta.',
  'spark.decommission.',
  'spark.default.parallelism',
  'spark.driver.',
  'spark.dynamicAllocation.',
  'spark.eventLog.',
  'spark.excludeOnFailure.',
  'spark.executor.',
  'spark.extraListeners',
  'spark.files.',
  'spark.io.',
  'spark.kryo.',
  'spark.kryoserializer.',
  'spark.local.dir',
  'spark.locality.',
  'spark.log.',
  'spark.logConf',
  'spark.maxRemoteBlockSizeFetchToMem',
  'spark.memory.',
  'spark.metrics.',
  'spark.network.',
  'spark.plugins',
  'spark.port.maxRetries',
  'spark.pyspark.',
  'spark.python.',
  'spark.r.',
  'spark.rdd.',
  'spark.redaction.',
  'spark.reducer.',
  'spark.rpc.',
  'spark.scheduler.',
  'spark.serializer',
  'spark.serializer.',
  'spark.shuffle.',
  'spark.speculation',
  'spark.speculation.',
  'spark.sql.',
  'spark.stage.',
  'spark.storage.',
  'spark.streaming.',
  'spark.task.',
  'spark.ui.',
  'spark.unsafe.',
];

/**
 * Hadoop's configuration that every application may set, without the prefix `spark.hadoop.`.
 *
 * Keys with classes, endpoints or credentials of file systems are left out: spark-submit opens these file systems to list an
 * application's files.
 */
export const SAFE_HADOOP_CONF: readonly string[] = [
  'avro.',
  'fs.s3a.block.size',
  'fs.s3a.committer.',
  'fs.s3a.connection.',
  'fs.s3a.fast.upload',
  'fs.s3a.fast.upload.',
  'fs.s3a.multipart.',
  'fs.s3a.path.style.access',
  'fs.s3a.readahead.range',
  'fs.s3a.threads.',
  'io.file.buffer.size',
  'mapreduce.',
  'orc.',
  'parquet.',
];

/** A key with its value in the parameters of the admission guard: one line, whatever the value. */
export function settingLine(key: string, value: string): string {
  return `${key}=${value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`;
}
