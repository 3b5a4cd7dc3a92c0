import { AccessRequest, AccessRule } from './access-question';
import { ApplicationKind } from '../../spark/application-kind';

const GROUP = 'sparkoperator.k8s.io';

const KINDS: readonly string[] = Object.values(ApplicationKind);

const WRITING = ['create', 'update', 'patch', 'delete', 'deletecollection'];

/**
 * Whether a rule allows a request, as the API server decides it.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources
 */
export function allows(rule: AccessRule, request: AccessRequest): boolean {
  if (!includes(rule.verbs, request.verb)) return false;
  if (request.path !== undefined) return coversPath(rule.nonResourceUrls, request.path);
  return (
    includes(rule.apiGroups, request.apiGroup ?? '') &&
    coversResource(rule.resources, request.resource ?? '', request.subresource ?? '') &&
    // No name is a name of its own: a rule that is limited to names allows it only where it lists the empty one.
    (rule.resourceNames.length === 0 || rule.resourceNames.includes(request.name ?? ''))
  );
}

function includes(listed: readonly string[], value: string): boolean {
  return listed.includes('*') || listed.includes(value);
}

function coversResource(listed: readonly string[], resource: string, subresource: string): boolean {
  if (subresource === '') return includes(listed, resource);
  return includes(listed, `${resource}/${subresource}`) || listed.includes(`*/${subresource}`);
}

function coversPath(listed: readonly string[], path: string): boolean {
  return listed.some((url) => url === path || (url.endsWith('*') && path.startsWith(url.replace(/\*+$/, ''))));
}

/** Whether a rule is on Spark applications of any kind, or on a part of them such as their status. */
export function isOnApplications({ apiGroups, resources }: AccessRule): boolean {
  return isInGroup(apiGroups) && resources.some((resource) => resource === '*' || KINDS.includes(mainOf(resource)));
}

/** Whether a rule allows writing Spark applications themselves; writing their status does not count. */
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
