import { Chart } from 'cdk8s';
import { IServiceAccount, ServiceAccount } from 'cdk8s-plus-28';
import { DRIVER_RIGHTS, NamespaceFeature } from '../../../lib/job-namespace/identities/driver-rights';
import { PodSecurityLevel } from '../../../lib/kubernetes/pod-security-level';
import { SparkJobNamespace } from '../../../lib/job-namespace/spark-job-namespace';
import { find, manifests, messageOf, names, newChart } from '../manifests';
import { tenancyOf } from '../../../lib/job-namespace/tenancy';

const ORDINARY_RULES = [
  { apiGroups: [''], resources: ['configmaps'], verbs: ['create', 'deletecollection'] },
  { apiGroups: [''], resources: ['persistentvolumeclaims'], verbs: ['deletecollection', 'list'] },
  { apiGroups: [''], resources: ['pods'], verbs: ['create', 'delete', 'deletecollection', 'get', 'list', 'watch'] },
  { apiGroups: [''], resources: ['services'], verbs: ['deletecollection'] },
];

function account(chart: Chart, name: string, namespaceName = 'clicks'): IServiceAccount {
  return ServiceAccount.fromServiceAccountName(chart, `account-${name}`, name, { namespaceName });
}

describe('accounts', () => {
  test('are one for drivers with a token and one for executors without (row 2, row 4, row 15)', () => {
    const chart = newChart();
    const namespace = new SparkJobNamespace(chart, 'clicks');
    expect(names(chart, 'ServiceAccount')).toEqual(['spark-driver', 'spark-executor']);
    expect(find(chart, 'ServiceAccount', 'spark-driver').automountServiceAccountToken).toBe(true);
    expect(find(chart, 'ServiceAccount', 'spark-executor').automountServiceAccountToken).toBe(false);
    expect(namespace.driverServiceAccount.name).toBe('spark-driver');
    expect(namespace.executorServiceAccount.name).toBe('spark-executor');
  });

  test('that a user brings replace those of the namespace, and the driver is bound to the Role', () => {
    const chart = newChart();
    const namespace = new SparkJobNamespace(chart, 'clicks', {
      driverServiceAccount: account(chart, 'spark'),
      executorServiceAccount: account(chart, 'workers'),
    });
    expect(names(chart, 'ServiceAccount')).toEqual([]);
    expect(namespace.driverServiceAccount.name).toBe('spark');
    expect(namespace.executorServiceAccount.name).toBe('workers');
    expect(find(chart, 'RoleBinding', 'spark-driver').subjects).toEqual([
      { kind: 'ServiceAccount', name: 'spark', namespace: 'clicks' },
    ]);
  });

  test('may also be objects of the program, in the namespace', () => {
    const chart = newChart();
    const spark = new ServiceAccount(chart, 'spark', { metadata: { name: 'spark', namespace: 'clicks' } });
    new SparkJobNamespace(chart, 'clicks', { driverServiceAccount: spark });
    expect(names(chart, 'ServiceAccount')).toEqual(['spark', 'spark-executor']);
    expect(find(chart, 'RoleBinding', 'spark-driver').subjects).toEqual([
      { kind: 'ServiceAccount', name: 'spark', namespace: 'clicks' },
    ]);
  });

  test.each(['driverServiceAccount', 'executorServiceAccount'])('%s is not "default" (row 4)', (property) => {
    const chart = newChart();
    expect(messageOf(() => new SparkJobNamespace(chart, 'clicks', { [property]: account(chart, 'default') }))).toBe(
      `test/clicks: ${property} is the account "default", which every pod without an account runs as: name another one`,
    );
  });

  test('are different ones for drivers and executors (row 6)', () => {
    const chart = newChart();
    const spark = account(chart, 'spark');
    const both = { driverServiceAccount: spark, executorServiceAccount: spark };
    expect(messageOf(() => new SparkJobNamespace(chart, 'clicks', both))).toBe(
      'test/clicks: driver and executors have the same service account "spark"; executors must not have the driver\'s rights: give each an account of its own',
    );
    const taken = { driverServiceAccount: account(chart, 'spark-executor') };
    expect(messageOf(() => new SparkJobNamespace(chart, 'orders', { name: 'clicks', ...taken }))).toContain(
      'driver and executors have the same service account "spark-executor"',
    );
  });

  test('are of the job namespace, since pods can have no others', () => {
    const chart = newChart();
    const foreign = { driverServiceAccount: account(chart, 'spark', 'orders') };
    expect(messageOf(() => new SparkJobNamespace(chart, 'clicks', foreign))).toBe(
      'test/clicks: driverServiceAccount "spark" is in namespace "orders"; pods can only run as an account of their own namespace "clicks": give it metadata.namespace, or namespaceName if it is imported',
    );
    const nowhere = { executorServiceAccount: new ServiceAccount(chart, 'spark') };
    expect(messageOf(() => new SparkJobNamespace(chart, 'other', nowhere))).toContain('has no namespace');
  });
});

