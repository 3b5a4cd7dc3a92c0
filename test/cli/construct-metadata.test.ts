import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Chart } from 'cdk8s';
import { SparkJobNamespace } from '../../lib/job-namespace/spark-job-namespace';
import { access } from '../../lib/cli/access';
import { canI } from '../../lib/cli/can-i';
import { CommandIo } from '../../lib/cli/command-line';
import { explain } from '../../lib/cli/explain';
import { parseManifests } from '../../lib/manifests/manifest-source';
import { SparkApp } from '../../lib/program/spark-app';

const METADATA = 'construct-metadata.json';
const FORBIDDEN =
  'pods is forbidden: User "system:serviceaccount:clicks:spark-executor" cannot list resource "pods" in API group "" in the namespace "clicks"';

type Command = (args: string[], io: CommandIo) => number;

describe('construct-metadata.json, which cdk8s writes for validations (case 2)', () => {
  const dist = fs.mkdtempSync(path.join(os.tmpdir(), 'metadata-'));
  const commands: [string, Command, string[]][] = [
    ['can-i', canI, ['list', 'pods', '-n', 'clicks', '--as', 'system:serviceaccount:clicks:spark-driver', '-f', dist]],
    ['access', access, [dist, '--format', 'markdown']],
    ['explain', explain, ['-f', dist]],
  ];

  beforeEach(() => {
    const app = new SparkApp({ outdir: dist, recordConstructMetadata: true });
    new SparkJobNamespace(new Chart(app, 'team'), 'clicks');
    app.synth();
  });

  function run(command: Command, args: string[]): { out: string; err: string } {
    const written = { out: '', err: '' };
    command(args, {
      readStandardInput: () => FORBIDDEN,
      out: (text) => (written.out += text),
      err: (text) => (written.err += text),
    });
    return written;
  }

  test.each(commands)('changes nothing of what %s says', (_name, command, args) => {
    const withMetadata = run(command, args);
    fs.rmSync(path.join(dist, METADATA));
    expect(withMetadata).toEqual(run(command, args));
  });

  test('is read where it holds a manifest', () => {
    const manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, resources: {} };
    const { manifests } = parseManifests(`dist/${METADATA}`, JSON.stringify(manifest));
    expect(manifests.map((each) => each.manifest)).toEqual([manifest]);
  });

  test.each(commands.slice(0, 3))(
    'under another name is a problem of %s, as any other file',
    (_name, command, args) => {
      fs.renameSync(path.join(dist, METADATA), path.join(dist, 'settings.json'));
      const { out, err } = run(command, args);
      fs.rmSync(path.join(dist, 'settings.json'));
      expect(out + err).toContain('settings.json');
    },
  );
});
