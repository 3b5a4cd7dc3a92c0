import { spawn, spawnSync } from 'node:child_process';
import { applyDefinitions, deniedRequests, fileOf, kubectl, remove, synthProgram, tryKubectl, until } from './support';
import {
  batchesOf,
  canStream,
  isInBatch,
  itStreams,
  keysBelow,
  policiesOf,
  sinkRecords,
  userSecret,
  useServices,
} from './streams';
import { services, SERVICES } from './services';
import { BUCKET } from './removed-actions';

const CHECKPOINT = 'checkpoints/prod-eu/streams/clicks';
const OUTPUT = 'out/clicks';
const NAMESPACE = ['-n', 'streams'];
const started = new Date();
let files: string[] = [];
let feed: { stop: () => Promise<void> } | undefined;

/** Sends records to the topic until it is stopped. */
function startFeed(): { stop: () => Promise<void> } {
  const producer = spawn(SERVICES ?? '', ['kafka-send', 'clicks'], { stdio: ['pipe', 'ignore', 'inherit'] });
  const ended = new Promise<void>((resolve, reject) =>
    producer.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`kafka-send ended with ${code}`)))),
  );
  let sent = 0;
  const timer = setInterval(() => {
    producer.stdin.write(Array.from({ length: 20 }, () => `${started.getTime()}-${sent++}\n`).join(''));
  }, 200);
  return {
    stop: () => {
      clearInterval(timer);
      producer.stdin.end();
      return ended;
    },
  };
}

function podNames(selector: string): string[] {
  const names = kubectl([...NAMESPACE, 'get', 'pods', '-l', selector, '-o', 'jsonpath={.items[*].metadata.name}']);
  return names.split(' ').filter(Boolean);
}

function driverId(): string {
  return tryKubectl([...NAMESPACE, 'get', 'pod', 'clicks-driver', '-o', 'jsonpath={.metadata.uid}']).stdout;
}

function driverLog(): string {
  return tryKubectl([...NAMESPACE, 'logs', 'clicks-driver']).stdout;
}

function lastPlanned(): number {
  return batchesOf(CHECKPOINT).planned.at(-1) ?? -1;
}

function lastCommitted(): number {
  return batchesOf(CHECKPOINT).committed.at(-1) ?? -1;
}

