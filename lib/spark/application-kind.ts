/**
 * The kinds of the Spark operator's API, by their resource names.
 *
 * @see https://www.kubeflow.org/docs/components/spark-operator/reference/api-docs/
 */
export enum ApplicationKind {
  /** A job that runs once. */
  SPARK_APPLICATION = 'sparkapplications',
  /** A job that runs by a schedule. */
  SCHEDULED_SPARK_APPLICATION = 'scheduledsparkapplications',
  /** A Spark Connect server. */
  SPARK_CONNECT = 'sparkconnects',
}
