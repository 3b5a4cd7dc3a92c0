import { Chart } from 'cdk8s';
import { EnvValue, PersistentVolumeAccessMode, PersistentVolumeClaim, Secret, ServiceAccount } from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { CronSchedule } from '../../../lib/application/schedule/cron-schedule';
import { ScheduledSparkApplication } from '../../../lib/application/scheduled-spark-application';
import { SecureSparkApplication } from '../../../lib/application/secure-spark-application';
import { SparkApplication } from '../../../lib/application/spark-application';
import { SparkImage } from '../../../lib/spark/spark-image';
import { SparkMain } from '../../../lib/spark/spark-main';
import { NetworkPeer, NetworkRule } from '../../../lib/job-namespace/network/network-peer';
import { PodSecurityLevel } from '../../../lib/kubernetes/pod-security-level';
import { SparkJobNamespace } from '../../../lib/job-namespace/spark-job-namespace';
import { SparkJobNamespaceProps } from '../../../lib/job-namespace/spark-job-namespace-props';
import { SparkStorage, ISparkStorage } from '../../../lib/storage/spark-storage';
import { CloudIdentity } from '../../../lib/storage/identity/cloud-identity';
import { find, Manifest, manifests, messageOf, names, newChart } from '../../job-namespace/manifests';
import { ENTRA, PREFIX, ROLE, secretOf, STORAGES } from '../../storage/storages';
import { IMAGE, Overrides, PYTHON, RenderedRole, RenderedSpec, withTemplate } from '../fixtures';
import { tenancyOf } from '../../../lib/job-namespace/tenancy';
import { Checkpoint } from '../../../lib/application/storage/checkpoint';

/** A storage with the job's checkpoint, or the checkpoint itself. */
type Storage = (chart: Chart) => ISparkStorage | Checkpoint;

const OLD_IMAGE = SparkImage.of('registry.acme.dev/sessions:1.4.0', { sparkVersion: '3.5.7' });
const BUCKET = { bucket: 'acme-streams', prefix: PREFIX };
const onS3 = (chart: Chart): ISparkStorage => STORAGES.s3(chart);
const onGcs: Storage = (chart) => STORAGES.gcs(chart);
const withSecret = (chart: Chart): ISparkStorage =>
  SparkStorage.s3(chart, 'checkpoints', { ...BUCKET, identity: secretOf(chart) });

/** A chart with one secure application that has a checkpoint. */
function chartWith(storage: Storage, overrides: Overrides = {}, namespace: SparkJobNamespaceProps = {}): Chart {
  const chart = newChart();
  const jobNamespace = new SparkJobNamespace(chart, 'clicks', namespace);
  const given = storage(chart);
  const checkpoint = given instanceof Checkpoint ? given : Checkpoint.on(given);
  new SecureSparkApplication(chart, 'sessions', { jobNamespace, image: IMAGE, main: PYTHON, checkpoint, ...overrides });
  return chart;
}

function specOf(chart: Chart): RenderedSpec {
  return find(chart, 'SparkApplication', 'sessions').spec as RenderedSpec;
}

function specWith(storage: Storage, overrides: Overrides = {}): RenderedSpec {
  return specOf(chartWith(storage, overrides));
}

function refusal(storage: Storage, overrides: Overrides = {}): string {
  return messageOf(() => chartWith(storage, overrides));
}

/** The variables of a role that are not the library's own. */
function env({ template }: RenderedRole): unknown[] {
  return (template.spec.containers[0].env ?? []).filter(({ name }) => name !== 'HOME');
}

/** What the store sets. */
function hadoop({ sparkConf }: RenderedSpec): Record<string, string> {
  return Object.fromEntries(Object.entries(sparkConf).filter(([key]) => key.startsWith('spark.hadoop.')));
}

function accountsOf({ driver, executor }: RenderedSpec): unknown[] {
  return [driver.serviceAccount, executor.serviceAccount];
}

function egressOf(chart: Chart, name: string): unknown {
  return (find(chart, 'NetworkPolicy', `spark-egress-${name}`).spec as { egress: unknown }).egress;
}

function anywhere(...ports: number[]): unknown[] {
  return [{ ports: ports.map((port) => ({ protocol: 'TCP', port })) }];
}

