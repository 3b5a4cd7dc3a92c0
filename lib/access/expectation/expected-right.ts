import { describeResource } from '../rbac/access-words';
import { KNOWN_RESOURCES, KnownResource } from '../rbac/known-resources';
import { Right } from '../rbac/subject-rights';

/** A right of an expectation. */
export interface ExpectedRight extends Right {
  /** Whether any namespace will do; the namespace of the right is then ignored. */
  readonly inAnyNamespace: boolean;
}

const VERBS = [
  ...['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'],
  ...['bind', 'escalate', 'impersonate', 'approve', 'sign', 'attest', 'use', '*'],
];

/** Resources that roles name and that are not objects. */
const VIRTUAL_RESOURCES = [
  { apiGroup: '', resource: 'users' },
  { apiGroup: '', resource: 'groups' },
  { apiGroup: 'authentication.k8s.io', resource: 'uids' },
  { apiGroup: 'authentication.k8s.io', resource: 'userextras' },
  { apiGroup: 'certificates.k8s.io', resource: 'signers' },
].map((virtual): KnownResource => ({ ...virtual, kind: '', shortNames: [], namespaced: false }));

const RESOURCES = [...KNOWN_RESOURCES, ...VIRTUAL_RESOURCES];

/** Those that not every resource can have. */
const SUBRESOURCES: { readonly [resource: string]: readonly string[] } = {
  pods: ['attach', 'binding', 'ephemeralcontainers', 'eviction', 'exec', 'log', 'portforward', 'proxy', 'resize'],
  services: ['proxy'],
  nodes: ['configz', 'healthz', 'log', 'metrics', 'pods', 'proxy', 'stats'],
  namespaces: ['finalize'],
  serviceaccounts: ['token'],
  certificatesigningrequests: ['approval'],
};

const COMMON_SUBRESOURCES = ['status', 'scale', 'finalizers', '*'];

const FORM =
  'write it as VERB[, VERB] RESOURCE[.GROUP][/SUBRESOURCE] ["NAME"] in NAMESPACE, such as: get, list pods in team-1';

interface Target {
  readonly apiGroup: string;
  readonly resource: string;
  readonly path?: string;
  readonly namespaces: readonly string[];
  readonly inAnyNamespace: boolean;
}

interface FoundResource {
  readonly apiGroup: string;
  /** Undefined for a custom resource: nothing else is known of it. */
  readonly kind?: string;
  readonly namespaced?: boolean;
}

/** What the texts of an expectation mean, and what is wrong with them. */
export function parseRights(texts: readonly string[]): { rights: ExpectedRight[]; problems: string[] } {
  const rights: ExpectedRight[] = [];
  const problems: string[] = [];
  for (const text of texts) {
    const parsed = parseRight(text);
    if (typeof parsed === 'string') problems.push(`right "${text}" ${parsed}`);
    else rights.push(...parsed);
  }
  return { rights, problems };
}

/** The right as an expectation has it. */
export function describeRight({ verb, ...right }: Right): string {
  return `${verb} ${describeTarget(right)}`;
}

/** The same for a right that may be in any namespace. */
export function describeExpected(right: ExpectedRight): string {
  return `${right.verb} ${describeExpectedTarget(right)}`;
}

/** What an expected right is on, and where. */
export function describeExpectedTarget(right: ExpectedRight): string {
  return describeTarget(right, right.inAnyNamespace ? 'in any namespace' : undefined);
}

/** What a right is on, and where. */
export function describeTarget(
  { apiGroup, resource, name, namespace, path }: Omit<Right, 'verb'>,
  everywhere = 'in all namespaces',
): string {
  if (path !== undefined) return path;
  const [main] = resource.split('/');
  const known = RESOURCES.find((one) => one.resource === main);
  const isUnique = known?.apiGroup === apiGroup || (resource === '*' && apiGroup === '*');
  const what = isUnique ? resource : describeResource(resource, apiGroup);
  const isOfCluster = RESOURCES.some((one) => one.resource === main && one.apiGroup === apiGroup && !one.namespaced);
  const where = namespace !== '' ? [`in ${namespace}`] : isOfCluster ? [] : [everywhere];
  return [what, ...(name === undefined ? [] : [`"${name}"`]), ...where].join(' ');
}

