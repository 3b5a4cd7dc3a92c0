import { k8s } from 'cdk8s-plus-28';

/** Verbs on resources of the Kubernetes API, and why somebody needs them. */
export interface Right {
  /** API groups; `''` is the core group. */
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly reason: string;
}

/** The rules of a Role that gives these rights: one for each resource, sorted, so that the order of the rights does not show. */
export function policyRules(rights: readonly Right[]): k8s.PolicyRule[] {
  const verbsOf = new Map<string, Set<string>>();
  for (const { apiGroups, resources, verbs } of rights) {
    for (const apiGroup of apiGroups) {
      for (const resource of resources) {
        const key = `${apiGroup}/${resource}`;
        verbsOf.set(key, new Set([...(verbsOf.get(key) ?? []), ...verbs]));
      }
    }
  }
  return [...verbsOf].sort(byKey).map(([key, verbs]) => {
    const end = key.indexOf('/');
    return { apiGroups: [key.slice(0, end)], resources: [key.slice(end + 1)], verbs: [...verbs].sort() };
  });
}

function byKey([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}
