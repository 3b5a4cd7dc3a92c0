import { EnvValue, IServiceAccount, ServiceAccount } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { recommendedLabels } from '../private/objects';
import { ICheckpointStorage } from '../storage/checkpoint-storage';
import { KEY_FILE_DIRECTORY } from '../storage/gcs-storage';
import { StorageGrant, StorageUse } from '../storage/permissions/storage-access';
import { StorageReach } from '../storage/storage-access-of';
import {
  checkpointProblems,
  HADOOP_34_SINCE,
  localCheckpointProblems,
  LOCATION_VARIABLE,
  ROOT_KEY,
  withoutCheckpointProblems,
} from './checkpoint-checks';
import { accountOf } from './pod-accounts';
import { DriverOptions, ExecutorOptions } from './pod-options';
import { SecureSparkApplicationProps } from './spark-application-props';
import { SparkMain } from './spark-main';
import { SparkRole } from './spark-role';
import { isAtLeast } from './spark-versions';
import { WritableDirectory } from './writable-directory';

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
  /** The storage that its accounts reach, and what they do there. */
  readonly reaches: readonly StorageReach[];
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
    return { props, arguments: props.main.arguments, configuration: {}, reaches: [] };
  }
  const found = checkpointProblems(storage, name, props);
  problems.push(...found);
  if (found.length > 0) return { props, arguments: props.main.arguments, configuration: {}, reaches: [] };

  // The names are checked with the application's own problems.
  const { checkpointOf, checkpointVersion } = props;
  const { location, place, path } = storage._locate(jobNamespace.name, checkpointOf ?? name, checkpointVersion);
  const withStore = withPods(scope, name, props, storage, location);
  return {
    props: withStore,
    arguments: props.main.arguments.map((argument) => argument.replaceAll(SparkMain.CHECKPOINT_LOCATION, location)),
    location,
    configuration: {
      ...storage._store.configuration({ isHadoop34: isAtLeast(props.image.sparkVersion, HADOOP_34_SINCE) }),
      ...(props.checkpointForNamedQueries === true ? { [ROOT_KEY]: location } : {}),
    },
    writtenPlace: checkpointOf === undefined ? place : undefined,
    reaches: [
      {
        storage,
        grants: [checkpointGrant(storage, path, checkpointOf !== undefined)],
        serviceAccounts: rolesThatReach(storage).map((role) => accountOf(role, withStore).name),
      },
    ],
  };
}

function checkpointGrant(storage: ICheckpointStorage, path: string, readOnly: boolean): StorageGrant {
  if (readOnly) return { path, use: StorageUse.READ };
  return { path, use: StorageUse.CHECKPOINT, ...(storage._store.multipart === true ? { multipart: true } : {}) };
}

function rolesThatReach(storage: ICheckpointStorage): SparkRole[] {
  return storage._executorAccess ? [SparkRole.DRIVER, SparkRole.EXECUTOR] : [SparkRole.DRIVER];
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
