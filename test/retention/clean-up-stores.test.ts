import { spawnSync } from 'node:child_process';
import * as path from 'node:path';

/** The removal from a file system of Hadoop, with one in memory in its place. */

interface Case {
  /** In the order of removal. */
  readonly remove: readonly string[];
  /** With folders, which end in a slash. */
  readonly files: readonly string[];
  readonly cutOffAfter?: number;
  readonly undeletable?: readonly string[];
  /** A file that somebody writes while the first is removed. */
  readonly comes?: string;
}

interface Outcome {
  readonly left: readonly string[];
  readonly calls: readonly string[];
  readonly error: string | null;
}

const { status: pythonStatus } = spawnSync('python3', ['-c', 'import collections, datetime, json, re']);
if (pythonStatus !== 0) console.log('tests of the removal are skipped: there is no whole python3 here');
const describeProgram = pythonStatus === 0 ? describe : describe.skip;

function removeFrom(given: Case): Outcome {
  const { stdout, stderr } = spawnSync('python3', [path.join(__dirname, 'hadoop_store.py')], {
    input: JSON.stringify(given),
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Outcome;
}

describeProgram('a removal by Hadoop', () => {
  const remove = ['n/a/offsets/0', 'n/a/state/0', 'n/a/metadata'];
  const files = ['n/a/', 'n/a/metadata', 'n/a/offsets/0', 'n/a/state/0', 'n/b/metadata'];

  test('takes the files in the given order, and the folder at last', () => {
    expect(removeFrom({ remove, files })).toEqual({ left: ['n/b/metadata'], calls: [...remove, 'n/a'], error: null });
  });

  test('is done where a folder is gone with its files', () => {
    const { left, error } = removeFrom({ remove, files: files.filter((each) => each !== 'n/a/') });
    expect({ left, error }).toEqual({ left: ['n/b/metadata'], error: null });
  });

  test.each([0, 1, 2])('that is cut off after %s files has not taken metadata', (cutOffAfter) => {
    const { left, error } = removeFrom({ remove, files, cutOffAfter });
    expect(left).toContain('n/a/metadata');
    expect(error).toBe('cut off');
  });

  test.each([
    ['has come meanwhile', { comes: 'n/a/offsets/1' }, 'n/a/offsets/1'],
    ['is not removed', { undeletable: ['n/a/state/0'] }, 'n/a/state/0'],
  ])('keeps what %s, and says so', (_what, more, file) => {
    const { left, error } = removeFrom({ remove, files, ...more });
    expect(left).toContain(file);
    expect(error).toBe('files are left, or have come meanwhile; they stay');
  });
});
