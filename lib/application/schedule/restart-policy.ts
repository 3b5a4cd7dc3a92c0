import { Duration } from 'cdk8s';
import { wholeSecondsProblem } from '../../kubernetes/whole-seconds';
import { checkArguments } from '../../problems/property-checks';

/** How often and when the operator tries a failed job again. */
export interface RestartOptions {
  /**
   * How often a job that ran and failed is retried.
   *
   * @default 3
   */
  readonly retries?: number;

  /**
   * The wait before such a retry; it grows with each retry. Whole seconds.
   *
   * @default Duration.seconds(10)
   */
  readonly interval?: Duration;

  /**
   * How often a failed submission is retried.
   *
   * @default 3
   */
  readonly submissionRetries?: number;

  /**
   * The wait before a submission is retried; it grows with each retry. Whole seconds.
   *
   * @default Duration.seconds(10)
   */
  readonly submissionInterval?: Duration;
}

/** Whether the operator starts an application again after its end. */
export class RestartPolicy {
  /** The application runs once. */
  public static never(): RestartPolicy {
    return new RestartPolicy('Never');
  }

  /**
   * The application is started again if it fails.
   *
   * @param options the numbers of retries and the waits
   * @throws if a number is negative or not whole, or a wait shorter than a second
   */
  public static onFailure(options: RestartOptions = {}): RestartPolicy {
    checkArguments('RestartPolicy.onFailure', [options]);
    checkCount('retries', options.retries);
    return new RestartPolicy('OnFailure', { retries: options.retries ?? 3, ...withDefaults(options) });
  }

  /**
   * The application is started again whenever it ends, as a stream needs it: at once if it ended without an error, else when
   * the interval times the number of starts has passed since the last start. The numbers of runs and submissions have no limit.
   *
   * @param options the waits
   * @throws if a wait is shorter than a second or not in whole seconds, or `retries` or `submissionRetries` is given
   */
  public static always(options: RestartOptions = {}): RestartPolicy {
    checkArguments('RestartPolicy.always', [options]);
    for (const limit of ['retries', 'submissionRetries'] as const) {
      if (options[limit] !== undefined) {
        throw new Error(
          `RestartPolicy.always: ${limit} is ${options[limit]}, but the operator restarts without limit; ` +
            'leave it out, or use RestartPolicy.onFailure',
        );
      }
    }
    return new RestartPolicy('Always', withDefaults(options));
  }

  private constructor(
    /** `Never`, `OnFailure` or `Always`. */
    public readonly type: string,
    /** The numbers of retries and the waits. @default - none, for `Never` */
    public readonly options?: RestartOptions,
  ) {}
}

function withDefaults(options: RestartOptions): RestartOptions {
  checkCount('submissionRetries', options.submissionRetries);
  checkInterval('interval', options.interval);
  checkInterval('submissionInterval', options.submissionInterval);
  return {
    interval: options.interval ?? Duration.seconds(10),
    submissionRetries: options.submissionRetries ?? 3,
    submissionInterval: options.submissionInterval ?? Duration.seconds(10),
  };
}

function checkCount(name: string, count?: number): void {
  if (count !== undefined && !(Number.isInteger(count) && count >= 0)) {
    throw new Error(`RestartPolicy: ${name} is ${count}; give a whole number of 0 or more`);
  }
}

function checkInterval(name: string, interval?: Duration): void {
  const problem = wholeSecondsProblem(name, interval, 1);
  if (problem !== undefined) throw new Error(`RestartPolicy: ${problem}`);
}
