import { Duration } from 'cdk8s';
import { EnvValue, k8s } from 'cdk8s-plus-28';
import { RestartPolicy } from '../../lib/application/schedule/restart-policy';
import { SecureSparkApplication } from '../../lib/application/secure-spark-application';
import {
  StateStore,
  StreamingSparkApplicationProps,
} from '../../lib/application/streaming/streaming-application-props';
import { StreamingSparkApplication } from '../../lib/application/streaming-spark-application';
import { SparkJobNamespace } from '../../lib/job-namespace/spark-job-namespace';
import { find, messageOf, newChart } from '../job-namespace/manifests';
import { STORAGES } from '../storage/storages';
import { IMAGE, PYTHON, RenderedSpec, sidecar, withTemplate } from './fixtures';
import { tenancyOf } from '../../lib/job-namespace/tenancy';
import { Checkpoint } from '../../lib/application/storage/checkpoint';

type StreamOverrides = Partial<StreamingSparkApplicationProps>;

function makeStream(overrides: StreamOverrides = {}): RenderedSpec {
  const chart = newChart();
  const jobNamespace = new SparkJobNamespace(chart, 'clicks');
  const checkpoint = Checkpoint.on(STORAGES.s3(chart));
  const props = { jobNamespace, image: IMAGE, main: PYTHON, checkpoint };
  new StreamingSparkApplication(chart, 'sessions', { ...props, ...overrides });
  return find(chart, 'SparkApplication', 'sessions').spec as RenderedSpec;
}

function refusal(overrides: StreamOverrides): string {
  return messageOf(() => makeStream(overrides));
}

function container({ driver }: RenderedSpec): k8s.Container {
  return driver.template.spec.containers[0];
}

function variables(spec: RenderedSpec): Record<string, string | undefined> {
  const streaming = (container(spec).env ?? []).filter(({ name }) => name.startsWith('SPARK_STREAMING_'));
  return Object.fromEntries(streaming.map(({ name, value }) => [name, value]));
}

const ALWAYS = RestartPolicy.always();

describe('a stream', () => {
  test('is a secure application that is restarted always, with a hook, a grace period and metrics', () => {
    const chart = newChart();
    const jobNamespace = new SparkJobNamespace(chart, 'clicks');
    const checkpoint = Checkpoint.on(STORAGES.s3(chart));
    const props = { jobNamespace, image: IMAGE, main: PYTHON, checkpoint, restartPolicy: ALWAYS };
    new SecureSparkApplication(chart, 'sessions', props);
    const secure = find(chart, 'SparkApplication', 'sessions').spec as RenderedSpec;
    const stream = makeStream();
    const { lifecycle, env, ...spark } = container(stream);
    const { terminationGracePeriodSeconds, containers, ...pod } = stream.driver.template.spec;
    expect(lifecycle).toEqual({
      preStop: {
        exec: {
          command: ['/bin/sh', '-c', 'if rm /tmp/spark-streaming-run 2>/dev/null; then while sleep 1; do :; done; fi'],
        },
      },
    });
    expect(terminationGracePeriodSeconds).toBe(120);
    expect(containers).toHaveLength(1);
    const own = env?.filter(({ name }) => name !== 'SPARK_STREAMING_RUN_FILE');
    expect({
      ...stream,
      sparkConf: undefined,
      driver: { ...stream.driver, template: { spec: { ...pod, containers: [{ ...spark, env: own }] } } },
    }).toEqual({ ...secure, sparkConf: undefined });
    expect(stream.sparkConf).toEqual({
      ...secure.sparkConf,
      'spark.sql.streaming.metricsEnabled': 'true',
      'spark.metrics.conf.driver.sink.prometheusServlet.class': 'org.apache.spark.metrics.sink.PrometheusServlet',
      'spark.metrics.conf.driver.sink.prometheusServlet.path': '/metrics/prometheus',
      'spark.metrics.namespace': 'sessions',
    });
  });

  test('is restarted after the interval that it is given', () => {
    expect(makeStream({ restartPolicy: RestartPolicy.always({ interval: Duration.seconds(45) }) })).toMatchObject({
      restartPolicy: { type: 'Always', onFailureRetryInterval: 45 },
    });
  });

  test('has a checkpoint', () => {
    expect(refusal({ checkpoint: undefined })).toBe(
      'test/sessions: checkpoint is required, since the stream would begin anew at each start; pass Checkpoint.on(storage), ' +
        'or use SecureSparkApplication',
    );
  });

  test('writes its own checkpoint', () => {
    const checkpoint = Checkpoint.readOnly(STORAGES.s3(newChart()), 'others');
    expect(refusal({ checkpoint })).toContain(
      'checkpoint is that of "others", but a stream writes a checkpoint of its own; use Checkpoint.on, or SecureSparkApplication',
    );
  });

  test.each([RestartPolicy.never(), RestartPolicy.onFailure()])('is not restarted by policy %#', (restartPolicy) => {
    expect(refusal({ restartPolicy })).toBe(
      `test/sessions: restartPolicy is ${restartPolicy.type}, but a stream that stops when its pod is evicted ends without ` +
        'an error and would stay down; use RestartPolicy.always, or SecureSparkApplication',
    );
  });

  test('has no time to live', () => {
    expect(refusal({ timeToLive: Duration.hours(1) })).toBe(
      'test/sessions: timeToLive is 3600 s, but a stream never ends; leave it out',
    );
  });
});

