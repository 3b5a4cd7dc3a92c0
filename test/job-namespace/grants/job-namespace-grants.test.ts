import { Chart } from 'cdk8s';
import { Group, ISubject, ServiceAccount, User } from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { ApplicationKind } from '../../../lib/spark/application-kind';
import { SubmitOptions } from '../../../lib/job-namespace/grants/job-namespace-grants';
import { SparkJobNamespace } from '../../../lib/job-namespace/spark-job-namespace';
import { SubmitterTool } from '../../../lib/job-namespace/grants/well-known-submitter';
import { find, manifests, messageOf, names, newChart } from '../manifests';
import { tenancyOf } from '../../../lib/job-namespace/tenancy';

const GROUP = ['sparkoperator.k8s.io'];
const WRITE = ['create', 'delete', 'get', 'list', 'patch', 'watch'];
const READ_LOGS = [
  { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] },
  { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
];
const KUBECTL_RULES = [
  { apiGroups: GROUP, resources: ['scheduledsparkapplications'], verbs: WRITE },
  { apiGroups: GROUP, resources: ['scheduledsparkapplications/status'], verbs: ['get'] },
  { apiGroups: GROUP, resources: ['sparkapplications'], verbs: WRITE },
  { apiGroups: GROUP, resources: ['sparkapplications/status'], verbs: ['get'] },
];
const WORKER = 'spark-submit-airflow-airflow-worker';

let made = 0;
function account(chart: Chart, namespaceName: string | undefined, name: string): ISubject {
  return ServiceAccount.fromServiceAccountName(chart, `account-${made++}`, name, { namespaceName });
}

function setUp(): { chart: Chart; clicks: SparkJobNamespace; worker: ISubject } {
  const chart = newChart();
  return { chart, clicks: new SparkJobNamespace(chart, 'clicks'), worker: account(chart, 'airflow', 'airflow-worker') };
}

function rulesFor(options?: SubmitOptions): unknown {
  const { chart, clicks, worker } = setUp();
  clicks.grants.submit(worker, options);
  return find(chart, 'Role', WORKER).rules;
}

function refusal(subject: (chart: Chart) => ISubject, options?: SubmitOptions): string {
  const { chart, clicks } = setUp();
  return messageOf(() => clicks.grants.submit(subject(chart), options));
}

describe('granting submit', () => {
  test('gives an account of another namespace a Role and a RoleBinding in the job namespace (row 7, row 69)', () => {
    const { chart, clicks, worker } = setUp();
    const { role, roleBinding } = clicks.grants.submit(worker);
    expect([role.name, roleBinding.name]).toEqual([WORKER, WORKER]);
    expect(find(chart, 'Role', WORKER).metadata.namespace).toBe('clicks');
    expect(find(chart, 'RoleBinding', WORKER)).toMatchObject({
      metadata: { namespace: 'clicks' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: WORKER },
      subjects: [{ kind: 'ServiceAccount', name: 'airflow-worker', namespace: 'airflow' }],
    });
  });

  test('emits no cluster-wide right (row 13)', () => {
    const { chart, clicks, worker } = setUp();
    clicks.grants.submit(worker);
    expect([...names(chart, 'ClusterRole'), ...names(chart, 'ClusterRoleBinding')]).toEqual([]);
  });

  test('names an account that the program makes without a group of its own', () => {
    const { chart, clicks } = setUp();
    clicks.grants.submit(new ServiceAccount(chart, 'ci', { metadata: { name: 'ci', namespace: 'builds' } }));
    expect(find(chart, 'RoleBinding', 'spark-submit-builds-ci').subjects).toEqual([
      { kind: 'ServiceAccount', name: 'ci', namespace: 'builds' },
    ]);
  });

  test('works for users and groups, in the group of RBAC and with their names as they are', () => {
    const { chart, clicks } = setUp();
    clicks.grants.submit(User.fromName(chart, 'ada', 'oidc:Ada@acme.dev'));
    clicks.grants.submit(Group.fromName(chart, 'team', 'data_team'));
    const apiGroup = 'rbac.authorization.k8s.io';
    expect(find(chart, 'RoleBinding', 'spark-submit-user-oidc-ada-acme-dev').subjects).toEqual([
      { apiGroup, kind: 'User', name: 'oidc:Ada@acme.dev' },
    ]);
    expect(find(chart, 'RoleBinding', 'spark-submit-group-data-team').subjects).toEqual([
      { apiGroup, kind: 'Group', name: 'data_team' },
    ]);
  });

  test('works for many subjects and in many namespaces', () => {
    const { chart, clicks, worker } = setUp();
    const orders = new SparkJobNamespace(chart, 'orders');
    clicks.grants.submit(worker);
    orders.grants.submit(worker);
    clicks.grants.submit(account(chart, 'argo', 'workflows'));
    const ofClicks = ['spark-driver', WORKER, 'spark-submit-argo-workflows'];
    expect(names(chart, 'RoleBinding')).toEqual([...ofClicks, 'spark-driver', WORKER]);
  });
});

