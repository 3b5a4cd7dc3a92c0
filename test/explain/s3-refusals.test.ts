import * as fs from 'node:fs';
import * as path from 'node:path';
import { AccessReview } from '../../lib/access/access-review';
import { explainText } from '../../lib/explain/explain-text';
import { ExplainedProgram } from '../../lib/explain/explained-program';
import { Explanation } from '../../lib/explain/explanation';
import { accessAnnotation } from '../../lib/storage/permissions/access-annotation';
import { StorageUse } from '../../lib/storage/permissions/storage-access';
import { BUCKET, checkpointOf, NAMESPACE, outputOf, REMOVED_ACTIONS, WRONG_KEY } from '../cluster/removed-actions';

const WRITES = ['s3:PutObject', 's3:DeleteObject'];
const NO_PROGRAM = new ExplainedProgram(AccessReview._of([]));

/** The lines of a driver's log that tell why it ended, as test/cluster/streaming-permissions.test.ts gets them. */
function logOf(job: string): string {
  return fs.readFileSync(path.join(__dirname, 's3-refusals', `${job}.log`), 'utf8');
}

/** A program with one application that has its checkpoint and its output on S3. */
function programOf(job: string, outputUse = StorageUse.FILE_SINK): ExplainedProgram {
  const grants = [
    { path: checkpointOf(job), use: StorageUse.CHECKPOINT },
    { path: outputOf(job), use: outputUse },
  ];
  const annotations = accessAnnotation([{ store: 's3', name: `${NAMESPACE}-${job}`, bucket: BUCKET, grants }]);
  const manifest = {
    apiVersion: 'sparkoperator.k8s.io/v1beta2',
    kind: 'SparkApplication',
    metadata: { name: job, namespace: NAMESPACE, annotations },
  };
  return new ExplainedProgram(AccessReview._of([{ source: 'test', manifest }]));
}

function explained(job: string, program: ExplainedProgram): Explanation {
  const explanations = explainText(logOf(job), program);
  expect(explanations).toHaveLength(1);
  return explanations[0];
}

describe.each(REMOVED_ACTIONS)('a log without $action on $path', ({ job, action, path: object }) => {
  test('is explained by the action and the object', () => {
    const { kind, lacks } = explained(job, NO_PROGRAM);
    expect(kind).toBe('cloud-storage');
    expect(lacks?.startsWith(`${action} on `)).toBe(true);
    expect(lacks).toContain(object.replace('/*', ''));
  });

  test('is explained by the application that has the path, and by the command that writes its permissions', () => {
    const { program, advice, remedies } = explained(job, programOf(job));
    const use = object.startsWith('out/') ? 'as output of a file sink' : 'as its checkpoint';
    expect(program).toBe(
      `intends it, for SparkApplication ${NAMESPACE}/${job}, which has ${object.replace('/*', '')} ${use}`,
    );
    expect(advice).toContain('npx cdk8s-spark iam dist/ -o iam/');
    expect(advice).toContain(`grant ${action} `);
    expect(remedies).toBeUndefined();
  });

  test('is explained by the lines that give the path, where no application has it', () => {
    const folder = object.replace('/*', '');
    const { program, remedies, variables } = explained(job, programOf('others'));
    expect(program).toBe('gives no application that path, so no permissions for it are written');
    expect(remedies?.map(({ code }) => code)).toEqual([
      'checkpoint: Checkpoint.on(storage),',
      `storagePaths: [StoragePath.fileSink(storage, '${folder}')],`,
      `storagePaths: [StoragePath.write(storage, '${folder}')],`,
      // A right to read does not help where writing or deleting is refused.
      ...(WRITES.includes(action) ? [] : [`storagePaths: [StoragePath.read(storage, '${folder}')],`]),
    ]);
    expect(variables).toBe('storage is the SparkStorage of that bucket');
  });
});

describe('an output that the program has as input', () => {
  test.each(['no-put-output', 'no-delete-output'])('is not meant to be written: %s', (job) => {
    const { program, advice, remedies } = explained(job, programOf(job, StorageUse.READ));
    expect(program).toBe(
      `does not intend it: the path is only that of SparkApplication ${NAMESPACE}/${job}, which has ${outputOf(job)} as input`,
    );
    expect(advice).toContain('give the application the path');
    expect(remedies?.map(({ when }) => when)).toEqual([
      'a checkpoint',
      'output of the file sink of a streaming query',
      'other output',
    ]);
  });

  test.each(['no-list-output', 'no-get-output'])('is meant to be read: %s', (job) => {
    expect(explained(job, programOf(job, StorageUse.READ)).program).toMatch(/^intends it, .* as input$/);
  });
});

test('a log of a wrong secret key reads as one without s3:GetObject, and both are named', () => {
  const anonymous = (job: string): string => logOf(job).replaceAll(job, 'JOB').replaceAll('/_spark_metadata', '');
  expect(anonymous(WRONG_KEY)).toBe(anonymous('no-get-output'));
  const { lacks } = explained(WRONG_KEY, NO_PROGRAM);
  expect(lacks).toContain('s3:GetObject on ');
  expect(lacks).toContain('a wrong secret key');
});

test('a path of another bucket is none of the application', () => {
  const text = logOf('no-get-output').replaceAll(BUCKET, 'others');
  expect(explainText(text, programOf('no-get-output'))[0].program).toContain('gives no application that path');
});

describe('docs/storage.md', () => {
  const rows = fs
    .readFileSync(path.join(__dirname, '../../docs/storage.md'), 'utf8')
    .split('\n')
    .map((line) => line.replace(/ +/g, ' '));

  test.each(REMOVED_ACTIONS)('shows what the log says without $action on $path', ({ job, action, path: object }) => {
    expect(rows).toContain(`| \`${action}\` | \`${shown(object, job)}\` | \`${shown(decisive(job), job)}\` |`);
  });

  test('shows what the log says with a wrong secret key', () => {
    expect(rows).toContain(`| a valid secret key | | \`${shown(decisive(WRONG_KEY), WRONG_KEY)}\` |`);
  });
});

/** What was asked for, and the store's own text. */
function decisive(job: string): string {
  const match =
    /AccessDeniedException: \S+: (.*?) on (\S+): \S+?(S3Exception: .*?) \(Service: S3, (Status Code: \d+)/.exec(
      logOf(job),
    );
  const [, operation, object, text, status] = match ?? [];
  return `${operation.trim()} on ${object}: ${text} (${status})`;
}

function shown(text: string, job: string): string {
  return text
    .replaceAll(`s3a://${BUCKET}/`, '')
    .replaceAll(checkpointOf(job), 'CHECKPOINT')
    .replaceAll(outputOf(job), 'OUTPUT')
    .replaceAll('00000000-0000-0000-0000-000000000000', 'UUID');
}
