import { EnvValue, IPersistentVolumeClaim, IServiceAccount, ServiceAccount, Volume, VolumeMount } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { recommendedLabels } from '../../kubernetes/objects';
import { ISparkStorage } from '../../storage/spark-storage';
import { KEY_FILE_DIRECTORY } from '../../storage/stores/gcs-storage';
import { DriverOptions, ExecutorOptions } from '../pod/pod-options';
import { SecureSparkApplicationProps } from '../spark-application-props';
import { SparkRole } from '../../spark/spark-role';
import { StorageUse } from '../../storage/permissions/storage-access';
import { UsedStorage } from './storage-need';
import { WritableDirectory } from '../pod/writable-directory';
import { placementOf } from '../../storage/placement';

/** An application's properties with what its pods need to reach its storages, which fit each other. */
export function withStorages(
  scope: Construct,
  name: string,
  props: SecureSparkApplicationProps,
  used: readonly UsedStorage[],
): SecureSparkApplicationProps {
  if (used.length === 0) return props;
  const claims = usedClaims(used);
  const written = claims.filter(({ isWritten }) => isWritten);
  const mounts = claims.filter(({ isWritten }) => !isWritten).map((claim, index) => readOnlyMount(scope, claim, index));
  return {
    ...props,
    driver: withRole(scope, name, SparkRole.DRIVER, props, used, mounts),
    executor: withRole(scope, name, SparkRole.EXECUTOR, props, used, mounts),
    writableDirectories:
      written.length === 0
        ? props.writableDirectories
        : [...(props.writableDirectories ?? []), ...written.map(writableDirectory)],
  };
}

/** A claim on which storages lie. */
interface UsedClaim {
  readonly path: string;
  readonly claim: IPersistentVolumeClaim;
  readonly isCheckpoints: boolean;
  readonly isWritten: boolean;
}

/** Each claim once, however many storages lie on it. */
function usedClaims(used: readonly UsedStorage[]): UsedClaim[] {
  const claims = new Map<string, UsedClaim>();
  for (const { property, storage, grants } of used) {
    const { claim } = placementOf(storage).store;
    if (claim === undefined) continue;
    const known = claims.get(claim.path);
    claims.set(claim.path, {
      path: claim.path,
      claim: claim.claim,
      isCheckpoints: known?.isCheckpoints ?? property === 'checkpoint',
      isWritten: known?.isWritten === true || grants.some(({ use }) => use !== StorageUse.READ),
    });
  }
  return [...claims.values()];
}

function writableDirectory({ path, claim, isCheckpoints }: UsedClaim): WritableDirectory {
  return WritableDirectory.claim(path, claim, {
    shared: true,
    volumeName: isCheckpoints ? 'spark-checkpoints' : undefined,
  });
}

function readOnlyMount(scope: Construct, { path, claim }: UsedClaim, index: number): VolumeMount {
  const name = index === 0 ? 'spark-inputs' : `spark-inputs-${index + 1}`;
  return {
    path,
    volume: Volume.fromPersistentVolumeClaim(scope, name, claim, { name, readOnly: true }),
    readOnly: true,
  };
}

function withRole(
  scope: Construct,
  name: string,
  role: SparkRole,
  props: SecureSparkApplicationProps,
  used: readonly UsedStorage[],
  claims: readonly VolumeMount[],
): (DriverOptions & ExecutorOptions) | undefined {
  const storages = used.filter(({ roles }) => roles.includes(role)).map(({ storage }) => storage);
  if (storages.length === 0) return props[role];
  const options: DriverOptions & ExecutorOptions = props[role] ?? {};
  const facts = storages.map(({ identity }) => identity?._facts);
  const env = {
    ...options.env,
    ...Object.fromEntries(storages.flatMap((storage) => variables(storage))),
  };
  const labels = Object.assign({}, options.labels, ...facts.map((each) => each?.podLabels));
  const keyFile = storages.map((storage) => placementOf(storage).keyFile).find((volume) => volume !== undefined);
  const mounts = [
    ...claims,
    ...(keyFile === undefined ? [] : [{ volume: keyFile, path: KEY_FILE_DIRECTORY, readOnly: true }]),
  ];
  return {
    ...options,
    ...(Object.keys(env).length === 0 ? {} : { env }),
    ...(Object.keys(labels).length === 0 ? {} : { labels }),
    ...(mounts.length === 0 ? {} : { volumeMounts: [...(options.volumeMounts ?? []), ...mounts] }),
    ...(facts.some((each) => each?.ownAccounts === true)
      ? { serviceAccount: ownAccount(scope, name, role, props, storages) }
      : {}),
  };
}

/** The environment that a storage needs; what is secret only by reference. */
function variables(storage: ISparkStorage): [string, EnvValue][] {
  const { store } = placementOf(storage);
  const secret = store.identity?._facts.secret;
  const plain = Object.entries(store.variables).map(([key, value]): [string, EnvValue] => [
    key,
    EnvValue.fromValue(value),
  ]);
  if (secret === undefined) return plain;
  return [
    ...plain,
    ...store.secretVariables.map((key): [string, EnvValue] => [key, EnvValue.fromSecretValue({ secret, key })]),
  ];
}

/** The token of the Kubernetes API is for each pod to ask for; those of the clouds do not depend on it. */
function ownAccount(
  scope: Construct,
  name: string,
  role: SparkRole,
  { jobNamespace }: SecureSparkApplicationProps,
  storages: readonly ISparkStorage[],
): IServiceAccount {
  return new ServiceAccount(scope, `${role}-account`, {
    metadata: {
      name: `${name}-${role}`,
      namespace: jobNamespace.name,
      labels: recommendedLabels({ name: 'spark-application', instance: name, component: role }),
      annotations: Object.assign({}, ...storages.map(({ identity }) => identity?._facts.accountAnnotations)),
    },
    automountToken: false,
  });
}
