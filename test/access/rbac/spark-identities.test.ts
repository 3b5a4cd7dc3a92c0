import { App, Chart } from 'cdk8s';
import { Group, ServiceAccount, User } from 'cdk8s-plus-28';
import {
  SecureSparkApplication,
  SparkImage,
  SparkJobNamespace,
  SparkMain,
  SparkOperator,
  SubmitterTool,
} from '../../../lib';
import { Manifest, manifestsOfApp, SourcedManifest } from '../../../lib/manifests/manifest-source';
import { RbacPolicy } from '../../../lib/access/rbac/rbac-policy';
import { SparkIdentity, sparkIdentities } from '../../../lib/access/rbac/spark-identities';

const account = (namespace: string, name: string): object => ({ kind: 'ServiceAccount', namespace, name });

function identitiesOf(...manifests: Manifest[]): SparkIdentity[] {
  return identitiesIn(manifests.map((manifest) => ({ source: 'test', manifest })));
}

function identitiesIn(manifests: readonly SourcedManifest[]): SparkIdentity[] {
  return sparkIdentities(RbacPolicy.of(manifests), manifests);
}

function application(namespace: string, spec: object, kind = 'SparkApplication'): Manifest {
  return { apiVersion: 'sparkoperator.k8s.io/v1beta2', kind, metadata: { name: 'pi', namespace }, spec };
}

const role = (verbs: string[], resources = ['sparkapplications']): Manifest => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'Role',
  metadata: { name: 'jobs', namespace: 'clicks' },
  rules: [{ apiGroups: ['sparkoperator.k8s.io'], resources, verbs }],
});
const binding = (...subjects: unknown[]): Manifest => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'RoleBinding',
  metadata: { name: 'jobs', namespace: 'clicks' },
  roleRef: { kind: 'Role', name: 'jobs' },
  subjects,
});

describe('in a program of this library', () => {
  const app = new App();
  const chart = new Chart(app, 'platform');
  const clicks = new SparkJobNamespace(chart, 'clicks');
  const billing = new SparkJobNamespace(chart, 'billing', {
    driverServiceAccount: ServiceAccount.fromServiceAccountName(chart, 'own', 'invoices', { namespaceName: 'billing' }),
  });
  new SparkOperator(chart, 'operator', { jobNamespaces: [clicks, billing] });
  const worker = ServiceAccount.fromServiceAccountName(chart, 'airflow', 'worker', { namespaceName: 'airflow' });
  clicks.grants.submit(worker, { tools: [SubmitterTool.AIRFLOW] });
  billing.grants.submit(worker, { tools: [SubmitterTool.AIRFLOW] });
  clicks.grants.submit(Group.fromName(chart, 'engineers', 'acme:engineers'));
  clicks.grants.submit(User.fromName(chart, 'robot', 'system:serviceaccount:ci:robot'));
  new SecureSparkApplication(chart, 'sessions', {
    jobNamespace: clicks,
    image: SparkImage.of('registry.acme.dev/sessions:1.4.0', { sparkVersion: '4.0.4' }),
    main: SparkMain.python('local:///opt/app/sessions.py'),
  });

  it('tells operator, submitters, drivers and executors apart, each with its namespaces', () => {
    expect(identitiesIn(manifestsOfApp(app))).toEqual([
      {
        role: 'operator-controller',
        subject: account('spark-operator', 'spark-operator-controller'),
        namespaces: ['billing', 'clicks'],
      },
      {
        role: 'operator-webhook',
        subject: account('spark-operator', 'spark-operator-webhook'),
        namespaces: ['billing', 'clicks'],
      },
      { role: 'submitter', subject: { kind: 'Group', name: 'acme:engineers' }, namespaces: ['clicks'] },
      { role: 'submitter', subject: account('airflow', 'worker'), namespaces: ['billing', 'clicks'] },
      { role: 'submitter', subject: account('ci', 'robot'), namespaces: ['clicks'] },
      { role: 'driver', subject: account('billing', 'invoices'), namespaces: ['billing'] },
      { role: 'driver', subject: account('clicks', 'spark-driver'), namespaces: ['clicks'] },
      { role: 'executor', subject: account('billing', 'spark-executor'), namespaces: ['billing'] },
      { role: 'executor', subject: account('clicks', 'spark-executor'), namespaces: ['clicks'] },
    ]);
  });
});

