import { attacksOf, get, inNamespace, object, OPERATOR, patch, post, put, rbac, WAITING } from './attack';
import { certificateRequest, selfReview, tokenRequest } from './bodies';

const RBAC = 'rbac.authorization.k8s.io';
const rbacPath = (rest: string): string => `/apis/${RBAC}/v1/${rest}`;
const clusterAdmin = { apiGroup: RBAC, kind: 'ClusterRole', name: 'cluster-admin' };
const driverOf = (namespace: string): object => ({ kind: 'ServiceAccount', name: 'spark-driver', namespace });
const everything = [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }];

/** A driver against accounts and rights. */
export const DRIVER_AND_RIGHTS = attacksOf('driver', [
  // Accounts and rights.
  {
    tries: "make a token of the operator's controller",
    call: () => post(inNamespace(OPERATOR, 'serviceaccounts/spark-operator-controller/token'), tokenRequest()),
    ...rbac('create serviceaccounts/token'),
  },
  {
    tries: "make a token of another team's driver",
    call: ({ other }) => post(inNamespace(other, 'serviceaccounts/spark-driver/token'), tokenRequest()),
    ...rbac('create serviceaccounts/token'),
  },
  {
    tries: 'make itself a token that lasts longer than the one of its pod',
    call: ({ home }) => post(inNamespace(home, 'serviceaccounts/spark-driver/token'), tokenRequest(31_536_000)),
    ...rbac('create serviceaccounts/token'),
  },
  {
    tries: 'make a service account',
    call: ({ home }) => post(inNamespace(home, 'serviceaccounts'), object('v1', 'ServiceAccount', 'foothold')),
    ...rbac('create serviceaccounts'),
  },
  {
    tries: 'have the token mounted in executors, by a change of their account',
    call: ({ home }) =>
      patch(inNamespace(home, 'serviceaccounts/spark-executor'), { automountServiceAccountToken: true }),
    ...rbac('patch serviceaccounts'),
  },
  {
    tries: 'list the accounts of another team',
    call: ({ other }) => get(inNamespace(other, 'serviceaccounts')),
    ...rbac('list serviceaccounts'),
  },
  {
    tries: 'bind the administrator of the cluster to itself',
    call: ({ home }) =>
      post(
        rbacPath('clusterrolebindings'),
        object(`${RBAC}/v1`, 'ClusterRoleBinding', 'foothold', { roleRef: clusterAdmin, subjects: [driverOf(home)] }),
      ),
    ...rbac('create clusterrolebindings'),
  },
  {
    tries: 'bind a strong ClusterRole to itself in its own namespace',
    call: ({ home }) =>
      post(
        rbacPath(`namespaces/${home}/rolebindings`),
        object(`${RBAC}/v1`, 'RoleBinding', 'foothold', { roleRef: clusterAdmin, subjects: [driverOf(home)] }),
      ),
    ...rbac('create rolebindings'),
  },
  {
    tries: "add itself to a binding of the operator's",
    call: ({ home }) =>
      patch(rbacPath(`namespaces/${OPERATOR}/rolebindings/spark-operator-controller`), { subjects: [driverOf(home)] }),
    ...rbac('patch rolebindings'),
  },
  {
    tries: 'widen its own Role',
    call: ({ home }) => patch(rbacPath(`namespaces/${home}/roles/spark-driver`), { rules: everything }),
    ...rbac('patch roles'),
  },
  {
    tries: 'write a Role in the namespace of another team',
    call: ({ other }) =>
      post(
        rbacPath(`namespaces/${other}/roles`),
        object(`${RBAC}/v1`, 'Role', 'foothold', {
          rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }],
        }),
      ),
    ...rbac('create roles'),
  },
  {
    tries: 'widen the built-in role `edit` by an aggregated ClusterRole',
    call: () =>
      post(rbacPath('clusterroles'), {
        ...object(`${RBAC}/v1`, 'ClusterRole', 'foothold', { rules: everything }),
        metadata: { name: 'foothold', labels: { 'rbac.authorization.k8s.io/aggregate-to-edit': 'true' } },
      }),
    ...rbac('create clusterroles'),
  },
  {
    tries: 'find out who has which rights in the cluster',
    call: () => get(rbacPath('clusterrolebindings')),
    ...rbac('list clusterrolebindings'),
  },
  {
    tries: 'ask the API server what others may do',
    call: () =>
      post('/apis/authorization.k8s.io/v1/subjectaccessreviews', {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SubjectAccessReview',
        spec: { user: 'jane', resourceAttributes: { verb: 'get', resource: 'secrets' } },
      }),
    ...rbac('create subjectaccessreviews'),
  },
  {
    tries: 'have the API server check a token that it found',
    call: () =>
      post('/apis/authentication.k8s.io/v1/tokenreviews', {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenReview',
        spec: { token: 'found' },
      }),
    ...rbac('create tokenreviews'),
  },
  {
    tries: 'act as an administrator of its choice, in the group system:masters',
    call: () => ({ ...selfReview(), headers: { 'Impersonate-User': 'admin', 'Impersonate-Group': 'system:masters' } }),
    ...rbac('impersonate users'),
  },
  {
    tries: "act as the operator's controller",
    call: () => ({
      ...selfReview(),
      headers: { 'Impersonate-User': `system:serviceaccount:${OPERATOR}:spark-operator-controller` },
    }),
    ...rbac('impersonate serviceaccounts'),
  },
  {
    tries: 'ask for a client certificate',
    call: ({ csr }) =>
      post('/apis/certificates.k8s.io/v1/certificatesigningrequests', certificateRequest('foothold', csr)),
    ...rbac('create certificatesigningrequests'),
  },
  {
    tries: 'approve a request for a client certificate',
    call: ({ csr }) =>
      put(`/apis/certificates.k8s.io/v1/certificatesigningrequests/${WAITING}/approval`, {
        ...certificateRequest(WAITING, csr),
        status: { conditions: [{ type: 'Approved', status: 'True', reason: 'foothold', message: 'by a driver' }] },
      }),
    ...rbac('update certificatesigningrequests/approval'),
  },
]);