describe('what the program gives to its queries', () => {
  test('stands in variables of the driver alone', () => {
    const spec = makeStream({ triggerInterval: Duration.seconds(30), maxOffsetsPerTrigger: 10_000 });
    expect(variables(spec)).toEqual({
      SPARK_STREAMING_RUN_FILE: '/tmp/spark-streaming-run',
      SPARK_STREAMING_TRIGGER_INTERVAL: '30000 milliseconds',
      SPARK_STREAMING_MAX_OFFSETS_PER_TRIGGER: '10000',
    });
    const executor = spec.executor.template.spec.containers[0].env ?? [];
    expect(executor.filter(({ name }) => name.startsWith('SPARK_STREAMING_'))).toEqual([]);
  });

  test('is not there if it is not given', () => {
    expect(Object.keys(variables(makeStream()))).toEqual(['SPARK_STREAMING_RUN_FILE']);
    expect(variables(makeStream({ gracefulStop: false }))).toEqual({});
  });

  test.each([0, -1, 1.5, Number.NaN])('is no number of records such as %d', (maxOffsetsPerTrigger) => {
    expect(refusal({ maxOffsetsPerTrigger })).toBe(
      `test/sessions: maxOffsetsPerTrigger is ${maxOffsetsPerTrigger}; give a whole number of 1 or more`,
    );
  });

  test('is no interval of 0', () => {
    expect(refusal({ triggerInterval: Duration.seconds(0) })).toBe(
      'test/sessions: triggerInterval is 0; leave it out where the program has no trigger',
    );
  });

  test.each([
    ['SPARK_STREAMING_RUN_FILE', 'gracefulStop'],
    ['SPARK_STREAMING_TRIGGER_INTERVAL', 'triggerInterval'],
    ['SPARK_STREAMING_MAX_OFFSETS_PER_TRIGGER', 'maxOffsetsPerTrigger'],
  ])('is not given as variable %s too', (variable, property) => {
    const message = `test/sessions: driver.env.${variable} is set by ${property}; leave it out`;
    const template = { spec: { containers: [{ name: 'spark-kubernetes-driver', env: [{ name: variable }] }] } };
    expect(refusal({ driver: { env: { [variable]: EnvValue.fromValue('x') } } })).toBe(message);
    expect(refusal({ driver: { template } })).toBe(message);
  });
});

