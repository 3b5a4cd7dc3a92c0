import { AccessSubject } from '../rbac/access-question';
import {
  AdmissionGuards,
  admissionGuards,
  GuardedNamespace,
  PolicyParameters,
  policyParameters,
} from './admission-guards';
import { HeldRights } from '../rbac/held-rights';
import { groupKey, impliedGroups, normalSubject, subjectKey } from '../rbac/rbac-subjects';
import { textOf } from '../../manifests/manifest-fields';
import { Manifest, SourcedManifest } from '../../manifests/manifest-source';
import { Grant, RbacPolicy } from '../rbac/rbac-policy';
import { sparkIdentities } from '../rbac/spark-identities';

/** A Secret that holds the token of an account. */
export interface TokenSecret {
  readonly name: string;
  readonly account: string;
}

/** What the manifests say about all subjects and namespaces, found once for every subject that is looked at. */
export class EscalationFacts {
  /** Objects that admission policies read. */
  public readonly policyParameters: PolicyParameters[];
  private readonly grants = new Map<string, Grant[]>();
  private readonly accounts = new Map<string, AccessSubject[]>();
  private readonly held = new Map<string, HeldRights>();
  private readonly tokenSecrets = new Map<string, TokenSecret[]>();
  private readonly podSecurity = new Map<string, string>();
  private readonly namespaceNames = new Set<string>();
  private readonly guards: AdmissionGuards;
  private readonly controllers = new Map<string, AccessSubject[]>();

  public constructor(
    public readonly policy: RbacPolicy,
    manifests: readonly SourcedManifest[],
  ) {
    for (const { manifest } of manifests) this.read(manifest);
    for (const namespace of policy.namespaces) {
      this.namespaceNames.add(namespace);
      for (const grant of policy.grantsIn(namespace)) this.addGrant(grant);
    }
    this.namespaceNames.delete('');
    this.guards = admissionGuards(manifests);
    this.policyParameters = policyParameters(manifests);
    for (const { role, subject, namespaces } of sparkIdentities(policy, manifests)) {
      if (role !== 'operator-controller') continue;
      for (const namespace of namespaces) push(this.controllers, namespace, subject);
    }
  }

  /** Every namespace that a manifest names. */
  public get namespaces(): string[] {
    return [...this.namespaceNames];
  }

  /** @param groups that the subject is known to be in, beyond those that it is in anyway */
  public rightsOf(subject: AccessSubject, groups: readonly string[] = []): HeldRights {
    const keys = [subjectKey(subject), ...[...impliedGroups(subject), ...groups].map(groupKey)];
    const cached = JSON.stringify(keys);
    const known = this.held.get(cached);
    if (known !== undefined) return known;
    const grants = [...new Set(keys)].flatMap((key) => this.grants.get(key) ?? []);
    const found = new HeldRights(normalSubject(subject), grants);
    this.held.set(cached, found);
    return found;
  }

  /** The accounts of a namespace that have a right of their own, and `default` for all that have none. */
  public accountsOf(namespace: string): AccessSubject[] {
    const named = this.accounts.get(namespace) ?? [];
    if (named.some(({ name }) => name === 'default')) return named;
    return [...named, { kind: 'ServiceAccount', name: 'default', namespace }];
  }

  public tokenSecretsOf(namespace: string): readonly TokenSecret[] {
    return this.tokenSecrets.get(namespace) ?? [];
  }

  public guardOf(namespace: string): GuardedNamespace | undefined {
    return this.guards.guardOf(namespace);
  }

  /** The accounts of operators that submit the applications of a namespace. */
  public controllersOf(namespace: string): AccessSubject[] {
    const found = [...(this.controllers.get(namespace) ?? []), ...(this.controllers.get('') ?? [])];
    return [...new Map(found.map((subject) => [subjectKey(subject), subject])).values()];
  }

  /** Whether the manifests show a namespace where Pod Security lets pods onto the node. */
  public isOpen(namespace: string): boolean {
    return this.podSecurity.get(namespace) === 'privileged';
  }

  private addGrant(grant: Grant): void {
    const { subject } = grant;
    const key = subjectKey(subject);
    if (subject.kind === 'ServiceAccount' && !this.grants.has(key)) {
      this.namespaceNames.add(subject.namespace ?? '');
      push(this.accounts, subject.namespace ?? '', subject);
    }
    push(this.grants, key, grant);
  }

  private read(object: Manifest): void {
    const name = textOf(object, 'metadata', 'name') ?? '';
    const namespace = textOf(object, 'metadata', 'namespace');
    if (namespace !== undefined) this.namespaceNames.add(namespace);
    if (object.kind === 'Namespace') {
      this.namespaceNames.add(name);
      const level = textOf(object, 'metadata', 'labels', 'pod-security.kubernetes.io/enforce');
      this.podSecurity.set(name, level ?? 'privileged');
    }
    if (object.kind === 'Secret' && object.type === 'kubernetes.io/service-account-token') {
      const account = textOf(object, 'metadata', 'annotations', 'kubernetes.io/service-account.name');
      if (account !== undefined) push(this.tokenSecrets, namespace ?? 'default', { name, account });
    }
  }
}

function push<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
