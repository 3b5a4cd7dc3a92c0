import { isDeepStrictEqual } from 'node:util';
import { Chart, Duration, Size } from 'cdk8s';
import { Cpu, EnvFrom, EnvValue, ImagePullPolicy, ISecret, Secret, ServiceAccount, Volume } from 'cdk8s-plus-28';
import {
  ConcurrencyPolicy,
  CronSchedule,
  DriverOptions,
  Encryption,
  ExecutorOptions,
  Guarantee,
  ISparkApplication,
  ISparkStorage,
  LocalDirectories,
  NetworkPeer,
  Relaxation,
  RestartPolicy,
  ScheduledSparkApplication,
  ScheduledSparkApplicationProps,
  SeccompProfile,
  SecureSparkApplication,
  SecureSparkApplicationProps,
  SparkImage,
  SparkImageOptions,
  SparkJobNamespace,
  SparkLogLevel,
  SparkMain,
  SparkMainOptions,
  SparkStorage,
  StateStore,
  StoragePath,
  StreamingSparkApplication,
  StreamingSparkApplicationProps,
  WritableDirectory,
} from '../../lib';
import { newChart } from '../job-namespace/manifests';
import { IMAGE, PYTHON, sidecar, withTemplate } from './fixtures';
import { Checkpoint } from '../../lib/application/storage/checkpoint';

/** Another value for each property; the compiler sees that none is missing. */
type Others<Props> = { [K in keyof Required<Props>]: (chart: Chart) => Partial<Props> };

const GIBIBYTES_9 = Size.gibibytes(9);

function storage(chart: Chart): ISparkStorage {
  const existing = chart.node.tryFindChild('volume') as ISparkStorage | undefined;
  return (
    existing ?? SparkStorage.hdfs(chart, 'volume', { nameNode: 'hdfs://namenode.acme.dev:8020', prefix: 'checkpoints' })
  );
}

function secret(chart: Chart): ISecret {
  return Secret.fromSecretName(chart, 'secret', 'credentials');
}

const POD = {
  cores: () => ({ cores: 2 }),
  coreRequest: () => ({ coreRequest: Cpu.millis(1500) }),
  coreLimit: () => ({ coreLimit: Cpu.units(7) }),
  memory: () => ({ memory: GIBIBYTES_9 }),
  memoryOverhead: () => ({ memoryOverhead: GIBIBYTES_9 }),
  javaOptions: () => ({ javaOptions: ['-Xss2m'] }),
  env: () => ({ env: { TEAM: EnvValue.fromValue('a') } }),
  envFrom: (chart: Chart) => ({ envFrom: [new EnvFrom(undefined, undefined, secret(chart))] }),
  volumeMounts: (chart: Chart) => ({
    volumeMounts: [{ path: '/credentials', volume: Volume.fromSecret(chart, 'mounted', secret(chart)) }],
  }),
  volumes: (chart: Chart) => ({
    volumes: [Volume.fromSecret(chart, 'beside', secret(chart), { name: 'beside' })],
    sidecars: [sidecar('proxy', { volumeMounts: [{ name: 'beside', mountPath: '/beside' }] })],
  }),
  sidecars: () => ({ sidecars: [sidecar('proxy')] }),
  initContainers: () => ({ initContainers: [sidecar('fetch')] }),
  nodeSelector: () => ({ nodeSelector: { disk: 'ssd' } }),
  tolerations: () => ({ tolerations: [{ key: 'spark', operator: 'Exists' }] }),
  affinity: () => ({
    affinity: {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname', labelSelector: {} }],
      },
    },
  }),
  labels: () => ({ labels: { team: 'a' } }),
  annotations: () => ({ annotations: { 'acme.dev/team': 'a' } }),
  priorityClassName: () => ({ priorityClassName: 'low' }),
  terminationGracePeriod: () => ({ terminationGracePeriod: Duration.seconds(7) }),
  localDirectories: () => ({ localDirectories: LocalDirectories.emptyDir({ sizeLimit: GIBIBYTES_9 }) }),
  template: () => withTemplate({ dnsPolicy: 'Default' }),
  serviceAccount: (chart: Chart) => ({
    serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'account', 'quiet', { namespaceName: 'team-1' }),
  }),
};

const DRIVER: Others<DriverOptions> = POD;
const EXECUTOR: Others<ExecutorOptions> = {
  ...POD,
  instances: () => ({ instances: 7 }),
  deleteOnTermination: () => ({ deleteOnTermination: false }),
};

