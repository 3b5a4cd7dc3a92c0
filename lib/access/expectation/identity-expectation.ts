import { throwProblems } from '../../problems/errors';
import { AccessChain, AccessSubject } from '../rbac/access-question';
import { AccessReview } from '../access-review';
import { EscalationWay } from '../escalation/escalation';
import { describeExpected, describeExpectedTarget, describeTarget, ExpectedRight, parseRights } from './expected-right';
import { KnownNames } from './known-names';
import { impliedGroups, normalSubject, subjectKey, userNameOf } from '../rbac/rbac-subjects';
import { describeObject, roleOf } from '../rbac/rbac-objects';
import { overlap, Right, SubjectRights } from '../rbac/subject-rights';
import { checkArguments } from '../../problems/property-checks';

const NOTHING = new SubjectRights();

/** A right that is accepted in addition to those expected. */
interface Exception {
  readonly rights: readonly ExpectedRight[];
  readonly reason: string;
}

/**
 * What one identity may and may not do, as a test states it.
 *
 * A right is written as `VERB[, VERB] RESOURCE[.GROUP][/SUBRESOURCE] ["NAME"] in NAMESPACE`:
 *
 * - `create pods in team-1`, `get, list pods, pods/log in team-1, team-2`
 * - `get secrets "database" in team-1`: that Secret alone
 * - `list secrets in all namespaces`: by a ClusterRoleBinding
 * - `list secrets in any namespace`: in one at least
 * - `get nodes`, `get /metrics`: what is in no namespace
 * - `create workflows.argoproj.io in team-1`: a custom resource has its group; Kubernetes' and the Spark operator's need none
 * - `* secrets in team-1`, `get * in team-1`: any verb, any resource
 *
 * Each method throws an error if it does not hold, with everything that is wrong, and through which binding. What counts is
 * everything that the identity holds, also by its groups.
 */
export class IdentityExpectation {
  /** @internal */
  public static _of(
    review: AccessReview,
    known: KnownNames,
    subject: AccessSubject,
    groups: readonly string[] = [],
  ): IdentityExpectation {
    return new IdentityExpectation(review, known, normalSubject(subject), [...groups], []);
  }

  private readonly groups: readonly string[];
  private readonly held = new SubjectRights();

  private constructor(
    private readonly review: AccessReview,
    private readonly known: KnownNames,
    private readonly subject: AccessSubject,
    private readonly givenGroups: string[],
    private readonly exceptions: readonly Exception[],
  ) {
    this.groups = [...new Set([...impliedGroups(subject), ...givenGroups])];
    const subjects = [subject, ...this.groups.map((name) => ({ kind: 'Group', name }))];
    for (const { binding, rules } of subjects.flatMap((one) => review._grantsOf(one))) {
      for (const { rule } of rules) this.held.add(binding.namespace, rule);
    }
  }

  /**
   * The same identity, but for one right that is known and accepted: `mayNot`, `mayOnly` and `mayOnlyIn` let it pass. Each
   * exception names one right exactly, so it has no `*` and is not in any namespace.
   *
   * @param right such as `get customresourcedefinitions "podgroups.scheduling.volcano.sh"`
   * @param reason why it is accepted, for those who read the test
   * @throws if the right is not held, so that no exception outlives what it was made for
   */
  public except(right: string, reason: string): IdentityExpectation {
    checkArguments('IdentityExpectation.except', [right, reason]);
    const rights = this.read('except', [right]);
    throwProblems('AccessExpectation.except', [
      ...(reason.trim() === '' ? [`right "${right}" has no reason; say why it is accepted`] : []),
      ...(rights.some(isWide) ? [`right "${right}" is not one right; name verb, resource and namespace`] : []),
    ]);
    this.check(this.missing(rights).map((problem) => `${problem}; remove the exception`));
    const exception = { rights, reason };
    const { review, known, subject, givenGroups, exceptions } = this;
    return new IdentityExpectation(review, known, subject, givenGroups, [...exceptions, exception]);
  }

