import { AccessSubject } from './access-question';

const ACCOUNT_USER = /^system:serviceaccount:([^:]+):([^:]+)$/;

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
