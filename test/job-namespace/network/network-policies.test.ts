import * as fc from 'fast-check';
import { NetworkPeer, NetworkRule } from '../../../lib/job-namespace/network/network-peer';
import { SparkJobNamespace } from '../../../lib/job-namespace/spark-job-namespace';
import { SparkJobNamespaceProps } from '../../../lib/job-namespace/spark-job-namespace-props';
import { find, messageOf, names, newChart } from '../manifests';

const DRIVERS = { matchExpressions: [{ key: 'spark-role', operator: 'In', values: ['connect-server', 'driver'] }] };
const SPARK_PODS = {
  matchExpressions: [{ key: 'spark-role', operator: 'In', values: ['connect-server', 'driver', 'executor'] }],
};
const KAFKA = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kafka' } } };

function specOf(policy: string, props: SparkJobNamespaceProps, prepare?: (namespace: SparkJobNamespace) => void) {
  const chart = newChart();
  const namespace = new SparkJobNamespace(chart, 'clicks', props);
  prepare?.(namespace);
  return find(chart, 'NetworkPolicy', policy).spec;
}

function refusal(props: SparkJobNamespaceProps): string {
  return messageOf(() => new SparkJobNamespace(newChart(), 'clicks', props));
}

describe('by default', () => {
  test('nothing comes in or goes out of any pod', () => {
    expect(specOf('spark-default-deny', {})).toEqual({ podSelector: {}, policyTypes: ['Egress', 'Ingress'] });
  });

  test('drivers, Connect servers and executors reach each other by TCP (row 59)', () => {
    const peers = [{ podSelector: SPARK_PODS }];
    const ports = [{ protocol: 'TCP' }];
    expect(specOf('spark-driver-executor', {})).toEqual({
      podSelector: SPARK_PODS,
      policyTypes: ['Egress', 'Ingress'],
      egress: [{ to: peers, ports }],
      ingress: [{ from: peers, ports }],
    });
  });

  test('nobody reaches a package repository, and drivers do where the namespace allows one', () => {
    const repositories = ['https://maven.acme.dev/releases', 'https://maven.acme.dev:8443/more'];
    const chart = newChart();
    new SparkJobNamespace(chart, 'clicks');
    expect(names(chart, 'NetworkPolicy')).not.toContain('spark-package-repositories');
    expect(specOf('spark-package-repositories', { packageRepositories: repositories })).toEqual({
      podSelector: DRIVERS,
      policyTypes: ['Egress'],
      egress: [
        {
          ports: [
            { protocol: 'TCP', port: 443 },
            { protocol: 'TCP', port: 8443 },
          ],
        },
      ],
    });
  });

  test('all pods resolve names at the DNS of the cluster', () => {
    expect(specOf('spark-dns', {})).toEqual({
      podSelector: {},
      policyTypes: ['Egress'],
      egress: [
        {
          to: [
            {
              namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
              podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
            },
          ],
          ports: [
            { protocol: 'TCP', port: 53 },
            { protocol: 'UDP', port: 53 },
          ],
        },
      ],
    });
  });

  test('drivers, and no executors, reach the API server, wherever it is', () => {
    expect(specOf('spark-api-server', {})).toEqual({
      podSelector: DRIVERS,
      policyTypes: ['Egress'],
      egress: [
        {
          ports: [
            { protocol: 'TCP', port: 443 },
            { protocol: 'TCP', port: 6443 },
          ],
        },
      ],
    });
  });
});

test('the API server and the DNS can be named', () => {
  const apiServer = { peers: [NetworkPeer.cidr('10.0.0.1/32')], ports: [6443] };
  expect(specOf('spark-api-server', { apiServer })).toMatchObject({
    egress: [{ to: [{ ipBlock: { cidr: '10.0.0.1/32' } }], ports: [{ protocol: 'TCP', port: 6443 }] }],
  });
  const dns = { peers: [NetworkPeer.podsOf('openshift-dns')], ports: [5353] };
  expect(specOf('spark-dns', { dns })).toMatchObject({
    egress: [
      {
        to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'openshift-dns' } } }],
        ports: [
          { protocol: 'TCP', port: 5353 },
          { protocol: 'UDP', port: 5353 },
        ],
      },
    ],
  });
});

describe('without isolation', () => {
  test('there is no network policy', () => {
    const chart = newChart();
    expect(new SparkJobNamespace(chart, 'clicks', { isolate: false }).isolated).toBe(false);
    expect(names(chart, 'NetworkPolicy')).toEqual([]);
  });

  test('nothing can be allowed, since the policy would close everything else', () => {
    const namespace = new SparkJobNamespace(newChart(), 'clicks', { isolate: false });
    const rule = { peers: [NetworkPeer.podsOf('kafka')], ports: [9092] };
    expect(messageOf(() => namespace.allowEgress('kafka', rule))).toBe(
      'test/clicks: allowEgress "kafka": nothing is closed here, because isolate is false: leave out one of the two',
    );
    expect(messageOf(() => namespace.allowIngress('kafka', rule))).toContain('allowIngress "kafka": nothing is closed');
  });

  test('neither API server nor DNS can be named', () => {
    const apiServer = { peers: [NetworkPeer.anywhere()], ports: [443] };
    expect(refusal({ isolate: false, apiServer })).toBe(
      'test/clicks: apiServer is given although isolate is false: leave out one of the two',
    );
  });
});

