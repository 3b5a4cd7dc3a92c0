import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import * as fc from 'fast-check';

/** The program of the clean-up itself, on a store in memory. */

interface Settings {
  readonly prefix: string;
  readonly namespaces: readonly string[];
  readonly live: readonly string[];
  readonly afterSeconds: number;
  readonly dryRun: boolean;
}

interface Case {
  /** When each file was modified. */
  readonly files: Readonly<Record<string, number>>;
  readonly settings: Settings;
  readonly now: number;
  /** Folders whose listing fails. */
  readonly unreadable?: readonly string[];
  /** Files whose removal fails. */
  readonly undeletable?: readonly string[];
  /** Folders in which a file is written between the two looks at them. */
  readonly busy?: Readonly<Record<string, number>>;
}

interface Decision {
  readonly action: string;
  readonly path: string;
  readonly reason: string;
  readonly newest?: string;
  readonly files?: number;
  readonly bytes?: number;
}

interface Outcome {
  readonly decisions: Decision[];
  readonly left: Readonly<Record<string, number>>;
}

const AFTER = 100;
const NOW = 1000;
const OLD = NOW - AFTER - 1;
const YOUNG = NOW - AFTER;
const SETTINGS: Settings = {
  prefix: 'p/q',
  namespaces: ['n'],
  live: ['p/q/n/live'],
  afterSeconds: AFTER,
  dryRun: false,
};

const { status: pythonStatus } = spawnSync('python3', ['-c', 'import collections, datetime, json, re']);
if (pythonStatus !== 0) console.log('tests of the program that cleans up are skipped: there is no whole python3 here');
const describeProgram = pythonStatus === 0 ? describe : describe.skip;

