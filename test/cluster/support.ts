import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

export const OPERATOR_IMAGE = 'ghcr.io/kubeflow/spark-operator/controller:2.5.2';

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** An object of the cluster, as far as the tests read it. */
export interface KubeObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec: { readonly [field: string]: unknown };
}

/** Runs kubectl on the cluster of KUBECONFIG. */
export function tryKubectl(args: readonly string[], input?: string): Outcome {
  const { status, stdout, stderr } = spawnSync('kubectl', [...args], { input, encoding: 'utf8', maxBuffer: 2 ** 28 });
  return { code: status ?? 1, stdout, stderr };
}

export function kubectl(args: readonly string[], input?: string): string {
  const { code, stdout, stderr } = tryKubectl(args, input);
  if (code !== 0) throw new Error(`kubectl ${args.join(' ')} failed: ${stdout}${stderr}`);
  return stdout;
}

/** Whether a node of the cluster holds the operator's image; without it, nothing can be run. */
export function hasOperatorImage(): boolean {
  return nodesHold(OPERATOR_IMAGE);
}

/** Whether a node of the cluster holds an image. */
export function nodesHold(image: string): boolean {
  const nodes = JSON.parse(kubectl(['get', 'nodes', '-o', 'json'])) as {
    items: { status: { images?: { names?: string[] }[] } }[];
  };
  return nodes.items.some(({ status }) => (status.images ?? []).some(({ names }) => names?.includes(image) === true));
}

const canRun = hasOperatorImage();
if (!canRun) console.log(`tests that run jobs are skipped: no node of this cluster holds ${OPERATOR_IMAGE}`);

/** `it` where the operator can run, else a skipped test. */
export const itRuns = canRun ? it : it.skip;

/** Synthesizes a program of this project and returns its files, those of definitions first and those of applications last. */
export function synthProgram(file: string): string[] {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'synth-'));
  execFileSync(process.execPath, ['--require', 'tsx/cjs', file], {
    env: { ...process.env, CDK8S_OUTDIR: folder, TSX_TSCONFIG_PATH: 'tsconfig.dev.json' },
    stdio: 'pipe',
  });
  return filesInApplyOrder(folder);
}

/** The files of a folder in the order in which a cluster needs them. */
export function filesInApplyOrder(folder: string): string[] {
  const rank = (file: string): number => {
    const kinds = [...fs.readFileSync(file, 'utf8').matchAll(/^kind: (.*)$/gm)].map(([, kind]) => kind);
    if (kinds.includes('CustomResourceDefinition')) return 0;
    return kinds.some((kind) => /^(Scheduled)?SparkApplication$|^SparkConnect$/.test(kind)) ? 2 : 1;
  };
  return fs
    .readdirSync(folder)
    .sort()
    .map((name) => path.join(folder, name))
    .sort((one, other) => rank(one) - rank(other));
}

/** The file of a chart, by a part of its name. */
export function fileOf(files: readonly string[], part: string): string {
  const found = files.find((file) => path.basename(file).includes(part));
  if (found === undefined) throw new Error(`no file of ${part} among ${files.join(', ')}`);
  return found;
}

/** Applies a file of definitions and waits until the API server knows their kinds. */
export function applyDefinitions(file: string): void {
  // Server-side, so that it also takes over from the operator's own definitions.
  kubectl(['apply', '--server-side', '--force-conflicts', '-f', file]);
  kubectl(['wait', '--for=condition=Established', '--timeout=60s', '-f', file]);
}

/** Removes what a program made, but for the definitions: other applications of the cluster would go with them. */
export function remove(files: readonly string[]): void {
  const [definitions, ...others] = files;
  if (!definitions.includes('.crds.')) throw new Error(`${definitions} is expected to hold the definitions`);
  // Applications first, while the operator can still let go of them; then its webhooks.
  for (const file of [...others].reverse()) {
    tryKubectl(['delete', '--ignore-not-found', '--timeout=180s', '-f', file]);
  }
}

/** What the cluster holds of a file's objects, without what the cluster itself writes. */
export function stateOf(file: string): object[] {
  const found = JSON.parse(kubectl(['get', '-f', file, '-o', 'json'])) as KubeObject & { items?: KubeObject[] };
  return (found.items ?? [found]).map(({ metadata, ...object }) => {
    const { managedFields, resourceVersion, ...rest } = metadata as {
      managedFields?: object;
      resourceVersion?: string;
    };
    void [managedFields, resourceVersion];
    return { ...object, metadata: rest, status: undefined };
  });
}

/**
 * Waits until applying a file again would change nothing. What the operator writes into its own objects is no change of
 * the file's; a status that changes between the two looks of `kubectl diff` is gone at the next.
 */
export async function untilUnchanged(file: string): Promise<void> {
  let difference = '';
  const isUnchanged = (): boolean => {
    const { code, stdout, stderr } = tryKubectl(['diff', '-f', file]);
    difference = `${stdout}${stderr}`;
    return code === 0;
  };
  await until(`that ${file} changes nothing`, 60, isUnchanged).catch((error: Error) => {
    throw new Error(`${error.message}: ${difference}`);
  });
}

/** Makes volumes that once belonged to a namespace available again: those of a retaining class are not by themselves. */
export function releaseVolumes(namespace: string): void {
  const { items } = JSON.parse(kubectl(['get', 'persistentvolumes', '-o', 'json'])) as {
    items: (KubeObject & { spec: { claimRef?: { namespace: string } }; status: { phase: string } })[];
  };
  for (const { metadata, spec, status } of items) {
    if (status.phase !== 'Released' || spec.claimRef?.namespace !== namespace) continue;
    kubectl([
      'patch',
      'persistentvolume',
      metadata.name,
      '--type=json',
      '-p',
      '[{"op":"remove","path":"/spec/claimRef"}]',
    ]);
  }
}

export async function until(what: string, seconds: number, holds: () => boolean): Promise<void> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  throw new Error(`${what} did not happen in ${seconds} s`);
}

/** Denied requests of the namespaces' service accounts since a moment, from the API server's audit log. */
export function deniedRequests(auditLog: string, namespaces: readonly string[], since: Date): string[] {
  const accounts = namespaces.map((namespace) => `system:serviceaccount:${namespace}:`);
  const denied = new Set<string>();
  for (const line of fs.readFileSync(auditLog, 'utf8').split('\n')) {
    if (!line.includes('"code":403') || !accounts.some((account) => line.includes(account))) continue;
    const event = JSON.parse(line) as {
      user: { username: string };
      impersonatedUser?: object;
      verb: string;
      objectRef?: { resource?: string; subresource?: string; namespace?: string };
      requestReceivedTimestamp: string;
      userAgent?: string;
    };
    if (new Date(event.requestReceivedTimestamp) < since || event.userAgent?.startsWith('kubectl') === true) continue;
    const { resource, subresource, namespace } = event.objectRef ?? {};
    denied.add(
      `${event.user.username} ${event.verb} ${[resource, subresource].filter(Boolean).join('/')} in ${namespace}`,
    );
  }
  return [...denied];
}
