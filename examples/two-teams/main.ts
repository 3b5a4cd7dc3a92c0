import { Chart, Size } from 'cdk8s';
import { Cpu, Group, k8s, PersistentVolumeClaim, ServiceAccount } from 'cdk8s-plus-28';
import {
  CronSchedule,
  Guarantee,
  LocalDirectories,
  Relaxation,
  ScheduledSparkApplication,
  SecureSparkApplication,
  SparkApp,
  SparkImage,
  SparkJobNamespace,
  SparkMain,
  SparkOperator,
  SubmitterTool,
  WritableDirectory,
} from 'cdk8s-spark';

const app = new SparkApp();
const platform = new Chart(app, 'platform');

const clicks = new SparkJobNamespace(platform, 'clicks', {
  quota: { cpu: Cpu.units(40), memory: Size.gibibytes(160), ephemeralStorage: Size.gibibytes(200), pods: 60 },
});
const billing = new SparkJobNamespace(platform, 'billing', {
  quota: { cpu: Cpu.units(16), memory: Size.gibibytes(64), ephemeralStorage: Size.gibibytes(100), pods: 20 },
  allow: [Relaxation.of(Guarantee.READ_ONLY_ROOT_FILESYSTEM, 'the invoice renderer unpacks fonts beside its binary')],
});
const operator = new SparkOperator(platform, 'operator', { jobNamespaces: [clicks] });
operator.addJobNamespace(billing);

const airflow = ServiceAccount.fromServiceAccountName(platform, 'airflow', 'airflow-worker', {
  namespaceName: 'airflow',
});
clicks.grants.submit(airflow, { tools: [SubmitterTool.AIRFLOW] });
billing.grants.submit(Group.fromName(platform, 'billing-engineers', 'acme:billing-engineers'));

const jobs = new Chart(app, 'jobs');
jobs.addDependency(platform);
const image = SparkImage.of('docker.io/apache/spark:4.0.4', { sparkVersion: '4.0.4' });

// A model that is loaded once and kept on a volume, and shuffle data on volumes of their own.
const models = PersistentVolumeClaim.fromClaimName(jobs, 'models', 'models');
new SecureSparkApplication(jobs, 'sessions', {
  jobNamespace: clicks,
  image,
  main: SparkMain.python('local:///opt/app/sessions.py', { arguments: ['--models', '/models'] }),
  driver: { memory: Size.gibibytes(2) },
  executor: {
    instances: 3,
    cores: 2,
    memory: Size.gibibytes(4),
    localDirectories: LocalDirectories.onDemandClaim({ size: Size.gibibytes(20) }),
  },
  writableDirectories: [WritableDirectory.claim('/models', models, { shared: true })],
});

// A proxy to the warehouse beside the driver, as a native sidecar: it ends with the driver.
new SecureSparkApplication(jobs, 'export', {
  jobNamespace: clicks,
  image,
  main: SparkMain.python('local:///opt/app/export.py'),
  driver: {
    initContainers: [
      {
        name: 'warehouse-proxy',
        image: 'registry.acme.dev/warehouse-proxy:2.3.1',
        restartPolicy: 'Always',
        resources: {
          requests: quantities({ cpu: '100m', memory: '128Mi', 'ephemeral-storage': '64Mi' }),
          limits: quantities({ cpu: '500m', memory: '128Mi', 'ephemeral-storage': '64Mi' }),
        },
      },
    ],
  },
});

// Invoices every night; the one point that this team relaxes, with the reason on its namespace.
new ScheduledSparkApplication(jobs, 'invoices', {
  jobNamespace: billing,
  image,
  main: SparkMain.java('local:///opt/app/invoices.jar', 'dev.acme.billing.Invoices'),
  schedule: CronSchedule.cron('30 2 * * *'),
  timeZone: 'Europe/Berlin',
  relax: [Guarantee.READ_ONLY_ROOT_FILESYSTEM],
  dynamicAllocation: { minExecutors: 1, maxExecutors: 5 },
});

app.synth();

function quantities(amounts: Record<string, string>): Record<string, k8s.Quantity> {
  return Object.fromEntries(
    Object.entries(amounts).map(([resource, amount]) => [resource, k8s.Quantity.fromString(amount)]),
  );
}
