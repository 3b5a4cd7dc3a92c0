import { App, Chart, Duration } from 'cdk8s';
import { synthChart } from '../synth';
import { ImagePullPolicy, Secret } from 'cdk8s-plus-28';
import { SparkJobNamespace } from '../../lib/job-namespace/spark-job-namespace';
import { Program } from '../../lib/program/program';
import { SparkOperatorCrds } from '../../lib/operator/install/crds';
import { SparkOperator } from '../../lib/operator/spark-operator';
import { SparkOperatorProps } from '../../lib/operator/spark-operator-props';
import { WebhookCertificates } from '../../lib/operator/install/certificates';
import { ADMISSION, all, argsOf, install, Manifest, messageOf, one, podOf, refusal, synth, written } from './support';

const NONE = SparkOperatorCrds.none();

test('installs the operator with rights in one namespace', () => {
  const chart = new Chart(new App(), 'platform');
  // The guard has a test of its own.
  new SparkOperator(chart, 'operator', { existingJobNamespaces: ['clicks'], crds: NONE, admissionGuard: false });
  expect(synthChart(chart)).toMatchSnapshot();
});

/** The flags of the operator's official chart, at its defaults, for one job namespace. */
describe('the flags of release 2.5.2', () => {
  const ELECTION = (component: string) => [
    '--leader-election=true',
    `--leader-election-lock-name=spark-operator-${component}-lock`,
    '--leader-election-lock-namespace=spark-operator',
  ];
  const METRICS = [
    '--enable-metrics=true',
    '--metrics-bind-address=:8080',
    '--metrics-endpoint=/metrics',
    '--metrics-prefix=',
    '--metrics-labels=app_type',
  ];

  test('of the controller are those of the official chart', () => {
    expect(argsOf(written(), 'controller')).toEqual([
      'controller',
      'start',
      '--zap-log-level=info',
      '--zap-encoder=console',
      '--namespaces=clicks',
      '--controller-threads=10',
      '--enable-ui-service=true',
      ...METRICS,
      '--metrics-job-submit-latency-buckets=0.5,1,2,4,8,16,32,64,128,256',
      '--metrics-job-start-latency-buckets=30,60,90,120,150,180,210,240,270,300',
      ...ELECTION('controller'),
      '--leader-election-lease-duration=15s',
      '--leader-election-renew-deadline=10s',
      '--leader-election-retry-period=2s',
      '--workqueue-ratelimiter-bucket-qps=50',
      '--workqueue-ratelimiter-bucket-size=500',
      '--workqueue-ratelimiter-max-delay=6h',
      '--driver-pod-creation-grace-period=10s',
      '--max-tracked-executor-per-app=1000',
      '--kube-api-qps=20',
      '--kube-api-burst=30',
      '--scheduled-spark-application-timestamp-precision=nanos',
      '--feature-gates=PartialRestart=false,LoadSparkDefaults=false',
    ]);
  });

  test('of the webhook are those of the official chart, with the name of its own service', () => {
    expect(argsOf(written(), 'webhook')).toEqual([
      'webhook',
      'start',
      '--zap-log-level=info',
      '--zap-encoder=console',
      '--namespaces=clicks',
      '--webhook-secret-name=spark-operator-webhook-certs',
      '--webhook-secret-namespace=spark-operator',
      '--webhook-svc-name=spark-operator-webhook',
      '--webhook-svc-namespace=spark-operator',
      '--webhook-port=9443',
      '--mutating-webhook-name=spark-operator-webhook',
      '--validating-webhook-name=spark-operator-webhook',
      ...METRICS,
      '--kube-api-qps=20',
      '--kube-api-burst=30',
      ...ELECTION('webhook'),
    ]);
  });

  test.each<[string, SparkOperatorProps, string, string]>([
    ['workers', { controller: { workers: 3 } }, 'controller', '--controller-threads=3'],
    ['no service for web interfaces', { uiService: false }, 'controller', '--enable-ui-service=false'],
    ['no leader election', { leaderElection: false }, 'controller', '--leader-election=false'],
    ['no leader election', { leaderElection: false }, 'webhook', '--leader-election=false'],
    ['the port of metrics', { metricsPort: 9090 }, 'webhook', '--metrics-bind-address=:9090'],
    ['the port of the webhook', { webhook: { port: 8443 } }, 'webhook', '--webhook-port=8443'],
    ['quotas', { webhook: { resourceQuotaEnforcement: true } }, 'webhook', '--enable-resource-quota-enforcement=true'],
  ])('say %s', (_, props, component, flag) => {
    expect(argsOf(written(props), component)).toContain(flag);
    expect(argsOf(written(), component)).not.toContain(flag);
  });
});

