import { checkAccess } from './access-problems';
import { grantGroups } from './grant-groups';
import { AzureAccess } from './storage-access';

/** Rights of one directory in an account with a hierarchical namespace. */
export interface AclEntry {
  /** Without a slash at its beginning; empty for the root of the container. */
  readonly path: string;
  /** As POSIX writes them: `rwx`, `r-x` or `--x`. */
  readonly permissions: string;
  /** Also for everything beneath, and for what will be made there. */
  readonly recursive: boolean;
}

/**
 * Access control lists that do the same as the role assignments, which are then not needed: an assignment that allows
 * something is not limited by a list. They work only where the account has a hierarchical namespace.
 *
 * @see https://learn.microsoft.com/azure/storage/blobs/data-lake-storage-access-control
 */
export function azureAcl(access: AzureAccess): AclEntry[] {
  checkAccess(access);
  const { readWrite, read } = grantGroups(access.grants);
  const directories = [
    ...readWrite.map((path) => ({ path, permissions: 'rwx', recursive: true })),
    ...read.map((path) => ({ path, permissions: 'r-x', recursive: true })),
  ];
  const parents = new Set(directories.flatMap(({ path }) => parentsOf(path)));
  // A directory that is granted itself keeps the greater right.
  for (const { path } of directories) parents.delete(path);
  return [...[...parents].sort().map((path) => ({ path, permissions: '--x', recursive: false })), ...directories];
}

/** Lists have one right to make and to delete, so none says that somebody only deletes. */
export function canBeListed({ grants }: AzureAccess): boolean {
  return grantGroups(grants).clear.length === 0;
}

/** The root and every directory above. */
function parentsOf(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index).join('/'));
}
