import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Yaml } from 'cdk8s';
import { explain } from '../../lib/cli/explain';
import { applyDefinitions, fileOf, kubectl, KubeObject, remove, synthProgram, tryKubectl, until } from './support';
import { canStream, itStreams, keysBelow, policiesOf, userSecret, useServices } from './streams';
import { services } from './services';
import {
  BUCKET,
  checkpointOf,
  JOBS,
  NAMESPACE,
  outputOf,
  policyWithout,
  REMOVED_ACTIONS,
  WHOLE,
  WRONG_KEY,
} from './removed-actions';

/** As many as a small node runs at a time. */
const AT_ONCE = 3;
const ENDS = ['COMPLETED', 'FAILED', 'SUBMISSION_FAILED'];
const results = new Map<string, { state: string; log: string }>();
const logs = fs.mkdtempSync(path.join(os.tmpdir(), 'logs-'));
let files: string[] = [];

function stateOf(job: string): string {
  const state = '-o=jsonpath={.status.applicationState.state}';
  return tryKubectl(['-n', NAMESPACE, 'get', 'sparkapplication', job, state]).stdout;
}

/** Runs jobs one after the other. */
async function runAll(jobs: string[], manifests: readonly KubeObject[]): Promise<void> {
  for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
    const name = job;
    const manifest = manifests.find(({ kind, metadata }) => kind === 'SparkApplication' && metadata.name === name);
    kubectl(['apply', '-f', '-'], JSON.stringify(manifest));
    await until(`the end of ${name}`, 300, () => ENDS.includes(stateOf(name)));
    const log = kubectl(['-n', NAMESPACE, 'logs', `${name}-driver`]);
    results.set(name, { state: stateOf(name), log });
    fs.writeFileSync(path.join(logs, `${name}.log`), log);
    kubectl(['-n', NAMESPACE, 'delete', 'sparkapplication', name, '--wait=false']);
  }
}

/** What the command prints for a driver's log, with the manifests of the program. */
function explanationOf(log: string): string {
  let printed = '';
  const write = (output: string): void => {
    printed += output;
  };
  explain(['-f', fileOf(files, 'jobs.k8s.')], { readStandardInput: () => log, out: write, err: write });
  return printed;
}

beforeAll(async () => {
  if (!canStream) return;
  useServices();
  files = synthProgram('test/cluster/programs/removed-actions.ts');
  services(['s3-bucket', BUCKET]);
  services(['kafka-topic', 'clicks', '2']);
  services(['kafka-send', 'clicks'], 'one\ntwo\n');
  applyDefinitions(fileOf(files, '.crds.'));
  kubectl(['apply', '-f', fileOf(files, 'platform.k8s.')]);
  const policies = policiesOf(fileOf(files, 'jobs.k8s.'));
  for (const job of JOBS) {
    for (const prefix of [checkpointOf(job), outputOf(job)]) {
      if (keysBelow(prefix).length > 0) services(['s3-rm', BUCKET, prefix]);
    }
    const removed = REMOVED_ACTIONS.find((each) => each.job === job);
    const policy = removed === undefined ? policies[job] : policyWithout(policies[job], removed);
    userSecret(NAMESPACE, `s3-keys-${job}`, `streams-${job}`, policy);
  }
  const wrong = JSON.stringify({ stringData: { AWS_SECRET_ACCESS_KEY: 'not-the-key-of-this-user' } });
  kubectl(['-n', NAMESPACE, 'patch', 'secret', `s3-keys-${WRONG_KEY}`, '-p', wrong]);
  for (const deployment of ['spark-operator-controller', 'spark-operator-webhook']) {
    kubectl(['-n', 'spark-operator', 'rollout', 'status', `deployment/${deployment}`, '--timeout=5m']);
  }
  const manifests = Yaml.load(fileOf(files, 'jobs.k8s.')) as KubeObject[];
  const program = manifests.find(({ kind }) => kind === 'ConfigMap');
  kubectl(['apply', '-f', '-'], JSON.stringify(program));
  const waiting = [...JOBS];
  await Promise.all(Array.from({ length: AT_ONCE }, () => runAll(waiting, manifests)));
});

afterAll(() => {
  if (files.length > 0) remove(files);
});

describe('a stream on S3', () => {
  itStreams('completes with the policy that is written for it, and no other right', () => {
    expect(results.get(WHOLE)).toMatchObject({ state: 'COMPLETED' });
  });

  itStreams.each(REMOVED_ACTIONS)(
    'fails as $job, and the missing action is named (row 40)',
    ({ job, action, path: object }) => {
      const { state, log } = results.get(job) ?? { state: '', log: '' };
      expect({ state, log }).toMatchObject({ state: 'FAILED' });
      const explanation = explanationOf(log);
      expect(explanation).toMatch(new RegExp(`lacks +${action} on .*${object.replace('/*', '')}`));
      expect(explanation).toContain(`intends it, for SparkApplication ${NAMESPACE}/${job}`);
    },
  );

  itStreams('fails with a wrong secret key, which S3 does not tell from a missing action: both are named', () => {
    const { state, log } = results.get(WRONG_KEY) ?? { state: '', log: '' };
    expect({ state, log }).toMatchObject({ state: 'FAILED' });
    const explanation = explanationOf(log);
    expect(explanation).toMatch(/lacks +s3:GetObject on /);
    expect(explanation).toContain('wrong secret key');
  });
});
