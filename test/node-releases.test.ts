import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const ROOT = path.join(__dirname, '..');
const { NODE_24 } = process.env;

/** The files that the quickstart writes on a Node.js, by their names. */
function quickstartOn(node: string): Record<string, string> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'node-'));
  const tsx = path.join(ROOT, 'node_modules/tsx/dist/cli.mjs');
  execFileSync(node, [tsx, '--tsconfig', 'tsconfig.dev.json', 'examples/quickstart/main.ts'], {
    cwd: ROOT,
    env: { ...process.env, CDK8S_OUTDIR: folder },
    stdio: 'pipe',
  });
  return Object.fromEntries(
    fs.readdirSync(folder).map((name) => [name, fs.readFileSync(path.join(folder, name), 'utf8')]),
  );
}

const itRuns = NODE_24 === undefined ? it.skip : it;

itRuns('the quickstart has the same bytes on Node.js 24 (NODE_24 names the folder of one)', () => {
  const node = path.join(NODE_24 ?? '', 'node');
  expect(execFileSync(node, ['--version']).toString()).toMatch(/^v24\./);
  const files = quickstartOn(node);
  expect(Object.keys(files).length).toBeGreaterThanOrEqual(3);
  expect(files).toEqual(quickstartOn(process.execPath));
});
