import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { withPicture } from '../../scripts/readme-picture';

const ROOT = path.join(__dirname, '../..');

describe('the picture in the README', () => {
  const readme = fs.readFileSync(path.join(ROOT, 'README.md'), 'utf8');

  test('is the one of the quickstart; npm run picture writes it anew', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'readme-'));
    process.env.CDK8S_OUTDIR = folder;
    try {
      await import(path.join(ROOT, 'examples/quickstart/main.ts'));
    } finally {
      delete process.env.CDK8S_OUTDIR;
    }
    expect(readme).toBe(withPicture(readme, folder));
    fs.rmSync(folder, { recursive: true });
  });

  test('has its place between two lines, without which it is an error', () => {
    expect(() => withPicture('# cdk8s-spark\n', 'dist')).toThrow(
      'README.md: expected the lines "<!-- picture of dist/: npm run picture -->" and "<!-- end of the picture -->"; put them back',
    );
  });
});