/** What is wrong, if it is a text. */
function parseRight(text: string): ExpectedRight[] | string {
  const pattern = /^([^\s,]+(?:, *[^\s,]+)*) +([^\s,"]+(?:, *[^\s,"]+)*)((?: +"[^"]+",?)*)(?: +in +(.+))?$/;
  const [, verbList, resourceList, nameList, place] = pattern.exec(text.trim()) ?? [];
  if (verbList === undefined) return `cannot be read; ${FORM}`;
  const verbs = listOf(verbList);
  const wrongVerb = verbs.find((verb) => !VERBS.includes(verb));
  if (wrongVerb !== undefined) return `has the verb "${wrongVerb}"; verbs are ${VERBS.join(', ')}`;
  const names = [...nameList.matchAll(/"([^"]+)"/g)].map(([, name]) => name);
  const targets = listOf(resourceList).map((resource) => parseTarget(resource, place));
  const problem = targets.find((target) => typeof target === 'string');
  if (problem !== undefined) return problem;
  return targets
    .filter((target) => typeof target !== 'string')
    .flatMap(({ namespaces, ...target }) =>
      namespaces.flatMap((namespace) =>
        (names.length === 0 ? [undefined] : names).flatMap((name) =>
          verbs.map((verb) => ({ namespace, verb, ...target, name })),
        ),
      ),
    );
}

function parseTarget(text: string, place?: string): Target | string {
  if (text.startsWith('/')) {
    if (place !== undefined) return `has a place; the path ${text} is in no namespace, so leave "in ${place}" out`;
    return { apiGroup: '', resource: '', path: text, namespaces: [''], inAnyNamespace: false };
  }
  const [whole, ...subresources] = text.split('/');
  const [name, ...groups] = whole.split('.');
  const found = groups.length === 0 ? knownResource(name) : ofGroup(name, groups.join('.'));
  if (typeof found === 'string') return found;
  const subresource = subresources.join('/');
  const isKnown = [...COMMON_SUBRESOURCES, ...(SUBRESOURCES[name] ?? [])].includes(subresource);
  if (subresource !== '' && !isKnown && found.kind !== undefined && name !== 'userextras') {
    return `has the subresource "${subresource}", which ${name} do not have; ${FORM}`;
  }
  const where = parsePlace(name, found.namespaced, place);
  if (typeof where === 'string') return where;
  return { apiGroup: found.apiGroup, resource: subresource === '' ? name : `${name}/${subresource}`, ...where };
}

function knownResource(name: string): FoundResource | string {
  if (name === '*') return { apiGroup: '*', namespaced: true };
  const known = RESOURCES.find(({ resource }) => resource === name);
  if (known !== undefined) return known;
  const meant = KNOWN_RESOURCES.find(
    ({ kind, shortNames }) => kind.toLowerCase() === name.toLowerCase() || shortNames.includes(name),
  );
  return meant === undefined
    ? `has the resource "${name}", which Kubernetes does not have; write a custom resource with its group, such as ${name}.acme.dev`
    : `has the resource "${name}"; write it in plural, as roles have it: ${meant.resource}`;
}

function ofGroup(name: string, apiGroup: string): FoundResource | string {
  const inGroup = RESOURCES.filter((one) => one.apiGroup === apiGroup);
  const known = inGroup.find(({ resource }) => resource === name);
  if (known !== undefined || inGroup.length === 0 || name === '*') return known ?? { apiGroup };
  return `has the resource "${name}", which the group ${apiGroup} does not have`;
}

function parsePlace(
  name: string,
  namespaced: boolean | undefined,
  place?: string,
): { namespaces: string[]; inAnyNamespace: boolean } | string {
  if (place === undefined) {
    return namespaced === true
      ? 'has no place; add "in <namespace>", "in all namespaces" or "in any namespace"'
      : { namespaces: [''], inAnyNamespace: false };
  }
  // Rights on a namespace can be given in it.
  if (namespaced === false && name !== 'namespaces') {
    return `has a place; ${name} are in no namespace, so leave "in ${place}" out`;
  }
  if (place === 'all namespaces') return { namespaces: [''], inAnyNamespace: false };
  if (place === 'any namespace') return { namespaces: [''], inAnyNamespace: true };
  const namespaces = listOf(place);
  const wrong = namespaces.find((namespace) => !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(namespace));
  return wrong === undefined
    ? { namespaces, inAnyNamespace: false }
    : `has the namespace "${wrong}", which is no name of one; ${FORM}`;
}

function listOf(text: string): string[] {
  return text.split(',').map((item) => item.trim());
}
