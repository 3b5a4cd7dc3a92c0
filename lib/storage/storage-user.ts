import { IConstruct } from 'constructs';
import { StorageAccess } from './permissions/storage-access';

/** Something that uses storage of a cloud, such as an application with a checkpoint. */
export interface IStorageUser extends IConstruct {
  /** @internal */
  readonly _storageAccesses: readonly StorageAccess[];
}
