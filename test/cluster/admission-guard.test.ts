import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { loadAll } from 'js-yaml';
import {
  bindingSpec,
  GUARD_TOPICS,
  namespacesBut,
  namespacesIn,
  policySpec,
} from '../../lib/admission-guard/guard-policy';
import { annotationOf, PARAMETER_KIND } from '../../lib/admission-guard/guard-parameters';
import { LIMITS } from '../../lib/guarantees/guard-limits';
import { ProgramPlan, programPlans, run } from '../properties/random-program';
import { ApiServer, Credentials } from './api-server';
import {
  ADMITTED,
  ADMITTED_WHERE_NAMED,
  changed,
  Changes,
  ORDINARY,
  ORDINARY_CONNECT,
  Part,
  REFUSED,
  RefusedCase,
  SIDECAR,
} from './guard-cases';
import { applyDefinitions, kubectl, synthProgram, tryKubectl, until } from './support';

type Kind = 'SparkApplication' | 'ScheduledSparkApplication' | 'SparkConnect';

const NAMESPACES = ['guard-strict', 'guard-open', 'guard-baseline', 'guard-privileged', 'guard-elsewhere'];
const OFFICIAL = process.env.SPARK_OPERATOR_CRDS;
const POLICIES = '/apis/admissionregistration.k8s.io/v1';
const RBAC = '/apis/rbac.authorization.k8s.io/v1';
const MANY = 500;
const LANES = 4;

/** What is admitted of other kinds, and that a server of Spark Connect cannot do without. */
const WITHOUT_SERVER = ['pods without templates', 'no account in the template'];

const api = new ApiServer();
let files: string[] = [];

beforeAll(async () => {
  files = synthProgram('test/cluster/programs/guarded.ts');
  applyDefinitions('crds');
  // Those of an earlier run may still be on their way out.
  const namespaces = [...NAMESPACES, 'guard-parameters'].map((name) => `namespace/${name}`);
  tryKubectl(['wait', '--for=delete', '--timeout=60s', ...namespaces]);
  for (const file of files) kubectl(['apply', '--validate=strict', '-f', file]);
  await until('the guard', 60, isKnown);
}, 180_000);

afterAll(() => {
  api.close();
  for (const file of files) tryKubectl(['delete', '--ignore-not-found', '--wait=false', '-f', file]);
}, 180_000);

/** The API server needs some seconds until it knows policies, bindings and parameters. */
function isKnown(): boolean {
  return NAMESPACES.every((namespace) => {
    const bad = JSON.stringify(application('SparkApplication', namespace, { mode: 'client' }));
    return tryKubectl(['create', '--dry-run=server', '-f', '-'], bad).stderr.includes('spec.mode "client"');
  });
}

function application(kind: Kind, namespace: string, changes: Changes = {}, name = 'case'): Part {
  const spec = changed(kind === 'SparkConnect' ? ORDINARY_CONNECT : ORDINARY, changes);
  return {
    apiVersion: `sparkoperator.k8s.io/${kind === 'SparkConnect' ? 'v1alpha1' : 'v1beta2'}`,
    kind,
    metadata: { name, namespace },
    spec: kind === 'ScheduledSparkApplication' ? { schedule: '@daily', template: spec } : spec,
  };
}

/** Why an application would be refused, or an empty text. */
async function refusal(object: Part, credentials: Credentials = api.admin): Promise<string> {
  const { namespace } = object.metadata as { namespace: string };
  const kinds = `${String(object.kind).toLowerCase()}s`;
  const path = `/apis/${String(object.apiVersion)}/namespaces/${namespace}/${kinds}?dryRun=All`;
  const { status, message } = await api.ask(credentials, { method: 'POST', path, body: object });
  return status < 300 ? '' : message;
}

/** Asks a few at the same time. */
async function inLanes<T, R>(items: readonly T[], ask: (item: T) => Promise<R>): Promise<R[]> {
  const answers: R[] = [];
  const lane = async (first: number): Promise<void> => {
    for (let index = first; index < items.length; index += LANES) answers[index] = await ask(items[index]);
  };
  await Promise.all(Array.from({ length: LANES }, (_, first) => lane(first)));
  return answers;
}