describe('the Role of drivers', () => {
  test('has exactly the rights that an ordinary run uses (row 1, row 14)', () => {
    const chart = newChart();
    new SparkJobNamespace(chart, 'clicks');
    expect(find(chart, 'Role', 'spark-driver').rules).toEqual(ORDINARY_RULES);
  });

  test('is bound to the account of drivers alone, and both are always emitted together (row 3)', () => {
    const chart = newChart();
    new SparkJobNamespace(chart, 'clicks');
    SparkJobNamespace.addToExistingNamespace(chart, 'orders', {
      name: 'orders',
      podSecurity: PodSecurityLevel.RESTRICTED,
    });
    for (const namespace of ['clicks', 'orders']) {
      const binding = manifests(chart).find((o) => o.kind === 'RoleBinding' && o.metadata.namespace === namespace);
      const role = manifests(chart).find((o) => o.kind === 'Role' && o.metadata.namespace === namespace);
      expect(binding?.roleRef).toEqual({
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'Role',
        name: role?.metadata.name,
      });
      expect(binding?.subjects).toEqual([{ kind: 'ServiceAccount', name: 'spark-driver', namespace }]);
    }
  });

  test('may create claims only where executors have claims on demand (row 10)', () => {
    const chart = newChart();
    const namespace = new SparkJobNamespace(chart, 'clicks');
    tenancyOf(namespace).use(NamespaceFeature.EXECUTOR_CLAIMS);
    const [configMaps, , pods, services] = ORDINARY_RULES;
    const claims = {
      apiGroups: [''],
      resources: ['persistentvolumeclaims'],
      verbs: ['create', 'deletecollection', 'list'],
    };
    expect(find(chart, 'Role', 'spark-driver').rules).toEqual([configMaps, claims, pods, services]);
  });

  test('may patch pods only where executors are kept', () => {
    const chart = newChart();
    const namespace = new SparkJobNamespace(chart, 'clicks');
    tenancyOf(namespace).use(NamespaceFeature.KEPT_EXECUTORS);
    const [configMaps, claims, pods, services] = ORDINARY_RULES;
    const verbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'watch'];
    expect(find(chart, 'Role', 'spark-driver').rules).toEqual([configMaps, claims, { ...pods, verbs }, services]);
  });

  test("does not grow with drivers' claims, which the controller makes (row 10)", () => {
    const feature = NamespaceFeature.DRIVER_CLAIMS;
    const chart = newChart();
    const namespace = new SparkJobNamespace(chart, 'clicks');
    expect(tenancyOf(namespace).uses(feature)).toBe(false);
    tenancyOf(namespace).use(feature);
    expect(tenancyOf(namespace).uses(feature)).toBe(true);
    expect(find(chart, 'Role', 'spark-driver').rules).toEqual(ORDINARY_RULES);
  });

  test('has a reason for every right, and no wildcard', () => {
    expect(DRIVER_RIGHTS.filter(({ reason }) => reason.trim() === '')).toEqual([]);
    expect(
      JSON.stringify(DRIVER_RIGHTS.map(({ apiGroups, resources, verbs }) => [apiGroups, resources, verbs])),
    ).not.toContain('*');
  });
});

describe('accounts of single applications', () => {
  test('are bound to the Role of drivers, in any order of construction', () => {
    const bound = (order: string[]) => {
      const chart = newChart();
      const namespace = new SparkJobNamespace(chart, 'clicks');
      order.forEach((name) => tenancyOf(namespace).addDriver(account(chart, name)));
      tenancyOf(namespace).addDriver(namespace.driverServiceAccount);
      return find(chart, 'RoleBinding', 'spark-driver').subjects as { name: string }[];
    };
    expect(bound(['a-driver', 'z-driver']).map(({ name }) => name)).toEqual(['a-driver', 'spark-driver', 'z-driver']);
    expect(bound(['z-driver', 'a-driver'])).toEqual(bound(['a-driver', 'z-driver']));
  });

  test('for executors are bound to nothing', () => {
    const chart = newChart();
    tenancyOf(new SparkJobNamespace(chart, 'clicks')).addExecutor(account(chart, 'sessions-executor'));
    expect(JSON.stringify(manifests(chart))).not.toContain('sessions-executor');
  });

  test('cannot be used for drivers and for executors', () => {
    const chart = newChart();
    const namespace = new SparkJobNamespace(chart, 'clicks');
    const sessions = account(chart, 'sessions');
    tenancyOf(namespace).addDriver(sessions);
    tenancyOf(namespace).addExecutor(sessions);
    expect(messageOf(() => manifests(chart))).toContain(
      '[test/clicks] service account "sessions" of namespace "clicks" is used for drivers and for executors: give each an account of its own',
    );
  });
});
