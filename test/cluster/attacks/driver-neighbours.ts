import {
  attacksOf,
  BYSTANDER,
  get,
  inNamespace,
  object,
  OPERATOR,
  patch,
  post,
  rbac,
  remove,
  strategicPatch,
} from './attack';
import { CONTAINER, CONTAINER_SECURITY, hardenedPod } from './bodies';

/** A connection is not made without the headers of an upgrade; whoever has the right is told so. */
const NO_UPGRADE = { control: { status: 400, words: '' } };

const podTemplate = { metadata: { labels: { app: 'foothold' } }, spec: { containers: [CONTAINER] } };
const workload = { selector: { matchLabels: { app: 'foothold' } }, template: podTemplate };

/** A driver against pods and data of other teams and of other applications. */
export const DRIVER_AND_NEIGHBOURS = attacksOf('driver', [
  // Secrets and configuration.
  {
    tries: 'list the secrets of another team',
    call: ({ other }) => get(inNamespace(other, 'secrets')),
    ...rbac('list secrets'),
  },
  {
    tries: 'read a secret of another team by its name',
    call: ({ other }) => get(inNamespace(other, `secrets/${BYSTANDER}`)),
    ...rbac('get secrets'),
  },
  {
    tries: 'watch the secrets of all namespaces',
    call: () => get('/api/v1/secrets?watch=true&timeoutSeconds=1'),
    ...rbac('watch secrets'),
  },
  {
    tries: 'read a secret of another application of its own namespace',
    call: ({ home }) => get(inNamespace(home, `secrets/${BYSTANDER}`)),
    ...rbac('get secrets'),
  },
  {
    tries: "read the key of the operator's webhook",
    call: () => get(inNamespace(OPERATOR, 'secrets/spark-operator-webhook-certs')),
    ...rbac('get secrets'),
  },
  {
    tries: "put a key of its own in the place of the operator's webhook's",
    call: () => patch(inNamespace(OPERATOR, 'secrets/spark-operator-webhook-certs'), { data: { 'ca.crt': 'Zm9v' } }),
    ...rbac('patch secrets'),
  },
  {
    tries: 'make a secret that holds a lasting token of another account',
    call: ({ home }) =>
      post(inNamespace(home, 'secrets'), {
        ...object('v1', 'Secret', 'lasting'),
        metadata: { name: 'lasting', annotations: { 'kubernetes.io/service-account.name': 'default' } },
        type: 'kubernetes.io/service-account-token',
      }),
    ...rbac('create secrets'),
  },
  {
    tries: 'read a config map of another team',
    call: ({ other }) => get(inNamespace(other, `configmaps/${BYSTANDER}`)),
    ...rbac('get configmaps'),
  },
  {
    tries: 'list the configuration of other applications of its own namespace',
    call: ({ home }) => get(inNamespace(home, 'configmaps')),
    ...rbac('list configmaps'),
  },
  {
    tries: 'change the configuration of another application of its own namespace',
    call: ({ home }) => patch(inNamespace(home, `configmaps/${BYSTANDER}`), { data: { 'spark.master': 'local' } }),
    ...rbac('patch configmaps'),
  },
  {
    tries: "read how the API server authenticates, in the cluster's own namespace",
    call: () => get(inNamespace('kube-system', 'configmaps/extension-apiserver-authentication')),
    ...rbac('get configmaps'),
  },

  // Pods of others.
  {
    tries: 'list the pods of another team',
    call: ({ other }) => get(inNamespace(other, 'pods')),
    ...rbac('list pods'),
  },
  {
    tries: "watch the operator's pods",
    call: () => get(inNamespace(OPERATOR, 'pods?watch=true&timeoutSeconds=1')),
    ...rbac('watch pods'),
  },
  {
    tries: 'list the pods of the whole cluster',
    call: () => get('/api/v1/pods'),
    refusal: { by: 'RBAC', status: 403, words: 'cannot list resource "pods" in API group "" at the cluster scope' },
  },
  {
    tries: 'read the log of a pod of another team',
    call: ({ other }) => get(inNamespace(other, `pods/${BYSTANDER}/log`)),
    ...rbac('get pods/log'),
  },
  {
    tries: "read the controller's log, where submissions are written",
    call: () => get(inNamespace(OPERATOR, `pods/${BYSTANDER}/log`)),
    ...rbac('get pods/log'),
  },
  {
    tries: 'run a command in a pod of another team',
    call: ({ other }) => post(inNamespace(other, `pods/${BYSTANDER}/exec?command=id&container=container&stdout=1`), {}),
    ...rbac('create pods/exec'),
    ...NO_UPGRADE,
  },
  {
    tries: 'run a command in a pod of another application of its own namespace, which may hold more',
    call: ({ home }) => get(inNamespace(home, `pods/${BYSTANDER}/exec?command=id&container=container&stdout=1`)),
    ...rbac('get pods/exec'),
    ...NO_UPGRADE,
  },
  {
    tries: 'attach to the process of a pod of another team',
    call: ({ other }) => post(inNamespace(other, `pods/${BYSTANDER}/attach?container=container&stdout=1`), {}),
    ...rbac('create pods/attach'),
    ...NO_UPGRADE,
  },
  {
    tries: 'forward a port of a pod of another team',
    call: ({ other }) => post(inNamespace(other, `pods/${BYSTANDER}/portforward?ports=4040`), {}),
    ...rbac('create pods/portforward'),
    ...NO_UPGRADE,
  },
  {
    tries: "look at another team's user interface through the API server",
    call: ({ other }) => get(inNamespace(other, `pods/${BYSTANDER}:4040/proxy/`)),
    ...rbac('get pods/proxy'),
    control: { status: 400, words: '' },
  },
  {
    tries: "call the operator's webhook through the API server",
    call: () => post(inNamespace(OPERATOR, 'services/https:spark-operator-webhook:443/proxy/mutate--v1-pod'), {}),
    ...rbac('create services/proxy'),
    control: { status: 400, words: 'dryRun is not supported' },
  },
  {
    tries: 'put a debugging container into a pod of another application',
    call: ({ home }) =>
      strategicPatch(inNamespace(home, `pods/${BYSTANDER}/ephemeralcontainers`), {
        spec: { ephemeralContainers: [{ ...CONTAINER, name: 'debugger', securityContext: CONTAINER_SECURITY }] },
      }),
    ...rbac('patch pods/ephemeralcontainers'),
  },
  {
    tries: "exchange the image of another application's pod",
    call: ({ home }) =>
      strategicPatch(inNamespace(home, `pods/${BYSTANDER}`), {
        spec: { containers: [{ name: 'container', image: 'registry.example/evil:1' }] },
      }),
    ...rbac('patch pods'),
  },
  {
    tries: 'report a pod of another application as failed',
    call: ({ home }) => patch(inNamespace(home, `pods/${BYSTANDER}/status`), { status: { phase: 'Failed' } }),
    ...rbac('patch pods/status'),
  },
  {
    tries: 'delete a pod of another team',
    call: ({ other }) => remove(inNamespace(other, `pods/${BYSTANDER}`)),
    ...rbac('delete pods'),
  },
  {
    tries: 'delete all pods of another team at once',
    call: ({ other }) => remove(inNamespace(other, 'pods')),
    ...rbac('deletecollection pods'),
  },
  {
    tries: 'evict a pod of the operator',
    call: () => post(inNamespace(OPERATOR, `pods/${BYSTANDER}/eviction`), object('policy/v1', 'Eviction', BYSTANDER)),
    ...rbac('create pods/eviction'),
  },
  {
    tries: 'bind a waiting pod to a node, in the place of the scheduler',
    call: ({ home, node }) =>
      post(inNamespace(home, `pods/${BYSTANDER}/binding`), {
        ...object('v1', 'Binding', BYSTANDER),
        target: { apiVersion: 'v1', kind: 'Node', name: node },
      }),
    ...rbac('create pods/binding'),
  },
  {
    tries: 'start a pod in the namespace of another team',
    call: ({ other }) => post(inNamespace(other, 'pods'), hardenedPod('foothold')),
    ...rbac('create pods'),
  },
  {
    tries: "start a pod in the operator's namespace under the controller's account",
    call: () =>
      post(
        inNamespace(OPERATOR, 'pods'),
        hardenedPod('foothold', { spec: { serviceAccountName: 'spark-operator-controller' } }),
      ),
    ...rbac('create pods'),
  },
  {
    tries: "start a pod in the cluster's own namespace, which no Pod Security level protects",
    call: () =>
      post(inNamespace('kube-system', 'pods'), hardenedPod('foothold', { spec: { serviceAccountName: 'default' } })),
    ...rbac('create pods'),
  },

  // Workloads that outlive the application.
  {
    tries: 'leave a Deployment behind, which starts its pods again for ever',
    call: ({ home }) =>
      post(
        inNamespace(home, 'deployments', 'apps/v1'),
        object('apps/v1', 'Deployment', 'foothold', { spec: workload }),
      ),
    ...rbac('create deployments'),
  },
  {
    tries: 'start a DaemonSet, with a pod on every node',
    call: ({ home }) =>
      post(inNamespace(home, 'daemonsets', 'apps/v1'), object('apps/v1', 'DaemonSet', 'foothold', { spec: workload })),
    ...rbac('create daemonsets'),
  },
  {
    tries: 'leave a CronJob behind, which comes back every minute',
    call: ({ home }) =>
      post(
        inNamespace(home, 'cronjobs', 'batch/v1'),
        object('batch/v1', 'CronJob', 'foothold', {
          spec: {
            schedule: '* * * * *',
            jobTemplate: { spec: { template: { spec: { ...podTemplate.spec, restartPolicy: 'Never' } } } },
          },
        }),
      ),
    ...rbac('create cronjobs'),
  },
  {
    tries: 'keep nodes from being drained, by a disruption budget for its pods',
    call: ({ home }) =>
      post(
        inNamespace(home, 'poddisruptionbudgets', 'policy/v1'),
        object('policy/v1', 'PodDisruptionBudget', 'foothold', { spec: { minAvailable: 1, selector: {} } }),
      ),
    ...rbac('create poddisruptionbudgets'),
  },
]);