describe('a job with a checkpoint', () => {
  const location = 's3a://acme-streams/checkpoints/prod-eu/clicks/sessions';

  test('finds its location in variable, configuration and arguments', () => {
    const main = SparkMain.python('local:///opt/app/sessions.py', {
      arguments: [
        '--checkpoint',
        SparkMain.CHECKPOINT_LOCATION,
        `--state=${SparkMain.CHECKPOINT_LOCATION}/state`,
        '-v',
      ],
    });
    const spec = specWith(onS3, { main });
    expect(env(spec.driver)).toEqual([{ name: 'SPARK_CHECKPOINT_LOCATION', value: location }]);
    expect(env(spec.executor)).toEqual([]);
    expect(spec.sparkConf['spark.checkpoint.location']).toBe(location);
    expect(spec.sparkConf).not.toHaveProperty(['spark.sql.streaming.checkpointLocation']);
    expect(spec.arguments).toEqual(['--checkpoint', location, `--state=${location}/state`, '-v']);
  });

  test('starts anew with another version', () => {
    const spec = specWith((chart) => Checkpoint.on(onS3(chart), { version: 2 }));
    expect(spec.sparkConf['spark.checkpoint.location']).toBe(`${location}/v2`);
  });

  test('has it as the root of named queries only where it asks for that', () => {
    const key = 'spark.sql.streaming.checkpointLocation';
    const confOf = (namedQueries: boolean): Record<string, string> =>
      specWith((chart) => Checkpoint.on(onS3(chart), { namedQueries })).sparkConf;
    expect(confOf(true)[key]).toBe(location);
    expect(confOf(false)).not.toHaveProperty([key]);
  });

  test('may be plain or scheduled; its path has the schedule’s name and not a run’s', () => {
    const chart = newChart();
    const jobNamespace = new SparkJobNamespace(chart, 'clicks', { podSecurity: PodSecurityLevel.BASELINE });
    const common = { jobNamespace, image: IMAGE, main: PYTHON, checkpoint: Checkpoint.on(onS3(chart)) };
    new SparkApplication(chart, 'plain', common);
    new ScheduledSparkApplication(chart, 'hourly', { ...common, schedule: CronSchedule.cron('0 * * * *') });
    const plain = find(chart, 'SparkApplication', 'plain').spec as RenderedSpec;
    const hourly = (find(chart, 'ScheduledSparkApplication', 'hourly').spec as { template: RenderedSpec }).template;
    expect([plain, hourly].map(({ sparkConf }) => sparkConf['spark.checkpoint.location'])).toEqual([
      's3a://acme-streams/checkpoints/prod-eu/clicks/plain',
      's3a://acme-streams/checkpoints/prod-eu/clicks/hourly',
    ]);
  });

  test('keeps its path when jobs around it come, go and change their order', () => {
    const name = fc.stringMatching(/^[a-z]{1,4}$/);
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 4 }), fc.uniqueArray(name, { maxLength: 4 }), (before, after) => {
        const chart = newChart();
        const jobNamespace = new SparkJobNamespace(chart, 'clicks');
        const checkpoint = Checkpoint.on(onS3(chart));
        const others = after.filter((other) => !before.includes(other));
        for (const id of [...before, 'sessions', ...others]) {
          new SecureSparkApplication(chart, id, { jobNamespace, image: IMAGE, main: PYTHON, checkpoint });
        }
        const locations = manifests(chart)
          .filter(({ kind }) => kind === 'SparkApplication')
          .map(({ spec }) => (spec as RenderedSpec).sparkConf['spark.checkpoint.location']);
        expect(locations).toContain(location);
        expect(new Set(locations).size).toBe(before.length + 1 + others.length);
      }),
      { numRuns: 10 },
    );
  });

  test('changes nothing of its caller', () => {
    const driver = { env: { A: EnvValue.fromValue('1') } };
    const sparkConf = { 'spark.ui.enabled': 'false' };
    specWith(onS3, { driver, sparkConf });
    expect(Object.keys(driver)).toEqual(['env']);
    expect(Object.keys(driver.env)).toEqual(['A']);
    expect(sparkConf).toEqual({ 'spark.ui.enabled': 'false' });
  });

  test.each([
    [
      'the variable of its own',
      { driver: { env: { SPARK_CHECKPOINT_LOCATION: EnvValue.fromValue('x') } } },
      'driver.env.SPARK_CHECKPOINT_LOCATION is set by checkpoint; leave it out',
    ],
    [
      'the key of its own',
      { sparkConf: { 'spark.checkpoint.location': 'x' } },
      'sparkConf["spark.checkpoint.location"] = "x" is not possible: use checkpoint',
    ],
    [
      'a key of the store',
      { sparkConf: { 'spark.hadoop.fs.s3a.buffer.dir': '/x' } },
      'sparkConf["spark.hadoop.fs.s3a.buffer.dir"] and checkpoint set the same key; leave it out, or leave out checkpoint',
    ],
    [
      'a key of the store for Hadoop',
      { hadoopConf: { 'fs.s3a.path.style.access': 'true' } },
      'hadoopConf["fs.s3a.path.style.access"] and checkpoint set the same key; leave it out, or leave out checkpoint',
    ],
    ['a name that is none', { name: 'A' }, 'the name "A" is no DNS label'],
  ] as [string, Overrides, string][])('may not have %s', (_what, overrides, problem) => {
    expect(refusal(onS3, overrides)).toContain(`test/sessions: ${problem}`);
  });

  test('is a Checkpoint, and not the storage alone', () => {
    const bare = (chart: Chart): Overrides => ({ checkpoint: onS3(chart) as unknown as Checkpoint });
    const chart = newChart();
    expect(refusal(onS3, bare(chart))).toBe(
      'test/sessions: checkpoint is a SparkStorage; pass a Checkpoint, such as Checkpoint.on(storage)',
    );
    expect(refusal(onS3, { checkpoint: 's3a://x' as unknown as Checkpoint })).toBe(
      'test/sessions: checkpoint is "s3a://x" (string); pass a Checkpoint, such as Checkpoint.on(storage)',
    );
  });

  test('has storage where its arguments name the location', () => {
    const main = SparkMain.python('local:///opt/app/sessions.py', { arguments: [SparkMain.CHECKPOINT_LOCATION] });
    expect(refusal(onS3, { checkpoint: undefined, main })).toBe(
      'test/sessions: an argument has SparkMain.CHECKPOINT_LOCATION, but the application has no checkpoint; pass ' +
        'Checkpoint.on(storage)',
    );
  });

  test.each(['file:///tmp/checkpoint', 'checkpoint', '/tmp/checkpoint', 's3://acme/checkpoint'])(
    'never has the root of its queries at %s (row 44)',
    (root) => {
      const sparkConf = { 'spark.sql.streaming.checkpointLocation': root };
      expect(refusal(onS3, { checkpoint: undefined, sparkConf })).toBe(
        `test/sessions: sparkConf["spark.sql.streaming.checkpointLocation"] = "${root}" is a disk that is gone with its ` +
          'pod, or a file system that Spark does not know; use checkpoint: Checkpoint.on(storage, { namedQueries: true })',
      );
    },
  );

  test.each(['s3a://acme/a', 'gs://acme/a', 'hdfs://namenode:8020/a', 'abfss://c@a.dfs.core.windows.net/a'])(
    'may have the root of its queries at %s',
    (root) => {
      const sparkConf = { 'spark.sql.streaming.checkpointLocation': root };
      expect(specWith(onS3, { checkpoint: undefined, sparkConf }).sparkConf).toMatchObject(sparkConf);
    },
  );
});