  /**
   * Every one of these rights is held.
   *
   * @param rights such as `create pods in team-1`
   */
  public may(rights: string[]): IdentityExpectation {
    checkArguments('IdentityExpectation.may', [rights]);
    this.check(this.missing(this.read('may', rights)));
    return this;
  }

  /**
   * None of these rights is held, not even on one object by its name, or as a part of a wider right.
   *
   * @param rights such as `get secrets in any namespace`
   */
  public mayNot(rights: string[]): IdentityExpectation {
    checkArguments('IdentityExpectation.mayNot', [rights]);
    const asked = this.read('mayNot', rights);
    const found = this.held
      .beyond(this.excepted())
      .filter((right) => asked.some((one) => overlap(right, one, one.inAnyNamespace)));
    this.check([...this.surplus(found, 'which is not expected'), ...this.unknown()]);
    return this;
  }

  /**
   * These rights are held, all of them and nothing else anywhere.
   *
   * @param rights such as `create pods in team-1`; none says that nothing at all is held
   */
  public mayOnly(rights: string[]): IdentityExpectation {
    checkArguments('IdentityExpectation.mayOnly', [rights]);
    const expected = this.read('mayOnly', rights);
    const allowed = rightsOf([...expected, ...this.exceptions.flatMap(({ rights: accepted }) => accepted)]);
    const problems = expected
      .filter(({ inAnyNamespace }) => inAnyNamespace)
      .map((right) => `right "${describeExpected(right)}" names no namespace; say in which it is held`);
    throwProblems('AccessExpectation.mayOnly', problems);
    this.check([
      ...this.surplus(this.held.beyond(allowed), 'which is not expected'),
      ...this.missing(expected),
      ...this.unknown(),
    ]);
    return this;
  }

  /**
   * All that is held is held in these namespaces: nothing in others, in all of them, or on objects of the cluster.
   *
   * @param namespaces their names
   */
  public mayOnlyIn(namespaces: string[]): IdentityExpectation {
    checkArguments('IdentityExpectation.mayOnlyIn', [namespaces]);
    throwProblems('AccessExpectation.mayOnlyIn', this.known.namespaceProblems(namespaces));
    const outside = this.held.beyond(this.excepted()).filter(({ namespace }) => !namespaces.includes(namespace));
    const unknown = this.unknown((namespace) => !namespaces.includes(namespace));
    const where = namespaces.length === 0 ? 'which is not expected' : `which is outside of ${namespaces.join(', ')}`;
    this.check([...this.surplus(outside, where), ...unknown]);
    return this;
  }

  /** There is no way from what is held to more than that, as `AccessReview.canEscalate` finds them. */
  public cannotEscalate(): IdentityExpectation {
    return this.mayEscalateOnlyBy([]);
  }

  /**
   * There is no way from what is held to more than that but these, which are known and accepted.
   *
   * @param ways the known ones
   */
  public mayEscalateOnlyBy(ways: EscalationWay[]): IdentityExpectation {
    checkArguments('IdentityExpectation.mayEscalateOnlyBy', [ways]);
    const found = this.review
      .canEscalate(this.subject, this.givenGroups)
      .filter(({ way }) => !ways.includes(way))
      .map(
        ({ way, namespace, rights, gain, chains, remedy }) =>
          `can escalate (${way}) by ${rights}${namespace === '' ? '' : ` in ${namespace}`} to ${gain}: ${describeBindings(chains)}; ${remedy}`,
      );
    this.check([...found, ...this.unknown()]);
    return this;
  }

  private read(method: string, texts: readonly string[]): ExpectedRight[] {
    const { rights, problems } = parseRights(texts);
    const namespaces = rights.map(({ namespace }) => namespace).filter((namespace) => namespace !== '');
    throwProblems(`AccessExpectation.${method}`, [...problems, ...this.known.namespaceProblems(namespaces)]);
    return rights;
  }

  private excepted(): SubjectRights {
    return rightsOf(this.exceptions.flatMap(({ rights }) => rights));
  }

