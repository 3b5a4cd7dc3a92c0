import { k8s } from 'cdk8s-plus-28';

/** Verbs on resources of the Kubernetes API, and why they are needed. */
export interface Right {
  /** API groups; `''` is the core group. */
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  /** The only objects that the right is on; without it, all of the namespace. */
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
  readonly reason: string;
}

/**
 * The rules of a Role that gives these rights: one for each resource and its names, sorted, so that the order of the rights
 * does not show.
 */
export function policyRules(rights: readonly Right[]): k8s.PolicyRule[] {
  const rules = new Map<string, k8s.PolicyRule>();
  for (const { apiGroups, resources, resourceNames, verbs } of rights) {
    for (const apiGroup of apiGroups) {
      for (const resource of resources) {
        const names = resourceNames && [...resourceNames].sort();
        const key = [`${apiGroup}/${resource}`, ...(names ?? [])].join(' ');
        const all = new Set([...(rules.get(key)?.verbs ?? []), ...verbs]);
        rules.set(key, {
          apiGroups: [apiGroup],
          resources: [resource],
          resourceNames: names,
          verbs: [...all].sort(),
        });
      }
    }
  }
  return [...rules].sort(byKey).map(([, rule]) => rule);
}

/** The same rights, on one object alone. */
export function onlyOn(resourceName: string, rights: readonly Right[]): Right[] {
  return rights.map((right) => ({ ...right, resourceNames: [resourceName] }));
}

function byKey([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}
