import { App, Chart, Duration, Testing } from 'cdk8s';
import { k8s, PersistentVolumeAccessMode, PersistentVolumeClaim, Secret } from 'cdk8s-plus-28';
import { ROOT_KEY } from '../../lib/application/storage/storage-uses';
import { CronSchedule } from '../../lib/application/schedule/cron-schedule';
import { ScheduledSparkApplication } from '../../lib/application/scheduled-spark-application';
import { SecureSparkApplication } from '../../lib/application/secure-spark-application';
import { SecureSparkApplicationProps } from '../../lib/application/spark-application-props';
import { SparkImage } from '../../lib/spark/spark-image';
import { SparkMain } from '../../lib/spark/spark-main';
import { SparkJobNamespace } from '../../lib/job-namespace/spark-job-namespace';
import { CheckpointRetention } from '../../lib/retention/checkpoint-retention';
import { CheckpointRetentionProps } from '../../lib/retention/checkpoint-retention-props';
import { SparkStorage, ISparkStorage } from '../../lib/storage/spark-storage';
import { CloudIdentity } from '../../lib/storage/identity/cloud-identity';
import { ACCESS_ANNOTATION, readAccessAnnotation } from '../../lib/storage/permissions/access-annotation';
import { PermissionFormat } from '../../lib/storage/permissions/permission-manifests';
import { StorageUse } from '../../lib/storage/permissions/storage-access';
import { StoragePath } from '../../lib/storage/storage-path';
import { StoragePermissions } from '../../lib/storage/storage-permissions';
import { IMAGE, PYTHON } from '../application/fixtures';
import { find, manifests, messageOf, names, newChart } from '../job-namespace/manifests';
import { ENTRA, PREFIX, ROLE, secretOf, STORAGES } from '../storage/storages';
import { Checkpoint } from '../../lib/application/storage/checkpoint';

const CLEANER = CloudIdentity.awsRole('arn:aws:iam::123456789012:role/clean-up');
const IDENTITIES: Readonly<Record<string, CloudIdentity>> = {
  gcs: CloudIdentity.gkePrincipal(),
  s3: CLEANER,
  azure: CloudIdentity.azureWorkloadIdentity(
    '99999999-1111-2222-3333-444444444444',
    '55555555-6666-7777-8888-999999999999',
  ),
};
const SECRET_STORAGE = (chart: Chart): ISparkStorage =>
  SparkStorage.s3(chart, 'minio', {
    bucket: 'acme',
    prefix: 'p',
    endpoint: 'http://minio:9000',
    identity: secretOf(chart),
  });

type Overrides = Partial<CheckpointRetentionProps>;

function clean(chart: Chart, storage: ISparkStorage, overrides: Overrides = {}): CheckpointRetention {
  return new CheckpointRetention(chart, 'clean-up', {
    storage,
    namespaces: ['clicks'],
    after: Duration.days(30),
    image: IMAGE,
    ...overrides,
  });
}

function cleanS3(chart: Chart, overrides: Overrides = {}): CheckpointRetention {
  return clean(chart, STORAGES.s3(chart), { identity: CLEANER, ...overrides });
}

function chartOf(kind: string, overrides: Overrides = {}): Chart {
  const chart = newChart();
  clean(chart, STORAGES[kind](chart), { identity: IDENTITIES[kind], ...overrides });
  return chart;
}

interface Settings {
  readonly [field: string]: unknown;
  readonly live: string[];
  readonly hadoop: Record<string, string>;
}

function settingsOf(chart: Chart): Settings {
  const { data } = find(chart, 'ConfigMap', 'clean-up') as unknown as { data: Record<string, string> };
  return JSON.parse(data['settings.json']) as Settings;
}

function podOf(chart: Chart): k8s.PodTemplateSpec & { spec: k8s.PodSpec } {
  const { spec } = find(chart, 'CronJob', 'clean-up') as unknown as { spec: k8s.CronJobSpec };
  return spec.jobTemplate.spec?.template as k8s.PodTemplateSpec & { spec: k8s.PodSpec };
}

