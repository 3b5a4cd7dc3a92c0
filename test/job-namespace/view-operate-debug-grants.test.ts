import { Chart } from 'cdk8s';
import { Group, ISubject, ServiceAccount, User } from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { ApplicationKind } from '../../lib/spark/application-kind';
import { DEBUG_RIGHTS, FIND_RIGHTS } from '../../lib/job-namespace/grants/debug-rights';
import { Grant, GrantOptions } from '../../lib/job-namespace/grants/grant';
import { Guarantee, Relaxation } from '../../lib/guarantees/relaxation';
import { JobNamespaceGrants, OperateOptions, ViewOptions } from '../../lib/job-namespace/grants/job-namespace-grants';
import { OPERATE_RIGHTS } from '../../lib/job-namespace/grants/operate-rights';
import { PodSecurityLevel } from '../../lib/kubernetes/pod-security-level';
import { SparkJobNamespace } from '../../lib/job-namespace/spark-job-namespace';
import { EVENT_RIGHTS, VIEW_APPLICATION_RIGHTS, VIEW_POD_RIGHTS } from '../../lib/job-namespace/grants/view-rights';
import { find, manifests, messageOf, names, newChart } from './manifests';
import { tenancyOf } from '../../lib/job-namespace/tenancy';

const GROUP = ['sparkoperator.k8s.io'];
const KINDS = ['scheduledsparkapplications', 'sparkapplications', 'sparkconnects'];
const RIGHTS = ['submit', 'view', 'operate', 'debug'] as const;
const DEBUGGABLE = [Relaxation.of(Guarantee.NO_DEBUG_RIGHTS, 'the team profiles its drivers')];

const EVENTS = { apiGroups: [''], resources: ['events'], verbs: ['get', 'list', 'watch'] };
const PODS_AND_LOGS = [
  { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] },
  { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
];

function onKinds(kinds: string[], verbs: string[]): object[] {
  return kinds.flatMap((kind) => [
    { apiGroups: GROUP, resources: [kind], verbs },
    { apiGroups: GROUP, resources: [`${kind}/status`], verbs: ['get'] },
  ]);
}

let made = 0;
function account(chart: Chart, namespaceName: string, name: string): ISubject {
  return ServiceAccount.fromServiceAccountName(chart, `account-${made++}`, name, { namespaceName });
}

function setUp(): { chart: Chart; clicks: SparkJobNamespace; grants: JobNamespaceGrants; support: ISubject } {
  const chart = newChart();
  const clicks = new SparkJobNamespace(chart, 'clicks', { allow: DEBUGGABLE });
  return { chart, clicks, grants: clicks.grants, support: account(chart, 'support', 'desk') };
}

function rulesOf(right: string, give: (grants: JobNamespaceGrants, support: ISubject) => void): unknown {
  const { chart, grants, support } = setUp();
  give(grants, support);
  return find(chart, 'Role', `spark-${right}-support-desk`).rules;
}

