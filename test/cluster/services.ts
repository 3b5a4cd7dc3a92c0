import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/** The command that starts MinIO and Kafka beside the cluster, and works with them. */
export const SERVICES = process.env.SPARK_CLUSTER_SERVICES;

export function services(args: readonly string[], input?: string): string {
  const { status, stdout, stderr } = spawnSync(SERVICES ?? '', [...args], {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`services ${args.join(' ')} failed: ${stdout}${stderr}`);
  return stdout;
}

/** Addresses and keys of the services, as the command prints them. */
export function serviceVariables(): Record<string, string> {
  return SERVICES === undefined ? {} : variablesOf(services(['env']));
}

/** The new keys of a user of MinIO that has just this policy, as variables. */
export function userKeys(user: string, policy: string): Record<string, string> {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'policy-')), 'policy.json');
  fs.writeFileSync(file, policy);
  return variablesOf(services(['s3-user', user, file]));
}

function variablesOf(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/(\w+)=(\S*)/g)].map(([, name, value]) => [name, value]));
}
