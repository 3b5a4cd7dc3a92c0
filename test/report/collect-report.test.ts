import { Testing } from 'cdk8s';
import { SparkJobNamespace } from '../../lib';
import { SparkAdmissionGuard } from '../../lib/admission-guard/spark-admission-guard';
import { application, binding, clusterRole, ManifestLike, namespace, placesOf, reportOf, role } from './manifests';
import { dataOf, platformOf } from './programs';

const SUBMIT = { apiGroups: ['sparkoperator.k8s.io'], resources: ['sparkapplications'], verbs: ['create'] };

describe('identities', () => {
  test('have the roles that they play for Spark, and others have none', () => {
    const { identities } = reportOf(
      namespace('clicks'),
      application('clicks', 'sessions'),
      role('clicks', 'submit', SUBMIT),
      binding('clicks', 'submit', 'airflow/worker'),
      role('clicks', 'backup', { apiGroups: [''], resources: ['secrets'], verbs: ['get'] }),
      binding('clicks', 'backup', 'backups/backup'),
    );
    expect(identities.map(({ key, roles }) => [key, roles])).toEqual([
      ['ServiceAccount airflow/worker', ['submitter']],
      ['ServiceAccount backups/backup', []],
      ['ServiceAccount clicks/spark-driver', ['driver']],
      ['ServiceAccount clicks/spark-executor', ['executor']],
    ]);
  });
});

describe('rights', () => {
  test('are one set where they are the same, with the verbs of all bindings together', () => {
    const { grants, rights } = reportOf(
      ...['clicks', 'billing'].flatMap((name) => [
        role(name, 'read', { apiGroups: [''], resources: ['pods'], verbs: ['list', 'get'] }),
        role(name, 'log', { apiGroups: [''], resources: ['pods'], verbs: ['watch', 'get'] }),
        binding(name, 'read', 'ops/viewer'),
        binding(name, 'log', 'ops/viewer'),
      ]),
    );
    expect(rights).toEqual([
      { id: 'R1', rows: [{ apiGroup: '', resource: 'pods', names: [], verbs: ['get', 'list', 'watch'] }] },
    ]);
    expect(
      grants.map((grant) => [grant.namespace, grant.rights, grant.bindings.map(({ role: name }) => name)]),
    ).toEqual([
      ['billing', 'R1', ['Role billing/log', 'Role billing/read']],
      ['clicks', 'R1', ['Role clicks/log', 'Role clicks/read']],
    ]);
  });

  test('are two sets where only the names of objects differ', () => {
    const rule = { apiGroups: [''], resources: ['secrets'], verbs: ['get'] };
    const { rights } = reportOf(
      role('clicks', 'a', rule),
      role('clicks', 'b', { ...rule, resourceNames: ['key'] }),
      binding('clicks', 'a', 'ops/a'),
      binding('clicks', 'b', 'ops/b'),
    );
    expect(rights.map(({ rows }) => rows[0].names)).toEqual([[], ['key']]);
  });

  test('on paths count for the whole cluster only', () => {
    const rule = { nonResourceURLs: ['/metrics'], verbs: ['get'] };
    const bound = binding('clicks', 'metrics', 'ops/b') as { roleRef: ManifestLike };
    const { rights, grants } = reportOf(clusterRole('metrics', rule), binding(undefined, 'metrics', 'ops/a'), {
      ...bound,
      roleRef: { ...bound.roleRef, kind: 'ClusterRole' },
    });
    expect(grants.map((grant) => [grant.identity, grant.namespace, grant.rights])).toEqual([
      ['ServiceAccount ops/a', '', 'R1'],
      ['ServiceAccount ops/b', 'clicks', 'R2'],
    ]);
    expect(rights.map(({ rows }) => rows.map(({ resource }) => resource))).toEqual([['/metrics'], []]);
  });
});

