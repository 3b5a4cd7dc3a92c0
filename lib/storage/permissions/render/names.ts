import { S3Access } from '../storage-access';

/** A name of AWS as one of a Kubernetes object. */
export function objectName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, '-')
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '');
}

/** The first part and the project of `name@project.iam.gserviceaccount.com`. */
export function accountAndProject(email: string): [string, string] {
  const [account, domain = ''] = email.split('@');
  return [account, domain.replace(/\.iam\.gserviceaccount\.com$/, '')];
}

/** A name with the place in a list, but for the first. */
export function numbered(name: string, index: number): string {
  return index === 0 ? name : `${name}-${index + 1}`;
}

/** The accesses of each IAM role. A role has one identity. */
export function rolesOf(accesses: readonly S3Access[]): S3Access[][] {
  const roles = new Map<string, S3Access[]>();
  for (const access of accesses) {
    const key = `${access.identity.account} ${access.identity.role}`;
    const members = roles.get(key) ?? [];
    if (members.length > 0 && JSON.stringify(members[0].identity) !== JSON.stringify(access.identity)) {
      throw new Error(
        `storage permissions: "${members[0].name}" and "${access.name}" name the role "${access.identity.role}" for different ` +
          'identities; give each identity a role of its own',
      );
    }
    roles.set(key, [...members, access]);
  }
  return [...roles.values()];
}
