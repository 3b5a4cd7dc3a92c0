import { AccessRequest, AccessRule } from './access-question';

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
