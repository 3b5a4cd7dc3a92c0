import { Lazy } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { clusterScoped } from '../../kubernetes/objects';
import { labelsOf, objectName, OperatorIdentity } from './component';
import { operatorRules, OperatorRight } from '../rights/operator-rights';

/** The rights of an account of the operator in one place. */
export interface BoundRights {
  readonly operator: OperatorIdentity;
  readonly component: string;
  /** Asked when the manifests are written: applications may say until then what they need. */
  readonly rights: () => readonly OperatorRight[];
}

/** Gives the rights in one namespace. */
export function bindInNamespace(scope: Construct, namespace: string, bound: BoundRights): void {
  const { operator, component } = bound;
  const metadata = { name: objectName(operator, component), namespace, labels: labelsOf(operator, component) };
  const role = new k8s.KubeRole(scope, `${component}-role`, { metadata, rules: rulesOf(bound) });
  new k8s.KubeRoleBinding(scope, `${component}-role-binding`, {
    metadata,
    roleRef: reference(role),
    subjects: subjectsOf(bound),
  });
}

/** Gives the rights in the whole cluster. */
export function bindInCluster(scope: Construct, bound: BoundRights): void {
  const { operator, component } = bound;
  const metadata = { name: objectName(operator, component), labels: labelsOf(operator, component) };
  const role = clusterScoped(
    new k8s.KubeClusterRole(scope, `${component}-cluster-role`, { metadata, rules: rulesOf(bound) }),
  );
  clusterScoped(
    new k8s.KubeClusterRoleBinding(scope, `${component}-cluster-role-binding`, {
      metadata,
      roleRef: reference(role),
      subjects: subjectsOf(bound),
    }),
  );
}

function rulesOf({ rights }: BoundRights): k8s.PolicyRule[] {
  return Lazy.any({ produce: () => operatorRules(rights()) }) as k8s.PolicyRule[];
}

function reference({ apiGroup, kind, name }: { apiGroup: string; kind: string; name: string }): k8s.RoleRef {
  return { apiGroup, kind, name };
}

function subjectsOf({ operator, component }: BoundRights): k8s.Subject[] {
  return [{ kind: 'ServiceAccount', name: objectName(operator, component), namespace: operator.namespace }];
}
