import { isAtLeast, LOG_LEVEL_SINCE } from './spark-versions';

/**
 * How much the driver and the executors of a job log.
 *
 * The operator's log level is a separate setting, `OperatorLogLevel`.
 *
 * @see https://spark.apache.org/docs/latest/configuration.html (spark.log.level)
 */
export enum SparkLogLevel {
  /** Everything. */
  ALL = 'ALL',
  /** Every step. */
  TRACE = 'TRACE',
  /** Details for finding errors. */
  DEBUG = 'DEBUG',
  /** The progress of the job. */
  INFO = 'INFO',
  /** Possible problems. */
  WARN = 'WARN',
  /** Errors. */
  ERROR = 'ERROR',
  /** Errors that end the job. */
  FATAL = 'FATAL',
  /** Nothing. */
  OFF = 'OFF',
}

/** Why a Spark version has no setting for the log level, or `undefined` if it has one. */
export function logLevelProblem(level: SparkLogLevel, sparkVersion: string): string | undefined {
  if (isAtLeast(sparkVersion, LOG_LEVEL_SINCE)) return undefined;
  return (
    `the log level ${level} needs spark.log.level, which Spark ${sparkVersion} does not know; ` +
    `use Spark ${LOG_LEVEL_SINCE} or newer, or a log4j2.properties in the image`
  );
}
