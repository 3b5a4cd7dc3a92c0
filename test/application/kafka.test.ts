import { Chart } from 'cdk8s';
import { SecureSparkApplication } from '../../lib/application/secure-spark-application';
import { NetworkPeer, NetworkRule } from '../../lib/job-namespace/network/network-peer';
import { SparkJobNamespace } from '../../lib/job-namespace/spark-job-namespace';
import { find, messageOf, names, newChart } from '../job-namespace/manifests';
import { IMAGE, PYTHON } from './fixtures';
import { chartWith } from './storage-users';

describe('Kafka', () => {
  const BROKERS: NetworkRule = { peers: [NetworkPeer.podsOf('kafka', { app: 'broker' })], ports: [9093, 9092] };
  const OTHERS: NetworkRule = { peers: [NetworkPeer.cidr('10.1.0.0/16')], ports: [9092] };
  const egressOf = (chart: Chart): unknown =>
    (find(chart, 'NetworkPolicy', 'spark-egress-kafka').spec as { egress: unknown }).egress;
  const pods = {
    to: [
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kafka' } },
        podSelector: { matchLabels: { app: 'broker' } },
      },
    ],
    ports: [9092, 9093].map((port) => ({ protocol: 'TCP', port })),
  };

  test('is opened through the default deny of the namespace', () => {
    expect(egressOf(chartWith(() => ({ kafka: BROKERS })))).toEqual([pods]);
  });

  test('is opened for several jobs of a namespace, each rule once', () => {
    const chart = newChart();
    const jobNamespace = new SparkJobNamespace(chart, 'clicks');
    for (const [id, kafka] of Object.entries({ a: OTHERS, b: BROKERS, c: BROKERS })) {
      new SecureSparkApplication(chart, id, { jobNamespace, image: IMAGE, main: PYTHON, kafka });
    }
    const other = { to: [{ ipBlock: { cidr: '10.1.0.0/16' } }], ports: [{ protocol: 'TCP', port: 9092 }] };
    expect(egressOf(chart)).toEqual([other, pods]);
  });

  test('opens nothing in a namespace that is not isolated', () => {
    expect(
      names(
        chartWith(() => ({ kafka: BROKERS }), { isolate: false }),
        'NetworkPolicy',
      ),
    ).toEqual([]);
  });

  test.each([
    ['peer', { peers: [], ports: [9092] }, 'kafka names no peer: name one, or NetworkPeer.anywhere()'],
    ['port', { ...BROKERS, ports: [] }, 'kafka names no port: name those that are needed'],
    ['possible port', { ...BROKERS, ports: [0] }, 'kafka has port 0; expected a whole number from 1 to 65535'],
  ])('has a %s, isolated or not', (_what, kafka, problem) => {
    for (const isolate of [true, false]) {
      expect(messageOf(() => chartWith(() => ({ kafka }), { isolate }))).toBe(`test/sessions: ${problem}`);
    }
  });
});