/** A job without a checkpoint, beside the clean-up. */
function jobWith(chart: Chart, overrides: Partial<SecureSparkApplicationProps>): void {
  cleanS3(chart);
  const jobNamespace = new SparkJobNamespace(chart, 'clicks');
  new SecureSparkApplication(chart, 'by-hand', { jobNamespace, image: IMAGE, main: PYTHON, ...overrides });
}

function refusal(make: (chart: Chart) => unknown): string {
  return messageOf(() => {
    const chart = newChart();
    make(chart);
    Testing.synth(chart);
  });
}

test('a clean-up as a whole', () => {
  const objects = manifests(chartOf('s3')).map((object) =>
    object.kind === 'ConfigMap' ? { ...object, data: {} } : object,
  );
  expect(objects).toMatchSnapshot();
});

describe('the live paths', () => {
  const common = { image: IMAGE, main: PYTHON };

  test('are those of everything in the program that writes or reads a checkpoint there', () => {
    const chart = newChart();
    const storage = STORAGES.s3(chart);
    clean(chart, storage, { identity: CLEANER });
    const same = SparkStorage.s3(chart, 'same', {
      bucket: 'acme-streams',
      prefix: PREFIX,
      identity: CloudIdentity.awsRole('arn:aws:iam::123456789012:role/totals'),
    });
    const elsewhere = SparkStorage.gcs(chart, 'elsewhere', { bucket: 'acme-other', prefix: PREFIX });
    const jobNamespace = new SparkJobNamespace(chart, 'clicks');
    const jobs = { ...common, jobNamespace };
    new SecureSparkApplication(chart, 'writer', { ...jobs, checkpoint: Checkpoint.on(storage) });
    new SecureSparkApplication(chart, 'reader', {
      ...jobs,
      checkpoint: Checkpoint.readOnly(storage, 'gone', { version: 3 }),
    });
    new ScheduledSparkApplication(chart, 'totals', {
      ...jobs,
      schedule: CronSchedule.cron('@hourly'),
      checkpoint: Checkpoint.on(same, { version: 2 }),
    });
    new SecureSparkApplication(chart, 'foreign', { ...jobs, checkpoint: Checkpoint.on(elsewhere) });
    new SecureSparkApplication(chart, 'by-hand', {
      ...jobs,
      main: SparkMain.python('local:///opt/app/a.py', { arguments: [`s3a://acme-streams/${PREFIX}/clicks/hand`] }),
    });
    expect(settingsOf(chart).live).toEqual([
      `${PREFIX}/clicks/gone/v3`,
      `${PREFIX}/clicks/hand`,
      `${PREFIX}/clicks/totals/v2`,
      `${PREFIX}/clicks/writer`,
    ]);
  });

  test('are known whichever chart comes first', () => {
    const app = new App();
    const [platform, jobs] = [new Chart(app, 'test'), new Chart(app, 'jobs')];
    const storage = STORAGES.hdfs(platform);
    clean(platform, storage);
    new SecureSparkApplication(jobs, 'late', {
      ...common,
      jobNamespace: new SparkJobNamespace(jobs, 'clicks'),
      checkpoint: Checkpoint.on(storage),
    });
    expect(settingsOf(platform).live).toEqual([`${PREFIX}/clicks/late`]);
  });

  test('are none in a program without streaming jobs, so that nothing is removed', () => {
    expect(settingsOf(chartOf('s3')).live).toEqual([]);
  });
});

