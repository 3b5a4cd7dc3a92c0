import { Chart } from 'cdk8s';
import { SecureSparkApplication } from '../../../lib/application/secure-spark-application';
import { SparkJobNamespace } from '../../../lib/job-namespace/spark-job-namespace';
import { ISparkStorage, SparkStorage } from '../../../lib/storage/spark-storage';
import { manifests, messageOf, newChart } from '../../job-namespace/manifests';
import { PREFIX, secretOf, STORAGES } from '../../storage/storages';
import { IMAGE, Overrides, PYTHON } from '../fixtures';
import { Checkpoint } from '../../../lib/application/storage/checkpoint';

const ROOT = 'spark.sql.streaming.checkpointLocation';
const REMEDY = 'give one of them another name, storage with another prefix, or another path in sparkConf';

function chartWith(jobs: Record<string, (chart: Chart) => Overrides>): Chart {
  const chart = newChart();
  const jobNamespace = new SparkJobNamespace(chart, 'clicks');
  for (const [name, overrides] of Object.entries(jobs)) {
    new SecureSparkApplication(chart, name, { jobNamespace, image: IMAGE, main: PYTHON, ...overrides(chart) });
  }
  return chart;
}

function refusal(jobs: Record<string, (chart: Chart) => Overrides>): string {
  return messageOf(() => {
    manifests(chartWith(jobs));
    throw new Error('taken');
  });
}

const root =
  (location: string, hadoopConf?: Record<string, string>): (() => Overrides) =>
  () => ({ sparkConf: { [ROOT]: location }, hadoopConf });

describe('the root of checkpoints in sparkConf', () => {
  test.each([
    ['s3a://acme/state/a', 's3a://acme/state/a'],
    ['s3a://acme/state/a', 's3a://acme//state/./a/'],
    ['gs://acme/state', 'gs://acme/state'],
    ['abfss://state@acme.dfs.core.windows.net/a', 'abfss://state@ACME.dfs.core.windows.net/a/'],
    ['hdfs://namenode:8020/state/a', 'hdfs://namenode:8020/state/a'],
  ])('is one job’s: %s and %s (case 10)', (one, other) => {
    expect(refusal({ a: root(one), b: root(other) })).toContain('test/a and test/b write one checkpoint, ');
    expect(refusal({ a: root(one), b: root(other) })).toContain(REMEDY);
  });

  test.each([
    ['s3a://acme/state/a', 's3a://acme/state/b'],
    ['s3a://acme/state/a', 's3a://acme/state/ab'],
    ['s3a://acme/state', 's3a://other/state'],
    ['s3a://acme/state', 'gs://acme/state'],
    ['hdfs://one:8020/state', 'hdfs://two:8020/state'],
  ])('may be another one for another job: %s and %s (case 10)', (one, other) => {
    expect(refusal({ a: root(one), b: root(other) })).toBe('taken');
  });

  test('does not lie inside of another job’s, in whichever order they come (case 10)', () => {
    const [outer, inner] = [root('s3a://acme/state'), root('s3a://acme/state/a')];
    const fault = 'test/a and test/b write checkpoints one inside of the other, in s3a://acme/state: ';
    expect(refusal({ a: outer, b: inner })).toContain(fault);
    expect(refusal({ a: inner, b: outer })).toContain(fault);
  });

  test('is told by the endpoint where a store is not AWS (case 10)', () => {
    const minio = root('s3a://acme/state', { 'fs.s3a.endpoint': 'https://minio.acme.dev' });
    const ofBucket = root('s3a://acme/state', { 'fs.s3a.bucket.acme.endpoint': 'https://MINIO.acme.dev' });
    const aws = root('s3a://acme/state', { 'fs.s3a.endpoint': 'https://s3.eu-central-1.amazonaws.com' });
    expect(refusal({ a: minio, b: root('s3a://acme/state') })).toBe('taken');
    expect(refusal({ a: minio, b: ofBucket })).toContain('write one checkpoint');
    expect(refusal({ a: aws, b: root('s3a://acme/state') })).toContain('write one checkpoint');
  });

  test.each<[string, (chart: Chart) => ISparkStorage, string]>([
    ['S3', (chart) => STORAGES.s3(chart), `s3a://acme-streams/${PREFIX}/clicks/stream`],
    ['Google Cloud', (chart) => STORAGES.gcs(chart), `gs://acme-streams/${PREFIX}/clicks/stream`],
    [
      'Azure',
      (chart) => STORAGES.azure(chart),
      `abfss://state@acmestreams.dfs.core.windows.net/${PREFIX}/clicks/stream`,
    ],
    ['HDFS', (chart) => STORAGES.hdfs(chart), `hdfs://namenode.hdfs:8020/${PREFIX}/clicks/stream`],
  ])('is not the checkpoint of another job on %s (case 10)', (_, storage, location) => {
    const stream = (chart: Chart): Overrides => ({ checkpoint: Checkpoint.on(storage(chart)) });
    const other = { stream, other: root(location) };
    expect(refusal(other)).toContain('test/other and test/stream write one checkpoint, ');
    expect(refusal({ stream, other: root(`${location}2`) })).toBe('taken');
  });

  test('may be the job’s own checkpoint (case 10)', () => {
    const stream = (chart: Chart): Overrides => ({
      checkpoint: Checkpoint.on(
        SparkStorage.s3(chart, 'state', { bucket: 'acme-streams', prefix: PREFIX, identity: secretOf(chart) }),
      ),
      sparkConf: { [ROOT]: `s3a://acme-streams/${PREFIX}/clicks/stream` },
    });
    expect(refusal({ stream })).toBe('taken');
  });
});
