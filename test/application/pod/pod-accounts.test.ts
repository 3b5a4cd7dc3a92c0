import { Chart } from 'cdk8s';
import { IServiceAccount, ServiceAccount } from 'cdk8s-plus-28';
import { CronSchedule } from '../../../lib/application/schedule/cron-schedule';
import { ScheduledSparkApplication } from '../../../lib/application/scheduled-spark-application';
import { SecureSparkApplication } from '../../../lib/application/secure-spark-application';
import { SparkApplication } from '../../../lib/application/spark-application';
import { PodSecurityLevel } from '../../../lib/kubernetes/pod-security-level';
import { SparkJobNamespace } from '../../../lib/job-namespace/spark-job-namespace';
import { SparkJobNamespaceProps } from '../../../lib/job-namespace/spark-job-namespace-props';
import { find, manifests, messageOf, newChart } from '../../job-namespace/manifests';
import { IMAGE, PYTHON, RenderedSpec, withTemplate } from '../fixtures';

interface Accounts {
  readonly driver?: IServiceAccount;
  readonly executor?: IServiceAccount;
}

function account(chart: Chart, name: string, namespaceName: string | undefined = 'clicks'): IServiceAccount {
  return ServiceAccount.fromServiceAccountName(chart, `account-${name}`, name, { namespaceName });
}

function jobNamespaceOf(chart: Chart, props: SparkJobNamespaceProps = {}): SparkJobNamespace {
  return new SparkJobNamespace(chart, 'clicks', props);
}

function propsOf(jobNamespace: SparkJobNamespace, { driver, executor }: Accounts) {
  const pods = { driver: { serviceAccount: driver }, executor: { serviceAccount: executor } };
  return { jobNamespace, image: IMAGE, main: PYTHON, ...pods };
}

function subjectsOfDrivers(chart: Chart): string[] {
  return (find(chart, 'RoleBinding', 'spark-driver').subjects as { name: string }[]).map(({ name }) => name);
}

/** The accounts that a role's pods run as, wherever the manifest says it. */
function accountsOf({ serviceAccount, template: { spec } }: RenderedSpec['driver']): unknown[] {
  return [serviceAccount, spec.serviceAccount, spec.serviceAccountName];
}

