import { Checkpoint } from '../../../lib/application/storage/checkpoint';
import { ISparkStorage } from '../../../lib/storage/spark-storage';
import { messageOf, newChart } from '../../job-namespace/manifests';
import { STORAGES } from '../../storage/storages';

const storage = STORAGES.s3(newChart());

test('is the job’s own, at its first version, and not the root of named queries', () => {
  expect(Checkpoint.on(storage)).toMatchObject({ storage, version: undefined, writer: undefined, namedQueries: false });
  expect(Checkpoint.on(storage, { version: 2, namedQueries: true })).toMatchObject({ version: 2, namedQueries: true });
});

test('is another application’s that is only read', () => {
  expect(Checkpoint.readOnly(storage, 'sessions', { version: 3 })).toMatchObject({
    storage,
    writer: 'sessions',
    version: 3,
    namedQueries: false,
  });
});

test.each([0, -1, 1.5, Number.NaN])('has no version %d', (version) => {
  expect(messageOf(() => Checkpoint.on(storage, { version }))).toBe(
    `Checkpoint.on: version is ${version}; give a whole number of 1 or more`,
  );
});

test.each([undefined, 's3a://acme', {}])('lies on a storage and not on %j', (given) => {
  expect(messageOf(() => Checkpoint.on(given as unknown as ISparkStorage))).toMatch(
    /^Checkpoint\.on: storage .*; pass an ISparkStorage, such as SparkStorage\.gcs\(scope, id, props\)$/,
  );
});

test('is another application’s only with a name of one', () => {
  expect(messageOf(() => Checkpoint.readOnly(storage, '../x'))).toContain(
    'Checkpoint.readOnly: application "../x" is no DNS label',
  );
});
