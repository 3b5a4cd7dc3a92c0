import { Chart } from 'cdk8s';
import { PersistentVolumeAccessMode, PersistentVolumeClaim } from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { SparkStorage, ISparkStorage } from '../../lib/storage/spark-storage';
import { ClaimStorageProps } from '../../lib/storage/stores/claim-storage';
import { S3StorageProps } from '../../lib/storage/stores/s3-storage';
import { messageOf, newChart } from '../job-namespace/manifests';
import { ENTRA, ROLE, secretOf, STORAGES } from './storages';

const LOCATIONS = {
  gcs: 'gs://acme-streams/checkpoints/prod-eu/clicks/sessions',
  s3: 's3a://acme-streams/checkpoints/prod-eu/clicks/sessions',
  azure: 'abfss://state@acmestreams.dfs.core.windows.net/checkpoints/prod-eu/clicks/sessions',
  hdfs: 'hdfs://namenode.hdfs:8020/checkpoints/prod-eu/clicks/sessions',
  persistentVolumeClaim: 'file:///var/spark-checkpoints/checkpoints/prod-eu/clicks/sessions',
};

function s3(chart: Chart, bucket: string, prefix = 'checkpoints'): ISparkStorage {
  return SparkStorage.s3(chart, 'checkpoints', { bucket, prefix, identity: ROLE });
}

function refusal(make: (chart: Chart) => unknown): string {
  return messageOf(() => make(newChart()));
}

describe('a location', () => {
  test.each(Object.entries(LOCATIONS))('on %s is made of prefix, namespace and application', (kind, location) => {
    expect(STORAGES[kind](newChart()).location('clicks', 'sessions')).toBe(location);
  });

  test.each(Object.entries(LOCATIONS))('on %s ends with the version where there is one', (kind, location) => {
    expect(STORAGES[kind](newChart()).location('clicks', 'sessions', 2)).toBe(`${location}/v2`);
  });

  test.each([
    ['a namespace', ['Clicks', 'sessions'], 'the namespace "Clicks" is no DNS label'],
    ['an application', ['clicks', 'a/b'], 'the application "a/b" is no DNS label'],
    ['a version of 0', ['clicks', 'sessions', 0], 'the version is 0; give a whole number of 1 or more'],
    ['half a version', ['clicks', 'sessions', 1.5], 'the version is 1.5; give a whole number of 1 or more'],
  ] as [string, [string, string, number?], string][])('refuses %s that makes no path', (_what, given, problem) => {
    expect(messageOf(() => STORAGES.gcs(newChart()).location(...given))).toContain(`test/checkpoints: ${problem}`);
  });

  test('is one job’s alone, and the same each time', () => {
    const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,4}[a-z0-9])?$/);
    const job = fc.record({ namespace: label, name: label, version: fc.option(fc.integer({ min: 1, max: 3 })) });
    const [first, second] = [s3(newChart(), 'acme'), s3(newChart(), 'acme')];
    fc.assert(
      fc.property(job, job, (a, b) => {
        const of = (storage: ISparkStorage, { namespace, name, version }: typeof a): string =>
          storage.location(namespace, name, version ?? undefined);
        expect(of(first, a)).toBe(of(second, a));
        const isSameJob = a.namespace === b.namespace && a.name === b.name;
        const isInside = `${of(first, a)}/`.startsWith(`${of(first, b)}/`);
        // Versions of one job are never there at once.
        expect(isInside).toBe(isSameJob && (b.version === null || a.version === b.version));
      }),
    );
  });
});

describe('a prefix', () => {
  test.each(['checkpoints', 'a/b/c', '_state/v1.0', 'cluster=prod'])('may be "%s"', (prefix) => {
    expect(s3(newChart(), 'acme', prefix).location('n', 'a')).toBe(`s3a://acme/${prefix}/n/a`);
  });

  test.each([
    ['', 'prefix is empty, so that jobs would lie beside whatever else is there; give a folder of this cluster alone'],
    ['/a', 'prefix is "/a"; leave out the slash at its beginning or end'],
    ['a/', 'prefix is "a/"; leave out the slash at its beginning or end'],
    ['a//b', 'prefix is "a//b", with the part ""; use letters, digits'],
    ['a/../b', 'prefix is "a/../b", with the part ".."; use letters, digits'],
    ['.', 'prefix is ".", with the part "."; use letters, digits'],
    ['a/*', 'prefix is "a/*", with the part "*"; use letters, digits'],
    ['a b', 'prefix is "a b", with the part "a b"; use letters, digits'],
    ['s3a://acme/a', 'prefix is "s3a://acme/a", a whole location; give only the folder'],
  ])('may not be "%s"', (prefix, problem) => {
    expect(refusal((chart) => s3(chart, 'acme', prefix))).toContain(`test/checkpoints: ${problem}`);
  });
});

