import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { explain } from '../../lib/cli/explain';
import { applyDefinitions, fileOf, kubectl, Outcome, synthProgram, tryKubectl } from './support';

const PROGRAM = 'test/cluster/programs/explain.ts';
const JOBS = 'explain-jobs';
const AIRFLOW = 'explain-airflow';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'explain-'));
/** Beside the program, so that it finds the packages. */
const scratch = path.join(path.dirname(PROGRAM), 'explain.scratch.ts');
let program: string[] = [];

beforeAll(() => {
  // Waits for those of an earlier run to be gone.
  kubectl(['delete', 'namespace', JOBS, AIRFLOW, '--ignore-not-found']);
  applyDefinitions(fileOf(synthProgram('examples/quickstart/main.ts'), '.crds.'));
  program = synthProgram(PROGRAM);
  kubectl(['apply', '-f', program[0]]);
  kubectl(['create', 'namespace', AIRFLOW]);
  kubectl(['-n', AIRFLOW, 'create', 'serviceaccount', 'airflow-worker']);
});

afterAll(() => {
  fs.rmSync(scratch, { force: true });
  fs.rmSync(folder, { recursive: true });
  tryKubectl(['delete', 'namespace', JOBS, AIRFLOW, '--wait=false']);
});

/** A request with the token of an account. */
function as(namespace: string, account: string, args: readonly string[], input?: string): Outcome {
  const file = path.join(folder, account);
  const config = JSON.parse(kubectl(['config', 'view', '--raw', '--minify', '-o', 'json'])) as {
    users: { name: string; user: object }[];
  };
  config.users[0].user = { token: kubectl(['-n', namespace, 'create', 'token', account]).trim() };
  fs.writeFileSync(file, JSON.stringify(config), { mode: 0o600 });
  return tryKubectl(['--kubeconfig', file, '-n', JOBS, ...args], input);
}

/** What the command prints for a text. */
function explanationOf(text: string): string {
  let printed = '';
  const write = (output: string): void => {
    printed += output;
  };
  const code = explain([text, '-f', program[0]], { readStandardInput: () => '', out: write, err: write });
  expect(code).toBe(0);
  return printed;
}

/** Writes the printed lines into a copy of the program, at its end, and applies what it then writes. */
function applyWith(explanation: string): void {
  const printed = explanation.split('\n').filter((line) => line.startsWith('    '));
  const imports = printed.filter((line) => line.trim().startsWith('import '));
  const statements = printed.filter((line) => !imports.includes(line));
  const source = fs.readFileSync(PROGRAM, 'utf8').replace('app.synth();', `${statements.join('\n')}\napp.synth();`);
  fs.writeFileSync(scratch, `${imports.join('\n')}\n${source}`);
  kubectl(['apply', '-f', synthProgram(scratch)[0]]);
}

function application(name: string): string {
  return JSON.stringify({
    apiVersion: 'sparkoperator.k8s.io/v1beta2',
    kind: 'SparkApplication',
    metadata: { name, namespace: JOBS },
    spec: {
      type: 'Python',
      mode: 'cluster',
      sparkVersion: '4.0.4',
      image: 'docker.io/apache/spark:4.0.4',
      mainApplicationFile: 'local:///opt/spark/examples/src/main/python/pi.py',
      driver: { cores: 1, memory: '512m', serviceAccount: 'spark-sa' },
      executor: { cores: 1, instances: 1, memory: '512m' },
    },
  });
}

it('a submitter that is forbidden to create an application may, once the printed line is in the program', () => {
  const create = (): Outcome => as(AIRFLOW, 'airflow-worker', ['create', '-f', '-'], application('submitted'));
  const refused = create();
  expect(refused.stderr).toContain(
    'is forbidden: User "system:serviceaccount:explain-airflow:airflow-worker" cannot create resource "sparkapplications"',
  );

  const explanation = explanationOf(refused.stderr);
  expect(explanation).toContain(
    "    explainJobs.grants.submit(ServiceAccount.fromServiceAccountName(chart, 'explain-airflow-airflow-worker', 'airflow-worker', { namespaceName: 'explain-airflow' }), { tools: [SubmitterTool.AIRFLOW] });\n",
  );
  applyWith(explanation);

  expect(create()).toMatchObject({ code: 0, stdout: 'sparkapplication.sparkoperator.k8s.io/submitted created\n' });
});

it('a driver that asks for an application stays forbidden, and the account that is printed in its place may (row 7)', () => {
  kubectl(['create', '-f', '-'], application('pyspark-pi'));
  const get = (account: string): Outcome => as(JOBS, account, ['get', 'sparkapplications', 'pyspark-pi', '-o', 'name']);
  const refused = get('spark-sa');
  expect(refused.stderr).toContain(
    'sparkapplications.sparkoperator.k8s.io "pyspark-pi" is forbidden: User "system:serviceaccount:explain-jobs:spark-sa" cannot get resource "sparkapplications" in API group "sparkoperator.k8s.io" in the namespace "explain-jobs"',
  );

  const explanation = explanationOf(refused.stderr);
  expect(explanation).toContain('do not grant it to the driver; a submitter does');
  applyWith(explanation);

  expect(get('spark-submitter')).toMatchObject({
    code: 0,
    stdout: 'sparkapplication.sparkoperator.k8s.io/pyspark-pi\n',
  });
  expect(get('spark-sa').code).not.toBe(0);
});

it('what the program grants and the cluster does not have is to be applied', () => {
  kubectl(['-n', JOBS, 'delete', 'rolebinding', 'spark-driver']);
  const list = (): Outcome => as(JOBS, 'spark-sa', ['get', 'pods']);
  const refused = list();
  expect(refused.stderr).toContain('cannot list resource "pods"');

  expect(explanationOf(refused.stderr)).toContain('grants it already: RoleBinding explain-jobs/spark-driver');
  kubectl(['apply', '-f', program[0]]);

  expect(list()).toMatchObject({ code: 0 });
});

it('a pod that Pod Security refuses is told what hardens it (row 25)', () => {
  const refused = tryKubectl(['-n', JOBS, 'run', 'bare', '--image=docker.io/apache/spark:4.0.4', '--dry-run=server']);
  expect(explanationOf(refused.stderr)).toContain('new SecureSparkApplication(');
});

it('an application in a namespace that nobody watches is said to be so, by its name in the cluster (row 11)', () => {
  let printed = '';
  const write = (output: string): void => {
    printed += output;
  };
  const io = { readStandardInput: () => '', out: write, err: write };
  kubectl(['apply', '-f', '-'], application('forgotten'));
  expect(explain(['--application', 'forgotten', '-n', JOBS, '-f', program[0]], io)).toBe(0);
  expect(printed).toContain('the application "forgotten" of namespace "explain-jobs" has no state');
});
