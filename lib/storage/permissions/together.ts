import { AzureAccess, GcsAccess, S3Access, StorageAccess } from './storage-access';
import { checkBindings } from './gcs-bindings';
import { unique } from './grant-groups';
import { objectName } from './render/cloud-manifest';
import { checkSharedIdentities } from './access-problems';

/** Accesses by store, each in order of their names. */
export interface AccessesByStore {
  readonly s3: readonly S3Access[];
  readonly gcs: readonly GcsAccess[];
  readonly azure: readonly AzureAccess[];
}

/** Sorts accesses, and refuses those that do not go together. */
export function together(accesses: readonly StorageAccess[]): AccessesByStore {
  const names = accesses.map(({ name }) => name);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) {
    throw new Error(
      `storage access "${repeated}": two have this name, as applications of one namespace and name have; write the permissions ` +
        'of each cluster apart',
    );
  }
  const sorted = [...accesses].sort((a, b) => (a.name < b.name ? -1 : 1));
  checkSharedIdentities(sorted);
  const gcs = sorted.filter((access): access is GcsAccess => access.store === 'gcs');
  checkBindings(gcs);
  return {
    s3: sorted.filter((access): access is S3Access => access.store === 's3'),
    gcs,
    azure: assignable(sorted.filter((access): access is AzureAccess => access.store === 'azure')),
  };
}

/** Azure knows one assignment of a role to an identity in one place, so those of several jobs are put into one. */
function assignable(accesses: readonly AzureAccess[]): AzureAccess[] {
  const merged = new Map<string, AzureAccess>();
  for (const access of accesses) {
    const key = assignmentKey(access);
    const other = merged.get(key);
    merged.set(key, other === undefined ? access : mergedAccess(other, access));
  }
  return [...merged.values()];
}

function assignmentKey({ name, identity, subscription, resourceGroup, account, container }: AzureAccess): string {
  if (identity === undefined) return name;
  return JSON.stringify([identity.name, identity.resourceGroup, subscription, resourceGroup, account, container]);
}

/** Both have one identity, and so one namespace. */
function mergedAccess(first: AzureAccess, second: AzureAccess): AzureAccess {
  const { identity } = first;
  if (identity === undefined) return first;
  const serviceAccounts = unique([...identity.serviceAccounts, ...(second.identity?.serviceAccounts ?? [])]);
  return {
    ...first,
    name: [objectName(identity.name), first.account, first.container].join('-'),
    grants: [...first.grants, ...second.grants],
    identity: { ...identity, serviceAccounts },
  };
}