describe.each(RIGHTS)('granting %s', (right) => {
  test('gives a Role and a RoleBinding in the job namespace, with its name and the subject', () => {
    const { chart, grants, support } = setUp();
    const { role, roleBinding } = grants[right](support);
    const name = `spark-${right}-support-desk`;
    expect([role.name, roleBinding.name]).toEqual([name, name]);
    expect(find(chart, 'Role', name).metadata.namespace).toBe('clicks');
    expect(find(chart, 'RoleBinding', name)).toMatchObject({
      metadata: { namespace: 'clicks' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name: 'desk', namespace: 'support' }],
    });
    expect(names(chart, 'ClusterRole')).toEqual([]);
  });

  test('works for users and groups, and by a name of choice', () => {
    const { chart, grants } = setUp();
    grants[right](User.fromName(chart, 'ada', 'oidc:Ada'));
    grants[right](Group.fromName(chart, 'team', 'acme:data'), { name: 'data' });
    const given = names(chart, 'RoleBinding').filter((name) => name !== 'spark-driver');
    expect(given).toEqual([`spark-${right}-data`, `spark-${right}-user-oidc-ada`]);
  });

  test('again gives the same grant, and under another name is an error', () => {
    const { grants, support } = setUp();
    const first = grants[right](support);
    expect(grants[right](support)).toBe(first);
    expect(messageOf(() => grants[right](support, { name: 'desk' }))).toBe(
      `test/clicks: service account "desk" of namespace "support" is granted ${right} under two names, "spark-${right}-desk" and "spark-${right}-support-desk": give the same name each time`,
    );
  });

  test('to two subjects of one readable name is an error', () => {
    const { chart, grants } = setUp();
    grants[right](account(chart, 'a-b', 'c'));
    expect(messageOf(() => grants[right](account(chart, 'a', 'b-c')))).toContain(
      `would both have the Role "spark-${right}-a-b-c": tell them apart with the option name of grants.${right}`,
    );
  });

  test.each(['driver', 'executor'] as const)('to the account of %ss is an error (row 7)', (role) => {
    const { clicks, grants } = setUp();
    const own = role === 'driver' ? clicks.driverServiceAccount : clicks.executorServiceAccount;
    expect(messageOf(() => grants[right](own))).toBe(
      `test/clicks: service account "spark-${role}" of namespace "clicks" is the account of ${role}s here and cannot be granted ${right} too: use an account of its own`,
    );
  });

  test('to an account that an application brings later is an error', () => {
    const { chart, clicks, grants } = setUp();
    const etl = ServiceAccount.fromServiceAccountName(chart, 'etl', 'etl', { namespaceName: 'clicks' });
    grants[right](etl);
    expect(names(chart, 'Role')).toContain(`spark-${right}-clicks-etl`);
    tenancyOf(clicks).addExecutor(etl);
    expect(messageOf(() => manifests(chart))).toContain(
      `service account "etl" of namespace "clicks" is the account of executors here and cannot be granted ${right} too`,
    );
  });

  test('to everybody, or to an account of an unsaid namespace, is an error (row 69)', () => {
    const { chart, grants } = setUp();
    expect(messageOf(() => grants[right](Group.fromName(chart, 'all', 'system:authenticated')))).toBe(
      `test/clicks: Group "system:authenticated" cannot be granted ${right}, it holds everybody with a credential of this cluster: grant to who really needs it`,
    );
    const forgotten = ServiceAccount.fromServiceAccountName(chart, 'forgotten', 'desk');
    expect(messageOf(() => grants[right](forgotten))).toContain(
      'test/clicks: service account "desk" of namespace "default": an imported account without a namespace looks the same',
    );
    expect(grants[right](forgotten, { inDefaultNamespace: true }).role.name).toBe(`spark-${right}-default-desk`);
  });
});

describe('a viewer', () => {
  test('sees applications of all kinds, events, pods and logs, and changes nothing (row 8)', () => {
    expect(rulesOf('view', (grants, support) => grants.view(support))).toEqual([
      EVENTS,
      ...PODS_AND_LOGS,
      ...onKinds(KINDS, ['get', 'list', 'watch']),
    ]);
  });

  test('sees no pod without logs', () => {
    expect(rulesOf('view', (grants, support) => grants.view(support, { logs: false }))).toEqual([
      EVENTS,
      ...onKinds(KINDS, ['get', 'list', 'watch']),
    ]);
  });

  test('sees the kinds that are named, and there is one', () => {
    const kinds = [ApplicationKind.SPARK_APPLICATION];
    expect(rulesOf('view', (grants, support) => grants.view(support, { kinds, logs: false }))).toEqual([
      EVENTS,
      ...onKinds(['sparkapplications'], ['get', 'list', 'watch']),
    ]);
    const { grants, support } = setUp();
    expect(messageOf(() => grants.view(support, { kinds: [] }))).toBe(
      'test/clicks: kinds is empty, which would grant nothing: leave it out, or name the kinds',
    );
  });
});

describe('who operates', () => {
  test('patches and deletes applications of all kinds, and neither creates nor replaces them', () => {
    expect(rulesOf('operate', (grants, support) => grants.operate(support))).toEqual(
      onKinds(KINDS, ['delete', 'get', 'list', 'patch', 'watch']),
    );
  });

  test('has the kinds that are named, and there is one', () => {
    const kinds = [ApplicationKind.SCHEDULED_SPARK_APPLICATION];
    expect(rulesOf('operate', (grants, support) => grants.operate(support, { kinds }))).toEqual(
      onKinds(['scheduledsparkapplications'], ['delete', 'get', 'list', 'patch', 'watch']),
    );
    const { grants, support } = setUp();
    expect(messageOf(() => grants.operate(support, { kinds: [] }))).toContain(
      'kinds is empty, which would grant nothing',
    );
  });
});

