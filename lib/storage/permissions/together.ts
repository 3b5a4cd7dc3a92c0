import { AzureAccess, GcsAccess, S3Access, StorageAccess } from './storage-access';
import { checkRoles } from './render/iam-roles';
import { objectName } from './render/names';

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
  const s3 = sorted.filter((access): access is S3Access => access.store === 's3');
  checkRoles(s3);
  return {
    s3,
    gcs: sorted.filter((access): access is GcsAccess => access.store === 'gcs'),
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

function mergedAccess(first: AzureAccess, second: AzureAccess): AzureAccess {
  const [one, other] = [first.identity, second.identity];
  if (one === undefined || one.namespace !== other?.namespace || one.issuer !== other.issuer) {
    throw new Error(
      `storage permissions: "${first.name}" and "${second.name}" share the managed identity "${one?.name}", but are of ` +
        'different namespaces or clusters; give each a storage with an identity of its own, which may name the same container ' +
        'and prefix',
    );
  }
  const serviceAccounts = [...new Set([...one.serviceAccounts, ...other.serviceAccounts])];
  return {
    ...first,
    name: [objectName(one.name), first.account, first.container].join('-'),
    grants: [...first.grants, ...second.grants],
    identity: { ...one, serviceAccounts },
  };
}
