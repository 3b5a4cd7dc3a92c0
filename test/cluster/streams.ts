import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { iam } from '../../lib/cli/iam';
import { PolicyDocument } from '../../lib/storage/permissions/s3-policy';
import { BUCKET, CONNECTORS_IMAGE } from './removed-actions';
import { services, serviceVariables, userKeys } from './services';
import { nodesHold, kubectl, OPERATOR_IMAGE } from './support';

const { S3_ENDPOINT, KAFKA_BOOTSTRAP_SERVERS } = serviceVariables();

const missing = [
  ...[OPERATOR_IMAGE, CONNECTORS_IMAGE].filter((image) => !nodesHold(image)).map((image) => `no node holds ${image}`),
  ...(S3_ENDPOINT === undefined ? ['MinIO does not run, or SPARK_CLUSTER_SERVICES is not set'] : []),
  ...(KAFKA_BOOTSTRAP_SERVERS === undefined ? ['Kafka does not run, or SPARK_CLUSTER_SERVICES is not set'] : []),
];
if (missing.length > 0) console.log(`tests of streams are skipped: ${missing.join('; ')}`);

/** `it` where streams can run, else a skipped test. */
export const itStreams = missing.length === 0 ? it : it.skip;
export const canStream = missing.length === 0;

/** Lets programs of this process find the services. */
export function useServices(): void {
  // The broker is beside the cluster, so no policy can name it by its pods.
  const KAFKA_CIDR = `${KAFKA_BOOTSTRAP_SERVERS.split(':')[0]}/32`;
  Object.assign(process.env, { S3_ENDPOINT, KAFKA_BOOTSTRAP_SERVERS, KAFKA_CIDR, SPARK_IMAGE: CONNECTORS_IMAGE });
}

/** The policies that `cdk8s-spark iam` writes for the applications of a file, by the applications' names. */
export function policiesOf(file: string): Record<string, PolicyDocument> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'iam-'));
  const code = iam([file, '-o', folder], { readStandardInput: () => '', out: () => undefined, err: () => undefined });
  if (code !== 0) throw new Error(`cdk8s-spark iam ended with ${code}`);
  return Object.fromEntries(
    fs
      .readdirSync(folder)
      .map((name) => [
        name.replace(/^streams\./, ''),
        JSON.parse(fs.readFileSync(path.join(folder, name, 'policy.json'), 'utf8')) as PolicyDocument,
      ]),
  );
}

/** A Secret with the keys of a user of MinIO that has just this policy. */
export function userSecret(namespace: string, secret: string, user: string, policy: object): void {
  const manifest = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: secret, namespace },
    stringData: userKeys(user, JSON.stringify(policy)),
  };
  kubectl(['apply', '-f', '-'], JSON.stringify(manifest));
}

/** What lies below a prefix of the bucket. */
export function keysBelow(prefix: string): string[] {
  // The whole bucket, since a prefix that has nothing is an error of the command.
  return services(['s3-ls', BUCKET])
    .split('\n')
    .filter((key) => key.startsWith(`${prefix}/`));
}

/** Numbers of the batches that a checkpoint has planned, and of those that it has committed. */
export function batchesOf(checkpoint: string): Record<'planned' | 'committed', number[]> {
  const keys = keysBelow(checkpoint);
  const numbers = (folder: string): number[] =>
    keys
      .flatMap((key) => new RegExp(`/${folder}/(\\d+)$`).exec(key)?.slice(1) ?? [])
      .map(Number)
      .sort((a, b) => a - b);
  return { planned: numbers('offsets'), committed: numbers('commits') };
}

/** Whether a batch is planned that is not committed: it runs, or did when its driver ended. */
export function isInBatch(checkpoint: string): boolean {
  const { planned, committed } = batchesOf(checkpoint);
  return (planned.at(-1) ?? -1) > (committed.at(-1) ?? -1);
}

/** The records of the files that a file sink's log lists; what a killed task left beside them does not count. */
export function sinkRecords(output: string): { value: string }[] {
  const log = keysBelow(`${output}/_spark_metadata`)
    .filter((key) => /\/\d+(\.compact)?$/.test(key))
    .map((key) => ({ key, batch: Number(/\/(\d+)/.exec(key.slice(output.length))?.[1]) }));
  const compacted = Math.max(-1, ...log.filter(({ key }) => key.endsWith('.compact')).map(({ batch }) => batch));
  const files = log
    .filter(({ key, batch }) => batch > compacted || key.endsWith(`/${compacted}.compact`))
    .flatMap(({ key }) => linesOf(key).slice(1))
    .map((line) => (JSON.parse(line) as { path: string }).path.replace(`s3a://${BUCKET}/`, ''));
  return [...new Set(files)].flatMap(linesOf).map((line) => JSON.parse(line) as { value: string });
}

function linesOf(key: string): string[] {
  return services(['s3-cat', BUCKET, key]).split('\n').filter(Boolean);
}
