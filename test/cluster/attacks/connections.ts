import { kubectl, tryKubectl, until } from '../support';
import { OPERATOR } from './attack';
import { hardenedPod, LITTLE } from './bodies';
import { End, NETWORK_ATTACKS } from './network';
import { OPEN } from './stage';

/** The kubelet listens there. */
const KUBELET = 10250;
const NODE: End = { namespace: 'outside', labels: {} };

const LISTEN = `
import socket, sys, time
servers = [socket.create_server(('', int(port))) for port in sys.argv[1:]]
time.sleep(1e9)
`;

const CONNECT = `
import socket, sys
try:
    socket.create_connection((sys.argv[1], int(sys.argv[2])), timeout=3)
    print('connected')
except OSError as error:
    print(error)
`;

/** Pods at all ends of the connections that are tried, in the namespaces of an example. */
export class Connections {
  private readonly ends: readonly (End & { readonly name: string; readonly place: string })[];

  public constructor(example: { readonly home: string; readonly other: string }) {
    const placeOf = { ...example, operator: OPERATOR, outside: OPEN };
    const all = NETWORK_ATTACKS.flatMap(({ from, to }) => [from, to]);
    this.ends = [...new Map(all.map((end) => [JSON.stringify(end), end])).values()].map((end, index) => ({
      ...end,
      name: `end-${index}`,
      place: placeOf[end.namespace],
    }));
  }

  public async start(): Promise<void> {
    const items = this.ends.map(podOf);
    kubectl(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
    for (const { name, place } of this.ends) {
      kubectl(['-n', place, 'wait', '--for=jsonpath={.status.phase}=Running', '--timeout=180s', `pod/${name}`]);
    }
    // The node reaches every pod, so this is when all of them listen.
    await until('that all pods listen', 120, () =>
      NETWORK_ATTACKS.every(({ to, port }) => this.isThrough(NODE, to, port)),
    );
    // A new pod is open until its node knows the rules for it.
    await new Promise((resolve) => setTimeout(resolve, 15_000));
  }

  public stop(): void {
    for (const { name, place } of this.ends) {
      tryKubectl(['-n', place, 'delete', 'pod', name, '--ignore-not-found', '--wait=false']);
    }
  }

  /** Whether a connection comes about. */
  public isThrough(from: End, to: End, port: number): boolean {
    const [source, target] = [this.podAt(from), this.podAt(to)];
    const address = kubectl(['-n', target.place, 'get', 'pod', target.name, '-o', 'jsonpath={.status.podIP}']);
    const command = ['python3', '-c', CONNECT, address, String(port)];
    const printed = kubectl(['-n', source.place, 'exec', source.name, '--', ...command]).trim();
    if (!['connected', 'timed out', '[Errno 111] Connection refused'].includes(printed)) throw new Error(printed);
    return printed === 'connected';
  }

  /** Whether a pod resolves a name, which every pod may. */
  public resolves(from: End): boolean {
    const { name, place } = this.podAt(from);
    const code = "import socket; socket.getaddrinfo('kubernetes.default.svc.cluster.local', 443)";
    return tryKubectl(['-n', place, 'exec', name, '--', 'python3', '-c', code]).code === 0;
  }

  private podAt(end: End): { readonly name: string; readonly place: string } {
    const found = this.ends.find(({ namespace, labels }) => sameEnd({ namespace, labels }, end));
    if (found === undefined) throw new Error(`no pod stands for ${JSON.stringify(end)}`);
    return found;
  }
}

function sameEnd(a: End, b: End): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Where a pod listens: at the ports that are tried of it, and pods of a job at those of Spark. */
function portsOf({ namespace, labels }: End): number[] {
  const tried = NETWORK_ATTACKS.filter(({ to }) => sameEnd(to, { namespace, labels })).map(({ port }) => port);
  const ports = new Set(namespace === NODE.namespace ? tried : [...tried, 7078, 7079]);
  ports.delete(KUBELET);
  return [...ports];
}

function podOf({ name, namespace, place, labels }: End & { readonly name: string; readonly place: string }): object {
  const isNode = namespace === NODE.namespace;
  // The ports below 1024 of the node are root's.
  const onNode = {
    spec: { hostNetwork: true },
    podSecurity: { runAsNonRoot: false, runAsUser: 0 },
    containerSecurity: { capabilities: {} },
  };
  return hardenedPod(name, {
    metadata: { namespace: place, labels },
    ...(isNode ? onNode : {}),
    spec: {
      ...(isNode ? onNode.spec : {}),
      schedulerName: 'default-scheduler',
      serviceAccountName: 'default',
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 0,
    },
    container: {
      resources: LITTLE,
      command: ['python3', '-c', LISTEN, ...portsOf({ namespace, labels }).map(String)],
      // Never ready, so that no Service sends what it gets to a pod that only looks like its own.
      readinessProbe: { exec: { command: ['false'] }, periodSeconds: 3600 },
    },
  });
}
