import * as fc from 'fast-check';
import { PolicyDocument, s3Policy } from '../../../lib/storage/permissions/s3-policy';
import { StorageUse } from '../../../lib/storage/permissions/storage-access';
import { anyGrants, EVERY_USE, keysNear, meant, s3Access } from './accesses';

const BUCKET = 'arn:aws:s3:::acme-streams';

describe('the policy of S3', () => {
  test('equals the least one that a streaming job was measured to need (row 40)', () => {
    expect(s3Policy(s3Access())).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'ListPaths',
          Effect: 'Allow',
          Action: ['s3:ListBucket'],
          Resource: ['arn:aws:s3:::acme-streams'],
          Condition: { StringLike: { 's3:prefix': ['checkpoints/JOB/*', 'out/JOB/*'] } },
        },
        {
          Sid: 'StatusOfDirectories',
          Effect: 'Allow',
          Action: ['s3:GetObject'],
          Resource: ['arn:aws:s3:::acme-streams/checkpoints/JOB'],
        },
        {
          Sid: 'ReadAndWrite',
          Effect: 'Allow',
          Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
          Resource: ['arn:aws:s3:::acme-streams/checkpoints/JOB/*', 'arn:aws:s3:::acme-streams/out/JOB/*'],
        },
      ],
    });
  });

  test('keeps input that is only read in statements of its own', () => {
    const { Statement } = s3Policy(s3Access({ grants: EVERY_USE }));

    expect(Statement.filter(({ Sid }) => Sid.endsWith('Inputs'))).toEqual([
      {
        Sid: 'ListInputs',
        Effect: 'Allow',
        Action: ['s3:ListBucket'],
        Resource: [BUCKET],
        Condition: { StringLike: { 's3:prefix': ['in/events/*'] } },
      },
      {
        Sid: 'ReadInputs',
        Effect: 'Allow',
        Action: ['s3:GetObject'],
        Resource: [`${BUCKET}/in/events`, `${BUCKET}/in/events/*`],
      },
    ]);
  });

  test.each([StorageUse.WRITE, StorageUse.READ_WRITE])(
    'is for "%s" the least one that a batch job was measured to need: no connector writes without reading (row 40)',
    (use) => {
      const { Statement } = s3Policy(s3Access({ grants: [{ path: 'export', use }] }));

      expect(Statement.map(({ Action, Resource }) => [Action, Resource])).toEqual([
        [['s3:ListBucket'], [BUCKET]],
        [['s3:GetObject'], [`${BUCKET}/export`]],
        [['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], [`${BUCKET}/export/*`]],
      ]);
    },
  );

  test('lets list and delete what is only cleaned up, and neither read nor write it', () => {
    const { Statement } = s3Policy(s3Access({ grants: [{ path: 'checkpoints', use: StorageUse.CLEAN_UP }] }));

    expect(Statement.map(({ Action, Resource }) => [Action, Resource])).toEqual([
      [['s3:ListBucket'], [BUCKET]],
      [['s3:DeleteObject'], [`${BUCKET}/checkpoints/*`]],
    ]);
  });

  test('lets give up uploads only beneath what is written so (row 41)', () => {
    const grants = [
      { path: 'checkpoints/JOB', use: StorageUse.CHECKPOINT, multipart: true },
      { path: 'out/JOB', use: StorageUse.FILE_SINK },
    ];

    expect(s3Policy(s3Access({ grants })).Statement.slice(3)).toEqual([
      {
        Sid: 'GiveUpUploads',
        Effect: 'Allow',
        Action: ['s3:AbortMultipartUpload'],
        Resource: [`${BUCKET}/checkpoints/JOB/*`],
      },
      { Sid: 'ListUploads', Effect: 'Allow', Action: ['s3:ListBucketMultipartUploads'], Resource: [BUCKET] },
    ]);
  });

  test('has the ARNs of the partition', () => {
    expect(s3Policy(s3Access({ partition: 'aws-cn' })).Statement[1].Resource).toEqual([
      'arn:aws-cn:s3:::acme-streams/checkpoints/JOB',
    ]);
  });

  test('is the same for nobody in particular', () => {
    expect(s3Policy({ ...s3Access(), identity: undefined })).toEqual(s3Policy(s3Access()));
  });

  test('is the same in whatever order the grants are given', () => {
    expect(s3Policy(s3Access({ grants: [...EVERY_USE].reverse() }))).toEqual(s3Policy(s3Access({ grants: EVERY_USE })));
  });

  test('takes one that just fits', () => {
    expect(JSON.stringify(s3Policy(s3Access({ grants: inputs(60) }))).length).toBeLessThanOrEqual(6144);
  });

  test('refuses one that is longer than a managed policy can be', () => {
    expect(() => s3Policy(s3Access({ grants: inputs(80) }))).toThrow(
      /^storage access "clicks-sessions": its policy has \d{4} characters; a managed policy has at most 6144: grant a path above several of them, or give some jobs a role of their own$/,
    );
  });

  test('allows what the grants mean and no other key, action or listing', () => {
    fc.assert(
      fc.property(
        anyGrants.chain((grants) => fc.tuple(fc.constant(grants), keysNear(grants))),
        ([grants, key]) => {
          const policy = s3Policy(s3Access({ grants }));
          const wanted = meant(grants);

          expect({
            read: allows(policy, 's3:GetObject', `${BUCKET}/${key}`),
            put: allows(policy, 's3:PutObject', `${BUCKET}/${key}`),
            delete: allows(policy, 's3:DeleteObject', `${BUCKET}/${key}`),
            list: allows(policy, 's3:ListBucket', BUCKET, key),
          }).toEqual({
            read: wanted.read(key),
            put: wanted.write(key),
            delete: wanted.delete(key),
            list: wanted.list(key),
          });
        },
      ),
      { numRuns: 500 },
    );
  });

  test('has nothing of buckets but listing, and no other bucket', () => {
    fc.assert(
      fc.property(anyGrants, (grants) => {
        const { Statement } = s3Policy(s3Access({ grants }));
        const actions = Statement.flatMap(({ Action }) => Action);
        const resources = Statement.flatMap(({ Resource }) => Resource ?? ['*']);

        expect(actions.filter((action) => !/^s3:(ListBucket|GetObject|PutObject|DeleteObject)$/.test(action))).toEqual(
          [],
        );
        expect(resources.filter((arn) => arn !== BUCKET && !arn.startsWith(`${BUCKET}/`))).toEqual([]);
      }),
    );
  });
});

function inputs(count: number) {
  return Array.from({ length: count }, (_, index) => ({ path: `in/${index}`, use: StorageUse.READ }));
}

/** A small evaluator of policies: a listing tells its prefix, which the condition must match. */
function allows({ Statement }: PolicyDocument, action: string, resource: string, prefix?: string): boolean {
  return Statement.some(
    ({ Action, Resource, Condition }) =>
      Action.includes(action) &&
      (Resource ?? ['*']).some((pattern) => like(pattern, resource)) &&
      Object.entries(Condition ?? {}).every(([operator, keys]) => {
        expect([operator, Object.keys(keys)]).toEqual(['StringLike', ['s3:prefix']]);
        return [keys['s3:prefix']].flat().some((pattern) => prefix !== undefined && like(pattern, prefix));
      }),
  );
}

/** `*` is any text, `?` any one character; a variable could be anything. */
function like(pattern: string, value: string): boolean {
  const expression = pattern
    .split(/(\*|\?|\$\{[^}]*\})/)
    .map((part) => {
      if (part === '?') return '[^]';
      return part === '*' || part.startsWith('${') ? '[^]*' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    })
    .join('');
  return new RegExp(`^${expression}$`).test(value);
}
