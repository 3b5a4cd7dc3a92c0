import { AccessSubject } from './access-question';

const ACCOUNT_USER = /^system:serviceaccount:([^:]+):([^:]+)$/;

const ACCOUNTS = 'system:serviceaccounts';
const AUTHENTICATED = 'system:authenticated';
const UNAUTHENTICATED = 'system:unauthenticated';

/** The subject, in one form for each identity: the user `system:serviceaccount:<namespace>:<name>` is that account. */
export function normalSubject({ kind, name, namespace }: AccessSubject): AccessSubject {
  if (kind === 'ServiceAccount') return { kind, namespace, name };
  const account = kind === 'User' ? ACCOUNT_USER.exec(name) : null;
  return account === null ? { kind, name } : { kind: 'ServiceAccount', namespace: account[1], name: account[2] };
}

/** The user name that the requests of a subject carry; a group has none. */
export function userNameOf({ kind, name, namespace }: AccessSubject): string {
  return kind === 'ServiceAccount' ? `system:serviceaccount:${namespace}:${name}` : name;
}

/** The same for all that name one identity. */
export function subjectKey(subject: AccessSubject): string {
  return subject.kind === 'Group' ? groupKey(subject.name) : userKey(userNameOf(subject));
}

export function userKey(name: string): string {
  return `user ${name}`;
}

export function groupKey(name: string): string {
  return `group ${name}`;
}

/** The subject as people name it. */
export function describeSubject({ kind, name, namespace }: AccessSubject): string {
  return kind === 'ServiceAccount' ? `ServiceAccount ${namespace}/${name}` : `${kind} ${name}`;
}

/**
 * The groups that a subject is in by its kind and namespace alone. For a group, those that all of its members are in too.
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
