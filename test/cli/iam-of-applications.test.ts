import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, Chart } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import { loadAll } from 'js-yaml';
import { SecureSparkApplication } from '../../lib/application/secure-spark-application';
import { iam } from '../../lib/cli/iam';
import { SparkJobNamespace } from '../../lib/job-namespace/spark-job-namespace';
import { SparkStorage, ISparkStorage } from '../../lib/storage/spark-storage';
import { CloudIdentity } from '../../lib/storage/identity/cloud-identity';
import { PermissionFormat } from '../../lib/storage/permissions/permission-manifests';
import { StoragePermissions } from '../../lib/storage/storage-permissions';
import { IMAGE, PYTHON } from '../application/fixtures';
import { Checkpoint } from '../../lib/application/storage/checkpoint';

const ISSUER = 'oidc.eks.eu-central-1.amazonaws.com/id/4D2E';
const ROLE = CloudIdentity.awsRole('arn:aws:iam::123456789012:role/sessions', { oidcIssuer: `https://${ISSUER}` });
const BUCKET = 'arn:aws:s3:::acme-streams';
const CHECKPOINT = `${BUCKET}/checkpoints/prod-eu/clicks/sessions`;

describe('cdk8s-spark iam, of what cdk8s synth has written', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'iam-of-'));
  const [dist, output] = ['dist', 'iam'].map((name) => path.join(folder, name));

  afterEach(() => {
    for (const name of fs.readdirSync(folder)) fs.rmSync(path.join(folder, name), { recursive: true });
  });

  afterAll(() => fs.rmSync(folder, { recursive: true }));

  function synth(
    storage: (chart: Chart) => ISparkStorage,
    more: (chart: Chart, job: SecureSparkApplication) => void = () => undefined,
  ): void {
    const app = new App({ outdir: dist });
    const chart = new Chart(app, 'jobs');
    const jobNamespace = new SparkJobNamespace(chart, 'clicks');
    const checkpoint = Checkpoint.on(storage(chart));
    const common = { jobNamespace, image: IMAGE, main: PYTHON, checkpoint };
    more(chart, new SecureSparkApplication(chart, 'sessions', common));
    app.synth();
  }

  function run(...options: string[]): string[] {
    const lines: string[] = [];
    iam([dist, '-o', output, ...options], {
      readStandardInput: () => '',
      out: () => undefined,
      err: (text) => lines.push(text.replace(`${folder}/`, '').trim()),
    });
    return lines;
  }

  function written(file: string): unknown {
    return JSON.parse(fs.readFileSync(path.join(output, file), 'utf8'));
  }

  const onS3 =
    (identity: CloudIdentity) =>
    (chart: Chart): ISparkStorage =>
      SparkStorage.s3(chart, 'checkpoints', {
        bucket: 'acme-streams',
        prefix: 'checkpoints/prod-eu',
        identity,
      });

  test('is the least policy that a streaming job was measured to need, and its role (row 40)', () => {
    synth(onS3(ROLE));

    expect(run()).toEqual(
      ['policy.json', 'trust-policy.json', 'lifecycle.json', 'apply.sh'].map(
        (file) => `wrote iam/clicks.sessions/${file}`,
      ),
    );
    expect(written('clicks.sessions/policy.json')).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'ListPaths',
          Effect: 'Allow',
          Action: ['s3:ListBucket'],
          Resource: [BUCKET],
          Condition: { StringLike: { 's3:prefix': ['checkpoints/prod-eu/clicks/sessions/*'] } },
        },
        // HEAD of the bare name of the directory.
        { Sid: 'StatusOfDirectories', Effect: 'Allow', Action: ['s3:GetObject'], Resource: [CHECKPOINT] },
        {
          Sid: 'ReadAndWrite',
          Effect: 'Allow',
          Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
          Resource: [`${CHECKPOINT}/*`],
        },
      ],
    });
    expect(written('clicks.sessions/trust-policy.json')).toMatchObject({
      Statement: [
        {
          Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${ISSUER}` },
          Condition: {
            StringEquals: {
              [`${ISSUER}:sub`]: [
                'system:serviceaccount:clicks:sessions-driver',
                'system:serviceaccount:clicks:sessions-executor',
              ],
            },
          },
        },
      ],
    });
  });

  test('is one role for two jobs that share it, and a policy for each', () => {
    synth(onS3(ROLE), (chart, { jobNamespace }) => {
      const checkpoint = Checkpoint.on(chart.node.findChild('checkpoints') as unknown as ISparkStorage);
      new SecureSparkApplication(chart, 'totals', { jobNamespace, image: IMAGE, main: PYTHON, checkpoint });
    });
    run();

    expect(written('clicks.sessions/trust-policy.json')).toEqual(written('clicks.totals/trust-policy.json'));
    expect(JSON.stringify(written('clicks.totals/policy.json'))).not.toContain('clicks/sessions');
  });

  test('is the policy alone where the identity is a Secret', () => {
    synth((chart) => onS3(CloudIdentity.secret(Secret.fromSecretName(chart, 'keys', 'store-keys')))(chart));

    expect(run()).toEqual(
      ['policy.json', 'lifecycle.json', 'apply.sh'].map((file) => `wrote iam/clicks.sessions/${file}`),
    );
  });

  test('is a script on Google Cloud that asks for what the program does not say', () => {
    synth((chart) => SparkStorage.gcs(chart, 'checkpoints', { bucket: 'acme-streams', prefix: 'checkpoints/prod-eu' }));
    run();

    expect(fs.readFileSync(path.join(output, 'clicks.sessions/apply.sh'), 'utf8')).toMatch(
      /: "\$\{PROJECT:\?set it to .*\n: "\$\{PRINCIPALS:\?set it to /,
    );
    expect(() => run('--format', 'controllers', '--namespace', 'cloud')).toThrow(
      'storage permissions: 2 problems:\n  - "clicks.sessions": the bucket\'s project is not known; give project to the storage\n',
    );
  });

  test.each(Object.values(PermissionFormat))('has the same objects as the construct, as %s', (format) => {
    synth(onS3(ROLE), (_, job) => {
      const chart = new Chart(App.of(job), 'cloud');
      const namespace = format === PermissionFormat.CONTROLLERS ? 'cloud' : undefined;
      new StoragePermissions(chart, 'permissions', { applications: [job], format, namespace });
    });
    const [wrote] = run('--format', format, '--namespace', 'cloud');
    const objects = (file: string): unknown[] => loadAll(fs.readFileSync(file, 'utf8'));
    const asked = objects(path.join(folder, wrote.replace('wrote ', '')));

    expect(objects(path.join(dist, 'cloud.k8s.yaml'))).toEqual(expect.arrayContaining(asked));
    expect(objects(path.join(dist, 'cloud.k8s.yaml'))).toHaveLength(asked.length);
  });
});