describe('the rights of a submitter', () => {
  test('are by default what kubectl needs for applications and scheduled ones, none on pods (row 7, row 9)', () => {
    expect(rulesFor()).toEqual(KUBECTL_RULES);
  });

  test('are for the kinds that are named (row 9)', () => {
    expect(rulesFor({ kinds: [ApplicationKind.SPARK_CONNECT] })).toEqual([
      { apiGroups: GROUP, resources: ['sparkconnects'], verbs: WRITE },
      { apiGroups: GROUP, resources: ['sparkconnects/status'], verbs: ['get'] },
    ]);
  });

  test('have logs only when asked for (row 8)', () => {
    expect(rulesFor({ logs: true })).toEqual([...READ_LOGS, ...KUBECTL_RULES]);
    expect(rulesFor({ logs: false })).toEqual(KUBECTL_RULES);
  });

  test("are exactly Airflow's for Airflow with its defaults (row 8)", () => {
    expect(rulesFor({ tools: [SubmitterTool.AIRFLOW] })).toEqual([
      { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'patch'] },
      { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
      { apiGroups: GROUP, resources: ['sparkapplications'], verbs: ['create', 'delete'] },
      { apiGroups: GROUP, resources: ['sparkapplications/status'], verbs: ['get'] },
    ]);
  });

  test("are two verbs on pods for Airflow's triggerer, which neither submits nor reads applications", () => {
    expect(rulesFor({ tools: [SubmitterTool.AIRFLOW_TRIGGERER] })).toEqual([
      { apiGroups: [''], resources: ['pods'], verbs: ['delete', 'get'] },
    ]);
  });

  test("are one more verb with Airflow's sensor beside it", () => {
    expect(rulesFor({ tools: [SubmitterTool.AIRFLOW, SubmitterTool.AIRFLOW_SENSOR] })).toContainEqual({
      apiGroups: GROUP,
      resources: ['sparkapplications'],
      verbs: ['create', 'delete', 'get'],
    });
  });

  test('do not watch for Argo Workflows, which polls', () => {
    const verbs = ['create', 'delete', 'get', 'patch'];
    expect(rulesFor({ tools: [SubmitterTool.ARGO_WORKFLOWS] })).toEqual([
      { apiGroups: GROUP, resources: ['scheduledsparkapplications'], verbs },
      { apiGroups: GROUP, resources: ['sparkapplications'], verbs },
    ]);
  });

  test.each(
    Object.values(SubmitterTool).filter(
      (tool) => ![SubmitterTool.AIRFLOW, SubmitterTool.AIRFLOW_TRIGGERER].includes(tool),
    ),
  )('hold no change of pods for %s', (tool) => {
    const rules = rulesFor({ tools: [tool], logs: true }) as { resources: string[]; verbs: string[] }[];
    const onPods = rules.filter(({ resources }) => resources.includes('pods'));
    expect(onPods.map(({ verbs }) => verbs)).toEqual([['get', 'list']]);
  });

  test('are not empty lists', () => {
    expect(refusal((chart) => account(chart, 'airflow', 'worker'), { tools: [], kinds: [] })).toBe(
      [
        'test/clicks: 2 problems:',
        '  - tools is empty, which would grant nothing: leave it out, or name the tools',
        '  - kinds is empty, which would grant nothing: leave it out, or name the kinds',
      ].join('\n'),
    );
  });
});

