import { App, Chart, Size } from 'cdk8s';
import { Cpu, Group, k8s, ServiceAccount } from 'cdk8s-plus-28';
import {
  Relaxation,
  Guarantee,
  PodSecurityLevel,
  SecureSparkApplication,
  SparkApplication,
  SparkImage,
  SparkJobNamespace,
  SparkMain,
  SparkOperator,
  SubmitterTool,
} from '../../lib';
import { AccessReview } from '../../lib/access/access-review';
import { reportData } from '../../lib/report/collect-report';
import { AccessReportData } from '../../lib/report/report-data';

const IMAGE = SparkImage.of('registry.acme.dev/sessions:1.4.0', { sparkVersion: '4.0.4' });
const MAIN = SparkMain.python('local:///opt/app/main.py');

/** A platform of many teams that are not all alike. */
export function platformOf(teams: number): App {
  const app = new App();
  const platform = new Chart(app, 'platform');
  const jobs = new Chart(app, 'jobs');
  const operator = new SparkOperator(platform, 'operator');
  const account = (name: string, namespaceName: string): ReturnType<typeof ServiceAccount.fromServiceAccountName> =>
    ServiceAccount.fromServiceAccountName(platform, `${namespaceName}-${name}`, name, { namespaceName });
  const airflow = account('airflow-worker', 'airflow');
  const robot = account('deployer', 'ci');
  for (let number = 1; number <= teams; number++) {
    const team = `team-${String(number).padStart(3, '0')}`;
    const relaxed = number % 5 === 0;
    const plain = number % 7 === 0;
    const jobNamespace = new SparkJobNamespace(platform, team, {
      quota: plain ? undefined : { cpu: Cpu.units(4), memory: Size.gibibytes(16), pods: 20 },
      allow: relaxed
        ? [Relaxation.of(Guarantee.READ_ONLY_ROOT_FILESYSTEM, 'the invoice renderer unpacks fonts beside its binary')]
        : [],
      podSecurity: plain ? PodSecurityLevel.BASELINE : PodSecurityLevel.RESTRICTED,
      isolate: number % 50 !== 0,
    });
    operator.addJobNamespace(jobNamespace);
    if (number % 3 !== 0) jobNamespace.grants.submit(airflow, { tools: [SubmitterTool.AIRFLOW] });
    if (number % 4 === 0) jobNamespace.grants.submit(robot);
    jobNamespace.grants.submit(Group.fromName(platform, `${team}-engineers`, `acme:${team}-engineers`), { logs: true });
    for (const job of ['sessions', 'invoices']) {
      new SecureSparkApplication(new Chart(jobs, `${team}-${job}`), job, {
        ...{ jobNamespace, image: IMAGE, main: MAIN, executor: { instances: 2 } },
        relax: relaxed && job === 'invoices' ? [Guarantee.READ_ONLY_ROOT_FILESYSTEM] : [],
      });
    }
    if (plain) {
      new SparkApplication(new Chart(jobs, `${team}-plain`), 'plain', { jobNamespace, image: IMAGE, main: MAIN });
    }
  }
  // Somebody from outside who may read secrets of one team.
  const rules = [{ apiGroups: [''], resources: ['secrets'], verbs: ['get', 'list'] }];
  const metadata = { name: 'backup', namespace: 'team-001' };
  new k8s.KubeRole(platform, 'backup-role', { metadata, rules });
  new k8s.KubeRoleBinding(platform, 'backup-binding', {
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'backup' },
    subjects: [{ kind: 'ServiceAccount', name: 'backup', namespace: 'backups' }],
  });
  return app;
}

export function dataOf(app: App): AccessReportData {
  return reportData(AccessReview.ofApp(app));
}

/** Text that would do harm where it is taken for markup. */
export const HOSTILE =
  '<script>document.title="owned"</script><img src=x onerror=alert(1)>"\'`|]);%%{}--\n::: </title></style>';

/** Manifests in which everything that can be a free text is hostile. */
export function hostileData(): AccessReportData {
  const subject = { kind: 'User', name: HOSTILE };
  return reportData(
    AccessReview.ofManifests([
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: {
          name: HOSTILE,
          labels: { 'app.kubernetes.io/name': 'spark-job-namespace', 'pod-security.kubernetes.io/enforce': HOSTILE },
          annotations: { 'cdk8s-spark/may-relax-encryption': HOSTILE },
        },
      },
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRole',
        metadata: { name: 'peek' },
        rules: [{ apiGroups: [HOSTILE], resources: [HOSTILE], verbs: [HOSTILE], resourceNames: [HOSTILE] }],
      },
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'RoleBinding',
        metadata: { name: 'binding', namespace: HOSTILE },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'peek' },
        subjects: [{ ...subject, apiGroup: 'rbac.authorization.k8s.io' }],
      },
      {
        apiVersion: 'sparkoperator.k8s.io/v1beta2',
        kind: 'SparkApplication',
        metadata: { name: HOSTILE, namespace: HOSTILE },
        spec: { driver: { serviceAccount: HOSTILE }, executor: { serviceAccount: `${HOSTILE}2` } },
      },
      { apiVersion: HOSTILE, kind: 7 },
    ]),
  );
}
