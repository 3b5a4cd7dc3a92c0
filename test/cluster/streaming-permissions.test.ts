import * as fs from 'node:fs';
import { applyDefinitions, fileOf, kubectl, remove, synthProgram, tryKubectl, until } from './support';
import { canStream, itStreams, keysBelow, services, userSecret, useServices } from './streams';
import { BUCKET, policyOf } from './stream-policy';
import {
  checkpointOf,
  JOBS,
  NAMESPACE,
  outputOf,
  policyWithout,
  REMOVED_ACTIONS,
  WHOLE,
  WRONG_KEY,
} from './removed-actions';

let files: string[] = [];

function stateOf(job: string): string {
  const state = '-o=jsonpath={.status.applicationState.state}';
  return tryKubectl(['-n', NAMESPACE, 'get', 'sparkapplication', job, state]).stdout;
}

beforeAll(async () => {
  if (!canStream) return;
  useServices();
  files = synthProgram('test/cluster/programs/removed-actions.ts');
  services(['s3-bucket', BUCKET]);
  services(['kafka-topic', 'clicks', '2']);
  services(['kafka-send', 'clicks'], 'one\ntwo\n');
  applyDefinitions(fileOf(files, '-crds-'));
  kubectl(['apply', '-f', fileOf(files, '-platform.')]);
  for (const job of JOBS) {
    for (const prefix of [checkpointOf(job), outputOf(job)]) {
      if (keysBelow(prefix).length > 0) services(['s3-rm', BUCKET, prefix]);
    }
    const removed = REMOVED_ACTIONS.find((each) => each.job === job);
    const policy = removed === undefined ? policyOf(checkpointOf(job), outputOf(job)) : policyWithout(removed);
    userSecret(NAMESPACE, `s3-keys-${job}`, `streams-${job}`, policy);
  }
  const wrong = JSON.stringify({ stringData: { AWS_SECRET_ACCESS_KEY: 'not-the-key-of-this-user' } });
  kubectl(['-n', NAMESPACE, 'patch', 'secret', `s3-keys-${WRONG_KEY}`, '-p', wrong]);
  for (const deployment of ['spark-operator-controller', 'spark-operator-webhook']) {
    kubectl(['-n', 'spark-operator', 'rollout', 'status', `deployment/${deployment}`, '--timeout=5m']);
  }
  kubectl(['apply', '-f', fileOf(files, '-jobs.')]);
  const ended = (job: string): boolean => ['COMPLETED', 'FAILED', 'SUBMISSION_FAILED'].includes(stateOf(job));
  await until('the end of all jobs', 420, () => JOBS.every(ended));
});

afterAll(() => {
  if (files.length > 0) remove(files);
});

describe('a stream on S3', () => {
  itStreams('completes with the policy of its grants and no other right', () => {
    expect(stateOf(WHOLE)).toBe('COMPLETED');
  });

  itStreams.each([...REMOVED_ACTIONS.map(({ job }) => job), WRONG_KEY])('fails as %s', (job) => {
    const log = kubectl(['-n', NAMESPACE, 'logs', `${job}-driver`]);
    fs.writeFileSync(`/tmp/st-logs/${job}.log`, log);
    expect(stateOf(job)).toBe('FAILED');
  });
});
