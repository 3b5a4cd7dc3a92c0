import { Chart } from 'cdk8s';
import { Group, ServiceAccount, User } from 'cdk8s-plus-28';
import {
  ApplicationKind,
  CronSchedule,
  Guarantee,
  Relaxation,
  ScheduledSparkApplication,
  SecureSparkApplication,
  SparkApp,
  SparkImage,
  SparkJobNamespace,
  SparkMain,
  SparkOperator,
  SubmitterTool,
  WellKnownSubmitter,
} from 'cdk8s-spark';

const app = new SparkApp();
const platform = new Chart(app, 'platform');

// #region namespace
const clicks = new SparkJobNamespace(platform, 'clicks', {
  allow: [Relaxation.of(Guarantee.NO_DEBUG_RIGHTS, 'the team attaches a profiler to its drivers')],
});

const engineers = Group.fromName(platform, 'clicks-engineers', 'acme:clicks-engineers');
clicks.grants.submit(engineers);
clicks.grants.view(engineers);
clicks.grants.debug(engineers);

const onCall = Group.fromName(platform, 'on-call', 'acme:on-call');
clicks.grants.view(onCall);
clicks.grants.operate(onCall);

const dashboard = ServiceAccount.fromServiceAccountName(platform, 'dashboard', 'dashboard', {
  namespaceName: 'monitoring',
});
clicks.grants.view(dashboard, { logs: false, kinds: [ApplicationKind.SPARK_APPLICATION] });
// #endregion

// #region submitters
const airflow = { namespaceName: 'airflow', release: 'airflow' };
const worker = WellKnownSubmitter.airflowWorker(platform, 'airflow-worker', airflow);
clicks.grants.submit(worker);
clicks.grants.submit(worker, { tools: [SubmitterTool.AIRFLOW_SENSOR] });
clicks.grants.submit(WellKnownSubmitter.airflowTriggerer(platform, 'airflow-triggerer', airflow));

clicks.grants.submit(WellKnownSubmitter.argoWorkflows(platform, 'workflows', { namespaceName: 'argo' }));

const robot = WellKnownSubmitter.robot(platform, 'robot', { namespaceName: 'ci', serviceAccountName: 'deployer' });
clicks.grants.submit(robot, { logs: true });
// #endregion

const operator = new SparkOperator(platform, 'operator', { jobNamespaces: [clicks] });

const jobs = new Chart(app, 'jobs');
jobs.addDependency(platform);
const image = SparkImage.of('registry.acme.dev/sessions:1.4.0', { sparkVersion: '4.0.4' });
const main = SparkMain.python('local:///opt/app/sessions.py');

// #region application
const sessions = new SecureSparkApplication(jobs, 'sessions', { jobNamespace: clicks, image, main });
const mira = User.fromName(jobs, 'mira', 'mira@acme.dev');
sessions.grants.view(mira);
sessions.grants.debug(mira);
sessions.grants.submit(
  WellKnownSubmitter.robot(jobs, 'sessions-robot', { namespaceName: 'ci', serviceAccountName: 'sessions' }),
);

const nightly = new ScheduledSparkApplication(jobs, 'nightly', {
  jobNamespace: clicks,
  image,
  main,
  schedule: CronSchedule.cron('30 2 * * *'),
});
nightly.grants.operate(mira);
// #endregion

// #region accounts
const orders = new SparkJobNamespace(platform, 'orders', {
  driverServiceAccount: ServiceAccount.fromServiceAccountName(platform, 'spark', 'spark', { namespaceName: 'orders' }),
});

const billing = new ServiceAccount(jobs, 'billing', { metadata: { name: 'billing', namespace: 'orders' } });
new SecureSparkApplication(jobs, 'invoices', {
  jobNamespace: orders,
  image,
  main,
  driver: { serviceAccount: billing },
});
// #endregion

operator.addJobNamespace(orders);

app.synth();
