import {
  applyDefinitions,
  fileOf,
  itRuns,
  kubectl,
  releaseVolumes,
  remove,
  synthProgram,
  tryKubectl,
  until,
} from './support';

const NAMESPACE = ['-n', 'streams'];
const VOLUME = '/var/streams';
const TICKS = { name: 'ticks', checkpoint: `${VOLUME}/checkpoints/streams/ticks` };
/** Told only the root of its checkpoint, in which Spark makes a folder of the query's name. */
const NAMED = { name: 'named', checkpoint: `${VOLUME}/checkpoints/streams/named/counted` };
let files: string[] = [];
let namedFile = '';

interface Stream {
  readonly name: string;
  readonly checkpoint: string;
}

/** Lines that a command in the driver's pod prints; none while there is no driver. */
function inDriver({ name }: Stream, command: string): string[] {
  const { stdout } = tryKubectl([...NAMESPACE, 'exec', `${name}-driver`, '--', '/bin/sh', '-c', command]);
  return stdout.split('\n').filter(Boolean);
}

function batches(stream: Stream, folder: string): number[] {
  return inDriver(stream, `ls ${stream.checkpoint}/${folder}`).map(Number);
}

/** The records of the files that the sink's log lists, in order. */
function values(stream: Stream): number[] {
  const log = `${VOLUME}/out/${stream.name}/_spark_metadata`;
  const listed = inDriver(stream, `for f in ${log}/*; do cat $f; echo; done`).filter((line) => line.startsWith('{'));
  const paths = new Set(listed.map((line) => (JSON.parse(line) as { path: string }).path.replace(/^file:\/*/, '/')));
  return inDriver(stream, `cat ${[...paths].join(' ')}`)
    .map((line) => (JSON.parse(line) as { value: number }).value)
    .sort((a, b) => a - b);
}

async function killInStream(stream: Stream): Promise<void> {
  const before = Math.max(...batches(stream, 'offsets'));
  kubectl([...NAMESPACE, 'delete', 'pod', `${stream.name}-driver`, '--grace-period=0', '--force']);
  await until('two more batches', 180, () => batches(stream, 'commits').includes(before + 2));
}

beforeAll(() => {
  files = synthProgram('examples/streaming-volume/main.ts');
  namedFile = fileOf(synthProgram('test/cluster/programs/named-query.ts'), 'jobs.k8s.');
  applyDefinitions(fileOf(files, '.crds.'));
  kubectl(['apply', '-f', fileOf(files, 'platform.k8s.')]);
});

afterAll(() => {
  tryKubectl(['delete', '--ignore-not-found', '--timeout=180s', '-f', namedFile]);
  remove(files);
  releaseVolumes('streams');
});

describe('a stream with its checkpoint and its output on a volume', () => {
  itRuns('commits batches', async () => {
    for (const deployment of ['spark-operator-controller', 'spark-operator-webhook']) {
      kubectl(['-n', 'spark-operator', 'rollout', 'status', `deployment/${deployment}`, '--timeout=5m']);
    }
    kubectl(['apply', '-f', fileOf(files, 'jobs.k8s.')]);
    await until('the third batch', 180, () => batches(TICKS, 'commits').includes(2));
  });

  itRuns('goes on where it was when its driver is killed, with every record once', async () => {
    await killInStream(TICKS);
    const found = values(TICKS);
    expect(found.length).toBeGreaterThan(100);
    // The source counts from 0 without a gap.
    expect(found).toEqual(found.map((_, index) => index));
  });

  itRuns('has the same checkpoint after a restart if only its query has a name', async () => {
    // Two streams at once would be slow on a small node.
    kubectl([...NAMESPACE, 'delete', 'sparkapplication', 'ticks', '--timeout=60s']);
    kubectl(['apply', '-f', namedFile]);
    await until('the second batch', 180, () => batches(NAMED, 'commits').includes(1));
    const [query] = inDriver(NAMED, `cat ${NAMED.checkpoint}/metadata`);
    await killInStream(NAMED);
    expect(inDriver(NAMED, `ls ${VOLUME}/checkpoints/streams/named`)).toEqual(['counted']);
    expect(inDriver(NAMED, `cat ${NAMED.checkpoint}/metadata`)).toEqual([query]);
    const found = values(NAMED);
    expect(found.length).toBeGreaterThan(20);
    expect(found).toEqual(found.map((_, index) => index));
  });
});
