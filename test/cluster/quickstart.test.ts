import { execFileSync, execSync } from 'node:child_process';
import * as fs from 'node:fs';
import { Yaml } from 'cdk8s';
import { applyCommands } from '../../scripts/apply-commands';
import {
  deniedRequests,
  filesInApplyOrder,
  itRuns,
  kubectl,
  KubeObject,
  remove,
  stateOf,
  tryKubectl,
  until,
} from './support';

const files = (): string[] => filesInApplyOrder('dist');
const started = new Date();

beforeAll(() => {
  execFileSync('npm', ['run', 'synth'], { stdio: 'pipe' });
});

afterAll(() => remove(files()));

/** Runs the printed commands, each once, and returns what the last one says. */
function install(): string {
  const commands = applyCommands(fs.readdirSync('dist'));
  return commands.map((command) => execSync(command, { encoding: 'utf8', shell: '/bin/bash' }))[commands.length - 1];
}

function removeJob(): void {
  kubectl(['delete', '--ignore-not-found', '--timeout=120s', '-f', 'dist/jobs.k8s.yaml']);
}

describe('the quickstart, applied by the commands that npm run synth prints', () => {
  itRuns('ends with the job completed and the value of pi in its log', () => {
    expect(install()).toMatch(/^Pi is roughly 3\.\d+/);
  });

  itRuns('ran in a namespace that enforces restricted', () => {
    const labels = JSON.parse(kubectl(['get', 'namespace', 'team-1', '-o', 'jsonpath={.metadata.labels}'])) as object;
    expect(labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted' });
  });

  itRuns('is stored as it was written, so that a GitOps tool sees no difference', () => {
    const [written] = Yaml.load(files()[2]) as KubeObject[];
    const stored = JSON.parse(kubectl(['-n', 'team-1', 'get', 'sparkapplication', 'pi', '-o', 'json'])) as KubeObject;
    expect(stored.spec).toMatchObject(written.spec);
  });

  itRuns('has asked the API server for nothing that was denied', () => {
    const auditLog = process.env.SPARK_CLUSTER_AUDIT_LOG;
    if (auditLog === undefined) throw new Error('set SPARK_CLUSTER_AUDIT_LOG to the audit log of the API server');
    expect(deniedRequests(auditLog, ['spark-operator', 'team-1'], started)).toEqual([]);
  });

  itRuns("changes nothing when it is applied again, the webhook's certificate included (row 56)", () => {
    for (const file of files()) {
      const before = stateOf(file);
      kubectl(['apply', '-f', file]);
      expect(stateOf(file)).toEqual(before);
    }
  });

  itRuns('goes away with its pods when the job is deleted', async () => {
    kubectl(['delete', '--timeout=120s', '-f', files()[2]]);
    await until('the end of the driver', 60, () => tryKubectl(['-n', 'team-1', 'get', 'pod', 'pi-driver']).code !== 0);
  });
});

describe('the commands that npm run synth prints', () => {
  const OPERATOR = ['-n', 'spark-operator', 'delete', '--ignore-not-found', '--wait', '--timeout=120s'];
  const WEBHOOKS = ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'];

  itRuns('bring the job to its end again where all is there already (case 28)', () => {
    install();
    removeJob();
    expect(install()).toMatch(/^Pi is roughly 3\.\d+/);
  });

  itRuns("do so where only the Secret of an operator's webhook is left (case 28)", () => {
    removeJob();
    for (const kind of WEBHOOKS) kubectl(['delete', '--ignore-not-found', kind, 'spark-operator-webhook']);
    kubectl([...OPERATOR, 'deployments', '--all']);
    expect(install()).toMatch(/^Pi is roughly 3\.\d+/);
  });

  itRuns('do so where the API server still trusts the certificate of an operator that is gone (case 28)', () => {
    removeJob();
    kubectl([...OPERATOR, 'deployments', '--all']);
    kubectl([...OPERATOR, 'secrets', '--all']);
    expect(install()).toMatch(/^Pi is roughly 3\.\d+/);
  });

  itRuns('do so after all of it was removed (case 28)', () => {
    removeJob();
    remove(files());
    expect(install()).toMatch(/^Pi is roughly 3\.\d+/);
  });
});
