import { Construct } from 'constructs';
import { CheckpointFolders, StorePath } from '../../lib/program/checkpoint-folders';
import { newChart } from '../job-namespace/manifests';

const S3 = { root: 's3a://acme', place: 's3a://acme' };
const MINIO = { root: 's3a://acme', place: 's3a://acme at http://minio:9000' };
const CLAIM = { root: 'file:///var/spark-checkpoints', place: 'volume claim state' };
const OTHER_CLAIM = { root: 'file:///var/spark-checkpoints', place: 'volume claim other' };

function livePaths(cleaned: StorePath, ...uses: StorePath[]): string[] {
  const folders = new CheckpointFolders();
  for (const used of uses) folders.addUse(used);
  return folders.livePaths(cleaned);
}

function mentions(...texts: string[]): string[] {
  const folders = new CheckpointFolders();
  folders.addMentions(newChart(), { arguments: texts });
  return folders.livePaths({ ...S3, path: 'p' });
}

describe('live paths', () => {
  test('are those in the folder and above it, sorted and each once', () => {
    const paths = ['p/n/b', 'p/n/a/v2', 'p/n/b', 'p', 'q/n/a', 'pp/n/a'].map((path) => ({ ...S3, path }));
    expect(livePaths({ ...S3, path: 'p' }, ...paths)).toEqual(['p', 'p/n/a/v2', 'p/n/b']);
  });

  test('are also those of another endpoint, which may be the same store', () => {
    expect(livePaths({ ...S3, path: 'p' }, { ...MINIO, path: 'p/n/a' })).toEqual(['p/n/a']);
  });

  test('are not those of another store', () => {
    const gcs = { root: 'gs://acme-2', place: 'gs://acme-2' };
    expect(livePaths({ ...S3, path: 'p' }, { ...gcs, path: 'p/n/a' })).toEqual([]);
  });

  test('of a claim are its own, though others are seen as the same folder', () => {
    const paths = [
      { ...CLAIM, path: 'p/n/a' },
      { ...CLAIM, root: 'file:///mnt/elsewhere', path: 'p/n/b' },
      { ...OTHER_CLAIM, path: 'p/n/c' },
    ];
    expect(livePaths({ ...CLAIM, path: 'p' }, ...paths)).toEqual(['p/n/a', 'p/n/b']);
  });

  test.each([
    ['s3a://acme/p/n/a', ['p/n/a']],
    ['--checkpoint=s3://acme/p/n/a/', ['p/n/a']],
    ['from s3a://acme/p/n/a, to s3a://acme/p/n/b;', ['p/n/a', 'p/n/b']],
    ['s3a://acme/p/n/*', ['p/n']],
    ['s3a://acme/p', ['p']],
    ['s3a://acme/', []],
    ['S3A://acme/p/n/a', ['p/n/a']],
    ['s3a://acme//p/./n///a/', ['p/n/a']],
    ['s3a://acme/x/../p/n/a', ['p/n/a']],
    // What goes on is not known in whole.
    ['s3a://acme/p/n/a*', ['p/n']],
    ['s3a://acme/p/n/${JOB}', ['p/n']],
    ['s3a://acme/p/n/größe', ['p/n']],
    ['s3a://acme/p/n/a\ns3a://acme/p/n/b', ['p/n/a', 'p/n/b']],
    ['{"path": "s3a://acme/p/n/a"}', ['p/n/a']],
    // Another name of the same store, or the end of a path whose beginning stands elsewhere.
    ['s3a://acme-2/p/n/a', ['p/n/a']],
    ['s3a://${BUCKET}/p/n/a', ['p/n/a']],
    ['p/n/a', ['p/n/a']],
    ['--checkpoint=p/n/a', ['p/n/a']],
    ['one\np/n/a', ['p/n/a']],
    ['p', []],
    ['up/n/a', []],
    ['file:/data/p/n/a', ['p/n/a']],
    ['/p/x/p/n/a', ['p/n/a', 'p/x/p/n/a']],
    // Where the store is that of the configuration, or a claim that is mounted by hand.
    ['/p/n/a', ['p/n/a']],
    ['--checkpoint=/p/n/a/', ['p/n/a']],
    ['hdfs:///p/n/a', ['p/n/a']],
    ['file:///data/p/n/a', ['p/n/a']],
    ['/data/p/n/a', ['p/n/a']],
    ['/data/p', ['p']],
    ['/data/pp/n/a', []],
    ['local:///p/n/a.py', []],
  ])('are those that an application names by itself: %s', (text, paths) => {
    expect(mentions(text)).toEqual(paths);
  });
});

