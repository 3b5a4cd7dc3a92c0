import { Right } from './rights';

/** What applications of a namespace use beyond the ordinary, and what therefore needs further rights. */
export enum NamespaceFeature {
  /** Executors' volume claims are made on demand, by the driver. */
  EXECUTOR_CLAIMS = 'executor-claims',
  /** Drivers' volume claims are made on demand, by the controller. */
  DRIVER_CLAIMS = 'driver-claims',
  /** Executor pods stay after their end, so that the driver marks them as inactive. */
  KEPT_EXECUTORS = 'kept-executors',
}

/** A right of drivers, perhaps one that only a feature needs. */
export interface DriverRight extends Right {
  /** Without it every driver needs the right. */
  readonly feature?: NamespaceFeature;
}

/**
 * What Spark's driver asks of the Kubernetes API; nothing else is in the Role `spark-driver`.
 *
 * There is no `get` on secrets, no `create` on services (a service can be a load balancer or take any external address) and
 * no `update` of anything.
 *
 * @see https://spark.apache.org/docs/latest/running-on-kubernetes.html#rbac
 */
export const DRIVER_RIGHTS: readonly DriverRight[] = [
  {
    apiGroups: [''],
    resources: ['pods'],
    verbs: ['create'],
    reason: 'starts executors',
  },
  {
    apiGroups: [''],
    resources: ['pods'],
    verbs: ['get'],
    reason: "reads the driver's own pod, which owns the executors",
  },
  {
    apiGroups: [''],
    resources: ['pods'],
    verbs: ['list', 'watch'],
    reason: 'follows the states of executors',
  },
  {
    apiGroups: [''],
    resources: ['pods'],
    verbs: ['delete'],
    reason: 'removes a failed executor, or one whose volume claim could not be made, by its name',
  },
  {
    apiGroups: [''],
    resources: ['pods'],
    verbs: ['deletecollection'],
    reason: 'removes executors by label: all at the end, some when fewer are needed',
  },
  {
    apiGroups: [''],
    resources: ['pods'],
    verbs: ['patch'],
    reason: 'marks ended executors that are kept as inactive',
    feature: NamespaceFeature.KEPT_EXECUTORS,
  },
  {
    apiGroups: [''],
    resources: ['configmaps'],
    verbs: ['create'],
    reason: "writes the executors' configuration",
  },
  {
    apiGroups: [''],
    resources: ['configmaps'],
    verbs: ['deletecollection'],
    reason: "removes the executors' configuration at the end",
  },
  {
    apiGroups: [''],
    resources: ['services'],
    verbs: ['deletecollection'],
    reason: "removes the driver's service at the end",
  },
  {
    apiGroups: [''],
    resources: ['persistentvolumeclaims'],
    verbs: ['list'],
    reason: 'looks for claims that a new executor can use again; Spark asks also where there are none',
  },
  {
    apiGroups: [''],
    resources: ['persistentvolumeclaims'],
    verbs: ['deletecollection'],
    reason: "removes the executors' claims at the end; Spark asks also where there are none",
  },
  {
    apiGroups: [''],
    resources: ['persistentvolumeclaims'],
    verbs: ['create'],
    reason: 'makes a claim for each executor on demand',
    feature: NamespaceFeature.EXECUTOR_CLAIMS,
  },
];
