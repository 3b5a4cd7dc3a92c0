import { Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { binaryQuantity } from '../../kubernetes/quantity';
import {
  LOCAL_DIRECTORY_PATH,
  LOCAL_DIRECTORY_VOLUME,
  LocalDirectories,
  LocalDirectoryClaimOptions,
} from './local-directories';
import { mebibytes, mebibytesProblem } from './role-resources';
import { SparkRole } from '../../spark/spark-role';
import { DirectorySize, WritableDirectory } from './writable-directory';

/** A volume of the library and its mount in the Spark container. */
export interface DirectoryMount {
  readonly volume: k8s.Volume;
  readonly mount: k8s.VolumeMount;
}

/** The writable directories of one role's pods, rendered, with their total sizes in MiB. */
export interface RoleDirectories {
  readonly mounts: readonly DirectoryMount[];
  /** Spark's configuration for volume claims on demand. */
  readonly configuration: { readonly [key: string]: string };
  readonly disk: number;
  readonly memory: number;
  /** The size of the claim that Spark creates for each pod. */
  readonly claimedOnDemand?: number;
}

/** The directories that a role's pods can write to. */
interface DirectorySet {
  readonly role: SparkRole;
  readonly directories: readonly WritableDirectory[];
  readonly localDirectories?: LocalDirectories;
}

export function roleDirectories({ role, directories, localDirectories }: DirectorySet): RoleDirectories {
  const parts = directories.map(directoryPart);
  if (localDirectories !== undefined) parts.push(localPart(role, localDirectories));
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

/** Sizes that are not whole mebibytes. */
export function directoryProblems({ role, directories, localDirectories }: DirectorySet): string[] {
  return [
    ...directories.map(({ path, _source: { emptyDir, ephemeralClaim } }) =>
      sizeProblem(`writable directory ${path}`, emptyDir?.sizeLimit, ephemeralClaim?.size),
    ),
    sizeProblem(
      `${role}.localDirectories`,
      localDirectories?._source.emptyDir?.sizeLimit,
      localDirectories?._source.ephemeralClaim?.size ?? localDirectories?._source.onDemandClaim?.size,
    ),
  ].filter((problem) => problem !== undefined);
}

function sizeProblem(what: string, limit: Size | undefined, size: Size | undefined): string | undefined {
  if (limit !== undefined) return mebibytesProblem(`${what}: the size limit`, limit);
  return size === undefined ? undefined : mebibytesProblem(`${what}: the size`, size);
}

function directoryPart({ path, volumeName: name, _source: source }: WritableDirectory): Partial<RoleDirectories> {
  if (source.emptyDir !== undefined) return emptyDirPart(name, path, source.emptyDir);
  if (source.ephemeralClaim !== undefined) return ephemeralClaimPart(name, path, source.ephemeralClaim);
  const mount = { name, mountPath: path, subPath: source.claimOptions?.subPath };
  return { mounts: [{ volume: { name, persistentVolumeClaim: { claimName: source.claim?.name ?? '' } }, mount }] };
}

function localPart(role: SparkRole, { _source: source }: LocalDirectories): Partial<RoleDirectories> {
  const { emptyDir, ephemeralClaim, onDemandClaim } = source;
  if (emptyDir !== undefined) return emptyDirPart(LOCAL_DIRECTORY_VOLUME, LOCAL_DIRECTORY_PATH, emptyDir);
  if (ephemeralClaim !== undefined) {
    return ephemeralClaimPart(LOCAL_DIRECTORY_VOLUME, LOCAL_DIRECTORY_PATH, ephemeralClaim);
  }
  const size = mebibytes(onDemandClaim?.size ?? Size.mebibytes(0));
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

function emptyDirPart(name: string, path: string, { sizeLimit, inMemory }: DirectorySize): Partial<RoleDirectories> {
  const size = mebibytes(sizeLimit);
  const emptyDir = {
    sizeLimit: k8s.Quantity.fromString(binaryQuantity(size)),
    medium: inMemory === true ? 'Memory' : undefined,
  };
  return {
    mounts: [{ volume: { name, emptyDir }, mount: { name, mountPath: path } }],
    ...(inMemory === true ? { memory: size } : { disk: size }),
  };
}

function ephemeralClaimPart(
  name: string,
  path: string,
  { size, storageClassName }: LocalDirectoryClaimOptions,
): Partial<RoleDirectories> {
  const spec = {
    accessModes: ['ReadWriteOnce'],
    storageClassName,
    resources: { requests: { storage: k8s.Quantity.fromString(binaryQuantity(mebibytes(size))) } },
  };
  return {
    mounts: [{ volume: { name, ephemeral: { volumeClaimTemplate: { spec } } }, mount: { name, mountPath: path } }],
  };
}
