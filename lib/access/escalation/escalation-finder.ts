import { AccessSubject } from '../rbac/access-question';
import { Escalation, EscalationWay } from './escalation';
import { EscalationCase } from './escalation-case';
import { EscalationFacts } from './escalation-facts';
import { SourcedManifest } from '../../manifests/manifest-source';
import { ACCOUNT_REQUESTS, accountEscalations } from './pod-escalations';
import { clusterEscalations, namespaceEscalations } from './power-escalations';
import { RbacPolicy } from '../rbac/rbac-policy';
import { describeSubject } from '../rbac/rbac-subjects';

const ALMIGHTY_GROUP = 'system:masters';
const ORDER = Object.values(EscalationWay);

/**
 * Finds the ways from the rights of a subject to more than them, one step each.
 *
 * What counts as more is compared right by right: an account that holds nothing more is no gain. Rights that hold only in one
 * namespace are looked at there; those of the whole cluster in every namespace, but listed once where they give the same
 * everywhere.
 */
export class EscalationFinder {
  private readonly facts: EscalationFacts;

  public constructor(policy: RbacPolicy, manifests: readonly SourcedManifest[]) {
    this.facts = new EscalationFacts(policy, manifests);
  }

  /** @param groups that the subject is in, beyond those that it is in anyway */
  public of(subject: AccessSubject, groups: readonly string[] = []): Escalation[] {
    const names = subject.kind === 'Group' ? [subject.name, ...groups] : groups;
    if (names.includes(ALMIGHTY_GROUP)) return [];
    const one = new EscalationCase(this.facts, subject, groups);
    if (one.holdsEverything('')) return [];
    const own = one.held.namespaces.filter((namespace) => namespace !== '');
    const reachesAll = one.held.usable(ACCOUNT_REQUESTS, '').length > 0;
    const places = reachesAll ? new Set([...own, ...this.facts.namespaces]) : own;
    const everywhere = namespaceEscalations(one, '');
    const listed = new Set(everywhere.map(({ way, rights }) => `${way} ${rights}`));
    const escalations = [
      ...clusterEscalations(one),
      ...everywhere,
      ...own
        .flatMap((namespace) => namespaceEscalations(one, namespace))
        .filter(({ way, rights }) => !listed.has(`${way} ${rights}`)),
      ...[...places].flatMap((namespace) => accountEscalations(one, namespace)),
    ];
    return escalations
      .map((escalation) => ({ escalation, place: placeOf(escalation) }))
      .sort(byPlace)
      .map(({ escalation }) => escalation);
  }
}

/** By way, then namespace, then who is stronger. */
function placeOf({ way, namespace, stronger, gain }: Escalation): string {
  const rank = String(ORDER.indexOf(way)).padStart(2, '0');
  return [rank, namespace, stronger === undefined ? '' : describeSubject(stronger), gain].join('\n');
}

function byPlace(a: { place: string }, b: { place: string }): number {
  return a.place < b.place ? -1 : 1;
}
