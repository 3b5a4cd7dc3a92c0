import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { access } from '../../lib/cli/access';

const NAMESPACE =
  'apiVersion: v1\nkind: Namespace\nmetadata: { name: clicks, labels: { app.kubernetes.io/name: spark-job-namespace } }\n';

describe('cdk8s-spark access', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'access-'));
  const dist = path.join(folder, 'dist');
  const here = process.cwd();

  beforeAll(() => {
    fs.mkdirSync(dist);
    fs.writeFileSync(path.join(dist, 'a.yaml'), NAMESPACE);
    process.chdir(folder);
  });

  afterAll(() => {
    process.chdir(here);
    fs.rmSync(folder, { recursive: true });
  });

  function run(...args: string[]): { code: number; out: string; err: string } {
    const written = { out: '', err: '' };
    const code = access(args, {
      readStandardInput: () => NAMESPACE.replace('clicks', 'billing'),
      out: (text) => (written.out += text),
      err: (text) => (written.err += text),
    });
    return { code, ...written };
  }

  test('writes a page to access-report.html', () => {
    expect(run('dist')).toEqual({ code: 0, out: '', err: 'wrote access-report.html\n' });
    expect(fs.readFileSync('access-report.html', 'utf8')).toMatch(/^<!doctype html>.*clicks/s);
  });

  test.each([
    ['markdown', /^# Access report\n/],
    ['mermaid', /^flowchart LR\n/],
    ['text', /^WHO MAY DO WHAT WHERE\n/],
  ])('writes %s to standard output', (format, start) => {
    const { code, out, err } = run('dist', '--format', format);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(start);
    expect(out).toContain('clicks');
  });

  test('writes to the file that is named, and a page to standard output with -', () => {
    expect(run('dist', '--format=text', '-o', 'who.txt').err).toBe('wrote who.txt\n');
    expect(fs.readFileSync('who.txt', 'utf8')).toContain('clicks');
    expect(run('dist', '--output', '-').out).toMatch(/^<!doctype html>/);
  });

  test('gives the same bytes each time', () => {
    expect(run('dist', '-o', '-').out).toBe(run('dist', '-o', '-').out);
  });

  test('reads standard input', () => {
    expect(run('-', '--format', 'text').out).toContain('billing');
  });

  test('says what is wrong in a file, also in the report, and shows the rest', () => {
    fs.writeFileSync('broken.yaml', `${NAMESPACE}---\na: [\n`);
    const { code, out, err } = run('broken.yaml', '--format', 'text');
    expect(code).toBe(0);
    expect(err).toContain('problem: broken.yaml, document 2: broken YAML');
    expect(out).toContain('NOT READ, OR NOT CERTAIN\n  broken.yaml, document 2: broken YAML');
    expect(out).toContain('clicks');
  });

  test('explains itself', () => {
    expect(run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('Usage: cdk8s-spark access FILE...') });
  });

  test.each<[string[], string]>([
    [[], 'no files are given; name what cdk8s synth has written, for example dist/'],
    [['dist', '--format', 'pdf'], '--format is "pdf"; expected html, markdown, mermaid, text'],
    [['dist', '--formt', 'text'], "Unknown option '--formt'"],
    [['nowhere'], 'nowhere: no file or folder that can be read'],
    [['dist', '-o', 'no/such/folder.html'], 'no/such/folder.html cannot be written: ENOENT'],
  ])('refuses %j', (args, message) => {
    expect(() => run(...args)).toThrow(message);
  });
});
