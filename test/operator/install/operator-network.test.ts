import { NetworkPeer } from '../../../lib/job-namespace/network/network-peer';
import { SparkJobNamespace } from '../../../lib/job-namespace/spark-job-namespace';
import { all, install, one, refusal, synth, written } from '../support';

const tcp = (...ports: number[]) => ports.map((port) => ({ port, protocol: 'TCP' }));
const DNS = {
  to: [
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    },
  ],
  ports: [
    { port: 53, protocol: 'TCP' },
    { port: 53, protocol: 'UDP' },
  ],
};
const METRICS = { from: [{ namespaceSelector: {} }], ports: tcp(8080) };

test('the controller is reached for metrics only, and reaches DNS and the API server', () => {
  expect(one(written(), 'NetworkPolicy', 'spark-operator-controller').spec).toEqual({
    podSelector: {
      matchLabels: {
        'app.kubernetes.io/name': 'spark-operator',
        'app.kubernetes.io/instance': 'spark-operator',
        'app.kubernetes.io/component': 'controller',
      },
    },
    policyTypes: ['Egress', 'Ingress'],
    ingress: [METRICS],
    egress: [DNS, { ports: tcp(443, 6443) }],
  });
});

test('the webhook is reached by the API server too, whose address nobody knows', () => {
  expect(one(written(), 'NetworkPolicy', 'spark-operator-webhook').spec).toMatchObject({
    ingress: [{ ports: tcp(9443) }, METRICS],
    egress: [DNS, { ports: tcp(443, 6443) }],
  });
});

test('without metrics nobody reaches the controller', () => {
  const { spec } = one(written({ metrics: false }), 'NetworkPolicy', 'spark-operator-controller');
  expect(spec).toMatchObject({ policyTypes: ['Egress', 'Ingress'], ingress: [] });
});

test('ports that are given are those of the policies', () => {
  const manifests = written({ metricsPort: 9090, webhook: { port: 8443 } });
  expect(one(manifests, 'NetworkPolicy', 'spark-operator-webhook').spec.ingress).toEqual([
    { ports: tcp(8443) },
    { from: [{ namespaceSelector: {} }], ports: tcp(9090) },
  ]);
});

test('DNS and API server are reached where they are said to be', () => {
  const manifests = written({
    dns: { peers: [NetworkPeer.cidr('169.254.20.10/32')], ports: [53] },
    apiServer: { peers: [NetworkPeer.cidr('10.0.0.1/32')], ports: [6443] },
  });
  for (const component of ['controller', 'webhook']) {
    expect(one(manifests, 'NetworkPolicy', `spark-operator-${component}`).spec.egress).toEqual([
      { to: [{ ipBlock: { cidr: '169.254.20.10/32' } }], ports: DNS.ports },
      { to: [{ ipBlock: { cidr: '10.0.0.1/32' } }], ports: tcp(6443) },
    ]);
  }
});

test('only the controller reaches the package repositories, of the namespaces that allow them (row 33)', () => {
  const { chart, operator } = install();
  const packageRepositories = ['https://maven.acme.dev/releases', 'https://maven.acme.dev:8443/snapshots'];
  operator.addJobNamespace(new SparkJobNamespace(chart, 'orders', { packageRepositories }));
  const manifests = synth(chart);
  expect(one(manifests, 'NetworkPolicy', 'spark-operator-controller').spec.egress).toEqual([
    DNS,
    { ports: tcp(443, 6443) },
    { ports: tcp(443, 8443) },
  ]);
  expect(one(manifests, 'NetworkPolicy', 'spark-operator-webhook').spec.egress).toHaveLength(2);
});

test('no policy is written if that is asked', () => {
  const names = all(written({ isolate: false }), 'NetworkPolicy').map(({ metadata }) => metadata.namespace);
  expect(names).not.toContain('spark-operator');
});

test('refuses a place of the API server that no policy would use', () => {
  const apiServer = { peers: [NetworkPeer.anywhere()], ports: [443] };
  expect(refusal({ isolate: false, apiServer })).toBe(
    'platform/operator: apiServer is given although isolate is false: leave out one of the two',
  );
});

test('refuses a rule without ports, which would open all of them', () => {
  expect(refusal({ dns: { peers: [NetworkPeer.anywhere()], ports: [] } })).toBe(
    'platform/operator: dns names no port: name those that are needed',
  );
});
