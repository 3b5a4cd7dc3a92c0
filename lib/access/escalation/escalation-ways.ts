import { EscalationSeverity, EscalationWay } from './escalation';
import { RequestKind } from '../rbac/held-rights';

/** What a way takes, and what to do about it. */
export interface EscalationWayData {
  readonly severity: EscalationSeverity;
  /** Any one of these is enough, where the way needs no second right. */
  readonly requests: readonly RequestKind[];
  readonly remedy: string;
}

const { HIGH, MEDIUM } = EscalationSeverity;

const WRITE = ['create', 'update', 'patch'];
export const CHANGE: readonly string[] = ['update', 'patch'];
/** A websocket is a `get`. */
const CONNECT = ['get', 'create'];
const REMOVE = ['update', 'patch', 'delete', 'deletecollection'];

const ADMISSION = 'admissionregistration.k8s.io';
const RBAC = 'rbac.authorization.k8s.io';

const APPLICATIONS = ['sparkapplications', 'scheduledsparkapplications', 'sparkconnects'].map((resource) => ({
  ...{ verbs: WRITE, apiGroup: 'sparkoperator.k8s.io', resource },
}));

const NO_STRONGER_ACCOUNT =
  'keep stronger accounts out of the namespace, or give this right in a namespace of its own; RBAC cannot limit as whom pods run';

/**
 * The ways that are looked for, in the order in which they are listed.
 *
 * @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/
 */
export const ESCALATION_WAYS: { readonly [way in EscalationWay]: EscalationWayData } = {
  [EscalationWay.CREATE_PODS]: {
    severity: HIGH,
    requests: [{ verbs: ['create'], resource: 'pods' }],
    remedy: NO_STRONGER_ACCOUNT,
  },
  [EscalationWay.WRITE_WORKLOADS]: {
    severity: HIGH,
    requests: [
      ...['deployments', 'daemonsets', 'statefulsets', 'replicasets'].map((resource) => ({
        ...{ verbs: WRITE, apiGroup: 'apps', resource },
      })),
      { verbs: WRITE, apiGroup: 'batch', resource: 'cronjobs' },
      // The pod template of a Job does not change.
      { verbs: ['create'], apiGroup: 'batch', resource: 'jobs' },
      { verbs: WRITE, resource: 'replicationcontrollers' },
    ],
    remedy: NO_STRONGER_ACCOUNT,
  },
  [EscalationWay.WRITE_APPLICATIONS]: {
    severity: HIGH,
    requests: APPLICATIONS,
    remedy:
      'whoever may submit runs code as the accounts that the admission guard admits, or without it as any of the namespace: guard the namespace, give its drivers no more than they need, and give each level of trust a namespace',
  },
  [EscalationWay.ENTER_CONTROLLER]: {
    severity: HIGH,
    requests: APPLICATIONS,
    remedy:
      'guard the namespace: the admission guard of SparkOperator refuses packages, classes and files that are not named',
  },
  [EscalationWay.CHANGE_PODS]: {
    severity: HIGH,
    requests: [{ verbs: CHANGE, resource: 'pods' }],
    remedy:
      'leave out update and patch on pods, or limit them by resourceNames; RBAC cannot limit a change to labels, so the image can be changed too',
  },
  [EscalationWay.DEBUG_PODS]: {
    severity: HIGH,
    requests: [{ verbs: CHANGE, resource: 'pods', subresource: 'ephemeralcontainers' }],
    remedy: 'leave the right on pods/ephemeralcontainers out, or limit it by resourceNames',
  },
  [EscalationWay.ENTER_PODS]: {
    severity: HIGH,
    requests: ['exec', 'attach'].map((subresource) => ({ verbs: CONNECT, resource: 'pods', subresource })),
    remedy: 'leave the right on pods/exec and pods/attach out, get too, or limit it by resourceNames',
  },
  [EscalationWay.REACH_PORTS]: {
    severity: MEDIUM,
    requests: [
      { verbs: CONNECT, resource: 'pods', subresource: 'portforward' },
      { verbs: [...CONNECT, ...CHANGE, 'delete'], resource: 'pods', subresource: 'proxy' },
      { verbs: [...CONNECT, ...CHANGE, 'delete'], resource: 'services', subresource: 'proxy' },
    ],
    remedy: 'leave the right on portforward and proxy out, or protect the ports by a login',
  },
  [EscalationWay.CREATE_TOKENS]: {
    severity: HIGH,
    requests: [{ verbs: ['create'], resource: 'serviceaccounts', subresource: 'token' }],
    remedy: 'limit serviceaccounts/token by resourceNames to accounts that are no stronger',
  },
  [EscalationWay.READ_SECRETS]: {
    severity: HIGH,
    requests: [{ verbs: ['get', 'list', 'watch'], resource: 'secrets' }],
    remedy: 'limit secrets by resourceNames, with get alone, and keep no tokens in Secrets',
  },
  [EscalationWay.MAKE_TOKEN_SECRETS]: {
    severity: HIGH,
    requests: [{ verbs: ['create'], resource: 'secrets' }],
    remedy: 'do not give both create and get, list or watch on secrets',
  },
  [EscalationWay.BIND_ROLES]: {
    severity: HIGH,
    requests: ['roles', 'clusterroles'].map((resource) => ({ verbs: ['bind'], apiGroup: RBAC, resource })),
    remedy: 'leave the verb bind out, or limit it by resourceNames to roles that hold no more',
  },
  [EscalationWay.ESCALATE_ROLES]: {
    severity: HIGH,
    requests: ['roles', 'clusterroles'].map((resource) => ({ verbs: ['escalate'], apiGroup: RBAC, resource })),
    remedy: 'leave the verb escalate out; without it nobody writes rights into a role that are not held',
  },
  [EscalationWay.IMPERSONATE]: {
    severity: HIGH,
    requests: ['users', 'groups', 'serviceaccounts'].map((resource) => ({ verbs: ['impersonate'], resource })),
    remedy: 'leave the verb impersonate out, or limit it by resourceNames to those who hold no more',
  },
  [EscalationWay.IMPERSONATE_FIELDS]: {
    severity: MEDIUM,
    requests: [
      { verbs: ['impersonate'], apiGroup: 'authentication.k8s.io', resource: 'uids' },
      { verbs: ['impersonate'], apiGroup: 'authentication.k8s.io', resource: 'userextras', subresource: '*' },
    ],
    remedy: 'leave uids and userextras out: webhooks and audit logs trust them',
  },
  [EscalationWay.CHANGE_REQUESTS]: {
    severity: HIGH,
    requests: ['mutatingwebhookconfigurations', 'mutatingadmissionpolicies', 'mutatingadmissionpolicybindings'].map(
      (resource) => ({ verbs: WRITE, apiGroup: ADMISSION, resource }),
    ),
    remedy:
      'give nobody this right who is not the administrator; of the operator, WebhookCertificates.certManager() takes it away',
  },
  [EscalationWay.READ_REQUESTS]: {
    severity: HIGH,
    requests: [{ verbs: WRITE, apiGroup: ADMISSION, resource: 'validatingwebhookconfigurations' }],
    remedy:
      'give nobody this right who is not the administrator; of the operator, WebhookCertificates.certManager() takes it away',
  },
  [EscalationWay.WEAKEN_POLICIES]: {
    severity: HIGH,
    requests: ['validatingadmissionpolicies', 'validatingadmissionpolicybindings'].map((resource) => ({
      ...{ verbs: REMOVE, apiGroup: ADMISSION, resource },
    })),
    remedy: 'leave the right to the administrator; keep parameters of policies where nobody else writes',
  },
  [EscalationWay.RELABEL_NAMESPACES]: {
    severity: HIGH,
    requests: [{ verbs: CHANGE, resource: 'namespaces' }],
    remedy: 'leave update and patch on namespaces to the administrator: Pod Security is nothing but a label',
  },
  [EscalationWay.ENTER_NODES]: {
    severity: HIGH,
    // Any right to write pods is one of the ways above.
    requests: [],
    remedy: 'label the namespace with pod-security.kubernetes.io/enforce: restricted',
  },
  [EscalationWay.CREATE_VOLUMES]: {
    severity: HIGH,
    requests: [{ verbs: WRITE, resource: 'persistentvolumes' }],
    remedy: 'leave volumes to the administrator and to storage classes',
  },
  [EscalationWay.REACH_KUBELETS]: {
    severity: HIGH,
    requests: [{ verbs: CONNECT, resource: 'nodes', subresource: 'proxy' }],
    remedy: 'leave nodes/proxy out; metrics have a right of their own, nodes/metrics',
  },
  [EscalationWay.APPROVE_CERTIFICATES]: {
    severity: HIGH,
    requests: [
      {
        verbs: CHANGE,
        apiGroup: 'certificates.k8s.io',
        resource: 'certificatesigningrequests',
        subresource: 'approval',
      },
    ],
    remedy: 'limit approve on signers by resourceNames to signers whose certificates are for no users of the API',
  },
  [EscalationWay.REPLACE_APIS]: {
    severity: HIGH,
    requests: [{ verbs: WRITE, apiGroup: 'apiregistration.k8s.io', resource: 'apiservices' }],
    remedy: 'leave the right to the administrator',
  },
  [EscalationWay.CHANGE_DEFINITIONS]: {
    severity: HIGH,
    requests: [{ verbs: CHANGE, apiGroup: 'apiextensions.k8s.io', resource: 'customresourcedefinitions' }],
    remedy: 'leave the right to the administrator',
  },
};