describe('a job that reads the checkpoint of another', () => {
  test('is another one', () => {
    expect(refusal((chart) => Checkpoint.readOnly(onS3(chart), 'sessions'))).toBe(
      'test/sessions: checkpoint is that of "sessions", the application itself, which Checkpoint.readOnly only reads; use ' +
        'Checkpoint.on',
    );
  });
});

describe('one path', () => {
  /** A plain and a scheduled job of one name are two objects. */
  function twoOfOneName(second: (storage: ISparkStorage) => Overrides): Chart {
    const chart = newChart();
    const jobNamespace = new SparkJobNamespace(chart, 'clicks');
    const storage = withSecret(chart);
    const common = { jobNamespace, image: IMAGE, main: PYTHON, checkpoint: Checkpoint.on(storage), name: 'sessions' };
    new SecureSparkApplication(chart, 'stream', common);
    new ScheduledSparkApplication(chart, 'runs', {
      ...common,
      schedule: CronSchedule.cron('0 * * * *'),
      ...second(storage),
    });
    return chart;
  }

  test('is one job’s', () => {
    expect(messageOf(() => manifests(twoOfOneName(() => ({}))))).toContain(
      '[SparkProgram] test/runs and test/stream write one checkpoint, ' +
        's3a://acme-streams/checkpoints/prod-eu/clicks/sessions: give one of them another name, storage with another ' +
        'prefix, or another path in sparkConf; one that only reads has Checkpoint.readOnly',
    );
  });

  test('does not lie inside of another job’s', () => {
    const second = (storage: ISparkStorage): Overrides => ({ checkpoint: Checkpoint.on(storage, { version: 2 }) });
    expect(messageOf(() => manifests(twoOfOneName(second)))).toContain(
      'test/runs and test/stream write checkpoints one inside of the other, in ' +
        's3a://acme-streams/checkpoints/prod-eu/clicks/sessions:',
    );
  });

  test('may be read by another job', () => {
    const chart = twoOfOneName((storage) => ({
      name: 'report',
      checkpoint: Checkpoint.readOnly(storage, 'sessions'),
    }));
    const spec = find(chart, 'ScheduledSparkApplication', 'report').spec as { template: RenderedSpec };
    expect(spec.template.sparkConf['spark.checkpoint.location']).toBe(
      's3a://acme-streams/checkpoints/prod-eu/clicks/sessions',
    );
  });

  test.each([
    ['https://S3.eu-central-1.amazonaws.com', true],
    ['https://s3.dualstack.cn-north-1.amazonaws.com.cn', true],
    ['https://minio.acme.dev', false],
    ['https://amazonaws.com.acme.dev', false],
  ])('is that of a bucket of AWS at %s too: %s', (endpoint, isSame) => {
    const chart = newChart();
    const checkpoint = Checkpoint.on(SparkStorage.s3(chart, 'other', { ...BUCKET, identity: ROLE, endpoint }));
    const jobNamespace = new SparkJobNamespace(chart, 'clicks');
    const common = { jobNamespace, image: IMAGE, main: PYTHON, name: 'sessions' };
    new SecureSparkApplication(chart, 'stream', { ...common, checkpoint: Checkpoint.on(onS3(chart)) });
    const schedule = CronSchedule.cron('0 * * * *');
    new ScheduledSparkApplication(chart, 'runs', { ...common, checkpoint, schedule });
    expect(
      chart.node.root.node
        .findAll()
        .flatMap((one) => one.node.validate())
        .join('\n'),
    ).toMatch(isSame ? /runs and test\/stream write one checkpoint/ : /^(?!.*write one checkpoint)/);
  });

  test('is no other store’s, and no other claim’s', () => {
    const chart = newChart();
    const claim = PersistentVolumeClaim.fromClaimName(chart, 'claim', 'state');
    const accessMode = PersistentVolumeAccessMode.READ_WRITE_MANY;
    const storages = [
      SparkStorage.s3(chart, 'aws', { ...BUCKET, identity: secretOf(chart) }),
      SparkStorage.s3(chart, 'minio', {
        ...BUCKET,
        identity: CloudIdentity.secret(Secret.fromSecretName(chart, 'minio-secret', 'minio-keys')),
        endpoint: 'https://minio.acme.dev',
      }),
      SparkStorage.persistentVolumeClaim(chart, 'volume', { claim, accessMode, prefix: PREFIX }),
    ];
    const jobNamespace = new SparkJobNamespace(chart, 'clicks');
    const common = { jobNamespace, image: IMAGE, main: PYTHON };
    storages.forEach((storage, index) => {
      new SecureSparkApplication(chart, `job-${index}`, { ...common, checkpoint: Checkpoint.on(storage) });
    });
    expect(() => manifests(chart)).not.toThrow();
  });
});