const IMAGE_OPTIONS: Others<SparkImageOptions> = {
  sparkVersion: () => ({ sparkVersion: '4.0.1' }),
  scalaVersion: () => ({ sparkVersion: '3.5.3', scalaVersion: '2.13' }),
  javaVersion: () => ({ javaVersion: 21 }),
  pythonVersion: () => ({ pythonVersion: '3.12' }),
  pullPolicy: () => ({ pullPolicy: ImagePullPolicy.ALWAYS }),
  pullSecrets: (chart) => ({ pullSecrets: [secret(chart)] }),
  userId: () => ({ userId: 1000 }),
};

const MAIN_OPTIONS: Others<SparkMainOptions> = { arguments: () => ({ arguments: ['--day', '2026-01-01'] }) };

const JOB: Others<SecureSparkApplicationProps> = {
  name: () => ({ name: 'renamed' }),
  jobNamespace: (chart) => ({ jobNamespace: new SparkJobNamespace(chart, 'team-2') }),
  image: () => ({ image: SparkImage.of('registry.acme.dev/other:2', { sparkVersion: '4.0.4' }) }),
  main: () => ({ main: SparkMain.scala('local:///opt/app/other.jar', 'org.acme.Other') }),
  driver: () => ({ driver: { cores: 2 } }),
  executor: () => ({ executor: { cores: 2 } }),
  dependencies: () => ({ dependencies: { files: ['local:///opt/app/settings.json'] } }),
  sparkConf: () => ({ sparkConf: { 'spark.sql.shuffle.partitions': '64' } }),
  hadoopConf: () => ({ hadoopConf: { 'dfs.replication': '2' } }),
  dynamicAllocation: () => ({ dynamicAllocation: { maxExecutors: 9 } }),
  restartPolicy: () => ({ restartPolicy: RestartPolicy.onFailure() }),
  timeToLive: () => ({ timeToLive: Duration.hours(1) }),
  logLevel: () => ({ logLevel: SparkLogLevel.WARN }),
  writableDirectories: () => ({
    writableDirectories: [WritableDirectory.emptyDir('/scratch', { sizeLimit: GIBIBYTES_9 })],
  }),
  checkpoint: (chart) => ({ checkpoint: Checkpoint.on(storage(chart), { version: 2, namedQueries: true }) }),
  storagePaths: (chart) => ({ storagePaths: [StoragePath.read(storage(chart), 'raw')] }),
  eventLog: (chart) => ({ eventLog: { storage: storage(chart), path: 'event-logs' } }),
  kafka: () => ({ kafka: { peers: [NetworkPeer.cidr('10.0.0.0/8')], ports: [9092] } }),
  suspend: () => ({ suspend: true }),
  labels: () => ({ labels: { team: 'a' } }),
  annotations: () => ({ annotations: { 'acme.dev/team': 'a' } }),
  relax: () => ({ relax: [Guarantee.READ_ONLY_ROOT_FILESYSTEM] }),
  seccompProfile: () => ({ seccompProfile: SeccompProfile.localhost('profiles/spark.json') }),
  encryption: (chart) => ({ encryption: Encryption.fromSecret(secret(chart), 'key') }),
  temporaryDirectory: () => ({ temporaryDirectory: { sizeLimit: GIBIBYTES_9 } }),
  workingDirectory: () => ({ workingDirectory: { sizeLimit: GIBIBYTES_9 } }),
  ivyDirectory: () => ({ ivyDirectory: { sizeLimit: GIBIBYTES_9 } }),
};

type ScheduleProps = Omit<ScheduledSparkApplicationProps, keyof SecureSparkApplicationProps>;
const SCHEDULE: Others<ScheduleProps> = {
  schedule: () => ({ schedule: CronSchedule.cron('7 3 * * *') }),
  timeZone: () => ({ timeZone: 'Europe/Berlin' }),
  concurrencyPolicy: () => ({ concurrencyPolicy: ConcurrencyPolicy.ALLOW }),
  successfulRunHistoryLimit: () => ({ successfulRunHistoryLimit: 7 }),
  failedRunHistoryLimit: () => ({ failedRunHistoryLimit: 7 }),
};

type StreamProps = Omit<StreamingSparkApplicationProps, keyof SecureSparkApplicationProps>;
const STREAM: Others<StreamProps> = {
  gracefulStop: () => ({ gracefulStop: false }),
  stopWithin: () => ({ stopWithin: Duration.minutes(7) }),
  triggerInterval: () => ({ triggerInterval: Duration.seconds(30) }),
  maxOffsetsPerTrigger: () => ({ maxOffsetsPerTrigger: 7 }),
  progressMetrics: () => ({ progressMetrics: false }),
  stateStore: () => ({ stateStore: StateStore.ROCKSDB }),
  minBatchesToRetain: () => ({ minBatchesToRetain: 7 }),
  noDataMicroBatches: () => ({ noDataMicroBatches: false }),
};