describe('granting again', () => {
  test('gives the same grant and emits it once', () => {
    const { chart, clicks, worker } = setUp();
    const first = clicks.grants.submit(worker);
    expect(clicks.grants.submit(worker)).toBe(first);
    expect(clicks.grants.submit(account(chart, 'airflow', 'airflow-worker'))).toBe(first);
    expect(names(chart, 'Role')).toEqual(['spark-driver', WORKER]);
    expect(find(chart, 'Role', WORKER).rules).toEqual(KUBECTL_RULES);
  });

  test('takes a user that is the name of an account for that account', () => {
    const { chart, clicks, worker } = setUp();
    const user = User.fromName(chart, 'worker', 'system:serviceaccount:airflow:airflow-worker');
    expect(clicks.grants.submit(user)).toBe(clicks.grants.submit(worker));
  });

  test('adds up the rights, whatever the order', () => {
    const calls: SubmitOptions[] = [
      {},
      { logs: true },
      { tools: [SubmitterTool.AIRFLOW] },
      { kinds: [ApplicationKind.SPARK_CONNECT] },
    ];
    const grantAll = (options: SubmitOptions[]) => {
      const { chart, clicks, worker } = setUp();
      options.forEach((each) => clicks.grants.submit(worker, each));
      return manifests(chart);
    };
    const expected = grantAll(calls);
    fc.assert(
      fc.property(fc.shuffledSubarray(calls, { minLength: calls.length }), (shuffled) => {
        expect(grantAll([...shuffled, ...shuffled])).toEqual(expected);
      }),
      { numRuns: 24 },
    );
  });

  test('under another name is an error', () => {
    const { clicks, worker } = setUp();
    clicks.grants.submit(worker);
    expect(messageOf(() => clicks.grants.submit(worker, { name: 'airflow' }))).toBe(
      `test/clicks: service account "airflow-worker" of namespace "airflow" is granted submit under two names, "spark-submit-airflow" and "${WORKER}": give the same name each time`,
    );
  });
});

describe('the name of a grant', () => {
  const subject = fc.oneof(
    fc.record({ kind: fc.constant('ServiceAccount'), namespace: words('-'), name: words('-.') }),
    fc.record({ kind: fc.constant('User'), name: words('-.:@') }),
    fc.record({ kind: fc.constant('Group'), name: words('-.:@') }),
  );

  function words(separators: string): fc.Arbitrary<string> {
    const word = fc.constantFrom('a', 'b', 'user', 'group', 'A');
    return fc
      .array(fc.tuple(word, fc.constantFrom(...separators)), { minLength: 1, maxLength: 3 })
      .map((parts) => parts.flat().slice(0, -1).join(''));
  }

  function toSubject(chart: Chart, { kind, namespace, name }: { kind: string; namespace?: string; name: string }) {
    if (kind === 'ServiceAccount') return account(chart, namespace, name);
    return kind === 'User' ? User.fromName(chart, `s-${made++}`, name) : Group.fromName(chart, `s-${made++}`, name);
  }

  test('is never that of another subject, and a collision is an error in both orders', () => {
    const outcome = (subjects: { kind: string; namespace?: string; name: string }[]) => {
      const { chart, clicks } = setUp();
      try {
        return subjects.map((each) => clicks.grants.submit(toSubject(chart, each)).role.name);
      } catch (error) {
        return (error as Error).message;
      }
    };
    let collisions = 0;
    fc.assert(
      fc.property(subject, subject, (a, b) => {
        fc.pre(JSON.stringify(a) !== JSON.stringify(b));
        const forward = outcome([a, b]);
        const backward = outcome([b, a]);
        if (typeof forward !== 'string') {
          return forward[0] !== forward[1] && JSON.stringify(backward) === JSON.stringify([...forward].reverse());
        }
        collisions++;
        return backward === forward && forward.includes('tell them apart with the option name of grants.submit');
      }),
      { numRuns: 1000, seed: 7 },
    );
    expect(collisions).toBeGreaterThan(0);
  });

  test('tells apart what reads the same when it is chosen', () => {
    const { chart, clicks } = setUp();
    clicks.grants.submit(account(chart, 'a-b', 'c'));
    const other = account(chart, 'a', 'b-c');
    expect(messageOf(() => clicks.grants.submit(other))).toBe(
      'test/clicks: service account "b-c" of namespace "a" and service account "c" of namespace "a-b" would both have the Role "spark-submit-a-b-c": tell them apart with the option name of grants.submit',
    );
    clicks.grants.submit(other, { name: 'a-bc' });
    expect(names(chart, 'RoleBinding')).toEqual(['spark-driver', 'spark-submit-a-b-c', 'spark-submit-a-bc']);
  });

  test('is chosen for a subject that has no letter of it', () => {
    const chinese = (chart: Chart) => User.fromName(chart, 'user', '用户');
    expect(refusal(chinese)).toBe(
      'test/clicks: User "用户" has no letter a-z or digit to name its Role by: choose one with the option name of grants.submit',
    );
    const { chart, clicks } = setUp();
    expect(clicks.grants.submit(chinese(chart), { name: 'li' }).role.name).toBe('spark-submit-li');
  });

  test('is no longer than Kubernetes allows', () => {
    expect(refusal((chart) => User.fromName(chart, 'user', 'a'.repeat(300)))).toContain(
      'would have a name of 318 characters; at most 253 are possible: choose one with the option name',
    );
    expect(refusal((chart) => User.fromName(chart, 'user', 'ada'), { name: 'Ada' })).toContain(
      'test/clicks: the name of a grant "Ada" is no DNS label',
    );
  });
});