describe('configuration of the store', () => {
  test('names S3A’s provider, buffers in the writable /tmp, and gives up in time (row 38)', () => {
    expect(hadoop(specWith(onS3))).toEqual({
      'spark.hadoop.fs.s3a.attempts.maximum': '5',
      'spark.hadoop.fs.s3a.aws.credentials.provider':
        'software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider',
      'spark.hadoop.fs.s3a.buffer.dir': '/tmp/s3a',
      'spark.hadoop.fs.s3a.connection.establish.timeout': '15000',
      'spark.hadoop.fs.s3a.connection.timeout': '60000',
      'spark.hadoop.fs.s3a.path.style.access': 'false',
    });
  });

  test.each([
    ['awsRole', () => ROLE, 'com.amazonaws.auth.WebIdentityTokenCredentialsProvider'],
    ['secret', secretOf, 'com.amazonaws.auth.EnvironmentVariableCredentialsProvider'],
  ])('names the provider of the older SDK with Spark 3.5: %s (row 38)', (_kind, identity, provider) => {
    const storage: Storage = (chart) => SparkStorage.s3(chart, 'checkpoints', { ...BUCKET, identity: identity(chart) });
    const key = 'spark.hadoop.fs.s3a.aws.credentials.provider';
    expect(specWith(storage, { image: OLD_IMAGE }).sparkConf[key]).toBe(provider);
  });

  test('has path style with an endpoint, and region and commits as told (row 41)', () => {
    const own: Storage = (chart) =>
      SparkStorage.s3(chart, 'checkpoints', {
        ...BUCKET,
        identity: ROLE,
        endpoint: 'http://minio.store:9000',
        region: 'eu-central-1',
        abortableCommits: true,
      });
    const { sparkConf } = specWith(own);
    expect(sparkConf).toMatchObject({
      'spark.hadoop.fs.s3a.endpoint': 'http://minio.store:9000',
      'spark.hadoop.fs.s3a.endpoint.region': 'eu-central-1',
      'spark.hadoop.fs.s3a.path.style.access': 'true',
      'spark.sql.streaming.checkpointFileManagerClass':
        'org.apache.spark.internal.io.cloud.AbortableStreamBasedCheckpointFileManager',
    });
    expect(specWith(onS3).sparkConf).not.toHaveProperty(['spark.sql.streaming.checkpointFileManagerClass']);
  });

  test('of Google asks for no folder above the job’s', () => {
    expect(hadoop(specWith(onGcs))).toEqual({
      'spark.hadoop.fs.AbstractFileSystem.gs.impl': 'com.google.cloud.hadoop.fs.gcs.GoogleHadoopFS',
      'spark.hadoop.fs.gs.auth.type': 'COMPUTE_ENGINE',
      'spark.hadoop.fs.gs.create.items.conflict.check.enable': 'false',
      'spark.hadoop.fs.gs.impl': 'com.google.cloud.hadoop.fs.gcs.GoogleHadoopFileSystem',
    });
  });

  test('of Azure has the account’s hierarchical namespace and makes no container (row 42)', () => {
    const host = 'acmestreams.dfs.core.windows.net';
    const provider = 'org.apache.hadoop.fs.azurebfs.oauth2.WorkloadIdentityTokenProvider';
    expect(hadoop(specWith(STORAGES.azure))).toEqual({
      'spark.hadoop.fs.azure.account.hns.enabled': 'true',
      'spark.hadoop.fs.azure.buffer.dir': '/tmp/abfs',
      'spark.hadoop.fs.azure.createRemoteFileSystemDuringInitialization': 'false',
      [`spark.hadoop.fs.azure.account.auth.type.${host}`]: 'OAuth',
      [`spark.hadoop.fs.azure.account.oauth.provider.type.${host}`]: provider,
      [`spark.hadoop.fs.azure.account.oauth2.client.id.${host}`]: '00000000-1111-2222-3333-444444444444',
      [`spark.hadoop.fs.azure.account.oauth2.msi.tenant.${host}`]: '55555555-6666-7777-8888-999999999999',
      [`spark.hadoop.fs.azure.account.oauth2.token.file.${host}`]: '/var/run/secrets/azure/tokens/azure-identity-token',
    });
  });

  test('of HDFS and of a claim is Spark’s own', () => {
    expect(hadoop(specWith(STORAGES.hdfs))).toEqual({});
    expect(hadoop(specWith(STORAGES.persistentVolumeClaim))).toEqual({});
  });

  test.each([
    ['eksPodIdentity', 's3', CloudIdentity.eksPodIdentity(), 'the AWS SDK of older ones does not know'],
    ['azureWorkloadIdentity', 'azure', ENTRA, 'the Hadoop of older ones does not know'],
  ])('needs Spark 4.0 for %s', (kind, store, identity, reason) => {
    const storage: Storage = (chart) =>
      store === 's3' ? SparkStorage.s3(chart, 'checkpoints', { ...BUCKET, identity }) : STORAGES.azure(chart);
    expect(refusal(storage, { image: OLD_IMAGE })).toBe(
      'test/sessions: checkpoint needs Spark 4.0 or newer, but the image has 3.5.7: ' +
        `${reason} CloudIdentity.${kind}; give a newer image, or another identity`,
    );
    expect(() => specWith(storage)).not.toThrow();
  });
});