function runAll(cases: readonly Case[]): Outcome[] {
  const { stdout, stderr } = spawnSync('python3', [path.join(__dirname, 'memory_store.py')], {
    input: JSON.stringify(cases),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Outcome[];
}

function runOn(files: Record<string, number>, settings: Partial<Settings> = {}, more: Partial<Case> = {}): Outcome {
  const [outcome] = runAll([{ files, settings: { ...SETTINGS, ...settings }, now: NOW, ...more }]);
  return outcome;
}

function actions({ decisions }: Outcome): string[] {
  return decisions.map(({ action, path: folder, reason }) => `${action} ${folder}: ${reason}`);
}

describeProgram('a checkpoint of a job that is gone', () => {
  test('is removed with all of it, and told with its age and size', () => {
    const { decisions, left } = runOn({ 'p/q/n/gone/metadata': OLD - 5, 'p/q/n/gone/offsets/0': OLD });
    expect(left).toEqual({});
    expect(decisions).toEqual([
      {
        action: 'removed',
        path: 'p/q/n/gone',
        reason: 'no job has it',
        newest: '1970-01-01T00:14:59+00:00',
        files: 2,
        bytes: 2,
      },
    ]);
  });

  test('is kept as long as its newest file is not older than the age', () => {
    const files = { 'p/q/n/gone/metadata': OLD - 50, 'p/q/n/gone/offsets/0': YOUNG };
    const outcome = runOn(files);
    expect(outcome.left).toEqual(files);
    expect(actions(outcome)).toEqual(['kept p/q/n/gone: not old enough']);
  });

  test('is kept in a dry run', () => {
    const files = { 'p/q/n/gone/metadata': OLD };
    const outcome = runOn(files, { dryRun: true });
    expect(outcome.left).toEqual(files);
    expect(actions(outcome)).toEqual(['would remove p/q/n/gone: no job has it']);
  });

  test('is kept if it changes between the two looks at it', () => {
    const outcome = runOn({ 'p/q/n/gone/metadata': OLD }, {}, { busy: { 'p/q/n/gone': NOW } });
    expect(Object.keys(outcome.left)).toEqual(['p/q/n/gone/metadata', 'p/q/n/gone/offsets/new']);
    expect(actions(outcome)).toEqual(['kept p/q/n/gone: it has changed meanwhile']);
  });

  test('is still known as one when its removal was cut off', () => {
    const files = { 'p/q/n/gone/metadata': OLD, 'p/q/n/gone/a/0': OLD, 'p/q/n/gone/z/0': OLD };
    const cut = runOn(files, {}, { undeletable: ['p/q/n/gone/z/0'] });
    expect(actions(cut)).toEqual(['failed p/q/n/gone: p/q/n/gone/z/0 is not removed']);
    expect(Object.keys(cut.left)).toEqual(['p/q/n/gone/metadata', 'p/q/n/gone/z/0']);
    expect(runOn(cut.left).left).toEqual({});
  });
});

describeProgram('what is kept whatever its age', () => {
  test.each([
    ['a live path', 'p/q/n/live/metadata', 'kept p/q/n/live: live: p/q/n/live'],
    ['what lies below a live path', 'p/q/n/live/v1/metadata', 'kept p/q/n/live: live: p/q/n/live'],
    [
      'a folder that is no checkpoint',
      'p/q/n/table/0',
      'kept p/q/n/table: no checkpoint: it has no file named metadata',
    ],
  ])('is %s', (_what, file, action) => {
    const outcome = runOn({ [file]: 0 });
    expect(outcome.left).toEqual({ [file]: 0 });
    expect(actions(outcome)).toEqual([action]);
  });

  test.each([
    ['another namespace', 'p/q/m/gone/metadata'],
    ['another prefix', 'p/n/gone/metadata'],
    ['a namespace whose name only begins so', 'p/q/nn/gone/metadata'],
  ])('is %s, which is not even looked at', (_what, file) => {
    expect(runOn({ [file]: 0 })).toEqual({ decisions: [], left: { [file]: 0 } });
  });

  test('is everything while no path is live', () => {
    const outcome = runOn({ 'p/q/n/gone/metadata': 0 }, { live: [] });
    expect(outcome.left).toEqual({ 'p/q/n/gone/metadata': 0 });
    expect(actions(outcome)).toEqual(['kept p/q: no live path is given, so nothing is removed']);
  });

  test('is everything below a live path that lies above the namespaces', () => {
    const outcome = runOn({ 'p/q/n/gone/metadata': 0 }, { live: ['p'] });
    expect(actions(outcome)).toEqual(['kept p/q/n/gone: live: p']);
  });

  test('is all but other versions beside a live version', () => {
    const kept = ['metadata', 'offsets/0', 'v2/metadata', 'v0/metadata', 'v1x/metadata', 'query/metadata'];
    const removed = ['v1/metadata', 'v3/metadata', 'v10/offsets/0', 'v10/metadata'];
    const folder = 'p/q/n/live';
    const outcome = runOn(Object.fromEntries([...kept, ...removed].map((file) => [`${folder}/${file}`, 0])), {
      live: [`${folder}/v2`],
    });
    expect(Object.keys(outcome.left)).toEqual(kept.map((file) => `${folder}/${file}`));
    expect(actions(outcome)).toEqual([
      `kept ${folder}: holds what is live: ${folder}/v2`,
      `removed ${folder}/v1: no job has it`,
      `removed ${folder}/v10: no job has it`,
      `removed ${folder}/v3: no job has it`,
    ]);
  });
});

describeProgram('what fails', () => {
  test('is told, and the others have their turn', () => {
    const files = { 'p/q/n/a/metadata': 0, 'p/q/n/b/metadata': 0, 'p/q/n/c/metadata': 0 };
    const outcome = runOn(files, {}, { unreadable: ['p/q/n/a'], undeletable: ['p/q/n/b/metadata'] });
    expect(actions(outcome)).toEqual([
      'failed p/q/n/a: p/q/n/a is not listed',
      'failed p/q/n/b: p/q/n/b/metadata is not removed',
      'removed p/q/n/c: no job has it',
    ]);
    expect(Object.keys(outcome.left)).toEqual(['p/q/n/a/metadata', 'p/q/n/b/metadata']);
  });

  test('may be a whole namespace', () => {
    const files = { 'p/q/m/a/metadata': 0, 'p/q/n/a/metadata': 0 };
    const outcome = runOn(files, { namespaces: ['m', 'n'] }, { unreadable: ['p/q/m'] });
    expect(actions(outcome)).toEqual(['failed p/q/m: p/q/m is not listed', 'removed p/q/n/a: no job has it']);
  });
});

describeProgram('of random trees', () => {
  const namespace = fc.constantFrom('m', 'n', 'nm');
  const application = fc.constantFrom('a', 'b', 'ab');
  const folder = fc.constantFrom('', 'v1/', 'v2/', 'v2/offsets/', 'offsets/', 'query/v1/');
  const file = fc.constantFrom('metadata', '0', '1');
  const filePath = fc
    .tuple(fc.constantFrom('p/q', 'p', 'x'), namespace, application, folder, file)
    .map(([prefix, ...[n, a, below, name]]) => `${prefix}/${n}/${a}/${below}${name}`);
  const livePath = fc.oneof(
    { weight: 8, arbitrary: fc.tuple(namespace, application).map((parts) => ['p/q', ...parts].join('/')) },
    {
      weight: 8,
      arbitrary: fc
        .tuple(namespace, application, fc.constantFrom('v1', 'v2'))
        .map((parts) => ['p/q', ...parts].join('/')),
    },
    { weight: 1, arbitrary: fc.constantFrom('p/q/n', 'x/n/a') },
  );
  const anyCase: fc.Arbitrary<Case> = fc.record({
    files: fc.dictionary(filePath, fc.constantFrom(0, OLD, YOUNG, NOW, NOW + 50), { maxKeys: 25 }),
    settings: fc.record({
      prefix: fc.constant('p/q'),
      namespaces: fc.constantFrom(['n'], ['m', 'n'], ['nm']),
      live: fc.uniqueArray(livePath, { maxLength: 5 }),
      afterSeconds: fc.constant(AFTER),
      dryRun: fc.boolean(),
    }),
    now: fc.constant(NOW),
    unreadable: fc.subarray(['p/q/n', 'p/q/n/a', 'p/q/n/b', 'p/q/n/a/v1']),
    undeletable: fc.array(filePath, { maxLength: 2 }),
    busy: fc.dictionary(fc.constantFrom('p/q/n/a', 'p/q/n/b', 'p/q/n/b/v2'), fc.constantFrom(OLD, NOW)),
  });
  const isWithin = (one: string, above: string): boolean => one === above || one.startsWith(`${above}/`);
  const removedFrom = ({ files }: Case, { left }: Outcome): string[] =>
    Object.keys(files).filter((key) => !(key in left));

  // Starting the program is slow, so it gets many cases at once.
  const anyCases = fc.array(anyCase, { minLength: 1, maxLength: 300, size: 'max' });
  const runs = { numRuns: 4 };

  test('nothing goes that is live, young, elsewhere or in a dry run', () => {
    const check = (given: Case, outcome: Outcome): void => {
      const { live, dryRun, namespaces } = given.settings;
      const removed = removedFrom(given, outcome);
      expect(removed).toEqual(dryRun || live.length === 0 ? [] : removed);
      for (const each of removed) {
        expect(live.filter((one) => isWithin(each, one))).toEqual([]);
        expect(namespaces.some((name) => isWithin(each, `p/q/${name}`))).toBe(true);
        expect(given.files[each]).toBeLessThanOrEqual(OLD);
        const told = outcome.decisions.filter((decision) => isWithin(each, decision.path));
        expect(told.filter(({ action }) => action === 'removed' || action === 'failed')).toHaveLength(1);
      }
    };
    fc.assert(
      fc.property(anyCases, (cases) => {
        for (const [index, outcome] of runAll(cases).entries()) check(cases[index], outcome);
      }),
      runs,
    );
  });

  test('all goes that is the old checkpoint of an application that is gone, where nothing fails', () => {
    const check = ({ files, settings: { namespaces, live } }: Case, { left }: Outcome): void => {
      for (const one of namespaces.flatMap((name) =>
        ['a', 'b', 'ab'].map((application) => `p/q/${name}/${application}`),
      )) {
        const own = Object.keys(files).filter((each) => isWithin(each, one));
        const isGone = !live.some((other) => isWithin(other, one) || isWithin(one, other));
        const isOld = own.every((each) => files[each] <= OLD);
        const isCheckpoint = own.some((each) => each.endsWith('/metadata'));
        const goes = isGone && isOld && isCheckpoint;
        expect(own.filter((each) => goes && each in left)).toEqual([]);
      }
    };
    fc.assert(
      fc.property(anyCases, (any) => {
        const cases = any.map(({ files, settings }) => ({
          files,
          settings: { ...settings, dryRun: false, live: [...settings.live, 'p/q/n/always'] },
          now: NOW,
        }));
        for (const [index, outcome] of runAll(cases).entries()) check(cases[index], outcome);
      }),
      runs,
    );
  });

  test('a dry run tells what a real run removes', () => {
    fc.assert(
      fc.property(anyCases, (any) => {
        const runsOf = (dryRun: boolean): Decision[][] =>
          runAll(any.map(({ files, settings }) => ({ files, settings: { ...settings, dryRun }, now: NOW }))).map(
            ({ decisions }) => decisions,
          );
        const told = runsOf(true).map((decisions) =>
          decisions.map((decision) => ({ ...decision, action: decision.action.replace('would remove', 'removed') })),
        );
        expect(runsOf(false)).toEqual(told);
      }),
      runs,
    );
  });
});