  private missing(expected: readonly ExpectedRight[]): string[] {
    const places = this.held.beyond(NOTHING).map(({ namespace }) => namespace);
    const isHeld = (right: Right): boolean => rightsOf([right]).beyond(this.held).length === 0;
    const missing = expected.filter((right) =>
      right.inAnyNamespace ? !places.some((namespace) => isHeld({ ...right, namespace })) : !isHeld(right),
    );
    return merged(missing, (right) => describeExpectedTarget(right)).map(
      ({ verbs, target }) => `may not ${verbs} ${target}, which is expected: no binding gives it`,
    );
  }

  private surplus(rights: readonly Right[], judgement: string): string[] {
    return merged(rights, (right) => `${describeTarget(right)}, ${judgement}: ${this.givenBy(right)}`).map(
      ({ verbs, target }) => `may ${verbs} ${target}`,
    );
  }

  private givenBy({ namespace, verb, apiGroup, resource, name, path }: Right): string {
    const [main, ...rest] = resource.split('/');
    const { chains } = this.review.can({
      ...{ user: this.subject.kind === 'Group' ? '' : userNameOf(this.subject), groups: this.ownGroups() },
      ...(path === undefined ? { apiGroup, resource: main, subresource: rest.join('/') } : { path }),
      ...{ namespace, verb, name },
    });
    return describeBindings(chains);
  }

  private ownGroups(): string[] {
    return this.subject.kind === 'Group' ? [this.subject.name, ...this.groups] : [...this.groups];
  }

  /** Nothing can be ruled out where a binding gives a role that is not known. */
  private unknown(isMeant: (namespace: string) => boolean = () => true): string[] {
    const subjects = [this.subject, ...this.groups.map((name) => ({ kind: 'Group', name }))];
    const keys = new Set(subjects.map(subjectKey));
    return this.review._policy.unresolved
      .filter(({ namespace, subjects: bound }) => isMeant(namespace) && bound.some((one) => keys.has(subjectKey(one))))
      .map(
        (binding) =>
          `has what ${describeObject(roleOf(binding))} allows, which is not known, since it is not among the manifests: ${describeObject(binding)} (${binding.source}) gives it`,
      );
  }

  private check(problems: readonly string[]): void {
    const who = this.describe();
    if (problems.length === 1) throw new Error(`${who} ${problems[0]}`);
    throwProblems(who, problems);
  }

  private describe(): string {
    if (this.subject.kind === 'Group') return `group ${this.subject.name}`;
    const groups = this.givenGroups.length === 0 ? '' : ` (groups ${this.givenGroups.join(', ')})`;
    return `${userNameOf(this.subject)}${groups}`;
  }
}

function isWide({ verb, apiGroup, resource, inAnyNamespace }: ExpectedRight): boolean {
  return inAnyNamespace || [verb, apiGroup, resource].includes('*');
}

function rightsOf(rights: readonly Right[]): SubjectRights {
  const all = new SubjectRights();
  for (const { namespace, verb, apiGroup, resource, name, path } of rights) {
    all.add(namespace, {
      verbs: [verb],
      apiGroups: path === undefined ? [apiGroup] : [],
      resources: path === undefined ? [resource] : [],
      resourceNames: name === undefined ? [] : [name],
      nonResourceUrls: path === undefined ? [] : [path],
    });
  }
  return all;
}

/** One line for each target, with all of its verbs. */
function merged<T extends Right>(
  rights: readonly T[],
  targetOf: (right: T) => string,
): { verbs: string; target: string }[] {
  const verbsOf = new Map<string, string[]>();
  for (const right of rights) {
    const target = targetOf(right);
    verbsOf.set(target, [...(verbsOf.get(target) ?? []), right.verb]);
  }
  return [...verbsOf].map(([target, verbs]) => ({ verbs: verbs.join(', '), target }));
}

function describeBindings(chains: readonly AccessChain[]): string {
  const bindings = chains.map(({ binding, bindingSource }) => `${binding} (${bindingSource})`);
  return `${[...new Set(bindings)].join(' and ')} ${bindings.length > 1 ? 'give' : 'gives'} it`;
}
