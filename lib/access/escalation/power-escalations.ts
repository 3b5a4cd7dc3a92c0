import { AccessSubject } from '../rbac/access-question';
import { Escalation, EscalationSeverity, EscalationWay } from './escalation';
import { byConstrainedImpersonation } from './constrained-impersonation';
import { EscalationCase, Gain } from './escalation-case';
import { CHANGE, CLUSTER_GAINS, ESCALATION_WAYS, SECOND_RIGHTS, SIGNERS_OF_USERS } from './escalation-ways';
import { isOn, RequestKind, shareObject, UsableRight } from '../rbac/held-rights';
import { describeObject } from '../rbac/rbac-objects';
import { normalSubject } from '../rbac/rbac-subjects';

const RBAC = 'rbac.authorization.k8s.io';
const ALMIGHTY_GROUP = 'system:masters';

/**
 * The ways that lead to the power over a namespace, or for `''` over all of them: by roles, by its labels, by the network and
 * by what admission policies read.
 */
export function namespaceEscalations(one: EscalationCase, namespace: string): Escalation[] {
  return [
    ...byBinding(one, namespace, SECOND_RIGHTS.writeRoleBindings, ['roles', 'clusterroles']),
    ...byWritingRoles(one, namespace, 'roles', SECOND_RIGHTS.writeRoles),
    ...byPorts(one, namespace),
    ...byLabels(one, namespace),
    ...byParameters(one, namespace),
  ];
}

/** The ways on objects of the cluster. */
export function clusterEscalations(one: EscalationCase): Escalation[] {
  return [
    ...byBinding(one, '', SECOND_RIGHTS.writeClusterRoleBindings, ['clusterroles']),
    ...byWritingRoles(one, '', 'clusterroles', SECOND_RIGHTS.writeClusterRoles),
    ...byImpersonation(one),
    ...byConstrainedImpersonation(one),
    ...byCertificates(one),
    ...CLUSTER_GAINS.flatMap(({ way, gain }) => byRights(one, way, '', { gain })),
  ];
}

function byRights(one: EscalationCase, way: EscalationWay, namespace: string, gain: Gain): Escalation[] {
  const used = one.held.usable(ESCALATION_WAYS[way].requests, namespace);
  return used.length === 0 ? [] : [one.escalation(way, namespace, used, gain)];
}

/** Without the verb `bind`, the API server lets a subject bind only what it holds itself. */
function byBinding(
  one: EscalationCase,
  namespace: string,
  writeBindings: readonly RequestKind[],
  kinds: readonly string[],
): Escalation[] {
  const writes = one.held.usable(writeBindings, namespace);
  if (writes.length === 0) return [];
  return kinds.flatMap((resource) => {
    const binds = one.held.usable([{ verbs: ['bind'], apiGroup: RBAC, resource }], namespace);
    if (binds.length === 0) return [];
    const used = [...binds, ...writes];
    return gainsFromRoles(one, namespace, resource, binds, writeBindings[0].resource === 'clusterrolebindings').map(
      (gain) => one.escalation(EscalationWay.BIND_ROLES, namespace, used, gain),
    );
  });
}

function gainsFromRoles(
  one: EscalationCase,
  namespace: string,
  resource: string,
  binds: readonly UsableRight[],
  inCluster: boolean,
): Gain[] {
  const place = inCluster ? 'in the cluster' : placeWords(namespace);
  const isAny = binds.some(({ names }) => names.length === 0);
  // Every cluster has the role cluster-admin.
  if (isAny && resource === 'clusterroles') {
    return one.holdsEverything(namespace) ? [] : [{ gain: `every right ${place}` }];
  }
  const kind = resource === 'roles' ? 'Role' : 'ClusterRole';
  const known = one.facts.policy.roles.filter(
    (role) =>
      role.kind === kind &&
      (kind === 'ClusterRole' || namespace === '' || role.namespace === namespace) &&
      binds.some((right) => isOn(right, role.name)),
  );
  const gains = known.map((role) =>
    one.gainFromRules(
      role.namespace === '' ? namespace : role.namespace,
      `the rights of ${describeObject(role)} ${role.namespace === '' ? place : ''}`.trimEnd(),
      one.facts.policy.rulesOf(role),
    ),
  );
  const unknown = new Set(binds.flatMap(({ names }) => names));
  for (const { name } of known) unknown.delete(name);
  return [
    ...gains.filter((gain) => gain !== undefined),
    ...[...unknown].map((name) => ({
      gain: `the rights of ${kind} ${name} ${place}, which are not known: it is not among the manifests`,
      severity: EscalationSeverity.MEDIUM,
    })),
  ];
}

