import { throwProblems } from '../../../problems/errors';
import { trustPolicy } from '../aws-trust';
import { unique } from '../grant-groups';
import { KnownAwsIdentity, KnownS3Access } from '../missing-facts';
import { s3Policy } from '../s3-policy';
import { S3Access } from '../storage-access';

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MAX_TRUST_POLICY = 2048;
const MAX_INLINE_POLICIES = 10240;
const MAX_MANAGED_POLICIES = 10;

/** A role, with the accounts of all jobs that take it. */
export interface IamRole {
  readonly identity: KnownAwsIdentity;
  readonly partition?: string;
  readonly accesses: readonly KnownS3Access[];
}

/** The role of each access. Jobs of one namespace may share one, and then have what any of them has. */
export function rolesOf(accesses: readonly KnownS3Access[]): IamRole[] {
  const roles = new Map<string, KnownS3Access[]>();
  for (const access of accesses) {
    const key = roleKey(access.identity);
    roles.set(key, [...(roles.get(key) ?? []), access]);
  }
  const found = [...roles.values()].map((members) => {
    const [{ identity, partition }] = members;
    const serviceAccounts = unique(members.flatMap((member) => member.identity.serviceAccounts));
    return { identity: { ...identity, serviceAccounts }, partition, accesses: members };
  });
  throwProblems('storage permissions', found.flatMap(trustProblems));
  return found;
}

/** The roles, where each policy is a managed one that is attached to its role. */
export function rolesWithManagedPolicies(accesses: readonly KnownS3Access[]): IamRole[] {
  const roles = rolesOf(accesses);
  throwProblems(
    'storage permissions',
    roles
      .filter((role) => role.accesses.length > MAX_MANAGED_POLICIES)
      .map(({ identity, accesses: { length } }) =>
        overQuota(identity.role, `would have ${length} managed policies, of which AWS allows ${MAX_MANAGED_POLICIES}`),
      ),
  );
  return roles;
}

/** Refuses roles whose policies, as inline ones, are longer than a role's may be in all. */
export function checkInlinePolicies(accesses: readonly S3Access[]): void {
  const lengths = new Map<string, { role: string; length: number }>();
  for (const access of accesses) {
    if (access.identity === undefined) continue;
    const key = roleKey(access.identity);
    const length = (lengths.get(key)?.length ?? 0) + JSON.stringify(s3Policy(access)).length;
    lengths.set(key, { role: access.identity.role, length });
  }
  throwProblems(
    'storage permissions',
    [...lengths.values()]
      .filter(({ length }) => length > MAX_INLINE_POLICIES)
      .map(({ role, length }) =>
        overQuota(
          role,
          `would have inline policies of ${length} characters, of which AWS allows ${MAX_INLINE_POLICIES}`,
        ),
      ),
  );
}

function trustProblems({ identity, partition }: IamRole): string[] {
  const { length } = JSON.stringify(trustPolicy(identity, partition));
  if (length <= MAX_TRUST_POLICY) return [];
  return [
    overQuota(
      identity.role,
      `would have a trust policy of ${length} characters for ${identity.serviceAccounts.length} service accounts, of which ` +
        `AWS allows ${MAX_TRUST_POLICY}`,
    ),
  ];
}

function overQuota(role: string, what: string): string {
  return (
    `the role "${role}" ${what}; give some of its jobs a storage with a role of its own, which may name the same bucket ` +
    'and prefix'
  );
}

function roleKey({ account, role }: KnownAwsIdentity | NonNullable<S3Access['identity']>): string {
  return `${account} ${role}`;
}