describe('who debugs', () => {
  test('opens shells and forwards ports, by both verbs that clients use', () => {
    expect(rulesOf('debug', (grants, support) => grants.debug(support))).toEqual([
      { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] },
      { apiGroups: [''], resources: ['pods/exec'], verbs: ['create', 'get'] },
      { apiGroups: [''], resources: ['pods/portforward'], verbs: ['create', 'get'] },
    ]);
  });

  test.each(['made', 'imported'])('needs a namespace that allows it, %s', (origin) => {
    const chart = newChart();
    const make = (id: string, allow: Relaxation[]) =>
      origin === 'made'
        ? new SparkJobNamespace(chart, id, { allow })
        : SparkJobNamespace.addToExistingNamespace(chart, id, {
            name: id,
            podSecurity: PodSecurityLevel.RESTRICTED,
            allow,
          });
    const support = account(chart, 'support', 'desk');
    const strict = make('strict', [Relaxation.of(Guarantee.NO_PLAIN_SECRETS, 'test data')]);
    expect(messageOf(() => strict.grants.debug(support))).toBe(
      'test/strict: namespace "strict" does not allow debug rights: add Relaxation.of(Guarantee.NO_DEBUG_RIGHTS, reason) to the namespace\'s allow, with its reason, or grant view',
    );
    expect(make('relaxed', DEBUGGABLE).grants.debug(support).role.name).toBe('spark-debug-support-desk');
  });
});

describe('several grants', () => {
  const calls: ((grants: JobNamespaceGrants, subjects: ISubject[]) => Grant)[] = [
    (grants, [desk]) => grants.submit(desk),
    (grants, [desk]) => grants.submit(desk, { logs: true }),
    (grants, [desk]) => grants.view(desk, { logs: false }),
    (grants, [, ada]) => grants.view(ada, { kinds: [ApplicationKind.SPARK_CONNECT] } satisfies ViewOptions),
    (grants, [, ada]) => grants.view(ada),
    (grants, [desk]) => grants.operate(desk, { kinds: [ApplicationKind.SPARK_APPLICATION] } satisfies OperateOptions),
    (grants, [desk]) => grants.operate(desk),
    (grants, [, ada]) => grants.debug(ada, { name: 'ada' } satisfies GrantOptions),
  ];

  function written(order: typeof calls): string {
    const { chart, grants, support } = setUp();
    const ada = User.fromName(chart, 'ada', 'ada');
    order.forEach((call) => call(grants, [support, ada]));
    return JSON.stringify(manifests(chart));
  }

  test('of one subject are Roles beside each other', () => {
    const { chart, grants, support } = setUp();
    RIGHTS.forEach((right) => grants[right](support));
    const given = names(chart, 'Role').filter((name) => name !== 'spark-driver');
    expect(given).toEqual([...RIGHTS].sort().map((right) => `spark-${right}-support-desk`));
  });

  test('give the same bytes in any order, however often they are repeated', () => {
    const expected = written(calls);
    fc.assert(
      fc.property(
        fc.shuffledSubarray(calls, { minLength: calls.length }),
        fc.array(fc.constantFrom(...calls)),
        (a, b) => {
          expect(written([...a, ...b])).toBe(expected);
        },
      ),
      { numRuns: 24 },
    );
  });
});

test('every right has a reason, and no wildcard', () => {
  const rights = [
    ...VIEW_APPLICATION_RIGHTS,
    ...VIEW_POD_RIGHTS,
    ...EVENT_RIGHTS,
    ...OPERATE_RIGHTS,
    ...DEBUG_RIGHTS,
    ...FIND_RIGHTS,
  ];
  expect(rights.filter(({ reason }) => reason.trim() === '')).toEqual([]);
  expect(rights.filter((right) => JSON.stringify({ ...right, reason: '' }).includes('*'))).toEqual([]);
});
