import { throwProblems } from '../../problems/errors';
import { AzureAccess, GcsAccess, S3Access, StorageAccess } from './storage-access';

/** What several jobs of one namespace may share. */
interface SharedIdentity {
  readonly key: string;
  /** What it is, as an error says it. */
  readonly what: string;
  readonly remedy: string;
}

/** Refuses an identity that namespaces or clusters share: each would have what the other has. */
export function checkSharedIdentities(accesses: readonly StorageAccess[]): void {
  const found = new Map<string, StorageAccess>();
  const problems: string[] = [];
  for (const access of accesses) {
    const shared = sharedIdentity(access);
    if (shared === undefined) continue;
    const other = found.get(shared.key) ?? access;
    found.set(shared.key, other);
    if (ownerOf(other) === ownerOf(access)) continue;
    problems.push(
      `"${other.name}" and "${access.name}" share the ${shared.what}, but are of different namespaces, or give different ` +
        `facts of it; give each namespace a storage with ${shared.remedy} and prefix`,
    );
  }
  throwProblems('storage permissions', problems);
}

function sharedIdentity(access: StorageAccess): SharedIdentity | undefined {
  if (access.store === 's3') return roleOf(access);
  if (access.store === 'gcs') return googleAccountOf(access);
  return managedIdentityOf(access);
}

function roleOf({ identity }: S3Access): SharedIdentity | undefined {
  if (identity === undefined) return undefined;
  return {
    key: JSON.stringify(['s3', identity.account, identity.role]),
    what: `role "${identity.role}"`,
    remedy: 'a role of its own, which may name the same bucket',
  };
}

/** Kubernetes accounts that are principals of their own share nothing. */
function googleAccountOf({ identity }: GcsAccess): SharedIdentity | undefined {
  if (identity?.serviceAccount === undefined) return undefined;
  return {
    key: JSON.stringify(['gcs', identity.serviceAccount]),
    what: `Google service account "${identity.serviceAccount}"`,
    remedy: 'an account of its own, which may name the same bucket',
  };
}

function managedIdentityOf({ identity, subscription }: AzureAccess): SharedIdentity | undefined {
  if (identity === undefined) return undefined;
  return {
    key: JSON.stringify(['azure', subscription, identity.resourceGroup, identity.name]),
    what: `managed identity "${identity.name}"`,
    remedy: 'an identity of its own, which may name the same container',
  };
}

/** All of an identity but the accounts of a job. */
function ownerOf({ identity }: StorageAccess): string {
  return JSON.stringify({ ...identity, serviceAccounts: undefined });
}
