import { attacksOf, BYSTANDER, get, inNamespace, object, OPERATOR, patch, post, rbac, SPARK } from './attack';
import { hardenedPod, startPod, tokenRequest } from './bodies';

/** The operator's controller, should a submitter get code into it by spark-submit. */
export const CONTROLLER_ATTACKS = attacksOf('controller', [
  {
    tries: 'read the secrets of the teams',
    call: ({ home }) => get(inNamespace(home, 'secrets')),
    ...rbac('list secrets'),
  },
  {
    tries: "read the key of the operator's webhook",
    call: () => get(inNamespace(OPERATOR, 'secrets/spark-operator-webhook-certs')),
    ...rbac('get secrets'),
  },
  {
    tries: "make a token of a team's driver",
    call: ({ home }) => post(inNamespace(home, 'serviceaccounts/spark-driver/token'), tokenRequest()),
    ...rbac('create serviceaccounts/token'),
  },
  {
    tries: 'run a command in a driver',
    call: ({ home }) => post(inNamespace(home, `pods/${BYSTANDER}/exec?command=id&stdout=1`), {}),
    ...rbac('create pods/exec'),
    control: { status: 400, words: '' },
  },
  {
    tries: 'start a pod beside itself, under the account of the webhook',
    call: () =>
      post(
        inNamespace(OPERATOR, 'pods'),
        hardenedPod('foothold', { spec: { serviceAccountName: 'spark-operator-webhook' } }),
      ),
    ...rbac('create pods'),
  },
  {
    tries: 'start a pod in a namespace that it does not serve',
    call: () =>
      post(inNamespace('kube-system', 'pods'), hardenedPod('foothold', { spec: { serviceAccountName: 'default' } })),
    ...rbac('create pods'),
  },
  {
    tries: 'list the pods of all namespaces',
    call: () => get('/api/v1/pods'),
    refusal: { by: 'RBAC', status: 403, words: 'cannot list resource "pods" in API group "" at the cluster scope' },
  },
  {
    tries: 'change the code of an application',
    call: ({ home }) => patch(inNamespace(home, `sparkapplications/${BYSTANDER}`, SPARK), { spec: { arguments: [] } }),
    ...rbac('patch sparkapplications'),
  },
  {
    tries: 'write its own Role',
    call: ({ home }) =>
      patch(inNamespace(home, 'roles/spark-operator-controller', 'rbac.authorization.k8s.io/v1'), { rules: [] }),
    ...rbac('patch roles'),
  },
  {
    tries: 'start a privileged pod in the namespace of a team',
    call: (scene) => startPod(scene, { containerSecurity: { privileged: true, allowPrivilegeEscalation: true } }),
    refusal: { by: 'Pod Security', status: 403, words: 'violates PodSecurity "restricted:v1.28": privileged' },
    harmless: (scene) => startPod(scene),
  },
  {
    tries: 'open a port on every node, by the service of a user interface',
    call: ({ home }) => post(inNamespace(home, 'services'), service('NodePort')),
    refusal: { by: 'quota', status: 403, words: 'exceeded quota: spark-services, requested: services.nodeports=1' },
    harmless: ({ home }) => post(inNamespace(home, 'services'), service('ClusterIP')),
  },
  {
    tries: 'publish a user interface by a load balancer',
    call: ({ home }) => post(inNamespace(home, 'services'), service('LoadBalancer')),
    refusal: { by: 'quota', status: 403, words: 'exceeded quota: spark-services' },
    harmless: ({ home }) => post(inNamespace(home, 'services'), service('ClusterIP')),
  },
  {
    tries: 'draw the traffic to an address to a service of its own, by an external address',
    call: ({ home }) => post(inNamespace(home, 'services'), { ...service('ClusterIP', { externalIPs: ['10.0.0.1'] }) }),
    limit:
      'no quota counts external addresses; the admission plugin DenyServiceExternalIPs of the API server refuses them',
  },
  {
    tries: "start pods under the drivers' accounts of all teams",
    call: (scene) => startPod(scene),
    limit: 'that is what it is for; so the guard judges what applications may pass to spark-submit',
  },
]);

function service(type: string, spec: object = {}): object {
  return object('v1', 'Service', 'foothold', { spec: { type, ports: [{ port: 4040 }], ...spec } });
}