/** Makes one job in a namespace of the chart. */
type Job = (chart: Chart, jobNamespace: SparkJobNamespace, id: string) => ISparkApplication;

interface Row {
  readonly title: string;
  readonly usual: Job;
  readonly other: Job;
}

const secure =
  (overrides: (chart: Chart) => Partial<SecureSparkApplicationProps>): Job =>
  (chart, jobNamespace, id) =>
    new SecureSparkApplication(chart, id, { jobNamespace, image: IMAGE, main: PYTHON, ...overrides(chart) });

const scheduled =
  (overrides: (chart: Chart) => Partial<ScheduleProps>): Job =>
  (chart, jobNamespace, id) => {
    const schedule = CronSchedule.cron('0 2 * * *');
    const props = { jobNamespace, image: IMAGE, main: PYTHON, schedule, ...overrides(chart) };
    return new ScheduledSparkApplication(chart, id, props);
  };

const streaming =
  (overrides: (chart: Chart) => Partial<StreamProps>): Job =>
  (chart, jobNamespace, id) => {
    const props = {
      jobNamespace,
      image: IMAGE,
      main: PYTHON,
      checkpoint: Checkpoint.on(storage(chart)),
      ...overrides(chart),
    };
    return new StreamingSparkApplication(chart, id, props);
  };

function rowsOf<Props>(
  what: string,
  others: Others<Props>,
  job: (overrides: (chart: Chart) => Partial<Props>) => Job,
): Row[] {
  return Object.entries<(chart: Chart) => Partial<Props>>(others).map(([property, other]) => ({
    title: `${what}${property}`,
    usual: job(() => ({})),
    other: job(other),
  }));
}

const ROWS: Row[] = [
  ...rowsOf('', JOB, secure),
  ...rowsOf('driver.', DRIVER, (overrides) => secure((chart) => ({ driver: overrides(chart) }))),
  ...rowsOf('executor.', EXECUTOR, (overrides) => secure((chart) => ({ executor: overrides(chart) }))),
  ...rowsOf('image.', IMAGE_OPTIONS, (overrides) =>
    secure((chart) => ({
      image: SparkImage.of('registry.acme.dev/sessions:1.4.0', { sparkVersion: '4.0.4', ...overrides(chart) }),
    })),
  ),
  ...rowsOf('main.', MAIN_OPTIONS, (overrides) =>
    secure((chart) => ({ main: SparkMain.python('local:///opt/app/sessions.py', overrides(chart)) })),
  ),
  ...rowsOf('schedule: ', SCHEDULE, scheduled),
  ...rowsOf('stream: ', STREAM, streaming),
];

/** What only network policies, permissions of a cloud, or the checks of this library read. */
const NOT_IN_MANIFEST = ['kafka', 'storagePaths', 'image.javaVersion', 'image.pythonVersion'];

/** The manifests of jobs in one namespace, made in this order. */
function manifestsOf(jobs: readonly (readonly [id: string, job: Job])[]): Record<string, unknown> {
  const chart = newChart();
  const allow = Object.values(Guarantee).map((guarantee) => Relaxation.of(guarantee, 'an old image'));
  const jobNamespace = new SparkJobNamespace(chart, 'team-1', { allow });
  return Object.fromEntries(
    jobs
      .map(([id, job]) => [id, job(chart, jobNamespace, id)] as const)
      .map(([id, { apiObject }]) => [id, apiObject.toJson()]),
  );
}

describe.each(ROWS)('a job with another $title', ({ title, usual, other }) => {
  test('and the usual one share nothing, whichever is made first', () => {
    const alone = { ...manifestsOf([['usual', usual]]), ...manifestsOf([['other', other]]) };
    expect(manifestsOf([['usual', usual], ['other', other]])).toEqual(alone); // prettier-ignore
    expect(manifestsOf([['other', other], ['usual', usual]])).toEqual(alone); // prettier-ignore
  });

  test('has a manifest of its own, unless nothing of the property stands there', () => {
    const [{ job: first }, { job: second }] = [manifestsOf([['job', usual]]), manifestsOf([['job', other]])];
    expect(isDeepStrictEqual(first, second)).toBe(NOT_IN_MANIFEST.includes(title));
  });
});
