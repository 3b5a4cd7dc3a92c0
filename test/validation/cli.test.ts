import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { dump } from 'js-yaml';
import { RULES } from '../../lib/validation/rules/all-rules';

const ROOT = path.join(__dirname, '..', '..');

let project: string;

/** A project with an app of one application that nobody hardened, and the plugin as a package beside it. */
beforeEach(() => {
  project = fs.mkdtempSync(path.join(os.tmpdir(), 'validation-cli-'));
  const plugin = path.join(project, 'node_modules', 'cdk8s-spark');
  fs.mkdirSync(plugin, { recursive: true });
  // The sources in place of the package, which is not built here.
  write(
    'node_modules/cdk8s-spark/index.js',
    `module.exports = require(${text('node_modules/tsx/dist/cjs/api/index.cjs')}).require(${text('lib/validation/spark-validation.ts')}, __filename);`,
  );
  write(
    'main.js',
    `const { App, Chart, ApiObject } = require(${text('node_modules/cdk8s')});
    const app = new App();
    new ApiObject(new Chart(app, 'jobs'), 'pi', {
      apiVersion: 'sparkoperator.k8s.io/v1beta2',
      kind: 'SparkApplication',
      metadata: { name: 'pi', namespace: 'team-1' },
      spec: { image: 'pi', driver: {}, executor: {} },
    });
    app.synth();`,
  );
});

afterEach(() => fs.rmSync(project, { recursive: true }));

function write(file: string, content: string): void {
  fs.writeFileSync(path.join(project, file), content);
}

function text(file: string): string {
  return JSON.stringify(path.join(ROOT, file));
}

/** Runs `cdk8s synth` with these properties of the plugin. */
function synth(properties: unknown): { status: number | null; output: string } {
  const validations = [
    { package: './node_modules/cdk8s-spark', version: '0.1.0', class: 'SparkValidation', properties },
  ];
  write('cdk8s.yaml', dump({ language: 'typescript', app: 'node main.js', validations }));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(ROOT, 'node_modules/cdk8s-cli/bin/cdk8s'), 'synth', '--check-upgrade=false'],
    { cwd: project, encoding: 'utf8' },
  );
  return { status, output: `${stdout}${stderr}` };
}

/** The properties that leave one rule on. */
const only = (rule: string): { rules: Record<string, boolean> } => ({
  rules: Object.fromEntries(RULES.filter(({ name }) => name !== rule).map(({ name }) => [name, false])),
});

describe('cdk8s synth', () => {
  test('fails with rule, construct, place and fix, and passes with a waiver that has a reason', () => {
    const refused = synth(only('pinned-images'));
    expect(refused.output).toContain('pinned-images (1 occurrences)');
    expect(refused.output).toContain('    - Construct Path: jobs/pi\n    - Manifest Path: dist/jobs.k8s.yaml\n');
    expect(refused.output).toContain('      > spec.image: the image "pi" has no tag, ');
    expect(refused.output).toContain('  How to fix: Write the version as the tag, or a digest.\n');
    expect(refused.status).toBe(2);

    const waivers = [{ rule: 'pinned-images', resource: 'jobs/pi', reason: 'it is built anew every night' }];
    const waived = synth({ ...only('pinned-images'), waivers });
    expect(waived.output).toContain(
      'Waived: pinned-images for SparkApplication team-1/pi, because it is built anew every night\n  > spec.image: ',
    );
    expect(waived.output).toContain('Validations ended succesfully');
    expect(waived.status).toBe(0);
  });

  test('fails with properties that are wrong', () => {
    const { output, status } = synth({ rules: { encrypted: false } });
    expect(output).toContain('Error: SparkValidation: properties.rules.encrypted: there is no rule "encrypted"; ');
    expect(status).toBe(1);
  });
});
