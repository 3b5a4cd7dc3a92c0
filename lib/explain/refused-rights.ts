/** Rights that no identity of a job should be given, and who does it instead. */
export interface RefusedRight {
  readonly resources: readonly string[];
  /** Without it all verbs. */
  readonly verbs?: readonly string[];
  /** Why not. */
  readonly why: string;
  /** Which identity acts instead, and how. */
  readonly instead: string;
}

const OWN_RIGHTS = 'who holds it can give itself every other right';
const ADMINISTRATOR =
  'roles, accounts and namespaces are made by who applies the manifests of the program: an administrator, Argo CD or Flux';

/** For all identities of jobs: submitters, drivers and executors. */
export const REFUSED_RIGHTS: readonly RefusedRight[] = [
  {
    resources: ['secrets'],
    why: 'a right on secrets reaches every credential of the namespace, those of other jobs too',
    instead:
      'the kubelet puts a Secret into the pod, and no account needs a right for that: name it in the application, in driver.env with EnvValue.fromSecretValue or in driver.volumeMounts with Volume.fromSecret (executor the same)',
  },
  {
    resources: ['pods/exec', 'pods/attach', 'pods/portforward', 'pods/ephemeralcontainers'],
    why: 'a shell in a pod has all that the pod has, its account and its secrets',
    instead:
      'a person looks into pods, with grants.debug (exec and port-forward), in a namespace that allows it by Relaxation.of(Guarantee.NO_DEBUG_RIGHTS, reason)',
  },
  {
    resources: ['pods'],
    verbs: ['create'],
    why: 'who may create pods of a namespace may run them as any account there, and mount any secret',
    instead:
      "the operator's controller makes the driver's pod and the driver makes the executors': create a SparkApplication, which takes grants.submit",
  },
  {
    resources: ['pods'],
    verbs: ['update', 'deletecollection'],
    why: 'it reaches all pods of the namespace, also those of other jobs',
    instead:
      "the operator's controller removes a job's pods when its application is deleted, which takes grants.operate",
  },
  {
    resources: ['services'],
    why: 'a service can be a load balancer or take any external address',
    instead: "the operator's controller makes the driver's service; nobody else needs to",
  },
  {
    resources: ['configmaps'],
    why: 'config maps of the namespace hold the pod templates and properties of every job, and who changes them changes the jobs',
    instead:
      'the kubelet puts a ConfigMap into the pod: name it in driver.volumeMounts with Volume.fromConfigMap, or in driver.env',
  },
  {
    resources: ['serviceaccounts/token', 'serviceaccounts', 'users', 'groups', 'uids', 'userextras'],
    why: 'a token of another account, or impersonation, is the right to be somebody else',
    instead:
      'each pod gets the token of its own account by itself; what needs another identity runs as that account, with rights granted to it',
  },
  {
    resources: ['roles', 'rolebindings', 'clusterroles', 'clusterrolebindings'],
    why: OWN_RIGHTS,
    instead: ADMINISTRATOR,
  },
  {
    resources: ['validatingadmissionpolicies', 'validatingadmissionpolicybindings'],
    why: 'who changes admission can let anything through',
    instead: ADMINISTRATOR,
  },
  {
    resources: ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'],
    why: 'who writes webhook configurations sees and changes every request of the cluster',
    instead:
      'with WebhookCertificates.certManager() cert-manager writes the certificate authority; else the account of the webhook does, for its own configurations by name',
  },
  {
    resources: ['customresourcedefinitions'],
    why: 'definitions belong to the whole cluster',
    instead: ADMINISTRATOR,
  },
  {
    resources: ['namespaces'],
    verbs: ['get'],
    why: 'kubectl apply asks for it where the object is new, and goes on when it is denied',
    instead: 'nobody has to: look at the next message of the same command',
  },
  {
    resources: ['namespaces', 'resourcequotas', 'limitranges', 'networkpolicies'],
    why: 'they are the boundary of the tenant',
    instead: ADMINISTRATOR,
  },
  {
    resources: ['nodes', 'persistentvolumes', 'storageclasses', 'priorityclasses'],
    why: 'they belong to the whole cluster',
    instead: 'Spark asks for none of them; take the part of the program out that does',
  },
  {
    resources: ['sparkapplications', 'scheduledsparkapplications', 'sparkconnects'],
    verbs: ['update', 'deletecollection'],
    why: 'no tool that is known asks for it: kubectl and clients change applications by patch and delete them by name',
    instead: 'let the client patch and delete single applications, which grants.submit and grants.operate give',
  },
  {
    resources: [
      ...['sparkapplications/status', 'scheduledsparkapplications/status', 'sparkconnects/status'],
      ...['sparkapplications/finalizers', 'scheduledsparkapplications/finalizers', 'sparkconnects/finalizers'],
    ],
    verbs: ['update', 'patch'],
    why: 'the state of an application is what the operator says of it',
    instead: "the operator's controller writes it",
  },
];

/** For drivers, before those for all identities. */
export const REFUSED_TO_DRIVERS: readonly RefusedRight[] = [
  {
    resources: [
      ...['sparkapplications', 'scheduledsparkapplications', 'sparkconnects'],
      ...['sparkapplications/status', 'scheduledsparkapplications/status', 'sparkconnects/status'],
    ],
    why: 'code in a driver could then start jobs, with an account and a configuration of its choice, and stop those of others',
    instead:
      'a submitter does: run the task that asks for this (Airflow, Argo, a CI job, a notebook) as an account of its own, and grant submit to that one',
  },
  {
    resources: ['pods/log'],
    why: 'a driver never reads logs, and those of all jobs of the namespace would be open to it',
    instead: 'a submitter or a person does: run what reads logs as an account of its own, and grant view to that one',
  },
];

/** The reason why a right is refused; the first that fits. */
export function refusedRight(
  refused: readonly RefusedRight[],
  verb: string,
  resource: string,
): RefusedRight | undefined {
  return refused.find(
    ({ resources, verbs }) => resources.includes(resource) && (verbs === undefined || verbs.includes(verb)),
  );
}
