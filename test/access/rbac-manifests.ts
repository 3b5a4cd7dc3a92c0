/** Roles and bindings as YAML has them, in short. */

interface Rbac {
  readonly [field: string]: unknown;
}

const apiVersion = 'rbac.authorization.k8s.io/v1';

export function role(namespace: string, name: string, rules: unknown): Rbac {
  return { apiVersion, kind: 'Role', metadata: { namespace, name }, rules };
}

export function clusterRole(name: string, rules: unknown, labels: object = {}): Rbac {
  return { apiVersion, kind: 'ClusterRole', metadata: { name, labels }, rules };
}

/** A cluster role that aggregates those with any of these labels. */
export function aggregatedRole(name: string, matchLabels: object[], labels: object = {}, rules: unknown = []): Rbac {
  const clusterRoleSelectors = matchLabels.map((one) => ({ matchLabels: one }));
  return { ...clusterRole(name, rules, labels), aggregationRule: { clusterRoleSelectors } };
}

/** @param roleName with its kind, such as `Role/reader` */
export function binding(namespace: string, name: string, roleName: string, ...subjects: object[]): Rbac {
  return { apiVersion, kind: 'RoleBinding', metadata: { namespace, name }, roleRef: refOf(roleName), subjects };
}

export function clusterBinding(name: string, clusterRoleName: string, ...subjects: object[]): Rbac {
  const roleRef = refOf(`ClusterRole/${clusterRoleName}`);
  return { apiVersion, kind: 'ClusterRoleBinding', metadata: { name }, roleRef, subjects };
}

export function user(name: string): object {
  return { kind: 'User', name };
}

export function group(name: string): object {
  return { kind: 'Group', name };
}

export function account(namespace: string | undefined, name: string): object {
  return { kind: 'ServiceAccount', namespace, name };
}

function refOf(roleName: string): object {
  const [kind, name] = roleName.split('/');
  return { apiGroup: 'rbac.authorization.k8s.io', kind, name };
}