describe('an identity of a cloud', () => {
  test('is that of the job’s own accounts, of which only the driver’s has rights (row 38)', () => {
    const chart = chartWith(onS3);
    expect(accountsOf(specOf(chart))).toEqual(['sessions-driver', 'sessions-executor']);
    for (const role of ['driver', 'executor']) {
      const account = find(chart, 'ServiceAccount', `sessions-${role}`);
      expect(account.metadata).toMatchObject({
        namespace: 'clicks',
        annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/sessions' },
        labels: { 'app.kubernetes.io/instance': 'sessions', 'app.kubernetes.io/component': role },
      });
      expect(account.automountServiceAccountToken).toBe(false);
    }
    const subjects = (find(chart, 'RoleBinding', 'spark-driver').subjects as Manifest['metadata'][]).map(
      ({ name }) => name,
    );
    expect(subjects).toEqual(['sessions-driver', 'spark-driver']);
  });

  test('is none of the Kubernetes API for executors (row 15)', () => {
    const { driver, executor } = specWith(onS3);
    expect(driver.template.spec.automountServiceAccountToken).toBe(true);
    expect(executor.template.spec.automountServiceAccountToken).toBe(false);
  });

  test('is not the executors’ where they do not reach the store', () => {
    const chart = chartWith((scope) =>
      SparkStorage.s3(scope, 'checkpoints', { ...BUCKET, identity: ROLE, executorAccess: false }),
    );
    expect(accountsOf(specOf(chart))).toEqual(['sessions-driver', 'spark-executor']);
    expect(names(chart, 'ServiceAccount')).not.toContain('sessions-executor');
  });

  test.each([
    [
      'gkeWorkloadIdentity',
      CloudIdentity.gkeWorkloadIdentity('sessions@acme-1.iam.gserviceaccount.com'),
      { 'iam.gke.io/gcp-service-account': 'sessions@acme-1.iam.gserviceaccount.com' },
    ],
    ['gkePrincipal', CloudIdentity.gkePrincipal(), {}],
  ])('of Google stands on the account as %s says', (_kind, identity, annotations) => {
    const chart = chartWith((scope) => SparkStorage.gcs(scope, 'checkpoints', { ...BUCKET, identity }));
    const { metadata } = find(chart, 'ServiceAccount', 'sessions-driver');
    expect(
      Object.entries(metadata.annotations ?? {}).filter(([key]) => key.includes('google') || key.includes('gke')),
    ).toEqual(Object.entries(annotations));
  });

  test('of EKS Pod Identity stands on no account', () => {
    const chart = chartWith((scope) =>
      SparkStorage.s3(scope, 'checkpoints', { ...BUCKET, identity: CloudIdentity.eksPodIdentity() }),
    );
    const { metadata } = find(chart, 'ServiceAccount', 'sessions-driver');
    expect(Object.keys(metadata.annotations ?? {}).filter((key) => key.includes('eks'))).toEqual([]);
    expect(specOf(chart).sparkConf['spark.hadoop.fs.s3a.aws.credentials.provider']).toBe(
      'software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider',
    );
  });

  test('of Azure is asked for by a label on the pods of both roles (row 43)', () => {
    const { driver, executor } = specWith(STORAGES.azure, { driver: { labels: { team: 'clicks' } } });
    expect(driver.template.metadata?.labels).toEqual({ team: 'clicks', 'azure.workload.identity/use': 'true' });
    expect(executor.template.metadata?.labels).toEqual({ 'azure.workload.identity/use': 'true' });
  });

  test('of Azure is not switched off by a label', () => {
    const labels = { 'azure.workload.identity/use': 'false' };
    expect(refusal(STORAGES.azure, { executor: { labels } })).toBe(
      'test/sessions: executor.labels "azure.workload.identity/use" is set by the identity of checkpoint; leave it out',
    );
  });

  test('stands beside no account that the application brings', () => {
    const chart = newChart();
    const jobNamespace = new SparkJobNamespace(chart, 'clicks');
    const serviceAccount = ServiceAccount.fromServiceAccountName(chart, 'account', 'etl', { namespaceName: 'clicks' });
    const props = {
      jobNamespace,
      image: IMAGE,
      main: PYTHON,
      checkpoint: Checkpoint.on(onS3(chart)),
      driver: { serviceAccount },
    };
    expect(messageOf(() => new SecureSparkApplication(chart, 'sessions', props))).toBe(
      'test/sessions: driver.serviceAccount is "etl", but the identity of checkpoint, CloudIdentity.awsRole, gives the ' +
        'job accounts of its own; leave it out',
    );
  });

  test.each([
    [
      'key in the environment',
      { driver: { env: { AWS_ACCESS_KEY_ID: EnvValue.fromValue('x') } } },
      'driver.env.AWS_ACCESS_KEY_ID',
    ],
    [
      'key in Hadoop’s configuration',
      { hadoopConf: { 'fs.s3a.access.key': '${env.KEY}' } },
      'hadoopConf["fs.s3a.access.key"]',
    ],
    [
      'key in Spark’s configuration',
      { sparkConf: { 'spark.hadoop.fs.s3a.session.token': '${env:TOKEN}' } },
      'sparkConf["spark.hadoop.fs.s3a.session.token"]',
    ],
  ] as [string, Overrides, string][])('stands beside no %s', (_what, overrides, place) => {
    expect(refusal(onS3, overrides)).toContain(
      `${place} is a credential beside the identity of checkpoint, CloudIdentity.awsRole; keep one of the two`,
    );
  });

  test('stands beside no key file', () => {
    const key = 'fs.gs.auth.service.account.json.keyfile';
    expect(refusal(onGcs, { hadoopConf: { [key]: '/key.json' } })).toBe(
      `test/sessions: hadoopConf["${key}"] is a credential beside the identity of checkpoint, CloudIdentity.gkePrincipal; ` +
        'keep one of the two',
    );
    const container = {
      name: 'spark-kubernetes-executor',
      env: [{ name: 'GOOGLE_APPLICATION_CREDENTIALS', value: '/k' }],
    };
    expect(refusal(onGcs, { executor: withTemplate({ containers: [container] }) })).toContain(
      'executor.env.GOOGLE_APPLICATION_CREDENTIALS is a credential beside the identity of checkpoint',
    );
  });

  test('leaves credentials of another store alone', () => {
    const overrides = { driver: { env: { AWS_PROFILE: EnvValue.fromValue('input') } } };
    expect(() => specWith(onS3, overrides)).not.toThrow();
    const hadoopConf = { 'fs.s3a.access.key': '${env.KEY}' };
    expect(() => specWith(onGcs, { hadoopConf })).not.toThrow();
  });
});

