import { ISubject, k8s } from 'cdk8s-plus-28';

/** Who a Role is bound to. */
export interface RbacSubject {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

const ACCOUNT_USER = /^system:serviceaccount:([^:]+):([^:]+)$/;

/**
 * The subject, in one form for each identity: the user `system:serviceaccount:<namespace>:<name>` is that account.
 *
 * Leaves out the API group that cdk8s-plus gives: it is `core` for some accounts, which is not a group.
 */
export function rbacSubject(subject: ISubject): RbacSubject {
  const { kind, name, namespace } = subject.toSubjectConfiguration();
  if (kind === 'User') {
    const account = ACCOUNT_USER.exec(name);
    return account === null ? { kind, name } : { kind: 'ServiceAccount', namespace: account[1], name: account[2] };
  }
  return kind === 'Group' ? { kind, name } : { kind, name, namespace };
}

/** The subject as a RoleBinding has it. */
export function renderSubject({ kind, name, namespace }: RbacSubject): k8s.Subject {
  return kind === 'ServiceAccount' ? { kind, name, namespace } : { apiGroup: 'rbac.authorization.k8s.io', kind, name };
}

/** The subject in the words of an error. */
export function describeSubject({ kind, name, namespace }: RbacSubject): string {
  if (kind !== 'ServiceAccount') return `${kind} "${name}"`;
  return namespace === undefined
    ? `service account "${name}"`
    : `service account "${name}" of namespace "${namespace}"`;
}

export function sameSubject(a: RbacSubject, b: RbacSubject): boolean {
  return a.kind === b.kind && a.name === b.name && a.namespace === b.namespace;
}