describe('a bucket of S3', () => {
  test.each(['abc', 'acme-streams', 'acme.streams', `a${'b'.repeat(62)}`])('may be named %s', (bucket) => {
    expect(s3(newChart(), bucket).location('n', 'a')).toBe(`s3a://${bucket}/checkpoints/n/a`);
  });

  const noName = 'no name of a bucket; use 3 to 63 lower-case letters, digits, "-" and single "."';
  test.each([
    ['ab', noName],
    [`a${'b'.repeat(63)}`, noName],
    ['Acme', noName],
    ['acme_streams', noName],
    ['acme..streams', noName],
    ['-acme', noName],
    ['10.0.0.1', "an address; give the bucket's name"],
    ['xn--acme', "a form that S3 keeps for itself; give the bucket's name"],
    ['acme--x-s3', "a form that S3 keeps for itself; give the bucket's name"],
  ])('may not be named %s', (bucket, problem) => {
    expect(refusal((chart) => s3(chart, bucket))).toContain(`test/checkpoints: bucket is "${bucket}", ${problem}`);
  });

  test.each([
    ['s3a://acme', ''],
    ['acme/checkpoints', ''],
    ['gs://acme', '; what is on gs: belongs to SparkStorage.gcs'],
    ['file:///acme', '; what is on file: belongs to SparkStorage.persistentVolumeClaim'],
  ])('is no location such as %s', (bucket, factory) => {
    expect(refusal((chart) => s3(chart, bucket))).toBe(
      `test/checkpoints: bucket is "${bucket}"; give the bare name, and the folder as prefix${factory}`,
    );
  });
});

describe('a bucket of Google', () => {
  const gcs = (chart: Chart, bucket: string): ISparkStorage =>
    SparkStorage.gcs(chart, 'checkpoints', { bucket, prefix: 'checkpoints' });

  test.each(['abc', 'acme_streams', `${'a'.repeat(63)}.acme.dev`])('may be named %s', (bucket) => {
    expect(gcs(newChart(), bucket).location('n', 'a')).toBe(`gs://${bucket}/checkpoints/n/a`);
  });

  test.each(['ab', 'a'.repeat(64), `${'a'.repeat(64)}.dev`, 'Acme', 'acme..dev', 'acme-'])(
    'may not be named %s',
    (bucket) => {
      expect(refusal((chart) => gcs(chart, bucket))).toContain(
        `test/checkpoints: bucket is "${bucket}", no name of a bucket; use 3 to 63 lower-case letters`,
      );
    },
  );

  test.each([
    ['10.0.0.1', "an address; give the bucket's name"],
    ['google-streams', "a form that Google keeps for itself; give the bucket's name"],
    ['goog-streams', "a form that Google keeps for itself; give the bucket's name"],
  ])('may not be %s', (bucket, problem) => {
    expect(refusal((chart) => gcs(chart, bucket))).toBe(`test/checkpoints: bucket is "${bucket}", ${problem}`);
  });

  test('is not on S3', () => {
    expect(refusal((chart) => gcs(chart, 's3a://acme'))).toContain('what is on s3a: belongs to SparkStorage.s3');
  });
});

describe('a container of Azure', () => {
  const azure = (chart: Chart, account: string, container: string): ISparkStorage =>
    SparkStorage.azure(chart, 'checkpoints', { account, container, prefix: 'checkpoints', identity: ENTRA });

  test('may have the shortest and the longest name', () => {
    for (const [account, container] of [
      ['abc', 'abc'],
      ['a'.repeat(24), 'a'.repeat(63)],
    ]) {
      expect(azure(newChart(), account, container).location('n', 'a')).toBe(
        `abfss://${container}@${account}.dfs.core.windows.net/checkpoints/n/a`,
      );
    }
  });

  test.each(['ab', 'a'.repeat(25), 'acme-streams', 'acme.dfs.core.windows.net'])(
    'is in no account named %s',
    (account) => {
      expect(refusal((chart) => azure(chart, account, 'state'))).toBe(
        `test/checkpoints: account is "${account}", no name of a storage account; use 3 to 24 lower-case letters and ` +
          'digits, without a host',
      );
    },
  );

  test.each(['ab', 'a'.repeat(64), 'a--b', '-ab', 'State'])('may not be named %s', (container) => {
    expect(refusal((chart) => azure(chart, 'acmestreams', container))).toContain(
      `test/checkpoints: container is "${container}", no name of a container; use 3 to 63 lower-case letters`,
    );
  });
});

