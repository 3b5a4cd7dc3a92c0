const ACCOUNTS = 'system:serviceaccounts';
const AUTHENTICATED = 'system:authenticated';
const UNAUTHENTICATED = 'system:unauthenticated';
const ANONYMOUS = 'system:anonymous';

const ACCOUNT_USER = /^system:serviceaccount:([a-z0-9](?:[-a-z0-9]*[a-z0-9])?):[a-z0-9](?:[-.a-z0-9]*[a-z0-9])?$/;

/**
 * The groups that a request carries which is made as another user.
 *
 * @param user whom it is made as
 * @param given the groups that it is made as; without any, a service account has its own
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation
 */
export function impersonatedGroups(user: string, given: readonly string[]): string[] {
  const groups = given.length > 0 ? [...given] : accountGroups(user);
  if (groups.includes(UNAUTHENTICATED)) return groups;
  if (user === ANONYMOUS) return [...groups, UNAUTHENTICATED];
  return groups.includes(AUTHENTICATED) ? groups : [...groups, AUTHENTICATED];
}

function accountGroups(user: string): string[] {
  const account = ACCOUNT_USER.exec(user);
  return account === null ? [] : [ACCOUNTS, `${ACCOUNTS}:${account[1]}`];
}
