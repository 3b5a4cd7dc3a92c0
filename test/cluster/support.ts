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

/** Runs kubectl on the cluster of KUBECONFIG. */
export function tryKubectl(args: readonly string[], input?: string): Outcome {
  const { status, stdout, stderr } = spawnSync('kubectl', [...args], { input, encoding: 'utf8', maxBuffer: 2 ** 28 });
  return { code: status ?? 1, stdout, stderr };
}

export function kubectl(args: readonly string[], input?: string): string {
  const { code, stdout, stderr } = tryKubectl(args, input);
  if (code !== 0) throw new Error(`kubectl ${args.join(' ')} failed: ${stderr}`);
  return stdout;
}

export function kubectlJson<T>(args: readonly string[]): T {
  return JSON.parse(kubectl([...args, '-o', 'json'])) as T;
}

/** Whether a node of the cluster holds the operator's image; without it, nothing can be run. */
export function hasOperatorImage(): boolean {
  const nodes = kubectlJson<{ items: { status: { images?: { names?: string[] }[] } }[] }>(['get', 'nodes']);
  return nodes.items.some(({ status }) => (status.images ?? []).some(({ names }) => names?.includes(OPERATOR_IMAGE)));
}

/** `it` where the operator can run, else a skipped test whose name says why. */
export const itRuns = hasOperatorImage()
  ? it
  : (name: string, test: () => void | Promise<void>): void => it.skip(`${name} (skipped: no node holds ${OPERATOR_IMAGE})`, test);

/** Synthesizes one of the examples and returns its files in order. */
export function synthExample(name: string): string[] {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `${name}-`));
  execFileSync('npx', ['tsx', '--tsconfig', 'tsconfig.dev.json', `examples/${name}/main.ts`], {
    env: { ...process.env, CDK8S_OUTDIR: folder },
  });
  return fs
    .readdirSync(folder)
    .sort()
    .map((file) => path.join(folder, file));
}

/** Removes everything that an example made. */
export function removeExample(files: readonly string[]): void {
  // Webhooks first: without their operator they would refuse the applications' removal.
  tryKubectl(['delete', 'mutatingwebhookconfiguration,validatingwebhookconfiguration', '-l', 'app.kubernetes.io/part-of=spark']);
  for (const file of [...files].reverse()) {
    tryKubectl(['delete', '--ignore-not-found', '--wait=true', '--timeout=120s', '-f', file]);
  }
}
