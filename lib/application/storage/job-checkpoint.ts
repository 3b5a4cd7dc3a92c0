import { EnvValue } from 'cdk8s-plus-28';
import { StorageUse } from '../../storage/permissions/storage-access';
import { LOCATION_VARIABLE, ROOT_KEY } from './checkpoint-checks';
import { SecureSparkApplicationProps } from '../spark-application-props';
import { SparkMain } from '../../spark/spark-main';
import { SparkRole } from '../../spark/spark-role';
import { StorageNeed } from './storage-need';
import { placementOf } from '../../storage/placement';

/** Where an application's checkpoint is. */
export interface JobCheckpoint {
  readonly location: string;
  /** The place that only this application may write. */
  readonly writtenPlace?: string;
}

/** The checkpoint of an application that has one; the names are checked with the application's own problems. */
export function jobCheckpoint(name: string, props: SecureSparkApplicationProps): JobCheckpoint | undefined {
  const { checkpoint, checkpointOf, checkpointVersion, jobNamespace } = props;
  if (checkpoint === undefined) return undefined;
  const { location, place } = placementOf(checkpoint).locate(
    jobNamespace.name,
    checkpointOf ?? name,
    checkpointVersion,
  );
  return { location, writtenPlace: checkpointOf === undefined ? place : undefined };
}

/** The driver plans with the checkpoint; executors keep their part of the state there. */
export function checkpointNeeds(name: string, props: SecureSparkApplicationProps): StorageNeed[] {
  const { checkpoint: storage, checkpointOf, checkpointVersion, jobNamespace } = props;
  if (storage === undefined) return [];
  const { path } = placementOf(storage).locate(jobNamespace.name, checkpointOf ?? name, checkpointVersion);
  const grant =
    checkpointOf === undefined
      ? {
          path,
          use: StorageUse.CHECKPOINT,
          ...(placementOf(storage).store.multipart === true ? { multipart: true } : {}),
        }
      : { path, use: StorageUse.READ };
  const roles = placementOf(storage).executorAccess ? [SparkRole.DRIVER, SparkRole.EXECUTOR] : [SparkRole.DRIVER];
  return [{ property: 'checkpoint', storage, grant, roles }];
}

/** What Spark is told of the checkpoint, beside what its store needs. */
export function checkpointConfiguration(
  { checkpoint, checkpointForNamedQueries }: SecureSparkApplicationProps,
  location: string,
): Readonly<Record<string, string>> {
  return {
    ...(checkpoint !== undefined && placementOf(checkpoint).store.multipart === true
      ? { [MANAGER_KEY]: ABORTABLE_MANAGER }
      : {}),
    ...(checkpointForNamedQueries === true ? { [ROOT_KEY]: location } : {}),
  };
}

const MANAGER_KEY = 'spark.sql.streaming.checkpointFileManagerClass';
const ABORTABLE_MANAGER = 'org.apache.spark.internal.io.cloud.AbortableStreamBasedCheckpointFileManager';

/** The driver's properties with the checkpoint's location. */
export function withLocation(props: SecureSparkApplicationProps, location: string): SecureSparkApplicationProps {
  const env = { ...props.driver?.env, [LOCATION_VARIABLE]: EnvValue.fromValue(location) };
  return { ...props, driver: { ...props.driver, env } };
}

export function withLocationInArguments(given: readonly string[], location: string): string[] {
  return given.map((argument) => argument.replaceAll(SparkMain.CHECKPOINT_LOCATION, location));
}