describe('relaxations', () => {
  const reason = 'the renderer unpacks fonts';
  const annotation = { 'cdk8s-spark/may-relax-read-only-root-filesystem': reason };

  test('are none where the manifest of an application holds every guarantee', () => {
    expect(reportOf(namespace('clicks'), application('clicks', 'sessions')).relaxations).toEqual([]);
  });

  test('name the reason of the namespace, also where nobody uses it', () => {
    expect(reportOf(namespace('clicks', annotation), application('clicks', 'sessions')).relaxations).toEqual([
      { namespace: 'clicks', guarantee: 'read-only root file system', reason, usedBy: [] },
    ]);
  });

  test.each<[string, ManifestLike, string]>([
    [
      'a writable root',
      { driver: { template: { spec: { containers: [{ name: 'spark-kubernetes-driver' }] } } } },
      'read-only root file system',
    ],
    [
      'an executor with a token',
      { executor: { template: { spec: { containers: [] } } } },
      'executors without a token of the Kubernetes API',
    ],
    ['an image without a tag', { image: 'registry.acme.dev/sessions' }, 'pinned images'],
    ['the tag latest', { image: 'registry.acme.dev/sessions:latest' }, 'pinned images'],
    ['a plain secret', { driver: { env: [{ name: 'DB_PASSWORD', value: 'x' }] } }, 'no secret in plain text'],
    ['a plain secret in the arguments (case 23)', { arguments: ['--password=hunter2'] }, 'no secret in plain text'],
    [
      'a plain secret in the configuration (case 23)',
      { sparkConf: { 'spark.acme.password': 'hunter2' } },
      'no secret in plain text',
    ],
    [
      'a projected token of an executor (case 23)',
      {
        executor: {
          template: {
            spec: {
              automountServiceAccountToken: false,
              volumes: [{ name: 'token', projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } }],
            },
          },
        },
      },
      'executors without a token of the Kubernetes API',
    ],
    [
      'traffic in the clear',
      { sparkConf: { 'spark.authenticate': 'true' } },
      'traffic and spills authenticated and encrypted',
    ],
  ])('see %s in the manifest, whatever its annotations say', (_, spec, guarantee) => {
    const { relaxations } = reportOf(namespace('clicks'), application('clicks', 'sessions', spec));
    expect(relaxations).toContainEqual({
      namespace: 'clicks',
      guarantee,
      reason: undefined,
      usedBy: ['SparkApplication sessions'],
    });
  });

  test('see it in the runs of a schedule too', () => {
    const { spec, ...rest } = application('clicks', 'nightly', { image: 'a:latest' });
    const { relaxations } = reportOf({ ...rest, kind: 'ScheduledSparkApplication', spec: { template: spec } });
    expect(relaxations.map(({ guarantee, usedBy }) => [guarantee, usedBy])).toEqual([
      ['pinned images', ['ScheduledSparkApplication nightly']],
    ]);
  });

  test('count a right to open shells, and only in job namespaces', () => {
    const shell = { apiGroups: [''], resources: ['pods/exec'], verbs: ['create'] };
    const { relaxations } = reportOf(
      namespace('clicks'),
      ...['clicks', 'elsewhere'].flatMap((name) => [role(name, 'shell', shell), binding(name, 'shell', 'ops/admin')]),
    );
    expect(relaxations.map((found) => [found.namespace, found.guarantee, found.usedBy])).toEqual([
      ['clicks', 'no right to open shells or ports of pods', ['ServiceAccount ops/admin']],
    ]);
  });

  test('say that a reason is not known where the namespace is made by others', () => {
    const [relaxation] = reportOf(application('clicks', 'sessions', { image: 'a' })).relaxations;
    expect(relaxation.reason).toBe('not known: these manifests do not make the namespace');
  });
});