/** Waits until a batch has been planned and is not committed yet, and tells its number. */
async function untilInBatch(): Promise<number> {
  for (const end = Date.now() + 60_000; Date.now() < end;) {
    if (isInBatch(CHECKPOINT)) return lastPlanned();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('no batch was seen to run in 60 s');
}

/** Waits until the stream has gone on after a batch: a later one is committed too. */
async function untilAfter(batch: number): Promise<void> {
  await until(`a batch after ${batch}`, 180, () => lastCommitted() > batch);
}

/** Kills every process of every container of these pods, as the end of their node would. */
function killContainers(pods: readonly { readonly namespace: string; readonly name: string }[]): void {
  const kills = pods.map(({ namespace, name }) => `kubectl -n ${namespace} exec ${name} -- /bin/sh -c 'kill -9 -1' &`);
  spawnSync('/bin/sh', ['-c', `${kills.join('\n')}\nwait`]);
}

beforeAll(() => {
  if (!canStream) return;
  useServices();
  files = synthProgram('examples/streaming-s3/main.ts');
  services(['s3-bucket', BUCKET]);
  for (const prefix of [CHECKPOINT, OUTPUT]) if (keysBelow(prefix).length > 0) services(['s3-rm', BUCKET, prefix]);
  services(['kafka-topic', 'clicks', '2']);
  applyDefinitions(fileOf(files, '.crds.'));
  kubectl(['apply', '-f', fileOf(files, 'platform.k8s.')]);
  userSecret('streams', 's3-keys', 'streams-clicks', policiesOf(fileOf(files, 'jobs.k8s.')).clicks);
  for (const deployment of ['spark-operator-controller', 'spark-operator-webhook']) {
    kubectl(['-n', 'spark-operator', 'rollout', 'status', `deployment/${deployment}`, '--timeout=5m']);
  }
});

afterAll(async () => {
  await feed?.stop().catch(() => undefined);
  if (files.length > 0) remove(files);
});

describe('a stream from Kafka to S3, with the policy of its own paths and no other right', () => {
  itStreams('commits batches, in a namespace that enforces restricted', async () => {
    feed = startFeed();
    kubectl(['apply', '-f', fileOf(files, 'jobs.k8s.')]);
    await until('the first batch', 180, () => lastCommitted() >= 0);
    const labels = JSON.parse(kubectl(['get', 'namespace', 'streams', '-o', 'jsonpath={.metadata.labels}'])) as object;
    expect(labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted' });
  });

  itStreams('tells the progress of its query to Prometheus', () => {
    const port = '/api/v1/namespaces/streams/pods/clicks-driver:4040/proxy/metrics/prometheus/';
    const metrics = kubectl(['get', '--raw', port]);
    for (const gauge of ['inputRate_total', 'processingRate_total', 'latency', 'states_rowsTotal']) {
      expect(metrics).toMatch(new RegExp(`^metrics_clicks_driver_spark_streaming_records_${gauge}_Value\\S* \\d`, 'm'));
    }
  });

  itStreams('goes on where it was when its driver is killed in a batch', async () => {
    const before = driverId();
    const batch = await untilInBatch();
    kubectl([...NAMESPACE, 'delete', 'pod', 'clicks-driver', '--grace-period=0', '--force']);
    await untilAfter(batch);
    expect(driverId()).not.toBe(before);
    expect(driverLog()).toMatch(/Resuming at batch \d+/);
  });

  itStreams('goes on with the same driver when an executor is killed in a batch', async () => {
    const before = driverId();
    const [executor] = podNames('spark-role=executor');
    const batch = await untilInBatch();
    kubectl([...NAMESPACE, 'delete', 'pod', executor, '--grace-period=0', '--force']);
    await untilAfter(batch);
    expect(driverId()).toBe(before);
    expect(podNames('spark-role=executor')).not.toContain(executor);
  });

  itStreams('goes on when all containers of the job and the operator are killed at once', async () => {
    const before = driverId();
    const operators = kubectl(['-n', 'spark-operator', 'get', 'pods', '-o', 'jsonpath={.items[*].metadata.name}']);
    const executors = podNames('spark-role=executor');
    const batch = await untilInBatch();
    killContainers([
      ...['clicks-driver', ...executors].map((name) => ({ namespace: 'streams', name })),
      ...operators.split(' ').map((name) => ({ namespace: 'spark-operator', name })),
    ]);
    await untilAfter(batch);
    expect(driverId()).not.toBe(before);
  });

  itStreams('finishes its batch when its pod is deleted, and is started again', async () => {
    const before = driverId();
    const batch = await untilInBatch();
    kubectl([...NAMESPACE, 'delete', 'pod', 'clicks-driver']);
    const { planned, committed } = batchesOf(CHECKPOINT);
    expect(committed).toEqual(planned);
    await untilAfter(batch);
    expect(driverId()).not.toBe(before);
  });

  itStreams('has every record exactly once at the end, and leaves nothing undone', async () => {
    await feed?.stop();
    feed = undefined;
    const sent = services(['kafka-read', 'clicks']).split('\n').filter(Boolean).sort();
    await until('the last record', 120, () => !isInBatch(CHECKPOINT) && sinkRecords(OUTPUT).length >= sent.length);
    kubectl(['delete', '--timeout=180s', '-f', fileOf(files, 'jobs.k8s.')]);
    await until('the end of the driver', 120, () => driverId() === '');
    expect(
      sinkRecords(OUTPUT)
        .map(({ value }) => value)
        .sort(),
    ).toEqual(sent);
    const { planned, committed } = batchesOf(CHECKPOINT);
    expect(committed).toEqual(planned);
  });

  itStreams('has asked the API server for nothing that was denied', () => {
    const auditLog = process.env.SPARK_CLUSTER_AUDIT_LOG;
    if (auditLog === undefined) throw new Error('set SPARK_CLUSTER_AUDIT_LOG to the audit log of the API server');
    expect(deniedRequests(auditLog, ['spark-operator', 'streams'], started)).toEqual([]);
  });
});