describe('a stream that stops between two batches', () => {
  const named = { name: 'spark-kubernetes-driver' };

  test('has as long as it is given', () => {
    expect(makeStream({ stopWithin: Duration.minutes(10) }).driver.template.spec.terminationGracePeriodSeconds).toBe(
      600,
    );
  });

  test('keeps the template, its sidecars and its other hook', () => {
    const postStart = { exec: { command: ['/bin/true'] } };
    const spark = { ...named, lifecycle: { postStart }, stdin: false };
    const template = withTemplate({ containers: [sidecar('proxy'), spark], hostname: 'a' }, { labels: { a: 'b' } });
    const { driver } = makeStream({ driver: template });
    const { metadata, spec } = driver.template;
    expect(metadata?.labels).toEqual({ a: 'b' });
    expect(spec.hostname).toBe('a');
    expect(spec.containers.map(({ name }) => name)).toEqual(['spark-kubernetes-driver', 'proxy']);
    expect(spec.containers[0]).toMatchObject({ stdin: false, lifecycle: { postStart, preStop: { exec: {} } } });
    expect(template.template?.spec?.containers[1]).toBe(spark);
    expect(spark.lifecycle).toEqual({ postStart });
  });

  test('is an option', () => {
    const { driver } = makeStream({ gracefulStop: false, driver: { terminationGracePeriod: Duration.seconds(5) } });
    expect(driver.template.spec.terminationGracePeriodSeconds).toBe(5);
    expect(driver.template.spec.containers[0]).not.toHaveProperty('lifecycle');
  });

  test('needs nothing of an admission guard for its hook, which runs a command', () => {
    const chart = newChart();
    const jobNamespace = new SparkJobNamespace(chart, 'clicks');
    const props = { jobNamespace, image: IMAGE, main: PYTHON, checkpoint: Checkpoint.on(STORAGES.s3(chart)) };
    new StreamingSparkApplication(chart, 'sessions', props);
    expect(tenancyOf(jobNamespace).admitted()['pod-fields']).toEqual([]);
  });

  test.each<[string, StreamOverrides, string]>([
    ['0 seconds', { stopWithin: Duration.seconds(0) }, 'stopWithin is 0 s; give whole seconds, 1 or more'],
    [
      'a time that nobody waits',
      { gracefulStop: false, stopWithin: Duration.minutes(1) },
      'stopWithin is given, but gracefulStop is false, so that nobody waits; keep one of the two',
    ],
    [
      'a second grace period',
      { driver: { terminationGracePeriod: Duration.minutes(1) } },
      'driver.terminationGracePeriod is set by stopWithin; leave it out, or set gracefulStop to false',
    ],
    [
      'a grace period in the template',
      { driver: withTemplate({ terminationGracePeriodSeconds: 5 }) },
      'driver.template.spec.terminationGracePeriodSeconds is set by stopWithin; leave it out, or set gracefulStop to false',
    ],
    [
      'a second hook',
      {
        driver: withTemplate({
          containers: [{ ...named, lifecycle: { preStop: { exec: { command: ['/bin/true'] } } } }],
        }),
      },
      'driver.template.spec.containers["spark-kubernetes-driver"].lifecycle.preStop is set by gracefulStop; leave it out, ' +
        'or set gracefulStop to false',
    ],
  ])('refuses %s', (_, overrides, message) => {
    expect(refusal(overrides)).toBe(`test/sessions: ${message}`);
  });
});

describe('configuration of a stream', () => {
  const settings = ({ sparkConf }: RenderedSpec): string[] =>
    Object.keys(sparkConf).filter((key) => /^spark\.(sql|metrics)/.test(key));

  test('is what the properties say', () => {
    const { sparkConf } = makeStream({
      stateStore: StateStore.ROCKSDB,
      minBatchesToRetain: 20,
      noDataMicroBatches: false,
    });
    expect(sparkConf).toMatchObject({
      'spark.sql.streaming.stateStore.providerClass':
        'org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider',
      'spark.sql.streaming.minBatchesToRetain': '20',
      'spark.sql.streaming.noDataMicroBatches.enabled': 'false',
    });
    expect(makeStream({ stateStore: StateStore.MEMORY }).sparkConf).toMatchObject({
      'spark.sql.streaming.stateStore.providerClass':
        'org.apache.spark.sql.execution.streaming.state.HDFSBackedStateStoreProvider',
    });
  });

  test('has no metrics where none are wanted', () => {
    expect(settings(makeStream({ progressMetrics: false }))).toEqual([]);
  });

  test('is given once', () => {
    const sparkConf = { 'spark.sql.streaming.minBatchesToRetain': '5', 'spark.metrics.namespace': 'mine' };
    expect(refusal({ sparkConf, minBatchesToRetain: 20 })).toBe(
      [
        'test/sessions: 2 problems:',
        '  - sparkConf["spark.metrics.namespace"] is set by a property of the stream; keep one of the two',
        '  - sparkConf["spark.sql.streaming.minBatchesToRetain"] is set by a property of the stream; keep one of the two',
      ].join('\n'),
    );
    expect(makeStream({ sparkConf, progressMetrics: false }).sparkConf).toMatchObject(sparkConf);
  });

  test('has the page on which metrics are read', () => {
    const sparkConf = { 'spark.ui.enabled': 'false' };
    expect(refusal({ sparkConf })).toBe(
      'test/sessions: sparkConf["spark.ui.enabled"] is "false", but metrics are read there; leave it out, or set ' +
        'progressMetrics to false',
    );
    expect(makeStream({ sparkConf, progressMetrics: false }).sparkConf).toMatchObject(sparkConf);
  });

  test.each([1, 2.5])('keeps no %d batches', (minBatchesToRetain) => {
    expect(refusal({ minBatchesToRetain })).toBe(
      `test/sessions: minBatchesToRetain is ${minBatchesToRetain}; give a whole number of 2 or more`,
    );
  });
});
