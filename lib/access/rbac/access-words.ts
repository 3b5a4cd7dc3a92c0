import { AccessChain, AccessRequest, AccessRule } from './access-question';
import { describeSubject } from './rbac-subjects';

/** A request, such as `get pods/log "a" in namespace team-1`. */
export function describeRequest(request: AccessRequest): string {
  const { verb, apiGroup = '', resource = '', subresource = '', name = '', namespace = '', path } = request;
  if (path !== undefined) return `${verb} ${path}`;
  const where = namespace === '' ? 'in all namespaces' : `in namespace ${namespace}`;
  const what = describeResource(subresource === '' ? resource : `${resource}/${subresource}`, apiGroup);
  return [verb, what, ...(name === '' ? [] : [`"${name}"`]), where].join(' ');
}

/** Why a request is allowed, in one sentence. */
export function describeChain({ subject, binding, role, aggregatedFrom }: AccessChain): string {
  const origin = aggregatedFrom === undefined ? '' : `, which has it from ${aggregatedFrom}`;
  return `${binding} gives ${role} to ${describeSubject(subject)}${origin}`;
}

/** What a rule allows, such as `get, list pods, services.serving.knative.dev "a"`. */
export function describeRule({ verbs, apiGroups, resources, resourceNames, nonResourceUrls }: AccessRule): string {
  const allowed = apiGroups.flatMap((group) => resources.map((resource) => describeResource(resource, group)));
  const names = resourceNames.length === 0 ? '' : ` ${resourceNames.map((name) => `"${name}"`).join(', ')}`;
  return `${verbs.join(', ')} ${[...allowed, ...nonResourceUrls].join(', ')}${names}`;
}

/** As kubectl writes it: the group after the resource, and the subresource last. */
export function describeResource(resource: string, apiGroup: string): string {
  if (apiGroup === '') return resource;
  const [name, ...subresource] = resource.split('/');
  return [`${name}.${apiGroup}`, ...subresource].join('/');
}
