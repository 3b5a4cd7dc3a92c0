import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, Chart } from 'cdk8s';
import { SparkJobNamespace } from '../../lib';
import { cluster, explain } from '../../lib/cli/explain';
import { CommandError } from '../../lib/cli/command-line';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'explain-'));
const app = new App({ outdir: folder });
new SparkJobNamespace(new Chart(app, 'platform'), 'clicks');
app.synth();

afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

afterEach(() => {
  jest.restoreAllMocks();
});

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function run(args: string[], input = ''): Run {
  const written = { out: '', err: '' };
  const code = explain(args, {
    readStandardInput: () => input,
    out: (text) => (written.out += text),
    err: (text) => (written.err += text),
  });
  return { code, ...written };
}

const FORBIDDEN =
  'pods is forbidden: User "system:serviceaccount:airflow:airflow-worker" cannot list resource "pods" in API group "" in the namespace "clicks"';

const EXPLANATION = `forbidden: the API server refuses system:serviceaccount:airflow:airflow-worker to list pods in namespace "clicks"
  who      ServiceAccount airflow/airflow-worker, whom the program does not know: no operator, driver, executor or submitter of it
  lacks    list pods in namespace "clicks"
  program  does not grant it
  do       if it should submit applications there, grant submit; it gives what Airflow's SparkKubernetesOperator asks for

    import { ServiceAccount } from 'cdk8s-plus-28';
    import { SubmitterTool } from 'cdk8s-spark';
    clicks.grants.submit(ServiceAccount.fromServiceAccountName(chart, 'airflow-worker', 'airflow-worker', { namespaceName: 'airflow' }), { tools: [SubmitterTool.AIRFLOW] });

  Here clicks is the SparkJobNamespace "clicks", chart is the chart to write it in.
`;

describe('a text', () => {
  it('is explained with the line that grants, as an argument', () => {
    expect(run([FORBIDDEN, '-f', folder])).toEqual({ code: 0, out: EXPLANATION, err: '' });
  });

  it('is taken from several arguments, as a shell splits it', () => {
    expect(run([...FORBIDDEN.split(' '), '-f', folder]).out).toBe(EXPLANATION);
  });

  it.each([[[]], [['-']]])('is read from standard input with %j', (args) => {
    expect(run([...args, '-f', folder], `${FORBIDDEN}\n`).out).toBe(EXPLANATION);
  });

  it('is explained without a program too', () => {
    expect(run([FORBIDDEN])).toMatchObject({ code: 0 });
    expect(run([FORBIDDEN]).out).toContain('give its manifests with -f');
  });

  it('of several problems is explained one after the other', () => {
    const { out } = run([`${FORBIDDEN} Read-only file system`]);
    expect(out.split('\n').filter((line) => /^[a-z-]+: /.test(line))).toEqual([
      'forbidden: the API server refuses system:serviceaccount:airflow:airflow-worker to list pods in namespace "clicks"',
      'known-failure: something writes into the root file system, which is read-only',
    ]);
  });

  it('that is not known is said to be unknown, with exit code 1', () => {
    const { code, out } = run(['the moon is full']);
    expect(code).toBe(1);
    expect(out).toMatch(/^unknown: nothing in this is a problem that is known\./);
  });
});

