import { Size } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-28';
import { leaderElectionArgs, leaseName, logArgs, metricsArgs, namespacesArgs } from './arguments';
import { BatchScheduler } from '../batch-scheduler';
import { completeResources, OperatorComponent, OperatorIdentity, SparkOperatorPodOptions } from './component';
import { OperatorLogLevel } from '../operator-log-level';
import {
  ComponentRights,
  CONTROLLER_JOB_RIGHTS,
  leaderElectionRights,
  UI_SERVICE_RIGHTS,
} from '../rights/operator-rights';

export const CONTROLLER = 'controller';

/**
 * The controller: it runs spark-submit for each application and follows its state.
 *
 * Each submission is a Java process of its own in the controller's pod, for some ten seconds, with some 300 MiB of memory.
 */
export interface SparkOperatorControllerOptions extends SparkOperatorPodOptions {
  /**
   * How many applications it works on at the same time, so how many Java processes there are at most. More need more memory.
   *
   * @default 10
   */
  readonly workers?: number;

  /**
   * Size of the writable `/tmp`: pod templates of each submission, and packages that it resolves.
   *
   * @default Size.gibibytes(1)
   */
  readonly tmpSize?: Size;
}

/** What the controller's pods depend on. */
export interface ControllerSettings {
  readonly options: SparkOperatorControllerOptions;
  readonly logLevel: OperatorLogLevel;
  readonly leaderElection: boolean;
  readonly metricsPort?: number;
  readonly annotateMetrics: boolean;
  readonly uiService: boolean;
  readonly batchSchedulers: readonly BatchScheduler[];
  readonly defaultBatchScheduler?: BatchScheduler;
}

const DEFAULT_WORKERS = 10;
const DEFAULT_RESOURCES = {
  cpu: { request: '500m', limit: '2' },
  memory: { request: '1Gi', limit: '4Gi' },
  ephemeralStorage: {},
};

/** Without a home of its own the user's Ivy cache would be on the read-only root file system. */
const WRITABLE_HOME = { SPARK_SUBMIT_OPTS: EnvValue.fromValue('-Duser.home=/tmp') };

const METRICS_BUCKETS = [
  '--metrics-job-submit-latency-buckets=0.5,1,2,4,8,16,32,64,128,256',
  '--metrics-job-start-latency-buckets=30,60,90,120,150,180,210,240,270,300',
];

const FIXED_ARGS = [
  '--workqueue-ratelimiter-bucket-qps=50',
  '--workqueue-ratelimiter-bucket-size=500',
  '--workqueue-ratelimiter-max-delay=6h',
  '--driver-pod-creation-grace-period=10s',
  '--max-tracked-executor-per-app=1000',
  '--kube-api-qps=20',
  '--kube-api-burst=30',
  '--scheduled-spark-application-timestamp-precision=nanos',
  '--feature-gates=PartialRestart=false,LoadSparkDefaults=false',
];

/** The controller, but for its arguments, which depend on namespaces that are added later. */
export function controllerComponent(settings: ControllerSettings, args: string[]): OperatorComponent {
  const { options, metricsPort, annotateMetrics } = settings;
  return {
    component: CONTROLLER,
    args,
    replicas: options.replicas ?? 1,
    resources: completeResources(options.resources, DEFAULT_RESOURCES),
    options,
    env: WRITABLE_HOME,
    ports: metricsPort === undefined ? [] : [{ name: 'metrics', port: metricsPort }],
    directories: [{ name: 'tmp', path: '/tmp', size: options.tmpSize ?? Size.gibibytes(1) }],
    podAnnotations: annotateMetrics && metricsPort !== undefined ? scrapeAnnotations(metricsPort) : undefined,
  };
}

export function controllerProblems({
  options,
  leaderElection,
  batchSchedulers,
  defaultBatchScheduler,
}: ControllerSettings): string[] {
  const { workers = DEFAULT_WORKERS, replicas = 1 } = options;
  const problems: string[] = [];
  if (!Number.isInteger(workers) || workers < 1) {
    problems.push(`controller.workers is ${workers}; a whole number from 1 is expected`);
  }
  if (!leaderElection && replicas > 1) {
    problems.push(
      `controller.replicas is ${replicas} without a leader election, so each would submit every application: leave leaderElection on, or use one replica`,
    );
  }
  const names = batchSchedulers.map(({ name }) => name);
  if (defaultBatchScheduler !== undefined && !names.includes(defaultBatchScheduler.name)) {
    problems.push(
      `defaultBatchScheduler is ${defaultBatchScheduler.name}, but batchSchedulers has ${names.join(', ') || 'none'}: add it there`,
    );
  }
  return problems;
}

export function controllerRights(operator: OperatorIdentity, settings: ControllerSettings): ComponentRights {
  const { leaderElection, uiService, batchSchedulers } = settings;
  return {
    own: leaderElection ? leaderElectionRights(leaseName(operator, CONTROLLER)) : [],
    job: [
      ...CONTROLLER_JOB_RIGHTS,
      ...(uiService ? UI_SERVICE_RIGHTS : []),
      ...batchSchedulers.flatMap(({ _jobRights }) => _jobRights),
    ],
    cluster: batchSchedulers.flatMap(({ _clusterRights }) => _clusterRights),
  };
}

/** The controller's arguments; no namespaces are all namespaces. */
export function controllerArgs(
  operator: OperatorIdentity,
  settings: ControllerSettings,
  namespaces?: readonly string[],
): string[] {
  const { options, logLevel, leaderElection, metricsPort, uiService } = settings;
  return [
    'controller',
    'start',
    ...logArgs(logLevel),
    ...namespacesArgs(namespaces),
    `--controller-threads=${options.workers ?? DEFAULT_WORKERS}`,
    `--enable-ui-service=${uiService}`,
    ...batchSchedulerArgs(settings),
    ...metricsArgs(metricsPort),
    ...(metricsPort === undefined ? [] : METRICS_BUCKETS),
    ...leaderElectionArgs(operator, CONTROLLER, leaderElection),
    ...(leaderElection
      ? [
          '--leader-election-lease-duration=15s',
          '--leader-election-renew-deadline=10s',
          '--leader-election-retry-period=2s',
        ]
      : []),
    ...FIXED_ARGS,
  ];
}

function batchSchedulerArgs({ batchSchedulers, defaultBatchScheduler }: ControllerSettings): string[] {
  if (batchSchedulers.length === 0) return [];
  const kubeSchedulers = batchSchedulers.flatMap(({ _kubeSchedulerName: name }) => (name === undefined ? [] : [name]));
  return [
    '--enable-batch-scheduler=true',
    ...(kubeSchedulers.length === 0 ? [] : [`--kube-scheduler-names=${[...kubeSchedulers].sort().join(',')}`]),
    ...(defaultBatchScheduler === undefined ? [] : [`--default-batch-scheduler=${defaultBatchScheduler.name}`]),
  ];
}

function scrapeAnnotations(port: number): Record<string, string> {
  return { 'prometheus.io/scrape': 'true', 'prometheus.io/port': String(port), 'prometheus.io/path': '/metrics' };
}
