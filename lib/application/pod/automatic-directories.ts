import { Size } from 'cdk8s';
import { LocalDirectories } from './local-directories';
import { SparkRole } from '../../spark/spark-role';
import { SecureSparkApplicationProps } from '../spark-application-props';
import { DirectorySize, WritableDirectory } from './writable-directory';

export const TEMPORARY_DIRECTORY = '/tmp';
/** The working directory of Spark's images. */
export const WORKING_DIRECTORY = '/opt/spark/work-dir';
/** Below `/tmp`, which is also writable in the operator's controller: it resolves packages first. */
export const IVY_DIRECTORY = '/tmp/.ivy2';
/** Space for the logs of a container on the node's disk, in MiB; the kubelet keeps 50 MiB for each container by default. */
export const LOG_ALLOWANCE = 64;

/** The sizes that the user sets for the directories that Spark needs. */
export type SizedDirectories = Pick<
  SecureSparkApplicationProps,
  'temporaryDirectory' | 'workingDirectory' | 'ivyDirectory'
>;

/**
 * The directories that Spark writes to under a read-only root file system, without those that the user mounts from another
 * volume. A directory that is both sized and mounted stays, so that the check of mounts can name both.
 */
export function automaticDirectories(
  role: SparkRole,
  props: SizedDirectories,
  others: readonly WritableDirectory[],
): WritableDirectory[] {
  const sized: Record<string, DirectorySize | undefined> = {
    [TEMPORARY_DIRECTORY]: props.temporaryDirectory,
    [WORKING_DIRECTORY]: props.workingDirectory,
    [IVY_DIRECTORY]: props.ivyDirectory,
  };
  return usualDirectories(props)
    .filter(({ roles }) => roles.includes(role))
    .filter(({ path }) => sized[path] !== undefined || !others.some((other) => other.path === path));
}

function usualDirectories(props: SizedDirectories): WritableDirectory[] {
  return [
    WritableDirectory.emptyDir(TEMPORARY_DIRECTORY, {
      sizeLimit: Size.gibibytes(1),
      ...props.temporaryDirectory,
      volumeName: 'tmp',
    }),
    WritableDirectory.emptyDir(WORKING_DIRECTORY, {
      sizeLimit: Size.mebibytes(512),
      ...props.workingDirectory,
      volumeName: 'work-dir',
    }),
    WritableDirectory.emptyDir(IVY_DIRECTORY, {
      sizeLimit: Size.mebibytes(512),
      ...props.ivyDirectory,
      volumeName: 'ivy',
      roles: [SparkRole.DRIVER],
    }),
  ];
}

export function defaultLocalDirectories(role: SparkRole): LocalDirectories {
  return LocalDirectories.emptyDir({ sizeLimit: Size.gibibytes(role === SparkRole.DRIVER ? 1 : 5) });
}
