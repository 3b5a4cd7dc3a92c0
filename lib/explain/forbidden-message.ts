import { squeezed } from './squeezed-text';

/** What a Forbidden message says; what is cut off is absent. */
export interface ForbiddenRequest {
  readonly user?: string;
  readonly verb: string;
  /** The resource in plural, without its subresource. */
  readonly resource?: string;
  readonly subresource?: string;
  readonly apiGroup?: string;
  readonly name?: string;
  /** `''` is the whole cluster. */
  readonly namespace?: string;
  readonly path?: string;
  /** The role that a binding names and that does not exist, such as `role spark-sa`. */
  readonly missingRole?: string;
}

/** Resources of a text without quotes, longest first. */
const UNQUOTED = [
  ...[
    'scheduledsparkapplications/status',
    'sparkapplications/status',
    'scheduledsparkapplications',
    'sparkapplications',
  ],
  ...['sparkconnects', 'persistentvolumeclaims', 'configmaps', 'services', 'secrets', 'events', 'pods/log', 'pods'],
].join('|');

const VERBS = [
  ...['get', 'list', 'watch', 'create', 'update', 'patch', 'deletecollection', 'delete', 'use', 'impersonate', 'bind'],
  ...['escalate', 'approve', 'sign', 'attest', 'post', 'put', 'head', 'options'],
].join('|');

const REQUEST = squeezed(
  new RegExp(
    '(?<user> User (?: "(?<name> [^"]{1,500}) " | \\.\\.\\.) )? ' +
      `cannot (?<verb> ${VERBS}) (?: ` +
      `resource (?: "(?<resource> [a-z0-9.-]{1,253} (?: / [a-z0-9/-]{1,63})? ) " | (?<unquoted> ${UNQUOTED}) | "?[a-z0-9/]{0,99} $) ` +
      '| path "(?<path> [^"]{1,500}) " | (?<cut> $) ) ' +
      '(?: in API group (?: "(?<group> [^"]{0,253}) ")? )? (?: \\.\\.\\. )? ' +
      '(?: in the namespace "(?<namespace> [^"]{1,63}) " | (?<cluster> at the cluster scope) )? ' +
      '(?: (?: \\.\\.\\. )? :? RBAC: \\[? (?<roleKind> role | clusterrole) \\.rbac\\.authorization\\.k8s\\.io "(?<roleName> [^"]{1,253}) " not found )?',
    'g',
  ),
);

const OBJECT = squeezed(/"([^"]{1,253})" is forbidden: (?: \.\.\. )?$/);

/** Every Forbidden message of a squeezed text, each once. */
export function forbiddenRequests(text: string): ForbiddenRequest[] {
  const found = new Map<string, ForbiddenRequest>();
  for (const match of text.matchAll(REQUEST)) {
    const request = requestOf(match, text);
    if (request !== undefined) found.set(JSON.stringify(request), request);
  }
  const requests = [...found.values()];
  return requests.filter((request) => !requests.some((other) => other !== request && isPartOf(request, other)));
}

/** Whether a request says nothing that the other does not say too: logs repeat messages, and cut some. */
function isPartOf(request: ForbiddenRequest, other: ForbiddenRequest): boolean {
  return (Object.keys(request) as (keyof ForbiddenRequest)[]).every(
    (field) => request[field] === undefined || request[field] === other[field],
  );
}

function requestOf(match: RegExpMatchArray, text: string): ForbiddenRequest | undefined {
  const groups = match.groups ?? {};
  // "cannot" and a word are not a message: it also takes a user, a resource or a path, or a text without anything else.
  if (groups.cut !== undefined && groups.user === undefined && match.index !== 0) return undefined;
  const [resource, ...subresource] = (groups.resource ?? groups.unquoted)?.split('/') ?? [];
  const before = text.slice(Math.max(0, (match.index ?? 0) - 600), match.index);
  return {
    user: groups.name,
    verb: groups.verb,
    resource,
    subresource: subresource.length === 0 ? undefined : subresource.join('/'),
    apiGroup: groups.group,
    name: OBJECT.exec(before)?.[1],
    namespace: groups.cluster === undefined ? groups.namespace : '',
    path: groups.path,
    missingRole: groups.roleName === undefined ? undefined : `${groups.roleKind} "${groups.roleName}"`,
  };
}
