import { spawnSync } from 'node:child_process';

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the program as it is written, in a process of its own. */
function run(args: string[], input = ''): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'lib/cli/main.ts', ...args], {
    input,
    encoding: 'utf8',
    env: { ...process.env, TSX_TSCONFIG_PATH: 'tsconfig.dev.json' },
  });
  return { code: status, out: stdout, err: stderr };
}

const RIGHTS = `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: admins }
roleRef: { kind: ClusterRole, name: cluster-admin }
subjects: [{ kind: User, name: jane }]
`;

describe('the command line', () => {
  it('gives the answer on standard output and as exit code', () => {
    expect(run(['can-i', 'get', 'pods', '--as', 'jane', '-f', '-'], RIGHTS)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^yes\n {2}ClusterRoleBinding admins gives ClusterRole cluster-admin to User jane\n/),
      err: '',
    });
    expect(run(['can-i', 'get', 'pods', '--as', 'bob', '-f', '-'], RIGHTS)).toMatchObject({ code: 1, err: '' });
  });

  it('says on standard error what is wrong with the arguments, with exit code 2', () => {
    expect(run(['can-i', 'get', 'pods', '--as', 'jane', '-f', 'nowhere'])).toEqual({
      code: 2,
      out: '',
      err: 'error: nowhere: no file or folder that can be read; name what cdk8s synth has written\nSee "cdk8s-spark can-i --help".\n',
    });
  });

  it('lists its commands', () => {
    const { code, out } = run(['--help']);
    expect(code).toBe(0);
    expect(out).toMatch(/^Usage: cdk8s-spark COMMAND/);
    for (const command of ['access', 'can-i', 'explain']) expect(out).toContain(`\n  ${command} `);
  });

  it.each([
    [['can'], 'error: there is no command "can"\n'],
    [['toString'], 'error: there is no command "toString"\n'],
    [[], 'error: no command is given\n'],
  ])('refuses the command %j', (args, message) => {
    const { code, out, err } = run(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });
});
