import { NetworkPeer } from '../../lib/job-namespace/network/network-peer';
import { App, Chart, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { Relaxation, Guarantee } from '../../lib/guarantees/relaxation';
import { PodSecurityLevel } from '../../lib/kubernetes/pod-security-level';
import { SparkJobNamespace } from '../../lib/job-namespace/spark-job-namespace';
import { SparkJobNamespaceProps } from '../../lib/job-namespace/spark-job-namespace-props';
import { find, manifests, messageOf, names, newChart } from './manifests';

function refusal(props: SparkJobNamespaceProps): string {
  return messageOf(() => new SparkJobNamespace(newChart(), 'clicks', props));
}

test('emits the namespace, its accounts, rights, policies and quota (row 1, row 16)', () => {
  const chart = newChart();
  new SparkJobNamespace(chart, 'clicks');
  expect(manifests(chart)).toMatchSnapshot();
});

describe('the Namespace', () => {
  test('bears the id of the construct, or the name that is given', () => {
    const chart = newChart();
    expect(new SparkJobNamespace(chart, 'clicks').apiObject.name).toBe('clicks');
    expect(new SparkJobNamespace(chart, 'second', { name: 'orders' }).name).toBe('orders');
    expect(names(chart, 'Namespace')).toEqual(['clicks', 'orders']);
  });

  test('belongs to no namespace, and everything else to it, also in a chart with a namespace', () => {
    const chart = new Chart(new App(), 'test', { namespace: 'elsewhere' });
    new SparkJobNamespace(chart, 'clicks');
    const [namespace, ...others] = manifests(chart);
    expect([namespace.kind, namespace.metadata.namespace]).toEqual(['Namespace', undefined]);
    expect(new Set(others.map(({ metadata }) => metadata.namespace))).toEqual(new Set(['clicks']));
  });

  test('enforces, audits and warns of Pod Security restricted of v1.28 by default (row 14)', () => {
    const chart = newChart();
    new SparkJobNamespace(chart, 'clicks');
    expect(find(chart, 'Namespace', 'clicks').metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/enforce-version': 'v1.28',
      'pod-security.kubernetes.io/audit': 'restricted',
      'pod-security.kubernetes.io/audit-version': 'v1.28',
      'pod-security.kubernetes.io/warn': 'restricted',
      'pod-security.kubernetes.io/warn-version': 'v1.28',
    });
  });

  test('takes another Pod Security level and a later version', () => {
    const chart = newChart();
    new SparkJobNamespace(chart, 'clicks', { podSecurity: PodSecurityLevel.BASELINE, podSecurityVersion: 'v1.32' });
    expect(find(chart, 'Namespace', 'clicks').metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'baseline',
      'pod-security.kubernetes.io/enforce-version': 'v1.32',
      'pod-security.kubernetes.io/warn-version': 'v1.32',
    });
  });

  test.each(['v1.27', 'v1.9', '1.30', 'latest', 'v1.28.1', ''])('refuses the Pod Security version "%s"', (version) => {
    expect(refusal({ podSecurityVersion: version })).toBe(
      `test/clicks: podSecurityVersion is "${version}"; expected v1.28 or later, as in "v1.32"`,
    );
  });

  test('takes further labels and annotations', () => {
    const chart = newChart();
    new SparkJobNamespace(chart, 'clicks', { labels: { team: 'web' }, annotations: { 'acme.dev/owner': 'ada' } });
    const { labels, annotations } = find(chart, 'Namespace', 'clicks').metadata;
    expect(labels).toMatchObject({ team: 'web', 'app.kubernetes.io/part-of': 'spark' });
    expect(annotations).toEqual({ 'acme.dev/owner': 'ada' });
  });

  test('lets no label replace those of Pod Security', () => {
    expect(refusal({ labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } })).toBe(
      'test/clicks: labels has "pod-security.kubernetes.io/enforce", which follows from podSecurity: set podSecurity or podSecurityVersion instead',
    );
  });

  test.each(['default', 'kube-system', 'kube-public', 'kube-node-lease'])('refuses the name "%s"', (name) => {
    const expected = `test/clicks: namespace name "${name}" belongs to Kubernetes; jobs need a namespace of their own: set one with the name property`;
    expect(refusal({ name })).toBe(expected);
    expect(
      messageOf(() =>
        SparkJobNamespace.addToExistingNamespace(newChart(), 'clicks', {
          name,
          podSecurity: PodSecurityLevel.RESTRICTED,
        }),
      ),
    ).toBe(expected);
  });

  test('refuses a name that is no DNS label', () => {
    expect(refusal({ name: 'Clicks' })).toContain('test/clicks: namespace name "Clicks" is no DNS label');
    expect(refusal({ name: '' })).toContain('test/clicks: namespace name "" is no DNS label');
    expect(refusal({ name: 'a'.repeat(64) })).toContain('has 64 characters; at most 63 are possible');
  });
});

