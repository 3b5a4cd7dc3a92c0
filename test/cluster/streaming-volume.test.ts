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
const CHECKPOINT = '/var/streams/checkpoints/streams/ticks';
const OUTPUT = '/var/streams/out/ticks';
let files: string[] = [];

/** Lines that a command in the driver's pod prints; none while there is no driver. */
function inDriver(command: string): string[] {
  const { stdout } = tryKubectl([...NAMESPACE, 'exec', 'ticks-driver', '--', '/bin/sh', '-c', command]);
  return stdout.split('\n').filter(Boolean);
}

function batches(folder: string): number[] {
  return inDriver(`ls ${CHECKPOINT}/${folder}`).map(Number);
}

/** The records of the files that the sink's log lists, in order. */
function values(): number[] {
  const listed = inDriver(`for f in ${OUTPUT}/_spark_metadata/*; do cat $f; echo; done`).filter((line) =>
    line.startsWith('{'),
  );
  const paths = new Set(listed.map((line) => (JSON.parse(line) as { path: string }).path.replace(/^file:\/*/, '/')));
  return inDriver(`cat ${[...paths].join(' ')}`)
    .map((line) => (JSON.parse(line) as { value: number }).value)
    .sort((a, b) => a - b);
}

beforeAll(() => {
  files = synthProgram('examples/streaming-volume/main.ts');
  applyDefinitions(fileOf(files, '-crds-'));
  kubectl(['apply', '-f', fileOf(files, '-platform.')]);
});

afterAll(() => {
  remove(files);
  releaseVolumes('streams');
});

describe('a stream with its checkpoint and its output on a volume', () => {
  itRuns('commits batches', async () => {
    for (const deployment of ['spark-operator-controller', 'spark-operator-webhook']) {
      kubectl(['-n', 'spark-operator', 'rollout', 'status', `deployment/${deployment}`, '--timeout=5m']);
    }
    kubectl(['apply', '-f', fileOf(files, '-jobs.')]);
    await until('the third batch', 180, () => batches('commits').includes(2));
  });

  itRuns('goes on where it was when its driver is killed, with every record once', async () => {
    const before = Math.max(...batches('offsets'));
    kubectl([...NAMESPACE, 'delete', 'pod', 'ticks-driver', '--grace-period=0', '--force']);
    await until('two more batches', 180, () => batches('commits').includes(before + 2));
    const found = values();
    expect(found.length).toBeGreaterThan(100);
    // The source counts from 0 without a gap.
    expect(found).toEqual(found.map((_, index) => index));
  });
});
