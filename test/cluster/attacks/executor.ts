import { attacksOf, BYSTANDER, get, inNamespace, object, patch, post, rbac, remove, SPARK } from './attack';
import { hardenedPod, tokenRequest } from './bodies';

/** An executor: none has a token, so these use one that the administrator made for its account. */
export const EXECUTOR_ATTACKS = attacksOf('executor', [
  {
    tries: 'list the pods of its own namespace',
    call: ({ home }) => get(inNamespace(home, 'pods')),
    ...rbac('list pods'),
  },
  {
    tries: 'start a pod',
    call: ({ home }) => post(inNamespace(home, 'pods'), hardenedPod('foothold')),
    ...rbac('create pods'),
  },
  {
    tries: 'end its driver',
    call: ({ home }) => remove(inNamespace(home, `pods/${BYSTANDER}`)),
    ...rbac('delete pods'),
  },
  {
    tries: 'run a command in its driver',
    call: ({ home }) => post(inNamespace(home, `pods/${BYSTANDER}/exec?command=id&stdout=1`), {}),
    ...rbac('create pods/exec'),
    control: { status: 400, words: '' },
  },
  {
    tries: "read its driver's log",
    call: ({ home }) => get(inNamespace(home, `pods/${BYSTANDER}/log`)),
    ...rbac('get pods/log'),
  },
  {
    tries: 'take a label off its own pod, and with it the network policies',
    call: ({ home }) => patch(inNamespace(home, `pods/${BYSTANDER}`), { metadata: { labels: { 'spark-role': null } } }),
    ...rbac('patch pods'),
  },
  {
    tries: 'read a secret of its own namespace',
    call: ({ home }) => get(inNamespace(home, `secrets/${BYSTANDER}`)),
    ...rbac('get secrets'),
  },
  {
    tries: 'read the configuration that its driver wrote',
    call: ({ home }) => get(inNamespace(home, `configmaps/${BYSTANDER}`)),
    ...rbac('get configmaps'),
  },
  {
    tries: 'read the application that it belongs to',
    call: ({ home }) => get(inNamespace(home, `sparkapplications/${BYSTANDER}`, SPARK)),
    ...rbac('get sparkapplications'),
  },
  {
    tries: "make a token of its driver's account",
    call: ({ home }) => post(inNamespace(home, 'serviceaccounts/spark-driver/token'), tokenRequest()),
    ...rbac('create serviceaccounts/token'),
  },
  {
    tries: 'act as its driver',
    call: ({ home }) => ({
      ...get(inNamespace(home, 'pods')),
      headers: { 'Impersonate-User': `system:serviceaccount:${home}:spark-driver` },
    }),
    ...rbac('impersonate serviceaccounts'),
  },
  {
    tries: "bind the driver's Role to itself",
    call: ({ home }) =>
      post(
        inNamespace(home, 'rolebindings', 'rbac.authorization.k8s.io/v1'),
        object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'foothold', {
          roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'spark-driver' },
          subjects: [{ kind: 'ServiceAccount', name: 'spark-executor', namespace: home }],
        }),
      ),
    ...rbac('create rolebindings'),
  },
  {
    tries: 'list the pods of another team',
    call: ({ other }) => get(inNamespace(other, 'pods')),
    ...rbac('list pods'),
  },
  {
    tries: 'write a false event about its driver',
    call: ({ home }) =>
      post(inNamespace(home, 'events'), {
        ...object('v1', 'Event', 'foothold'),
        involvedObject: { kind: 'Pod', name: BYSTANDER, namespace: home },
      }),
    ...rbac('create events'),
  },
]);
