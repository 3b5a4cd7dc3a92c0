/** What applications of a namespace use beyond the ordinary, and what therefore needs further rights. */
export enum NamespaceFeature {
  /** Executors' volume claims are made on demand, by the driver. */
  EXECUTOR_CLAIMS = 'executor-claims',
  /** Drivers' volume claims are made on demand, by the controller. */
  DRIVER_CLAIMS = 'driver-claims',
  /** Executor pods stay after their end, so that the driver marks them as inactive. */
  KEPT_EXECUTORS = 'kept-executors',
}