/** Removes the bindings and parameters that a test made, by its label. */
async function removeLabelled(value: string): Promise<void> {
  for (const place of [`${POLICIES}/validatingadmissionpolicybindings`, `${RBAC}/namespaces/guard-parameters/roles`]) {
    await api.ask(api.admin, { method: 'DELETE', path: `${place}?labelSelector=guard-test%3D${value}` });
  }
}

interface Case {
  readonly title: string;
  readonly changes: Changes;
}

/** The cases whose outcome is not the expected one, with their outcome. */
async function surprises<T extends Case>(
  kind: Kind,
  namespace: string,
  cases: readonly T[],
  isExpected: (outcome: string, one: T) => boolean,
): Promise<string[]> {
  const outcomes = await inLanes(cases, ({ changes }) => refusal(application(kind, namespace, changes)));
  return cases.flatMap((one, index) => {
    const outcome = outcomes[index];
    return isExpected(outcome, one)
      ? []
      : [`${one.title}: ${outcome.replace(/^.*denied request: /s, '').slice(0, 300)}`];
  });
}

function casesOf(changes: Readonly<Record<string, Changes>>): Case[] {
  return Object.entries(changes).map(([title, change]) => ({ title, changes: change }));
}

const isAdmitted = (outcome: string): boolean => outcome === '';
/** A message of the guard that names the field or the rule, wherever the kind has it. */
const isToldBy = (outcome: string, { says }: RefusedCase): boolean =>
  outcome.includes("ValidatingAdmissionPolicy 'guard-test-") &&
  [says, says.replace('spec.', 'spec.template.'), says.replace('driver', 'server')].some((text) =>
    outcome.includes(text),
  ) &&
  outcome.includes('; ') &&
  !/cost|expression|no such overload/.test(outcome);

/** The cases that a server of Spark Connect has too, with its fields. */
function ofConnect<T extends Case>(cases: readonly T[]): T[] {
  const fields = /^(driver\.template|executor\.template|sparkConf|hadoopConf|image$)/;
  return cases
    .filter(({ changes }) => Object.keys(changes).every((field) => fields.test(field)))
    .map((one) => ({
      ...one,
      changes: Object.fromEntries(
        Object.entries(one.changes).map(([field, value]) => [field.replace(/^driver/, 'server'), value]),
      ),
    }));
}

describe.each(['our', 'the official'])('under %s definitions', (whose) => {
  beforeAll(() => {
    if (whose === 'our') return;
    if (OFFICIAL === undefined)
      throw new Error("set SPARK_OPERATOR_CRDS to a folder with the operator's own definitions");
    kubectl(['apply', '--server-side', '--force-conflicts', '-f', OFFICIAL]);
  });

  afterAll(() => {
    if (whose !== 'our') applyDefinitions('crds');
  });

  // What differs between the definitions does so for all kinds.
  const kinds: Kind[] = whose === 'our' ? ['SparkApplication', 'ScheduledSparkApplication'] : ['SparkApplication'];

  test.each(kinds)(
    'every rule refuses a %s',
    async (kind) => {
      const isRefused = (outcome: string, one: RefusedCase): boolean =>
        // The official definitions check types that ours leave open.
        isToldBy(outcome, one) || (whose !== 'our' && /Required value|must be of type|strict decoding/.test(outcome));
      expect(await surprises(kind, 'guard-strict', REFUSED, isRefused)).toEqual([]);
    },
    60_000,
  );

  test('every rule refuses a SparkConnect', async () => {
    expect(await surprises('SparkConnect', 'guard-strict', ofConnect(REFUSED), isToldBy)).toEqual([]);
  }, 60_000);

  test.each(kinds)('every rule admits a %s', async (kind) => {
    expect(await surprises(kind, 'guard-strict', casesOf(ADMITTED), isAdmitted)).toEqual([]);
    expect(await surprises(kind, 'guard-open', casesOf(ADMITTED_WHERE_NAMED), isAdmitted)).toEqual([]);
  });

  test('every rule admits a SparkConnect', async () => {
    const cases = ofConnect(casesOf(ADMITTED)).filter(({ title }) => !WITHOUT_SERVER.includes(title));
    expect(await surprises('SparkConnect', 'guard-strict', cases, isAdmitted)).toEqual([]);
    expect(await surprises('SparkConnect', 'guard-open', ofConnect(casesOf(ADMITTED_WHERE_NAMED)), isAdmitted)).toEqual(
      [],
    );
  });
});

