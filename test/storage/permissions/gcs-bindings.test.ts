import * as fc from 'fast-check';
import {
  GcsBinding,
  gcsBindings,
  gcsMembers,
  roleName,
  workloadIdentityUsers,
} from '../../../lib/storage/permissions/gcs-bindings';
import { StorageUse } from '../../../lib/storage/permissions/storage-access';
import { anyGrants, EVERY_USE, gcsAccess, googleAccountAccess, keysNear, meant } from './accesses';

const OBJECTS = 'projects/_/buckets/acme-streams/objects';

describe('the bindings on a bucket of Cloud Storage', () => {
  test('are the least for a checkpoint and a sink: objects by name, and listing (row 40)', () => {
    expect(gcsBindings(gcsAccess()).map(({ role, ...binding }) => [role.id, role.permissions, binding])).toEqual([
      [
        'spark.objects.readwrite',
        ['storage.objects.get', 'storage.objects.create', 'storage.objects.delete'],
        {
          name: 'read-write',
          condition: {
            title: 'spark-read-write',
            expression: `resource.name.startsWith("${OBJECTS}/checkpoints/JOB/") || resource.name.startsWith("${OBJECTS}/out/JOB/")`,
          },
        },
      ],
      [
        'spark.objects.read',
        ['storage.objects.get'],
        {
          name: 'read',
          condition: { title: 'spark-read', expression: `resource.name == "${OBJECTS}/checkpoints/JOB"` },
        },
      ],
      ['spark.objects.list', ['storage.objects.list'], { name: 'list' }],
    ]);
  });

  test('are to list, and to get and delete, for what is only cleaned up', () => {
    const grants = [{ path: 'checkpoints', use: StorageUse.CLEAN_UP }];

    expect(gcsBindings(gcsAccess({ grants })).map(({ role, condition }) => [role.permissions, condition])).toEqual([
      [
        ['storage.objects.delete', 'storage.objects.get'],
        { title: 'spark-clear', expression: `resource.name.startsWith("${OBJECTS}/checkpoints/")` },
      ],
      [['storage.objects.list'], undefined],
    ]);
  });

  test('limit listing to the paths on request', () => {
    expect(gcsBindings(gcsAccess({ limitListing: true })).at(-1)?.condition).toEqual({
      title: 'spark-list',
      expression:
        'api.getAttribute("storage.googleapis.com/objectListPrefix", "").startsWith("checkpoints/JOB/") || ' +
        'api.getAttribute("storage.googleapis.com/objectListPrefix", "").startsWith("out/JOB/")',
    });
  });

  test('are for each Kubernetes account as a principal of its own', () => {
    expect(gcsMembers(gcsAccess().identity)).toEqual([
      'principal://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/acme-clusters.svc.id.goog/subject/ns/clicks/sa/sessions-driver',
      'principal://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/acme-clusters.svc.id.goog/subject/ns/clicks/sa/sessions-executor',
    ]);
    expect(workloadIdentityUsers(gcsAccess().identity, 'acme-clusters')).toEqual([]);
  });

  test('are for a Google account that the Kubernetes accounts act as', () => {
    expect(gcsMembers(googleAccountAccess().identity)).toEqual([
      'serviceAccount:sessions@acme-data.iam.gserviceaccount.com',
    ]);
    expect(workloadIdentityUsers(googleAccountAccess().identity, 'acme-clusters')).toEqual([
      'serviceAccount:acme-clusters.svc.id.goog[clicks/sessions-driver]',
      'serviceAccount:acme-clusters.svc.id.goog[clicks/sessions-executor]',
    ]);
  });

  test('have roles with names that Google Cloud and Kubernetes take, and nothing of buckets', () => {
    for (const { role } of gcsBindings(gcsAccess({ grants: EVERY_USE }))) {
      expect(roleName('acme-data', role)).toMatch(/^projects\/acme-data\/roles\/[\w.]{3,64}$/);
      expect(role.id).toMatch(/^[a-z0-9.]+$/);
      expect(
        role.permissions.filter((permission) => !/^storage\.objects\.(get|create|delete|list)$/.test(permission)),
      ).toEqual([]);
    }
  });

  test('are several where one condition would have more operators than are possible', () => {
    const inputs = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ path: `in/${index + 10}`, use: StorageUse.READ }));
    const bindingsOf = (count: number) => gcsBindings(gcsAccess({ grants: inputs(count), limitListing: true }));
    const termsOf = (count: number) =>
      bindingsOf(count).map(({ name, condition }) => [
        name,
        condition?.title,
        condition?.expression.split(' || ').length,
      ]);

    expect(termsOf(6)).toEqual([
      ['read', 'spark-read', 12],
      ['list', 'spark-list', 6],
    ]);
    expect(termsOf(14)).toEqual([
      ['read', 'spark-read', 13],
      ['read-part2', 'spark-read-part2', 13],
      ['read-part3', 'spark-read-part3', 2],
      ['list', 'spark-list', 13],
      ['list-part2', 'spark-list-part2', 1],
    ]);
    expect(
      inputs(14).filter(({ path }) => !allows(bindingsOf(14), 'storage.objects.get', { name: `${OBJECTS}/${path}/x` })),
    ).toEqual([]);
  });

  test('allow what the grants mean and no other object or listing', () => {
    fc.assert(
      fc.property(
        anyGrants.chain((grants) => fc.tuple(fc.constant(grants), keysNear(grants))),
        ([grants, key]) => {
          const bindings = gcsBindings(gcsAccess({ grants, limitListing: true }));
          const wanted = meant(grants);

          expect({
            get: allows(bindings, 'storage.objects.get', { name: `${OBJECTS}/${key}` }),
            create: allows(bindings, 'storage.objects.create', { name: `${OBJECTS}/${key}` }),
            delete: allows(bindings, 'storage.objects.delete', { name: `${OBJECTS}/${key}` }),
            list: allows(bindings, 'storage.objects.list', { name: 'projects/_/buckets/acme-streams', prefix: key }),
          }).toEqual({
            // Whoever clears also asks for the status.
            get: wanted.read(key) || wanted.delete(key),
            create: wanted.write(key),
            delete: wanted.delete(key),
            list: wanted.list(key),
          });
        },
      ),
      { numRuns: 500 },
    );
  });
});

interface Request {
  readonly name: string;
  readonly prefix?: string;
}

function allows(bindings: readonly GcsBinding[], permission: string, request: Request): boolean {
  return bindings.some(
    ({ role, condition }) =>
      role.permissions.includes(permission) && (condition === undefined || holds(condition.expression, request)),
  );
}

/** A small evaluator of the conditions: alternatives of three kinds of terms. */
function holds(expression: string, { name, prefix = '' }: Request): boolean {
  return expression.split(' || ').some((term) => {
    const [, call = '', literal = ''] = /^(.*?)\(?("[^"\\]*")\)?$/.exec(term) ?? [];
    const value = JSON.parse(literal) as string;
    if (call === 'resource.name == ') return name === value;
    if (call === 'resource.name.startsWith') return name.startsWith(value);
    expect(call).toBe('api.getAttribute("storage.googleapis.com/objectListPrefix", "").startsWith');
    return prefix.startsWith(value);
  });
}
