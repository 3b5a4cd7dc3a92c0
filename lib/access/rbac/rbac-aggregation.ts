import { AccessRule } from './access-question';
import { RbacRole, selects } from './rbac-objects';

/** A rule that a role has, and the role whose own rule it is. */
export interface HeldRule {
  readonly rule: AccessRule;
  readonly from: RbacRole;
}

/**
 * The rules of the cluster roles, as the controller fills those that aggregate: with the rules of all that they select,
 * through chains and cycles. One that is given nothing keeps the rules that it was written with.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles
 */
export class Aggregation {
  private readonly held = new Map<RbacRole, readonly HeldRule[]>();
  private readonly selected = new Map<RbacRole, readonly RbacRole[]>();
  private readonly reached = new Map<RbacRole, ReadonlySet<RbacRole>>();

  public constructor(private readonly clusterRoles: readonly RbacRole[]) {}

  public rulesOf(role: RbacRole): readonly HeldRule[] {
    const known = this.held.get(role);
    if (known !== undefined) return known;
    const rules = role.selectors === undefined ? ownRules(role) : this.aggregatedRules(role);
    this.held.set(role, rules);
    return rules;
  }

  /**
   * The other roles of a circle in which timing decides whose written rules stay: the timing of the controller, and of the
   * client that applies the roles. Empty where timing does not matter.
   */
  public rivalsOf(role: RbacRole): RbacRole[] {
    const { cycle, given } = this.circleOf(role);
    const written = cycle.filter(({ rules }) => rules.length > 0);
    if (cycle.length === 1 || written.length + Math.min(given.length, 1) < 2) return [];
    const all = distinct(this.rulesOf(role).map(({ rule }) => rule));
    const isSettled = cycle.every(({ rules }) => distinct(rules).size === all.size);
    return isSettled ? [] : cycle.filter((one) => one !== role);
  }

  private aggregatedRules(role: RbacRole): readonly HeldRule[] {
    const { cycle, given } = this.circleOf(role);
    // In a circle, written rules come back by way of the others before they are lost; not always, but the most that can be counts.
    return cycle.length > 1 || given.length === 0 ? [...given, ...cycle.flatMap(ownRules)] : given;
  }

  /** The roles that aggregate each other, and the rules that all others give them. */
  private circleOf(role: RbacRole): { cycle: RbacRole[]; given: HeldRule[] } {
    const reached = [...this.reachOf(role)];
    const cycle = [role, ...reached.filter((other) => other !== role && this.reachOf(other).has(role))];
    const given = new Set(reached.filter((other) => !cycle.includes(other)).flatMap((other) => this.rulesOf(other)));
    return { cycle, given: [...given] };
  }

  private reachOf(role: RbacRole): ReadonlySet<RbacRole> {
    const known = this.reached.get(role);
    if (known !== undefined) return known;
    const reach = new Set<RbacRole>();
    const open = [role];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const other of this.selectedBy(next)) {
        if (reach.has(other)) continue;
        reach.add(other);
        open.push(other);
      }
    }
    this.reached.set(role, reach);
    return reach;
  }

  private selectedBy(role: RbacRole): readonly RbacRole[] {
    const known = this.selected.get(role);
    if (known !== undefined) return known;
    const selectors = role.selectors ?? [];
    const selected = this.clusterRoles.filter(({ labels }) => selectors.some((selector) => selects(selector, labels)));
    this.selected.set(role, selected);
    return selected;
  }
}

function ownRules(role: RbacRole): HeldRule[] {
  return role.rules.map((rule) => ({ rule, from: role }));
}

function distinct(rules: readonly AccessRule[]): Set<string> {
  return new Set(rules.map((rule) => JSON.stringify(rule)));
}
