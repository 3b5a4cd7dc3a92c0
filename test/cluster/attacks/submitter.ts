import {
  attacksOf,
  BYSTANDER,
  get,
  inNamespace,
  object,
  OPERATOR,
  patch,
  post,
  put,
  rbac,
  remove,
  SPARK,
  strategicPatch,
} from './attack';
import { hardenedPod, tokenRequest, othersApplicationOf } from './bodies';

/** A submitter (Airflow's worker) by what its Role does not hold. */
export const SUBMITTER_ATTACKS = attacksOf('submitter', [
  {
    tries: 'submit an application to another team',
    call: (scene) => post(inNamespace(scene.other, 'sparkapplications', SPARK), othersApplicationOf(scene)),
    ...rbac('create sparkapplications'),
  },
  {
    tries: 'delete an application of another team',
    call: ({ other }) => remove(inNamespace(other, `sparkapplications/${BYSTANDER}`, SPARK)),
    ...rbac('delete sparkapplications'),
  },
  {
    tries: 'list the applications of all teams',
    call: () => get(`/apis/${SPARK}/sparkapplications`),
    ...rbac('list sparkapplications'),
  },
  {
    tries: "read the state of another team's application",
    call: ({ other }) => get(inNamespace(other, `sparkapplications/${BYSTANDER}/status`, SPARK)),
    ...rbac('get sparkapplications/status'),
  },
  {
    tries: 'exchange the code of an application after it was reviewed',
    call: ({ home }) =>
      patch(inNamespace(home, `sparkapplications/${BYSTANDER}`, SPARK), {
        spec: { mainApplicationFile: 'local:///tmp/evil.py' },
      }),
    ...rbac('patch sparkapplications'),
  },
  {
    tries: 'delete all applications of its namespace at once',
    call: ({ home }) => remove(inNamespace(home, 'sparkapplications', SPARK)),
    ...rbac('deletecollection sparkapplications'),
  },
  {
    tries: "write the state of an application in the operator's place",
    call: (scene) =>
      patch(inNamespace(scene.home, `sparkapplications/${BYSTANDER}/status`, SPARK), {
        status: { applicationState: { state: 'COMPLETED' }, driverInfo: {} },
      }),
    ...rbac('patch sparkapplications/status'),
  },
  {
    tries: 'submit a scheduled application, which it was not granted',
    call: (scene) =>
      post(
        inNamespace(scene.home, 'scheduledsparkapplications', SPARK),
        object(SPARK, 'ScheduledSparkApplication', 'foothold', {
          spec: { schedule: '0 0 * * *', template: scene.application },
        }),
      ),
    ...rbac('create scheduledsparkapplications'),
  },
  {
    tries: 'start a Connect server, which runs the code of whoever reaches it',
    call: (scene) =>
      post(
        inNamespace(scene.home, 'sparkconnects', 'sparkoperator.k8s.io/v1alpha1'),
        object('sparkoperator.k8s.io/v1alpha1', 'SparkConnect', 'foothold', {
          spec: { sparkVersion: '4.0.4', server: {}, executor: {} },
        }),
      ),
    ...rbac('create sparkconnects'),
    // The administrator is past RBAC, and the guard has its say on what the server lacks.
    control: { status: 422, words: 'denied request' },
  },
  {
    tries: 'start a pod of its own, past the operator',
    call: ({ home }) => post(inNamespace(home, 'pods'), hardenedPod('foothold')),
    ...rbac('create pods'),
  },
  {
    tries: 'run a command in a driver',
    call: ({ home }) => post(inNamespace(home, `pods/${BYSTANDER}/exec?command=id&stdout=1`), {}),
    ...rbac('create pods/exec'),
    control: { status: 400, words: '' },
  },
  {
    tries: "reach a driver's port, past the network policies",
    call: ({ home }) => post(inNamespace(home, `pods/${BYSTANDER}/portforward?ports=4040`), {}),
    ...rbac('create pods/portforward'),
    control: { status: 400, words: '' },
  },
  {
    tries: 'delete a driver by its pod',
    call: ({ home }) => remove(inNamespace(home, `pods/${BYSTANDER}`)),
    ...rbac('delete pods'),
  },
  {
    tries: 'read a secret of the namespace that it submits to',
    call: ({ home }) => get(inNamespace(home, `secrets/${BYSTANDER}`)),
    ...rbac('get secrets'),
  },
  {
    tries: 'read the configuration of the applications in the namespace that it submits to',
    call: ({ home }) => get(inNamespace(home, `configmaps/${BYSTANDER}`)),
    ...rbac('get configmaps'),
  },
  {
    tries: "read the log of another team's driver",
    call: ({ other }) => get(inNamespace(other, `pods/${BYSTANDER}/log`)),
    ...rbac('get pods/log'),
  },
  {
    tries: "read the controller's log, with the submissions of all teams",
    call: () => get(inNamespace(OPERATOR, `pods/${BYSTANDER}/log`)),
    ...rbac('get pods/log'),
  },
  {
    tries: 'label a pod of another team',
    call: ({ other }) =>
      patch(inNamespace(other, `pods/${BYSTANDER}`), { metadata: { labels: { 'spark-role': 'driver' } } }),
    ...rbac('patch pods'),
  },
  {
    tries: "make a token of the driver's account",
    call: ({ home }) => post(inNamespace(home, 'serviceaccounts/spark-driver/token'), tokenRequest()),
    ...rbac('create serviceaccounts/token'),
  },
  {
    tries: 'act as the driver',
    call: ({ home }) => ({
      ...get(inNamespace(home, 'pods')),
      headers: { 'Impersonate-User': `system:serviceaccount:${home}:spark-driver` },
    }),
    ...rbac('impersonate serviceaccounts'),
  },
  {
    tries: 'grant itself the rights of a driver',
    call: ({ home }) =>
      post(
        inNamespace(home, 'rolebindings', 'rbac.authorization.k8s.io/v1'),
        object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'foothold', {
          roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'spark-driver' },
          subjects: [{ kind: 'ServiceAccount', name: 'airflow-worker', namespace: 'airflow' }],
        }),
      ),
    ...rbac('create rolebindings'),
  },
  {
    tries: 'widen the Role by which it submits',
    call: ({ home }) =>
      put(
        inNamespace(home, 'roles/spark-submit-airflow-airflow-worker', 'rbac.authorization.k8s.io/v1'),
        object('rbac.authorization.k8s.io/v1', 'Role', 'spark-submit-airflow-airflow-worker', {
          rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['list'] }],
        }),
      ),
    ...rbac('update roles'),
  },
  {
    tries: 'have the operator watch another namespace, by a change of its Deployment',
    call: () =>
      patch(inNamespace(OPERATOR, 'deployments/spark-operator-controller', 'apps/v1'), {
        metadata: { labels: { a: 'b' } },
      }),
    ...rbac('patch deployments'),
  },
  {
    tries: 'allow its namespace what the guard refuses',
    call: ({ home }) =>
      patch(inNamespace(OPERATOR, `roles/spark-operator-guard-${home}`, 'rbac.authorization.k8s.io/v1'), {
        metadata: { annotations: { 'cdk8s-spark/admitted-file-schemes': 'file' } },
      }),
    ...rbac('patch roles'),
  },
  {
    tries: 'make a config map with pod templates for a driver to use',
    call: ({ home }) => post(inNamespace(home, 'configmaps'), object('v1', 'ConfigMap', 'foothold')),
    ...rbac('create configmaps'),
  },
  {
    tries: "exchange the image of a running driver's container",
    call: ({ home }) =>
      strategicPatch(inNamespace(home, `pods/${BYSTANDER}`), {
        spec: { containers: [{ name: 'container', image: 'registry.example/evil:1' }] },
      }),
    limit:
      'Airflow labels the drivers of killed tasks, and the right to patch pods covers their image; the container stays hardened',
  },
  {
    tries: "read the key of an application's traffic from its executors' pods",
    call: ({ home }) => get(inNamespace(home, 'pods')),
    limit:
      'Airflow finds drivers among the pods, and Spark writes the key of a run there; one that comes from a Secret does not stand there',
  },
  {
    tries: "put an executor's pod where the network policies let it reach the API server, by the label of a driver",
    call: ({ home }) =>
      patch(inNamespace(home, `pods/${BYSTANDER}`), { metadata: { labels: { 'spark-role': 'driver' } } }),
    limit: 'Airflow labels the drivers of killed tasks, and RBAC knows no labels; the pod still has no token',
  },
]);