describe('HDFS', () => {
  const hdfs = (chart: Chart, nameNode: string, user?: string): ISparkStorage =>
    SparkStorage.hdfs(chart, 'checkpoints', { nameNode, user, prefix: 'checkpoints' });

  test.each([
    ['file:///data', 'nameNode is "file:///data", a disk that is gone with its pod; give hdfs:// with host and port'],
    [
      'checkpoints',
      'nameNode is "checkpoints", which means something else in each pod; give hdfs:// with host and port',
    ],
    ['/checkpoints', 'nameNode is "/checkpoints", which means something else in each pod; give hdfs://'],
    ['s3a://acme', 'nameNode is "s3a://acme"; give hdfs:// with host and port'],
    ['hdfs://namenode', 'nameNode is "hdfs://namenode"; give hdfs:// with host and port'],
    ['hdfs://namenode:8020/state', 'nameNode is "hdfs://namenode:8020/state"; give hdfs:// with host and port'],
    ['hdfs:///state', 'nameNode is "hdfs:///state"; give hdfs:// with host and port'],
  ])('is not at %s (row 44)', (nameNode, problem) => {
    expect(refusal((chart) => hdfs(chart, nameNode))).toContain(`test/checkpoints: ${problem}`);
  });

  test('knows users by name', () => {
    expect(refusal((chart) => hdfs(chart, 'hdfs://namenode:8020', 'a b'))).toBe(
      'test/checkpoints: user is "a b"; give the name of a user',
    );
  });
});

describe('a volume claim', () => {
  const { READ_WRITE_MANY, READ_WRITE_ONCE, READ_ONLY_MANY } = PersistentVolumeAccessMode;
  const of = (chart: Chart, props: ClaimStorageProps): ISparkStorage =>
    SparkStorage.persistentVolumeClaim(chart, 'checkpoints', props);
  const made = (chart: Chart, accessModes?: PersistentVolumeAccessMode[]): PersistentVolumeClaim =>
    new PersistentVolumeClaim(chart, 'claim', { metadata: { name: 'state' }, accessModes });

  test('is one that all pods can mount, and says so itself (row 44)', () => {
    const chart = newChart();
    const storage = of(chart, { claim: made(chart, [READ_WRITE_ONCE, READ_WRITE_MANY]), prefix: 'p' });
    expect(storage.location('n', 'a')).toBe('file:///var/spark-checkpoints/p/n/a');
  });

  test('is refused where just one node can mount it (row 44)', () => {
    for (const accessMode of [undefined, READ_WRITE_MANY]) {
      const message = refusal((chart) => of(chart, { claim: made(chart, [READ_WRITE_ONCE]), accessMode, prefix: 'p' }));
      expect(message).toBe(
        'test/checkpoints: the claim "state" can be mounted as ReadWriteOnce; driver and executors all write to it, so ' +
          'give one that is ReadWriteMany',
      );
    }
  });

  test('is refused where it is said to be read-only', () => {
    const message = refusal((chart) => of(chart, { claim: made(chart), accessMode: READ_ONLY_MANY, prefix: 'p' }));
    expect(message).toContain('the claim "state" can be mounted as ReadOnlyMany;');
  });

  test('is refused where nobody says how it can be mounted', () => {
    const message = refusal((chart) =>
      of(chart, { claim: PersistentVolumeClaim.fromClaimName(chart, 'claim', 'state'), prefix: 'p' }),
    );
    expect(message).toBe(
      'test/checkpoints: nobody says how the claim "state" can be mounted; driver and executors all write to it, so it ' +
        'must be ReadWriteMany: say so with accessMode',
    );
  });

  test.each(['state', '/state/', '/a/../b', '/a b'])('is not mounted at %s', (mountPath) => {
    const message = refusal((chart) => of(chart, { claim: made(chart, [READ_WRITE_MANY]), prefix: 'p', mountPath }));
    expect(message).toContain(`test/checkpoints: mountPath is "${mountPath}"; give an absolute path`);
  });
});

