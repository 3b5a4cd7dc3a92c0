import { Duration } from 'cdk8s';

/**
 * Executors that come and go with the load.
 *
 * There is no external shuffle service on Kubernetes: Spark keeps executors that hold shuffle data instead.
 *
 * @see https://spark.apache.org/docs/latest/job-scheduling.html#dynamic-resource-allocation
 */
export interface DynamicAllocation {
  /** The most executors. */
  readonly maxExecutors: number;

  /**
   * The fewest executors.
   *
   * @default 0
   */
  readonly minExecutors?: number;

  /**
   * The executors at the start.
   *
   * @default - `minExecutors`
   */
  readonly initialExecutors?: number;

  /**
   * Whether executors that hold shuffle data of active jobs are kept. Without it, Spark needs another way to keep shuffle
   * data, such as decommissioning with migration of its blocks.
   *
   * @default true
   */
  readonly shuffleTracking?: boolean;

  /**
   * How long an executor is kept for its shuffle data at most. Whole milliseconds.
   *
   * @default - until the data is no longer needed
   */
  readonly shuffleTrackingTimeout?: Duration;
}

/** What is wrong with the numbers of executors. */
export function dynamicAllocationProblems(allocation: DynamicAllocation, instances?: number): string[] {
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
      `dynamicAllocation.minExecutors (${minExecutors}) is above maxExecutors (${maxExecutors}); lower it or raise maxExecutors`,
    );
  }
  if (initialExecutors < minExecutors || initialExecutors > maxExecutors) {
    problems.push(
      `dynamicAllocation.initialExecutors (${initialExecutors}) is not between minExecutors (${minExecutors}) and maxExecutors (${maxExecutors})`,
    );
  }
  if (instances !== undefined) {
    problems.push(
      `executor.instances is ${instances} beside dynamicAllocation (${minExecutors} to ${maxExecutors} executors); keep one of the two: initialExecutors says how many there are at the start`,
    );
  }
  if (allocation.shuffleTracking === false && allocation.shuffleTrackingTimeout !== undefined) {
    problems.push(
      'dynamicAllocation.shuffleTrackingTimeout is given, but shuffleTracking is false; leave one of them out',
    );
  }
  return problems;
}
