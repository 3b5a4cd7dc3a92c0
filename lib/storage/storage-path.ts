import { throwProblems } from '../problems/errors';
import { ISparkStorage, storageTypeProblems } from './spark-storage';
import { StorageUse } from './permissions/storage-access';
import { folderProblems } from './stores/store';
import { placementOf } from './placement';
import { checkArguments } from '../problems/property-checks';

/**
 * A folder of data on the store of a `SparkStorage`: a job's input or output. Applications that have it in `storagePaths` get
 * rights below it and nowhere else, and the store's configuration, identity and egress.
 *
 * The path starts at the root of the bucket, container or volume, not at the prefix of checkpoints. It must neither lie inside
 * that prefix nor contain it, since rights on data must not reach checkpoints.
 */
export class StoragePath {
  /**
   * Input: the job lists and reads what is there, and changes nothing.
   *
   * @param storage the store, with the identity that jobs have there
   * @param path the folder, without a slash at either end, such as `raw/clicks`
   * @throws if the path is not a folder, or overlaps the storage's checkpoints
   */
  public static read(storage: ISparkStorage, path: string): StoragePath {
    checkArguments('StoragePath.read', [storage, path]);
    return new StoragePath('read', storage, path, StorageUse.READ);
  }

  /**
   * Output of a batch job, which writes files there and replaces and clears them. Spark commits files by listing, copying and
   * deleting temporary ones, so the rights include reading the same folder: without that, no connector writes.
   *
   * @param storage the store, with the identity that jobs have there
   * @param path the folder, without a slash at either end, such as `out/sessions`
   * @throws if the path is not a folder, or overlaps the storage's checkpoints
   */
  public static write(storage: ISparkStorage, path: string): StoragePath {
    checkArguments('StoragePath.write', [storage, path]);
    return new StoragePath('write', storage, path, StorageUse.WRITE);
  }

  /**
   * Data that the job both reads and writes, such as a table that it merges into. The rights are those of `write`, since no
   * store can give less for that.
   *
   * @param storage the store, with the identity that jobs have there
   * @param path the folder, without a slash at either end, such as `tables/sessions`
   * @throws if the path is not a folder, or overlaps the storage's checkpoints
   */
  public static readWrite(storage: ISparkStorage, path: string): StoragePath {
    checkArguments('StoragePath.readWrite', [storage, path]);
    return new StoragePath('readWrite', storage, path, StorageUse.READ_WRITE);
  }

  /**
   * Output of a streaming query's file sink. It needs less than a batch job: on S3 not even the status of the folder itself. A
   * job that also reads the folder with Spark has `readWrite`.
   *
   * @param storage the store, with the identity that jobs have there
   * @param path the folder, without a slash at either end, such as `out/sessions`
   * @throws if the path is not a folder, or overlaps the storage's checkpoints
   * @see https://spark.apache.org/docs/latest/streaming/apis-on-dataframes-and-datasets.html#output-sinks
   */
  public static fileSink(storage: ISparkStorage, path: string): StoragePath {
    checkArguments('StoragePath.fileSink', [storage, path]);
    return new StoragePath('fileSink', storage, path, StorageUse.FILE_SINK);
  }

  /** The URI of the folder, for example `s3a://acme-streams/out/sessions`. */
  public readonly uri: string;

  private constructor(
    factory: string,
    /** The store. */
    public readonly storage: ISparkStorage,
    /** The folder, relative to the store's root. */
    public readonly path: string,
    /** @internal */
    public readonly _use: StorageUse,
  ) {
    throwProblems(`StoragePath.${factory}`, storageTypeProblems('the storage', storage));
    throwProblems(`StoragePath.${factory}`, pathProblems('the path', storage, path));
    this.uri = `${placementOf(storage).store.root}/${path}`;
  }
}

/** What is wrong with a folder of data on a store of checkpoints. */
export function pathProblems(what: string, storage: ISparkStorage, path: string): string[] {
  if (path === '') {
    return [
      `${what} is empty, so that it would be all of ${placementOf(storage).store.root}; give a folder, such as "out/sessions"`,
    ];
  }
  const problems = folderProblems(what, path, 'out/sessions');
  if (problems.length > 0 || !overlap(path, placementOf(storage).prefix)) return problems;
  return [
    `${what} is "${path}", which overlaps the checkpoints of ${storage.node.path} in "${placementOf(storage).prefix}": rights on data ` +
      'would reach checkpoints; give a folder beside it',
  ];
}

/** Whether two folders are the same, or one lies inside of the other. */
function overlap(one: string, other: string): boolean {
  return `${one}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${one}/`);
}
