import { AccessChain, AccessQuestion, AccessRequest, AccessRule, AccessSubject } from './access-question';
import { BUILT_IN_ROLES } from './built-in-roles';
import { Aggregation, HeldRule } from './rbac-aggregation';
import { FindingCode } from '../../manifests/finding-codes';
import { ManifestFinding } from '../../manifests/manifest-finding';
import { SourcedManifest } from '../../manifests/manifest-source';
import { describeObject, RbacBinding, RbacRole, roleOf } from './rbac-objects';
import { RbacReader } from './rbac-reader';
import { allows } from './rbac-rules';
import { groupKey, normalSubject, subjectKey, userKey } from './rbac-subjects';

const ROLE_NOT_FOUND: FindingCode = 'role-not-found';
const KUBERNETES_ROLE_NOT_FOUND: FindingCode = 'kubernetes-role-not-found';
const AGGREGATION_CYCLE: FindingCode = 'aggregation-cycle';

/** What one binding gives to one of its subjects. */
export interface Grant {
  readonly subject: AccessSubject;
  readonly binding: RbacBinding;
  readonly role: RbacRole;
  readonly rules: readonly HeldRule[];
}

/**
 * What the roles and bindings of some manifests say, together with the roles that every cluster has. Everything that asks
 * about rights reads it here.
 */
export class RbacPolicy {
  /** Reads the roles and bindings among manifests. */
  public static of(manifests: readonly SourcedManifest[]): RbacPolicy {
    const { roles, bindings, findings } = new RbacReader(manifests);
    const names = new Set(roles.map(describeObject));
    const builtIn = BUILT_IN_ROLES.filter((role) => !names.has(describeObject(role)));
    return new RbacPolicy([...roles, ...builtIn], bindings, findings);
  }

  /** What is wrong with roles and bindings, and bindings that grant nothing, or not for certain. */
  public readonly findings: ManifestFinding[];
  /** Bindings to roles that are not known. */
  public readonly unresolved: readonly RbacBinding[];
  /** By namespace, then by subject; the namespace of a ClusterRoleBinding is `''`. */
  private readonly grants = new Map<string, Map<string, Grant[]>>();

  private readonly aggregation: Aggregation;

  private constructor(
    /** The roles of the manifests and of Kubernetes, also those that no binding names. */
    public readonly roles: readonly RbacRole[],
    public readonly bindings: readonly RbacBinding[],
    findings: readonly ManifestFinding[],
  ) {
    const rolesByName = new Map(roles.map((role) => [describeObject(role), role]));
    const unresolved: RbacBinding[] = [];
    this.findings = [...findings];
    this.aggregation = new Aggregation(roles.filter(({ kind }) => kind === 'ClusterRole'));
    for (const binding of bindings) {
      const reference = describeObject(roleOf(binding));
      const role = rolesByName.get(reference);
      if (role === undefined) {
        unresolved.push(binding);
        const isOfKubernetes = binding.roleName.startsWith('system:');
        this.findings.push({
          ...{ source: binding.source, object: describeObject(binding), path: 'roleRef' },
          code: isOfKubernetes ? KUBERNETES_ROLE_NOT_FOUND : ROLE_NOT_FOUND,
          message: `${reference} is not among the manifests, so its rules are not known and count for nothing`,
        });
      } else this.add(binding, role, this.rulesOf(role));
    }
    for (const role of roles) this.checkCycle(role, this.aggregation.rivalsOf(role));
    this.unresolved = unresolved;
  }

  /** What a role allows, with what it aggregates. */
  public rulesOf(role: RbacRole): readonly HeldRule[] {
    return this.aggregation.rulesOf(role);
  }

  /** The namespaces of the bindings, `''` for those of the whole cluster. */
  public get namespaces(): string[] {
    return [...this.grants.keys()];
  }

  public grantsIn(namespace: string): Grant[] {
    return [...(this.grants.get(namespace)?.values() ?? [])].flat();
  }

  /** What a subject is given by its own name; what its groups are given is theirs. */
  public grantsOf(subject: AccessSubject): Grant[] {
    const key = subjectKey(subject);
    return [...this.grants.values()].flatMap((bySubject) => bySubject.get(key) ?? []);
  }

  /** One chain for each binding that allows it, those of the whole cluster first. */
  public chainsFor(question: AccessQuestion): AccessChain[] {
    const keys = [userKey(question.user), ...(question.groups ?? []).map(groupKey)];
    const chains = new Map<RbacBinding, AccessChain>();
    for (const namespace of namespacesOf(question)) {
      const bySubject = this.grants.get(namespace);
      if (bySubject === undefined) continue;
      for (const key of keys) {
        for (const grant of bySubject.get(key) ?? []) {
          if (chains.has(grant.binding)) continue;
          const chain = chainOf(grant, question);
          if (chain !== undefined) chains.set(grant.binding, chain);
        }
      }
    }
    return [...chains.values()];
  }

  private add(binding: RbacBinding, role: RbacRole, rules: readonly HeldRule[]): void {
    let bySubject = this.grants.get(binding.namespace);
    if (bySubject === undefined) this.grants.set(binding.namespace, (bySubject = new Map()));
    for (const subject of binding.subjects) {
      const key = subjectKey(subject);
      const grant = { subject: normalSubject(subject), binding, role, rules };
      const known = bySubject.get(key);
      if (known === undefined) bySubject.set(key, [grant]);
      else known.push(grant);
    }
  }

  private checkCycle(role: RbacRole, rivals: readonly RbacRole[]): void {
    if (rivals.length === 0) return;
    const names = rivals.map(({ name }) => name).join(', ');
    this.findings.push({
      ...{ source: role.source, object: describeObject(role), path: '', code: AGGREGATION_CYCLE },
      message: `aggregates in a circle with ${names}; which of their own rules stay is a matter of timing, so all are taken; write rules into roles that do not aggregate`,
    });
  }
}

/** The way from a grant's subject to what is asked, if it allows it. */
export function chainOf({ subject, binding, role, rules }: Grant, request: AccessRequest): AccessChain | undefined {
  const held = rules.find(({ rule }) => allows(rule, request));
  if (held === undefined) return undefined;
  return {
    subject: { ...subject },
    binding: describeObject(binding),
    bindingSource: binding.source,
    role: describeObject(role),
    roleSource: role.source,
    aggregatedFrom: held.from === role ? undefined : describeObject(held.from),
    rule: copyOf(held.rule),
  };
}

/** Where bindings can allow a request: in the whole cluster, and for a resource of a namespace also there. */
export function namespacesOf({ path, namespace = '' }: AccessRequest): string[] {
  return path !== undefined || namespace === '' ? [''] : ['', namespace];
}

function copyOf(rule: AccessRule): AccessRule {
  return {
    verbs: [...rule.verbs],
    apiGroups: [...rule.apiGroups],
    resources: [...rule.resources],
    resourceNames: [...rule.resourceNames],
    nonResourceUrls: [...rule.nonResourceUrls],
  };
}
