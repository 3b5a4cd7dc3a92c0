import { Construct } from 'constructs';
import {
  KubeScheduledSparkApplication,
  ScheduledSparkApplicationSpec,
  ScheduledSparkApplicationSpecTemplate,
  SparkApplicationSpec,
} from '../../imports/sparkoperator.k8s.io';
import { ApplicationKind } from '../spark/application-kind';
import { ApplicationBase } from './application-base';
import { HARDENED } from './profile';
import { CronSchedule } from './schedule/cron-schedule';
import { SecureSparkApplicationProps } from './spark-application-props';
import { checkArguments } from '../problems/property-checks';

/** What happens when a run is due while the previous one still runs. */
export enum ConcurrencyPolicy {
  /** Both run. */
  ALLOW = 'Allow',
  /** The new run is skipped. */
  FORBID = 'Forbid',
  /** The old run is deleted. */
  REPLACE = 'Replace',
}

/** Properties of a hardened Spark application that runs on a schedule. */
export interface ScheduledSparkApplicationProps extends SecureSparkApplicationProps {
  /** When it runs. */
  readonly schedule: CronSchedule;

  /**
   * The time zone of the schedule, by its IANA name, for example `Europe/Berlin`.
   *
   * @default - that of the operator's pod, which is UTC in its image
   * @see https://www.iana.org/time-zones
   */
  readonly timeZone?: string;

  /**
   * What happens when a run is due while the previous one still runs.
   *
   * @default ConcurrencyPolicy.FORBID
   */
  readonly concurrencyPolicy?: ConcurrencyPolicy;

  /**
   * How many successful runs are kept, with their drivers' logs.
   *
   * @default 3
   */
  readonly successfulRunHistoryLimit?: number;

  /**
   * How many failed runs are kept, with their drivers' logs.
   *
   * @default 3
   */
  readonly failedRunHistoryLimit?: number;
}

/**
 * The name of a run is that of the schedule with a dash and the time in nanoseconds, 20 characters more; the operator's webhook
 * checks only the schedule's name.
 */
const MAX_NAME_LENGTH = 43;

/**
 * A Spark job that the operator runs by a schedule, with all guarantees of `SecureSparkApplication`.
 *
 * It renders a ScheduledSparkApplication. The operator creates a SparkApplication for each run and removes old runs. A run
 * that is due while the one before still runs is skipped, unless `concurrencyPolicy` says otherwise, and `suspend` stops the
 * schedule. A checkpoint belongs to the schedule, so each run goes on where the last one ended.
 *
 * @see https://www.kubeflow.org/docs/components/spark-operator/user-guide/running-sparkapplication-on-schedule/
 * @example
 *
 * new ScheduledSparkApplication(chart, 'nightly', {
 *   jobNamespace: clicks,
 *   image,
 *   main: SparkMain.python('local:///opt/app/nightly.py'),
 *   schedule: CronSchedule.cron('30 2 * * *'),
 *   timeZone: 'Europe/Berlin',
 * });
 */
export class ScheduledSparkApplication extends ApplicationBase {
  /**
   * @param scope the parent, in a chart
   * @param id the construct's id, and the application's name unless `name` is given; at most 43 characters
   * @param props the job and its schedule
   * @throws with everything that is wrong with the job and its schedule
   */
  public constructor(scope: Construct, id: string, props: ScheduledSparkApplicationProps) {
    checkArguments('new ScheduledSparkApplication', [scope, id, props]);
    super(scope, id, {
      props,
      settings: { profile: HARDENED },
      problems: [...props.schedule._zoneProblems(props.timeZone), ...historyProblems(props)],
      maxNameLength: MAX_NAME_LENGTH,
      kind: ApplicationKind.SCHEDULED_SPARK_APPLICATION,
      object: (spec) => ({ ...KubeScheduledSparkApplication.GVK, spec: scheduledSpec(props, spec) }),
    });
  }
}

function scheduledSpec(
  props: ScheduledSparkApplicationProps,
  spec: SparkApplicationSpec,
): ScheduledSparkApplicationSpec {
  return {
    schedule: props.schedule.expression,
    timeZone: props.timeZone,
    suspend: props.suspend,
    concurrencyPolicy: props.concurrencyPolicy ?? ConcurrencyPolicy.FORBID,
    successfulRunHistoryLimit: props.successfulRunHistoryLimit ?? 3,
    failedRunHistoryLimit: props.failedRunHistoryLimit ?? 3,
    // Both types have the same fields, but are generated separately.
    template: { ...spec, suspend: undefined } as unknown as ScheduledSparkApplicationSpecTemplate,
  };
}

function historyProblems(props: ScheduledSparkApplicationProps): string[] {
  const { successfulRunHistoryLimit, failedRunHistoryLimit } = props;
  return Object.entries({ successfulRunHistoryLimit, failedRunHistoryLimit }).flatMap(([name, limit]) =>
    limit === undefined || (Number.isInteger(limit) && limit >= 0)
      ? []
      : [`${name} is ${limit}; give a whole number of 0 or more`],
  );
}
