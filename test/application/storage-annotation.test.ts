import { Chart } from 'cdk8s';
import { CronSchedule } from '../../lib/application/schedule/cron-schedule';
import { ScheduledSparkApplication } from '../../lib/application/scheduled-spark-application';
import { SecureSparkApplication } from '../../lib/application/secure-spark-application';
import { SparkApplication } from '../../lib/application/spark-application';
import { PodSecurityLevel } from '../../lib/kubernetes/pod-security-level';
import { SparkJobNamespace } from '../../lib/job-namespace/spark-job-namespace';
import { SparkStorage, ISparkStorage } from '../../lib/storage/spark-storage';
import { StorageAccess } from '../../lib/storage/permissions/storage-access';
import { find, messageOf, newChart } from '../job-namespace/manifests';
import { PREFIX, ROLE, secretOf, STORAGES } from '../storage/storages';
import { IMAGE, Overrides, PYTHON } from './fixtures';
import { STORAGE_ACCESSES } from '../../lib/storage/placement';
import { Checkpoint } from '../../lib/application/storage/checkpoint';

const ANNOTATION = 'cdk8s-spark/storage-access';

function chartWith(
  storage: (chart: Chart) => ISparkStorage,
  overrides: Overrides = {},
  checkpointOn: (storage: ISparkStorage) => Checkpoint = (given) => Checkpoint.on(given),
): Chart {
  const chart = newChart();
  const jobNamespace = new SparkJobNamespace(chart, 'clicks');
  const checkpoint = checkpointOn(storage(chart));
  new SecureSparkApplication(chart, 'sessions', { jobNamespace, image: IMAGE, main: PYTHON, checkpoint, ...overrides });
  return chart;
}

function accesses(chart: Chart, kind = 'SparkApplication'): StorageAccess[] {
  const { annotations } = find(chart, kind, 'sessions').metadata;
  return JSON.parse(annotations?.[ANNOTATION] ?? '[]') as StorageAccess[];
}

describe('the annotation of an application that tells which storage it uses', () => {
  test('has the checkpoint, and the accounts that reach it', () => {
    expect(accesses(chartWith((chart) => STORAGES.s3(chart)))).toEqual([
      {
        store: 's3',
        name: 'clicks.sessions',
        bucket: 'acme-streams',
        partition: 'aws',
        grants: [{ path: `${PREFIX}/clicks/sessions`, use: 'checkpoint' }],
        identity: {
          namespace: 'clicks',
          serviceAccounts: ['sessions-driver', 'sessions-executor'],
          account: '123456789012',
          role: 'sessions',
        },
      },
    ]);
  });

  test('has just the driver where executors do not reach it, and the uploads that may be given up', () => {
    const storage = (chart: Chart) =>
      SparkStorage.s3(chart, 'checkpoints', {
        bucket: 'acme-streams',
        prefix: PREFIX,
        identity: ROLE,
        executorAccess: false,
        abortableCommits: true,
      });

    expect(accesses(chartWith(storage))).toMatchObject([
      {
        grants: [{ path: `${PREFIX}/clicks/sessions`, use: 'checkpoint', multipart: true }],
        identity: { serviceAccounts: ['sessions-driver'] },
      },
    ]);
  });

  test('has the version of the checkpoint in the path', () => {
    expect(
      accesses(
        chartWith(
          (chart) => STORAGES.gcs(chart),
          {},
          (storage) => Checkpoint.on(storage, { version: 2 }),
        ),
      ),
    ).toMatchObject([{ grants: [{ path: `${PREFIX}/clicks/sessions/v2` }] }]);
  });

  test('says of a job that looks at the state of another one that it reads', () => {
    expect(
      accesses(
        chartWith(
          (chart) => STORAGES.s3(chart),
          {},
          (storage) => Checkpoint.readOnly(storage, 'totals'),
        ),
      ),
    ).toMatchObject([{ grants: [{ path: `${PREFIX}/clicks/totals`, use: 'read' }] }]);
  });

  test('names nobody where the identity is a Secret', () => {
    const storage = (chart: Chart) =>
      SparkStorage.s3(chart, 'checkpoints', {
        bucket: 'acme-streams',
        prefix: PREFIX,
        identity: secretOf(chart),
      });

    expect(accesses(chartWith(storage))[0]).not.toHaveProperty('identity');
  });

  test.each(['hdfs', 'persistentVolumeClaim'])('is left out on %s, where no cloud gives permissions', (kind) => {
    const chart = chartWith((scope) => STORAGES[kind](scope));

    expect(find(chart, 'SparkApplication', 'sessions').metadata).not.toHaveProperty(['annotations', ANNOTATION]);
  });

  test('stands on a schedule, and on a plain application', () => {
    const chart = newChart();
    const jobNamespace = new SparkJobNamespace(chart, 'clicks', { podSecurity: PodSecurityLevel.PRIVILEGED });
    const common = { jobNamespace, image: IMAGE, main: PYTHON, checkpoint: Checkpoint.on(STORAGES.s3(chart)) };
    new ScheduledSparkApplication(chart, 'sessions', { ...common, schedule: CronSchedule.cron('0 * * * *') });
    new SparkApplication(new Chart(chart, 'plain'), 'plain', common);

    expect(accesses(chart, 'ScheduledSparkApplication')).toMatchObject([{ name: 'clicks.sessions' }]);
    expect(STORAGE_ACCESSES.of(chart.node.findChild('plain').node.findChild('plain'))).toMatchObject([
      { name: 'clicks.plain' },
    ]);
  });

  test('is not for the application to give', () => {
    const annotations = { [ANNOTATION]: '[]' };

    expect(messageOf(() => chartWith((chart) => STORAGES.s3(chart), { annotations }))).toBe(
      'test/sessions: annotations["cdk8s-spark/storage-access"] is set by the storage of the application; leave it out',
    );
    expect(() => chartWith((chart) => STORAGES.hdfs(chart), { annotations })).not.toThrow();
  });

  test('is refused with a path that is too long for a policy', () => {
    const prefix = 'p'.repeat(500);
    const storage = (chart: Chart) => SparkStorage.gcs(chart, 'checkpoints', { bucket: 'acme-streams', prefix });

    expect(messageOf(() => chartWith(storage))).toBe(
      'test/sessions: storage access "clicks.sessions": grants[0].path has 516 characters; at most 512 are possible: shorten the prefix',
    );
  });
});
