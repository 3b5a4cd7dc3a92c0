import { Size, SizeRoundingBehavior } from 'cdk8s';
import { holdsKey } from '../../spark/keys';
import { SparkMain } from '../../spark/spark-main';
import { SPARK_CONTAINER, SparkRole } from '../../spark/spark-role';
import { HADOOP_34_SINCE, isAtLeast } from '../../spark/spark-versions';
import { ISparkStorage, storageTypeProblems } from '../../storage/spark-storage';
import { placementOf } from '../../storage/placement';
import { pathProblems } from '../../storage/storage-path';
import { DriverOptions, ExecutorOptions, PodOptions } from '../pod/pod-options';
import { SecureSparkApplicationProps } from '../spark-application-props';
import { Checkpoint } from './checkpoint';
import { storageConflicts } from './storage-conflicts';
import {
  DEFAULT_EVENT_LOG_SIZE,
  EVENT_LOG_DIRECTORY_KEY,
  EVENT_LOG_KEY,
  hadoopTraits,
  LOCATION_VARIABLE,
  ROOT_KEY,
  UsedStorage,
  usedStorages,
} from './storage-uses';

const LEAST_EVENT_LOG_MEBIBYTES = 10;

/** What is wrong with the storages of an application, by themselves and together with its other settings. */
export function storageProblems(name: string, props: SecureSparkApplicationProps): string[] {
  const unknown = storageUseTypeProblems(props);
  if (unknown.length > 0) return unknown;
  const used = usedStorages(name, props);
  return [
    ...localCheckpointProblems(props),
    ...(props.checkpoint === undefined
      ? withoutCheckpointProblems(props)
      : checkpointProblems(name, props.checkpoint, props.driver)),
    ...dataProblems(props),
    ...eventLogProblems(props),
    ...used.flatMap((storage) => usedStorageProblems(storage, props)),
    ...(used.length < 2 ? [] : storageConflicts(used, hadoopTraits(props.image))),
  ];
}

/** What is wrong with the type of the event log's storage; all other checks rely on it. */
function storageUseTypeProblems({ eventLog }: SecureSparkApplicationProps): string[] {
  return eventLog === undefined ? [] : storageTypeProblems('eventLog.storage', eventLog.storage);
}

function checkpointProblems(name: string, { writer }: Checkpoint, driver: DriverOptions = {}): string[] {
  const given = variablesOf(SparkRole.DRIVER, driver);
  return [
    ...(writer === name
      ? [
          `checkpoint is that of "${writer}", the application itself, which Checkpoint.readOnly only reads; use Checkpoint.on`,
        ]
      : []),
    ...(given.includes(LOCATION_VARIABLE) ? [setBy(`driver.env.${LOCATION_VARIABLE}`, 'checkpoint')] : []),
  ];
}

/** Settings that have no meaning without a checkpoint. */
function withoutCheckpointProblems({ main }: SecureSparkApplicationProps): string[] {
  return main.arguments.some((argument) => argument.includes(SparkMain.CHECKPOINT_LOCATION))
    ? [
        'an argument has SparkMain.CHECKPOINT_LOCATION, but the application has no checkpoint; pass Checkpoint.on(storage)',
      ]
    : [];
}

/** A checkpoint root that the user sets must outlive the pods. */
function localCheckpointProblems({ sparkConf }: SecureSparkApplicationProps): string[] {
  const root = sparkConf?.[ROOT_KEY];
  if (typeof root !== 'string' || /^(abfss|gs|hdfs|s3a):\/\/[^/]/.test(root)) return [];
  return [
    `sparkConf["${ROOT_KEY}"] = "${root}" is a disk that is gone with its pod, or a file system that Spark does not know; ` +
      'use checkpoint: Checkpoint.on(storage, { namedQueries: true })',
  ];
}

function dataProblems({ storagePaths = [] }: SecureSparkApplicationProps): string[] {
  const places = storagePaths.map(({ storage, path }) => `${placementOf(storage).store.place}/${path}`);
  return storagePaths.flatMap(({ storage, uri }, index) => [
    ...(placementOf(storage).executorAccess
      ? []
      : [
          `storagePaths[${index}] is ${uri}, but executors, which read and write data, have no access to ` +
            `${storage.node.path}; leave out its executorAccess: false`,
        ]),
    ...(places.indexOf(places[index]) === index
      ? []
      : [
          `storagePaths[${index}] and storagePaths[${places.indexOf(places[index])}] are both ${uri}; keep one of them, ` +
            'StoragePath.readWrite where the job reads and writes',
        ]),
  ]);
}

function eventLogProblems({ eventLog, sparkConf = {} }: SecureSparkApplicationProps): string[] {
  if (eventLog === undefined) return localLogProblems(sparkConf);
  return [...pathProblems('eventLog.path', eventLog.storage, eventLog.path), ...sizeProblems(eventLog.maxFileSize)];
}