describe('job namespaces', () => {
  const namespacesOf = (manifests: Manifest[]) =>
    ['controller', 'webhook'].map((component) =>
      argsOf(manifests, component).find((arg) => arg.startsWith('--namespaces')),
    );

  test('are told to both components, sorted, whenever they were added', () => {
    const { chart, operator } = install({ admission: ADMISSION });
    operator.addExistingJobNamespace('reports');
    operator.addJobNamespace(new SparkJobNamespace(chart, 'ads'));
    expect(namespacesOf(synth(chart))).toEqual(Array(2).fill('--namespaces=ads,clicks,reports'));
  });

  test('are not told if all are watched', () => {
    expect(namespacesOf(written({ watchAllNamespaces: true }))).toEqual([undefined, undefined]);
  });

  test('that exist get the rights of the operator and nothing else', () => {
    const chart = new Chart(new App(), 'platform');
    new SparkOperator(chart, 'operator', { existingJobNamespaces: ['reports'], crds: NONE, admission: ADMISSION });
    const there = synth(chart).filter(({ metadata }) => metadata.namespace === 'reports');
    expect(there.map(({ kind }) => kind)).toEqual(['Role', 'Role', 'RoleBinding', 'RoleBinding']);
  });

  test('may be added twice', () => {
    const { chart, operator } = install();
    const ads = new SparkJobNamespace(chart, 'ads');
    operator.addJobNamespace(ads);
    operator.addJobNamespace(ads);
    expect(namespacesOf(synth(chart))[0]).toBe('--namespaces=ads,clicks');
  });

  test('are the same manifests in whatever order they are added', () => {
    const inOrder = (names: string[]) => {
      const chart = new Chart(new App(), 'platform');
      const operator = new SparkOperator(chart, 'operator', { crds: NONE, admission: ADMISSION });
      for (const name of names) operator.addExistingJobNamespace(name);
      return synth(chart);
    };
    expect(inOrder(['ads', 'clicks', 'reports'])).toEqual(inOrder(['reports', 'ads', 'clicks']));
  });

  test('are watched, and no other namespace is (row 11)', () => {
    const { chart, operator } = install({ existingJobNamespaces: ['reports'] });
    expect(['clicks', 'reports', 'ads'].map((name) => operator.watches(name))).toEqual([true, true, false]);
    expect(['clicks', 'reports', 'ads'].map((name) => Program.of(chart).isUnwatched(name))).toEqual([
      false,
      false,
      true,
    ]);
  });

  test('are all namespaces only if that is asked (row 13)', () => {
    const { chart, operator } = install({ watchAllNamespaces: true });
    expect([operator.watches('ads'), Program.of(chart).isUnwatched('ads')]).toEqual([true, false]);
  });

  test('are needed: without any the operator would watch all (row 13)', () => {
    const chart = new Chart(new App(), 'platform');
    new SparkOperator(chart, 'operator', { crds: NONE });
    expect(messageOf(() => synthChart(chart))).toContain(
      '[platform/operator] no job namespace is given, which to the operator means all namespaces of the cluster: give it jobNamespaces or addJobNamespace, or set watchAllNamespaces if that is meant',
    );
  });

  test('must have a name: the empty one means all namespaces (row 13)', () => {
    expect(refusal({ existingJobNamespaces: [''] })).toBe(
      'platform/operator: a job namespace has the name "", which means all namespaces to the operator: name the namespaces, or set watchAllNamespaces',
    );
  });

  test('cannot be listed if all are watched', () => {
    expect(refusal({ watchAllNamespaces: true, existingJobNamespaces: ['reports', 'ads'] })).toBe(
      'platform/operator: watchAllNamespaces is true, but the namespaces reports, ads are listed too: leave out one of the two',
    );
  });

  test('cannot be added if all are watched', () => {
    const { operator } = install({ watchAllNamespaces: true });
    expect(messageOf(() => operator.addExistingJobNamespace('reports'))).toBe(
      'platform/operator: namespace "reports" is added, but watchAllNamespaces is true: leave out one of the two',
    );
  });

  test("cannot be the operator's own, whose accounts its jobs could use", () => {
    expect(refusal({ existingJobNamespaces: ['spark-operator'] })).toBe(
      'platform/operator: namespace "spark-operator" is the operator\'s own; whoever runs jobs there can use the operator\'s accounts: give jobs another one',
    );
  });

  test("cannot be Kubernetes' own", () => {
    expect(refusal({ existingJobNamespaces: ['kube-system'] })).toBe(
      'platform/operator: namespace "kube-system" belongs to Kubernetes, and the operator may make pods in its job namespaces: give jobs another one',
    );
  });

  test('cannot be added in two ways', () => {
    expect(refusal({ existingJobNamespaces: ['clicks'] })).toBe(
      'platform/operator: namespace "clicks" is added already: add it once, in one way',
    );
  });

  test('must have the name of a namespace', () => {
    expect(refusal({ existingJobNamespaces: ['team_a'] })).toMatch(
      /^platform\/operator: job namespace "team_a" is no DNS label;/,
    );
  });
});

