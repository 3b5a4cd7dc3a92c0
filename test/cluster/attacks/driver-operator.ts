import { attacksOf, BYSTANDER, get, inNamespace, object, OPERATOR, patch, post, rbac, remove, SPARK } from './attack';
import { applicationOf, othersApplicationOf } from './bodies';

/** A driver against nodes, the operator and applications. */
export const DRIVER_AND_OPERATOR = attacksOf('driver', [
  // Nodes.
  {
    tries: 'list the nodes',
    call: () => get('/api/v1/nodes'),
    ...rbac('list nodes'),
  },
  {
    tries: "read the kubelet's list of pods through the API server",
    call: ({ node }) => get(`/api/v1/nodes/${node}/proxy/pods`),
    ...rbac('get nodes/proxy'),
  },
  {
    tries: 'have the kubelet run a command in a pod of another team',
    call: ({ node, other }) => post(`/api/v1/nodes/${node}/proxy/run/${other}/${BYSTANDER}/container?cmd=id`, {}),
    ...rbac('create nodes/proxy'),
    control: { status: 400, words: 'dryRun is not supported' },
  },
  {
    tries: 'change labels of a node, so that pods of others come to it or leave it',
    call: ({ node }) => patch(`/api/v1/nodes/${node}`, { metadata: { labels: { pool: 'mine' } } }),
    ...rbac('patch nodes'),
  },
  {
    tries: 'report a node as not ready',
    call: ({ node }) => patch(`/api/v1/nodes/${node}/status`, { status: { capacity: { 'example.com/gpu': '8' } } }),
    ...rbac('patch nodes/status'),
  },
  {
    tries: 'remove a node from the cluster',
    call: ({ node }) => remove(`/api/v1/nodes/${node}`),
    ...rbac('delete nodes'),
  },
  {
    tries: 'register a node of its own',
    call: () => post('/api/v1/nodes', object('v1', 'Node', 'foothold')),
    ...rbac('create nodes'),
  },
  {
    tries: "renew a node's lease, so that its failure is not seen",
    call: ({ node }) => patch(inNamespace('kube-node-lease', `leases/${node}`, 'coordination.k8s.io/v1'), { spec: {} }),
    ...rbac('patch leases'),
  },

  // The operator.
  {
    tries: "take over the controller's leadership",
    call: () =>
      patch(inNamespace(OPERATOR, 'leases/spark-operator-controller-lock', 'coordination.k8s.io/v1'), {
        spec: { holderIdentity: 'foothold' },
      }),
    ...rbac('patch leases'),
  },
  {
    tries: "exchange the controller's image",
    call: () =>
      patch(inNamespace(OPERATOR, 'deployments/spark-operator-controller', 'apps/v1'), { metadata: { labels: {} } }),
    ...rbac('patch deployments'),
  },
  {
    tries: 'scale the webhook to nothing',
    call: () =>
      patch(inNamespace(OPERATOR, 'deployments/spark-operator-webhook/scale', 'apps/v1'), { spec: { replicas: 0 } }),
    ...rbac('patch deployments/scale'),
  },
  {
    tries: "point the webhook's service to pods of its own",
    call: () =>
      patch(inNamespace(OPERATOR, 'services/spark-operator-webhook'), { spec: { selector: { app: 'mine' } } }),
    ...rbac('patch services'),
  },
  {
    tries: 'remove what protects the webhook from disruption',
    call: () => remove(inNamespace(OPERATOR, 'poddisruptionbudgets/spark-operator-webhook', 'policy/v1')),
    ...rbac('delete poddisruptionbudgets'),
  },

  // Applications.
  {
    tries: 'read the applications of another team',
    call: ({ other }) => get(inNamespace(other, 'sparkapplications', SPARK)),
    ...rbac('list sparkapplications'),
  },
  {
    tries: 'submit an application, which the operator would start with other settings than its own',
    call: (scene) => post(inNamespace(scene.home, 'sparkapplications', SPARK), applicationOf(scene)),
    ...rbac('create sparkapplications'),
  },
  {
    tries: 'submit an application to another team',
    call: (scene) => post(inNamespace(scene.other, 'sparkapplications', SPARK), othersApplicationOf(scene)),
    ...rbac('create sparkapplications'),
  },
  {
    tries: 'change the main file of an application',
    call: ({ home }) =>
      patch(inNamespace(home, `sparkapplications/${BYSTANDER}`, SPARK), {
        spec: { mainApplicationFile: 'local:///tmp/evil.py' },
      }),
    ...rbac('patch sparkapplications'),
  },
  {
    tries: 'report an application as completed',
    call: ({ home }) =>
      patch(inNamespace(home, `sparkapplications/${BYSTANDER}/status`, SPARK), {
        status: { applicationState: { state: 'COMPLETED' }, driverInfo: {} },
      }),
    ...rbac('patch sparkapplications/status'),
  },
  {
    tries: 'delete the applications of another team',
    call: ({ other }) => remove(inNamespace(other, 'sparkapplications', SPARK)),
    ...rbac('deletecollection sparkapplications'),
  },
  {
    tries: 'come back by a scheduled application',
    call: (scene) =>
      post(
        inNamespace(scene.home, 'scheduledsparkapplications', SPARK),
        object(SPARK, 'ScheduledSparkApplication', 'foothold', {
          spec: { schedule: '* * * * *', template: scene.application },
        }),
      ),
    ...rbac('create scheduledsparkapplications'),
  },
]);
