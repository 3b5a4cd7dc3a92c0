import { EnvValue, IPersistentVolumeClaim, IServiceAccount, ServiceAccount, Volume, VolumeMount } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { recommendedLabels } from '../../kubernetes/objects';
import { ISparkStorage } from '../../storage/spark-storage';
import { KEY_FILE_DIRECTORY } from '../../storage/stores/gcs-storage';
import { ISparkJobNamespace } from '../../job-namespace/spark-job-namespace';
import { PodAdditions } from '../pod/resolved-pod';
import { SparkRole } from '../../spark/spark-role';
import { placementOf } from '../../storage/placement';
import { StorageUse } from '../../storage/permissions/storage-access';
import { UsedStorage } from './storage-uses';
import { WritableDirectory } from '../pod/writable-directory';

/** What the pods of an application need to use its storages. */
export interface StoragePods {
  readonly driver: PodAdditions;
  readonly executor: PodAdditions;
  readonly writableDirectories: readonly WritableDirectory[];
}

export function storagePods(
  scope: Construct,
  name: string,
  jobNamespace: ISparkJobNamespace,
  used: readonly UsedStorage[],
): StoragePods {
  const claims = usedClaims(used);
  const mounts = claims.filter(({ isWritten }) => !isWritten).map((claim, index) => readOnlyMount(scope, claim, index));
  const additions = (role: SparkRole): PodAdditions => {
    const storages = used.filter(({ roles }) => roles.includes(role)).map(({ storage }) => storage);
    if (storages.length === 0) return {};
    const isOwn = storages.some(({ identity }) => identity?._facts.ownAccounts === true);
    return {
      ...podAdditions(storages, mounts),
      ...(isOwn ? { serviceAccount: ownAccount(scope, name, role, jobNamespace, storages) } : {}),
    };
  };
  return {
    driver: additions(SparkRole.DRIVER),
    executor: additions(SparkRole.EXECUTOR),
    writableDirectories: claims.filter(({ isWritten }) => isWritten).map(writableDirectory),
  };
}

/** A PersistentVolumeClaim with storages. */
interface UsedClaim {
  readonly path: string;
  readonly claim: IPersistentVolumeClaim;
  readonly isCheckpoints: boolean;
  readonly isWritten: boolean;
}

/** The claims, each once, even if it holds several storages. */
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

function podAdditions(storages: readonly ISparkStorage[], claims: readonly VolumeMount[]): PodAdditions {
  const keyFile = storages.map((storage) => placementOf(storage).keyFile).find((volume) => volume !== undefined);
  return {
    env: Object.fromEntries(storages.flatMap((storage) => variables(storage))),
    labels: Object.assign({}, ...storages.map(({ identity }) => identity?._facts.podLabels)) as Record<string, string>,
    volumeMounts: [
      ...claims,
      ...(keyFile === undefined ? [] : [{ volume: keyFile, path: KEY_FILE_DIRECTORY, readOnly: true }]),
    ],
  };
}

/** The environment variables that a storage needs; secrets are references. */
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

/** Does not mount the token of the Kubernetes API: pods request it themselves, and cloud tokens do not depend on it. */
function ownAccount(
  scope: Construct,
  name: string,
  role: SparkRole,
  jobNamespace: ISparkJobNamespace,
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
