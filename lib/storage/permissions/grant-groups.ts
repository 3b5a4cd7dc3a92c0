import { StorageGrant, StorageUse } from './storage-access';

interface UseRights {
  readonly read: boolean;
  /** Objects are made and replaced, which deletes the old ones. */
  readonly write: boolean;
  /** Objects are only deleted. */
  readonly clear?: boolean;
  /** The object that has the path itself as its name is read. */
  readonly bareKey: boolean;
  readonly reason: string;
}

/** What each use needs beneath its path, besides listing it. */
const USES: Readonly<Record<StorageUse, UseRights>> = {
  [StorageUse.CHECKPOINT]: {
    read: true,
    write: true,
    bareKey: true,
    reason:
      'asks for the status of the directory, writes each file under a temporary name, copies it and deletes the first',
  },
  [StorageUse.READ]: {
    read: true,
    write: false,
    bareKey: true,
    reason: 'asks for the status of the directory, then reads its files',
  },
  [StorageUse.WRITE]: {
    read: true,
    write: true,
    bareKey: true,
    reason:
      'asks for the status of the directory, writes files under temporary names, copies them and deletes the first',
  },
  [StorageUse.READ_WRITE]: {
    read: true,
    write: true,
    bareKey: true,
    reason: 'does what writing needs, and reads what is there',
  },
  [StorageUse.FILE_SINK]: {
    read: true,
    write: true,
    bareKey: false,
    reason: 'writes files, and keeps a log of them that it also reads, copies and clears',
  },
  [StorageUse.CLEAN_UP]: {
    read: false,
    write: false,
    clear: true,
    bareKey: false,
    reason: 'lists what there is and how old it is, and deletes what nobody needs',
  },
};

/** The paths of grants by what is done there, each sorted and without repetitions. */
export interface GrantGroups {
  /** Objects beneath are read and written. */
  readonly readWrite: readonly string[];
  /** Objects beneath are only read. */
  readonly read: readonly string[];
  /** Objects beneath are only deleted. */
  readonly clear: readonly string[];
  /** All paths: what is beneath is listed. */
  readonly listed: readonly string[];
  /** The objects that have a path which is written itself as their name are read. */
  readonly bareKeys: readonly string[];
  /** Beneath them, uploads in parts may be given up. */
  readonly multipart: readonly string[];
}

export function grantGroups(grants: readonly StorageGrant[]): GrantGroups {
  const paths = (wanted: (rights: UseRights, grant: StorageGrant) => boolean): string[] =>
    unique(grants.filter((grant) => wanted(USES[grant.use], grant)).map(({ path }) => path));
  return {
    readWrite: paths(({ read, write }) => read && write),
    read: paths(({ read, write }) => read && !write),
    clear: paths(({ clear }) => clear === true),
    listed: paths(() => true),
    bareKeys: paths(({ bareKey, write }) => bareKey && write),
    multipart: paths((_, { multipart }) => multipart === true),
  };
}

/** Sorted, each once. */
export function unique(items: readonly string[]): string[] {
  return [...new Set(items)].sort();
}
