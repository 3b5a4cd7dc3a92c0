import { k8s } from 'cdk8s-plus-28';
import { NamespaceFeature } from '../../job-namespace/identities/driver-rights';
import { policyRules, Right } from '../../job-namespace/identities/rights';

/** A right of the operator's accounts. */
export interface OperatorRight extends Right {
  /** The only objects that the right is on. */
  readonly resourceNames?: readonly string[];
  /** Without it every job namespace needs the right. */
  readonly feature?: NamespaceFeature;
}

const SPARK = 'sparkoperator.k8s.io';

/** What the controller does in each job namespace. It reads everything through a cache, so it needs no `get`. */
export const CONTROLLER_JOB_RIGHTS: readonly OperatorRight[] = [
  {
    apiGroups: [SPARK],
    resources: ['sparkapplications', 'scheduledsparkapplications', 'sparkconnects'],
    verbs: ['list', 'watch'],
    reason: 'follows what is submitted',
  },
  {
    apiGroups: [SPARK],
    resources: ['sparkapplications/status', 'scheduledsparkapplications/status', 'sparkconnects/status'],
    verbs: ['update'],
    reason: 'reports the state',
  },
  {
    apiGroups: [SPARK],
    resources: ['sparkapplications'],
    verbs: ['create'],
    reason: 'starts the runs of scheduled applications',
  },
  {
    apiGroups: [SPARK],
    resources: ['sparkapplications'],
    verbs: ['delete'],
    reason: 'removes applications after their time to live, and old runs of scheduled ones',
  },
  {
    apiGroups: [SPARK],
    resources: ['sparkapplications/finalizers', 'scheduledsparkapplications/finalizers', 'sparkconnects/finalizers'],
    verbs: ['update'],
    reason:
      'makes objects that block the deletion of their owner; some clusters, such as OpenShift, ask for this right then',
  },
  { apiGroups: [''], resources: ['pods'], verbs: ['list', 'watch'], reason: 'follows drivers and executors' },
  { apiGroups: [''], resources: ['pods'], verbs: ['create'], reason: 'starts drivers and Spark Connect servers' },
  {
    apiGroups: [''],
    resources: ['pods'],
    verbs: ['delete'],
    reason: 'removes drivers of applications that are deleted, restarted or could not be submitted whole',
  },
  {
    apiGroups: [''],
    resources: ['configmaps'],
    verbs: ['create', 'patch'],
    reason: "writes the driver's Spark properties and pod template by server-side apply, which needs both",
  },
  {
    apiGroups: [''],
    resources: ['configmaps'],
    verbs: ['update'],
    reason:
      "changes the executors' pod template of a Spark Connect server, and the Prometheus configuration of a driver",
  },
  {
    apiGroups: [''],
    resources: ['configmaps', 'services'],
    verbs: ['list', 'watch'],
    reason: 'follows what Spark Connect servers own; it does not start without, even where there are none',
  },
  {
    apiGroups: [''],
    resources: ['services'],
    verbs: ['create', 'patch'],
    reason: "writes the driver's headless service by server-side apply, which needs both",
  },
  {
    apiGroups: [''],
    resources: ['persistentvolumeclaims'],
    verbs: ['create', 'patch'],
    reason: "makes drivers' volume claims on demand by server-side apply, which needs both",
    feature: NamespaceFeature.DRIVER_CLAIMS,
  },
  {
    apiGroups: [''],
    resources: ['events'],
    verbs: ['create', 'patch'],
    reason: 'tells what happens; the patch counts an event that comes again',
  },
];

/** What the controller does beyond that where it makes a service for each application's web interface. */
export const UI_SERVICE_RIGHTS: readonly OperatorRight[] = [
  {
    apiGroups: [''],
    resources: ['services'],
    verbs: ['update'],
    reason: 'writes the service of the web interface again when it looks after the application again',
  },
  {
    apiGroups: [''],
    resources: ['services'],
    verbs: ['delete'],
    reason: 'removes the service of the web interface when the application is restarted or deleted',
  },
];

/** What the webhook does in each job namespace. */
export const WEBHOOK_JOB_RIGHTS: readonly OperatorRight[] = [
  {
    apiGroups: [SPARK],
    resources: ['sparkapplications'],
    verbs: ['list', 'watch'],
    reason: 'knows the application of a pod that it completes',
  },
];

/** What the webhook does beyond that where it holds applications against quotas. */
export const QUOTA_ENFORCEMENT_RIGHTS: readonly OperatorRight[] = [
  {
    apiGroups: [''],
    resources: ['resourcequotas'],
    verbs: ['list', 'watch'],
    reason: 'compares applications with quotas',
  },
];

/** What electing a leader among replicas takes, in the operator's namespace. */
export function leaderElectionRights(lease: string): OperatorRight[] {
  return [
    {
      apiGroups: ['coordination.k8s.io'],
      resources: ['leases'],
      verbs: ['create'],
      reason: 'makes the lease of the leader; a right to create cannot be bound to a name',
    },
    {
      apiGroups: ['coordination.k8s.io'],
      resources: ['leases'],
      resourceNames: [lease],
      verbs: ['get', 'update'],
      reason: 'takes the lease and renews it',
    },
    { apiGroups: [''], resources: ['events'], verbs: ['create'], reason: 'tells who became the leader' },
  ];
}

/** What reading the certificate takes, in the operator's namespace. */
export function certificateRights(secret: string, verbs: readonly string[]): OperatorRight[] {
  return [
    {
      apiGroups: [''],
      resources: ['secrets'],
      resourceNames: [secret],
      verbs,
      reason: "holds the webhook's certificate and key",
    },
  ];
}

/** What a webhook that makes its own certificate does to its configurations, which belong to the cluster. */
export function caBundleRights(configuration: string): OperatorRight[] {
  return [
    {
      apiGroups: ['admissionregistration.k8s.io'],
      resources: ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'],
      resourceNames: [configuration],
      verbs: ['list', 'watch', 'update'],
      reason: 'writes its certificate authority into its two configurations',
    },
  ];
}

export interface ComponentRights {
  /** In the operator's own namespace. */
  readonly own: readonly OperatorRight[];
  /** In each job namespace. */
  readonly job: readonly OperatorRight[];
  /** In the whole cluster. */
  readonly cluster: readonly OperatorRight[];
}

/** The rules of a role that gives these rights. */
export function operatorRules(rights: readonly OperatorRight[]): k8s.PolicyRule[] {
  const named = rights.filter(({ resourceNames }) => resourceNames !== undefined);
  return [
    ...policyRules(rights.filter(({ resourceNames }) => resourceNames === undefined)),
    ...named.map(({ apiGroups, resources, resourceNames = [], verbs }) => ({
      apiGroups: [...apiGroups],
      resources: [...resources],
      resourceNames: [...resourceNames],
      verbs: [...verbs],
    })),
  ];
}
