import { IConstruct } from 'constructs';
import { AccessAnswer, AccessHolder, AccessQuestion, AccessRequest, AccessSubject } from './rbac/access-question';
import { AccessChange, changesBetween } from './rbac/access-change';
import { describeChain, describeRequest } from './rbac/access-words';
import { Escalation } from './escalation/escalation';
import { EscalationFinder } from './escalation/escalation-finder';
import { findingText } from '../manifests/finding-codes';
import { ManifestFinding } from '../manifests/manifest-finding';
import { manifestsOfApp, manifestsOfObjects, readManifests, SourcedManifest } from '../manifests/manifest-source';
import { chainOf, Grant, namespacesOf, RbacPolicy } from './rbac/rbac-policy';
import { describeSubject, normalSubject, subjectKey } from './rbac/rbac-subjects';
import { checkArguments } from '../problems/property-checks';

const ALMIGHTY_GROUP = 'system:masters';

/**
 * Says who may do what, from roles and bindings alone: before anything is applied, and as the API server would decide it.
 *
 * It knows the manifests that it is given, and the roles `cluster-admin`, `admin`, `edit` and `view` that every cluster has.
 * What a cluster itself grants, to `system:authenticated` for example, counts only if those objects are among the manifests.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export class AccessReview {
  /**
   * Reviews everything that a program writes, or a part of it.
   *
   * @param scope the app, or any construct of it
   */
  public static ofApp(scope: IConstruct): AccessReview {
    checkArguments('AccessReview.ofApp', [scope]);
    return AccessReview._of(manifestsOfApp(scope));
  }

  /**
   * Reviews YAML and JSON files.
   *
   * @param paths files, and folders that stand for all `.yaml`, `.yml` and `.json` files below them
   */
  public static ofFiles(paths: string[]): AccessReview {
    checkArguments('AccessReview.ofFiles', [paths]);
    const { manifests, findings } = readManifests(paths);
    return AccessReview._of(manifests, findings);
  }

  /**
   * Reviews manifests.
   *
   * @param manifests Kubernetes objects, as YAML has them; their source is `manifests[<index>]`
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  public static ofManifests(manifests: { [key: string]: any }[]): AccessReview {
    checkArguments('AccessReview.ofManifests', [manifests]);
    const { manifests: found, findings } = manifestsOfObjects(manifests);
    return AccessReview._of(found, findings);
  }

  /**
   * Says what changed: which subject gained or lost which rights, and where. Sorted by subject, namespace and right. Rights
   * that are only written in another way are no change.
   *
   * @param before the review before the change
   * @param after the review after the change
   */
  public static diff(before: AccessReview, after: AccessReview): AccessChange[] {
    checkArguments('AccessReview.diff', [before, after]);
    return changesBetween(before._policy, after._policy);
  }

  /**
   * @param manifests what to review, in the order in which it is applied
   * @param unread what could not be read
   * @internal
   */
  public static _of(manifests: readonly SourcedManifest[], unread: readonly ManifestFinding[] = []): AccessReview {
    return new AccessReview(manifests, unread);
  }

  /** @internal */
  public readonly _policy: RbacPolicy;
  /** @internal */
  public readonly _findings: readonly ManifestFinding[];
  private escalations?: EscalationFinder;

  private constructor(
    /**
     * What is reviewed.
     *
     * @internal
     */
    public readonly _manifests: readonly SourcedManifest[],
    unread: readonly ManifestFinding[],
  ) {
    this._policy = RbacPolicy.of(_manifests);
    this._findings = [...unread, ...this._policy.findings];
  }

  /**
   * What is wrong with the manifests, with source, object and field, and the consequence: files that cannot be read, objects
   * that the API server refuses, bindings to roles that are not there. The rest is reviewed all the same.
   */
  public get problems(): string[] {
    return this._findings.map(findingText);
  }

  /**
   * The same as data, each with a stable code, so that a test can say which ones it expects. docs/findings.md lists the codes.
   */
  public get findings(): ManifestFinding[] {
    return this._findings.map((finding) => ({ ...finding }));
  }

  /**
   * Asks whether a request is allowed, as a SubjectAccessReview does.
   *
   * Throws an error if the question names neither a resource nor a path, or both.
   *
   * @param question the user and the request
   */
  public can(question: AccessQuestion): AccessAnswer {
    checkArguments('AccessReview.can', [question]);
    checkRequest('can', question);
    if (question.groups?.includes(ALMIGHTY_GROUP) === true) {
      return {
        allowed: true,
        reason: `the group ${ALMIGHTY_GROUP} may do everything, without any binding`,
        chains: [],
      };
    }
    const chains = this._policy.chainsFor(question);
    if (chains.length > 0) return { allowed: true, reason: describeChain(chains[0]), chains };
    return {
      allowed: false,
      reason: `no binding lets ${describeAsker(question)} ${describeRequest(question)}`,
      chains,
    };
  }

  /**
   * Asks who may do something: every subject that a binding names, sorted. Members of a group are not known, so the group
   * stands for them.
   *
   * Throws an error if the request names neither a resource nor a path, or both.
   *
   * @param request what is asked
   */
  public whoCan(request: AccessRequest): AccessHolder[] {
    checkArguments('AccessReview.whoCan', [request]);
    checkRequest('whoCan', request);
    const holders = new Map<string, AccessHolder>();
    for (const namespace of namespacesOf(request)) {
      for (const grant of this._policy.grantsIn(namespace)) {
        const chain = chainOf(grant, request);
        if (chain === undefined) continue;
        const key = subjectKey(grant.subject);
        const holder = holders.get(key) ?? { subject: grant.subject, chains: [] };
        holder.chains.push(chain);
        holders.set(key, holder);
      }
    }
    return [...holders.values()].sort((a, b) => compare(describeSubject(a.subject), describeSubject(b.subject)));
  }

  /**
   * Asks how a subject gets more rights than its own, one step each: by running pods as a stronger account of the namespace,
   * with its token, by binding roles, by impersonation, by webhooks and so on. For the next step, ask again with the stronger
   * subject.
   *
   * A service account also holds what its groups hold (`system:serviceaccounts`, `system:serviceaccounts:<namespace>` and
   * `system:authenticated`); a user and the members of a group also hold what `system:authenticated` holds. A subject that
   * holds everything gets nothing more.
   *
   * @param subject a service account with its namespace, a user or a group
   * @param groups further groups that the subject is in
   */
  public canEscalate(subject: AccessSubject, groups: string[] = []): Escalation[] {
    checkArguments('AccessReview.canEscalate', [subject, groups]);
    this.escalations ??= new EscalationFinder(this._policy, this._manifests);
    return this.escalations.of(subject, groups);
  }

  /**
   * Every subject that a binding names, each once, sorted.
   *
   * @internal
   */
  public _subjects(): AccessSubject[] {
    const subjects = new Map<string, AccessSubject>();
    for (const namespace of this._policy.namespaces) {
      for (const { subject } of this._policy.grantsIn(namespace)) subjects.set(subjectKey(subject), subject);
    }
    return [...subjects.values()].sort((a, b) => compare(describeSubject(a), describeSubject(b)));
  }

  /**
   * Every namespace that a manifest names, sorted.
   *
   * @internal
   */
  public _namespaces(): string[] {
    const names = new Set<string>(this._policy.namespaces);
    for (const { manifest } of this._manifests) {
      const { name, namespace } = (manifest.metadata ?? {}) as { name?: unknown; namespace?: unknown };
      if (typeof namespace === 'string') names.add(namespace);
      if (manifest.kind === 'Namespace' && typeof name === 'string') names.add(name);
    }
    names.delete('');
    return [...names].sort();
  }

  /**
   * What bindings give a subject by its own name; `binding.namespace` is `''` where it holds in all namespaces.
   *
   * @internal
   */
  public _grantsOf(subject: AccessSubject): Grant[] {
    return this._policy.grantsOf(normalSubject(subject));
  }
}

function checkRequest(method: string, { resource, path, verb }: AccessRequest): void {
  if ((resource === undefined) !== (path === undefined)) return;
  throw new Error(
    `AccessReview.${method}: the question to "${verb}" names ${path === undefined ? 'neither a resource nor a path' : `both the resource "${resource}" and the path "${path}"`}; give one of them`,
  );
}

function describeAsker({ user, groups = [] }: AccessQuestion): string {
  return groups.length === 0 ? user : `${user} (groups ${groups.join(', ')})`.trimStart();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
