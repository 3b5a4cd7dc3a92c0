import { IConstruct } from 'constructs';

/** Something of this library that uses storage of a cloud: an application of any kind, or a `CheckpointRetention`. */
export interface IStorageUser extends IConstruct {}
