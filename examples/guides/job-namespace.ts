import { Chart, Size } from 'cdk8s';
import { Cpu, Group, ServiceAccount, User } from 'cdk8s-plus-28';
import {
  Guarantee,
  NetworkPeer,
  PodSecurityLevel,
  Relaxation,
  SparkApp,
  SparkJobNamespace,
  SparkOperator,
  SubmitterTool,
} from 'cdk8s-spark';

const app = new SparkApp();
const platform = new Chart(app, 'platform');

// #region namespace
const clicks = new SparkJobNamespace(platform, 'clicks', {
  quota: { cpu: Cpu.units(40), memory: Size.gibibytes(160), ephemeralStorage: Size.gibibytes(200), pods: 60 },
  limitRange: { memory: { defaultLimit: Size.gibibytes(1), max: Size.gibibytes(16) } },
});
// #endregion

// #region submitters
const airflow = ServiceAccount.fromServiceAccountName(platform, 'airflow', 'airflow-worker', {
  namespaceName: 'airflow',
});
clicks.grants.submit(airflow, { tools: [SubmitterTool.AIRFLOW] });

const robot = ServiceAccount.fromServiceAccountName(platform, 'ci', 'deployer', { namespaceName: 'ci' });
clicks.grants.submit(robot);

clicks.grants.submit(Group.fromName(platform, 'clicks-engineers', 'acme:clicks-engineers'), { logs: true });
clicks.grants.submit(User.fromName(platform, 'mira', 'mira@acme.dev'), { name: 'mira' });
// #endregion

// #region network
clicks.allowEgress('object-store', { peers: [NetworkPeer.cidr('10.20.0.0/16')], ports: [443] });
clicks.allowEgress('kafka', { peers: [NetworkPeer.podsOf('kafka', { app: 'broker' })], ports: [9093] });
clicks.allowIngress('prometheus', { peers: [NetworkPeer.podsOf('monitoring')], ports: [4040] });
// #endregion

// #region existing
const reports = SparkJobNamespace.addToExistingNamespace(platform, 'reports', {
  name: 'reports',
  podSecurity: PodSecurityLevel.RESTRICTED,
});
// #endregion

// #region relaxation
const billing = new SparkJobNamespace(platform, 'billing', {
  allow: [
    Relaxation.of(Guarantee.READ_ONLY_ROOT_FILESYSTEM, 'the invoice renderer unpacks fonts beside its binary'),
    Relaxation.of(Guarantee.NO_EXECUTOR_API_TOKEN, 'executors read their shard from a ConfigMap'),
  ],
});
// #endregion

new SparkOperator(platform, 'operator', { jobNamespaces: [clicks, reports, billing] });

app.synth();