test('what one namespace names is refused in another', async () => {
  const isRefused = (outcome: string): boolean => outcome.includes('ValidatingAdmissionPolicy');
  expect(await surprises('SparkApplication', 'guard-strict', casesOf(ADMITTED_WHERE_NAMED), isRefused)).toEqual([]);
});

describe('a namespace that the program does not know', () => {
  test('is guarded by every rule, under the name that the program has for it', async () => {
    expect(await surprises('SparkApplication', 'guard-elsewhere', REFUSED, isToldBy)).toEqual([]);
    // The folder of packages has the namespace in it.
    const configuration = { sparkConf: { 'spark.jars.ivy': '/tmp/.ivy2/guard-elsewhere/pi' } };
    const there = { ...ADMITTED, 'ordinary configuration': configuration };
    expect(await surprises('SparkApplication', 'guard-elsewhere', casesOf(there), isAdmitted)).toEqual([]);
    const isRefused = (outcome: string): boolean => outcome.includes('ValidatingAdmissionPolicy');
    expect(await surprises('SparkApplication', 'guard-elsewhere', casesOf(ADMITTED_WHERE_NAMED), isRefused)).toEqual(
      [],
    );
  }, 60_000);

  test('is guarded where all are but those that are left out', async () => {
    const namespaces = kubectl(['get', 'namespaces', '-o', 'jsonpath={.items[*].metadata.name}']).split(' ');
    const { status } = await api.ask(api.admin, {
      method: 'POST',
      path: '/api/v1/namespaces',
      body: { metadata: { name: 'guard-new' } },
    });
    expect(status).toBe(201);
    const parameters = { name: 'guard-test', namespace: 'guard-parameters' };
    try {
      for (const { name } of GUARD_TOPICS) {
        const policy = `guard-test-${name}`;
        const metadata = { name: `${policy}-but`, labels: { 'guard-test': 'but' } };
        const path = `${POLICIES}/validatingadmissionpolicybindings`;
        const but = { metadata, spec: bindingSpec(policy, namespacesBut(namespaces), parameters) };
        expect(await api.ask(api.admin, { method: 'POST', path, body: but })).toMatchObject({ status: 201 });
        const all = { metadata: { name: `${policy}-all` }, spec: bindingSpec(policy, namespacesBut([]), parameters) };
        const dryRun = { method: 'POST', path: `${path}?dryRun=All`, body: all };
        expect(await api.ask(api.admin, dryRun)).toMatchObject({ status: 201 });
      }
      const bad = JSON.stringify(application('SparkApplication', 'guard-new', { mode: 'client' }));
      await until('the guard of all others', 30, () =>
        tryKubectl(['create', '--dry-run=server', '-f', '-'], bad).stderr.includes('spec.mode "client"'),
      );
      expect(await refusal(application('SparkApplication', 'guard-new'))).toBe('');
      expect(
        await refusal(application('SparkApplication', 'guard-open', { 'driver.template.spec.nodeName': 'node-1' })),
      ).toBe('');
    } finally {
      await removeLabelled('but');
      tryKubectl(['delete', 'namespace', 'guard-new', '--wait=false']);
    }
  }, 90_000);
});

test('a SparkConnect needs an account in its template, and no service that is reached from outside', async () => {
  const cases: RefusedCase[] = [
    {
      title: 'no account',
      changes: { 'server.template.spec.serviceAccountName': undefined },
      says: 'serviceAccountName',
    },
    { title: 'no account of executors', changes: { 'executor.template': undefined }, says: 'executor' },
    ...[
      { type: 'LoadBalancer' },
      { type: 'NodePort' },
      { externalIPs: ['10.0.0.1'] },
      { type: 'ExternalName', externalName: 'a' },
    ].map((spec) => ({
      title: JSON.stringify(spec),
      changes: { 'server.service': { spec } },
      says: 'spec.server.service',
    })),
  ];
  expect(await surprises('SparkConnect', 'guard-strict', cases, isToldBy)).toEqual([]);
  const inside = casesOf({ 'a service in the cluster': { 'server.service': { spec: { type: 'ClusterIP' } } } });
  expect(await surprises('SparkConnect', 'guard-strict', inside, isAdmitted)).toEqual([]);
});

