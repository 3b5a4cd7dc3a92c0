import { Chart, Duration, Size } from 'cdk8s';
import { Cpu, Secret } from 'cdk8s-plus-28';
import {
  ConcurrencyPolicy,
  CronSchedule,
  Encryption,
  Guarantee,
  PodSecurityLevel,
  Relaxation,
  RestartPolicy,
  ScheduledSparkApplication,
  SecureSparkApplication,
  SparkApp,
  SparkApplication,
  SparkImage,
  SparkJobNamespace,
  SparkLogLevel,
  SparkMain,
  SparkOperator,
} from 'cdk8s-spark';

const app = new SparkApp();
const platform = new Chart(app, 'platform');
const clicks = new SparkJobNamespace(platform, 'clicks');
const billing = new SparkJobNamespace(platform, 'billing', {
  allow: [Relaxation.of(Guarantee.READ_ONLY_ROOT_FILESYSTEM, 'the invoice renderer unpacks fonts beside its binary')],
});
const sandbox = new SparkJobNamespace(platform, 'sandbox', { podSecurity: PodSecurityLevel.BASELINE });
new SparkOperator(platform, 'operator', { jobNamespaces: [clicks, billing, sandbox] });

const jobs = new Chart(app, 'jobs');
jobs.addDependency(platform);
const image = SparkImage.of('registry.acme.dev/sessions:1.4.0', { sparkVersion: '4.0.4' });

// #region secure
const warehouse = Secret.fromSecretName(jobs, 'warehouse', 'warehouse-credentials');
new SecureSparkApplication(jobs, 'sessions', {
  jobNamespace: clicks,
  image,
  main: SparkMain.python('local:///opt/app/sessions.py', { arguments: ['--day', '2025-11-20'] }),
  driver: {
    memory: Size.gibibytes(2),
    env: { WAREHOUSE_PASSWORD: warehouse.envValue('password') },
  },
  executor: { instances: 3, cores: 2, coreRequest: Cpu.millis(1500), memory: Size.gibibytes(4) },
  sparkConf: { 'spark.sql.shuffle.partitions': '64' },
  logLevel: SparkLogLevel.WARN,
});
// #endregion

// #region restart
new SecureSparkApplication(jobs, 'backfill', {
  jobNamespace: clicks,
  image,
  main: SparkMain.java('local:///opt/app/backfill.jar', 'dev.acme.Backfill'),
  dynamicAllocation: { minExecutors: 1, maxExecutors: 8 },
  restartPolicy: RestartPolicy.onFailure({ retries: 2, interval: Duration.seconds(30) }),
  timeToLive: Duration.days(7),
});
// #endregion

// #region encryption
new SecureSparkApplication(jobs, 'payments', {
  jobNamespace: clicks,
  image,
  main: SparkMain.scala('local:///opt/app/payments_2.13-3.1.0.jar', 'dev.acme.Payments'),
  encryption: Encryption.fromSecret(Secret.fromSecretName(jobs, 'payments-key', 'payments-key'), 'key'),
});
// #endregion

// #region relax
new SecureSparkApplication(jobs, 'invoices', {
  jobNamespace: billing,
  image,
  main: SparkMain.java('local:///opt/app/invoices.jar', 'dev.acme.Invoices'),
  relax: [Guarantee.READ_ONLY_ROOT_FILESYSTEM],
});
// #endregion

// #region schedule
new ScheduledSparkApplication(jobs, 'nightly', {
  jobNamespace: clicks,
  image,
  main: SparkMain.python('local:///opt/app/nightly.py'),
  schedule: CronSchedule.cron('30 2 * * MON-FRI'),
  timeZone: 'Europe/Berlin',
  concurrencyPolicy: ConcurrencyPolicy.FORBID,
  successfulRunHistoryLimit: 5,
});
// #endregion

// #region plain
new SparkApplication(jobs, 'experiment', {
  jobNamespace: sandbox,
  image,
  main: SparkMain.python('local:///opt/app/experiment.py'),
});
// #endregion

// #region template
new SecureSparkApplication(jobs, 'spread', {
  jobNamespace: clicks,
  image,
  main: SparkMain.python('local:///opt/app/spread.py'),
  executor: {
    instances: 4,
    template: {
      spec: {
        topologySpreadConstraints: [
          {
            maxSkew: 1,
            topologyKey: 'kubernetes.io/hostname',
            whenUnsatisfiable: 'ScheduleAnyway',
            labelSelector: { matchLabels: { 'sparkoperator.k8s.io/app-name': 'spread' } },
          },
        ],
        containers: [],
      },
    },
  },
});
// #endregion

app.synth();