describe("the operator's namespace", () => {
  test('enforces, audits and warns of Pod Security restricted (row 16)', () => {
    expect(one(written(), 'Namespace', 'spark-operator').metadata.labels).toMatchObject({
      'app.kubernetes.io/name': 'spark-operator',
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/enforce-version': 'v1.28',
      'pod-security.kubernetes.io/audit': 'restricted',
      'pod-security.kubernetes.io/warn': 'restricted',
    });
  });

  test('is not written if it is there already', () => {
    expect(all(written({ createNamespace: false }), 'Namespace').map(({ metadata }) => metadata.name)).toEqual([
      'clicks',
    ]);
  });

  test('is that of the chart, and what belongs to the cluster has none', () => {
    const chart = new Chart(new App(), 'platform', { namespace: 'operators' });
    const operator = new SparkOperator(chart, 'operator', {
      existingJobNamespaces: ['clicks'],
      crds: NONE,
      admission: ADMISSION,
    });
    expect(operator.namespaceName).toBe('operators');
    const kinds = (namespace?: string) =>
      new Set(synth(chart).flatMap(({ kind, metadata }) => (metadata.namespace === namespace ? [kind] : [])));
    expect(kinds()).toEqual(
      new Set([
        'Namespace',
        'ClusterRole',
        'ClusterRoleBinding',
        'MutatingWebhookConfiguration',
        'ValidatingAdmissionPolicy',
        'ValidatingAdmissionPolicyBinding',
        'ValidatingWebhookConfiguration',
      ]),
    );
    expect(kinds('operators')).toContain('Deployment');
  });

  test.each(['default', 'kube-system'])('cannot be %s', (namespace) => {
    expect(refusal({ namespace })).toBe(
      `platform/operator: operator namespace "${namespace}" belongs to Kubernetes, and everybody there could use the operator's accounts: set one of its own with the namespace property`,
    );
  });
});

describe('names', () => {
  test('of all objects begin with the name of the operator', () => {
    const chart = new Chart(new App(), 'platform');
    const operator = new SparkOperator(chart, 'operator', {
      name: 'etl',
      namespace: 'etl-operator',
      existingJobNamespaces: ['clicks'],
      crds: NONE,
      admission: ADMISSION,
    });
    const names = new Set(synth(chart).map(({ metadata }) => metadata.name));
    const policies = ['configuration', 'hardening', 'identities', 'pods', 'submission'].map(
      (end) => `etl-guard-${end}`,
    );
    expect(names).toEqual(
      new Set(['etl-operator', 'etl-controller', 'etl-webhook', 'etl-webhook-certs', 'etl-guard', ...policies]),
    );
    expect([operator.name, operator.version]).toEqual(['etl', '2.5.2']);
  });

  test('of the accounts can be granted more', () => {
    const { operator } = install();
    const accounts = [operator.controllerServiceAccount, operator.webhookServiceAccount];
    expect(accounts.map((account) => account?.toSubjectConfiguration())).toMatchObject([
      { kind: 'ServiceAccount', name: 'spark-operator-controller', namespace: 'spark-operator' },
      { kind: 'ServiceAccount', name: 'spark-operator-webhook', namespace: 'spark-operator' },
    ]);
  });

  test('of the main objects are open to JSON patches', () => {
    const { operator } = install();
    expect(operator.node.defaultChild).toBe(operator.apiObject);
    expect([operator.apiObject.name, operator.webhookApiObject?.name]).toEqual([
      'spark-operator-controller',
      'spark-operator-webhook',
    ]);
  });

  test('of constructs stay', () => {
    const { operator } = install({ podMonitor: {}, controller: { replicas: 2 } });
    expect(operator.node.children.map(({ node }) => node.id).sort()).toMatchInlineSnapshot(`
     [
       "Resource",
       "admission-guard",
       "controller-account",
       "controller-disruption-budget",
       "controller-network-policy",
       "controller-role",
       "controller-role-binding",
       "job-namespace-clicks",
       "mutating-webhooks",
       "namespace",
       "pod-monitor",
       "validating-webhooks",
       "webhook",
       "webhook-account",
       "webhook-certificate",
       "webhook-cluster-role",
       "webhook-cluster-role-binding",
       "webhook-disruption-budget",
       "webhook-network-policy",
       "webhook-role",
       "webhook-role-binding",
       "webhook-service",
     ]
    `);
  });

  test('may have 52 characters', () => {
    expect(all(written({ name: 'a'.repeat(52) }), 'Service', `${'a'.repeat(52)}-webhook`)).toHaveLength(1);
  });

  test('may not have more', () => {
    expect(refusal({ name: 'a'.repeat(53) })).toBe(
      `platform/operator: operator name "${'a'.repeat(53)}" has 53 characters; at most 52 are possible: choose a shorter one with the name property`,
    );
  });
});

