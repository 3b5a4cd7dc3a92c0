import { Volume } from 'cdk8s-plus-28';
import { IConstruct } from 'constructs';
import { ISparkJobNamespace } from '../job-namespace/spark-job-namespace';
import { Hidden } from '../program/hidden';
import { StorageAccess } from './permissions/storage-access';
import { Store } from './stores/store';

/** A folder of a store, as jobs see it and as the program tells it from others. */
export interface StoragePlace {
  readonly location: string;
  /** Below the store's root, without a slash at either end. */
  readonly path: string;
  /** Unique: two stores may have locations that read alike. */
  readonly place: string;
}

/** What applications ask of a storage. */
export interface Placement {
  readonly store: Store;
  readonly executorAccess: boolean;
  readonly keyFile?: Volume;
  readonly prefix: string;
  /** The checkpoint of an application. */
  readonly locate: (namespaceName: string, applicationName: string, version?: number) => StoragePlace;
  /** Any path of the store. */
  readonly at: (namespaceName: string, path: string) => StoragePlace;
  /** Opens the way to the store for the pods of a namespace. */
  readonly open: (jobNamespace: ISparkJobNamespace) => void;
}

export const PLACEMENT = new Hidden<Placement>('SparkStorage');

export function placementOf(storage: object): Placement {
  return PLACEMENT.of(storage);
}

/** What the accounts of a user of storage do there. */
export const STORAGE_ACCESSES = new Hidden<readonly StorageAccess[]>('IStorageUser');

/** Something of this library that uses storage of a cloud: an application of any kind, or a `CheckpointRetention`. */
export interface IStorageUser extends IConstruct {}
