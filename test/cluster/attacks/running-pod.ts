import * as fs from 'node:fs';
import * as path from 'node:path';
import { Yaml } from 'cdk8s';
import { CONTAINER, hardenedPod, LITTLE } from './bodies';
import { OPEN } from './stage';
import { fileOf, kubectl, KubeObject, until } from '../support';

const NAMESPACE = 'team-1';
const SCRIPT = fs.readFileSync(path.join(__dirname, 'in-pod.py'), 'utf8');

/** Runs the quickstart's job for as long as the tests last. */
export function startJob(files: readonly string[]): void {
  const [job] = Yaml.load(fileOf(files, 'jobs.k8s')) as KubeObject[];
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

/** A pod of the cluster, its container, and the token of another identity where it acts with that. */
export interface PythonPlace {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly token?: string;
}

/** The Spark container of a pod of the job. */
export function sparkContainer(pod: string, role: string): PythonPlace {
  return { namespace: NAMESPACE, pod, container: `spark-kubernetes-${role}` };
}

/** A pod that no network policy selects. */
export async function unpolicedPod(): Promise<PythonPlace> {
  const name = 'unpoliced';
  const pod = hardenedPod(name, {
    metadata: { namespace: OPEN },
    spec: { schedulerName: 'default-scheduler', terminationGracePeriodSeconds: 0 },
    container: { resources: LITTLE },
  });
  kubectl(['apply', '-f', '-'], JSON.stringify(pod));
  const isRunning = (): boolean =>
    kubectl(['-n', OPEN, 'get', 'pod', name, '-o', 'jsonpath={.status.phase}']) === 'Running';
  await until('a pod without policies', 180, isRunning);
  return { namespace: OPEN, pod: name, container: CONTAINER.name };
}

/** What becomes of pieces of Python in a container: `done`, or the error. */
export function outcomesIn(
  { namespace, pod, container, token }: PythonPlace,
  node: string,
  codes: readonly string[],
): string[] {
  const python = ['python3', '-c', SCRIPT, node, JSON.stringify(codes)];
  const environment = token === undefined ? [] : ['env', `TOKEN=${token}`];
  const command = ['-n', namespace, 'exec', pod, '-c', container, '--', ...environment, ...python];
  return JSON.parse(kubectl(command)) as string[];
}
