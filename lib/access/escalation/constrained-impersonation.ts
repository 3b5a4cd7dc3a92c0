import { AccessSubject } from '../rbac/access-question';
import { describeRequest, describeResource } from '../rbac/access-words';
import { isOn, UsableRight } from '../rbac/held-rights';
import { chainOf, Grant } from '../rbac/rbac-policy';
import { describeSubject, subjectKey } from '../rbac/rbac-subjects';
import { overlap, Right } from '../rbac/subject-rights';
import { Escalation, EscalationWay } from './escalation';
import { EscalationCase, Gain } from './escalation-case';

const API_GROUP = 'authentication.k8s.io';

/** The identity in whose name a request is made, and the verbs for it. */
type Mode = 'user-info' | 'serviceaccount';

/** A request that a subject may make as another. */
interface OnBehalf {
  readonly right: Right;
  readonly used: UsableRight;
}

/**
 * Since Kubernetes 1.36 a request as another takes two rights: one on whom, and one on what, which need not be held otherwise.
 * Together they give what the other holds of that.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/
 */
export function byConstrainedImpersonation(one: EscalationCase): Escalation[] {
  const users = usable(one, 'user-info', 'users', '');
  const groups = users.length === 0 ? [] : usable(one, 'user-info', 'groups', '');
  const asUsers = onBehalf(one, 'user-info');
  const asAccounts = onBehalf(one, 'serviceaccount');
  return [
    ...inTheNameOf(one, '', asUsers, users, (name) => ({ kind: 'User', name }), 'every user'),
    ...inTheNameOf(one, '', asUsers, groups, (name) => ({ kind: 'Group', name }), 'every group'),
    ...one.held.namespaces.flatMap((namespace) =>
      inTheNameOf(
        one,
        namespace,
        asAccounts,
        usable(one, 'serviceaccount', 'serviceaccounts', namespace),
        (name) => ({ kind: 'ServiceAccount', namespace, name }),
        namespace === '' ? 'every service account' : `every service account of namespace ${namespace}`,
      ),
    ),
  ];
}

function usable(one: EscalationCase, mode: Mode, resource: string, namespace: string): UsableRight[] {
  return one.held.usable([{ verbs: [`impersonate:${mode}`], apiGroup: API_GROUP, resource }], namespace);
}

function inTheNameOf(
  one: EscalationCase,
  namespace: string,
  requests: readonly OnBehalf[],
  used: readonly UsableRight[],
  subjectOf: (name: string) => AccessSubject,
  all: string,
): Escalation[] {
  if (used.length === 0 || requests.length === 0) return [];
  const way = EscalationWay.IMPERSONATE;
  const unlimited = used.filter(({ names }) => names.length === 0);
  if (unlimited.length > 0) {
    const gain = `what ${all} may do of ${described(requests)}`;
    return [one.escalation(way, namespace, [...unlimited, ...requests.map((request) => request.used)], { gain })];
  }
  return [...new Set(used.flatMap(({ names }) => names))].flatMap((name) => {
    const found = gainAs(one, subjectOf(name), requests);
    if (found === undefined) return [];
    const rights = [...used.filter((right) => isOn(right, name)), ...found.requests.map((request) => request.used)];
    return [one.escalation(way, namespace, rights, found.gain)];
  });
}

/** What the other holds, the impersonator does not, and the requests are for. */
function gainAs(
  one: EscalationCase,
  subject: AccessSubject,
  requests: readonly OnBehalf[],
): { gain: Gain; requests: OnBehalf[] } | undefined {
  if (subjectKey(subject) === subjectKey(one.held.subject)) return undefined;
  const missing = one.facts.rightsOf(subject).rights.beyond(one.held.rights);
  const good = requests.filter(({ right }) => missing.some((other) => isFor(right, other)));
  const first = missing.find((other) => good.some(({ right }) => isFor(right, other)));
  if (first === undefined) return undefined;
  const gain = `what ${describeSubject(subject)} may do of ${described(good)}, among that ${describeRequest(first)}`;
  return { gain: { gain, stronger: subject }, requests: good };
}

function isFor(request: Right, right: Right): boolean {
  return overlap(right, request, request.namespace === '');
}

/** Everything that may be asked for in the name of another, wherever. */
function onBehalf(one: EscalationCase, mode: Mode): OnBehalf[] {
  const prefix = `impersonate-on:${mode}:`;
  return one.held.namespaces.flatMap((namespace) =>
    one.held.grantsIn(namespace).flatMap((grant) =>
      grant.rules.flatMap(({ rule }) =>
        rule.verbs
          .filter((verb) => verb.startsWith(prefix))
          .flatMap((verb) =>
            rule.apiGroups.flatMap((apiGroup) =>
              rule.resources.flatMap((resource) =>
                (rule.resourceNames.length === 0 ? [undefined] : rule.resourceNames).flatMap((name) => {
                  const right = { namespace, verb: verb.slice(prefix.length), apiGroup, resource, name };
                  return requestOf(grant, verb, right);
                }),
              ),
            ),
          ),
      ),
    ),
  );
}

function requestOf(grant: Grant, verb: string, right: Right): OnBehalf[] {
  const { namespace, apiGroup, resource, name } = right;
  const [main, ...rest] = resource.split('/');
  const chain = chainOf(grant, { verb, apiGroup, resource: main, subresource: rest.join('/'), name, namespace });
  if (chain === undefined) return [];
  const names = name === undefined ? [] : [name];
  return [{ right, used: { verb, resource: describeResource(resource, apiGroup), names, chain } }];
}

function described(requests: readonly OnBehalf[]): string {
  return [...new Set(requests.map(({ right }) => describeRequest(right)))].join(', ');
}