describe('credentials from a Secret', () => {
  const variable = (name: string, secret = 'store-keys') => ({
    name,
    valueFrom: { secretKeyRef: { name: secret, key: name } },
  });
  const keys = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'].map((name) => variable(name));

  test('of S3 are variables by reference in both roles, and the accounts are the namespace’s', () => {
    const spec = specWith(withSecret);
    expect(env(spec.driver)).toEqual(expect.arrayContaining(keys));
    expect(env(spec.executor)).toEqual(keys);
    expect(accountsOf(spec)).toEqual(['spark-driver', 'spark-executor']);
    expect(spec.sparkConf['spark.hadoop.fs.s3a.aws.credentials.provider']).toBe(
      'software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider',
    );
  });

  test('of Azure are read by Hadoop from the environment, and never written down', () => {
    const spec = specWith((chart) =>
      SparkStorage.azure(chart, 'checkpoints', {
        account: 'acmestreams',
        container: 'state',
        prefix: PREFIX,
        identity: secretOf(chart),
      }),
    );
    const host = 'acmestreams.dfs.core.windows.net';
    expect(env(spec.executor)).toEqual(
      ['AZURE_CLIENT_ID', 'AZURE_CLIENT_SECRET', 'AZURE_TENANT_ID'].map((name) => variable(name)),
    );
    expect(spec.sparkConf).toMatchObject({
      [`spark.hadoop.fs.azure.account.oauth2.client.secret.${host}`]: '${env.AZURE_CLIENT_SECRET}',
      [`spark.hadoop.fs.azure.account.oauth2.client.endpoint.${host}`]:
        'https://login.microsoftonline.com/${env.AZURE_TENANT_ID}/oauth2/token',
    });
  });

  test('of Google are a key file, readable by the pods’ group alone', () => {
    const spec = specWith((chart) =>
      SparkStorage.gcs(chart, 'checkpoints', {
        ...BUCKET,
        identity: CloudIdentity.keyFile(Secret.fromSecretName(chart, 'secret', 'store-keys'), 'sessions.json'),
      }),
    );
    for (const { template } of [spec.driver, spec.executor]) {
      expect(template.spec.volumes).toContainEqual({
        name: 'cloud-identity',
        secret: { secretName: 'store-keys', items: [{ key: 'sessions.json', path: 'key.json' }], defaultMode: 0o440 },
      });
      expect(template.spec.containers[0].volumeMounts).toContainEqual({
        name: 'cloud-identity',
        mountPath: '/var/run/secrets/cloud-identity',
        readOnly: true,
      });
    }
    expect(hadoop(spec)).toMatchObject({
      'spark.hadoop.fs.gs.auth.type': 'SERVICE_ACCOUNT_JSON_KEYFILE',
      'spark.hadoop.fs.gs.auth.service.account.json.keyfile': '/var/run/secrets/cloud-identity/key.json',
    });
  });
});

