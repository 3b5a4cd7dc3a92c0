import * as fs from 'node:fs';
import * as path from 'node:path';
import { s3Policy } from '../../lib/storage/permissions/s3-policy';
import { StorageUse } from '../../lib/storage/permissions/storage-access';
import { CONNECTORS_IMAGE } from './removed-actions';
import { askS3, S3Access } from './s3';
import { services, serviceVariables, userKeys } from './services';
import { fileOf, kubectl, nodesHold, releaseVolumes, synthProgram, tryKubectl } from './support';

/** A decision of the clean-up, from its log. */
interface Decision {
  readonly action: string;
  readonly path: string;
  readonly reason: string;
}

const BUCKET = 'clean-up-test';
const ON_S3 = 'clean-up-test';
const ON_CLAIM = 'clean-up-jobs';
const PREFIX = 'checkpoints/prod';
const JOBS = `${PREFIX}/clean-up-jobs`;
/** So old the checkpoints of the test become in the bucket, where nobody can set their time. */
const AFTER_SECONDS = 120;

const env = serviceVariables();
const hasImage = nodesHold(CONNECTORS_IMAGE);
if (!hasImage) console.log(`tests that clean up are skipped: no node of this cluster holds ${CONNECTORS_IMAGE}`);
if (env.S3_ENDPOINT === undefined) {
  console.log('tests that clean up a bucket are skipped: S3 does not run, or SPARK_CLUSTER_SERVICES is not set');
}
const describeVolume = hasImage ? describe : describe.skip;
const describeBucket = hasImage && env.S3_ENDPOINT !== undefined ? describe : describe.skip;

let manifests = '';
let runs = 0;

/** Runs a clean-up now, and gives its decisions as `action path`, without the folder of the namespace. */
function decisionsOf(namespace: string, cronJob: string, end = 'complete'): Decision[] {
  const job = `${cronJob}-${++runs}`;
  kubectl(['-n', namespace, 'create', 'job', job, `--from=cronjob/${cronJob}`]);
  kubectl(['-n', namespace, 'wait', `--for=condition=${end}`, '--timeout=240s', `job/${job}`]);
  const pods = ['get', 'pods', '-l', `job-name=${job}`, '--sort-by=.metadata.creationTimestamp', '-o', 'name'];
  const [first] = kubectl(['-n', namespace, ...pods]).split('\n');
  return kubectl(['-n', namespace, 'logs', first])
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Decision);
}

function summaryOf(decisions: readonly Decision[], folder: string): string[] {
  return decisions.map(({ action, path: found, reason }) => `${action} ${found.replace(`${folder}/`, '')}: ${reason}`);
}

/** Applies the manifests with other settings. */
function applyWith(...changes: [from: RegExp, to: string][]): void {
  const changed = changes.reduce((text, [from, to]) => text.replace(from, to), manifests);
  kubectl(['apply', '-f', '-'], changed);
}

beforeAll(() => {
  Object.assign(process.env, { S3_ENDPOINT: env.S3_ENDPOINT });
  manifests = fs.readFileSync(
    fileOf(synthProgram(path.join(__dirname, 'programs', 'clean-up.ts')), 'platform.k8s.'),
    'utf8',
  );
  kubectl(['apply', '-f', '-'], manifests);
});

afterAll(() => {
  tryKubectl(['delete', 'namespace', ON_S3, ON_CLAIM, '--ignore-not-found', '--timeout=180s']);
  releaseVolumes(ON_CLAIM);
});

