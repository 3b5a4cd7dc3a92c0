import { Chart } from 'cdk8s';
import { Group, ISubject, ServiceAccount, User } from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { ApplicationGrants } from '../../lib/application/application-grants';
import { CronSchedule } from '../../lib/application/schedule/cron-schedule';
import { ScheduledSparkApplication } from '../../lib/application/scheduled-spark-application';
import { SecureSparkApplication } from '../../lib/application/secure-spark-application';
import { ISparkApplication } from '../../lib/application/application-base';
import { SparkApplication } from '../../lib/application/spark-application';
import { Grant } from '../../lib/job-namespace/grants/grant';
import { Guarantee, Relaxation } from '../../lib/guarantees/relaxation';
import { PodSecurityLevel } from '../../lib/kubernetes/pod-security-level';
import { SparkJobNamespace } from '../../lib/job-namespace/spark-job-namespace';
import { find, manifests, messageOf, newChart } from '../job-namespace/manifests';
import { IMAGE, PYTHON } from './fixtures';

const GROUP = ['sparkoperator.k8s.io'];
const READ = ['get', 'list', 'watch'];
const RIGHTS = ['submit', 'view', 'operate', 'debug'] as const;
const DEBUGGABLE = [Relaxation.of(Guarantee.NO_DEBUG_RIGHTS, 'the team profiles its drivers')];
const SESSIONS = { resourceNames: ['sessions'] };
const DRIVER = { apiGroups: [''], resourceNames: ['sessions-driver'] };

type Kind = 'plain' | 'secure' | 'scheduled';

interface Fixture {
  readonly chart: Chart;
  readonly clicks: SparkJobNamespace;
  readonly sessions: ISparkApplication;
  readonly desk: ISubject;
}

function setUp(kind: Kind = 'secure', allow = DEBUGGABLE): Fixture {
  const chart = newChart();
  const clicks = new SparkJobNamespace(chart, 'clicks', { allow, podSecurity: PodSecurityLevel.BASELINE });
  const props = { jobNamespace: clicks, image: IMAGE, main: PYTHON };
  const sessions =
    kind === 'plain'
      ? new SparkApplication(chart, 'sessions', props)
      : kind === 'secure'
        ? new SecureSparkApplication(chart, 'sessions', props)
        : new ScheduledSparkApplication(chart, 'sessions', { ...props, schedule: CronSchedule.cron('0 * * * *') });
  const desk = ServiceAccount.fromServiceAccountName(chart, 'desk', 'desk', { namespaceName: 'support' });
  return { chart, clicks, sessions, desk };
}

function rules(give: (grants: ApplicationGrants, desk: ISubject) => Grant, kind?: Kind): unknown {
  const { chart, sessions, desk } = setUp(kind);
  return find(chart, 'Role', give(sessions.grants, desk).role.name).rules;
}

function refusal(
  give: (grants: ApplicationGrants, desk: ISubject) => Grant,
  kind?: Kind,
  allow?: Relaxation[],
): string {
  const { sessions, desk } = setUp(kind, allow);
  return messageOf(() => give(sessions.grants, desk));
}

function onApplication(verbs: string[], kind = 'sparkapplications'): object[] {
  return [
    { apiGroups: GROUP, resources: [kind], ...SESSIONS, verbs },
    { apiGroups: GROUP, resources: [`${kind}/status`], ...SESSIONS, verbs: ['get'] },
  ];
}

