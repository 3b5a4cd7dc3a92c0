import { spawnSync } from 'node:child_process';
import { Manifest, parseManifests } from '../manifests/manifest-source';
import { fieldOf, listOf, textOf } from '../manifests/manifest-fields';
import { CommandError } from './command-io';

/** How much of the driver's log is read. */
const LOG_LINES = 300;

/** An application of a cluster. */
export interface ApplicationPlace {
  readonly name: string;
  readonly namespace: string;
  /** The context of the kubeconfig; the current one if absent. */
  readonly context?: string;
}

/** An application, and what its driver left. */
export interface ClusterApplication {
  readonly application: Manifest;
  /** The end of the driver's log, and the events of the application and of its driver. */
  readonly messages: readonly string[];
  /** What could not be read. */
  readonly problems: readonly string[];
}

/** The way to the cluster. */
export const cluster = {
  kubectl(args: readonly string[]): { readonly code: number; readonly stdout: string; readonly stderr: string } {
    const { status, stdout, stderr, error } = spawnSync('kubectl', args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
    if (error !== undefined) throw new CommandError(`kubectl cannot be run: ${error.message}`);
    return { code: status ?? 1, stdout, stderr };
  },
};

/** Reads an application with kubectl, as who runs the command. */
export function readClusterApplication({ name, namespace, context }: ApplicationPlace): ClusterApplication {
  const place = [...(context === undefined ? [] : ['--context', context]), '-n', namespace];
  const found = cluster.kubectl([...place, 'get', 'sparkapplications.sparkoperator.k8s.io', name, '-o', 'json']);
  if (found.code !== 0)
    throw new CommandError(`application "${name}" of namespace "${namespace}": ${found.stderr.trim()}`);
  const [application] = parseManifests('kubectl get', found.stdout).manifests.map(({ manifest }) => manifest);
  const driver = textOf(application, 'status', 'driverInfo', 'podName') ?? `${name}-driver`;
  const log = cluster.kubectl([...place, 'logs', driver, '-c', 'spark-kubernetes-driver', `--tail=${LOG_LINES}`]);
  const events = [name, driver].map((object) =>
    cluster.kubectl([...place, 'get', 'events', `--field-selector=involvedObject.name=${object}`, '-o', 'json']),
  );
  return {
    application,
    messages: [
      ...(log.code === 0 ? [log.stdout] : []),
      ...events.flatMap(({ code, stdout }) => (code === 0 ? eventMessages(stdout) : [])),
    ],
    problems: [log, ...events].filter(({ code }) => code !== 0).map(({ stderr }) => stderr.trim()),
  };
}

function eventMessages(json: string): string[] {
  const events = listOf(JSON.parse(json), 'items');
  return events.filter((event) => fieldOf(event, 'type') === 'Warning').map((event) => textOf(event, 'message') ?? '');
}
