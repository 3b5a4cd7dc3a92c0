import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import {
  applyDefinitions,
  deniedRequests,
  fileOf,
  itRuns,
  kubectl,
  releaseVolumes,
  remove,
  synthProgram,
  tryKubectl,
  until,
} from './support';

const PROGRAMS = path.join(__dirname, 'programs');
const started = new Date();
let files: string[] = [];

function buildJar(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jar-'));
  execFileSync('javac', ['--release', '17', '-d', folder, path.join(PROGRAMS, 'Count.java')]);
  const jar = path.join(folder, 'count.jar');
  execFileSync('jar', ['--create', '--file', jar, '-C', folder, 'test']);
  return jar;
}

function stateOfApplication(name: string): string {
  return tryKubectl(['-n', 'runs', 'get', 'sparkapplication', name, '-o', 'jsonpath={.status.applicationState.state}'])
    .stdout;
}

async function completed(name: string): Promise<string> {
  const ends = ['COMPLETED', 'FAILED', 'SUBMISSION_FAILED'];
  await until(`the end of ${name}`, 240, () => ends.includes(stateOfApplication(name)));
  const log = kubectl(['-n', 'runs', 'logs', `${name}-driver`]);
  expect({ state: stateOfApplication(name), log }).toMatchObject({ state: 'COMPLETED' });
  return log;
}

beforeAll(() => {
  files = synthProgram(path.join(PROGRAMS, 'runs.ts'));
  applyDefinitions(fileOf(files, '.crds.'));
  kubectl(['apply', '-f', fileOf(files, 'platform.k8s.')]);
  kubectl(['-n', 'runs', 'create', 'configmap', 'jar', `--from-file=${buildJar()}`]);
});

afterAll(() => {
  remove(files);
  releaseVolumes('runs');
});

describe('hardened jobs on a real cluster', () => {
  itRuns('are accepted once the operator is up', () => {
    for (const deployment of ['spark-operator-controller', 'spark-operator-webhook']) {
      kubectl(['-n', 'spark-operator', 'rollout', 'status', `deployment/${deployment}`, '--timeout=5m']);
    }
    expect(kubectl(['apply', '-f', fileOf(files, 'jobs.k8s.')])).toContain(
      'sparkapplication.sparkoperator.k8s.io/java created',
    );
  });

  itRuns(
    'have a root file system that is really read-only, and write where Spark writes (rows 29, 30, 31)',
    async () => {
      const log = await completed('inspect');
      const roles = log
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as { role: string; token: boolean; writes: Record<string, string> });
      const written = Object.fromEntries(
        ['/tmp', '/opt/spark/work-dir', '/scratch', '/var/data/spark-local-dir-1'].map((folder) => [folder, 'written']),
      );
      const refused = Object.fromEntries(
        ['/', '/opt/spark', '/opt/spark/jars', '/etc', '/usr/bin', '/var', '/home'].map((folder) => [
          folder,
          'Read-only file system',
        ]),
      );
      const expected = {
        user: 185,
        group: 185,
        capabilities: '0000000000000000',
        noNewPrivileges: '1',
        seccomp: '2',
        writes: { ...written, ...refused },
      };
      expect(roles).toEqual([
        { role: 'driver', token: true, ...expected },
        { role: 'executor', token: false, ...expected },
      ]);
      expect(log).toContain('java.io.tmpdir /tmp');
      expect(log).toContain('encrypted true true');
    },
  );

  itRuns('run a JAR (row 32)', async () => {
    expect(await completed('java')).toContain('The count is 1000');
  });

  itRuns('claim volumes on demand for both roles, and take their key from a Secret (row 10)', async () => {
    expect(await completed('claims')).toContain('The sum is 499500');
  });

  itRuns('are started again when they fail, and go away after their time to live (row 58)', async () => {
    await until('the end of restarted', 420, () => ['FAILED', ''].includes(stateOfApplication('restarted')));
    await until('its removal', 120, () => stateOfApplication('restarted') === '');
  });

  itRuns('run by a schedule, and keep as many runs as they should', async () => {
    const runs = (): string[] =>
      kubectl([
        '-n',
        'runs',
        'get',
        'sparkapplication',
        '-o',
        'jsonpath={range .items[*]}{.metadata.name}={.status.applicationState.state}{"\\n"}{end}',
      ])
        .split('\n')
        .filter((line) => line.startsWith('scheduled-'));
    const seen = new Set<string>();
    await until('three runs', 420, () => {
      for (const line of runs()) if (line.endsWith('=COMPLETED')) seen.add(line);
      return seen.size >= 3;
    });
    expect(runs().filter((line) => line.endsWith('=COMPLETED')).length).toBeLessThanOrEqual(2);
  });

  itRuns('have asked the API server for nothing that was denied', () => {
    const auditLog = process.env.SPARK_CLUSTER_AUDIT_LOG;
    if (auditLog === undefined) throw new Error('set SPARK_CLUSTER_AUDIT_LOG to the audit log of the API server');
    expect(deniedRequests(auditLog, ['spark-operator', 'runs'], started)).toEqual([]);
  });
});