describe.each(RIGHTS)('granting %s on one application', (right) => {
  test('gives a Role and a RoleBinding in the job namespace that say which application', () => {
    const { chart, sessions, desk } = setUp();
    const name = `spark-${right}.sessions.support-desk`;
    const { role, roleBinding } = sessions.grants[right](desk);
    expect([role.name, roleBinding.name]).toEqual([name, name]);
    expect(find(chart, 'Role', name).metadata).toMatchObject({
      namespace: 'clicks',
      labels: { 'app.kubernetes.io/name': 'spark-application', 'app.kubernetes.io/instance': 'sessions' },
    });
    expect(find(chart, 'RoleBinding', name)).toMatchObject({
      metadata: { namespace: 'clicks' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name: 'desk', namespace: 'support' }],
    });
  });

  test('limits every rule to names', () => {
    const rulesOf = rules((grants, desk) => grants[right](desk)) as { resourceNames?: string[] }[];
    expect(rulesOf.map(({ resourceNames }) => resourceNames?.[0])).toEqual(
      rulesOf.map(() => expect.stringMatching(/^sessions(-driver)?$/) as string),
    );
    expect(rulesOf).not.toEqual([]);
  });

  test('again gives the same grant, beside that on the namespace', () => {
    const { chart, clicks, sessions, desk } = setUp();
    const first = sessions.grants[right](desk);
    expect(sessions.grants[right](desk)).toBe(first);
    expect(clicks.grants[right](desk).role.name).toBe(`spark-${right}-support-desk`);
    expect(manifests(chart).filter(({ kind }) => kind === 'Role')).toHaveLength(3);
  });

  test('works for users and groups, and by a name of choice', () => {
    const { chart, sessions } = setUp();
    expect(sessions.grants[right](User.fromName(chart, 'ada', 'oidc:Ada')).role.name).toBe(
      `spark-${right}.sessions.user-oidc-ada`,
    );
    expect(sessions.grants[right](Group.fromName(chart, 'g', 'acme:data'), { name: 'data' }).role.name).toBe(
      `spark-${right}.sessions.data`,
    );
  });

  test.each(['driver', 'executor'] as const)('to the account of %ss is an error (row 7)', (role) => {
    const { clicks, sessions } = setUp();
    const own = role === 'driver' ? clicks.driverServiceAccount : clicks.executorServiceAccount;
    expect(messageOf(() => sessions.grants[right](own))).toBe(
      `test/sessions: service account "spark-${role}" of namespace "clicks" is the account of ${role}s here and cannot be granted ${right} too: use an account of its own`,
    );
  });

  test('to an account that an application brings later is an error', () => {
    const { chart, clicks, sessions } = setUp();
    const etl = ServiceAccount.fromServiceAccountName(chart, 'etl', 'etl', { namespaceName: 'clicks' });
    sessions.grants[right](etl);
    const props = { jobNamespace: clicks, image: IMAGE, main: PYTHON };
    new SecureSparkApplication(chart, 'etl-job', { ...props, driver: { serviceAccount: etl } });
    expect(messageOf(() => manifests(chart))).toContain(
      `[test/sessions] service account "etl" of namespace "clicks" is the account of drivers here and cannot be granted ${right} too`,
    );
  });
});

