import { Identity } from './attack';

/** One end of a connection. A namespace is `home`, `other` or `operator`; what is outside of the cluster has no labels. */
export interface End {
  readonly namespace: 'home' | 'other' | 'operator' | 'outside';
  readonly labels: Readonly<Record<string, string>>;
}

/** A connection that an identity may try to make. */
export interface NetworkAttack {
  readonly identity: Identity;
  readonly tries: string;
  readonly from: End;
  readonly to: End;
  readonly port: number;
  /** Why the network policies let it through. */
  readonly limit?: string;
}

const pod = (namespace: End['namespace'], role: string): End => ({ namespace, labels: { 'spark-role': role } });
const operator = (component: string): End => ({
  namespace: 'operator',
  labels: {
    'app.kubernetes.io/name': 'spark-operator',
    'app.kubernetes.io/instance': 'spark-operator',
    'app.kubernetes.io/component': component,
  },
});
const OUTSIDE: End = { namespace: 'outside', labels: {} };
const DRIVER = pod('home', 'driver');
const EXECUTOR = pod('home', 'executor');

const API_SERVER_ANYWHERE =
  'network policies cannot name the API server, so its ports are open to every address until `apiServer` says which it is';

/** Connections between pods, each with the labels of what it stands for; outside is the node itself. */
export const NETWORK_ATTACKS: readonly NetworkAttack[] = [
  {
    identity: 'driver',
    tries: "connect to another team's driver",
    from: DRIVER,
    to: pod('other', 'driver'),
    port: 7078,
  },
  {
    identity: 'driver',
    tries: 'call the webhook itself, past the API server',
    from: DRIVER,
    to: operator('webhook'),
    port: 9443,
  },
  {
    identity: 'driver',
    tries: "read the controller's metrics, with the names of all applications",
    from: DRIVER,
    to: operator('controller'),
    port: 8080,
  },
  {
    identity: 'driver',
    tries: "ask the cloud's metadata service for the credentials of the node",
    from: DRIVER,
    to: OUTSIDE,
    port: 80,
  },
  { identity: 'driver', tries: 'connect to a kubelet', from: DRIVER, to: OUTSIDE, port: 10250 },
  { identity: 'driver', tries: "connect to the cluster's store, etcd", from: DRIVER, to: OUTSIDE, port: 2379 },
  { identity: 'driver', tries: 'send mail', from: DRIVER, to: OUTSIDE, port: 25 },
  {
    identity: 'driver',
    tries: 'send data to a server of its own on port 443',
    from: DRIVER,
    to: OUTSIDE,
    port: 443,
    limit: API_SERVER_ANYWHERE,
  },
  { identity: 'executor', tries: 'connect to the API server', from: EXECUTOR, to: OUTSIDE, port: 443 },
  {
    identity: 'executor',
    tries: "connect to another team's executors",
    from: EXECUTOR,
    to: pod('other', 'executor'),
    port: 7079,
  },
  {
    identity: 'driver',
    tries: "open the user interface of another team's driver, which asks for no password",
    from: pod('other', 'driver'),
    to: DRIVER,
    port: 4040,
  },
  {
    identity: 'submitter',
    tries: "open the user interface of the driver from the submitter's namespace",
    from: { namespace: 'other', labels: { app: 'airflow' } },
    to: DRIVER,
    port: 4040,
  },
  {
    identity: 'controller',
    tries: "connect to a driver's user interface",
    from: operator('controller'),
    to: DRIVER,
    port: 4040,
  },
];
