import { ISparkStorage } from '../../storage/spark-storage';
import { StorageGrant } from '../../storage/permissions/storage-access';
import { SparkRole } from '../../spark/spark-role';

/** What one property of an application needs of a storage. */
export interface StorageNeed {
  /** The property, as the user knows it: `checkpoint`, `storagePaths[0]`, `eventLog`. */
  readonly property: string;
  readonly storage: ISparkStorage;
  readonly grant: StorageGrant;
  /** The pods that reach it. */
  readonly roles: readonly SparkRole[];
}

/** One storage of an application, with all that it does there. */
export interface UsedStorage {
  /** The first property that needs it. */
  readonly property: string;
  readonly storage: ISparkStorage;
  readonly grants: readonly StorageGrant[];
  readonly roles: readonly SparkRole[];
}

/** The storages of an application, each once, in the order of its properties. */
export function usedStorages(needs: readonly StorageNeed[]): UsedStorage[] {
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
