import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ApiObject, ApiObjectProps, App, Chart, Size } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-28';
import { SecureSparkApplication, SparkApp, SparkImage, SparkJobNamespace, SparkMain } from 'cdk8s-spark';

/**
 * Measures synth: secure applications in a `SparkApp` against plain ApiObjects with the same manifests in an `App`, and
 * the whole run of the smallest programs.
 *
 * Each measurement is a process of its own, so that one does not pay for the memory of another; the two kinds take turns,
 * and the median of the rounds counts.
 */
interface Workload {
  readonly applications: number;
  readonly charts: number;
  /** Whether each application says something of its own about its pods, or has those that follow from its namespace. */
  readonly ownPods?: boolean;
}

interface Measurement {
  readonly milliseconds: number;
  readonly mebibytes: number;
  readonly bytes: number;
}

const WORKLOADS: Workload[] = [
  { applications: 100, charts: 1 },
  { applications: 1_000, charts: 1 },
  { applications: 10_000, charts: 1 },
  { applications: 1_000, charts: 100 },
  { applications: 1_000, charts: 1, ownPods: true },
  { applications: 10_000, charts: 1, ownPods: true },
];
const ROUNDS = Number(process.env.ROUNDS ?? 3);

function secure(app: App, { applications, charts, ownPods = false }: Workload): void {
  const platform = new Chart(app, 'platform');
  const jobNamespace = new SparkJobNamespace(platform, 'team-1');
  const image = SparkImage.of('docker.io/apache/spark:4.0.4', { sparkVersion: '4.0.4' });
  for (let index = 0; index < charts; index++) {
    const chart = new Chart(app, `jobs-${index}`);
    for (let job = 0; job < applications / charts; job++) {
      new SecureSparkApplication(chart, `job-${index}-${job}`, {
        jobNamespace,
        image,
        main: SparkMain.python('local:///opt/app/job.py', { arguments: ['--day', '2026-01-01'] }),
        driver: { memory: Size.gibibytes(2), labels: ownPods ? { job: `job-${job}` } : undefined },
        executor: {
          instances: 3,
          cores: 2,
          memory: Size.gibibytes(4),
          env: ownPods ? { JOB: EnvValue.fromValue(`job-${job}`) } : undefined,
        },
        sparkConf: { 'spark.sql.shuffle.partitions': '64' },
      });
    }
  }
}

/** Compiled programs, with the time that Node and all modules take to load. */
const SMALLEST: readonly { readonly what: string; readonly program: string }[] = [
  {
    what: 'an empty chart of cdk8s',
    program: `const { App, Chart } = require('cdk8s');
      const app = new App();
      new Chart(app, 'platform');
      app.synth();`,
  },
  {
    what: 'an operator and a namespace',
    program: `const { Chart } = require('cdk8s');
      const { SparkApp, SparkJobNamespace, SparkOperator } = require('./build/lib');
      const app = new SparkApp();
      const chart = new Chart(app, 'platform');
      new SparkOperator(chart, 'operator', { jobNamespaces: [new SparkJobNamespace(chart, 'clicks')] });
      app.synth();`,
  },
];

function wholeRun(program: string): number {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'));
  const start = performance.now();
  execFileSync(process.execPath, ['-e', program], { env: { ...process.env, CDK8S_OUTDIR: outdir } });
  const milliseconds = performance.now() - start;
  fs.rmSync(outdir, { recursive: true });
  return milliseconds;
}

function printSmallest(): void {
  console.log('| program | time | ratio |');
  console.log('| --- | --- | --- |');
  const rounds = Array.from({ length: 3 * ROUNDS }, () => SMALLEST.map(({ program }) => wholeRun(program)));
  const times = SMALLEST.map((_, index) => median(rounds.map((round) => round[index])));
  SMALLEST.forEach(({ what }, index) => {
    console.log(`| ${what} | ${times[index].toFixed(0)} ms | ${(times[index] / times[0]).toFixed(2)} |`);
  });
}

/** The same objects, in the same charts, with nothing of this library. */
function plain(app: App, manifests: readonly ApiObjectProps[][]): void {
  for (const [index, objects] of manifests.entries()) {
    const chart = new Chart(app, index === 0 ? 'platform' : `jobs-${index - 1}`);
    for (const [position, object] of objects.entries()) new ApiObject(chart, `object-${position}`, object);
  }
}