describe('below the level restricted', () => {
  const container = 'driver.template.spec.containers.0';
  const bare = { 'driver.template': undefined, 'executor.template': undefined, image: 'registry.acme.dev/a' };

  test('plain applications are admitted', async () => {
    for (const namespace of ['guard-baseline', 'guard-privileged']) {
      expect(await surprises('SparkApplication', namespace, casesOf({ bare }), isAdmitted)).toEqual([]);
    }
  });

  test('baseline refuses what Pod Security refuses there', async () => {
    const cases = casesOf({
      'a privileged container': { [`${container}.securityContext`]: { privileged: true } },
      'a privileged container in an older field': { ...bare, 'driver.securityContext': { privileged: true } },
      'a host port': { [`${container}.ports`]: [{ containerPort: 1, hostPort: 1 }] },
      'no seccomp profile': { [`${container}.securityContext`]: { seccompProfile: { type: 'Unconfined' } } },
      'a capability': { [`${container}.securityContext`]: { capabilities: { add: ['NET_RAW'] } } },
      'a host path': { volumes: [{ name: 'x', hostPath: { path: '/' } }] },
      'the host network': { 'driver.hostNetwork': true },
    });
    expect(await surprises('SparkApplication', 'guard-baseline', cases, (outcome) => outcome !== '')).toEqual([]);
    const allowed = casesOf({
      'a capability': { [`${container}.securityContext`]: { capabilities: { add: ['CHOWN'] } } },
    });
    expect(await surprises('SparkApplication', 'guard-baseline', allowed, isAdmitted)).toEqual([]);
  });

  test('privileged refuses what the namespace does not name', async () => {
    const named = casesOf({
      'a privileged container': { [`${container}.securityContext`]: { privileged: true } },
      'a host path': { volumes: [{ name: 'x', hostPath: { path: '/' } }] },
      'the host network': { 'driver.hostNetwork': true },
    });
    expect(await surprises('SparkApplication', 'guard-privileged', named, isAdmitted)).toEqual([]);
    const others = casesOf({
      'the host processes': { 'driver.template.spec.hostPID': true },
      NFS: { volumes: [{ name: 'x', nfs: { server: 'a', path: '/' } }] },
      'another account': { 'driver.serviceAccount': 'strong' },
      'a file of the controller': { mainApplicationFile: 'file:///etc/passwd' },
    });
    expect(await surprises('SparkApplication', 'guard-privileged', others, (outcome) => outcome !== '')).toEqual([]);
  });
});

