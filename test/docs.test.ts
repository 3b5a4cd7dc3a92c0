import childProcess from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, Chart, Size } from 'cdk8s';
import { SecureSparkApplication, SparkImage, SparkJobNamespace, SparkMain } from '../lib';
import { SPARK_RELEASES } from '../lib/spark/spark-versions';
import packageJson from '../package.json';
import { applyCommands } from '../scripts/apply-commands';
import { messageOf } from './job-namespace/manifests';

const ROOT = path.join(__dirname, '..');
const REPOSITORY = `${packageJson.repository.url.replace(/\.git$/, '')}/blob/main/`;
const documents = [
  ...fs.readdirSync(ROOT).filter((file) => file.endsWith('.md') && file !== 'API.md'),
  ...filesBelow('docs', '.md'),
];
const programs = filesBelow('examples', '.ts');

describe.each(documents)('%s', (document) => {
  test('links to files and headings that exist', () => {
    const links = [...read(document).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target);
    const inRepository = links
      .filter((link) => link.startsWith(REPOSITORY))
      .map((link) => link.replace(REPOSITORY, ''));
    expect(links.filter((link) => !/^https?:/.test(link) && !exists(document, link))).toEqual([]);
    expect(inRepository.filter((link) => !exists('README.md', link))).toEqual([]);
  });

  test('shows TypeScript that is a region of an example', () => {
    const regions = programs.flatMap(regionsOf);
    expect(blocks(document, 'ts').filter((block) => !regions.includes(block))).toEqual([]);
  });
});

test('every region of the examples is shown in a document', () => {
  const shown = documents.flatMap((document) => blocks(document, 'ts'));
  expect(programs.flatMap(regionsOf).filter((region) => !shown.includes(region))).toEqual([]);
});

describe.each(programs)('%s', (program) => {
  test('runs, writes manifests and starts no other process (case 27)', async () => {
    expect(await synth(program)).not.toEqual([]);
  }, 60_000);
});

describe('README.md', () => {
  test('shows the commands that npm run synth prints', async () => {
    const commands = applyCommands(await synth('examples/quickstart/main.ts'));
    expect(blocks('README.md', 'sh')).toContain(commands.join('\n'));
  }, 60_000);

  test('is short', () => {
    expect(read('README.md').split('\n').length).toBeLessThan(350);
  });
});

test('docs/images.md shows the releases of Spark that are supported', () => {
  const rows = Object.entries(SPARK_RELEASES).map(
    ([spark, { scala, java, minPython }]) =>
      `| ${spark} | ${scala.join(', ')} | ${java.join(', ')} | ${minPython} or newer |`,
  );
  expect(
    read('docs/images.md')
      .split('\n')
      .map((line) => line.replace(/ +/g, ' '))
      .filter((line) => /^\| \d/.test(line)),
  ).toEqual(rows);
});

test('errors are shown as they are thrown', () => {
  const chart = new Chart(new App(), 'jobs');
  const common = {
    jobNamespace: new SparkJobNamespace(chart, 'clicks', { quota: { memory: Size.gibibytes(160) } }),
    image: SparkImage.of('registry.acme.dev/sessions:1.4.0', { sparkVersion: '4.0.4' }),
    main: SparkMain.python('local:///opt/app/sessions.py'),
    name: 'sessions',
  };
  const tooLarge = { ...common, executor: { instances: 30, memory: Size.gibibytes(4) } };
  const twoSources = { ...common, sparkConf: { 'spark.executor.memory': '4g' } };
  const thrown = [tooLarge, twoSources].map((props, index) =>
    messageOf(() => new SecureSparkApplication(new Chart(chart, String(index)), 'sessions', props)).replace(
      /^jobs\/\d\//,
      'jobs/',
    ),
  );
  expect(documents.flatMap((document) => blocks(document, 'text')).sort()).toEqual([...thrown].sort());
});

describe('docs/failures.md', () => {
  const rows = new Map(
    read('docs/failures.md')
      .split('\n')
      .flatMap((line) => {
        const number = /^\| (\d+) +\|/.exec(line)?.[1];
        return number === undefined ? [] : [[Number(number), line]];
      }),
  );
  const numbers = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

  test('has 71 rows', () => {
    expect([...rows.keys()]).toEqual(numbers(1, 71));
  });

  test.each([...numbers(1, 54), ...numbers(65, 71)])(
    'row %i names a test of that row, or says why there is none',
    (row) => {
      const line = rows.get(row) ?? '';
      expect(line).toMatch(/\]\(\.\.\/test\/[^)]*\.test\.ts\)|\| none: [^|]+\|$/);
    },
  );

  test('names tests that have the row in a name', () => {
    const wrong = [...rows].flatMap(([row, line]) =>
      [...line.matchAll(/\(\.\.\/(test\/[^)]*)\)/g)]
        .map(([, file]) => file)
        .filter((file) => !rowsNamedIn(file).has(row))
        .map((file) => `row ${row}: ${file}`),
    );
    expect(wrong).toEqual([]);
  });
});

/** The rows of a test file's names: `(row 3)`, `(row 3, row 4)` or `(rows 3, 4)`. */
function rowsNamedIn(file: string): Set<number> {
  const names = read(file)
    .split('\n')
    .filter((line) => !/^\s*(\/\/|\*|\/\*)/.test(line))
    .flatMap((line) => [...line.matchAll(/\(rows? (\d[^)]*)\)/g)].map(([, list]) => list));
  return new Set(names.flatMap((list) => (list.match(/\d+/g) ?? []).map(Number)));
}

function read(file: string): string {
  return fs.readFileSync(path.join(ROOT, file), 'utf8');
}

function filesBelow(folder: string, ending: string): string[] {
  return fs
    .readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => path.join(folder, file))
    .sort();
}

/** The code blocks of one language, without their indentation. */
function blocks(document: string, language: string): string[] {
  const fences = read(document).matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'));
  return [...fences].map(([, code]) => unindented(code));
}

function regionsOf(program: string): string[] {
  const regions = read(program).matchAll(/^ *\/\/ #region .*?\n(.*?)^ *\/\/ #endregion$/gms);
  return [...regions].map(([, code]) => unindented(code));
}

function unindented(code: string): string {
  const lines = code.replace(/\n$/, '').split('\n');
  const depth = Math.min(...lines.filter((line) => line !== '').map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(depth)).join('\n');
}

function exists(document: string, target: string): boolean {
  const [file, heading] = target.split('#');
  const linked = file === '' ? document : path.join(path.dirname(document), file);
  if (!fs.existsSync(path.join(ROOT, linked))) return false;
  return heading === undefined || headingsOf(linked).includes(heading);
}

/** The anchors that GitHub makes of headings. */
function headingsOf(document: string): string[] {
  return [...read(document).matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** Runs a program once more and returns the names of what it wrote. */
async function synth(program: string): Promise<string[]> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'docs-'));
  process.env.CDK8S_OUTDIR = folder;
  try {
    jest.resetModules();
    const processes = spiesOnProcesses();
    await import(path.join(ROOT, program));
    for (const started of processes) expect(started).not.toHaveBeenCalled();
    return fs.readdirSync(folder).sort();
  } finally {
    delete process.env.CDK8S_OUTDIR;
    fs.rmSync(folder, { recursive: true });
  }
}

/** Node takes longer to start than a program to run, so no construct may start another process (case 27). */
function spiesOnProcesses(): jest.SpyInstance[] {
  const names = ['exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync'] as const;
  return names.map((name) => jest.spyOn(childProcess, name));
}