describeBucket('a clean-up of a bucket', () => {
  let admin: S3Access;
  let cleaner: S3Access;

  /** Gives the clean-up the rights that the library writes for it, or less, and new keys. */
  function giveRights(deletable = `${PREFIX}/*`): void {
    const grants = [{ path: PREFIX, use: StorageUse.CLEAN_UP }];
    const written = JSON.stringify(s3Policy({ store: 's3', bucket: BUCKET, name: ON_S3, grants }));
    const resource = (below: string): string => `arn:aws:s3:::${BUCKET}/${below}`;
    const policy = written.replace(resource(`${PREFIX}/*`), resource(deletable));
    const given = userKeys(ON_S3, policy);
    cleaner = { ...admin, accessKey: given.AWS_ACCESS_KEY_ID, secretKey: given.AWS_SECRET_ACCESS_KEY };
    const literals = Object.entries(given).map(([name, value]) => `--from-literal=${name}=${value}`);
    tryKubectl(['-n', ON_S3, 'delete', 'secret', 'clean-up-keys', '--ignore-not-found']);
    kubectl(['-n', ON_S3, 'create', 'secret', 'generic', 'clean-up-keys', ...literals]);
  }

  async function put(...keys: string[]): Promise<void> {
    for (const key of keys) {
      const { status } = await askS3(admin, { method: 'PUT', path: `${BUCKET}/${key}`, body: 'state' });
      expect(status).toBe(200);
    }
  }

  async function keys(): Promise<string[]> {
    const { body } = await askS3(admin, { method: 'GET', path: BUCKET, query: { 'list-type': '2' } });
    return [...body.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key]) => key);
  }

  const live = [`${JOBS}/live-bucket/metadata`, `${JOBS}/live-bucket/offsets/0`, `${JOBS}/versions-bucket/v2/metadata`];
  const first = [`${JOBS}/versions-bucket/metadata`, `${JOBS}/versions-bucket/offsets/0`];
  const gone = [`${JOBS}/gone/metadata`, `${JOBS}/gone/offsets/`, `${JOBS}/gone/offsets/0`];
  const outside = ['checkpoints/gone/metadata', `${PREFIX}/others/gone/metadata`, 'gone/metadata'];
  const young = [`${JOBS}/young/metadata`, `${JOBS}/young/offsets/1`];
  const foreign = [`${JOBS}/table/part-0.parquet`];
  const oldVersion = [`${JOBS}/versions-bucket/v1/metadata`];
  const all = [...live, ...first, ...gone, ...outside, ...young, ...foreign, ...oldVersion].sort();

  beforeAll(async () => {
    admin = { endpoint: env.S3_ENDPOINT, accessKey: env.AWS_ACCESS_KEY_ID, secretKey: env.AWS_SECRET_ACCESS_KEY };
    services(['s3-bucket', BUCKET]);
    services(['s3-rm', BUCKET, '']);
    giveRights();
    await put(...all);
    await new Promise((resolve) => setTimeout(resolve, (AFTER_SECONDS + 2) * 1000));
  });

  const after: [RegExp, string] = [/"afterSeconds": \d+/g, `"afterSeconds": ${AFTER_SECONDS}`];
  const kept = [
    `kept live-bucket: live: ${JOBS}/live-bucket`,
    'kept table: no checkpoint: it has no file named metadata',
    `kept versions-bucket: holds what is live: ${JOBS}/versions-bucket/v2`,
  ];

  it('removes nothing in a dry run, and says what it would remove', async () => {
    await put(young[1]);
    applyWith(after, [/"dryRun": false/g, '"dryRun": true']);
    expect(summaryOf(decisionsOf(ON_S3, ON_S3), JOBS)).toEqual([
      'would remove gone: no job has it',
      ...kept,
      'would remove versions-bucket/v1: no job has it',
      'kept young: not old enough',
    ]);
    expect(await keys()).toEqual(all);
  });

  it('removes nothing without a live path', async () => {
    applyWith(after, [/"live": \[[^\]]*\]/g, '"live": []']);
    expect(decisionsOf(ON_S3, ON_S3)).toEqual([
      { action: 'kept', path: PREFIX, reason: 'no live path is given, so nothing is removed' },
    ]);
    expect(await keys()).toEqual(all);
  });

  it('fails if something cannot be removed, after the rest had its turn', async () => {
    giveRights(`${JOBS}/versions-bucket/*`);
    await put(young[1]);
    applyWith(after);
    expect(summaryOf(decisionsOf(ON_S3, ON_S3, 'failed'), JOBS)).toEqual([
      expect.stringMatching(/^failed gone: 3 objects are not removed, such as .*: Access Denied/),
      ...kept,
      'removed versions-bucket/v1: no job has it',
      'kept young: not old enough',
    ]);
    expect(await keys()).toEqual(all.filter((key) => !oldVersion.includes(key)));
  });

  it('removes old checkpoints of jobs that are gone, and nothing live, young or outside', async () => {
    giveRights();
    await put(young[1], ...oldVersion);
    applyWith(after);
    expect(summaryOf(decisionsOf(ON_S3, ON_S3), JOBS)).toEqual([
      'removed gone: no job has it',
      ...kept,
      'kept versions-bucket/v1: not old enough',
      'kept young: not old enough',
    ]);
    expect(await keys()).toEqual(all.filter((key) => !gone.includes(key)));
  });

  it('has an identity that can read nothing, write nothing and reach nothing outside', async () => {
    const statusOf = async (method: 'DELETE' | 'GET' | 'PUT', key: string): Promise<number> =>
      (await askS3(cleaner, { method, path: `${BUCKET}/${key}` })).status;
    expect(await statusOf('GET', live[0])).toBe(403);
    expect(await statusOf('PUT', `${JOBS}/gone/metadata`)).toBe(403);
    for (const key of ['checkpoints/gone/metadata', 'gone/metadata']) expect(await statusOf('DELETE', key)).toBe(403);
    const listed = async (prefix: string): Promise<number> =>
      (await askS3(cleaner, { method: 'GET', path: BUCKET, query: { 'list-type': '2', prefix } })).status;
    expect(await listed('')).toBe(403);
    expect(await listed('checkpoints/')).toBe(403);
    expect(await listed(`${PREFIX}/`)).toBe(200);
  });
});