describe('the settings', () => {
  test('hold what is given, and the configuration of Hadoop for the clean-up’s own identity', () => {
    const { hadoop, ...settings } = settingsOf(chartOf('s3', { namespaces: ['views', 'clicks'], dryRun: true }));
    expect(settings).toEqual({
      root: 's3a://acme-streams',
      prefix: PREFIX,
      namespaces: ['clicks', 'views'],
      live: [],
      afterSeconds: 30 * 24 * 60 * 60,
      dryRun: true,
    });
    expect(hadoop).toMatchObject({
      'fs.s3a.aws.credentials.provider':
        'software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider',
    });
    expect(settingsOf(chartOf('azure')).hadoop).toMatchObject({
      'fs.azure.account.oauth2.client.id.acmestreams.dfs.core.windows.net': '99999999-1111-2222-3333-444444444444',
    });
  });

  test('let Google’s connector delete without making folders, for which the clean-up has no right', () => {
    const key = 'fs.gs.implicit.dir.repair.enable';
    expect(settingsOf(chartOf('gcs')).hadoop[key]).toBe('false');
    expect(settingsOf(chartOf('s3')).hadoop).not.toHaveProperty([key]);
  });

  test('remove for real unless said', () => {
    expect(settingsOf(chartOf('s3')).dryRun).toBe(false);
  });

  test('stand beside the whole program', () => {
    const { data } = find(chartOf('s3'), 'ConfigMap', 'clean-up') as unknown as { data: object };
    expect(Object.keys(data).sort()).toEqual(['decisions.py', 'main.py', 'settings.json', 'stores.py']);
  });
});

