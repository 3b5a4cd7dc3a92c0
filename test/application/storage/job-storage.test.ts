import { Chart } from 'cdk8s';
import { EnvValue, PersistentVolumeAccessMode, PersistentVolumeClaim, Secret } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { jobStorage } from '../../../lib/application/storage/job-storage';
import { storageProblems } from '../../../lib/application/storage/storage-problems';
import { SecureSparkApplication } from '../../../lib/application/secure-spark-application';
import { SparkJobNamespace } from '../../../lib/job-namespace/spark-job-namespace';
import { SparkStorage, ISparkStorage } from '../../../lib/storage/spark-storage';
import { CloudIdentity } from '../../../lib/storage/identity/cloud-identity';
import { S3StorageProps } from '../../../lib/storage/stores/s3-storage';
import { StoragePath } from '../../../lib/storage/storage-path';
import { find, manifests, messageOf, names, newChart } from '../../job-namespace/manifests';
import { ENTRA, secretOf, STORAGES } from '../../storage/storages';
import { IMAGE, Overrides, PYTHON, RenderedRole, RenderedSpec } from '../fixtures';
import { chartWith, refusal, s3, specWith, Uses } from '../storage-users';
import { Checkpoint } from '../../../lib/application/storage/checkpoint';

function claim(chart: Chart, name: string, mountPath?: string): ISparkStorage {
  return SparkStorage.persistentVolumeClaim(chart, name, {
    claim: PersistentVolumeClaim.fromClaimName(chart, `claim-${name}`, name),
    accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY,
    prefix: 'checkpoints',
    mountPath,
  });
}

/** The volume claims of a role, by where they are mounted. */
function claimsOf({ template }: RenderedRole): Record<string, unknown> {
  const { volumes = [], containers } = template.spec;
  const mounts = (containers[0].volumeMounts ?? []).map(({ name, mountPath }) => {
    const volume = volumes.find((each) => each.name === name);
    return [mountPath, volume?.persistentVolumeClaim?.claimName];
  });
  return Object.fromEntries(mounts.filter(([, claimName]) => claimName !== undefined)) as Record<string, unknown>;
}

/** What the accounts of an application do in its storages. */
function reachesOf(uses: Uses): unknown[] {
  const chart = newChart();
  const jobNamespace = new SparkJobNamespace(chart, 'clicks');
  const props = { jobNamespace, image: IMAGE, main: PYTHON, ...uses(chart) };
  expect(storageProblems('sessions', props)).toEqual([]);
  const { reaches } = jobStorage(chart, 'sessions', props);
  return reaches.map(({ storage, grants, serviceAccounts }) => [storage.node.id, grants, serviceAccounts]);
}

const OWN = ['sessions-driver', 'sessions-executor'];

