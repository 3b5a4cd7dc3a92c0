/** The role of a pod in a Spark job. */
export enum SparkRole {
  /** Plans the job and creates the executors. */
  DRIVER = 'driver',
  /** Runs the job's tasks. */
  EXECUTOR = 'executor',
}

/** The names by which the operator and Spark find their container in a pod template. */
export const SPARK_CONTAINER: Record<SparkRole, string> = {
  [SparkRole.DRIVER]: 'spark-kubernetes-driver',
  [SparkRole.EXECUTOR]: 'spark-kubernetes-executor',
};