describe('an imported namespace', () => {
  const theirs = { name: 'clicks', podSecurity: PodSecurityLevel.RESTRICTED, quota: { pods: 5 } };

  test('gets everything but the Namespace, where all of it is asked for (case 4)', () => {
    const made = newChart();
    new SparkJobNamespace(made, 'clicks', { quota: { pods: 5 } });
    const imported = newChart();
    SparkJobNamespace.addToExistingNamespace(imported, 'theirs', { ...theirs, wholeNamespace: true });
    expect(manifests(imported)).toEqual(manifests(made).filter(({ kind }) => kind !== 'Namespace'));
  });

  test('has policies for the pods of Spark alone, and no quota for services of others (case 4)', () => {
    const chart = newChart();
    const namespace = SparkJobNamespace.addToExistingNamespace(chart, 'theirs', theirs);
    namespace.allowEgress('web', { peers: [NetworkPeer.cidr('0.0.0.0/0')], ports: [443] });
    const policies = manifests(chart).filter(({ kind }) => kind === 'NetworkPolicy');
    expect(policies.map(({ metadata }) => metadata.name).sort()).toEqual([
      'spark-api-server',
      'spark-default-deny',
      'spark-dns',
      'spark-driver-executor',
      'spark-egress-web',
    ]);
    for (const { spec } of policies) {
      const { podSelector } = spec as { podSelector: { matchExpressions?: { key: string; operator: string }[] } };
      expect(podSelector.matchExpressions).toEqual([
        expect.objectContaining({ key: 'spark-role', operator: 'In', values: expect.arrayContaining(['driver']) }),
      ]);
    }
    const quotas = manifests(chart).filter(({ kind }) => kind === 'ResourceQuota');
    expect(quotas.map(({ metadata }) => metadata.name)).toEqual(['spark-quota']);
  });

  test('has the Pod Security level that it is told, and lets relax what it is told', () => {
    const allow = [Relaxation.of(Guarantee.NO_PLAIN_SECRETS, 'demo')];
    const props = { name: 'clicks', podSecurity: PodSecurityLevel.BASELINE, allow };
    const namespace = SparkJobNamespace.addToExistingNamespace(newChart(), 'theirs', props);
    expect(namespace.podSecurity).toBe(PodSecurityLevel.BASELINE);
    expect(namespace.allowed.map(({ guarantee }) => guarantee)).toEqual([Guarantee.NO_PLAIN_SECRETS]);
  });
});

describe('what may be relaxed', () => {
  test('stands on the Namespace with its reason', () => {
    const chart = newChart();
    new SparkJobNamespace(chart, 'clicks', {
      allow: [
        Relaxation.of(Guarantee.READ_ONLY_ROOT_FILESYSTEM, 'writes to /opt'),
        Relaxation.of(Guarantee.PINNED_IMAGES, 'nightly'),
      ],
    });
    expect(find(chart, 'Namespace', 'clicks').metadata.annotations).toEqual({
      'cdk8s-spark/may-relax-read-only-root-filesystem': 'writes to /opt',
      'cdk8s-spark/may-relax-pinned-images': 'nightly',
    });
  });

  test('is nothing by default', () => {
    const chart = newChart();
    expect(new SparkJobNamespace(chart, 'clicks').allowed).toEqual([]);
    expect(find(chart, 'Namespace', 'clicks').metadata.annotations).toBeUndefined();
  });

  test('is named once for each guarantee', () => {
    expect(
      refusal({
        allow: [
          Relaxation.of(Guarantee.ENCRYPTION, 'a'),
          Relaxation.of(Guarantee.NO_DEBUG_RIGHTS, 'b'),
          Relaxation.of(Guarantee.ENCRYPTION, 'c'),
        ],
      }),
    ).toBe('test/clicks: allow names encryption more than once: keep one, with one reason');
  });

  test('is not written past allow', () => {
    expect(refusal({ annotations: { 'cdk8s-spark/may-relax-encryption': 'no' } })).toBe(
      'test/clicks: annotations has "cdk8s-spark/may-relax-encryption", which follows from allow: use allow instead',
    );
  });
});

test('changes and keeps nothing of what it is given', () => {
  const allow = [Relaxation.of(Guarantee.NO_DEBUG_RIGHTS, 'on call')];
  const packageRepositories = ['https://maven.acme.dev/releases'];
  const objectCounts: Record<string, number> = { configmaps: 5 };
  const namespace = new SparkJobNamespace(newChart(), 'clicks', {
    allow,
    packageRepositories,
    quota: { objectCounts },
  });
  allow.pop();
  packageRepositories.pop();
  objectCounts.configmaps = 6;
  namespace.allowed.pop();
  namespace.packageRepositories.pop();
  expect(namespace.allowed).toHaveLength(1);
  expect(namespace.packageRepositories).toEqual(['https://maven.acme.dev/releases']);
  expect(namespace.quota).toEqual({ objectCounts: { configmaps: 5 } });
});

test('says everything that is wrong at once', () => {
  const message = refusal({
    name: 'default',
    podSecurityVersion: 'latest',
    quota: { pods: 1.5, cpu: Cpu.units(-1) },
    limitRange: { memory: { defaultLimit: Size.gibibytes(2), max: Size.gibibytes(1) } },
    packageRepositories: ['http://maven.acme.dev'],
  });
  expect(message).toContain('test/clicks: 6 problems:');
  expect(message.split('\n')).toHaveLength(7);
});

test('two of the same name in one program are an error', () => {
  const chart = newChart();
  new SparkJobNamespace(chart, 'clicks');
  new SparkJobNamespace(chart, 'again', { name: 'clicks' });
  expect(messageOf(() => manifests(chart))).toContain(
    'test/again and test/clicks write 10 same objects, such as Namespace "clicks": leave one of them out, or give it another name',
  );
});
