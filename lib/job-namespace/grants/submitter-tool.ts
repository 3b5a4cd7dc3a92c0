/** What a submitter works with; each asks the Kubernetes API for other things. */
export enum SubmitterTool {
  /**
   * `kubectl apply` (client side and server side), `create`, `get`, `diff`, `wait` and `delete` on applications, and API
   * clients that do the same. No right on pods.
   */
  KUBECTL = 'kubectl',
  /**
   * Airflow's SparkKubernetesOperator with all its defaults: it submits, follows the driver's pod and its log, and deletes
   * the application at the end.
   *
   * This includes `patch` on pods, with which Airflow labels the driver of a job that failed. Kubernetes cannot limit that right
   * to labels or to drivers: it also allows changing the image of every pod of the namespace.
   */
  AIRFLOW = 'airflow',
  /**
   * Airflow's triggerer, which waits for the driver of a deferred task (`deferrable=True`) and deletes its pod when the task is
   * killed. Kubernetes cannot limit that `delete` to drivers. Airflow's worker needs `AIRFLOW` beside it.
   */
  AIRFLOW_TRIGGERER = 'airflow-triggerer',
  /** Airflow's SparkKubernetesSensor, without the driver's log. */
  AIRFLOW_SENSOR = 'airflow-sensor',
  /** Argo Workflows' resource templates with action `create`, `apply` or `delete`. */
  ARGO_WORKFLOWS = 'argo-workflows',
}
