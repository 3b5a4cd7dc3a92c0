import { EnvValue, IServiceAccount, ServiceAccount } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { recommendedLabels } from '../private/objects';
import { ICheckpointStorage, versionProblem } from '../storage/checkpoint-storage';
import { KEY_FILE_DIRECTORY } from '../storage/gcs-storage';
import { DriverOptions, ExecutorOptions, PodOptions } from './pod-options';
import { SecureSparkApplicationProps } from './spark-application-props';
import { SparkMain } from './spark-main';
import { SPARK_CONTAINER, SparkRole } from './spark-role';
import { isAtLeast } from './spark-versions';
import { WritableDirectory } from './writable-directory';

const LOCATION_VARIABLE = 'SPARK_CHECKPOINT_LOCATION';
const ROOT_KEY = 'spark.sql.streaming.checkpointLocation';
/** The first release of Spark that comes with Hadoop 3.4. */
const HADOOP_34_SINCE = '4.0';

/** What an application's checkpoint adds to it. */
export interface JobCheckpoint {
  /** The application's properties with what its pods need. */
  readonly props: SecureSparkApplicationProps;
  readonly arguments: readonly string[];
  readonly location?: string;
  /** Configuration that the store needs, Hadoop's with its prefix. */
  readonly configuration: { readonly [key: string]: string };
  /** The place that only this application may write. */
  readonly writtenPlace?: string;
}

/** Gives an application its checkpoint; what is wrong with it goes to `problems`. */
export function jobCheckpoint(
  scope: Construct,
  name: string,
  props: SecureSparkApplicationProps,
  problems: string[],
): JobCheckpoint {
  const { checkpoint: storage, jobNamespace } = props;
  problems.push(...localCheckpointProblems(props));
  if (storage === undefined) {
    problems.push(...withoutCheckpointProblems(props));
    return { props, arguments: props.main.arguments, configuration: {} };
  }
  const found = checkpointProblems(storage, props);
  problems.push(...found);
  if (found.length > 0) return { props, arguments: props.main.arguments, configuration: {} };

  const owner = props.checkpointOf ?? name;
  const location = storage.location(jobNamespace.name, owner, props.checkpointVersion);
  return {
    props: withPods(scope, name, props, storage, location),
    arguments: props.main.arguments.map((argument) => argument.replaceAll(SparkMain.CHECKPOINT_LOCATION, location)),
    location,
    configuration: {
      ...storage._store.configuration({ isHadoop34: isAtLeast(props.image.sparkVersion, HADOOP_34_SINCE) }),
      ...(props.checkpointForNamedQueries === true ? { [ROOT_KEY]: location } : {}),
    },
    writtenPlace:
      props.checkpointOf === undefined ? storage._place(jobNamespace.name, owner, props.checkpointVersion) : undefined,
  };
}

function withPods(
  scope: Construct,
  name: string,
  props: SecureSparkApplicationProps,
  storage: ICheckpointStorage,
  location: string,
): SecureSparkApplicationProps {
  const { claim } = storage._store;
  const driver = withStorage(scope, name, SparkRole.DRIVER, props, storage);
  return {
    ...props,
    driver: { ...driver, env: { ...driver.env, [LOCATION_VARIABLE]: EnvValue.fromValue(location) } },
    executor: storage._executorAccess ? withStorage(scope, name, SparkRole.EXECUTOR, props, storage) : props.executor,
    writableDirectories:
      claim === undefined
        ? props.writableDirectories
        : [
            ...(props.writableDirectories ?? []),
            WritableDirectory.claim(claim.path, claim.claim, { shared: true, volumeName: 'spark-checkpoints' }),
          ],
  };
}

