import { AccessSubject } from './access-question';
import { normalSubject } from './rbac-subjects';

const ACCOUNTS = 'system:serviceaccounts';
const AUTHENTICATED = 'system:authenticated';
const UNAUTHENTICATED = 'system:unauthenticated';

/**
 * The groups that whoever is the subject is in by that alone. For a group, those that all of its members are in too.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings
 */
export function impliedGroups(subject: AccessSubject): string[] {
  const { kind, name, namespace } = normalSubject(subject);
  if (kind === 'ServiceAccount') return [ACCOUNTS, `${ACCOUNTS}:${namespace}`, AUTHENTICATED];
  if (kind === 'User') return [name === 'system:anonymous' ? UNAUTHENTICATED : AUTHENTICATED];
  if (name.startsWith(`${ACCOUNTS}:`)) return [ACCOUNTS, AUTHENTICATED];
  return name === AUTHENTICATED || name === UNAUTHENTICATED ? [] : [AUTHENTICATED];
}
