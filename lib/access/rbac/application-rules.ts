import { ApplicationKind } from '../../spark/application-kind';
import { AccessRule } from './access-question';

const GROUP = 'sparkoperator.k8s.io';
const KINDS: readonly string[] = Object.values(ApplicationKind);
const WRITING = ['create', 'update', 'patch', 'delete', 'deletecollection'];

/** Whether a rule is on Spark applications of any kind, or on a part of them such as their status. */
export function isOnApplications({ apiGroups, resources }: AccessRule): boolean {
  return isInGroup(apiGroups) && resources.some((resource) => resource === '*' || KINDS.includes(mainOf(resource)));
}

/** Whether a rule lets somebody write Spark applications themselves; to write their status is to write none. */
export function writesApplications(rule: AccessRule): boolean {
  return (
    isInGroup(rule.apiGroups) &&
    rule.resources.some((resource) => resource === '*' || KINDS.includes(resource)) &&
    hasWritingVerb(rule)
  );
}

/** Whether a rule has a verb that changes what it is on. */
export function hasWritingVerb({ verbs }: AccessRule): boolean {
  return verbs.some((verb) => verb === '*' || WRITING.includes(verb));
}

function isInGroup(apiGroups: readonly string[]): boolean {
  return apiGroups.some((group) => group === '*' || group === GROUP);
}

function mainOf(resource: string): string {
  return resource.split('/')[0];
}