describe('live paths that an application names by itself', () => {
  const named = (folder: StorePath, text: string, ...storages: StorePath[]): string[] => {
    const folders = new CheckpointFolders();
    folders.addMentions(newChart(), { arguments: [text] });
    for (const storage of storages) folders.addStorage(newChart(), storage);
    return folders.livePaths(folder);
  };

  test.each(['gs://acme_data/p/n/a', 'GS://acme_data//p/n/a'])('are those of a bucket with "_": %s', (text) => {
    expect(named({ root: 'gs://acme_data', place: 'gs://acme_data', path: 'p' }, text)).toEqual(['p/n/a']);
  });

  test('are not those in another storage of the program', () => {
    const other = { root: 'gs://acme_data', place: 'gs://acme_data', path: 'q' };
    expect(named({ ...S3, path: 'p' }, 'gs://acme_data/p/n/a', other)).toEqual([]);
    expect(named({ ...S3, path: 'p' }, 's3a://acme/p/n/a', other, { ...MINIO, path: 'q' })).toEqual(['p/n/a']);
  });

  test.each([
    '/var/spark-checkpoints/p/n/a',
    'file:/var/spark-checkpoints/p/n/a',
    'file:///var/spark-checkpoints/p/n/a',
    'FILE:///var//spark-checkpoints/p/n/a',
    '/mnt/by-hand/p/n/a',
    '/var/spark-checkpoints/by-hand/p/n/a',
  ])('are those on a claim: %s', (text) => {
    expect(named({ ...CLAIM, path: 'p' }, text, { ...OTHER_CLAIM, path: 'p' })).toEqual(['p/n/a']);
  });

  test('are looked for when somebody asks, and once in each specification', () => {
    const folders = new CheckpointFolders();
    const toJSON = jest.fn(() => ({ arguments: ['s3a://acme/p/n/a'] }));
    folders.addMentions(newChart(), { toJSON });
    expect(folders.problems).toEqual([]);
    expect(toJSON).not.toHaveBeenCalled();
    for (let asked = 0; asked < 3; asked += 1) expect(folders.livePaths({ ...S3, path: 'p' })).toEqual(['p/n/a']);
    expect(toJSON).toHaveBeenCalledTimes(1);
    folders.addMentions(newChart(), { arguments: ['s3a://acme/p/n/b'] });
    expect(folders.livePaths({ ...S3, path: 'p' })).toEqual(['p/n/a', 'p/n/b']);
  });
});

function problems(storages: StorePath[], ...cleanUps: StorePath[]): string[] {
  const chart = newChart();
  const folders = new CheckpointFolders();
  storages.forEach((folder, index) => folders.addStorage(new Construct(chart, `storage-${index}`), folder));
  cleanUps.forEach((folder, index) =>
    folders.addCleanUp(new Construct(chart, `clean-up-${index}`), { ...folder, namespaces: ['n'] }),
  );
  return folders.problems;
}

describe('a clean-up', () => {
  test.each([
    ['the same prefix', { ...S3, path: 'p' }],
    ['a prefix beside it', { ...S3, path: 'pp' }],
    ['the same path of another store', { root: 'gs://b', place: 'gs://b', path: 'p/q' }],
  ])('may have storage with %s', (_what, storage) => {
    expect(problems([storage], { ...S3, path: 'p' })).toEqual([]);
  });

  test.each([
    ['in', S3, 'p/q/r'],
    ['in', MINIO, 'p/q/r'],
    ['around', S3, 'p'],
    ['around', MINIO, 'p'],
  ])('may not have storage %s its prefix', (where, store, path) => {
    expect(problems([{ ...store, path }], { ...S3, path: 'p/q' })).toEqual([
      `test/clean-up-0: cleans up "p/q", ${where} which test/storage-0 has its prefix "${path}", so that one would look like ` +
        "the other's namespaces; give them prefixes beside each other",
    ]);
  });

  test('may have storage around its prefix on a claim of the same name elsewhere', () => {
    const inner = { ...CLAIM, path: 'p/q', claimNamespace: 'n' };
    expect(problems([{ ...CLAIM, path: 'p', claimNamespace: 'm' }], inner)).toEqual([]);
    expect(problems([{ ...CLAIM, path: 'p', claimNamespace: 'n' }], inner)).toHaveLength(1);
    // Nobody says of which namespace it is.
    expect(problems([{ ...CLAIM, path: 'p' }], inner)).toHaveLength(1);
  });

  const cleaned = (store: StorePath, location: string): string[] => {
    const folders = new CheckpointFolders();
    const chart = newChart();
    folders.addCleanUp(new Construct(chart, 'clean-up'), { ...store, namespaces: ['m', 'n'] });
    folders.addMentions(new Construct(chart, 'by-hand'), { sparkConf: { key: location } });
    return folders.problems;
  };

  test.each([
    ['s3a://acme/p/q/n', 'n'],
    ['s3a://acme/p/q/', 'm'],
    ['s3://acme/p/*', 'm'],
  ])('may not have all of a namespace named by an application: %s', (location, namespace) => {
    const named = location.replace('*', '');
    expect(cleaned({ ...S3, path: 'p/q' }, location)).toEqual([
      `test/by-hand: names ${named}, which holds all that test/clean-up cleans up of namespace "${namespace}", so that ` +
        `nothing there could ever be removed; name the folder of the one job, such as s3a://acme/p/q/${namespace}/by-hand, ` +
        'or use checkpoint',
    ]);
  });

  test.each([
    's3a://acme/p/q/n/by-hand',
    's3a://acme/p/q/other',
    's3a://acme/p/raw',
    's3a://acme-2/p/q',
    's3a://acme/',
  ])('may have locations named that leave something of each namespace: %s', (location) => {
    expect(cleaned({ ...S3, path: 'p/q' }, location)).toEqual([]);
  });

  test('may have a folder of its name on another claim', () => {
    expect(cleaned({ ...CLAIM, path: 'p' }, 'file:///var/spark-checkpoints/p')).toEqual([]);
  });

  test.each(['p', 'p/q'])('is the only one of its folder', (path) => {
    expect(problems([], { ...S3, path: 'p' }, { ...S3, path })).toEqual([
      'test/clean-up-0 and test/clean-up-1 clean up one folder, s3a://acme/p: keep one of them, with the namespaces of both',
    ]);
  });

  test('may be one of several on claims of one name', () => {
    const of = (claimNamespace: string): StorePath => ({ ...CLAIM, path: 'p', claimNamespace });
    expect(problems([], of('m'), of('n'))).toEqual([]);
    expect(problems([], of('n'), of('n'))).toHaveLength(1);
  });
});
