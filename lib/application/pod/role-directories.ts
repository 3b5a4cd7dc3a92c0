import { Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { binaryQuantity } from '../../kubernetes/quantity';
import { LOCAL_DIRECTORY_PATH, LOCAL_DIRECTORY_VOLUME, LocalDirectories } from './local-directories';
import { DirectoryMount } from './pod-template';
import { mebibytes } from './role-resources';
import { SparkRole } from '../../spark/spark-role';
import { WritableDirectory } from './writable-directory';

/** What the writable directories of one role's pods amount to. Sizes in MiB. */
export interface RoleDirectories {
  readonly mounts: readonly DirectoryMount[];
  /** Configuration that makes Spark claim volumes on demand. */
  readonly configuration: { readonly [key: string]: string };
  readonly disk: number;
  readonly memory: number;
  /** The size of the claim that Spark makes for each pod. */
  readonly claimedOnDemand?: number;
}

/** The writable directories of a role; what is wrong with them goes to `problems`. */
export function roleDirectories(
  role: SparkRole,
  directories: readonly WritableDirectory[],
  localDirectories: LocalDirectories | undefined,
  problems: string[],
): RoleDirectories {
  const parts = directories.map((directory) => directoryPart(directory, problems));
  if (localDirectories !== undefined) parts.push(localPart(role, localDirectories, problems));
  const sum = (amount: (part: Partial<RoleDirectories>) => number | undefined): number =>
    parts.reduce((total, part) => total + (amount(part) ?? 0), 0);
  return {
    mounts: parts.flatMap((part) => part.mounts ?? []),
    configuration: Object.assign({}, ...parts.map((part) => part.configuration)) as Record<string, string>,
    disk: sum((part) => part.disk),
    memory: sum((part) => part.memory),
    claimedOnDemand: parts.find((part) => part.claimedOnDemand !== undefined)?.claimedOnDemand,
  };
}

function directoryPart(directory: WritableDirectory, problems: string[]): Partial<RoleDirectories> {
  const { path, volumeName, _source: source } = directory;
  const what = `writable directory ${path}`;
  if (source.emptyDir !== undefined) {
    return emptyDirPart(what, volumeName, path, source.emptyDir.sizeLimit, source.emptyDir.inMemory ?? false, problems);
  }
  if (source.ephemeralClaim !== undefined) {
    const { size, storageClassName } = source.ephemeralClaim;
    return ephemeralClaimPart(what, volumeName, path, size, storageClassName, problems);
  }
  const mount = { name: volumeName, mountPath: path, subPath: source.claimOptions?.subPath };
  return {
    mounts: [{ volume: { name: volumeName, persistentVolumeClaim: { claimName: source.claim?.name ?? '' } }, mount }],
  };
}

function localPart(role: SparkRole, local: LocalDirectories, problems: string[]): Partial<RoleDirectories> {
  const { emptyDir, ephemeralClaim, onDemandClaim } = local._source;
  const what = `${role}.localDirectories`;
  if (emptyDir !== undefined) {
    return emptyDirPart(
      what,
      LOCAL_DIRECTORY_VOLUME,
      LOCAL_DIRECTORY_PATH,
      emptyDir.sizeLimit,
      emptyDir.inMemory ?? false,
      problems,
    );
  }
  if (ephemeralClaim !== undefined) {
    return ephemeralClaimPart(
      what,
      LOCAL_DIRECTORY_VOLUME,
      LOCAL_DIRECTORY_PATH,
      ephemeralClaim.size,
      ephemeralClaim.storageClassName,
      problems,
    );
  }
  const size = mebibytes(`${what}: the size`, onDemandClaim?.size ?? Size.mebibytes(0), problems);
  const key = `spark.kubernetes.${role}.volumes.persistentVolumeClaim.${LOCAL_DIRECTORY_VOLUME}`;
  return {
    configuration: {
      [`${key}.mount.path`]: LOCAL_DIRECTORY_PATH,
      [`${key}.mount.readOnly`]: 'false',
      [`${key}.options.claimName`]: 'OnDemand',
      [`${key}.options.sizeLimit`]: binaryQuantity(size),
      ...(onDemandClaim?.storageClassName === undefined
        ? {}
        : { [`${key}.options.storageClass`]: onDemandClaim.storageClassName }),
    },
    claimedOnDemand: size,
  };
}

function emptyDirPart(
  what: string,
  name: string,
  path: string,
  sizeLimit: Size,
  inMemory: boolean,
  problems: string[],
): Partial<RoleDirectories> {
  const size = mebibytes(`${what}: the size limit`, sizeLimit, problems);
  const emptyDir = {
    sizeLimit: k8s.Quantity.fromString(binaryQuantity(size)),
    medium: inMemory ? 'Memory' : undefined,
  };
  return {
    mounts: [{ volume: { name, emptyDir }, mount: { name, mountPath: path } }],
    ...(inMemory ? { memory: size } : { disk: size }),
  };
}

function ephemeralClaimPart(
  what: string,
  name: string,
  path: string,
  limit: Size,
  storageClassName: string | undefined,
  problems: string[],
): Partial<RoleDirectories> {
  const size = mebibytes(`${what}: the size`, limit, problems);
  const spec = {
    accessModes: ['ReadWriteOnce'],
    storageClassName,
    resources: { requests: { storage: k8s.Quantity.fromString(binaryQuantity(size)) } },
  };
  return {
    mounts: [{ volume: { name, ephemeral: { volumeClaimTemplate: { spec } } }, mount: { name, mountPath: path } }],
  };
}