describe('what changes later', () => {
  const patch = (name: string, change: object, ...args: string[]) =>
    tryKubectl([
      '-n',
      'guard-open',
      'patch',
      'sparkapplication',
      name,
      '--type=merge',
      '-p',
      JSON.stringify(change),
      ...args,
    ]);

  beforeAll(async () => {
    const older = application('SparkApplication', 'guard-open', { 'driver.template.spec.nodeName': 'node-1' }, 'older');
    const newer = application('SparkApplication', 'guard-open', {}, 'newer');
    kubectl(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [older, newer] }));
    // What was admitted once is no longer.
    kubectl([
      '-n',
      'guard-parameters',
      'annotate',
      'role',
      'guard-test-guard-open',
      '--overwrite',
      `${annotationOf('node-names')}=`,
    ]);
    await until('the new parameters', 30, () =>
      tryKubectl(
        ['create', '--dry-run=server', '-f', '-'],
        JSON.stringify({ ...older, metadata: { name: 'x', namespace: 'guard-open' } }),
      ).stderr.includes('nodeName'),
    );
    for (const [account, verbs, ...limits] of [
      ['on-call', 'get,patch,update'],
      ['editor', 'get,create,patch,update'],
      // As the grant submit on one application.
      ['owner', 'get,create,patch,update', '--resource-name=newer'],
    ]) {
      kubectl([
        '-n',
        'guard-open',
        'create',
        'role',
        account,
        `--verb=${verbs}`,
        '--resource=sparkapplications.sparkoperator.k8s.io',
        ...limits,
      ]);
      kubectl([
        '-n',
        'guard-open',
        'create',
        'rolebinding',
        account,
        `--role=${account}`,
        `--serviceaccount=guard-open:${account}`,
      ]);
    }
  }, 60_000);

  afterAll(() => {
    kubectl([
      '-n',
      'guard-parameters',
      'annotate',
      'role',
      'guard-test-guard-open',
      '--overwrite',
      `${annotationOf('node-names')}=node-1`,
    ]);
    tryKubectl(['-n', 'guard-open', 'delete', 'sparkapplication', 'newer', '--ignore-not-found']);
  });

  test('is checked, whoever changes it and however', () => {
    expect(patch('newer', { spec: { proxyUser: 'root' } }).stderr).toContain('spec.proxyUser');
    expect(patch('newer', { spec: { proxyUser: 'root' } }, '--dry-run=server').stderr).toContain('spec.proxyUser');
    expect(patch('newer', { spec: { suspend: true, proxyUser: 'root' } }).stderr).toContain('spec.proxyUser');
    const changedOne = application('SparkApplication', 'guard-open', { mode: 'client' }, 'newer');
    for (const how of [['replace'], ['apply'], ['apply', '--server-side', '--force-conflicts']]) {
      expect(tryKubectl([...how, '-f', '-'], JSON.stringify(changedOne)).stderr).toContain('spec.mode');
    }
    expect(patch('newer', { spec: { sparkConf: { 'spark.sql.a': 'b' } } })).toMatchObject({ code: 0 });
  });

  test('may be anything but the specification of what was admitted once', () => {
    expect(patch('older', { metadata: { labels: { a: 'b' }, annotations: { c: 'd' } } })).toMatchObject({ code: 0 });
    expect(patch('older', { metadata: { finalizers: ['acme.dev/a'] } })).toMatchObject({ code: 0 });
    expect(patch('older', { metadata: { finalizers: null } })).toMatchObject({ code: 0 });
    expect(patch('older', { status: { executionAttempts: 1, driverInfo: {} } }, '--subresource=status')).toMatchObject({
      code: 0,
    });
    expect(patch('older', { spec: { timeToLiveSeconds: 5 } }).stderr).toContain('nodeName');
  });

  test('may be stopped, and is checked when it is resumed', () => {
    expect(patch('older', { spec: { suspend: true } })).toMatchObject({ code: 0 });
    expect(patch('older', { spec: { suspend: false } }).stderr).toContain('nodeName');
    expect(tryKubectl(['-n', 'guard-open', 'delete', 'sparkapplication', 'older'])).toMatchObject({ code: 0 });
  });

  test('is only whether it is suspended for those who may not create applications', () => {
    const as = (account: string) => `--as=system:serviceaccount:guard-open:${account}`;
    const told = 'is changed by somebody who may not create applications; change nothing but spec.suspend';
    for (const suspend of [true, false, null]) {
      expect(patch('newer', { spec: { suspend } }, as('on-call'))).toMatchObject({ code: 0 });
    }
    for (const change of [
      { timeToLiveSeconds: 5 },
      { suspend: true, timeToLiveSeconds: 5 },
      { arguments: ['x'] },
      { sparkConf: null },
    ]) {
      expect(patch('newer', { spec: change }, as('on-call')).stderr).toContain(told);
      for (const account of ['editor', 'owner']) {
        expect(patch('newer', { spec: change }, as(account), '--dry-run=server')).toMatchObject({ code: 0 });
      }
    }
  });
});