describe('storage', () => {
  test('on S3 has no endpoint with a path or a password', () => {
    for (const endpoint of ['minio:9000', 'https://minio/path', 'https://user:word@minio']) {
      const props = { bucket: 'acme', prefix: 'p', identity: ROLE, endpoint };
      expect(refusal((chart) => SparkStorage.s3(chart, 'checkpoints', props))).toBe(
        `test/checkpoints: endpoint is "${endpoint}"; give https:// or http:// with a host, and a port if need be, ` +
          'without a path or password',
      );
    }
  });

  test('on S3 has a region by its name', () => {
    const props = { bucket: 'acme', prefix: 'p', identity: ROLE, region: 'EU West' };
    expect(refusal((chart) => SparkStorage.s3(chart, 'checkpoints', props))).toContain('region is "EU West"; give');
  });

  test('needs an identity that fits it (row 38)', () => {
    expect(
      refusal((chart) => SparkStorage.s3(chart, 'checkpoints', { bucket: 'acme', prefix: 'p', identity: ENTRA })),
    ).toBe(
      'test/checkpoints: identity is CloudIdentity.azureWorkloadIdentity, which does not fit; give one of ' +
        'CloudIdentity.awsRole, CloudIdentity.eksPodIdentity, CloudIdentity.secret',
    );
    expect(
      refusal((chart) =>
        SparkStorage.gcs(chart, 'checkpoints', { bucket: 'acme', prefix: 'p', identity: secretOf(chart) }),
      ),
    ).toContain('identity is CloudIdentity.secret, which does not fit; give one of CloudIdentity.gkePrincipal');
  });

  test('on S3 never takes the identity of the node (row 38)', () => {
    const props = { bucket: 'acme', prefix: 'p' } as unknown as S3StorageProps;
    expect(refusal((chart) => SparkStorage.s3(chart, 'checkpoints', props))).toBe(
      'test/checkpoints: identity is required; pass a CloudIdentity, such as CloudIdentity.gkeWorkloadIdentity(email)',
    );
  });

  test('says everything that is wrong at once', () => {
    const props = { bucket: 'A', prefix: '', identity: ENTRA };
    expect(refusal((chart) => SparkStorage.s3(chart, 'checkpoints', props))).toContain('test/checkpoints: 3 problems:');
  });
});

describe('what permissions need to know of a store', () => {
  const s3With = (chart: Chart, props: Partial<S3StorageProps>): ISparkStorage =>
    SparkStorage.s3(chart, 'checkpoints', { bucket: 'acme', prefix: 'p', identity: ROLE, ...props });
  const newBucket = { location: 'eu-central-1' };

  test.each<[string, Partial<S3StorageProps>]>([
    ['in any region', { newBucket }],
    ['in the region of the storage', { newBucket, region: 'eu-central-1' }],
    ['by an endpoint of AWS', { newBucket, endpoint: 'https://s3.eu-central-1.amazonaws.com' }],
  ])('may be a bucket of S3 that is to be made %s', (_where, props) => {
    expect(() => s3With(newChart(), props)).not.toThrow();
  });

  test.each<[string, (chart: Chart) => unknown, string]>([
    [
      'a place that is none',
      (chart) => s3With(chart, { newBucket: { location: 'eu central' } }),
      'newBucket.location is "eu central"; give a region or location such as "eu-central-1"',
    ],
    [
      'two regions',
      (chart) => s3With(chart, { newBucket, region: 'eu-west-1' }),
      'region is "eu-west-1", but newBucket.location is "eu-central-1"; give one place',
    ],
    [
      'a new bucket that is not on AWS',
      (chart) => s3With(chart, { newBucket, endpoint: 'http://minio.store.svc:9000' }),
      'newBucket is only made on AWS, but endpoint is "http://minio.store.svc:9000"; make the bucket there, and leave newBucket out',
    ],
    [
      'a project that is none',
      (chart) => SparkStorage.gcs(chart, 'checkpoints', { bucket: 'acme', prefix: 'p', project: 'Acme Data' }),
      'project is "Acme Data", no id of a project; give one such as "acme-data"',
    ],
    [
      'a subscription that is none',
      (chart) =>
        SparkStorage.azure(chart, 'checkpoints', {
          account: 'acme',
          container: 'state',
          prefix: 'p',
          identity: ENTRA,
          subscription: 'mine',
        }),
      'subscription is "mine"; give its id, a UUID such as "00000000-1111-2222-3333-444444444444"',
    ],
    [
      'a resource group that is none',
      (chart) =>
        SparkStorage.azure(chart, 'checkpoints', {
          account: 'acme',
          container: 'state',
          prefix: 'p',
          identity: ENTRA,
          resourceGroup: 'a/b',
        }),
      'resourceGroup is "a/b", no name of a resource group; give one such as "streams"',
    ],
  ])('is not %s', (_what, make, problem) => {
    expect(refusal(make)).toBe(`test/checkpoints: ${problem}`);
  });
});