/** What else a way takes. */
export const SECOND_RIGHTS = {
  writeRoleBindings: [{ verbs: WRITE, apiGroup: RBAC, resource: 'rolebindings' }],
  writeClusterRoleBindings: [{ verbs: WRITE, apiGroup: RBAC, resource: 'clusterrolebindings' }],
  writeRoles: [{ verbs: WRITE, apiGroup: RBAC, resource: 'roles' }],
  writeClusterRoles: [{ verbs: WRITE, apiGroup: RBAC, resource: 'clusterroles' }],
  approve: [{ verbs: ['approve'], apiGroup: 'certificates.k8s.io', resource: 'signers' }],
} as const satisfies { readonly [name: string]: readonly RequestKind[] };

/** Signers whose certificates are users of the API. */
export const SIGNERS_OF_USERS = ['kubernetes.io/kube-apiserver-client', 'kubernetes.io/*'];

/** What ways on objects of the cluster give. */
export const CLUSTER_GAINS: { readonly way: EscalationWay; readonly gain: string }[] = [
  {
    way: EscalationWay.CHANGE_REQUESTS,
    gain: 'changes to every object that anybody writes, such as the account of a pod',
  },
  { way: EscalationWay.READ_REQUESTS, gain: 'a look at every object that anybody writes, Secrets too, and a veto' },
  { way: EscalationWay.CREATE_VOLUMES, gain: 'files of the nodes, in a pod that claims a hostPath volume' },
  { way: EscalationWay.REACH_KUBELETS, gain: 'commands in every pod of every node, as its account' },
  { way: EscalationWay.REPLACE_APIS, gain: 'every request to an API, with who makes it, and its answer' },
  { way: EscalationWay.CHANGE_DEFINITIONS, gain: 'changes to every custom resource of a kind, by converting it' },
  { way: EscalationWay.WEAKEN_POLICIES, gain: 'requests that admission policies refuse' },
];