describe('the identities of a job namespace', () => {
  const tokenOf = (account: string, namespace = 'guard-strict') =>
    kubectl(['-n', namespace, 'create', 'token', account]).trim();

  beforeAll(() => {
    tryKubectl(['-n', 'guard-parameters', 'create', 'serviceaccount', 'robot']);
  });

  test.each([
    ['the driver', 'guard-strict', 'spark-driver'],
    ['the executor', 'guard-strict', 'spark-executor'],
    ['the submitter', 'guard-parameters', 'robot'],
  ])('cannot change the guard: %s', async (_, namespace, account) => {
    const parameters = { name: 'guard-test-guard-strict', namespace: 'guard-parameters' };
    const places = {
      parameters: `${RBAC}/namespaces/guard-parameters/roles`,
      policies: `${POLICIES}/validatingadmissionpolicies`,
      bindings: `${POLICIES}/validatingadmissionpolicybindings`,
    };
    const objects = [
      `${places.parameters}/${parameters.name}`,
      `${places.policies}/guard-test-pods`,
      `${places.bindings}/guard-test-pods-guard-strict`,
      '/api/v1/namespaces/guard-strict',
    ];
    const body = { metadata: { annotations: { a: 'b' } } };
    const spec = bindingSpec('guard-test-pods', namespacesIn(['guard-strict']), {
      name: 'mine',
      namespace: 'guard-strict',
    });
    const attempts = [
      ...objects.flatMap((path) => [
        { method: 'PATCH', path, body },
        { method: 'DELETE', path },
      ]),
      { method: 'POST', path: places.parameters, body: { ...PARAMETER_KIND, metadata: { name: 'mine' } } },
      {
        method: 'POST',
        path: places.policies,
        body: { metadata: { name: 'mine' }, spec: policySpec(GUARD_TOPICS[0]) },
      },
      { method: 'POST', path: places.bindings, body: { metadata: { name: 'mine' }, spec } },
    ];
    const credentials = { token: tokenOf(account, namespace) };
    const answers = await inLanes(attempts, (attempt) => api.ask(credentials, attempt));
    expect(answers.map(({ status }) => status)).toEqual(attempts.map(() => 403));
  });

  test('meet the guard where they may submit', async () => {
    const robot = { token: tokenOf('robot', 'guard-parameters') };
    const ask = (changes: Changes) => refusal(application('SparkApplication', 'guard-strict', changes), robot);
    expect(await ask({})).toBe('');
    expect(await ask({ 'driver.serviceAccount': 'strong' })).toContain('spec.driver.serviceAccount "strong"');
  });
});

describe('the largest specification', () => {
  test('that the guard reads is admitted, within the budget of its expressions', async () => {
    const secret = { valueFrom: { secretKeyRef: { name: 'known', key: 'a' } } };
    const env = Array.from({ length: LIMITS.environment }, (_, index) => ({ name: `V${index}`, ...secret }));
    const containers = Array.from({ length: LIMITS.containers - 1 }, (_, index) => ({
      ...SIDECAR,
      name: `c-${index}`,
      env,
    }));
    const volumes = Array.from({ length: LIMITS.volumes }, (_, index) => ({
      name: `v-${index}`,
      projected: { sources: Array.from({ length: 10 }, () => ({ secret: { name: 'known' } })) },
    }));
    const keys = (prefix: string) =>
      Object.fromEntries(
        Array.from({ length: LIMITS.configuration }, (_, index) => [
          `${prefix}some.longer.name.of.a.key.${index}`,
          'x'.repeat(100),
        ]),
      );
    const changes: Record<string, unknown> = {
      sparkConf: keys('spark.unsafe.'),
      hadoopConf: keys('parquet.'),
      arguments: Array.from({ length: 1000 }, () => 'x'.repeat(100)),
    };
    for (const role of ['driver', 'executor']) {
      changes[`${role}.template.spec.initContainers`] = containers;
      changes[`${role}.template.spec.volumes`] = volumes;
      changes[`${role}.template.spec.tolerations`] = Array.from({ length: LIMITS.items }, () => ({ key: 'pool' }));
    }
    for (const list of ['jars', 'files', 'pyFiles', 'archives']) {
      changes[`deps.${list}`] = Array.from(
        { length: LIMITS.dependencies },
        (_, index) => `local:///opt/a/longer/path/of/a/file/${index}.jar`,
      );
    }
    const object = application('SparkApplication', 'guard-open', changes);
    expect(JSON.stringify(object).length).toBeGreaterThan(900_000);
    expect(await refusal(object)).toBe('');
  }, 60_000);

  test('that the API server takes is refused with a word on its size', async () => {
    const many = (length: number, item: (index: number) => unknown): unknown[] =>
      Array.from({ length }, (_, index) => item(index));
    const cases = casesOf({
      keys: {
        sparkConf: Object.fromEntries(many(20_000, (index) => [`spark.sql.key-${index}`, 'x']) as [string, string][]),
      },
      files: { 'deps.jars': many(30_000, (index) => `local:///opt/${index}.jar`) },
      containers: { 'driver.template.spec.initContainers': many(3_000, () => SIDECAR) },
      variables: {
        'driver.template.spec.containers.0.env': many(30_000, (index) => ({ name: `V${index}`, value: 'x' })),
      },
      volumes: { volumes: many(20_000, (index) => ({ name: `v-${index}`, emptyDir: {} })) },
      'a URI': { mainApplicationFile: `local:///${'a'.repeat(1_000_000)}` },
    });
    const isRefused = (outcome: string): boolean => /more (than|items)|no plain URI/.test(outcome);
    expect(await surprises('SparkApplication', 'guard-strict', cases, isRefused)).toEqual([]);
  }, 60_000);
});

