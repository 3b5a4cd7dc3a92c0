import { Size } from 'cdk8s';
import { IPersistentVolumeClaim } from 'cdk8s-plus-28';
import { labelProblem } from '../../kubernetes/names';
import { LOCAL_DIRECTORY_PREFIX } from './local-directories';
import { SparkRole } from '../../spark/spark-role';
import { checkArguments } from '../../problems/property-checks';

/** Options of every writable directory. */
export interface WritableDirectoryOptions {
  /**
   * The pods that have it.
   *
   * @default - driver and executors
   */
  readonly roles?: SparkRole[];

  /**
   * The volume's name in the pod.
   *
   * @default - derived from the path
   */
  readonly volumeName?: string;
}

/** The size of a directory on the node's disk or in memory. */
export interface DirectorySize {
  /** The size limit; the kubelet evicts a pod that exceeds it. Whole mebibytes, at least one. */
  readonly sizeLimit: Size;

  /**
   * Whether it is in memory. It then counts as memory of the pod, and its limit is added to the memory overhead.
   *
   * @default false
   */
  readonly inMemory?: boolean;
}

/** Options of a directory that is empty when its pod starts and is deleted with it. */
export interface EmptyDirectoryOptions extends WritableDirectoryOptions {
  /** The size limit; the kubelet evicts a pod that exceeds it. Whole mebibytes, at least one. */
  readonly sizeLimit: Size;

  /**
   * Whether it is in memory. It then counts as memory of the pod, and its limit is added to the memory overhead.
   *
   * @default false
   */
  readonly inMemory?: boolean;
}

/** Options of a directory on a volume that is created and deleted with its pod. */
export interface EphemeralClaimDirectoryOptions extends WritableDirectoryOptions {
  /** The volume's size. */
  readonly size: Size;

  /**
   * The storage class.
   *
   * @default - the cluster's default class
   */
  readonly storageClassName?: string;
}

/** Options of a directory on an existing PersistentVolumeClaim. */
export interface ClaimDirectoryOptions extends WritableDirectoryOptions {
  /**
   * Whether several pods write to the claim at the same time, which its access mode must allow (`ReadWriteMany`). Required if
   * more than one pod of the job mounts the directory.
   *
   * @default false
   */
  readonly shared?: boolean;

  /**
   * The folder of the volume to mount.
   *
   * @default - the whole volume
   */
  readonly subPath?: string;
}

/** A directory that pods can write to under a read-only root file system. */
export class WritableDirectory {
  /**
   * A directory that is empty when its pod starts and is deleted with it.
   *
   * @param path the absolute path where it is mounted
   * @param options its size limit and the roles that have it
   * @throws if the path is not absolute and clean
   * @see https://kubernetes.io/docs/concepts/storage/volumes/#emptydir
   */
  public static emptyDir(path: string, options: EmptyDirectoryOptions): WritableDirectory {
    checkArguments('WritableDirectory.emptyDir', [path, options]);
    return new WritableDirectory(path, options, { emptyDir: { ...options } });
  }

  /**
   * A directory on a volume that is created and deleted with its pod, for data that is too large for the node's disk.
   * Kubernetes itself creates the claim, so no identity of the job needs a right for it.
   *
   * @param path the absolute path where it is mounted
   * @param options its size and the roles that have it
   * @throws if the path is not absolute and clean
   * @see https://kubernetes.io/docs/concepts/storage/ephemeral-volumes/#generic-ephemeral-volumes
   */
  public static ephemeralClaim(path: string, options: EphemeralClaimDirectoryOptions): WritableDirectory {
    checkArguments('WritableDirectory.ephemeralClaim', [path, options]);
    return new WritableDirectory(path, options, { ephemeralClaim: { ...options } });
  }

  /**
   * A directory on an existing PersistentVolumeClaim of the namespace. Its contents outlive the pods.
   *
   * @param path the absolute path where it is mounted
   * @param claim the PersistentVolumeClaim
   * @param options whether it is shared, and the roles that have it
   * @throws if the path is not absolute and clean
   * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/
   */
  public static claim(
    path: string,
    claim: IPersistentVolumeClaim,
    options: ClaimDirectoryOptions = {},
  ): WritableDirectory {
    checkArguments('WritableDirectory.claim', [path, claim, options]);
    return new WritableDirectory(path, options, { claim, claimOptions: { ...options } });
  }

  /** @internal */
  public readonly _source: DirectorySource;
  /** The volume's name in the pod. */
  public readonly volumeName: string;
  private readonly _roles: readonly SparkRole[];

  private constructor(
    /** The path where it is mounted. */
    public readonly path: string,
    options: WritableDirectoryOptions,
    source: DirectorySource,
  ) {
    if (!/^(\/[^/:,\s]+)+$/.test(path) || path.split('/').some((part) => part === '.' || part === '..')) {
      throw new Error(
        `WritableDirectory: the path is "${path}"; give an absolute path without ".", "..", ":" or a slash at its end`,
      );
    }
    const hidden = IMAGE_PATHS.find((known) => `${known}/`.startsWith(`${path}/`));
    if (hidden !== undefined) {
      throw new Error(
        `WritableDirectory: the path "${path}" would hide ${hidden}, which the image or Kubernetes needs; choose a folder of its own`,
      );
    }
    this._roles = [...(options.roles ?? [SparkRole.DRIVER, SparkRole.EXECUTOR])];
    this.volumeName = options.volumeName ?? volumeNameOf(path);
    this._source = source;
    const problem = labelProblem('the volume name', this.volumeName);
    if (problem !== undefined) throw new Error(`WritableDirectory: ${problem}`);
    if (this.volumeName.startsWith(LOCAL_DIRECTORY_PREFIX)) {
      throw new Error(
        `WritableDirectory: the volume name is "${this.volumeName}", but "${LOCAL_DIRECTORY_PREFIX}" is for Spark's own ` +
          'local directories; use localDirectories of driver or executor, or another name',
      );
    }
    if (this._roles.length === 0) {
      throw new Error(`WritableDirectory: roles of ${path} is empty; name a role, or leave it out for both`);
    }
  }

  /** A copy of the list of roles with pods that have it. */
  public get roles(): SparkRole[] {
    return [...this._roles];
  }
}

/** The source of a directory: exactly one of these. */
export interface DirectorySource {
  readonly emptyDir?: DirectorySize;
  readonly ephemeralClaim?: EphemeralClaimDirectoryOptions;
  readonly claim?: IPersistentVolumeClaim;
  readonly claimOptions?: ClaimDirectoryOptions;
}

/** Paths that a pod needs; nothing may be mounted on them or above them. */
const IMAGE_PATHS = [
  ...['/bin', '/dev', '/etc', '/lib', '/lib64', '/proc', '/sbin', '/sys', '/usr/bin', '/usr/lib'],
  ...['/run/secrets/kubernetes.io', '/var/run/secrets/kubernetes.io'],
  ...['/opt/entrypoint.sh', '/opt/spark/bin', '/opt/spark/jars', '/opt/spark/python', '/opt/spark/sbin'],
];

function volumeNameOf(path: string): string {
  const readable = path
    .toLowerCase()
    .replace(/-/g, '--')
    .replace(/[^a-z0-9-]+/g, '-');
  return `writable${readable}`.slice(0, 63).replace(/-+$/, '');
}