function byWritingRoles(
  one: EscalationCase,
  namespace: string,
  resource: string,
  writeRoles: readonly RequestKind[],
): Escalation[] {
  const writes = one.held.usable(writeRoles, namespace);
  const escalates = one.held
    .usable([{ verbs: ['escalate'], apiGroup: RBAC, resource }], namespace)
    .filter((right) => writes.some((write) => shareObject(right, write)));
  if (escalates.length === 0 || one.holdsEverything(namespace)) return [];
  const place = resource === 'clusterroles' ? 'in the cluster' : placeWords(namespace);
  const used = [...escalates, ...writes];
  return [one.escalation(EscalationWay.ESCALATE_ROLES, namespace, used, { gain: `every right ${place}` })];
}

function byPorts(one: EscalationCase, namespace: string): Escalation[] {
  return byRights(one, EscalationWay.REACH_PORTS, namespace, {
    gain: `connections to ports of pods ${placeWords(namespace)}, whatever network policies say`,
  });
}

function byLabels(one: EscalationCase, namespace: string): Escalation[] {
  const way = EscalationWay.RELABEL_NAMESPACES;
  const used = one.held
    .usable(ESCALATION_WAYS[way].requests, namespace)
    .filter((right) => namespace === '' || isOn(right, namespace));
  if (used.length === 0) return [];
  return [
    one.escalation(way, namespace, used, { gain: `pods without the limits of Pod Security ${placeWords(namespace)}` }),
  ];
}

function byParameters(one: EscalationCase, namespace: string): Escalation[] {
  const used = one.facts.policyParameters
    .filter((parameters) => namespace === '' || parameters.namespace === namespace)
    .flatMap(({ apiGroup, resource, name }) =>
      one.held.usable([{ verbs: CHANGE, apiGroup, resource }], namespace).filter((right) => isOn(right, name)),
    );
  if (used.length === 0) return [];
  const gain = `requests that admission policies refuse, by changing their parameters ${placeWords(namespace)}`;
  return [one.escalation(EscalationWay.WEAKEN_POLICIES, namespace, used, { gain })];
}

/** A request that sets a group or a field names a user or an account too. */
function byImpersonation(one: EscalationCase): Escalation[] {
  const users = one.held.usable([{ verbs: ['impersonate'], resource: 'users' }], '');
  const accounts = one.held.namespaces.flatMap((namespace) =>
    one.held.usable([{ verbs: ['impersonate'], resource: 'serviceaccounts' }], namespace),
  );
  if (users.length + accounts.length === 0) return [];
  const groups = one.held.usable([{ verbs: ['impersonate'], resource: 'groups' }], '');
  return [
    ...byNames(one, 'User', users, 'every user'),
    ...byNames(one, 'Group', groups, `every group, also of ${ALMIGHTY_GROUP}, which may do everything`),
    ...byRights(one, EscalationWay.IMPERSONATE_FIELDS, '', {
      gain: 'requests under the UID or with the extra fields of others, which webhooks and other authorizers may trust',
    }),
  ];
}

function byNames(one: EscalationCase, kind: string, used: readonly UsableRight[], all: string): Escalation[] {
  const way = EscalationWay.IMPERSONATE;
  const unlimited = used.filter(({ names }) => names.length === 0);
  if (unlimited.length > 0) return [one.escalation(way, '', unlimited, { gain: `the rights of ${all}` })];
  return [...new Set(used.flatMap(({ names }) => names))].flatMap((name) => {
    const rights = used.filter((right) => isOn(right, name));
    const gain = gainAs(one, { kind, name });
    return gain === undefined ? [] : [one.escalation(way, '', rights, gain)];
  });
}

function gainAs(one: EscalationCase, subject: AccessSubject): Gain | undefined {
  if (subject.kind === 'Group' && subject.name === ALMIGHTY_GROUP) {
    return { gain: 'every right in the cluster', stronger: subject };
  }
  // A user name of an account is asked for as an account.
  return normalSubject(subject).kind === subject.kind ? one.gainFrom(subject) : undefined;
}

function byCertificates(one: EscalationCase): Escalation[] {
  const way = EscalationWay.APPROVE_CERTIFICATES;
  const approvals = one.held.usable(ESCALATION_WAYS[way].requests, '');
  const signers = one.held
    .usable(SECOND_RIGHTS.approve, '')
    .filter((right) => SIGNERS_OF_USERS.some((signer) => isOn(right, signer)));
  if (approvals.length === 0 || signers.length === 0) return [];
  const gain = 'the rights of every user, by a client certificate in his name';
  return [one.escalation(way, '', [...approvals, ...signers], { gain })];
}

function placeWords(namespace: string): string {
  return namespace === '' ? 'in all namespaces' : `in namespace ${namespace}`;
}