/** What the pods of a role need to reach the store. */
function withStorage(
  scope: Construct,
  name: string,
  role: SparkRole,
  props: SecureSparkApplicationProps,
  storage: ICheckpointStorage,
): DriverOptions & ExecutorOptions {
  const options: DriverOptions & ExecutorOptions = props[role] ?? {};
  const { identity, _store: store, _keyFile: keyFile } = storage;
  const { secret, ownAccounts, podLabels } = identity?._facts ?? {};
  const fromSecret = secret === undefined ? [] : store.secretVariables.map((key) => [key, { secret, key }] as const);
  const env = {
    ...options.env,
    ...Object.fromEntries(Object.entries(store.variables).map(([key, value]) => [key, EnvValue.fromValue(value)])),
    ...Object.fromEntries(fromSecret.map(([key, value]) => [key, EnvValue.fromSecretValue(value)])),
  };
  return {
    ...options,
    ...(Object.keys(env).length === 0 ? {} : { env }),
    ...(podLabels === undefined ? {} : { labels: { ...options.labels, ...podLabels } }),
    ...(keyFile === undefined
      ? {}
      : {
          volumeMounts: [
            ...(options.volumeMounts ?? []),
            { volume: keyFile, path: KEY_FILE_DIRECTORY, readOnly: true },
          ],
        }),
    ...(ownAccounts === true ? { serviceAccount: ownAccount(scope, name, role, props, storage) } : {}),
  };
}

/** The token of the Kubernetes API is for each pod to ask for; those of the clouds do not depend on it. */
function ownAccount(
  scope: Construct,
  name: string,
  role: SparkRole,
  { jobNamespace }: SecureSparkApplicationProps,
  { identity }: ICheckpointStorage,
): IServiceAccount {
  return new ServiceAccount(scope, `${role}-account`, {
    metadata: {
      name: `${name}-${role}`,
      namespace: jobNamespace.name,
      labels: recommendedLabels({ name: 'spark-application', instance: name, component: role }),
      annotations: { ...identity?._facts.accountAnnotations },
    },
    automountToken: false,
  });
}

function checkpointProblems(storage: ICheckpointStorage, props: SecureSparkApplicationProps): string[] {
  const { image, jobNamespace, checkpointOf, checkpointVersion } = props;
  const { needsHadoop34, claim } = storage._store;
  const version = versionProblem('checkpointVersion', checkpointVersion);
  return [
    ...(version === undefined ? [] : [version]),
    ...(checkpointOf === ''
      ? ['checkpointOf is empty; give the name of the application whose checkpoint is read']
      : []),
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
  const isCredential = (key: string): boolean =>
    storage._store.credentials.some((name) => (name.endsWith('.') ? key.startsWith(name) : key === name));
  const given = [
    ...Object.keys(props.hadoopConf ?? {}).map((key) => ({ key, place: `hadoopConf["${key}"]` })),
    ...Object.keys(props.sparkConf ?? {}).map((key) => ({
      key: key.replace(/^spark\.hadoop\./, ''),
      place: `sparkConf["${key}"]`,
    })),
  ];
  return given.filter(({ key }) => isCredential(key)).map(({ place }) => besideIdentity(place, storage));
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

function withoutCheckpointProblems(props: SecureSparkApplicationProps): string[] {
  const { checkpointVersion, checkpointOf, checkpointForNamedQueries, main } = props;
  const alone = Object.entries({ checkpointVersion, checkpointOf, checkpointForNamedQueries });
  return [
    ...alone
      .filter(([, value]) => value !== undefined)
      .map(([property]) => `${property} is given, but checkpoint is not; give the storage, or leave it out`),
    ...(main.arguments.some((argument) => argument.includes(SparkMain.CHECKPOINT_LOCATION))
      ? ['an argument has SparkMain.CHECKPOINT_LOCATION, but checkpoint is not given; give the storage']
      : []),
  ];
}

/** A root that the user sets, on whichever store, must outlive the pods. */
function localCheckpointProblems({ sparkConf }: SecureSparkApplicationProps): string[] {
  const root = sparkConf?.[ROOT_KEY];
  if (typeof root !== 'string' || /^(abfss|gs|hdfs|s3a):\/\/[^/]/.test(root)) return [];
  return [
    `sparkConf["${ROOT_KEY}"] = "${root}" is a disk that is gone with its pod, or a file system that Spark does not know; ` +
      'use checkpoint, with checkpointForNamedQueries',
  ];
}