function measure(kind: string, workload: Workload, manifestFile?: string): Measurement {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'));
  const text = manifestFile === undefined ? '[]' : fs.readFileSync(manifestFile, 'utf8');
  global.gc?.();
  const heap = process.memoryUsage().heapUsed;
  // The manifests count as memory of the plain app, as a program that writes them down has them; reading them is not timed.
  const manifests = JSON.parse(text) as ApiObjectProps[][];
  const start = performance.now();
  const app = kind === 'plain' ? new App({ outdir }) : new SparkApp({ outdir });
  if (kind === 'plain') plain(app, manifests);
  else secure(app, workload);
  app.synth();
  const milliseconds = performance.now() - start;
  global.gc?.();
  const mebibytes = (process.memoryUsage().heapUsed - heap) / 2 ** 20;
  const files = fs.readdirSync(outdir).map((file) => path.join(outdir, file));
  const bytes = files.reduce((total, file) => total + fs.statSync(file).size, 0);
  fs.rmSync(outdir, { recursive: true });
  if (app.charts.length === 0) throw new Error('the app must outlive the measurement of its memory');
  return { milliseconds, mebibytes, bytes };
}

function manifestsOf(workload: Workload): ApiObjectProps[][] {
  // In the order in which a program writes the fields, as cdk8s gets them from its users.
  process.env.CDK8S_DISABLE_SORT = 'true';
  const app = new App();
  secure(app, workload);
  const charts = ['platform', ...Array.from({ length: workload.charts }, (_, index) => `jobs-${index}`)];
  const manifests = charts.map((id) =>
    (app.node.findChild(id) as Chart).node
      .findAll()
      .filter((construct) => ApiObject.isApiObject(construct))
      .map((object) => (object as ApiObject).toJson() as ApiObjectProps),
  );
  delete process.env.CDK8S_DISABLE_SORT;
  return manifests;
}

function inProcess(kind: string, workload: Workload, ...more: string[]): string {
  const args = [...process.execArgv, __filename, kind, JSON.stringify(workload), ...more];
  return execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 2 ** 30 });
}

/** Both kinds start cold: the manifests of the plain objects are made in a process of their own. */
function round(workload: Workload, manifestFile: string): Measurement[] {
  return [inProcess('secure', workload), inProcess('plain', workload, manifestFile)].map(
    (output) => JSON.parse(output) as Measurement,
  );
}

function median(numbers: number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

const [kind, text, manifestFile] = process.argv.slice(2);
if (kind !== undefined) {
  const workload = JSON.parse(text) as Workload;
  const result = kind === 'manifests' ? manifestsOf(workload) : measure(kind, workload, manifestFile);
  console.log(JSON.stringify(result));
} else {
  printSmallest();
  console.log('\n| applications | charts | pods | secure | plain | ratio | heap secure | heap plain | YAML |');
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- |');
  for (const workload of WORKLOADS) {
    const manifestFile = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'manifests-')), 'manifests.json');
    fs.writeFileSync(manifestFile, inProcess('manifests', workload));
    const rounds = Array.from({ length: ROUNDS }, () => round(workload, manifestFile));
    fs.rmSync(path.dirname(manifestFile), { recursive: true });
    const column = (index: number, field: keyof Measurement): number =>
      median(rounds.map((round) => round[index][field]));
    if (column(0, 'bytes') !== column(1, 'bytes')) throw new Error('both must write the same bytes');
    const [ours, theirs] = [column(0, 'milliseconds'), column(1, 'milliseconds')];
    const cells = [
      workload.applications.toLocaleString('en'),
      workload.charts,
      workload.ownPods === true ? 'own' : 'usual',
      `${ours.toFixed(0)} ms`,
      `${theirs.toFixed(0)} ms`,
      (ours / theirs).toFixed(2),
      `${column(0, 'mebibytes').toFixed(1)} MiB`,
      `${column(1, 'mebibytes').toFixed(1)} MiB`,
      `${(column(0, 'bytes') / 2 ** 20).toFixed(1)} MiB`,
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}