describe('accounts that an application brings', () => {
  test.each(['plain', 'secure', 'scheduled'])(
    'are those of its pods, and only the driver gets rights: %s (row 2)',
    (kind) => {
      const chart = newChart();
      const clicks = jobNamespaceOf(chart, { podSecurity: PodSecurityLevel.BASELINE });
      const props = propsOf(clicks, {
        driver: account(chart, 'sessions-driver'),
        executor: account(chart, 'sessions-executor'),
      });
      if (kind === 'plain') new SparkApplication(chart, 'sessions', props);
      else if (kind === 'secure') new SecureSparkApplication(chart, 'sessions', props);
      else new ScheduledSparkApplication(chart, 'sessions', { ...props, schedule: CronSchedule.cron('0 * * * *') });
      const [application] = manifests(chart).filter((object) => object.kind.endsWith('SparkApplication'));
      const spec = (
        kind === 'scheduled' ? (application.spec as { template: unknown }).template : application.spec
      ) as RenderedSpec;
      expect(accountsOf(spec.driver)).toEqual(Array(3).fill('sessions-driver'));
      expect(accountsOf(spec.executor)).toEqual(Array(3).fill('sessions-executor'));
      expect(spec.driver.template.spec.automountServiceAccountToken).toBe(true);
      expect(spec.executor.template.spec.automountServiceAccountToken).toBe(false);
      expect(subjectsOfDrivers(chart)).toEqual(['sessions-driver', 'spark-driver']);
    },
  );

  test('may be brought by the namespace for all, and by an application for itself', () => {
    const chart = newChart();
    const clicks = jobNamespaceOf(chart, { driverServiceAccount: account(chart, 'team') });
    new SecureSparkApplication(chart, 'shared', propsOf(clicks, {}));
    new SecureSparkApplication(chart, 'own', propsOf(clicks, { driver: account(chart, 'own') }));
    const driverOf = (name: string) =>
      (find(chart, 'SparkApplication', name).spec as RenderedSpec).driver.serviceAccount;
    expect([driverOf('shared'), driverOf('own')]).toEqual(['team', 'own']);
    expect(subjectsOfDrivers(chart)).toEqual(['own', 'team']);
  });

  test('may be shared by several applications, and bound once', () => {
    const chart = newChart();
    const clicks = jobNamespaceOf(chart);
    const driver = account(chart, 'etl');
    new SecureSparkApplication(chart, 'a', propsOf(clicks, { driver }));
    new SecureSparkApplication(chart, 'b', propsOf(clicks, { driver }));
    expect(subjectsOfDrivers(chart)).toEqual(['etl', 'spark-driver']);
  });

  test('may be objects of the program', () => {
    const chart = newChart();
    const driver = new ServiceAccount(chart, 'etl', { metadata: { name: 'etl', namespace: 'clicks' } });
    new SecureSparkApplication(chart, 'sessions', propsOf(jobNamespaceOf(chart), { driver }));
    expect(subjectsOfDrivers(chart)).toEqual(['etl', 'spark-driver']);
  });

  function refusal(accounts: (chart: Chart) => Accounts): string {
    const chart = newChart();
    const clicks = jobNamespaceOf(chart);
    return messageOf(() => new SecureSparkApplication(chart, 'sessions', propsOf(clicks, accounts(chart))));
  }

  test.each(['driver', 'executor'])('for the %s are not of another namespace, nor of none that is said', (role) => {
    const remedy = `pods can only run as an account of their own namespace "clicks": give it metadata.namespace, or namespaceName if it is imported`;
    expect(refusal((chart) => ({ [role]: account(chart, 'etl', 'orders') }))).toBe(
      `test/sessions: ${role}.serviceAccount "etl" is in namespace "orders"; ${remedy}`,
    );
    const forgotten = (chart: Chart) => ServiceAccount.fromServiceAccountName(chart, 'forgotten', 'etl');
    expect(refusal((chart) => ({ [role]: forgotten(chart) }))).toBe(
      `test/sessions: ${role}.serviceAccount "etl" is in namespace "default"; ${remedy}`,
    );
    expect(refusal((chart) => ({ [role]: new ServiceAccount(chart, 'etl') }))).toContain('has no namespace');
  });

  test.each(['driver', 'executor'])('for the %s are not "default" (row 4)', (role) => {
    expect(refusal((chart) => ({ [role]: account(chart, 'default') }))).toBe(
      `test/sessions: ${role}.serviceAccount is the account "default", which every pod without an account runs as: name another one`,
    );
  });

  test('are different ones for driver and executors (row 6)', () => {
    const both = (name: string) =>
      `test/sessions: driver and executors would both run as "${name}"; executors must not have the driver's rights: give each an account of its own`;
    const shared = (chart: Chart) => {
      const etl = account(chart, 'etl');
      return { driver: etl, executor: etl };
    };
    expect(refusal(shared)).toBe(both('etl'));
    expect(refusal((chart) => ({ driver: account(chart, 'spark-executor') }))).toBe(both('spark-executor'));
    expect(refusal((chart) => ({ executor: account(chart, 'spark-driver') }))).toBe(both('spark-driver'));
  });

  test('are used for one thing among all applications of a namespace', () => {
    const chart = newChart();
    const clicks = jobNamespaceOf(chart);
    const etl = account(chart, 'etl');
    new SecureSparkApplication(chart, 'a', propsOf(clicks, { driver: etl }));
    new SecureSparkApplication(chart, 'b', propsOf(clicks, { executor: etl }));
    expect(messageOf(() => manifests(chart))).toContain(
      '[test/clicks] service account "etl" of namespace "clicks" is used for drivers and for executors: give each an account of its own',
    );
  });

  test.each(['driver', 'executor'])('for the %s hold no grant (row 7)', (role) => {
    const chart = newChart();
    const clicks = jobNamespaceOf(chart);
    const etl = account(chart, 'etl');
    new SecureSparkApplication(chart, 'sessions', propsOf(clicks, { [role]: etl }));
    expect(messageOf(() => clicks.grants.view(etl))).toContain(
      `service account "etl" of namespace "clicks" is the account of ${role}s here and cannot be granted view too`,
    );
  });
});

describe('the token of executors', () => {
  function mounted(template: object): unknown {
    const chart = newChart();
    const clicks = jobNamespaceOf(chart, { podSecurity: PodSecurityLevel.BASELINE });
    const executor = { serviceAccount: account(chart, 'etl'), ...withTemplate(template) };
    new SparkApplication(chart, 'sessions', { ...propsOf(clicks, {}), executor });
    const { spec } = find(chart, 'SparkApplication', 'sessions') as { spec?: RenderedSpec };
    return spec?.executor.template.spec.automountServiceAccountToken;
  }

  test('is off in a plain application too, unless its template turns it on (row 15)', () => {
    expect(mounted({})).toBe(false);
    expect(mounted({ automountServiceAccountToken: true })).toBe(true);
  });
});
