import * as fs from 'node:fs';
import * as path from 'node:path';
import { Yaml } from 'cdk8s';
import { fileOf, kubectl, KubeObject, until } from '../support';

const NAMESPACE = 'team-1';
const SCRIPT = fs.readFileSync(path.join(__dirname, 'in-pod.py'), 'utf8');

/** Runs the quickstart's job for as long as the tests last. */
export function startJob(files: readonly string[]): void {
  const [job] = Yaml.load(fileOf(files, '-jobs.')) as KubeObject[];
  const long = { ...job, spec: { ...job.spec, arguments: ['100000'] } };
  kubectl(['apply', '-f', '-'], JSON.stringify(long));
}

/** The name of the job's running pod of a role. */
export async function runningPod(role: string): Promise<string> {
  const query = [
    '-l',
    `spark-role=${role},sparkoperator.k8s.io/app-name=pi`,
    '--field-selector',
    'status.phase=Running',
    '-o',
    'name',
  ];
  const find = (): string => kubectl(['-n', NAMESPACE, 'get', 'pods', ...query]).trim();
  await until(`a running ${role}`, 180, () => find() !== '');
  return find();
}

/** What becomes of pieces of Python in the Spark container of a pod: `done`, or the error. */
export function outcomesIn(pod: string, role: string, node: string, codes: readonly string[]): string[] {
  const python = ['python3', '-c', SCRIPT, node, JSON.stringify(codes)];
  const container = ['-c', `spark-kubernetes-${role}`];
  return JSON.parse(kubectl(['-n', NAMESPACE, 'exec', pod, ...container, '--', ...python])) as string[];
}