describe('notes', () => {
  const quota = (hard: Record<string, string>): ManifestLike => ({
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'spark-quota', namespace: 'clicks' },
    spec: { hard },
  });
  const applications = [application('clicks', 'a'), application('clicks', 'b')];
  const FIT = 'All applications together do not fit the quota';

  test('say when all applications together do not fit the quota, though each does', () => {
    const report = reportOf(
      namespace('clicks'),
      ...applications,
      quota({ 'requests.cpu': '5', pods: '5', 'limits.memory': '8Gi' }),
    );
    expect(placesOf(report, FIT)).toEqual([
      'clicks: 2 applications need 6 of pods, the quota is 5',
      'clicks: 2 applications need 6 of requests.cpu, the quota is 5',
      'clicks: 2 applications need 8448Mi of limits.memory, the quota is 8Gi',
    ]);
  });

  test('do not when they fit to the last byte, or are in another namespace', () => {
    const fits = quota({ cpu: '6', pods: '6', 'limits.memory': '8448Mi' });
    expect(placesOf(reportOf(namespace('clicks'), ...applications, fits), FIT)).toBeUndefined();
    const elsewhere = [application('billing', 'a'), application('clicks', 'b')];
    expect(placesOf(reportOf(namespace('clicks'), ...elsewhere, quota({ pods: '3' })), FIT)).toBeUndefined();
  });

  test('count executors at full scale', () => {
    const scaled = application('clicks', 'a', { dynamicAllocation: { enabled: true, maxExecutors: 9 } });
    expect(placesOf(reportOf(namespace('clicks'), scaled, quota({ pods: '9' })), FIT)).toEqual([
      'clicks: 1 application needs 10 of pods, the quota is 9',
    ]);
  });

  test('count sidecars, and the disk of pods', () => {
    const resources = { limits: { cpu: '500m', 'ephemeral-storage': '1Gi' } };
    const driver = {
      cores: 1,
      template: {
        spec: {
          containers: [
            { name: 'spark-kubernetes-driver', resources },
            { name: 'proxy', resources },
          ],
          initContainers: [{ name: 'native', restartPolicy: 'Always', resources }],
        },
      },
    };
    const job = application('clicks', 'a', { driver });
    const hard = { 'requests.cpu': '3999m', 'limits.ephemeral-storage': '2Gi' };
    expect(placesOf(reportOf(namespace('clicks'), job, quota(hard)), FIT)).toEqual([
      'clicks: 1 application needs 3072Mi of limits.ephemeral-storage, the quota is 2Gi',
      'clicks: 1 application needs 4 of requests.cpu, the quota is 3999m',
    ]);
  });

  test('say which namespaces no operator of the manifests watches', () => {
    const operator = (argument: string): ManifestLike => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name: 'c',
        namespace: 'spark-operator',
        labels: { 'app.kubernetes.io/name': 'spark-operator', 'app.kubernetes.io/component': 'controller' },
      },
      spec: { template: { spec: { containers: [{ name: 'controller', args: ['controller', argument] }] } } },
    });
    const jobs = [namespace('clicks'), namespace('billing')];
    expect(placesOf(reportOf(...jobs, operator('--namespaces=clicks')), 'Not watched by the operator')).toEqual([
      'billing',
    ]);
    expect(placesOf(reportOf(...jobs, operator('--namespaces=')), 'Not watched by the operator')).toBeUndefined();
    expect(placesOf(reportOf(...jobs), 'Not watched by the operator')).toBeUndefined();
    expect(placesOf(reportOf(...jobs), 'No operator in these manifests')).toEqual(['billing', 'clicks']);
  });

  test('say which ports are open to every address', () => {
    const policy = (to: unknown): ManifestLike => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'spark-api-server', namespace: 'clicks' },
      spec: { policyTypes: ['Egress'], egress: [{ to, ports: [{ port: 443 }, { port: 6443 }] }] },
    });
    const title = 'Connections to any address';
    const open = ['clicks: port 443, 6443 (spark-api-server)'];
    expect(placesOf(reportOf(policy(undefined)), title)).toEqual(open);
    expect(placesOf(reportOf(policy([{ ipBlock: { cidr: '0.0.0.0/0' } }])), title)).toEqual(open);
    expect(placesOf(reportOf(policy([{ ipBlock: { cidr: '10.0.0.1/32' } }])), title)).toBeUndefined();
  });

  test('say where no admission guard stands in front of all applications', () => {
    const chart = Testing.chart();
    const clicks = new SparkJobNamespace(chart, 'clicks');
    new SparkJobNamespace(chart, 'billing');
    new SparkAdmissionGuard(chart, 'guard', { namespace: 'guards', jobNamespaces: [clicks] });
    const manifests = Testing.synth(chart) as ManifestLike[];
    const title = 'No admission guard';
    expect(placesOf(reportOf(...manifests), title)).toEqual(['billing']);
    const bindings = manifests.filter(({ kind }) => kind === 'ValidatingAdmissionPolicyBinding');
    const part = manifests.filter((manifest) => manifest !== bindings[0]);
    expect(placesOf(reportOf(...part), title)).toEqual(['billing', 'clicks']);
  });

  test('say where Pod Security is weaker, or not known', () => {
    const report = reportOf(namespace('clicks'), namespace('billing', {}, 'baseline'), application('other', 'a'));
    expect(placesOf(report, 'Pod Security is not restricted')).toEqual([
      'billing: baseline',
      'other: no Namespace in these manifests',
    ]);
  });

  test('say which namespaces no policy closes', () => {
    const deny = { policyTypes: ['Egress', 'Ingress'], podSelector: {} };
    const policy = (place: string, spec: ManifestLike): ManifestLike => ({
      ...{ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', spec },
      metadata: { name: 'spark-default-deny', namespace: place },
    });
    const report = reportOf(
      ...['closed', 'inward', 'some', 'open'].map((name) => namespace(name)),
      policy('closed', deny),
      policy('inward', { ...deny, policyTypes: ['Ingress'] }),
      policy('some', { ...deny, podSelector: { matchLabels: { a: 'b' } } }),
    );
    expect(placesOf(report, 'No network policy closes the namespace')).toEqual(['inward', 'open', 'some']);
  });
});

