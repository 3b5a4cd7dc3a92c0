import { Duration } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-28';
import { TEMPORARY_DIRECTORY } from '../pod/automatic-directories';
import { PodAdditions } from '../pod/resolved-pod';
import { SPARK_CONTAINER, SparkRole } from '../../spark/spark-role';
import { StreamingSparkApplicationProps } from './streaming-application-props';
import { wholeSecondsProblem } from '../../kubernetes/whole-seconds';

/** The driver's environment variable with the path of a file that exists as long as the program is to run. */
export const RUN_FILE_VARIABLE = 'SPARK_STREAMING_RUN_FILE';
const RUN_FILE = `${TEMPORARY_DIRECTORY}/spark-streaming-run`;
const DRIVER_CONTAINER = SPARK_CONTAINER[SparkRole.DRIVER];

/**
 * Removes the file, and waits until the program ends, since this ends the container and the command. Without the file the
 * program does not support the graceful stop, so the command does not wait.
 */
const STOP_COMMAND = ['/bin/sh', '-c', `if rm ${RUN_FILE} 2>/dev/null; then while sleep 1; do :; done; fi`];

/** Additions to a driver with these variables; unless `gracefulStop` is false, they give the program time to stop. */
export function gracefulDriver(
  env: { readonly [name: string]: EnvValue },
  { gracefulStop, stopWithin }: StreamingSparkApplicationProps,
): PodAdditions {
  if (gracefulStop === false) return { env };
  return {
    env: { ...env, [RUN_FILE_VARIABLE]: EnvValue.fromValue(RUN_FILE) },
    terminationGracePeriod: stopWithin ?? Duration.minutes(2),
    preStop: { exec: { command: STOP_COMMAND } },
  };
}

export function gracefulStopProblems(props: StreamingSparkApplicationProps): string[] {
  const { gracefulStop, stopWithin, driver } = props;
  if (gracefulStop === false) {
    return stopWithin === undefined
      ? []
      : ['stopWithin is given, but gracefulStop is false, so that nobody waits; keep one of the two'];
  }
  const spark = driver?.template?.spec?.containers?.find(({ name }) => name === DRIVER_CONTAINER);
  const grace = driver?.template?.spec?.terminationGracePeriodSeconds;
  return [
    wholeSecondsProblem('stopWithin', stopWithin, 1),
    driver?.terminationGracePeriod === undefined ? undefined : twice('driver.terminationGracePeriod', 'stopWithin'),
    grace === undefined ? undefined : twice('driver.template.spec.terminationGracePeriodSeconds', 'stopWithin'),
    spark?.lifecycle?.preStop === undefined
      ? undefined
      : twice(`driver.template.spec.containers["${DRIVER_CONTAINER}"].lifecycle.preStop`, 'gracefulStop'),
  ].filter((problem) => problem !== undefined);
}

function twice(given: string, property: string): string {
  return `${given} is set by ${property}; leave it out, or set gracefulStop to false`;
}