describe('no submitter is', () => {
  test.each(['driver', 'executor'] as const)('the account of the %ss here (row 7)', (role) => {
    const { clicks } = setUp();
    const own = role === 'driver' ? clicks.driverServiceAccount : clicks.executorServiceAccount;
    expect(messageOf(() => clicks.grants.submit(own))).toBe(
      `test/clicks: service account "spark-${role}" of namespace "clicks" is the account of ${role}s here and cannot be granted submit too: use an account of its own`,
    );
  });

  test('that account under its user name, or by the group of its namespace', () => {
    expect(refusal((chart) => User.fromName(chart, 'u', 'system:serviceaccount:clicks:spark-driver'))).toContain(
      'is the account of drivers here',
    );
    expect(refusal((chart) => Group.fromName(chart, 'g', 'system:serviceaccounts:clicks'))).toBe(
      'test/clicks: Group "system:serviceaccounts:clicks" cannot be granted submit, it holds the drivers and executors of this namespace: grant to one account',
    );
  });

  test('an account that an application brings later', () => {
    const { chart, clicks } = setUp();
    const ci = ServiceAccount.fromServiceAccountName(chart, 'ci', 'ci', { namespaceName: 'clicks' });
    clicks.grants.submit(ci);
    expect(names(chart, 'Role')).toContain('spark-submit-clicks-ci');
    tenancyOf(clicks).addDriver(ci);
    expect(messageOf(() => manifests(chart))).toContain(
      '[test/clicks] service account "ci" of namespace "clicks" is the account of drivers here and cannot be granted submit too',
    );
  });

  test.each([
    ['Group', 'system:authenticated', 'holds everybody with a credential of this cluster'],
    ['Group', 'system:unauthenticated', 'holds everybody without a credential'],
    ['Group', 'system:serviceaccounts', 'holds all pods of the cluster, drivers and executors too'],
    ['User', 'system:anonymous', 'is everybody without a credential'],
    ['User', '*', 'is a plain name in Kubernetes and matches nobody'],
    ['Group', '*', 'is a plain name in Kubernetes and matches nobody'],
  ])('the %s "%s"', (kind, name, reason) => {
    const subject = (chart: Chart) => (kind === 'User' ? User : Group).fromName(chart, 'subject', name);
    expect(refusal(subject, { name: 'all' })).toBe(
      `test/clicks: ${kind} "${name}" cannot be granted submit, it ${reason}: grant to who really needs it`,
    );
  });

  test('an account without a namespace (row 69)', () => {
    expect(refusal((chart) => new ServiceAccount(chart, 'ci', { metadata: { name: 'ci' } }))).toBe(
      'test/clicks: service account "ci" has no namespace, so nobody can say which one it is: give it metadata.namespace, or its chart a namespace',
    );
  });

  test('an imported account without a namespace, unless it is said to be in "default" (row 69)', () => {
    const forgotten = (chart: Chart) => account(chart, undefined, 'airflow-worker');
    expect(refusal(forgotten)).toBe(
      'test/clicks: service account "airflow-worker" of namespace "default": an imported account without a namespace looks the same; say namespaceName in ServiceAccount.fromServiceAccountName, or { inDefaultNamespace: true } if it really is there',
    );
    const { chart, clicks } = setUp();
    clicks.grants.submit(forgotten(chart), { inDefaultNamespace: true });
    expect(find(chart, 'RoleBinding', 'spark-submit-default-airflow-worker').subjects).toEqual([
      { kind: 'ServiceAccount', name: 'airflow-worker', namespace: 'default' },
    ]);
  });

  test('said to be in "default" while it is not', () => {
    expect(refusal((chart) => account(chart, 'airflow', 'w'), { inDefaultNamespace: true })).toBe(
      'test/clicks: service account "w" of namespace "airflow" is not in namespace "default": leave out inDefaultNamespace',
    );
  });

  test('nameless, or of a kind that Kubernetes does not know', () => {
    expect(refusal((chart) => User.fromName(chart, 'nobody', ''))).toBe(
      'test/clicks: the User to grant submit to has an empty name: name who it is',
    );
    const robot = (chart: Chart) =>
      Object.assign(User.fromName(chart, 'robot', 'r2'), {
        toSubjectConfiguration: () => ({ kind: 'Robot', name: 'r2' }),
      });
    expect(refusal(robot)).toBe(
      'test/clicks: Robot "r2" cannot be granted submit: expected a service account, a user or a group',
    );
  });
});