describe('a claim', () => {
  test('is mounted by driver and executors (row 44)', () => {
    const spec = specWith(STORAGES.persistentVolumeClaim, { executor: { instances: 3 } });
    for (const { template } of [spec.driver, spec.executor]) {
      expect(template.spec.volumes).toContainEqual({
        name: 'spark-checkpoints',
        persistentVolumeClaim: { claimName: 'state' },
      });
      expect(template.spec.containers[0].volumeMounts).toContainEqual({
        name: 'spark-checkpoints',
        mountPath: '/var/spark-checkpoints',
      });
    }
  });

  test('is mounted to be read by a job that only reads another one’s checkpoint', () => {
    const spec = specWith((chart) => Checkpoint.readOnly(STORAGES.persistentVolumeClaim(chart), 'other'));
    for (const { template } of [spec.driver, spec.executor]) {
      expect(template.spec.volumes).toContainEqual({
        name: 'spark-inputs',
        persistentVolumeClaim: { claimName: 'state', readOnly: true },
      });
      expect(template.spec.containers[0].volumeMounts).toContainEqual({
        name: 'spark-inputs',
        mountPath: '/var/spark-checkpoints',
        readOnly: true,
      });
      expect(JSON.stringify(template)).not.toContain('spark-checkpoints","persistentVolumeClaim');
    }
  });

  test('is one of the job’s namespace', () => {
    const of =
      (namespace: string): Storage =>
      (chart) =>
        SparkStorage.persistentVolumeClaim(chart, 'checkpoints', {
          claim: new PersistentVolumeClaim(chart, 'claim', {
            metadata: { name: 'state', namespace },
            accessModes: [PersistentVolumeAccessMode.READ_WRITE_MANY],
          }),
          prefix: PREFIX,
        });
    expect(() => specWith(of('clicks'))).not.toThrow();
    expect(refusal(of('orders'))).toBe(
      'test/sessions: checkpoint lies on the claim "state" of namespace "orders", but pods can only mount those of their ' +
        'own, "clicks": give a claim there',
    );
  });
});

