import { AccessRule, AccessSubject } from './access-question';

export interface RbacRole {
  readonly kind: string;
  /** Empty for a ClusterRole. */
  readonly namespace: string;
  readonly name: string;
  readonly source: string;
  /** The rules that it is written with. */
  readonly rules: readonly AccessRule[];
  readonly labels: ReadonlyMap<string, string>;
  /** A role with selectors has the rules of the cluster roles that any of them selects. */
  readonly selectors?: readonly LabelSelector[];
}

export interface RbacBinding {
  readonly kind: string;
  /** Empty for a ClusterRoleBinding. */
  readonly namespace: string;
  readonly name: string;
  readonly source: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly roleKind: string;
  readonly roleName: string;
  readonly subjects: readonly AccessSubject[];
}

/** All of its requirements have to be met; without any it selects everything. */
export type LabelSelector = readonly LabelRequirement[];

export interface LabelRequirement {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

/** The object as people name it: `Role team-1/spark-driver`, `ClusterRole view`. */
export function describeObject({ kind, namespace, name }: { kind: string; namespace: string; name: string }): string {
  return namespace === '' ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

/** The role that a binding names; one of its own namespace, or of the cluster. */
export function roleOf({ roleKind, roleName, namespace }: RbacBinding): {
  kind: string;
  namespace: string;
  name: string;
} {
  return { kind: roleKind, namespace: roleKind === 'Role' ? namespace : '', name: roleName };
}

export function selects(selector: LabelSelector, labels: ReadonlyMap<string, string>): boolean {
  return selector.every(({ key, operator, values }) => {
    const label = labels.get(key);
    switch (operator) {
      case 'In':
        return label !== undefined && values.includes(label);
      case 'NotIn':
        return label === undefined || !values.includes(label);
      case 'Exists':
        return label !== undefined;
      default:
        return label === undefined;
    }
  });
}