describe('what is allowed', () => {
  test('to connect to is a policy for all pods', () => {
    const allow = (namespace: SparkJobNamespace) =>
      namespace.allowEgress('kafka', { peers: [NetworkPeer.podsOf('kafka', { app: 'broker' })], ports: [9092] });
    expect(specOf('spark-egress-kafka', {}, allow)).toEqual({
      podSelector: {},
      policyTypes: ['Egress'],
      egress: [
        {
          to: [{ ...KAFKA, podSelector: { matchLabels: { app: 'broker' } } }],
          ports: [{ protocol: 'TCP', port: 9092 }],
        },
      ],
    });
  });

  test('to connect from, for metrics, is one too', () => {
    const allow = (namespace: SparkJobNamespace) =>
      namespace.allowIngress('metrics', { peers: [NetworkPeer.podsOf('monitoring')], ports: [4040, 8090] });
    expect(specOf('spark-ingress-metrics', {}, allow)).toEqual({
      podSelector: {},
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }],
          ports: [
            { protocol: 'TCP', port: 4040 },
            { protocol: 'TCP', port: 8090 },
          ],
        },
      ],
    });
  });

  test('anywhere names no peer, and keeps the ports', () => {
    const allow = (namespace: SparkJobNamespace) =>
      namespace.allowEgress('web', {
        peers: [NetworkPeer.cidr('10.0.0.0/8'), NetworkPeer.anywhere()],
        ports: [443],
      });
    expect(specOf('spark-egress-web', {}, allow)).toEqual({
      podSelector: {},
      policyTypes: ['Egress'],
      egress: [{ ports: [{ protocol: 'TCP', port: 443 }] }],
    });
  });

  test('under one name adds up, whatever the order and however often', () => {
    const rules: NetworkRule[] = [
      { peers: [NetworkPeer.podsOf('kafka')], ports: [9092, 9093] },
      { peers: [NetworkPeer.podsOf('kafka')], ports: [9093, 9092, 9092] },
      { peers: [NetworkPeer.cidr('10.1.0.0/16'), NetworkPeer.cidr('10.0.0.0/16')], ports: [443] },
    ];
    const expected = {
      podSelector: {},
      policyTypes: ['Egress'],
      egress: [
        {
          to: [{ ipBlock: { cidr: '10.0.0.0/16' } }, { ipBlock: { cidr: '10.1.0.0/16' } }],
          ports: [{ protocol: 'TCP', port: 443 }],
        },
        {
          to: [KAFKA],
          ports: [
            { protocol: 'TCP', port: 9092 },
            { protocol: 'TCP', port: 9093 },
          ],
        },
      ],
    };
    fc.assert(
      fc.property(fc.shuffledSubarray(rules, { minLength: rules.length }), (shuffled) => {
        const allow = (namespace: SparkJobNamespace) => shuffled.forEach((rule) => namespace.allowEgress('data', rule));
        expect(specOf('spark-egress-data', {}, allow)).toEqual(expected);
      }),
      { numRuns: 12 },
    );
  });

  test('does not change with the lists it was given', () => {
    const ports = [9092];
    const allow = (namespace: SparkJobNamespace) => {
      namespace.allowEgress('kafka', { peers: [NetworkPeer.podsOf('kafka')], ports });
      ports.push(22);
    };
    expect(specOf('spark-egress-kafka', {}, allow)).toMatchObject({
      egress: [{ ports: [{ protocol: 'TCP', port: 9092 }] }],
    });
  });

  test('is never everything by an empty list', () => {
    const namespace = new SparkJobNamespace(newChart(), 'clicks');
    expect(messageOf(() => namespace.allowEgress('kafka', { peers: [], ports: [] }))).toBe(
      [
        'test/clicks: 2 problems:',
        '  - allowEgress "kafka" names no peer: name one, or NetworkPeer.anywhere()',
        '  - allowEgress "kafka" names no port: name those that are needed',
      ].join('\n'),
    );
    expect(refusal({ dns: { peers: [], ports: [53] } })).toBe(
      'test/clicks: dns names no peer: name one, or NetworkPeer.anywhere()',
    );
  });

  test.each([0, -1, 65536, 80.5, NaN])('is not port %d', (port) => {
    const namespace = new SparkJobNamespace(newChart(), 'clicks');
    const rule = { peers: [NetworkPeer.podsOf('kafka')], ports: [9092, port] };
    expect(messageOf(() => namespace.allowIngress('kafka', rule))).toBe(
      `test/clicks: allowIngress "kafka" has port ${port}; expected a whole number from 1 to 65535`,
    );
  });

  test('has a name that a policy can have', () => {
    const namespace = new SparkJobNamespace(newChart(), 'clicks');
    const rule = { peers: [NetworkPeer.podsOf('kafka')], ports: [9092] };
    expect(messageOf(() => namespace.allowEgress('Kafka!', rule))).toContain(
      'test/clicks: allowEgress: the name "Kafka!" is no DNS label',
    );
  });
});
