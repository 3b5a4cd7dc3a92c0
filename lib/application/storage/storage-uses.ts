import { Size } from 'cdk8s';
import { SparkImage } from '../../spark/spark-image';
import { SparkRole } from '../../spark/spark-role';
import { HADOOP_34_SINCE, isAtLeast } from '../../spark/spark-versions';
import { ISparkStorage } from '../../storage/spark-storage';
import { placementOf } from '../../storage/placement';
import { StorageGrant, StorageUse } from '../../storage/permissions/storage-access';
import { HadoopTraits } from '../../storage/stores/store';
import { SecureSparkApplicationProps } from '../spark-application-props';

/** The driver's environment variable with the location of the checkpoint. */
export const LOCATION_VARIABLE = 'SPARK_CHECKPOINT_LOCATION';
/** The folder for checkpoints of queries without a location of their own. */
export const ROOT_KEY = 'spark.sql.streaming.checkpointLocation';
export const EVENT_LOG_KEY = 'spark.eventLog.enabled';
export const EVENT_LOG_DIRECTORY_KEY = 'spark.eventLog.dir';
export const DEFAULT_EVENT_LOG_SIZE = Size.mebibytes(128);

export function hadoopTraits({ sparkVersion }: SparkImage): HadoopTraits {
  return { isHadoop34: isAtLeast(sparkVersion, HADOOP_34_SINCE) };
}

/** What one property of an application needs of a storage. */
interface StorageNeed {
  /** The property of the application: `checkpoint`, `storagePaths[0]`, `eventLog`. */
  readonly property: string;
  readonly storage: ISparkStorage;
  readonly grant: StorageGrant;
  /** The roles with pods that use it. */
  readonly roles: readonly SparkRole[];
}

/** A storage of an application, with everything that the application does there. */
export interface UsedStorage {
  /** The first property that needs it. */
  readonly property: string;
  readonly storage: ISparkStorage;
  readonly grants: readonly StorageGrant[];
  readonly roles: readonly SparkRole[];
}

/** The storages of an application, each once, in the order of the properties. */
export function usedStorages(name: string, props: SecureSparkApplicationProps): UsedStorage[] {
  const needs = [...checkpointNeeds(name, props), ...dataNeeds(props), ...eventLogNeeds(props)];
  return [...new Set(needs.map(({ storage }) => storage))].map((storage) => {
    const own = needs.filter((need) => need.storage === storage);
    return {
      property: own[0].property,
      storage,
      grants: own.map(({ grant }) => grant),
      roles: Object.values(SparkRole).filter((role) => own.some(({ roles }) => roles.includes(role))),
    };
  });
}

/** The driver plans with the checkpoint; executors keep their part of the state there. */
function checkpointNeeds(name: string, props: SecureSparkApplicationProps): StorageNeed[] {
  if (props.checkpoint === undefined) return [];
  const { storage, version, writer } = props.checkpoint;
  const { store, locate, executorAccess } = placementOf(storage);
  const { path } = locate(props.jobNamespace.name, writer ?? name, version);
  const grant =
    writer === undefined
      ? { path, use: StorageUse.CHECKPOINT, ...(store.multipart === true ? { multipart: true } : {}) }
      : { path, use: StorageUse.READ };
  const roles = executorAccess ? [SparkRole.DRIVER, SparkRole.EXECUTOR] : [SparkRole.DRIVER];
  return [{ property: 'checkpoint', storage, grant, roles }];
}

/** Executors read and write data; the driver lists and commits it. */
function dataNeeds({ storagePaths = [] }: SecureSparkApplicationProps): StorageNeed[] {
  return storagePaths.map(({ storage, path, _use: use }, index) => ({
    property: `storagePaths[${index}]`,
    storage,
    grant: { path, use },
    roles: [SparkRole.DRIVER, SparkRole.EXECUTOR],
  }));
}

/** The driver alone writes it. */
function eventLogNeeds({ eventLog }: SecureSparkApplicationProps): StorageNeed[] {
  if (eventLog === undefined) return [];
  const { storage, path } = eventLog;
  return [{ property: 'eventLog', storage, grant: { path, use: StorageUse.WRITE }, roles: [SparkRole.DRIVER] }];
}
