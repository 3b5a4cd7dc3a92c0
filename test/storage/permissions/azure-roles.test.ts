import * as fc from 'fast-check';
import {
  assignableScope,
  azureAcl,
  AzureAssignment,
  azureAssignments,
  canBeListed,
  containerId,
  federatedCredentials,
} from '../../../lib/storage/permissions/azure-roles';
import { StorageUse } from '../../../lib/storage/permissions/storage-access';
import { anyGrants, azureAccess, EVERY_USE, keysNear, meant } from './accesses';

const BLOBS = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs';
const WRITTEN = [StorageUse.CHECKPOINT, StorageUse.WRITE, StorageUse.READ_WRITE, StorageUse.FILE_SINK];
const WRITES = [`${BLOBS}/write`, `${BLOBS}/add/action`, `${BLOBS}/delete`, `${BLOBS}/move/action`];

describe('the roles on a container of Azure', () => {
  test('are a custom one, assigned on the container alone with a condition on paths', () => {
    const grants = [{ path: 'checkpoints/JOB', use: StorageUse.CHECKPOINT }];
    const path = `@Resource[${BLOBS}:path]`;
    const within = `${path} StringEquals 'checkpoints/JOB' OR ${path} StringStartsWith 'checkpoints/JOB/'`;
    const prefix = `@Request[${BLOBS}:prefix]`;

    expect(azureAssignments(azureAccess({ grants }))).toEqual([
      {
        name: 'read-write',
        role: {
          name: 'Spark blobs read-write on acmestreams',
          description: 'Data of the storage account acmestreams for Spark jobs; assigned with a condition on paths',
          dataActions: [`${BLOBS}/read`, ...WRITES],
        },
        condition: [
          `((!(ActionMatches{'${BLOBS}/read'} AND NOT SubOperationMatches{'Blob.List'})) OR (${within}))`,
          `((!(ActionMatches{'${BLOBS}/read'} AND SubOperationMatches{'Blob.List'})) OR ` +
            `(${prefix} StringEquals 'checkpoints/JOB' OR ${prefix} StringStartsWith 'checkpoints/JOB/'))`,
          `((${WRITES.map((action) => `!(ActionMatches{'${action}'})`).join(' AND ')}) OR (${within}))`,
        ].join(' AND '),
      },
    ]);
  });

  test('can be assigned in the resource group of the storage account, and are on the container', () => {
    const group = '/subscriptions/0a1b2c3d-0000-4000-8000-000000000001/resourceGroups/streams';

    expect(assignableScope(azureAccess())).toBe(group);
    expect(containerId(azureAccess())).toBe(
      `${group}/providers/Microsoft.Storage/storageAccounts/acmestreams/blobServices/default/containers/state`,
    );
  });

  test('are one for each way of use, so that reading is not writing', () => {
    expect(
      azureAssignments(azureAccess({ grants: EVERY_USE })).map(({ name, role }) => [name, role.dataActions.length]),
    ).toEqual([
      ['read-write', 5],
      ['read', 1],
      ['clear', 2],
    ]);
  });

  test('take some 9 jobs of one identity, and refuse a condition that is longer than is possible', () => {
    const jobs = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        path: `checkpoints/clicks/sessions-${index + 10}`,
        use: StorageUse.CHECKPOINT,
      }));

    expect(azureAssignments(azureAccess({ grants: jobs(9) }))).toHaveLength(1);
    expect(() => azureAssignments(azureAccess({ grants: jobs(10) }))).toThrow(
      /^storage access "clicks-sessions": the condition of "read-write" has \d+ characters; at most 8192 are possible: give some of the jobs a storage with an identity of its own, which may name the same container and prefix; one job alone can name a path above several of those that it reads or writes$/,
    );
  });

  test('allow what the grants mean and no other path', () => {
    fc.assert(
      fc.property(
        anyGrants.chain((grants) => fc.tuple(fc.constant(grants), keysNear(grants))),
        ([grants, path]) => {
          const assignments = azureAssignments(azureAccess({ grants }));
          const wanted = meant(grants);
          const itself = (...uses: StorageUse[]) =>
            grants.some((grant) => grant.path === path && uses.includes(grant.use));

          expect({
            read: allows(assignments, { action: `${BLOBS}/read`, path }),
            list: allows(assignments, { action: `${BLOBS}/read`, list: true, path }),
            writes: WRITES.map((action) => allows(assignments, { action, path })),
          }).toEqual({
            // A directory is an object of its own here, which is made, moved and read like what is beneath it.
            read: wanted.read(path) || itself(StorageUse.FILE_SINK),
            list: wanted.list(path) || itself(...Object.values(StorageUse)),
            writes: WRITES.map(
              (action) =>
                wanted.write(path) ||
                itself(...WRITTEN) ||
                (action.endsWith('/delete') && (wanted.delete(path) || itself(StorageUse.CLEAN_UP))),
            ),
          });
        },
      ),
      { numRuns: 300 },
    );
  });
});

