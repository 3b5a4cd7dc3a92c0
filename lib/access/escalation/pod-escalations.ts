import { Escalation, EscalationSeverity, EscalationWay } from './escalation';
import { EscalationCase, Gain } from './escalation-case';
import { ESCALATION_WAYS } from './escalation-ways';
import { isOn, RequestKind, shareObject, UsableRight } from '../rbac/held-rights';

/** Ways into pods, which may run as any account of their namespace. */
const WAYS_INTO_PODS = [
  EscalationWay.CREATE_PODS,
  EscalationWay.WRITE_WORKLOADS,
  EscalationWay.CHANGE_PODS,
  EscalationWay.DEBUG_PODS,
  EscalationWay.ENTER_PODS,
];
/** Those of them that choose what the pod does on its node. */
const WAYS_TO_NODES = [EscalationWay.CREATE_PODS, EscalationWay.WRITE_WORKLOADS, EscalationWay.DEBUG_PODS];

const IMPERSONATION: readonly RequestKind[] = [{ verbs: ['impersonate'], resource: 'serviceaccounts' }];

/** Everything that one of these ways begins with. */
export const ACCOUNT_REQUESTS: readonly RequestKind[] = [
  ...[
    ...WAYS_INTO_PODS,
    EscalationWay.WRITE_APPLICATIONS,
    EscalationWay.CREATE_TOKENS,
    EscalationWay.READ_SECRETS,
    EscalationWay.MAKE_TOKEN_SECRETS,
  ].flatMap((way) => ESCALATION_WAYS[way].requests),
  ...IMPERSONATION,
];

/** The ways that lead to the accounts of one namespace: by its pods, tokens and applications. */
export function accountEscalations(one: EscalationCase, namespace: string): Escalation[] {
  return [
    ...WAYS_INTO_PODS.flatMap((way) => intoPods(one, way, namespace)),
    ...byApplications(one, namespace),
    ...ontoNodes(one, namespace),
    ...byNewTokens(one, namespace),
    ...byStoredTokens(one, namespace),
    ...byNewSecrets(one, namespace),
    ...byImpersonation(one, namespace),
  ];
}

function intoPods(one: EscalationCase, way: EscalationWay, namespace: string): Escalation[] {
  const used = one.held.usable(ESCALATION_WAYS[way].requests, namespace);
  if (used.length === 0) return [];
  return one.gainsFromAccounts(namespace).map((gain) => one.escalation(way, namespace, used, gain));
}

/** Where a guard holds, only subjects that may create applications can change them, and only its accounts run them. */
function byApplications(one: EscalationCase, namespace: string): Escalation[] {
  const used = one.held.usable(ESCALATION_WAYS[EscalationWay.WRITE_APPLICATIONS].requests, namespace);
  if (used.length === 0) return [];
  const guard = one.facts.guardOf(namespace);
  if (guard !== undefined) {
    if (!used.some(({ verb }) => verb === 'create')) return [];
    const gains = one.gainsFromAccounts(namespace, guard.accounts);
    return gains.map((gain) => one.escalation(EscalationWay.WRITE_APPLICATIONS, namespace, used, gain));
  }
  const controllers = one.facts.controllersOf(namespace).map((controller) => one.gainFrom(controller));
  return [
    ...one
      .gainsFromAccounts(namespace)
      .map((gain) => one.escalation(EscalationWay.WRITE_APPLICATIONS, namespace, used, gain)),
    ...controllers
      .filter((gain) => gain !== undefined)
      .map((gain) => one.escalation(EscalationWay.ENTER_CONTROLLER, namespace, used, gain)),
  ];
}

function ontoNodes(one: EscalationCase, namespace: string): Escalation[] {
  if (!one.facts.isOpen(namespace)) return [];
  const isGuarded = one.facts.guardOf(namespace) !== undefined;
  const ways = isGuarded ? WAYS_TO_NODES : [...WAYS_TO_NODES, EscalationWay.WRITE_APPLICATIONS];
  const used = ways.flatMap((way) => one.held.usable(ESCALATION_WAYS[way].requests, namespace));
  if (used.length === 0) return [];
  const gain = `the node of a pod, with all that runs there, since Pod Security does not limit pods of namespace ${namespace}`;
  return [one.escalation(EscalationWay.ENTER_NODES, namespace, used, { gain })];
}

function byNewTokens(one: EscalationCase, namespace: string): Escalation[] {
  const used = one.held.usable(ESCALATION_WAYS[EscalationWay.CREATE_TOKENS].requests, namespace);
  return gainsByName(one, namespace, used).map((gain) =>
    one.escalation(EscalationWay.CREATE_TOKENS, namespace, usedFor(used, gain), gain),
  );
}

function byImpersonation(one: EscalationCase, namespace: string): Escalation[] {
  const used = one.held.usable(IMPERSONATION, namespace);
  return gainsByName(one, namespace, used).map((gain) =>
    one.escalation(EscalationWay.IMPERSONATE, namespace, usedFor(used, gain), gain),
  );
}

/** Secrets that are known to hold a token, and for a subject that may read all Secrets also those that others may create. */
function byStoredTokens(one: EscalationCase, namespace: string): Escalation[] {
  const used = one.held.usable(ESCALATION_WAYS[EscalationWay.READ_SECRETS].requests, namespace);
  if (used.length === 0) return [];
  const found = new Map<string, Escalation>();
  for (const secret of one.facts.tokenSecretsOf(namespace)) {
    const readers = used.filter((right) => isOn(right, secret.name));
    if (readers.length === 0) continue;
    for (const gain of one.gainsFromAccounts(namespace, [secret.account])) {
      found.set(gain.gain, one.escalation(EscalationWay.READ_SECRETS, namespace, readers, gain));
    }
  }
  const readers = used.filter(({ names }) => names.length === 0);
  for (const gain of readers.length === 0 ? [] : one.gainsFromAccounts(namespace)) {
    if (found.has(gain.gain)) continue;
    const unknown = {
      ...gain,
      gain: `${gain.gain}, if a Secret holds its token`,
      severity: EscalationSeverity.MEDIUM,
    };
    found.set(gain.gain, one.escalation(EscalationWay.READ_SECRETS, namespace, readers, unknown));
  }
  return [...found.values()];
}

/** Kubernetes writes the token into any Secret of the right type that names the account. */
function byNewSecrets(one: EscalationCase, namespace: string): Escalation[] {
  const way = EscalationWay.MAKE_TOKEN_SECRETS;
  const creates = one.held.usable(ESCALATION_WAYS[way].requests, namespace);
  if (creates.length === 0) return [];
  const reads = one.held
    .usable(ESCALATION_WAYS[EscalationWay.READ_SECRETS].requests, namespace)
    .filter((read) => creates.some((create) => shareObject(create, read)));
  if (reads.length === 0) return [];
  const used = [...creates, ...reads];
  return one.gainsFromAccounts(namespace).map((gain) => one.escalation(way, namespace, used, gain));
}

function gainsByName(one: EscalationCase, namespace: string, used: readonly UsableRight[]): Gain[] {
  if (used.length === 0) return [];
  const all = used.some(({ names }) => names.length === 0);
  return one.gainsFromAccounts(namespace, all ? undefined : [...new Set(used.flatMap(({ names }) => names))]);
}

function usedFor(used: readonly UsableRight[], { stronger }: Gain): UsableRight[] {
  return used.filter((right) => isOn(right, stronger?.name ?? ''));
}