describeVolume('a clean-up of a volume claim', () => {
  const folder = 'checkpoints/clean-up-jobs';

  /** Runs a shell in a pod of the namespace that mounts the claim, as a job's pods do. */
  function inVolume(script: string): string {
    const name = `shell-${++runs}`;
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: ON_CLAIM },
      spec: {
        restartPolicy: 'Never',
        automountServiceAccountToken: false,
        securityContext: {
          runAsNonRoot: true,
          runAsUser: 185,
          fsGroup: 185,
          seccompProfile: { type: 'RuntimeDefault' },
        },
        containers: [
          {
            name: 'shell',
            image: CONNECTORS_IMAGE,
            command: ['sh', '-ec', script],
            workingDir: '/state',
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
            volumeMounts: [{ name: 'state', mountPath: '/state' }],
          },
        ],
        volumes: [{ name: 'state', persistentVolumeClaim: { claimName: 'state' } }],
      },
    };
    kubectl(['apply', '-f', '-'], JSON.stringify(pod));
    kubectl(['-n', ON_CLAIM, 'wait', '--for=jsonpath={.status.phase}=Succeeded', '--timeout=120s', `pod/${name}`]);
    return kubectl(['-n', ON_CLAIM, 'logs', name]);
  }

  it('removes old checkpoints of jobs that are gone, and nothing live or young', () => {
    const old = ['gone/q', 'live-volume', 'versions-volume', 'versions-volume/v1', 'versions-volume/v2', 'young'];
    inVolume(
      [
        `rm -rf checkpoints && mkdir -p ${folder} && cd ${folder}`,
        ...old.map((each) => `mkdir -p ${each}/offsets && echo 1 > ${each}/metadata && echo 1 > ${each}/offsets/0`),
        'find . -type f -exec touch -d "40 days ago" {} +',
        'touch -d "20 days ago" young/offsets/0',
        'mkdir -p ../others/gone && touch -d "40 days ago" ../others/gone/metadata',
      ].join('\n'),
    );
    kubectl(['apply', '-f', '-'], manifests);
    expect(summaryOf(decisionsOf(ON_CLAIM, 'clean-up-volume'), folder)).toEqual([
      'removed gone: no job has it',
      `kept live-volume: live: ${folder}/live-volume`,
      `kept versions-volume: holds what is live: ${folder}/versions-volume/v2`,
      'removed versions-volume/v1: no job has it',
      'kept young: not old enough',
    ]);
    const files = ['live-volume', 'versions-volume', 'versions-volume/v2', 'young'].flatMap((each) => [
      `./clean-up-jobs/${each}/metadata`,
      `./clean-up-jobs/${each}/offsets/0`,
    ]);
    expect(inVolume('cd checkpoints && find . -type f').split('\n').filter(Boolean).sort()).toEqual(
      [...files, './others/gone/metadata'].sort(),
    );
  });
});