test('a federated credential is for one service account and the audience of Azure', () => {
  expect(federatedCredentials(azureAccess().identity)).toEqual(
    ['sessions-driver', 'sessions-executor'].map((account) => ({
      name: `clicks-${account}`,
      issuer: 'https://oidc.example/0001/',
      subject: `system:serviceaccount:clicks:${account}`,
      audiences: ['api://AzureADTokenExchange'],
    })),
  );
});

describe('the access control lists of a container', () => {
  test('let pass the directories above and give the right on each path', () => {
    expect(azureAcl(azureAccess({ grants: EVERY_USE }))).toEqual([
      { path: '', permissions: '--x', recursive: false },
      { path: 'checkpoints', permissions: '--x', recursive: false },
      { path: 'in', permissions: '--x', recursive: false },
      { path: 'out', permissions: '--x', recursive: false },
      { path: 'checkpoints/JOB', permissions: 'rwx', recursive: true },
      { path: 'export', permissions: 'rwx', recursive: true },
      { path: 'out/JOB', permissions: 'rwx', recursive: true },
      { path: 'table', permissions: 'rwx', recursive: true },
      { path: 'in/events', permissions: 'r-x', recursive: true },
    ]);
  });

  test('cannot let somebody delete who does not write', () => {
    expect(canBeListed(azureAccess({ grants: EVERY_USE }))).toBe(false);
    expect(canBeListed(azureAccess())).toBe(true);
  });
});

interface Request {
  readonly action: string;
  readonly list?: boolean;
  readonly path: string;
}

function allows(assignments: readonly AzureAssignment[], request: Request): boolean {
  return assignments.some(
    ({ role, condition }) => role.dataActions.includes(request.action) && holds(condition, request),
  );
}

/** A small evaluator of conditions: `AND` binds stronger than `OR`, and an unknown word is an error. */
function holds(condition: string, { action, list = false, path }: Request): boolean {
  const words = condition.match(/[()!]|AND|OR|NOT|\w+\{'[^']*'\}|@\w+\[[^\]]*\] \w+ '[^']*'/g) ?? [];
  expect(words.join('')).toBe(condition.replace(/ (?=AND|OR|NOT|SubOperation|Action|@|!|\()|(?<=AND|OR|NOT) /g, ''));
  let at = 0;
  const sequence = (word: string, next: () => boolean): boolean[] => {
    const values = [next()];
    while (words[at] === word) {
      at += 1;
      values.push(next());
    }
    return values;
  };
  const either = (): boolean => sequence('OR', both).some(Boolean);
  const both = (): boolean => sequence('AND', term).every(Boolean);
  const term = (): boolean => {
    const word = words[at++];
    if (word === '!' || word === 'NOT') return !term();
    if (word === '(') {
      const value = either();
      expect(words[at++]).toBe(')');
      return value;
    }
    const [, name, attribute, operator, text] = /^@?(\w+)(?:\[([^\]]*)\] (\w+) |\{)'([^']*)'\}?$/.exec(word) ?? [];
    if (name === 'ActionMatches') return action === text;
    if (name === 'SubOperationMatches') return list && text === 'Blob.List';
    expect([`${BLOBS}:path`, `${BLOBS}:prefix`]).toContain(attribute);
    // An attribute that the request does not have matches nothing.
    if ((attribute === `${BLOBS}:prefix`) !== list) return false;
    return operator === 'StringEquals' ? path === text : operator === 'StringStartsWith' && path.startsWith(text);
  };
  const value = either();
  expect(at).toBe(words.length);
  return value;
}
