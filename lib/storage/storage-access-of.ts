import { ISparkStorage } from './spark-storage';
import { checkAccess } from './permissions/access-problems';
import { namespacedName, objectName } from './permissions/render/cloud-manifest';
import { StorageAccess, StorageGrant, StorageTarget, WorkloadAccounts } from './permissions/storage-access';
import { placementOf } from './placement';
import { Store } from './stores/store';

/** A job, and the service accounts with which it reaches its storage. */
export interface StorageWorkload extends WorkloadAccounts {
  readonly name: string;
}

/** A storage that a job uses, what it does there, and the service accounts that do it. */
export interface StorageReach {
  readonly storage: ISparkStorage;
  readonly grants: readonly StorageGrant[];
  readonly serviceAccounts: readonly string[];
}

/**
 * What a job may do in a store; `undefined` where no cloud gives permissions: on HDFS, and on a volume.
 *
 * Its identity is left out where it is not known, or is a Secret or key file, which is the same for all that have it.
 */
export function storageAccessOf(
  store: Store,
  workload: StorageWorkload,
  grants: readonly StorageGrant[],
): StorageAccess | undefined {
  const access = uncheckedAccess(store, workload, grants);
  if (access !== undefined) checkAccess(access);
  return access;
}

/** What a job may do in all of its stores: one access for each place, identity and set of accounts. They are not checked. */
export function storageAccessesOf(
  { name, namespace }: Pick<StorageWorkload, 'name' | 'namespace'>,
  reaches: readonly StorageReach[],
): StorageAccess[] {
  const accesses = new Map<string, StorageAccess>();
  for (const { storage, serviceAccounts, grants } of reaches) {
    const access = uncheckedAccess(placementOf(storage).store, { name, namespace, serviceAccounts }, grants);
    if (access === undefined) continue;
    const key = JSON.stringify({ ...access, grants: undefined });
    const others = accesses.get(key)?.grants ?? [];
    accesses.set(key, { ...access, grants: [...others, ...access.grants] });
  }
  const named: StorageAccess[] = [];
  for (const access of accesses.values()) {
    const taken = new Set(named.map((each) => each.name));
    named.push({ ...access, name: freeName(access, taken) });
  }
  return named;
}

function uncheckedAccess(
  store: Store,
  { name, ...accounts }: StorageWorkload,
  grants: readonly StorageGrant[],
): StorageAccess | undefined {
  const { target, identity } = store;
  if (target === undefined) return undefined;
  const { aws, google, azure } = identity?._facts ?? {};
  const named = { name: namespacedName(accounts.namespace, name), grants: [...grants] };
  if (target.store === 's3') return { ...target, ...named, ...identityOf(accounts, aws) };
  if (target.store === 'gcs') return { ...target, ...named, ...identityOf(accounts, google) };
  return { ...target, ...named, ...identityOf(accounts, azure) };
}

function identityOf<T>(
  { namespace, serviceAccounts }: WorkloadAccounts,
  principal: T | undefined,
): { identity?: WorkloadAccounts & T } {
  if (principal === undefined) return {};
  return { identity: { namespace, serviceAccounts: [...serviceAccounts], ...principal } };
}

/** The job's name for its first store; the names of the others add the bucket or container. */
function freeName(access: StorageAccess, taken: ReadonlySet<string>): string {
  const { name } = access;
  if (!taken.has(name)) return name;
  // No application has a dot in its name, so no other application has this one.
  const other = `${name}.${objectName(placeOf(access))}`;
  let found = other;
  for (let number = 2; taken.has(found); number += 1) found = `${other}.${number}`;
  return found;
}

function placeOf(target: StorageTarget): string {
  return target.store === 'azure' ? `${target.account}-${target.container}` : target.bucket;
}
