import { labelProblem } from '../../kubernetes/names';
import { versionProblem } from '../../storage/spark-storage';
import { SecureSparkApplicationProps } from '../spark-application-props';
import { SparkMain } from '../../spark/spark-main';
import { SparkRole } from '../../spark/spark-role';
import { setBy, variablesOf } from './storage-checks';

/** The variable of the driver with the location of the checkpoint. */
export const LOCATION_VARIABLE = 'SPARK_CHECKPOINT_LOCATION';
/** The folder of queries that are not told where theirs is. */
export const ROOT_KEY = 'spark.sql.streaming.checkpointLocation';

/** What is wrong with how an application uses its checkpoint. */
export function checkpointProblems(name: string, props: SecureSparkApplicationProps): string[] {
  const version = versionProblem('checkpointVersion', props.checkpointVersion);
  const given = variablesOf(SparkRole.DRIVER, props.driver ?? {});
  return [
    ...(version === undefined ? [] : [version]),
    ...readerProblems(name, props),
    ...(given.includes(LOCATION_VARIABLE) ? [setBy(`driver.env.${LOCATION_VARIABLE}`, 'checkpoint')] : []),
  ];
}

function readerProblems(
  name: string,
  { checkpointOf, checkpointForNamedQueries }: SecureSparkApplicationProps,
): string[] {
  if (checkpointOf === undefined) return [];
  const problem = labelProblem('checkpointOf', checkpointOf);
  return [
    ...(problem === undefined ? [] : [problem]),
    ...(checkpointOf === name ? [`checkpointOf is "${name}", the application itself; leave it out`] : []),
    ...(checkpointForNamedQueries === true
      ? [
          `checkpointForNamedQueries would let queries write to the checkpoint of "${checkpointOf}", which checkpointOf says ` +
            'is only read; leave it out',
        ]
      : []),
  ];
}

const ALONE = ['checkpointVersion', 'checkpointOf', 'checkpointForNamedQueries'] as const;

/** What an application has that means nothing without storage. */
export function withoutCheckpointProblems(props: SecureSparkApplicationProps): string[] {
  const problems = ALONE.filter((property) => props[property] !== undefined).map(
    (property) => `${property} is given, but checkpoint is not; give the storage, or leave it out`,
  );
  if (props.main.arguments.some((argument) => argument.includes(SparkMain.CHECKPOINT_LOCATION))) {
    problems.push('an argument has SparkMain.CHECKPOINT_LOCATION, but checkpoint is not given; give the storage');
  }
  return problems;
}

/** A root that the user sets, on whichever store, must outlive the pods. */
export function localCheckpointProblems({ sparkConf }: SecureSparkApplicationProps): string[] {
  const root = sparkConf?.[ROOT_KEY];
  if (typeof root !== 'string' || /^(abfss|gs|hdfs|s3a):\/\/[^/]/.test(root)) return [];
  return [
    `sparkConf["${ROOT_KEY}"] = "${root}" is a disk that is gone with its pod, or a file system that Spark does not know; ` +
      'use checkpoint, with checkpointForNamedQueries',
  ];
}
