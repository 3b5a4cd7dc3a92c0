import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { StorageFolders } from '../../lib/program/storage-folders';
import { newChart } from '../job-namespace/manifests';

interface Folder {
  readonly holds: 'checkpoints' | 'data';
  readonly path: string;
}

function problemsOf(folders: readonly Folder[]): string[] {
  const chart = newChart();
  const found = new StorageFolders();
  const owners = folders.map(({ path, holds }) => {
    const id = `${holds} ${path.replaceAll('/', '.')}`;
    return (chart.node.tryFindChild(id) as Construct | undefined) ?? new Construct(chart, id);
  });
  folders.forEach(({ path, holds }, index) => {
    if (holds === 'data') found.addData(owners[index], path);
    else found.addCheckpoints(owners[index], path);
  });
  return found.problems;
}

const parts = fc.array(fc.constantFrom('a', 'b', 'ab'), { maxLength: 2 });
const folder: fc.Arbitrary<Folder> = fc.record({
  holds: fc.constantFrom('checkpoints', 'data'),
  path: parts.map((names) => ['s3a://acme', ...names].join('/')),
});

describe('folders of checkpoints and of data', () => {
  test('do not overlap, which is said of each pair once', () => {
    fc.assert(
      fc.property(fc.array(folder, { maxLength: 6 }), (folders) => {
        const paths = (holds: string): string[] => [
          ...new Set(folders.filter((each) => each.holds === holds).map(({ path }) => path)),
        ];
        const inside = (one: string, other: string): boolean => `${one}/`.startsWith(`${other}/`);
        const pairs = paths('data').flatMap((data) =>
          paths('checkpoints').filter((checkpoints) => inside(data, checkpoints) || inside(checkpoints, data)),
        );
        expect(problemsOf(folders)).toHaveLength(pairs.length);
      }),
    );
  });

  test('are judged alike in every order', () => {
    fc.assert(
      fc.property(fc.array(folder, { maxLength: 6 }), (folders) => {
        expect(problemsOf([...folders].reverse())).toEqual(problemsOf(folders));
      }),
    );
  });

  test('are named with the remedy', () => {
    const folders: Folder[] = [
      { holds: 'checkpoints', path: 's3a://acme/a' },
      { holds: 'data', path: 's3a://acme/a/out' },
    ];
    expect(problemsOf(folders)).toEqual([
      'test/data s3a:..acme.a.out has data in s3a://acme/a/out, which overlaps the checkpoints of ' +
        'test/checkpoints s3a:..acme.a in s3a://acme/a: give the data a folder beside them; a job that reads another ' +
        "one's checkpoint has Checkpoint.readOnly",
    ]);
  });

  test('may have many owners of data', () => {
    expect(
      problemsOf([
        { holds: 'data', path: 's3a://acme/out' },
        { holds: 'data', path: 's3a://acme/out' },
        { holds: 'data', path: 's3a://acme/out/a' },
      ]),
    ).toEqual([]);
  });
});
