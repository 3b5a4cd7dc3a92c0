import { isAtLeast, LOG_LEVEL_SINCE } from './spark-versions';

/**
 * How much the driver and the executors of a job log.
 *
 * It is not the operator's log level, which has a setting of its own.
 *
 * @see https://spark.apache.org/docs/latest/configuration.html (spark.log.level)
 */
export enum SparkLogLevel {
  /** Everything. */
  ALL = 'ALL',
  /** Each step. */
  TRACE = 'TRACE',
  /** What helps to find errors. */
  DEBUG = 'DEBUG',
  /** The course of the job. */
  INFO = 'INFO',
  /** What may go wrong. */
  WARN = 'WARN',
  /** What went wrong. */
  ERROR = 'ERROR',
  /** What ends the job. */
  FATAL = 'FATAL',
  /** Nothing. */
  OFF = 'OFF',
}

/** Why a Spark version cannot be told its log level, or `undefined` if it can. */
export function logLevelProblem(level: SparkLogLevel, sparkVersion: string): string | undefined {
  if (isAtLeast(sparkVersion, LOG_LEVEL_SINCE)) return undefined;
  return (
    `the log level ${level} needs spark.log.level, which Spark ${sparkVersion} does not know; ` +
    `use Spark ${LOG_LEVEL_SINCE} or newer, or a log4j2.properties in the image`
  );
}
