import { AccessRule, AccessSubject } from '../rbac/access-question';
import { describeRequest } from '../rbac/access-words';
import { Escalation, EscalationSeverity, EscalationWay } from './escalation';
import { EscalationFacts } from './escalation-facts';
import { ESCALATION_WAYS } from './escalation-ways';
import { describeRights, HeldRights, UsableRight } from '../rbac/held-rights';
import { HeldRule } from '../rbac/rbac-aggregation';
import { describeSubject, subjectKey } from '../rbac/rbac-subjects';
import { SubjectRights } from '../rbac/subject-rights';

/** What an escalation gives, and whose it is. */
export interface Gain {
  readonly gain: string;
  readonly stronger?: AccessSubject;
  /** If it is absent, the severity of the way counts. */
  readonly severity?: EscalationSeverity;
}

const EVERYTHING: AccessRule = {
  ...{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
  ...{ resourceNames: [], nonResourceUrls: [] },
};

/** One subject, and what it lacks of what others hold. */
export class EscalationCase {
  public readonly held: HeldRights;
  private readonly gains = new Map<string, Gain | undefined>();

  public constructor(
    public readonly facts: EscalationFacts,
    subject: AccessSubject,
    groups: readonly string[],
  ) {
    this.held = facts.rightsOf(subject, groups);
  }

  /** Whether the subject holds every right on the resources of a namespace, or for `''` of the cluster. */
  public holdsEverything(namespace: string): boolean {
    return this.lacks(namespace, [EVERYTHING]) === undefined;
  }

  /** What it takes to be the other, if the other holds anything that the subject does not. */
  public gainFrom(other: AccessSubject): Gain | undefined {
    const key = subjectKey(other);
    if (this.gains.has(key)) return this.gains.get(key);
    const gain = key === subjectKey(this.held.subject) ? undefined : this.compare(other);
    this.gains.set(key, gain);
    return gain;
  }

  /** The stronger ones among accounts of a namespace: of all, or of those with these names. */
  public gainsFromAccounts(namespace: string, names?: readonly string[]): Gain[] {
    const accounts =
      names?.map((name) => ({ kind: 'ServiceAccount', name, namespace })) ?? this.facts.accountsOf(namespace);
    return accounts.map((account) => this.gainFrom(account)).filter((gain) => gain !== undefined);
  }

  /** What it takes to hold a role in a namespace, if it has anything that the subject does not hold there. */
  public gainFromRules(namespace: string, what: string, rules: readonly HeldRule[]): Gain | undefined {
    const missing = this.lacks(
      namespace,
      rules.map(({ rule }) => rule),
    );
    return missing === undefined ? undefined : { gain: `${what}, among them ${missing}` };
  }

  public escalation(
    way: EscalationWay,
    namespace: string,
    used: readonly UsableRight[],
    { gain, stronger, severity }: Gain,
  ): Escalation {
    const chains = new Map(used.map(({ chain }) => [JSON.stringify([chain.binding, chain.rule]), chain]));
    return {
      way,
      severity: severity ?? ESCALATION_WAYS[way].severity,
      namespace,
      rights: describeRights(used),
      gain,
      stronger: stronger && { ...stronger },
      chains: [...chains.values()],
      remedy: ESCALATION_WAYS[way].remedy,
    };
  }

  private compare(other: AccessSubject): Gain | undefined {
    const [missing] = this.facts.rightsOf(other).rights.beyond(this.held.rights);
    if (missing === undefined) return undefined;
    return {
      gain: `the rights of ${describeSubject(other)}, among them ${describeRequest(missing)}`,
      stronger: other,
    };
  }

  /** The first of these rules' rights that the subject does not hold there. */
  private lacks(namespace: string, rules: readonly AccessRule[]): string | undefined {
    const rights = new SubjectRights();
    for (const rule of rules) rights.add(namespace, rule);
    const [missing] = rights.beyond(this.held.rights);
    return missing === undefined ? undefined : describeRequest(missing);
  }
}