describe('everything that the library writes is admitted', () => {
  const made: string[] = [];

  afterAll(async () => {
    await inLanes(made, (name) => api.ask(api.admin, { method: 'DELETE', path: `/api/v1/namespaces/${name}` }));
    await removeLabelled('written');
  }, 60_000);

  /** Guards the namespaces of a program under names of their own, and returns its applications there. */
  async function guardedApplications(yaml: string, prefix: string): Promise<Part[]> {
    const read = (text: string) => loadAll(text) as WrittenObject[];
    const names = read(yaml).flatMap(({ kind, spec }) =>
      kind === 'ValidatingAdmissionPolicyBinding'
        ? spec.matchResources.namespaceSelector.matchExpressions[0].values
        : [],
    );
    const namespaces = new Map([...new Set(names)].map((name, index) => [name, `${prefix}-${index}`]));
    let renamed = yaml;
    for (const [name, other] of namespaces) {
      renamed = renamed.replace(new RegExp(`(?<![\\w-])${name}(?![\\w-])`, 'g'), other);
    }
    const objects = read(renamed);
    for (const [name, namespace] of namespaces) {
      const lists = objects.find(
        ({ kind, metadata }) => kind === 'Role' && /-guard-/.test(metadata.name) && metadata.name.endsWith(`-${name}`),
      );
      const parameters = { name: `guard-test-${namespace}`, namespace: 'guard-parameters' };
      const labels = { 'guard-test': 'written' };
      made.push(namespace);
      const wanted: [string, object][] = [
        ['/api/v1/namespaces', { metadata: { name: namespace } }],
        [
          `${RBAC}/namespaces/guard-parameters/roles`,
          { metadata: { ...parameters, labels, annotations: lists?.metadata.annotations } },
        ],
        ...GUARD_TOPICS.map((topic): [string, object] => [
          `${POLICIES}/validatingadmissionpolicybindings`,
          {
            metadata: { name: `guard-test-${topic.name}-${namespace}`, labels },
            spec: bindingSpec(`guard-test-${topic.name}`, namespacesIn([namespace]), parameters),
          },
        ]),
      ];
      for (const [path, body] of wanted) {
        expect(await api.ask(api.admin, { method: 'POST', path, body })).toMatchObject({ status: 201 });
      }
    }
    return objects.filter(({ apiVersion }) => apiVersion.startsWith('sparkoperator.k8s.io/')) as unknown as Part[];
  }

  async function expectAdmitted(applications: readonly Part[]): Promise<void> {
    // Each was just given its parameters; a program that may do nothing shows that they are known.
    const [last] = applications.slice(-1);
    const bad = { ...last, spec: { ...(last.spec as Part), proxyUser: 'root', template: undefined } };
    await until('the guard of the last program', 30, () => {
      const { stderr } = tryKubectl(['create', '--dry-run=server', '-f', '-'], JSON.stringify(bad));
      return stderr !== '' && !stderr.includes('no params found');
    });
    const refusals = await inLanes(applications, (one) => refusal(one));
    expect(
      refusals.flatMap((outcome, index) => (outcome === '' ? [] : [{ outcome, one: applications[index] }])),
    ).toEqual([]);
  }

  test('in the examples and the programs of these tests', async () => {
    const programs = ['examples/quickstart/main.ts', 'examples/two-teams/main.ts', 'examples/guides/applications.ts'];
    const applications: Part[] = [];
    for (const [index, program] of [
      ...programs,
      ...['languages', 'runs'].map((name) => `test/cluster/programs/${name}.ts`),
    ].entries()) {
      const yaml = synthProgram(program)
        .map((file) => readFileSync(file, 'utf8'))
        .join('\n---\n');
      applications.push(...(await guardedApplications(yaml, `guard-example-${index}`)));
    }
    expect(applications.length).toBeGreaterThan(10);
    await expectAdmitted(applications);
  }, 120_000);

  test('in random programs', async () => {
    const applications: Part[] = [];
    for (const [index, plan] of fc.sample(programPlans, { numRuns: 400, seed: 1 }).entries()) {
      const yaml = written({ ...plan, hasOperator: true });
      if (yaml === undefined || plan.applications.length === 0) continue;
      applications.push(...(await guardedApplications(yaml, `guard-random-${index}`)));
      if (applications.length > 20) break;
    }
    expect(applications.length).toBeGreaterThan(15);
    await expectAdmitted(applications);
  }, 120_000);
});

