import { accessAnnotation, readAccessAnnotation } from '../../../lib/storage/permissions/access-annotation';
import { azureAccess, EVERY_USE, gcsAccess, googleAccountAccess, podIdentityAccess, s3Access } from './accesses';

const ALL = [
  s3Access({ name: 'a', grants: EVERY_USE }),
  podIdentityAccess({
    name: 'b',
    newBucket: { location: 'eu-west-1' },
    grants: [{ ...EVERY_USE[0], multipart: true }],
  }),
  gcsAccess({ name: 'c', limitListing: true }),
  googleAccountAccess({ name: 'd' }),
  azureAccess({ name: 'e' }),
  s3Access({ name: 'f', partition: 'aws-cn', identity: { ...s3Access().identity, path: '/team/' } }),
  withoutFacts(s3Access({ name: 'g' }), 'identity'),
  withoutFacts(gcsAccess({ name: 'h' }), 'identity', 'project'),
  withoutFacts(azureAccess({ name: 'i' }), 'identity', 'subscription', 'resourceGroup'),
];

function withoutFacts<T extends object>(access: T, ...facts: (keyof T)[]): T {
  return Object.fromEntries(Object.entries(access).filter(([name]) => !facts.includes(name as keyof T))) as T;
}

describe('the annotation that tells which storage an application uses', () => {
  test('is read as it was written', () => {
    const { 'cdk8s-spark/storage-access': text } = accessAnnotation(ALL);

    expect(readAccessAnnotation(text, 'clicks')).toEqual({ accesses: ALL, problems: [] });
  });

  test('is left out without storage', () => {
    expect(accessAnnotation([])).toEqual({});
  });

  test('asks only for accounts of the namespace that the application is of', () => {
    expect(readAccessAnnotation(JSON.stringify([s3Access()]), 'billing')).toEqual({
      accesses: [],
      problems: [
        'cdk8s-spark/storage-access[0].identity.namespace is "clicks", but the application is of "billing"; ' +
          'an application can ask only for accounts of its own namespace',
      ],
    });
  });

  test.each<[string, unknown, string]>([
    ['an object', {}, 'cdk8s-spark/storage-access is {}; expected is a list'],
    ['a text in the list', ['s3'], 'cdk8s-spark/storage-access[0] is "s3"; expected is an object'],
    ['an unknown store', [{ store: 'hdfs' }], 'cdk8s-spark/storage-access[0].store is "hdfs"; expected s3, gcs, azure'],
    [
      'a store that only every object has',
      [{ store: 'constructor' }],
      'cdk8s-spark/storage-access[0].store is "constructor"; expected s3, gcs, azure',
    ],
    [
      'a field that is misspelt',
      [{ ...s3Access(), newbucket: {} }],
      'cdk8s-spark/storage-access[0] has a field "newbucket", which is unknown; ' +
        'expected partition, newBucket, identity, store, name, grants, bucket',
    ],
    [
      'a field that is missing',
      [{ ...s3Access(), bucket: undefined }],
      'cdk8s-spark/storage-access[0].bucket is undefined; expected is a string',
    ],
    [
      'a field of another type',
      [{ ...gcsAccess(), limitListing: 'yes' }],
      'cdk8s-spark/storage-access[0].limitListing is "yes"; expected is a boolean',
    ],
    [
      'grants that are no list',
      [{ ...s3Access(), grants: 'all' }],
      'cdk8s-spark/storage-access[0].grants is "all"; expected is a list',
    ],
    [
      'a grant without a use',
      [{ ...s3Access(), grants: [{ path: 'a' }] }],
      'cdk8s-spark/storage-access[0].grants[0].use is undefined; expected is a string',
    ],
    [
      'a name that leaves the folder',
      [{ ...s3Access(), name: '../x' }],
      'cdk8s-spark/storage-access[0].name is "../x"; expected is at most 128 lower-case letters, digits, "." and "-"',
    ],
  ])('is refused with %s', (_, value, problem) => {
    expect(readAccessAnnotation(JSON.stringify(value), 'clicks')).toEqual({ accesses: [], problems: [problem] });
  });

  test('is refused as no JSON', () => {
    expect(readAccessAnnotation('s3://bucket', 'clicks').problems).toEqual([
      expect.stringMatching(/^cdk8s-spark\/storage-access is no JSON: /),
    ]);
  });

  test('keeps the accesses that nothing is wrong with', () => {
    const { accesses, problems } = readAccessAnnotation(JSON.stringify([{}, s3Access()]), 'clicks');

    expect(accesses).toEqual([s3Access()]);
    expect(problems).toHaveLength(1);
  });
});
