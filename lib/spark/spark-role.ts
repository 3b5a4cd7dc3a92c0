/** One of the two kinds of pods of a Spark job. */
export enum SparkRole {
  /** Plans the job and creates the executors. */
  DRIVER = 'driver',
  /** Runs the job's tasks. */
  EXECUTOR = 'executor',
}

/** The containers' names that the operator and Spark look for in a pod template. */
export const SPARK_CONTAINER: Record<SparkRole, string> = {
  [SparkRole.DRIVER]: 'spark-kubernetes-driver',
  [SparkRole.EXECUTOR]: 'spark-kubernetes-executor',
};