describe('in plain manifests', () => {
  it('takes the accounts that an application names', () => {
    const spec = { driver: { serviceAccount: 'd' }, executor: { template: { spec: { serviceAccountName: 'e' } } } };
    const expected = [
      { role: 'driver', subject: account('jobs', 'd'), namespaces: ['jobs'] },
      { role: 'executor', subject: account('jobs', 'e'), namespaces: ['jobs'] },
    ];
    expect(identitiesOf(application('jobs', spec))).toEqual(expected);
    expect(identitiesOf(application('jobs', { template: spec }, 'ScheduledSparkApplication'))).toEqual(expected);
  });

  it('takes the account of a Spark Connect server from its template (row 5)', () => {
    const spec = { server: { template: { spec: { serviceAccount: 'connect' } } }, executor: {} };
    expect(identitiesOf(application('jobs', spec, 'SparkConnect'))).toContainEqual({
      role: 'driver',
      subject: account('jobs', 'connect'),
      namespaces: ['jobs'],
    });
  });

  it('knows that a driver without an account is "default", and executors without one are their driver (row 4)', () => {
    expect(identitiesOf(application('jobs', {}))).toEqual([
      { role: 'driver', subject: account('jobs', 'default'), namespaces: ['jobs'] },
      { role: 'executor', subject: account('jobs', 'default'), namespaces: ['jobs'] },
    ]);
  });

  it("knows the operator of the operator's own chart by its Deployment, whatever the account's name", () => {
    const deployment = {
      kind: 'Deployment',
      metadata: {
        name: 'release-controller',
        namespace: 'ops',
        labels: { 'app.kubernetes.io/name': 'spark-operator', 'app.kubernetes.io/component': 'controller' },
      },
      spec: { template: { spec: { serviceAccountName: 'chosen' } } },
    };
    expect(identitiesOf(deployment)).toEqual([
      { role: 'operator-controller', subject: account('ops', 'chosen'), namespaces: [] },
    ]);
  });

  it('takes who may write applications for a submitter, and who may only read them not', () => {
    const robot = { kind: 'ServiceAccount', name: 'robot' };
    const submitter = [{ role: 'submitter', subject: account('clicks', 'robot'), namespaces: ['clicks'] }];
    expect(identitiesOf(role(['create']), binding(robot))).toEqual(submitter);
    expect(identitiesOf(role(['*'], ['*']), binding(robot))).toEqual(submitter);
    expect(identitiesOf(role(['get', 'list']), binding(robot))).toEqual([]);
    expect(identitiesOf(role(['update'], ['sparkapplications/status']), binding(robot))).toEqual([]);
    expect(identitiesOf(role(['create'], ['pods']), binding(robot))).toEqual([]);
  });

  it('says that a cluster role reaches all namespaces, unless a RoleBinding limits it', () => {
    const clusterRole = { ...role(['create']), kind: 'ClusterRole' };
    const roleRef = { kind: 'ClusterRole', name: 'jobs' };
    const group = { kind: 'Group', name: 'data' };
    const everywhere = { ...binding(group), kind: 'ClusterRoleBinding', roleRef };
    expect(identitiesOf(clusterRole, everywhere)[0].namespaces).toEqual(['']);
    expect(identitiesOf(clusterRole, { ...binding(group), roleRef })[0].namespaces).toEqual(['clicks']);
  });

  it('lists a driver that may write applications as a submitter too', () => {
    const subject = { kind: 'ServiceAccount', name: 'd' };
    const found = identitiesOf(
      role(['create']),
      binding(subject),
      application('clicks', { driver: { serviceAccount: 'd' }, executor: { serviceAccount: 'e' } }),
    );
    expect(found.filter((identity) => identity.subject.name === 'd').map((identity) => identity.role)).toEqual([
      'submitter',
      'driver',
    ]);
  });

  it('reads over whatever is no manifest that it knows', () => {
    expect(
      identitiesOf(
        {},
        { kind: 'RoleBinding', subjects: 'nobody', roleRef: null },
        { ...role(['create']), rules: [null, 'all'] },
        binding(null, { kind: 'User' }, 7),
        { apiVersion: 'sparkoperator.k8s.io/v1beta2', kind: 'SparkApplication', metadata: [] },
      ).map(({ subject }) => subject),
    ).toEqual([account('default', 'default'), account('default', 'default')]);
  });
});