describe('the rights of a job', () => {
  test('are one for each path, and those of one storage are together', () => {
    const reaches = reachesOf((chart) => {
      const streams = s3(chart, 'streams');
      const lake = s3(chart, 'lake');
      return {
        checkpoint: Checkpoint.on(streams),
        storagePaths: [
          StoragePath.write(streams, 'out/sessions'),
          StoragePath.read(lake, 'raw/clicks'),
          StoragePath.readWrite(lake, 'tables/sessions'),
        ],
        eventLog: { storage: streams, path: 'event-logs' },
      };
    });
    expect(reaches).toEqual([
      [
        'streams',
        [
          { path: 'checkpoints/clicks/sessions', use: 'checkpoint' },
          { path: 'out/sessions', use: 'write' },
          { path: 'event-logs', use: 'write' },
        ],
        OWN,
      ],
      [
        'lake',
        [
          { path: 'raw/clicks', use: 'read' },
          { path: 'tables/sessions', use: 'readWrite' },
        ],
        OWN,
      ],
    ]);
  });

  test('are to read where it reads another one’s checkpoint, and to give uploads up where commits need that', () => {
    const checkpointOf = (chart: Chart): Overrides => ({
      checkpoint: Checkpoint.readOnly(s3(chart, 'streams'), 'other'),
    });
    const abortable = (chart: Chart): Overrides => ({
      checkpoint: Checkpoint.on(s3(chart, 'streams', { abortableCommits: true })),
    });
    expect([reachesOf(checkpointOf), reachesOf(abortable)]).toEqual([
      [['streams', [{ path: 'checkpoints/clicks/other', use: 'read' }], OWN]],
      [['streams', [{ path: 'checkpoints/clicks/sessions', use: 'checkpoint', multipart: true }], OWN]],
    ]);
  });

  test('are the driver’s alone where only the driver reaches a store', () => {
    const driver = ['sessions-driver'];
    const log = (chart: Chart): Overrides => ({ eventLog: { storage: s3(chart, 'logs'), path: 'event-logs' } });
    expect(reachesOf(log)).toEqual([['logs', [{ path: 'event-logs', use: 'write' }], driver]]);
    const checkpoint = (chart: Chart): Overrides => ({
      checkpoint: Checkpoint.on(s3(chart, 'streams', { executorAccess: false })),
    });
    expect(reachesOf(checkpoint)).toEqual([
      ['streams', [{ path: 'checkpoints/clicks/sessions', use: 'checkpoint' }], driver],
    ]);
  });

  test('are those of the namespace’s accounts where the identity is a Secret', () => {
    const secret = (chart: Chart): Overrides => ({
      storagePaths: [StoragePath.read(s3(chart, 'lake', { identity: secretOf(chart) }), 'raw')],
    });
    expect(reachesOf(secret)).toEqual([['lake', [{ path: 'raw', use: 'read' }], ['spark-driver', 'spark-executor']]]);
  });
});