/** What a program writes, or nothing if it is refused. */
function written(plan: ProgramPlan): string | undefined {
  try {
    return run(plan).synthYaml();
  } catch {
    return undefined;
  }
}

/** An object of a program, as far as the guard's parts are looked for in it. */
interface WrittenObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: {
    readonly matchResources: {
      readonly namespaceSelector: { readonly matchExpressions: readonly { readonly values: string[] }[] };
    };
  };
}

test('without its parameters everything is refused', async () => {
  kubectl(['-n', 'guard-parameters', 'delete', 'role', 'guard-test-guard-baseline']);
  const ask = async (): Promise<string> => refusal(application('SparkApplication', 'guard-baseline'));
  let outcome = '';
  for (let tries = 0; tries < 30 && !outcome.includes('no params found'); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    outcome = await ask();
  }
  expect(outcome).toContain('no params found');
  for (const file of files) kubectl(['apply', '-f', file]);
  await until('the guard', 30, isKnown);
  expect(await ask()).toBe('');
}, 60_000);

test(`${MANY} guarded namespaces do not slow it down`, async () => {
  const labels = { 'guard-test': 'many' };
  const objects = Array.from({ length: MANY }, (_, index) => `guard-many-${index}`).flatMap(
    (namespace): [string, object][] => {
      const parameters = { name: `guard-test-${namespace}`, namespace: 'guard-parameters' };
      return [
        [`${RBAC}/namespaces/guard-parameters/roles`, { ...PARAMETER_KIND, metadata: { ...parameters, labels } }],
        ...GUARD_TOPICS.map(({ name }): [string, object] => [
          `${POLICIES}/validatingadmissionpolicybindings`,
          {
            apiVersion: 'admissionregistration.k8s.io/v1',
            kind: 'ValidatingAdmissionPolicyBinding',
            metadata: { name: `guard-test-${name}-${namespace}`, labels },
            spec: bindingSpec(`guard-test-${name}`, namespacesIn([namespace]), parameters),
          },
        ]),
      ];
    },
  );
  const median = async (): Promise<number> => {
    const times: number[] = [];
    for (let round = 0; round < 40; round++) {
      const start = performance.now();
      expect(await refusal(application('SparkApplication', 'guard-strict'))).toBe('');
      times.push(performance.now() - start);
    }
    return times.sort((a, b) => a - b)[20];
  };
  const before = await median();
  try {
    const made = await inLanes(objects, ([path, body]) => api.ask(api.admin, { method: 'POST', path, body }));
    expect(made.filter(({ status }) => status !== 201)).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 3000));
    const after = await median();
    console.log(
      `an admission takes ${before.toFixed(1)} ms with ${NAMESPACES.length} guarded namespaces, ${after.toFixed(1)} ms with ${MANY} more`,
    );
    expect(after).toBeLessThan(before + 100);
    expect(await refusal(application('SparkApplication', 'guard-strict', { mode: 'client' }))).toContain('spec.mode');
  } finally {
    await removeLabelled('many');
  }
}, 120_000);
