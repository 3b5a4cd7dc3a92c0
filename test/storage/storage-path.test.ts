import { Chart } from 'cdk8s';
import * as fc from 'fast-check';
import { SparkStorage, ISparkStorage } from '../../lib/storage/spark-storage';
import { StoragePath } from '../../lib/storage/storage-path';
import { messageOf, newChart } from '../job-namespace/manifests';
import { ROLE, STORAGES } from './storages';

function s3(chart: Chart, prefix = 'checkpoints/prod-eu'): ISparkStorage {
  return SparkStorage.s3(chart, 'checkpoints', { bucket: 'acme-streams', prefix, identity: ROLE });
}

/** Why a path is refused, if it is. */
function refusalOf(storage: ISparkStorage, path: string): string | undefined {
  try {
    StoragePath.write(storage, path);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

describe('a path of data', () => {
  test.each([
    ['gcs', 'gs://acme-streams/out/sessions'],
    ['s3', 's3a://acme-streams/out/sessions'],
    ['azure', 'abfss://state@acmestreams.dfs.core.windows.net/out/sessions'],
    ['hdfs', 'hdfs://namenode.hdfs:8020/out/sessions'],
    ['persistentVolumeClaim', 'file:///var/spark-checkpoints/out/sessions'],
  ])('on %s is told from the root of the store', (kind, uri) => {
    const storage = STORAGES[kind](newChart());
    const path = StoragePath.write(storage, 'out/sessions');
    expect([path.uri, path.path]).toEqual([uri, 'out/sessions']);
    expect(path.storage).toBe(storage);
  });

  test('has one use', () => {
    const storage = s3(newChart());
    const paths = [
      StoragePath.read(storage, 'raw'),
      StoragePath.write(storage, 'out'),
      StoragePath.readWrite(storage, 'tables'),
      StoragePath.fileSink(storage, 'sink'),
    ];
    expect(paths.map(({ _use }) => _use)).toEqual(['read', 'write', 'readWrite', 'fileSink']);
  });

  test.each([
    ['', 'the path is empty, so that it would be all of s3a://acme-streams; give a folder, such as "out/sessions"'],
    ['/out', 'the path is "/out"; leave out the slash at its beginning or end'],
    ['out/', 'the path is "out/"; leave out the slash at its beginning or end'],
    ['out//a', 'the path is "out//a", with the part ""; use letters, digits'],
    ['out/../raw', 'the path is "out/../raw", with the part ".."; use letters, digits'],
    ['.', 'the path is ".", with the part "."; use letters, digits'],
    ['out/*', 'the path is "out/*", with the part "*"; use letters, digits'],
    ['out/?', 'the path is "out/?", with the part "?"; use letters, digits'],
    ['${user}', 'the path is "${user}", with the part "${user}"; use letters, digits'],
    ['s3a://acme-streams/out', 'the path is "s3a://acme-streams/out", a whole location; give only the folder'],
    ['gs://acme-streams/out', 'the path is "gs://acme-streams/out", a whole location; give only the folder'],
    ['file:/out', 'the path is "file:/out", a whole location; give only the folder, such as "out/sessions"'],
  ])('may not be "%s"', (path, problem) => {
    const storage = s3(newChart());
    expect(messageOf(() => StoragePath.read(storage, path))).toContain(`StoragePath.read: ${problem}`);
  });

  test.each(['checkpoints', 'checkpoints/prod-eu', 'checkpoints/prod-eu/clicks/sessions'])(
    'may not reach checkpoints: %s',
    (path) => {
      const storage = s3(newChart());
      expect(messageOf(() => StoragePath.readWrite(storage, path))).toBe(
        `StoragePath.readWrite: the path is "${path}", which overlaps the checkpoints of test/checkpoints in ` +
          '"checkpoints/prod-eu": rights on data would reach checkpoints; give a folder beside it',
      );
    },
  );

  test.each(['checkpoints/prod-us', 'checkpoints/prod-eu-2', 'check', 'out/checkpoints/prod-eu'])(
    'may lie beside checkpoints: %s',
    (path) => {
      expect(StoragePath.write(s3(newChart()), path).uri).toBe(`s3a://acme-streams/${path}`);
    },
  );

  test('is accepted exactly where it and the prefix are neither the same nor inside of each other', () => {
    const folder = fc.array(fc.constantFrom('a', 'b', 'ab'), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(folder, folder, (path, prefix) => {
        const storage = s3(newChart(), prefix.join('/'));
        const shorter = Math.min(path.length, prefix.length);
        const overlaps = path.slice(0, shorter).join('/') === prefix.slice(0, shorter).join('/');
        const problem = refusalOf(storage, path.join('/'));
        expect(problem?.includes('overlaps the checkpoints of test/checkpoints')).toBe(overlaps ? true : undefined);
      }),
      { numRuns: 60 },
    );
  });
});
