import { unique } from '../grant-groups';
import { KnownAwsIdentity, KnownS3Access } from '../missing-facts';
import { S3Access } from '../storage-access';

/** A role, with the accounts of all jobs that take it. */
export interface IamRole {
  readonly identity: KnownAwsIdentity;
  readonly partition?: string;
  readonly accesses: readonly KnownS3Access[];
}

/** The role of each access. Jobs of one namespace may share one, and then have what any of them has. */
export function rolesOf(accesses: readonly KnownS3Access[]): IamRole[] {
  checkRoles(accesses);
  const roles = new Map<string, KnownS3Access[]>();
  for (const access of accesses) {
    const key = roleKey(access.identity);
    roles.set(key, [...(roles.get(key) ?? []), access]);
  }
  return [...roles.values()].map((members) => {
    const [{ identity, partition }] = members;
    const serviceAccounts = unique(members.flatMap((member) => member.identity.serviceAccounts));
    return { identity: { ...identity, serviceAccounts }, partition, accesses: members };
  });
}

/** Refuses a role that namespaces or clusters share: each would have what the other has. */
export function checkRoles(accesses: readonly S3Access[]): void {
  const found = new Map<string, S3Access>();
  for (const access of accesses) {
    const { identity } = access;
    if (identity === undefined) continue;
    const other = found.get(roleKey(identity)) ?? access;
    found.set(roleKey(identity), other);
    if (ownerOf(other) === ownerOf(access)) continue;
    throw new Error(
      `storage permissions: "${other.name}" and "${access.name}" share the role "${identity.role}", but are of different ` +
        'namespaces, or give different facts of it; give each namespace a storage with a role of its own, which may name the ' +
        'same bucket and prefix',
    );
  }
}

function roleKey({ account, role }: KnownAwsIdentity | NonNullable<S3Access['identity']>): string {
  return `${account} ${role}`;
}

/** All of an identity but the accounts of a job. */
function ownerOf({ identity }: S3Access): string {
  return JSON.stringify({ ...identity, serviceAccounts: undefined });
}
