import { labelProblem } from '../private/names';
import { holdsKey } from '../private/keys';
import { ICheckpointStorage, versionProblem } from '../storage/checkpoint-storage';
import { DriverOptions, ExecutorOptions, PodOptions } from './pod-options';
import { SecureSparkApplicationProps } from './spark-application-props';
import { SparkMain } from './spark-main';
import { SPARK_CONTAINER, SparkRole } from './spark-role';
import { isAtLeast } from './spark-versions';

/** The variable of the driver with the location of the checkpoint. */
export const LOCATION_VARIABLE = 'SPARK_CHECKPOINT_LOCATION';
/** The folder of queries that are not told where theirs is. */
export const ROOT_KEY = 'spark.sql.streaming.checkpointLocation';
/** The first release of Spark that comes with Hadoop 3.4. */
export const HADOOP_34_SINCE = '4.0';

/** What is wrong with an application and its storage together. */
export function checkpointProblems(
  storage: ICheckpointStorage,
  name: string,
  props: SecureSparkApplicationProps,
): string[] {
  const { image, jobNamespace, checkpointVersion } = props;
  const { needsHadoop34, claim } = storage._store;
  const version = versionProblem('checkpointVersion', checkpointVersion);
  return [
    ...(version === undefined ? [] : [version]),
    ...readerProblems(name, props),
    ...(needsHadoop34 === undefined || isAtLeast(image.sparkVersion, HADOOP_34_SINCE)
      ? []
      : [
          `checkpoint needs Spark ${HADOOP_34_SINCE} or newer, but the image has ${image.sparkVersion}: ${needsHadoop34}; ` +
            'give a newer image, or another identity',
        ]),
    ...(claim?.namespace === undefined || claim.namespace === jobNamespace.name
      ? []
      : [
          `checkpoint lies on the claim "${claim.claim.name}" of namespace "${claim.namespace}", but pods can only mount those ` +
            `of their own, "${jobNamespace.name}": give a claim there`,
        ]),
    ...credentialProblems(storage, props),
    ...[SparkRole.DRIVER, SparkRole.EXECUTOR].flatMap((role) =>
      role === SparkRole.EXECUTOR && !storage._executorAccess ? [] : roleProblems(role, props[role] ?? {}, storage),
    ),
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

function roleProblems(
  role: SparkRole,
  options: DriverOptions & ExecutorOptions,
  storage: ICheckpointStorage,
): string[] {
  const { identity, _store: store } = storage;
  const facts = identity?._facts;
  const given = variablesOf(role, options);
  const own = [...(role === SparkRole.DRIVER ? [LOCATION_VARIABLE] : []), ...Object.keys(store.variables)];
  const label = Object.keys(facts?.podLabels ?? {}).find((key) => options.labels?.[key] !== undefined);
  return [
    ...given
      .filter((variable) => own.includes(variable))
      .map((variable) => `${role}.env.${variable} is set by checkpoint; leave it out`),
    ...given
      .filter((variable) => store.credentials.includes(variable))
      .map((variable) => besideIdentity(`${role}.env.${variable}`, storage)),
    ...(label === undefined ? [] : [`${role}.labels "${label}" is set by the identity of checkpoint; leave it out`]),
    ...(facts?.ownAccounts === true && options.serviceAccount !== undefined
      ? [
          `${role}.serviceAccount is "${options.serviceAccount.name}", but the identity of checkpoint, ` +
            `CloudIdentity.${facts.kind}, gives the job accounts of its own; leave it out`,
        ]
      : []),
  ];
}

/** Credentials of the store in the configuration. */
function credentialProblems(storage: ICheckpointStorage, props: SecureSparkApplicationProps): string[] {
  const given = [
    ...Object.keys(props.hadoopConf ?? {}).map((key) => ({ key, place: `hadoopConf["${key}"]` })),
    ...Object.keys(props.sparkConf ?? {}).map((key) => ({
      key: key.replace(/^spark\.hadoop\./, ''),
      place: `sparkConf["${key}"]`,
    })),
  ];
  return given
    .filter(({ key }) => holdsKey(storage._store.credentials, key))
    .map(({ place }) => besideIdentity(place, storage));
}

function besideIdentity(place: string, { identity }: ICheckpointStorage): string {
  return (
    `${place} is a credential beside the identity of checkpoint, CloudIdentity.${identity?._facts.kind}; ` +
    'keep one of the two'
  );
}

function variablesOf(role: SparkRole, { env, template }: PodOptions): string[] {
  const spark = template?.spec?.containers?.find(({ name }) => name === SPARK_CONTAINER[role]);
  return [...new Set([...Object.keys(env ?? {}), ...(spark?.env ?? []).map(({ name }) => name)])];
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
