import { Construct } from 'constructs';
import { hasMember, told } from '../../problems/given';
import { storageTypeProblems } from '../../storage/spark-storage';
import { StorageReach } from '../../storage/storage-access-of';
import { checkpointProblems, localCheckpointProblems, withoutCheckpointProblems } from './checkpoint-checks';
import { dataNeeds, dataProblems } from './data-paths';
import { eventLogConfiguration, eventLogNeeds, eventLogProblems } from './job-event-log';
import {
  checkpointConfiguration,
  checkpointNeeds,
  jobCheckpoint,
  withLocation,
  withLocationInArguments,
} from './job-checkpoint';
import { accountOf } from '../pod/pod-accounts';
import { SecureSparkApplicationProps } from '../spark-application-props';
import { isAtLeast } from '../../spark/spark-versions';
import { storageConflicts } from './storage-conflicts';
import { HADOOP_34_SINCE, storageProblems } from './storage-checks';
import { usedStorages } from './storage-need';
import { withStorages } from './storage-pods';
import { placementOf } from '../../storage/placement';

/** Configuration that a property of an application sets, Hadoop's with its prefix. */
export interface PropertyConfiguration {
  readonly property: string;
  readonly configuration: { readonly [key: string]: string };
}

/** What an application's storages add to it: its checkpoint, its data and its event log. */
export interface JobStorage {
  /** The application's properties with what its pods need. */
  readonly props: SecureSparkApplicationProps;
  readonly arguments: readonly string[];
  /** Where its checkpoint is. */
  readonly location?: string;
  readonly configurations: readonly PropertyConfiguration[];
  /** The storages that its accounts reach, and what they do there. */
  readonly reaches: readonly StorageReach[];
  /** The place of a checkpoint that only this application may write. */
  readonly writtenPlace?: string;
}

/** Gives an application its storages; what is wrong with them goes to `problems`. */
export function jobStorage(
  scope: Construct,
  name: string,
  props: SecureSparkApplicationProps,
  problems: string[],
): JobStorage {
  const unknown = storageUseTypeProblems(props);
  problems.push(...unknown);
  if (unknown.length > 0) return withoutStorage(props);
  const traits = { isHadoop34: isAtLeast(props.image.sparkVersion, HADOOP_34_SINCE) };
  const used = usedStorages([...checkpointNeeds(name, props), ...dataNeeds(props), ...eventLogNeeds(props)]);
  const found = [
    ...localCheckpointProblems(props),
    ...(props.checkpoint === undefined ? withoutCheckpointProblems(props) : checkpointProblems(name, props)),
    ...dataProblems(props),
    ...eventLogProblems(props),
    ...used.flatMap((storage) => storageProblems(storage, props)),
    ...storageConflicts(used, traits),
  ];
  problems.push(...found);
  const { arguments: given } = props.main;
  // Pods and accounts are made only of what fits together.
  if (found.length > 0 || used.length === 0) return withoutStorage(props);

  const checkpoint = jobCheckpoint(name, props);
  const pods = withStorages(scope, name, props, used);
  const configurations = [
    ...used.map(({ property, storage }) => ({
      property,
      configuration: placementOf(storage).store.configuration(traits),
    })),
    { property: 'eventLog', configuration: eventLogConfiguration(props) },
  ];
  const reaches = used.map(({ storage, grants, roles }) => ({
    storage,
    grants,
    serviceAccounts: roles.map((role) => accountOf(role, pods).name),
  }));
  if (checkpoint === undefined) return { props: pods, arguments: given, configurations, reaches };
  const { location, writtenPlace } = checkpoint;
  return {
    props: withLocation(pods, location),
    arguments: withLocationInArguments(given, location),
    location,
    configurations: [
      ...configurations,
      { property: 'checkpoint', configuration: checkpointConfiguration(props, location) },
    ],
    reaches,
    writtenPlace,
  };
}

function withoutStorage(props: SecureSparkApplicationProps): JobStorage {
  return { props, arguments: props.main.arguments, configurations: [], reaches: [] };
}

/** What is wrong with an application's storages before anything is asked of them. */
function storageUseTypeProblems({ checkpoint, storagePaths, eventLog }: SecureSparkApplicationProps): string[] {
  const paths: unknown = storagePaths === undefined ? [] : storagePaths;
  return [
    ...(checkpoint === undefined ? [] : storageTypeProblems('checkpoint', checkpoint)),
    ...(eventLog === undefined ? [] : storageTypeProblems('eventLog.storage', eventLog?.storage)),
    ...(Array.isArray(paths)
      ? paths.flatMap((path, index) =>
          hasMember(path, '_use') ? [] : [`storagePaths[${index}] ${told(path)}; give one of StoragePath`],
        )
      : [`storagePaths ${told(paths)}; give a list of StoragePath`]),
  ];
}