describe('the admission guard', () => {
  test('admits what the checkpoint of an application of the program uses', () => {
    const chart = newChart();
    const jobNamespace = new SparkJobNamespace(chart, 'clicks');
    const common = { jobNamespace, image: IMAGE, main: PYTHON };
    new SecureSparkApplication(chart, 'sessions', { ...common, checkpoint: Checkpoint.on(onS3(chart)) });
    const minio = SparkStorage.s3(chart, 'minio', { ...BUCKET, identity: secretOf(chart) });
    new SecureSparkApplication(chart, 'orders', { ...common, checkpoint: Checkpoint.on(minio) });
    const admitted = tenancyOf(jobNamespace).admitted();
    expect(admitted['driver-accounts']).toEqual(['sessions-driver', 'spark-driver']);
    expect(admitted['executor-accounts']).toEqual(['sessions-executor', 'spark-executor']);
    expect(admitted.secrets).toEqual(['store-keys']);
    expect(admitted['hadoop-settings']).toContain(
      'fs.s3a.aws.credentials.provider=software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider',
    );
  });
});

describe('HDFS', () => {
  test('sees the user that it is told, in both roles', () => {
    const spec = specWith((chart) =>
      SparkStorage.hdfs(chart, 'checkpoints', {
        nameNode: 'hdfs://namenode:8020',
        prefix: PREFIX,
        user: 'streams',
      }),
    );
    const user = { name: 'HADOOP_USER_NAME', value: 'streams' };
    expect(env(spec.driver)).toContainEqual(user);
    expect(env(spec.executor)).toEqual([user]);
  });
});

describe('the closed namespace of a job', () => {
  test.each([
    ['gcs', onGcs, 'gcs', anywhere(443)],
    ['s3', onS3, 's3', anywhere(443)],
    ['s3', onS3, 'aws-sts', anywhere(443)],
    ['azure', STORAGES.azure, 'azure-storage', anywhere(443)],
    ['azure', STORAGES.azure, 'azure-login', anywhere(443)],
    ['hdfs', STORAGES.hdfs, 'hdfs', anywhere(8020, 9866)],
  ])('lets jobs reach the store: %s', (_kind, storage, name, egress) => {
    expect(egressOf(chartWith(storage), name)).toEqual(egress);
  });

  test('lets jobs reach GKE’s metadata server, as both kinds of its network have it', () => {
    const to = (cidr: string): unknown => [{ ipBlock: { cidr } }];
    const ports = (...numbers: number[]): unknown => numbers.map((port) => ({ protocol: 'TCP', port }));
    expect(egressOf(chartWith(onGcs), 'gke-metadata')).toEqual([
      { to: to('169.254.169.252/32'), ports: ports(987, 988) },
      { to: to('169.254.169.254/32'), ports: ports(80, 8080) },
    ]);
  });

  test('lets jobs reach the agent of EKS Pod Identity', () => {
    const chart = chartWith((scope) =>
      SparkStorage.s3(scope, 'checkpoints', { ...BUCKET, identity: CloudIdentity.eksPodIdentity() }),
    );
    expect(egressOf(chart, 'eks-pod-identity')).toEqual([
      {
        to: [{ ipBlock: { cidr: '169.254.170.23/32' } }, { ipBlock: { cidr: 'fd00:ec2::23/128' } }],
        ports: [{ protocol: 'TCP', port: 80 }],
      },
    ]);
  });

  test.each([
    ['https://minio.store', 443],
    ['http://minio.store:9000', 9000],
  ])('opens the port of %s', (endpoint, port) => {
    const chart = chartWith((scope) => SparkStorage.s3(scope, 'checkpoints', { ...BUCKET, identity: ROLE, endpoint }));
    expect(egressOf(chart, 's3')).toEqual(anywhere(port));
  });

  test('opens port 80, at which nodes tell their credentials, only where the store is', () => {
    const endpoint = 'http://minio.store.svc';
    const withEgress =
      (egress?: NetworkRule): Storage =>
      (scope) =>
        SparkStorage.s3(scope, 'checkpoints', { ...BUCKET, identity: ROLE, endpoint, egress });
    expect(refusal(withEgress())).toBe(
      'test/checkpoints: endpoint is "http://minio.store.svc", for which port 80 of every address would be opened, that of the ' +
        "node's metadata server too; give egress with the address or the pods of the store",
    );
    const chart = chartWith(withEgress({ peers: [NetworkPeer.cidr('10.2.0.1/32')], ports: [80] }));
    expect(egressOf(chart, 's3')).toEqual([
      { to: [{ ipBlock: { cidr: '10.2.0.1/32' } }], ports: [{ protocol: 'TCP', port: 80 }] },
    ]);
  });

  test('opens nothing for a claim, nor where it is open anyway', () => {
    const policies = (chart: Chart): string[] =>
      names(chart, 'NetworkPolicy').filter((name) => name.includes('egress'));
    expect(policies(chartWith(STORAGES.persistentVolumeClaim))).toEqual([]);
    expect(policies(chartWith(onS3, {}, { isolate: false }))).toEqual([]);
  });
});
