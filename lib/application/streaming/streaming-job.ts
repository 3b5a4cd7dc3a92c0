import { EnvValue } from 'cdk8s-plus-28';
import { gracefulDriver, gracefulStopProblems, RUN_FILE_VARIABLE } from './graceful-stop';
import { RestartPolicy } from '../schedule/restart-policy';
import { HARDENED } from '../profile';
import { KindSettings } from '../resolved-application';
import { SPARK_CONTAINER, SparkRole } from '../../spark/spark-role';
import { StateStore, StreamingSparkApplicationProps } from './streaming-application-props';

/** The driver's environment variables with settings that the program passes to its queries. */
const INTERVAL_VARIABLE = 'SPARK_STREAMING_TRIGGER_INTERVAL';
const LIMIT_VARIABLE = 'SPARK_STREAMING_MAX_OFFSETS_PER_TRIGGER';

const STATE_STORES: Readonly<Record<StateStore, string>> = {
  [StateStore.MEMORY]: 'org.apache.spark.sql.execution.streaming.state.HDFSBackedStateStoreProvider',
  [StateStore.ROCKSDB]: 'org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider',
};

/** What a stream adds to a hardened application. The properties must have no problems. */
export function streamSettings(name: string, props: StreamingSparkApplicationProps): KindSettings {
  return {
    profile: HARDENED,
    restartPolicy: props.restartPolicy ?? RestartPolicy.always(),
    sparkConf: configuration(name, props),
    driver: gracefulDriver(programVariables(props), props),
  };
}

/** What is wrong with the properties that only streams have. */
export function streamProblems(props: StreamingSparkApplicationProps): string[] {
  return [
    ...foreverProblems(props),
    ...gracefulStopProblems(props),
    ...numberProblems(props),
    ...settingProblems(props, Object.keys(configuration('', props))),
    ...variableProblems(props),
  ];
}

function programVariables({
  triggerInterval,
  maxOffsetsPerTrigger,
}: StreamingSparkApplicationProps): Record<string, EnvValue> {
  return {
    ...(triggerInterval === undefined
      ? {}
      : { [INTERVAL_VARIABLE]: EnvValue.fromValue(`${triggerInterval.toMilliseconds()} milliseconds`) }),
    ...(maxOffsetsPerTrigger === undefined
      ? {}
      : { [LIMIT_VARIABLE]: EnvValue.fromValue(String(maxOffsetsPerTrigger)) }),
  };
}

function configuration(name: string, props: StreamingSparkApplicationProps): Record<string, string> {
  const { stateStore, minBatchesToRetain, noDataMicroBatches } = props;
  return {
    ...(props.progressMetrics === false ? {} : metrics(name)),
    ...(stateStore === undefined ? {} : { 'spark.sql.streaming.stateStore.providerClass': STATE_STORES[stateStore] }),
    ...(minBatchesToRetain === undefined
      ? {}
      : { 'spark.sql.streaming.minBatchesToRetain': String(minBatchesToRetain) }),
    ...(noDataMicroBatches === undefined
      ? {}
      : { 'spark.sql.streaming.noDataMicroBatches.enabled': String(noDataMicroBatches) }),
  };
}

function metrics(name: string): Record<string, string> {
  const servlet = 'spark.metrics.conf.driver.sink.prometheusServlet';
  return {
    'spark.sql.streaming.metricsEnabled': 'true',
    [`${servlet}.class`]: 'org.apache.spark.metrics.sink.PrometheusServlet',
    [`${servlet}.path`]: '/metrics/prometheus',
    // Spark's default is the id of the run, which would start new time series at each restart.
    'spark.metrics.namespace': name,
  };
}

/** Settings that contradict a stream with state that never ends. */
function foreverProblems(props: StreamingSparkApplicationProps): string[] {
  const { checkpoint, restartPolicy, timeToLive } = props;
  return [
    ...(checkpoint === undefined
      ? [
          'checkpoint is required, since the stream would begin anew at each start; pass Checkpoint.on(storage), ' +
            'or use SecureSparkApplication',
        ]
      : []),
    ...(checkpoint?.writer === undefined
      ? []
      : [
          `checkpoint is that of "${checkpoint.writer}", but a stream writes a checkpoint of its own; use Checkpoint.on, or ` +
            'SecureSparkApplication',
        ]),
    ...(restartPolicy === undefined || restartPolicy.type === 'Always'
      ? []
      : [
          `restartPolicy is ${restartPolicy.type}, but a stream that stops when its pod is evicted ends without an error ` +
            'and would stay down; use RestartPolicy.always, or SecureSparkApplication',
        ]),
    ...(timeToLive === undefined
      ? []
      : [`timeToLive is ${timeToLive.toSeconds({ integral: false })} s, but a stream never ends; leave it out`]),
  ];
}

function numberProblems(props: StreamingSparkApplicationProps): string[] {
  const { triggerInterval, maxOffsetsPerTrigger, minBatchesToRetain } = props;
  return [
    ...(triggerInterval === undefined || triggerInterval.toMilliseconds() >= 1
      ? []
      : ['triggerInterval is 0; leave it out where the program has no trigger']),
    ...countProblems('maxOffsetsPerTrigger', maxOffsetsPerTrigger, 1),
    ...countProblems('minBatchesToRetain', minBatchesToRetain, 2),
  ];
}

function countProblems(what: string, count: number | undefined, least: number): string[] {
  if (count === undefined || (Number.isInteger(count) && count >= least)) return [];
  return [`${what} is ${count}; give a whole number of ${least} or more`];
}

function settingProblems({ sparkConf = {}, progressMetrics }: StreamingSparkApplicationProps, own: string[]): string[] {
  return [
    ...own
      .filter((key) => key in sparkConf)
      .map((key) => `sparkConf["${key}"] is set by a property of the stream; keep one of the two`),
    ...(progressMetrics !== false && sparkConf['spark.ui.enabled'] === 'false'
      ? [
          'sparkConf["spark.ui.enabled"] is "false", but metrics are read there; leave it out, or set progressMetrics to false',
        ]
      : []),
  ];
}

function variableProblems({ driver }: StreamingSparkApplicationProps): string[] {
  const spark = driver?.template?.spec?.containers?.find(({ name }) => name === SPARK_CONTAINER[SparkRole.DRIVER]);
  const given = [...Object.keys(driver?.env ?? {}), ...(spark?.env ?? []).map(({ name }) => name)];
  return [
    [RUN_FILE_VARIABLE, 'gracefulStop'],
    [INTERVAL_VARIABLE, 'triggerInterval'],
    [LIMIT_VARIABLE, 'maxOffsetsPerTrigger'],
  ]
    .filter(([variable]) => given.includes(variable))
    .map(([variable, property]) => `driver.env.${variable} is set by ${property}; leave it out`);
}