/** Without a configured folder, Spark expects one in /tmp, which no pod has. */
function localLogProblems(sparkConf: { readonly [key: string]: string }): string[] {
  if (sparkConf[EVENT_LOG_KEY] !== 'true' || sparkConf[EVENT_LOG_DIRECTORY_KEY] !== undefined) return [];
  return [
    `sparkConf["${EVENT_LOG_KEY}"] = "true" without "${EVENT_LOG_DIRECTORY_KEY}" would look for /tmp/spark-events, which no pod has; use eventLog`,
  ];
}

function sizeProblems(size: Size | undefined): string[] {
  const mebibytes = (size ?? DEFAULT_EVENT_LOG_SIZE).toMebibytes({ rounding: SizeRoundingBehavior.NONE });
  if (Number.isInteger(mebibytes) && mebibytes >= LEAST_EVENT_LOG_MEBIBYTES) return [];
  return [`eventLog.maxFileSize is ${mebibytes} MiB; give whole mebibytes, at least ${LEAST_EVENT_LOG_MEBIBYTES}`];
}

/** What is wrong with an application and one of its storages together. */
function usedStorageProblems({ property, storage, roles }: UsedStorage, props: SecureSparkApplicationProps): string[] {
  const { image, jobNamespace } = props;
  const { needsHadoop34, claim } = placementOf(storage).store;
  return [
    ...(needsHadoop34 === undefined || isAtLeast(image.sparkVersion, HADOOP_34_SINCE)
      ? []
      : [
          `${property} needs Spark ${HADOOP_34_SINCE} or newer, but the image has ${image.sparkVersion}: ${needsHadoop34}; ` +
            'give a newer image, or another identity',
        ]),
    ...(claim?.namespace === undefined || claim.namespace === jobNamespace.name
      ? []
      : [
          `${property} lies on the claim "${claim.claim.name}" of namespace "${claim.namespace}", but pods can only mount those ` +
            `of their own, "${jobNamespace.name}": give a claim there`,
        ]),
    ...credentialProblems(property, storage, props),
    ...roles.flatMap((role) => roleProblems(property, role, props[role] ?? {}, storage)),
  ];
}

function roleProblems(
  property: string,
  role: SparkRole,
  options: DriverOptions & ExecutorOptions,
  storage: ISparkStorage,
): string[] {
  const { store } = placementOf(storage);
  const facts = store.identity?._facts;
  const given = variablesOf(role, options);
  const label = Object.keys(facts?.podLabels ?? {}).find((key) => options.labels?.[key] !== undefined);
  return [
    ...given
      .filter((variable) => variable in store.variables)
      .map((variable) => setBy(`${role}.env.${variable}`, property)),
    ...given
      .filter((variable) => store.credentials.includes(variable))
      .map((variable) => besideIdentity(`${role}.env.${variable}`, property, storage)),
    ...(label === undefined ? [] : [`${role}.labels "${label}" is set by the identity of ${property}; leave it out`]),
    ...(facts?.ownAccounts === true && options.serviceAccount !== undefined
      ? [
          `${role}.serviceAccount is "${options.serviceAccount.name}", but the identity of ${property}, ` +
            `CloudIdentity.${facts.kind}, gives the job accounts of its own; leave it out`,
        ]
      : []),
  ];
}

/** Credentials for the store in the configuration, in addition to an identity. */
function credentialProblems(property: string, storage: ISparkStorage, props: SecureSparkApplicationProps): string[] {
  const given = [
    ...Object.keys(props.hadoopConf ?? {}).map((key) => ({ key, place: `hadoopConf["${key}"]` })),
    ...Object.keys(props.sparkConf ?? {}).map((key) => ({
      key: key.replace(/^spark\.hadoop\./, ''),
      place: `sparkConf["${key}"]`,
    })),
  ];
  return given
    .filter(({ key }) => holdsKey(placementOf(storage).store.credentials, key))
    .map(({ place }) => besideIdentity(place, property, storage));
}

function besideIdentity(place: string, property: string, { identity }: ISparkStorage): string {
  return (
    `${place} is a credential beside the identity of ${property}, CloudIdentity.${identity?._facts.kind}; ` +
    'keep one of the two'
  );
}

/** The names of the environment variables that the user sets in the pods of a role. */
function variablesOf(role: SparkRole, { env, template }: PodOptions): string[] {
  const spark = template?.spec?.containers?.find(({ name }) => name === SPARK_CONTAINER[role]);
  return [...new Set([...Object.keys(env ?? {}), ...(spark?.env ?? []).map(({ name }) => name)])];
}

/** The problem of a setting that both the user and a property of the application set. */
function setBy(place: string, property: string): string {
  return `${place} is set by ${property}; leave it out`;
}