describe('a job with data and no checkpoint', () => {
  const uses: Uses = (chart) => ({ storagePaths: [StoragePath.read(s3(chart, 'lake'), 'raw')] });

  test('gets what the store needs: configuration, accounts and egress', () => {
    const chart = chartWith(uses);
    const spec = find(chart, 'SparkApplication', 'sessions').spec as RenderedSpec;
    expect(spec.sparkConf).toMatchObject({ 'spark.hadoop.fs.s3a.buffer.dir': '/tmp/s3a' });
    expect(spec.sparkConf).not.toHaveProperty(['spark.checkpoint.location']);
    expect([spec.driver.serviceAccount, spec.executor.serviceAccount]).toEqual(OWN);
    expect(names(chart, 'NetworkPolicy')).toEqual(expect.arrayContaining(['spark-egress-s3', 'spark-egress-aws-sts']));
  });

  test('does not commit checkpoints as another job of the storage does', () => {
    const spec = specWith((chart) => ({
      storagePaths: [StoragePath.read(s3(chart, 'lake', { abortableCommits: true }), 'raw')],
    }));
    expect(spec.sparkConf).not.toHaveProperty(['spark.sql.streaming.checkpointFileManagerClass']);
  });

  test('has the variables of a Secret in both roles', () => {
    const spec = specWith((chart) => ({
      storagePaths: [StoragePath.read(s3(chart, 'lake', { identity: secretOf(chart) }), 'raw')],
    }));
    for (const { template } of [spec.driver, spec.executor]) {
      expect((template.spec.containers[0].env ?? []).map(({ name }) => name)).toEqual(
        expect.arrayContaining(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']),
      );
    }
  });

  test.each([
    [
      'a key of the store',
      { hadoopConf: { 'fs.s3a.buffer.dir': '/x' } },
      'hadoopConf["fs.s3a.buffer.dir"] and storagePaths[0] set the same key; leave it out, or leave out storagePaths[0]',
    ],
    [
      'a credential beside the identity',
      { driver: { env: { AWS_ROLE_ARN: EnvValue.fromValue('x') } } },
      'driver.env.AWS_ROLE_ARN is a credential beside the identity of storagePaths[0], CloudIdentity.awsRole; keep one of the two',
    ],
  ] as [string, Overrides, string][])('may not have %s', (_what, overrides, problem) => {
    expect(refusal((chart) => ({ ...uses(chart), ...overrides }))).toBe(`test/sessions: ${problem}`);
  });

  test('has executors that reach it', () => {
    const hidden: Uses = (chart) => ({
      storagePaths: [StoragePath.read(s3(chart, 'lake', { executorAccess: false }), 'raw')],
    });
    expect(refusal(hidden)).toBe(
      'test/sessions: storagePaths[0] is s3a://acme-lake/raw, but executors, which read and write data, have no access to ' +
        'test/lake; leave out its executorAccess: false',
    );
  });

  test('names each path once', () => {
    const twice: Uses = (chart) => {
      const lake = s3(chart, 'lake');
      return { storagePaths: [StoragePath.read(lake, 'raw'), StoragePath.write(lake, 'raw')] };
    };
    expect(refusal(twice)).toBe(
      'test/sessions: storagePaths[1] and storagePaths[0] are both s3a://acme-lake/raw; keep one of them, ' +
        'StoragePath.readWrite where the job reads and writes',
    );
  });
});

describe('several storages of a job', () => {
  const both =
    (first: Partial<S3StorageProps>, second: Partial<S3StorageProps>): Uses =>
    (chart) => ({
      checkpoint: Checkpoint.on(s3(chart, 'streams', first)),
      storagePaths: [StoragePath.read(s3(chart, 'lake', second), 'raw')],
    });

  test('may be buckets with one identity, made accounts once', () => {
    const chart = chartWith(both({}, { identity: CloudIdentity.awsRole('arn:aws:iam::123456789012:role/sessions') }));
    expect(names(chart, 'ServiceAccount').filter((name) => name.startsWith('sessions'))).toEqual(OWN);
  });

  test('may be of two clouds: the accounts have the annotations of both', () => {
    const chart = chartWith((scope) => ({
      checkpoint: Checkpoint.on(STORAGES.azure(scope)),
      storagePaths: [StoragePath.read(s3(scope, 'lake'), 'raw')],
      eventLog: { storage: SparkStorage.gcs(scope, 'logs', { bucket: 'acme-logs', prefix: 'c' }), path: 'logs' },
    }));
    const annotations = (name: string): string[] =>
      Object.keys(find(chart, 'ServiceAccount', name).metadata.annotations ?? {}).sort();
    const expected = [
      'azure.workload.identity/client-id',
      'azure.workload.identity/tenant-id',
      'eks.amazonaws.com/role-arn',
    ];
    expect(OWN.map(annotations)).toEqual([expected, expected]);
  });

  test('may be two storage accounts of Azure, each with settings of its own', () => {
    const azure = (chart: Chart, account: string): ISparkStorage =>
      SparkStorage.azure(chart, account, { account, container: 'data', prefix: 'checkpoints', identity: ENTRA });
    const { sparkConf } = specWith((chart) => ({
      checkpoint: Checkpoint.on(azure(chart, 'acmestreams')),
      storagePaths: [StoragePath.read(azure(chart, 'acmelake'), 'raw')],
    }));
    expect(Object.keys(sparkConf).filter((key) => key.includes('auth.type'))).toEqual([
      'spark.hadoop.fs.azure.account.auth.type.acmelake.dfs.core.windows.net',
      'spark.hadoop.fs.azure.account.auth.type.acmestreams.dfs.core.windows.net',
    ]);
  });

  test.each([
    [
      'endpoint',
      both({ endpoint: 'https://minio.store' }, { endpoint: 'https://minio.other' }),
      'spark.hadoop.fs.s3a.endpoint, https://minio.store and https://minio.other',
    ],
    [
      'region, which one of them leaves to S3A',
      both({ region: 'eu-west-1' }, {}),
      'spark.hadoop.fs.s3a.endpoint.region, eu-west-1 and not given',
    ],
    [
      'role, of which an account has one',
      both({}, { identity: CloudIdentity.awsRole('arn:aws:iam::123456789012:role/lake') }),
      'their identity, CloudIdentity.awsRole arn:aws:iam::123456789012:role/sessions and ' +
        'CloudIdentity.awsRole arn:aws:iam::123456789012:role/lake',
    ],
  ])('have one %s', (_what, uses, difference) => {
    expect(refusal(uses)).toBe(
      `test/sessions: checkpoint and storagePaths[0] are on storages that differ in ${difference}; a job has one for all of ` +
        's3a: give test/streams and test/lake the same, or make two jobs',
    );
  });

  test('have one role of EKS Pod Identity', () => {
    const of = (role: string): Partial<S3StorageProps> => ({
      identity: CloudIdentity.eksPodIdentity({
        roleArn: `arn:aws:iam::123456789012:role/${role}`,
        region: 'eu-west-1',
        cluster: 'prod',
      }),
    });
    expect(refusal(both(of('sessions'), of('lake')))).toContain(
      'differ in their identity, CloudIdentity.eksPodIdentity sessions and CloudIdentity.eksPodIdentity lake;',
    );
    expect(() => specWith(both(of('sessions'), of('sessions')))).not.toThrow();
  });

  test('have one Secret', () => {
    const uses: Uses = (chart) => {
      const of = (id: string): ISparkStorage =>
        s3(chart, id, { identity: CloudIdentity.secret(Secret.fromSecretName(chart, `secret-${id}`, `keys-${id}`)) });
      return { checkpoint: Checkpoint.on(of('streams')), eventLog: { storage: of('logs'), path: 'event-logs' } };
    };
    expect(refusal(uses)).toContain(
      'checkpoint and eventLog are on storages that differ in their identity, CloudIdentity.secret keys-streams and ' +
        'CloudIdentity.secret keys-logs;',
    );
  });

  test('have not both an identity and a key file', () => {
    const gcs = (chart: Chart, id: string, identity?: CloudIdentity): ISparkStorage =>
      SparkStorage.gcs(chart, id, { bucket: `acme-${id}`, prefix: 'checkpoints', identity });
    const uses: Uses = (chart) => {
      const keyFile = CloudIdentity.keyFile(Secret.fromSecretName(chart, 'secret', 'keys'), 'key.json');
      return {
        checkpoint: Checkpoint.on(gcs(chart, 'streams')),
        storagePaths: [StoragePath.read(gcs(chart, 'lake', keyFile), 'raw')],
      };
    };
    expect(refusal(uses)).toContain(
      'differ in their identity, CloudIdentity.gkePrincipal and CloudIdentity.keyFile keys key.json;',
    );
  });

  test('have one key file, mounted once', () => {
    const spec = specWith((chart) => {
      const identity = CloudIdentity.keyFile(Secret.fromSecretName(chart, 'secret', 'keys'), 'key.json');
      const gcs = (id: string): ISparkStorage =>
        SparkStorage.gcs(chart, id, { bucket: `acme-${id}`, prefix: 'checkpoints', identity });
      return { checkpoint: Checkpoint.on(gcs('streams')), storagePaths: [StoragePath.read(gcs('lake'), 'raw')] };
    });
    const mounts = spec.driver.template.spec.containers[0].volumeMounts ?? [];
    expect(mounts.filter(({ name }) => name === 'cloud-identity')).toHaveLength(1);
  });
});

describe('claims of a job', () => {
  test('are mounted each at its own path, and one with two storages once', () => {
    const spec = specWith((chart) => {
      const state = claim(chart, 'state');
      return {
        checkpoint: Checkpoint.on(state),
        storagePaths: [StoragePath.write(state, 'out'), StoragePath.read(claim(chart, 'lake', '/var/lake'), 'raw')],
      };
    });
    const expected = { '/var/spark-checkpoints': 'state', '/var/lake': 'lake' };
    expect([spec.driver, spec.executor].map(claimsOf)).toEqual([expected, expected]);
  });

  test('are not mounted on one another', () => {
    const uses: Uses = (chart) => ({
      checkpoint: Checkpoint.on(claim(chart, 'state')),
      storagePaths: [StoragePath.read(claim(chart, 'lake'), 'raw')],
    });
    expect(refusal(uses)).toBe(
      'test/sessions: checkpoint and storagePaths[0] mount the claims "state" and "lake" at /var/spark-checkpoints; ' +
        'give one of the storages another mountPath',
    );
  });
});

describe('data and the checkpoints of other jobs', () => {
  /** A job with a checkpoint, and one with data on another storage of the same bucket. */
  function twoJobs(path: string, namespaces: readonly [string, string] = ['clicks', 'clicks']): Chart {
    const chart = newChart();
    const [first, second] = namespaces.map(
      (name) => chart.node.tryFindChild(name) ?? new SparkJobNamespace(chart, name),
    ) as SparkJobNamespace[];
    const common = { image: IMAGE, main: PYTHON };
    const streams = s3(chart, 'streams', { bucket: 'acme' });
    new SecureSparkApplication(chart, 'sessions', {
      ...common,
      jobNamespace: first,
      checkpoint: Checkpoint.on(streams),
    });
    const lake = s3(chart, 'lake', { bucket: 'acme', prefix: 'elsewhere' });
    const storagePaths = [StoragePath.read(lake, path)];
    new SecureSparkApplication(chart, 'report', { ...common, jobNamespace: second, storagePaths });
    return chart;
  }

  test.each(['checkpoints', 'checkpoints/clicks/sessions/state'])('do not overlap: %s', (path) => {
    expect(messageOf(() => manifests(twoJobs(path)))).toContain(
      `test/report has data in s3a://acme/${path}, which overlaps the checkpoints of test/streams in ` +
        's3a://acme/checkpoints: give the data a folder beside them',
    );
  });

  test('lie beside each other', () => {
    expect(() => manifests(twoJobs('raw'))).not.toThrow();
  });

  test('are of two volumes where claims of one name are of two namespaces', () => {
    const chart = newChart();
    const [clicks, orders] = ['clicks', 'orders'].map((name) => new SparkJobNamespace(chart, name));
    const of = (id: string, prefix: string): ISparkStorage =>
      SparkStorage.persistentVolumeClaim(chart, id, {
        claim: PersistentVolumeClaim.fromClaimName(chart, `claim-${id}`, 'data'),
        accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY,
        prefix,
      });
    const common = { image: IMAGE, main: PYTHON };
    new SecureSparkApplication(chart, 'a', {
      ...common,
      jobNamespace: clicks,
      checkpoint: Checkpoint.on(of('state', 'folder')),
    });
    const storagePaths = [StoragePath.read(of('lake', 'other'), 'folder')];
    new SecureSparkApplication(chart, 'b', { ...common, jobNamespace: orders, storagePaths });
    expect(() => manifests(chart)).not.toThrow();
    new SecureSparkApplication(chart, 'c', { ...common, jobNamespace: clicks, storagePaths });
    expect(messageOf(() => manifests(chart))).toContain(
      'test/c has data in volume claim data of clicks/folder, which overlaps the checkpoints of test/state',
    );
  });

  test('let two jobs write one output', () => {
    const chart = newChart();
    const jobNamespace = new SparkJobNamespace(chart, 'clicks');
    const storagePaths = [StoragePath.write(s3(chart, 'lake'), 'out')];
    for (const id of ['a', 'b']) {
      new SecureSparkApplication(chart, id, { jobNamespace, image: IMAGE, main: PYTHON, storagePaths });
    }
    expect(() => manifests(chart)).not.toThrow();
  });
});

test('the storage of an event log is one of the library, and not only shaped like one (case 11)', () => {
  class Elsewhere extends Construct {
    public location(): string {
      return 's3a://acme';
    }
  }
  expect(refusal((chart) => ({ eventLog: { storage: new Elsewhere(chart, 'elsewhere'), path: 'logs' } }))).toBe(
    'test/sessions: eventLog.storage is an Elsewhere; pass one of SparkStorage',
  );
});
