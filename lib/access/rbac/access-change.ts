import { AccessSubject } from './access-question';
import { describeResource } from './access-words';
import { RbacPolicy } from './rbac-policy';
import { describeSubject, subjectKey } from './rbac-subjects';
import { Right, SubjectRights } from './subject-rights';

/** A right that a subject gained or lost. */
export interface AccessChange {
  /** The subject. What a group gains or loses is the group's, and not repeated for its members. */
  readonly subject: AccessSubject;
  /** Whether it is a new right; else it is one that is gone. */
  readonly gained: boolean;
  /** The namespace; `''` stands for all namespaces, and for what is in none. */
  readonly namespace: string;
  /** The right in words, such as `create, get pods/log` or `get secrets "key"`. */
  readonly right: string;
}

/**
 * What changed for each subject. Rights that are only written in another way, by other rules, roles or bindings, are no
 * change.
 */
export function changesBetween(before: RbacPolicy, after: RbacPolicy): AccessChange[] {
  const earlier = rightsBySubject(before);
  const later = rightsBySubject(after);
  const nothing = new SubjectRights();
  return [...new Map([...earlier, ...later])]
    .flatMap(([key, { subject }]) => {
      const had = earlier.get(key)?.rights ?? nothing;
      const has = later.get(key)?.rights ?? nothing;
      return [...changes(subject, false, had.beyond(has)), ...changes(subject, true, has.beyond(had))];
    })
    .map((change) => ({ change, place: placeOf(change) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .map(({ change }) => change);
}

function rightsBySubject(policy: RbacPolicy): Map<string, { subject: AccessSubject; rights: SubjectRights }> {
  const found = new Map<string, { subject: AccessSubject; rights: SubjectRights }>();
  for (const namespace of policy.namespaces) {
    for (const { subject, rules } of policy.grantsIn(namespace)) {
      const key = subjectKey(subject);
      const one = found.get(key) ?? { subject, rights: new SubjectRights() };
      for (const { rule } of rules) one.rights.add(namespace, rule);
      found.set(key, one);
    }
  }
  return found;
}

/** One change for each resource, with all of its verbs. */
function changes(subject: AccessSubject, gained: boolean, rights: readonly Right[]): AccessChange[] {
  const verbsOf = new Map<string, { namespace: string; what: string; verbs: string[] }>();
  for (const right of rights) {
    const what = describeTarget(right);
    const key = JSON.stringify([right.namespace, what]);
    const known = verbsOf.get(key) ?? { namespace: right.namespace, what, verbs: [] };
    known.verbs.push(right.verb);
    verbsOf.set(key, known);
  }
  return [...verbsOf.values()].map(({ namespace, what, verbs }) => ({
    subject: { ...subject },
    gained,
    namespace,
    right: `${verbs.sort().join(', ')} ${what}`,
  }));
}

function describeTarget({ apiGroup, resource, name, path }: Right): string {
  if (path !== undefined) return path;
  const what = describeResource(resource, apiGroup);
  return name === undefined ? what : `${what} "${name}"`;
}

/** By subject, then namespace, then right; what is lost before what is gained. */
function placeOf({ subject, namespace, right, gained }: AccessChange): string {
  return [describeSubject(subject), namespace, right, String(gained)].join('\n');
}