describe('the pods', () => {
  test.each(Object.keys(STORAGES))('on %s are hardened', (kind) => {
    const { spec } = podOf(chartOf(kind));
    expect(spec.automountServiceAccountToken).toBe(false);
    expect(spec.securityContext).toEqual({
      runAsNonRoot: true,
      runAsUser: 185,
      runAsGroup: 185,
      fsGroup: 185,
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(spec.containers.map(({ securityContext }) => securityContext)).toEqual([
      {
        allowPrivilegeEscalation: false,
        privileged: false,
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
        capabilities: { drop: ['ALL'] },
      },
    ]);
    expect(spec.volumes?.find(({ name }) => name === 'tmp')).toEqual({ name: 'tmp', emptyDir: { sizeLimit: '256Mi' } });
  });

  test('take a Secret by reference', () => {
    const chart = newChart();
    const identity = CloudIdentity.secret(Secret.fromSecretName(chart, 'cleaner', 'cleaner-keys'));
    clean(chart, SECRET_STORAGE(chart), { identity });
    const keys = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];
    expect(podOf(chart).spec.containers[0].env?.slice(1)).toEqual(
      keys.map((key) => ({ name: key, valueFrom: { secretKeyRef: { name: 'cleaner-keys', key } } })),
    );
  });

  test('mount a key file', () => {
    const chart = newChart();
    const identity = CloudIdentity.keyFile(Secret.fromSecretName(chart, 'cleaner', 'cleaner-key'), 'cleaner.json');
    clean(chart, STORAGES.gcs(chart), { identity });
    const { spec } = podOf(chart);
    expect(spec.volumes?.at(-1)).toEqual({
      name: 'cloud-identity',
      secret: { secretName: 'cleaner-key', items: [{ key: 'cleaner.json', path: 'key.json' }], defaultMode: 0o440 },
    });
    expect(spec.containers[0].volumeMounts?.at(-1)).toEqual({
      name: 'cloud-identity',
      mountPath: '/var/run/secrets/cloud-identity',
      readOnly: true,
    });
  });

  test('have the label of Azure, and the account its identity', () => {
    const chart = chartOf('azure');
    expect(podOf(chart).metadata?.labels).toMatchObject({ 'azure.workload.identity/use': 'true' });
    expect(find(chart, 'ServiceAccount', 'clean-up')).toMatchObject({
      metadata: { annotations: { 'azure.workload.identity/client-id': '99999999-1111-2222-3333-444444444444' } },
      automountServiceAccountToken: false,
    });
  });

  test('act as the user of HDFS', () => {
    const chart = newChart();
    clean(chart, SparkStorage.hdfs(chart, 's', { nameNode: 'hdfs://nn:8020', prefix: 'p', user: 'streams' }));
    expect(podOf(chart).spec.containers[0].env?.at(-1)).toEqual({ name: 'HADOOP_USER_NAME', value: 'streams' });
  });
});

describe('the namespace', () => {
  test.each(['gcs', 's3', 'azure', 'hdfs'])('of %s is the clean-up’s own, restricted and closed', (kind) => {
    const chart = chartOf(kind, { name: 'state-clean-up' });
    expect(find(chart, 'Namespace', 'state-clean-up').metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/enforce-version': 'v1.28',
    });
    expect(find(chart, 'NetworkPolicy', 'default-deny')).toMatchObject({
      metadata: { namespace: 'state-clean-up' },
      spec: { podSelector: {}, policyTypes: ['Egress', 'Ingress'] },
    });
    expect(find(chart, 'CronJob', 'state-clean-up').metadata.namespace).toBe('state-clean-up');
    expect(manifests(chart).filter(({ kind: each }) => /Role/.test(each))).toEqual([]);
  });

  test('opens names, the store, and what the identity needs', () => {
    const { spec } = find(chartOf('gcs'), 'NetworkPolicy', 'clean-up-egress') as unknown as {
      spec: k8s.NetworkPolicySpec;
    };
    expect(spec.egress?.map(({ ports }) => ports?.map(({ port }) => port))).toEqual([
      [53, 53],
      [443],
      [987, 988],
      [80, 8080],
    ]);
  });

  test('of a claim is that of the claim, and nothing is made for it', () => {
    const chart = chartOf('persistentVolumeClaim');
    expect(names(chart, 'Namespace')).toEqual([]);
    expect(names(chart, 'NetworkPolicy')).toEqual([]);
    expect(find(chart, 'CronJob', 'clean-up').metadata.namespace).toBe('clicks');
    expect(podOf(chart).spec.volumes?.at(-1)).toEqual({
      name: 'checkpoints',
      persistentVolumeClaim: { claimName: 'state' },
    });
    expect(podOf(chart).spec.containers[0].volumeMounts?.at(-1)).toEqual({
      name: 'checkpoints',
      mountPath: '/var/spark-checkpoints',
    });
  });

  test.each(['before', 'after'])('is none of jobs, declared %s', (when) => {
    const message = refusal((chart) => {
      const elsewhere = new Chart(chart, 'elsewhere');
      const imported = (): unknown =>
        SparkJobNamespace.addToExistingNamespace(elsewhere, 'x', {
          name: 'clean-up',
          podSecurity: 'restricted' as never,
        });
      if (when === 'before') imported();
      cleanS3(chart);
      if (when === 'after') imported();
    });
    expect(message).toContain(
      'test/clean-up: would run in "clean-up", a namespace of jobs, where every driver can start pods under any account, and ' +
        'so remove whatever the clean-up may: set a name of its own with the name property',
    );
  });
});

describe('the permissions', () => {
  test('are to clean up beneath the prefix, for the own account alone', () => {
    const chart = chartOf('s3', { name: 'state-clean-up' });
    const { annotations } = find(chart, 'CronJob', 'state-clean-up').metadata;
    expect(readAccessAnnotation(annotations?.[ACCESS_ANNOTATION] ?? '', 'state-clean-up')).toMatchObject({
      accesses: [
        {
          bucket: 'acme-streams',
          grants: [{ path: PREFIX, use: StorageUse.CLEAN_UP }],
          identity: { namespace: 'state-clean-up', serviceAccounts: ['state-clean-up'], role: 'clean-up' },
        },
      ],
      problems: [],
    });
  });

  test('are written with those of applications', () => {
    const chart = newChart();
    const identity = CloudIdentity.eksPodIdentity({
      roleArn: 'arn:aws:iam::123456789012:role/clean-up',
      region: 'eu-central-1',
      cluster: 'prod',
    });
    new StoragePermissions(chart, 'permissions', {
      applications: [cleanS3(chart, { identity })],
      format: PermissionFormat.CONTROLLERS,
      namespace: 'cloud',
    });
    expect(JSON.stringify(find(chart, 'Policy', 'clean-up.clean-up').spec)).toContain('s3:DeleteObject');
  });

  test.each(['hdfs', 'persistentVolumeClaim'])('are none on %s', (kind) => {
    expect(find(chartOf(kind), 'CronJob', 'clean-up').metadata.annotations).toBeUndefined();
  });
});

