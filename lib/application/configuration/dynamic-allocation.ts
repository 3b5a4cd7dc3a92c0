import { Duration } from 'cdk8s';

/**
 * Executors that come and go with the load.
 *
 * Kubernetes has no external shuffle service, so Spark keeps executors that hold shuffle data.
 *
 * @see https://spark.apache.org/docs/latest/job-scheduling.html#dynamic-resource-allocation
 */
export interface DynamicAllocation {
  /** The maximum number of executors. */
  readonly maxExecutors: number;

  /**
   * The minimum number of executors.
   *
   * @default 0
   */
  readonly minExecutors?: number;

  /**
   * The number of executors at the start.
   *
   * @default - `minExecutors`
   */
  readonly initialExecutors?: number;

  /**
   * Whether executors that hold shuffle data of active jobs are kept. If `false`, Spark needs another way to keep
   * shuffle data, such as decommissioning with migration of its blocks.
   *
   * @default true
   */
  readonly shuffleTracking?: boolean;

  /**
   * The maximum time that an executor is kept for its shuffle data, in whole milliseconds.
   *
   * @default - until no active job needs the data
   */
  readonly shuffleTrackingTimeout?: Duration;
}

/** Migration of shuffle data: Spark refuses dynamic allocation with neither shuffle tracking nor migration. */
const MIGRATION = ['spark.decommission.enabled', 'spark.storage.decommission.shuffleBlocks.enabled'];
const SHUFFLE_PLUGIN = 'spark.shuffle.sort.io.plugin.class';
const KUEUE_QUEUE = 'kueue.x-k8s.io/queue-name';

/** Settings of an application that must fit its dynamic allocation. */
export interface BesideAllocation {
  readonly instances?: number;
  readonly labels?: { readonly [label: string]: string };
  readonly sparkConf?: { readonly [key: string]: string };
}

/** What is wrong with dynamic allocation, by itself and together with other settings. */
export function dynamicAllocationProblems(allocation: DynamicAllocation, beside: BesideAllocation): string[] {
  const { instances } = beside;
  const problems: string[] = [];
  const { minExecutors = 0, maxExecutors } = allocation;
  const initialExecutors = allocation.initialExecutors ?? minExecutors;
  for (const [name, count] of Object.entries({ minExecutors, initialExecutors, maxExecutors })) {
    if (!Number.isInteger(count) || count < (name === 'maxExecutors' ? 1 : 0)) {
      problems.push(
        `dynamicAllocation.${name} is ${count}; give a whole number of ${name === 'maxExecutors' ? 1 : 0} or more`,
      );
    }
  }
  if (minExecutors > maxExecutors) {
    problems.push(
      `dynamicAllocation.minExecutors (${minExecutors}) is above maxExecutors (${maxExecutors}); ` +
        'lower it or raise maxExecutors',
    );
  }
  if (initialExecutors !== minExecutors && (initialExecutors < minExecutors || initialExecutors > maxExecutors)) {
    problems.push(
      `dynamicAllocation.initialExecutors (${initialExecutors}) is not between minExecutors (${minExecutors}) and ` +
        `maxExecutors (${maxExecutors}); choose a number between them`,
    );
  }
  if (instances !== undefined) {
    problems.push(
      `executor.instances is ${instances} beside dynamicAllocation (${minExecutors} to ${maxExecutors} executors); ` +
        'keep one of the two: initialExecutors says how many there are at the start',
    );
  }
  if (allocation.shuffleTracking === false && allocation.shuffleTrackingTimeout !== undefined) {
    problems.push(
      'dynamicAllocation.shuffleTrackingTimeout is given, but shuffleTracking is false; leave one of them out',
    );
  }
  const timeout = allocation.shuffleTrackingTimeout?.toMilliseconds({ integral: false });
  if (timeout !== undefined && !(Number.isInteger(timeout) && timeout >= 1)) {
    problems.push(`dynamicAllocation.shuffleTrackingTimeout is ${timeout} ms; give whole milliseconds, at least one`);
  }
  return [...problems, ...shuffleProblems(allocation, beside.sparkConf ?? {}), ...queueProblems(beside.labels ?? {})];
}

function shuffleProblems(
  { shuffleTracking }: DynamicAllocation,
  sparkConf: { readonly [key: string]: string },
): string[] {
  const migrates = MIGRATION.every((key) => sparkConf[key] === 'true') || sparkConf[SHUFFLE_PLUGIN] !== undefined;
  if (shuffleTracking !== false || migrates) return [];
  return [
    'dynamicAllocation.shuffleTracking is false, so that shuffle data would go with its executor, which Spark refuses; ' +
      `leave it out, or set ${MIGRATION.join(' and ')} to "true" in sparkConf`,
  ];
}

/** https://kueue.sigs.k8s.io/docs/tasks/run/external_workloads/sparkapplications/ */
function queueProblems(labels: { readonly [label: string]: string }): string[] {
  const queue = labels[KUEUE_QUEUE];
  if (queue === undefined) return [];
  return [
    `labels "${KUEUE_QUEUE}" is "${queue}" beside dynamicAllocation, which Kueue refuses; ` +
      'leave out the label, or give executor.instances in place of dynamicAllocation',
  ];
}