describe('metrics', () => {
  const SCRAPE = { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '8080', 'prometheus.io/path': '/metrics' };
  const annotations = (props: SparkOperatorProps) =>
    one(written(props), 'Deployment', 'spark-operator-controller').spec.template.metadata.annotations;

  test('are served on a port with a name, and announced', () => {
    expect(podOf(written(), 'controller').containers[0].ports).toEqual([{ name: 'metrics', containerPort: 8080 }]);
    expect(annotations({})).toEqual(SCRAPE);
  });

  test('are found once, by the PodMonitor if there is one', () => {
    const podMonitor = { labels: { prometheus: 'main' }, interval: Duration.minutes(1) };
    expect(annotations({ podMonitor })).toBeUndefined();
    const monitor = one(written({ podMonitor }), 'PodMonitor', 'spark-operator', 'spark-operator');
    expect(monitor.metadata.labels).toMatchObject({ prometheus: 'main', 'app.kubernetes.io/name': 'spark-operator' });
    expect(monitor.spec).toEqual({
      selector: {
        matchLabels: { 'app.kubernetes.io/name': 'spark-operator', 'app.kubernetes.io/instance': 'spark-operator' },
      },
      namespaceSelector: { matchNames: ['spark-operator'] },
      podMetricsEndpoints: [{ port: 'metrics', path: '/metrics', interval: '60s' }],
    });
  });

  test('are off if that is asked', () => {
    const manifests = written({ metrics: false });
    expect(JSON.stringify(all(manifests, 'Deployment'))).not.toContain('metrics');
  });

  test('refuses what needs them if they are off, all of it at once', () => {
    expect(refusal({ metrics: false, metricsPort: 9090, podMonitor: {} })).toBe(
      'platform/operator: 2 problems:\n' +
        '  - metricsPort is given although metrics is false: leave out one of the two\n' +
        '  - podMonitor is given although metrics is false: leave out one of the two',
    );
  });

  test.each([0, 80, 65536, 8080.5])('refuses port %d', (metricsPort) => {
    expect(refusal({ metricsPort })).toBe(
      `platform/operator: metricsPort is ${metricsPort}; a port from 1024 to 65535 is expected, since the pods do not run as root`,
    );
  });
});

test('images are pulled as is asked', () => {
  const chart = new Chart(new App(), 'platform');
  const pull = Secret.fromSecretName(chart, 'pull', 'registry');
  const props = { imagePullPolicy: ImagePullPolicy.ALWAYS, imagePullSecrets: [pull] };
  new SparkOperator(chart, 'operator', {
    ...props,
    existingJobNamespaces: ['clicks'],
    crds: NONE,
    admission: ADMISSION,
  });
  for (const component of ['controller', 'webhook']) {
    const pod = podOf(synth(chart), component);
    expect(pod.imagePullSecrets).toEqual([{ name: 'registry' }]);
    expect(pod.containers[0].imagePullPolicy).toBe('Always');
  }
});

test('no Job is written to install definitions (row 26)', () => {
  expect(all(written(), 'Job')).toEqual([]);
});

test('refuses several controllers that all submit', () => {
  expect(refusal({ leaderElection: false, controller: { replicas: 2 } })).toBe(
    'platform/operator: controller.replicas is 2 without a leader election, so each would submit every application: leave leaderElection on, or use one replica',
  );
});

test.each([0, 2.5])('refuses %d workers', (workers) => {
  expect(refusal({ controller: { workers } })).toBe(
    `platform/operator: controller.workers is ${workers}; a whole number from 1 is expected`,
  );
});

test.each([443, 70000])('refuses port %d of the webhook', (port) => {
  expect(refusal({ webhook: { port } })).toBe(
    `platform/operator: webhook.port is ${port}; a port from 1024 to 65535 is expected, since the pod does not run as root`,
  );
});

test('refuses settings of a webhook that does not run', () => {
  expect(refusal({ webhookEnabled: false, certificates: WebhookCertificates.certManager() })).toBe(
    'platform/operator: certificates is given although webhookEnabled is false: leave out one of the two',
  );
});