describe('the schedule', () => {
  const scheduleOf = (overrides: Overrides): unknown => find(chartOf('s3', overrides), 'CronJob', 'clean-up').spec;

  test('is nightly in UTC, one run at a time', () => {
    expect(scheduleOf({})).toMatchObject({
      schedule: '17 3 * * *',
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      jobTemplate: { spec: { backoffLimit: 1, activeDeadlineSeconds: 21600 } },
    });
  });

  test('may be another one', () => {
    expect(scheduleOf({ schedule: CronSchedule.cron('0 4 * * SUN') })).toMatchObject({ schedule: '0 4 * * SUN' });
  });
});

describe('refused is', () => {
  const old = SparkImage.of('registry.acme.dev/sessions:1.4.0', { sparkVersion: '3.5.6' });
  const cases: [string, Overrides, string][] = [
    ['less than a day', { after: Duration.hours(23) }, 'after is 23 hours; give whole days, at least one'],
    ['no time at all', { after: Duration.days(0) }, 'give whole days, at least one, such as Duration.days(30)'],
    ['half a day more', { after: Duration.hours(36) }, 'give whole days, at least one'],
    [
      'no namespace',
      { namespaces: [] },
      'namespaces is empty, so that nothing would ever be removed; name those whose',
    ],
    ['a namespace twice', { namespaces: ['a', 'a'] }, 'namespaces has "a" more than once; keep one'],
    ['what is no namespace', { namespaces: ['a/b'] }, 'namespaces "a/b" is no DNS label'],
    ['a missing identity', { identity: undefined }, 'identity is not given; give the clean-up one of its own'],
    [
      'an identity that does not fit',
      { identity: ENTRA },
      'identity is CloudIdentity.azureWorkloadIdentity, which does not',
    ],
    ['an old Hadoop for S3', { image: old }, 'image has Spark 3.5.6, but needs 4.0 or newer: the Hadoop of older ones'],
    [
      'an image that may change',
      { image: SparkImage.of('registry.acme.dev/sessions', { sparkVersion: '4.0.4' }) },
      'the image "registry.acme.dev/sessions" has no tag',
    ],
    [
      'root',
      { image: SparkImage.of('registry.acme.dev/sessions:1', { sparkVersion: '4.0.4', userId: 0 }) },
      'image has the user 0, which is root; give one with another user',
    ],
    [
      'an interval',
      { schedule: CronSchedule.every(Duration.hours(24)) },
      'which a CronJob does not know; use CronSchedule.cron',
    ],
    ['a zone', { schedule: CronSchedule.cron('TZ=Europe/Berlin 0 3 * * *') }, 'with a time zone; leave it out'],
    [
      'a namespace of Kubernetes',
      { name: 'kube-system' },
      'the name "kube-system" would be that of a namespace of Kubernetes',
    ],
    ['a cleaned namespace', { name: 'clicks' }, 'would run in "clicks", a namespace of jobs'],
    ['a long name', { name: 'a'.repeat(53) }, 'has 53 characters; at most 52 are possible'],
  ];

  test.each(cases)('%s', (_what, overrides, problem) => {
    const message = refusal((chart) => cleanS3(chart, overrides));
    expect(message).toContain('test/clean-up: ');
    expect(message).toContain(problem);
  });

  test.each([
    ['itself', ROLE],
    ['given once more', CloudIdentity.awsRole('arn:aws:iam::123456789012:role/sessions')],
  ])('the identity of the jobs, %s', (_what, identity) => {
    expect(refusal((chart) => cleanS3(chart, { identity }))).toBe(
      'test/clean-up: identity is that of the jobs, which would then need the right to delete the checkpoints of all others; ' +
        'give one of its own',
    );
  });

  const role = 'arn:aws:iam::123456789012:role/totals';
  const email = 'totals@acme.iam.gserviceaccount.com';
  const [client, tenant] = ['abcdef00-1111-2222-3333-444444444444', '55555555-6666-7777-8888-999999999999'];
  const issuer = 'https://oidc.eks.eu-central-1.amazonaws.com/id/4D2E';
  const bucket = { bucket: 'acme-streams', prefix: PREFIX };
  const second: [string, string, CloudIdentity, (chart: Chart) => unknown][] = [
    [
      's3',
      'a role',
      CloudIdentity.awsRole(role),
      (chart) =>
        SparkStorage.s3(chart, 'second', {
          ...bucket,
          identity: CloudIdentity.eksPodIdentity({ roleArn: role, region: 'eu-central-1', cluster: 'prod' }),
        }),
    ],
    [
      's3',
      'a role with its trust',
      CloudIdentity.awsRole(role, { oidcIssuer: issuer }),
      (chart) => SparkStorage.s3(chart, 'second', { ...bucket, identity: CloudIdentity.awsRole(role) }),
    ],
    [
      'gcs',
      'a Google service account',
      CloudIdentity.gkeWorkloadIdentity(email, { clusterProject: 'acme-prod' }),
      (chart) => SparkStorage.gcs(chart, 'second', { ...bucket, identity: CloudIdentity.gkeWorkloadIdentity(email) }),
    ],
    [
      'azure',
      'a client id',
      CloudIdentity.azureWorkloadIdentity(client, tenant),
      (chart) =>
        SparkStorage.azure(chart, 'second', {
          account: 'acmestreams',
          container: 'state',
          prefix: PREFIX,
          identity: CloudIdentity.azureWorkloadIdentity(client.toUpperCase(), tenant),
        }),
    ],
  ];

  test.each(second)('the identity of the jobs of another storage on %s: %s', (kind, _what, identity, addSecond) => {
    for (const isFirst of [true, false]) {
      const message = refusal((chart) => {
        if (isFirst) addSecond(chart);
        clean(chart, STORAGES[kind](chart), { identity });
        if (!isFirst) addSecond(chart);
      });
      expect(message).toContain(
        'test/clean-up: identity is that of the jobs of test/second, which could then delete the checkpoints of all others; ' +
          'give one of its own',
      );
    }
  });

  test('no identity beside those of all storages, nor one that follows from the account', () => {
    for (const [kind, , , addSecond] of second) {
      const chart = newChart();
      addSecond(chart);
      clean(chart, STORAGES[kind](chart), { identity: IDENTITIES[kind] });
      expect(() => Testing.synth(chart)).not.toThrow();
    }
  });

  test.each(['hdfs', 'persistentVolumeClaim'])('an identity for %s', (kind) => {
    expect(refusal((chart) => clean(chart, STORAGES[kind](chart), { identity: CLEANER }))).toBe(
      'test/clean-up: identity is given, but the store knows none; leave it out',
    );
  });

  test('an old Hadoop for an identity that it does not know', () => {
    expect(
      refusal((chart) => clean(chart, STORAGES.azure(chart), { identity: IDENTITIES.azure, image: old })),
    ).toContain('needs 4.0 or newer: the Hadoop of older ones does not know CloudIdentity.azureWorkloadIdentity');
  });

  test('storage inside of the prefix', () => {
    expect(
      refusal((chart) => {
        cleanS3(chart);
        SparkStorage.s3(chart, 'inner', { bucket: 'acme-streams', prefix: `${PREFIX}/x`, identity: CLEANER });
      }),
    ).toContain(`test/clean-up: cleans up "${PREFIX}", in which test/inner has its prefix "${PREFIX}/x"`);
  });

  test('storage around the prefix', () => {
    expect(
      refusal((chart) => {
        cleanS3(chart);
        SparkStorage.s3(chart, 'outer', { bucket: 'acme-streams', prefix: 'checkpoints', identity: CLEANER });
      }),
    ).toContain(`test/clean-up: cleans up "${PREFIX}", around which test/outer has its prefix "checkpoints"`);
  });

  test.each([PREFIX, `${PREFIX}/clicks`, 'checkpoints'])('a job with a location of its own around: %s', (path) => {
    const location = `s3a://acme-streams/${path}`;
    expect(refusal((chart) => jobWith(chart, { sparkConf: { [ROOT_KEY]: location } }))).toContain(
      `test/by-hand: names ${location}, which holds all that test/clean-up cleans up of namespace "clicks"`,
    );
  });

  test('no job with a location of its own beside', () => {
    const chart = newChart();
    jobWith(chart, { sparkConf: { [ROOT_KEY]: `s3a://acme-streams/${PREFIX}/clicks/by-hand` } });
    expect(settingsOf(chart).live).toEqual([`${PREFIX}/clicks/by-hand`]);
  });

  test.each(['clicks/raw', 'raw'])('data among the checkpoints, though no job has its own there: %s', (folder) => {
    const data = (chart: Chart): ISparkStorage =>
      SparkStorage.s3(chart, 'data', { bucket: 'acme-streams', prefix: 'other', identity: ROLE });
    const withData = (path: string) => (chart: Chart) =>
      jobWith(chart, { storagePaths: [StoragePath.write(data(chart), path)] });
    expect(refusal(withData(`${PREFIX}/${folder}`))).toContain(
      `test/by-hand has data in s3a://acme-streams/${PREFIX}/${folder}, which overlaps the checkpoints of test/checkpoints`,
    );
    const chart = newChart();
    withData(`out/${folder}`)(chart);
    expect(() => Testing.synth(chart)).not.toThrow();
  });

  test('a second clean-up of one prefix', () => {
    expect(
      refusal((chart) => {
        const storage = STORAGES.hdfs(chart);
        const props = { storage, namespaces: ['clicks'], after: Duration.days(30), image: IMAGE };
        for (const id of ['one', 'two']) new CheckpointRetention(chart, id, props);
      }),
    ).toContain(`test/one and test/two clean up one folder, hdfs://namenode.hdfs:8020/${PREFIX}: keep one of them`);
  });
});

describe('on a claim', () => {
  const claimOf = (chart: Chart, namespace: string): ISparkStorage =>
    SparkStorage.persistentVolumeClaim(chart, 'volume', {
      claim: new PersistentVolumeClaim(chart, 'state', {
        metadata: { name: 'state', namespace },
        accessModes: [PersistentVolumeAccessMode.READ_WRITE_MANY],
        storageClassName: 'nfs',
      }),
      prefix: 'p',
    });

  test('its namespace is looked at', () => {
    const chart = newChart();
    expect(clean(chart, claimOf(chart, 'clicks')).namespaceName).toBe('clicks');
  });

  test('no other one is', () => {
    expect(refusal((chart) => clean(chart, claimOf(chart, 'views')))).toBe(
      'test/clean-up: namespaces is clicks, but the claim "state" is of namespace "views"; name that one',
    );
    expect(refusal((chart) => clean(chart, claimOf(chart, 'views'), { namespaces: ['clicks', 'views'] }))).toBe(
      'test/clean-up: namespaces is clicks, views, but a claim can be mounted in one namespace only: name that of the claim, ' +
        'and make a clean-up for each',
    );
  });
});