describe('an application of the cluster', () => {
  const application = {
    apiVersion: 'sparkoperator.k8s.io/v1beta2',
    kind: 'SparkApplication',
    metadata: { name: 'pi', namespace: 'clicks' },
    status: {
      driverInfo: { podName: 'pi-driver' },
      applicationState: { state: 'FAILED', errorMessage: 'driver container failed with ExitCode: 1, Reason: Error' },
    },
  };

  /** Answers kubectl by the first word of what is asked; what is missing fails. */
  function kubectl(answers: { readonly [words: string]: string }): jest.SpyInstance {
    return jest.spyOn(cluster, 'kubectl').mockImplementation((args) => {
      const asked = args.join(' ');
      const found = Object.entries(answers).find(([words]) => asked.includes(words));
      return found === undefined
        ? { code: 1, stdout: '', stderr: `Error: ${asked}` }
        : { code: 0, stdout: found[1], stderr: '' };
    });
  }

  it('is explained by its status, the log of its driver and the events', () => {
    const calls = kubectl({
      'get sparkapplications': JSON.stringify(application),
      'logs pi-driver': 'java.nio.file.FileSystemException: /opt/a: Read-only file system\n',
      'involvedObject.name=pi-driver': JSON.stringify({
        items: [
          {
            type: 'Warning',
            message: 'exceeded quota: spark-quota, requested: pods=1, used: pods=60, limited: pods=60',
          },
          { type: 'Normal', message: 'driver pod already exist' },
        ],
      }),
      'involvedObject.name=pi': JSON.stringify({ items: [] }),
    });
    const { code, out, err } = run(['--application', 'pi', '-n', 'clicks', '--context', 'production']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.split('\n').filter((line) => line.startsWith('known-failure'))).toEqual([
      'known-failure: something writes into the root file system, which is read-only',
      'known-failure: the quota "spark-quota" of the namespace is used up',
    ]);
    expect(calls.mock.calls.map(([args]) => (args as string[]).slice(0, 4))).toEqual(
      Array.from({ length: 4 }, () => ['--context', 'production', '-n', 'clicks']),
    );
  });

  it('is explained by what can be read, and says what cannot', () => {
    kubectl({ 'get sparkapplications': JSON.stringify(application) });
    const { code, out, err } = run(['--application', 'pi', '-n', 'clicks']);
    expect(code).toBe(0);
    expect(out).toContain('the job itself ended with exit code 1');
    expect(err).toContain('not read: Error: -n clicks logs pi-driver');
  });

  it('that does not exist is an error', () => {
    kubectl({});
    expect(() => run(['--application', 'pi', '-n', 'clicks'])).toThrow(
      new CommandError(
        'application "pi" of namespace "clicks": Error: -n clicks get sparkapplications.sparkoperator.k8s.io pi -o json',
      ),
    );
  });
});

describe('wrong arguments are errors that say what to do', () => {
  it.each([
    [['', '-f', folder], 'the text is empty; give the error as an argument or on standard input'],
    [['--application', 'pi'], '--application pi needs its namespace: give -n NAMESPACE'],
    [['text', '--application', 'pi', '-n', 'clicks'], 'give a text or --application, not both'],
    [['text', '--context', 'production'], '--context is for --application, which is not given'],
    [['-f', '-'], 'text and manifests cannot both be read from standard input; name a file for one of them'],
  ])('%j', (args, message) => {
    expect(() => run(args)).toThrow(new CommandError(message));
  });

  it('an option that there is not', () => {
    expect(() => run(['--who'])).toThrow(CommandError);
  });
});

test('docs/explain.md shows what is printed for the quickstart', async () => {
  const quickstart = path.join(folder, 'quickstart');
  fs.mkdirSync(quickstart);
  process.env.CDK8S_OUTDIR = quickstart;
  await import(path.join(__dirname, '../../examples/quickstart/main.ts'));
  delete process.env.CDK8S_OUTDIR;
  const page = fs.readFileSync(path.join(__dirname, '../../docs/explain.md'), 'utf8');
  const shown = [...page.matchAll(/<!-- explain: (.*?) -->\n\n```console\n(.*?)```/gs)];
  expect(shown).toHaveLength(3);
  expect(shown.map(([, text]) => run([text, '-f', quickstart]).out)).toEqual(shown.map(([, , output]) => output));
}, 60_000);

test('--help tells the exit codes', () => {
  const { code, out } = run(['--help']);
  expect(code).toBe(0);
  expect(out).toContain('Exit code: 0 explained, 1 the text is unknown, 2 error.');
});
