import { SecureSparkApplicationProps } from '../spark-application-props';
import { SparkRole } from '../../spark/spark-role';
import { StorageNeed } from './storage-need';
import { placementOf } from '../../storage/placement';

/** Executors read and write data; the driver lists and commits it. */
export function dataNeeds({ storagePaths = [] }: SecureSparkApplicationProps): StorageNeed[] {
  return storagePaths.map(({ storage, path, _use: use }, index) => ({
    property: `storagePaths[${index}]`,
    storage,
    grant: { path, use },
    roles: [SparkRole.DRIVER, SparkRole.EXECUTOR],
  }));
}

/** Where an application's data and event log are, told from all other places. */
export function dataPlaces({ storagePaths = [], eventLog, jobNamespace }: SecureSparkApplicationProps): string[] {
  return [...storagePaths, ...(eventLog === undefined ? [] : [eventLog])].map(
    ({ storage, path }) => placementOf(storage).at(jobNamespace.name, path).place,
  );
}

/** What is wrong with an application's data. */
export function dataProblems({ storagePaths = [] }: SecureSparkApplicationProps): string[] {
  const places = storagePaths.map(({ storage, path }) => `${placementOf(storage).store.place}/${path}`);
  return storagePaths.flatMap(({ storage, uri }, index) => [
    ...(placementOf(storage).executorAccess
      ? []
      : [
          `storagePaths[${index}] is ${uri}, but executors, which read and write data, have no access to ` +
            `${storage.node.path}; leave out its executorAccess: false`,
        ]),
    ...(places.indexOf(places[index]) === index
      ? []
      : [
          `storagePaths[${index}] and storagePaths[${places.indexOf(places[index])}] are both ${uri}; keep one of them, ` +
            'StoragePath.readWrite where the job reads and writes',
        ]),
  ]);
}
