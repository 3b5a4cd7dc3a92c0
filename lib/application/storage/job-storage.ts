import { EnvValue } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { SparkMain } from '../../spark/spark-main';
import { SparkRole } from '../../spark/spark-role';
import { ISparkStorage } from '../../storage/spark-storage';
import { placementOf } from '../../storage/placement';
import { StorageReach } from '../../storage/storage-access-of';
import { accountOf } from '../pod/pod-accounts';
import { PodAdditions } from '../pod/resolved-pod';
import { WritableDirectory } from '../pod/writable-directory';
import { SecureSparkApplicationProps } from '../spark-application-props';
import { storagePods } from './storage-pods';
import {
  DEFAULT_EVENT_LOG_SIZE,
  EVENT_LOG_DIRECTORY_KEY,
  EVENT_LOG_KEY,
  hadoopTraits,
  LOCATION_VARIABLE,
  ROOT_KEY,
  usedStorages,
} from './storage-uses';

const MANAGER_KEY = 'spark.sql.streaming.checkpointFileManagerClass';
const ABORTABLE_MANAGER = 'org.apache.spark.internal.io.cloud.AbortableStreamBasedCheckpointFileManager';

/** Configuration that a property of an application sets; keys of Hadoop have the prefix `spark.hadoop.`. */
export interface PropertyConfiguration {
  readonly property: string;
  readonly configuration: { readonly [key: string]: string };
}

/** The location of an application's checkpoint. */
export interface JobCheckpoint {
  readonly storage: ISparkStorage;
  readonly location: string;
  /** The folder with all checkpoints of the namespace. */
  readonly folder: string;
  /** The place that only this application may write. */
  readonly writtenPlace?: string;
  /** Whether named queries keep their checkpoints below it. */
  readonly namedQueries: boolean;
}

/** What an application's storages add to it: its checkpoint, its data and its event log. */
export interface JobStorage {
  readonly checkpoint?: JobCheckpoint;
  /** The main program's arguments, with the checkpoint's location. */
  readonly arguments: readonly string[];
  readonly configurations: readonly PropertyConfiguration[];
  /** The storages that its accounts use, and what they do there. */
  readonly reaches: readonly StorageReach[];
  /** Unique keys of the places of its data and event log. */
  readonly dataPlaces: readonly string[];
  readonly writableDirectories: readonly WritableDirectory[];
  readonly pods: Readonly<Record<SparkRole, PodAdditions>>;
}

/** Additions for an application without storages, or with storages that have problems. */
export function withoutStorage({ main }: SecureSparkApplicationProps): JobStorage {
  return {
    arguments: main.arguments,
    configurations: [],
    reaches: [],
    dataPlaces: [],
    writableDirectories: [],
    pods: { driver: {}, executor: {} },
  };
}

/** What the storages of an application add to it, including service accounts of its own. The storages must have no problems. */
export function jobStorage(scope: Construct, name: string, props: SecureSparkApplicationProps): JobStorage {
  const used = usedStorages(name, props);
  if (used.length === 0) return withoutStorage(props);
  const { eventLog, jobNamespace, main, storagePaths = [] } = props;
  const traits = hadoopTraits(props.image);
  const checkpoint = jobCheckpoint(name, props);
  const { writableDirectories, driver, executor } = storagePods(scope, name, jobNamespace, used);
  const pods = { driver: checkpoint === undefined ? driver : withLocation(driver, checkpoint), executor };
  return {
    checkpoint,
    arguments: main.arguments.map((argument) =>
      checkpoint === undefined ? argument : argument.replaceAll(SparkMain.CHECKPOINT_LOCATION, checkpoint.location),
    ),
    configurations: [
      ...used.map(({ property, storage }) => ({
        property,
        configuration: placementOf(storage).store.configuration(traits),
      })),
      { property: 'eventLog', configuration: eventLogConfiguration(props) },
      ...(checkpoint === undefined
        ? []
        : [{ property: 'checkpoint', configuration: checkpointConfiguration(checkpoint) }]),
    ],
    reaches: used.map(({ storage, grants, roles }) => ({
      storage,
      grants,
      serviceAccounts: roles.map(
        (role) => accountOf(role, jobNamespace, pods[role].serviceAccount ?? props[role]?.serviceAccount).name,
      ),
    })),
    dataPlaces: [...storagePaths, ...(eventLog === undefined ? [] : [eventLog])].map(
      ({ storage, path }) => placementOf(storage).at(jobNamespace.name, path).place,
    ),
    writableDirectories,
    pods,
  };
}

function jobCheckpoint(
  name: string,
  { checkpoint, jobNamespace }: SecureSparkApplicationProps,
): JobCheckpoint | undefined {
  if (checkpoint === undefined) return undefined;
  const { storage, version, writer, namedQueries } = checkpoint;
  const { locate, at, prefix } = placementOf(storage);
  const { location, place } = locate(jobNamespace.name, writer ?? name, version);
  return {
    storage,
    location,
    folder: at(jobNamespace.name, prefix).place,
    writtenPlace: writer === undefined ? place : undefined,
    namedQueries,
  };
}

function withLocation(driver: PodAdditions, { location }: JobCheckpoint): PodAdditions {
  return { ...driver, env: { ...driver.env, [LOCATION_VARIABLE]: EnvValue.fromValue(location) } };
}

/** Spark's configuration of the checkpoint, in addition to that of the store. */
function checkpointConfiguration({ storage, location, namedQueries }: JobCheckpoint): Readonly<Record<string, string>> {
  return {
    ...(placementOf(storage).store.multipart === true ? { [MANAGER_KEY]: ABORTABLE_MANAGER } : {}),
    ...(namedQueries ? { [ROOT_KEY]: location } : {}),
  };
}

function eventLogConfiguration({
  eventLog,
  jobNamespace,
}: SecureSparkApplicationProps): Readonly<Record<string, string>> {
  if (eventLog === undefined) return {};
  const { storage, path, maxFileSize = DEFAULT_EVENT_LOG_SIZE } = eventLog;
  return {
    [EVENT_LOG_KEY]: 'true',
    [EVENT_LOG_DIRECTORY_KEY]: placementOf(storage).at(jobNamespace.name, path).location,
    'spark.eventLog.rolling.enabled': 'true',
    'spark.eventLog.rolling.maxFileSize': `${maxFileSize.toMebibytes()}m`,
  };
}