describe('rights on one application', () => {
  test.each(['plain', 'secure'] as const)('let a viewer see it, and its driver with the log: %s (row 8)', (kind) => {
    expect(rules((grants, desk) => grants.view(desk), kind)).toEqual([
      { ...DRIVER, resources: ['pods'], verbs: READ },
      { ...DRIVER, resources: ['pods/log'], verbs: ['get'] },
      ...onApplication(READ),
    ]);
  });

  test('let a viewer see no pod without logs', () => {
    expect(rules((grants, desk) => grants.view(desk, { logs: false }))).toEqual(onApplication(READ));
  });

  test('cannot limit events, so they are left out unless asked for', () => {
    expect(rules((grants, desk) => grants.view(desk, { logs: false, events: true }))).toEqual([
      { apiGroups: [''], resources: ['events'], verbs: READ },
      ...onApplication(READ),
    ]);
  });

  test('let a submitter write it alone', () => {
    expect(rules((grants, desk) => grants.submit(desk))).toEqual(
      onApplication(['create', 'delete', 'get', 'list', 'patch', 'watch']),
    );
    expect(rules((grants, desk) => grants.submit(desk, { logs: true }))).toEqual([
      { ...DRIVER, resources: ['pods'], verbs: ['get', 'list'] },
      { ...DRIVER, resources: ['pods/log'], verbs: ['get'] },
      ...onApplication(['create', 'delete', 'get', 'list', 'patch', 'watch']),
    ]);
  });

  test('let who operates patch and delete it, and not create it', () => {
    expect(rules((grants, desk) => grants.operate(desk))).toEqual(
      onApplication(['delete', 'get', 'list', 'patch', 'watch']),
    );
  });

  test('let who debugs into its driver, where the namespace allows it', () => {
    expect(rules((grants, desk) => grants.debug(desk))).toEqual([
      { ...DRIVER, resources: ['pods'], verbs: ['get'] },
      { ...DRIVER, resources: ['pods/exec'], verbs: ['create', 'get'] },
      { ...DRIVER, resources: ['pods/portforward'], verbs: ['create', 'get'] },
    ]);
    expect(refusal((grants, desk) => grants.debug(desk), 'secure', [])).toBe(
      'test/sessions: namespace "clicks" does not allow debug rights: add Relaxation.of(Guarantee.NO_DEBUG_RIGHTS, reason) to the namespace\'s allow, with its reason, or grant view',
    );
  });

  test('follow the name of the application, not the id of the construct', () => {
    const { chart, clicks, desk } = setUp();
    const props = { jobNamespace: clicks, image: IMAGE, main: PYTHON };
    const { grants } = new SecureSparkApplication(chart, 'other', { ...props, name: 'nightly' });
    const { role } = grants.debug(desk);
    expect(role.name).toBe('spark-debug.nightly.support-desk');
    expect(JSON.stringify(find(chart, 'Role', role.name).rules)).toContain('["nightly-driver"]');
  });

  test('give the same bytes in any order', () => {
    const calls: ((grants: ApplicationGrants, desk: ISubject) => Grant)[] = [
      ...RIGHTS.map((right) => (grants: ApplicationGrants, desk: ISubject) => grants[right](desk)),
      (grants, desk) => grants.view(desk, { events: true }),
      (grants, desk) => grants.submit(desk, { logs: true }),
    ];
    const written = (order: typeof calls): string => {
      const { chart, sessions, desk } = setUp();
      order.forEach((call) => call(sessions.grants, desk));
      return JSON.stringify(manifests(chart));
    };
    const expected = written(calls);
    fc.assert(
      fc.property(fc.shuffledSubarray(calls, { minLength: calls.length }), (order) => {
        expect(written([...order, ...order])).toBe(expected);
      }),
      { numRuns: 12 },
    );
  });

  test('are not written where nobody is granted any', () => {
    const { chart } = setUp();
    expect(manifests(chart).filter(({ kind }) => kind === 'Role')).toHaveLength(1);
  });
});

describe('rights on a scheduled application', () => {
  const kind = 'scheduledsparkapplications';

  test('are about the schedule', () => {
    expect(rules((grants, desk) => grants.view(desk), 'scheduled')).toEqual(onApplication(READ, kind));
    expect(rules((grants, desk) => grants.operate(desk), 'scheduled')).toEqual(
      onApplication(['delete', 'get', 'list', 'patch', 'watch'], kind),
    );
    expect(rules((grants, desk) => grants.submit(desk), 'scheduled')).toEqual(
      onApplication(['create', 'delete', 'get', 'list', 'patch', 'watch'], kind),
    );
  });

  test.each([
    ['view', (grants: ApplicationGrants, desk: ISubject) => grants.view(desk, { logs: true })],
    ['view', (grants: ApplicationGrants, desk: ISubject) => grants.submit(desk, { logs: true })],
    ['debug', (grants: ApplicationGrants, desk: ISubject) => grants.debug(desk)],
  ])('cannot be about the pods of its runs, which grants.%s of the namespace covers', (right, give) => {
    expect(refusal(give, 'scheduled')).toBe(
      `test/sessions: the runs of "sessions" and their drivers have names with the time in them, so nothing can be granted on their pods alone; use grants.${right} of namespace "clicks"`,
    );
  });
});