describe('ways to more rights', () => {
  const secrets = { apiGroups: [''], resources: ['secrets'], verbs: ['get'] };
  const pods = { apiGroups: [''], resources: ['pods'], verbs: ['create'] };

  test('are shown with each step, in the words of the report', () => {
    const { findings } = reportOf(
      namespace('clicks'),
      ...[role('clicks', 'start', pods), binding('clicks', 'start', 'ops/starter')],
      ...[role('clicks', 'peek', secrets), binding('clicks', 'peek', 'clicks/backup')],
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'backup', namespace: 'clicks' } },
    );
    expect(findings.filter(({ title }) => title === 'Creates pods that run as a stronger account')).toEqual([
      expect.objectContaining({
        severity: 'high',
        identity: 'ServiceAccount ops/starter',
        namespace: 'clicks',
        steps: [
          'RoleBinding clicks/start gives it Role clicks/start (manifests[2])',
          'it may create pods',
          expect.stringContaining('it gains the rights of ServiceAccount clicks/backup'),
        ],
      }),
    ]);
  });

  test('are by design where a submitter runs code as the drivers of the namespace, and nowhere else', () => {
    const of = (account: string): string[] =>
      reportOf(
        ...[namespace('clicks'), application('clicks', 'sessions')],
        ...[role('clicks', 'submit', SUBMIT), binding('clicks', 'submit', 'airflow/worker')],
        ...[role('clicks', 'start', pods), binding('clicks', 'start', account)],
        { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: account.split('/')[1], namespace: 'clicks' } },
      )
        .findings.filter(
          ({ title, identity }) => title.startsWith('Writes applications') && identity.includes('worker'),
        )
        .map(({ severity }) => severity);
    expect(of('clicks/spark-driver')).toEqual(['design']);
    expect(of('clicks/backup')).toEqual(['high']);
  });
});

test('what cannot be read is a problem of the report, and the rest is there', () => {
  const report = reportOf(namespace('clicks'), binding('clicks', 'gone', 'ops/a'));
  expect(report.problems.map(({ object, path, code }) => [object, path, code])).toEqual([
    ['RoleBinding clicks/gone', 'roleRef', 'role-not-found'],
  ]);
  expect(report.namespaces.map(({ name }) => name)).toEqual(['clicks']);
});

test('fields of a wrong type are no reason to give up', () => {
  const wrong = [
    null,
    7,
    'text',
    [],
    [null, 7],
    {},
    { spec: 7 },
    { spec: { containers: [null, 'x', { name: 1, resources: { limits: 'x' } }] } },
  ];
  for (const value of wrong) {
    const report = reportOf(
      {
        ...application('clicks', 'a', {
          driver: value,
          executor: { template: value, instances: value },
          dynamicAllocation: value,
        }),
      },
      { ...application('clicks', 'b'), spec: value },
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'clicks', labels: value, annotations: value } },
      { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'p' }, spec: value },
      { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'q', namespace: 'clicks' }, spec: { hard: value } },
      { apiVersion: 'v1', kind: 'ResourceQuota', metadata: value, spec: value },
    );
    expect(report.applications.map(({ name }) => name)).toEqual(['a', 'b']);
  }
});

test('a program of this library is understood whole', () => {
  const { namespaces, problems, identities } = dataOf(platformOf(2));
  expect(problems).toEqual([]);
  expect(namespaces.map(({ name, kind, podSecurity, isolated }) => [name, kind, podSecurity, isolated])).toEqual([
    ['spark-operator', 'operator', 'restricted', false],
    ['team-001', 'jobs', 'restricted', true],
    ['team-002', 'jobs', 'restricted', true],
  ]);
  expect(identities.filter(({ roles }) => roles.length === 0).map(({ key }) => key)).toEqual([
    'ServiceAccount backups/backup',
  ]);
});

test('the order of documents changes nothing', () => {
  const manifests = [
    ...['clicks', 'billing'].flatMap((name) => [
      namespace(name),
      application(name, 'sessions', { image: 'a' }),
      role(name, 'submit', SUBMIT),
      binding(name, 'submit', 'airflow/worker'),
    ]),
  ];
  const withoutSources = (text: string): unknown => JSON.parse(text.replace(/manifests\[\d+\]/g, 'somewhere'));
  expect(withoutSources(JSON.stringify(reportOf(...[...manifests].reverse())))).toEqual(
    withoutSources(JSON.stringify(reportOf(...manifests))),
  );
});
