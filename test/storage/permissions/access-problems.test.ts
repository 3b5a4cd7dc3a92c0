import { accessProblems, checkAccess } from '../../../lib/storage/permissions/access-problems';
import { StorageUse } from '../../../lib/storage/permissions/storage-access';
import { azureAccess, EVERY_USE, gcsAccess, googleAccountAccess, podIdentityAccess, s3Access } from './accesses';

const PATH_RULE =
  'expected are names of letters, digits, "_", ".", "=", "@", "+" and "-" with single slashes between them, ' +
  'and no "." or "..": anything else may stand for more than itself in a policy';

describe('what is wrong with an access', () => {
  test.each([
    ['S3 with IRSA', s3Access({ grants: EVERY_USE })],
    ['S3 with Pod Identity', podIdentityAccess({ newBucket: { location: 'eu-west-1' } })],
    ['GCS with principals', gcsAccess({ grants: EVERY_USE })],
    ['GCS with a Google service account', googleAccountAccess({ newBucket: { location: 'EUROPE-WEST1' } })],
    ['Azure', azureAccess({ grants: EVERY_USE })],
    ['S3 without an identity', { ...s3Access(), identity: undefined }],
    ['S3 with a role that is there already', { ...s3Access(), identity: { ...s3Access().identity, trust: undefined } }],
    ['GCS without project and identity', { ...gcsAccess(), project: undefined, identity: undefined }],
    [
      'Azure without subscription, resource group and identity',
      { ...azureAccess(), subscription: undefined, resourceGroup: undefined, identity: undefined },
    ],
  ])('is nothing for %s', (_, access) => {
    expect(accessProblems(access)).toEqual([]);
  });

  test.each([
    ['*'],
    ['a*'],
    ['a/*'],
    ['a?'],
    ['${aws:username}'],
    ['a/$'],
    ['a"b'],
    ["a'b"],
    ['a\\b'],
    ['a b'],
    ['a\n'],
    ['") || true || ("'],
    [''],
    ['/'],
    ['/a'],
    ['a/'],
    ['a//b'],
    ['.'],
    ['..'],
    ['a/../b'],
    ['a/.'],
    ['ä'],
  ])('is a path %j, which may stand for more than itself', (path) => {
    for (const access of [s3Access, gcsAccess, azureAccess]) {
      expect(accessProblems(access({ grants: [{ path, use: StorageUse.CHECKPOINT }] }))).toEqual([
        `grants[0].path is ${JSON.stringify(path)}; ${PATH_RULE}`,
      ]);
    }
  });

  test.each([['a'], ['checkpoints/clicks/sessions/v2'], ['day=2024-01-01/part_0.json'], ['...'], ['.a/b..c']])(
    'is not a path %j',
    (path) => {
      expect(accessProblems(s3Access({ grants: [{ path, use: StorageUse.CHECKPOINT }] }))).toEqual([]);
    },
  );

  test('is a path that is too long, and not one that just fits', () => {
    const grants = (length: number) => [{ path: 'a'.repeat(length), use: StorageUse.READ }];

    expect(accessProblems(s3Access({ grants: grants(512) }))).toEqual([]);
    expect(accessProblems(s3Access({ grants: grants(513) }))).toEqual([
      'grants[0].path has 513 characters; at most 512 are possible: shorten the prefix',
    ]);
  });

  test('is an empty list of grants or accounts', () => {
    const access = s3Access({ grants: [] });

    expect(accessProblems({ ...access, identity: { ...access.identity, serviceAccounts: [] } })).toEqual([
      'identity.serviceAccounts is empty; name those of driver and executors',
      'grants is empty; name at least one path and its use',
    ]);
  });

  test('is the account "default", which any pod uses', () => {
    const access = gcsAccess();

    expect(accessProblems({ ...access, identity: { ...access.identity, serviceAccounts: ['default'] } })).toEqual([
      'identity.serviceAccounts[0] is "default", which any pod of the namespace uses; give the job a service account of its own',
    ]);
  });

  test('is an unknown use', () => {
    expect(accessProblems(s3Access({ grants: [{ path: 'a', use: 'admin' as StorageUse }] }))).toEqual([
      'grants[0].use is "admin"; expected checkpoint, read, write, readWrite, fileSink, cleanUp',
    ]);
  });

  test('is multipart where nothing is written, and on another store', () => {
    expect(accessProblems(s3Access({ grants: [{ path: 'a', use: StorageUse.READ, multipart: true }] }))).toEqual([
      'grants[0].multipart is true, but "read" writes nothing; leave it out',
    ]);
    expect(accessProblems(s3Access({ grants: [{ path: 'a', use: StorageUse.CLEAN_UP, multipart: true }] }))).toEqual([
      'grants[0].multipart is true, but "cleanUp" writes nothing; leave it out',
    ]);
    expect(accessProblems(gcsAccess({ grants: [{ path: 'a', use: StorageUse.CHECKPOINT, multipart: true }] }))).toEqual(
      ['grants[0].multipart is true, but only S3 knows it; leave it out'],
    );
  });

  test('is a principal of Google Cloud without the number of its project', () => {
    const identity = { ...gcsAccess().identity, clusterProjectNumber: undefined };

    expect(accessProblems(gcsAccess({ identity }))).toEqual([
      'identity.clusterProjectNumber is ""; expected is the number of a project; "gcloud projects describe" shows it',
    ]);
  });

  test('is a job of Azure whose credential would have too long a name', () => {
    const access = (length: number) =>
      azureAccess({ identity: { ...azureAccess().identity, serviceAccounts: ['a'.repeat(length)] } });

    expect(accessProblems(access(113))).toEqual([]);
    expect(accessProblems(access(114))).toEqual([
      `the federated credential would be named "clicks-${'a'.repeat(114)}", which has 121 characters; at most 120 are possible: ` +
        'give namespace or application a shorter name',
    ]);
  });

  test('is told all at once, with the name of the access', () => {
    const access = s3Access({ bucket: 'Acme', grants: [{ path: '*', use: StorageUse.READ }] });

    expect(() => checkAccess({ ...access, identity: { ...access.identity, account: '1', role: 'a/b' } })).toThrow(
      [
        'storage access "clicks-sessions": 4 problems:',
        '  - bucket is "Acme"; expected is the name of a bucket: 3 to 63 lower-case letters, digits, "." and "-"',
        '  - identity.account is "1"; expected is the twelve digits of an account',
        '  - identity.role is "a/b"; expected is the name of a role, without its path',
        `  - grants[0].path is "*"; ${PATH_RULE}`,
      ].join('\n'),
    );
  });

  test.each([
    ['issuer', s3Access({ identity: { ...s3Access().identity, trust: { kind: 'irsa', issuer: 'https://oidc' } } })],
    [
      'region',
      {
        ...podIdentityAccess(),
        identity: {
          ...podIdentityAccess().identity,
          trust: { kind: 'podIdentity' as const, region: 'a b', cluster: 'c' },
        },
      },
    ],
    ['path', s3Access({ identity: { ...s3Access().identity, path: 'team' } })],
    ['partition', s3Access({ partition: 'china' })],
    ['name', s3Access({ name: '../x' })],
    ['container', azureAccess({ container: 'a--b' })],
    ['subscription', azureAccess({ subscription: 'mine' })],
    ['project', gcsAccess({ project: "x'; rm" })],
  ])('is a %s that is none', (what, access) => {
    expect(accessProblems(access)).toEqual([expect.stringMatching(new RegExp(`${what} is ".*"; expected is `))]);
  });
});
