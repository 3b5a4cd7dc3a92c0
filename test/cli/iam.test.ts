import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { CommandError } from '../../lib/cli/command-line';
import { iam } from '../../lib/cli/iam';
import { accessAnnotation } from '../../lib/storage/permissions/access-annotation';
import { s3Policy } from '../../lib/storage/permissions/s3-policy';
import { StorageAccess } from '../../lib/storage/permissions/storage-access';
import { azureAccess, EVERY_USE, gcsAccess, s3Access } from '../storage/permissions/accesses';

describe('cdk8s-spark iam', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'iam-'));
  const here = process.cwd();

  beforeEach(() => {
    fs.mkdirSync(path.join(folder, 'dist'));
    process.chdir(folder);
    fs.writeFileSync('dist/sessions.yaml', application([s3Access()]));
  });

  afterEach(() => {
    for (const name of fs.readdirSync(folder)) fs.rmSync(path.join(folder, name), { recursive: true });
  });

  afterAll(() => {
    process.chdir(here);
    fs.rmSync(folder, { recursive: true });
  });

  function run(args: string[], input = ''): { code: number; out: string; err: string } {
    const written = { out: '', err: '' };
    const code = iam(args, {
      readStandardInput: () => input,
      out: (text) => (written.out += text),
      err: (text) => (written.err += text),
    });
    return { code, ...written };
  }

  test('writes policies and a script that can be run, and says where', () => {
    expect(run(['dist', '-o', 'iam'])).toEqual({
      code: 0,
      out: '',
      err: ['policy.json', 'trust-policy.json', 'lifecycle.json', 'apply.sh']
        .map((file) => `wrote iam/clicks-sessions/${file}\n`)
        .join(''),
    });
    expect(JSON.parse(fs.readFileSync('iam/clicks-sessions/policy.json', 'utf8'))).toEqual(s3Policy(s3Access()));
    expect(fs.statSync('iam/clicks-sessions/apply.sh').mode & 0o777).toBe(0o755);
  });

  test('writes objects of cloud controllers, of every application', () => {
    fs.writeFileSync('dist/other.yaml', application([gcsAccess({ name: 'other' })]));

    expect(run(['dist', '-o', 'iam', '--format', 'controllers', '--namespace', 'cloud']).err).toBe(
      'wrote iam/aws-controllers.yaml\nwrote iam/config-connector.yaml\n',
    );
    expect(fs.readFileSync('iam/aws-controllers.yaml', 'utf8')).toContain('namespace: cloud');
  });

  test('reads standard input', () => {
    expect(run(['-', '-o', 'iam', '--format=crossplane'], application([gcsAccess()])).err).toBe(
      'wrote iam/crossplane-gcp.yaml\n',
    );
  });

  test('gives the same bytes each time', () => {
    run(['dist', '-o', 'one']);
    run(['dist', '-o', 'two']);

    expect(contents('two')).toEqual(contents('one'));
    expect(contents('one')).toHaveLength(4);
  });

  test('writes nothing while a job that is gone has left its folder there, and says which', () => {
    fs.writeFileSync('dist/other.yaml', application([s3Access({ name: 'other' }), azureAccess({ name: 'gone' })]));
    run(['dist', '-o', 'iam']);
    const before = contents('iam');
    fs.writeFileSync('dist/sessions.yaml', application([s3Access({ bucket: 'acme-new' })]));
    fs.rmSync('dist/other.yaml');

    expect(() => run(['dist', '-o', 'iam'])).toThrow(
      new CommandError(
        'of an earlier run, iam/gone, iam/other would be left over, and applying it would give again what no application asks ' +
          'for any more; take back in the cloud what it gave, and remove it, or name another folder with -o',
      ),
    );
    expect(contents('iam')).toEqual(before);

    fs.rmSync('iam/gone', { recursive: true });
    fs.rmSync('iam/other', { recursive: true });
    expect(run(['dist', '-o', 'iam']).code).toBe(0);
    expect(fs.readFileSync('iam/clicks-sessions/policy.json', 'utf8')).toContain('acme-new');
  });

  test('writes nothing while a script that is no more possible, or objects for another cloud, are left there', () => {
    fs.writeFileSync('dist/sessions.yaml', application([azureAccess()]));
    run(['dist', '-o', 'iam']);
    run(['dist', '-o', 'objects', '--format', 'controllers', '--namespace', 'cloud']);
    fs.writeFileSync('dist/sessions.yaml', application([azureAccess({ grants: EVERY_USE })]));

    expect(() => run(['dist', '-o', 'iam'])).toThrow(
      'of an earlier run, iam/clicks-sessions/acl.sh would be left over',
    );
    fs.writeFileSync('dist/sessions.yaml', application([s3Access()]));
    expect(() => run(['dist', '-o', 'objects', '--format', 'controllers', '--namespace', 'cloud'])).toThrow(
      'of an earlier run, objects/azure-service-operator.yaml would be left over',
    );
  });

  test('leaves alone what others have put beside its files', () => {
    fs.mkdirSync('iam/.git', { recursive: true });
    fs.writeFileSync('iam/README.md', 'read them first');
    fs.writeFileSync('iam/kustomization.yaml', 'resources: []');

    expect(run(['dist', '-o', 'iam']).code).toBe(0);
    expect(run(['dist', '-o', 'iam']).code).toBe(0);
  });

  test('says what it does', () => {
    expect(run(['--help'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Usage: cdk8s-spark iam FILE/) as string,
    });
  });

  test.each<[string, string[], string]>([
    ['no file', ['-o', 'iam'], 'no files are given; name what cdk8s synth has written, for example dist/'],
    ['no folder to write to', ['dist'], 'no folder is given; name one with -o, for example -o iam/'],
    [
      'an unknown format',
      ['dist', '-o', 'iam', '--format', 'tf'],
      '--format is "tf"; expected files, controllers, crossplane',
    ],
    [
      'no namespace for controllers',
      ['dist', '-o', 'iam', '--format', 'controllers'],
      "--format controllers needs --namespace, the namespace of the cloud controllers' objects",
    ],
    [
      'the folder that is read',
      ['dist', '-o', 'dist/'],
      '--output dist/ is in dist, which may be applied as a whole; name a folder beside it',
    ],
    [
      'a folder in the one that is read',
      ['dist', '-o', './dist/../dist/iam'],
      '--output ./dist/../dist/iam is in dist, which may be applied as a whole; name a folder beside it',
    ],
  ])('refuses %s', (_, args, message) => {
    expect(() => run(args)).toThrow(new CommandError(message));
    expect(fs.readdirSync('.')).toEqual(['dist']);
  });

  test('refuses manifests in which no application says which storage it uses', () => {
    expect(() => run(['-', '-o', 'iam'], application([]))).toThrow(
      'no object has the annotation cdk8s-spark/storage-access: no application says which storage it uses',
    );
  });

  test('writes nothing while something is wrong anywhere, and says where', () => {
    fs.writeFileSync('dist/bad.yaml', application([azureAccess({ container: 'a--b' })]));
    fs.writeFileSync('dist/broken.yaml', 'a: [');

    expect(() => run(['dist', '-o', 'iam'])).toThrow(
      /^dist\/broken\.yaml, document 1: broken YAML: .*\ndist\/bad\.yaml, document 1: cdk8s-spark\/storage-access\[0\]\.container is "a--b"; expected is /,
    );
    expect(fs.existsSync('iam')).toBe(false);
  });

  test('refuses two applications with one name of access', () => {
    fs.writeFileSync('dist/other.yaml', application([gcsAccess()]));

    expect(() => run(['dist', '-o', 'iam'])).toThrow(
      'storage access "clicks-sessions": two have this name, as applications of one namespace and name have; write ' +
        'the permissions of each cluster apart',
    );
  });
});

function application(accesses: readonly StorageAccess[]): string {
  return JSON.stringify({
    apiVersion: 'sparkoperator.k8s.io/v1beta2',
    kind: 'SparkApplication',
    metadata: { name: 'sessions', namespace: 'clicks', annotations: accessAnnotation(accesses) },
  });
}

function contents(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => path.join(folder, name))
    .filter((name) => fs.statSync(name).isFile())
    .map((name) => fs.readFileSync(name, 'utf8'));
}
