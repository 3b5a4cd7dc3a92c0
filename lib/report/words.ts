import { AccessSubject } from '../access/rbac/access-question';
import { SparkRole } from '../access/rbac/spark-identities';
import { ReportRight } from './report-data';

/** Verbs of the API in the words of the report; several mean the same to a reader. */
const VERBS: { readonly [verb: string]: string } = {
  '*': 'does anything with',
  create: 'creates',
  update: 'changes',
  patch: 'changes',
  delete: 'deletes',
  deletecollection: 'deletes',
  get: 'reads',
  list: 'reads',
  watch: 'reads',
};
const VERB_ORDER = ['does anything with', 'creates', 'changes', 'deletes', 'reads'];

const RESOURCES: { readonly [resource: string]: string } = {
  '*': 'everything',
  sparkapplications: 'applications',
  scheduledsparkapplications: 'scheduled applications',
  sparkconnects: 'Connect servers',
  'pods/log': 'logs',
  'pods/exec': 'shells in pods',
  'pods/attach': 'consoles of pods',
  'pods/portforward': 'ports of pods',
  'pods/ephemeralcontainers': 'debug containers of pods',
  configmaps: 'config maps',
  persistentvolumeclaims: 'volume claims',
  serviceaccounts: 'service accounts',
  'serviceaccounts/token': 'tokens of service accounts',
  rolebindings: 'role bindings',
  clusterroles: 'cluster roles',
  clusterrolebindings: 'cluster role bindings',
  mutatingwebhookconfigurations: 'webhook configurations',
  validatingwebhookconfigurations: 'webhook configurations',
};
/** What a reader wants to see first. */
const RESOURCE_ORDER = [
  'everything',
  'secrets',
  'tokens of service accounts',
  'roles',
  'role bindings',
  'cluster roles',
  'cluster role bindings',
  'webhook configurations',
  'shells in pods',
  'debug containers of pods',
  'applications',
  'scheduled applications',
  'Connect servers',
  'pods',
  'logs',
];

const READING = ['get', 'list', 'watch'];

/** Rights that a reader of the overview has to see. */
const GIST: readonly { readonly resource: RegExp; readonly verbs: readonly string[]; readonly words: string }[] = [
  { resource: /^\*$/, verbs: [], words: 'does anything' },
  { resource: /^(secrets|serviceaccounts\/token)$/, verbs: [...READING, 'create'], words: 'reads secrets' },
  {
    resource: /^(cluster)?role(binding)?s$/,
    verbs: ['create', 'update', 'patch', 'bind', 'escalate'],
    words: 'changes rights',
  },
  { resource: /webhookconfigurations$/, verbs: ['create', 'update', 'patch'], words: 'changes webhooks' },
  { resource: /^(scheduledsparkapplications|sparkapplications|sparkconnects)$/, verbs: ['create'], words: 'submits' },
  { resource: /^pods$/, verbs: ['create'], words: 'creates pods' },
  { resource: /^pods$/, verbs: ['update', 'patch'], words: 'changes pods' },
  {
    resource: /^pods\/(exec|attach|portforward|ephemeralcontainers)$/,
    verbs: [...READING, 'create', 'patch'],
    words: 'enters pods',
  },
];

export const ROLE_WORDS: { readonly [role in SparkRole]: string } = {
  'operator-controller': 'operator (controller)',
  'operator-webhook': 'operator (webhook)',
  submitter: 'submitter',
  driver: 'driver',
  executor: 'executor',
};

/** Rights as short phrases, the most important first: `creates, deletes applications`. */
export function phrasesOf(rows: readonly ReportRight[]): string[] {
  const found = new Map<string, { what: string; rank: number; words: Set<string> }>();
  for (const { resource, verbs, names } of rows) {
    const word = resourceWord(resource);
    const what = names.length === 0 ? word : `${word} ${names.map((name) => `"${name}"`).join(', ')}`;
    const one = found.get(what) ?? { what, rank: rankOf(RESOURCE_ORDER, word), words: new Set<string>() };
    for (const verb of verbs) one.words.add(VERBS[verb] ?? verb);
    found.set(what, one);
  }
  const resourcesOf = new Map<string, string[]>();
  for (const { what, words } of [...found.values()].sort((a, b) => a.rank - b.rank || byText(a.what, b.what))) {
    const verbs = [...words].sort(compareVerbs).join(', ');
    resourcesOf.set(verbs, [...(resourcesOf.get(verbs) ?? []), what]);
  }
  return [...resourcesOf].map(([verbs, resources]) => `${verbs} ${withoutRepetition(resources).join(', ')}`);
}

/** `status of applications, status of Connect servers` is `status of applications and Connect servers`. */
function withoutRepetition(resources: readonly string[]): string[] {
  const groups = groupBy(resources, (resource) => /^\w+ of /.exec(resource)?.[0] ?? `${resource} `);
  return [...groups].map(([start, [first, ...others]]) =>
    [first, ...others.map((other) => other.slice(start.length))].join(' and '),
  );
}

/** The first phrases, and how many more there are. */
export function shortPhrases(rows: readonly ReportRight[], most: number): string[] {
  const phrases = phrasesOf(rows);
  return phrases.length <= most
    ? phrases
    : [...phrases.slice(0, most - 1), `and ${phrases.length - most + 1} more rights`];
}

/** What rights come to, in a few words: `submits, changes pods`. */
export function gistOf(rows: readonly ReportRight[]): string {
  const found = GIST.filter(({ resource, verbs }) =>
    rows.some((row) => resource.test(row.resource) && row.verbs.some((verb) => verb === '*' || verbs.includes(verb))),
  ).map(({ words }) => words);
  return found.length > 0 ? found.join(', ') : (phrasesOf(rows)[0] ?? 'nothing');
}

/** A subject as a reader finds it: `airflow/airflow-worker`, `group billing-engineers`. */
export function subjectWord({ kind, name, namespace }: AccessSubject): string {
  return kind === 'ServiceAccount' ? `${namespace ?? '?'}/${name}` : `${kind.toLowerCase()} ${name}`;
}

export function placeWord(namespace: string): string {
  return namespace === '' ? 'the whole cluster' : namespace;
}

export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** The first of many, and how many more there are. */
export function firstOf(items: readonly string[], most: number, separator = ', '): string {
  return items.length <= most
    ? items.join(separator)
    : `${items.slice(0, most).join(separator)} and ${items.length - most} more`;
}

export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function resourceWord(resource: string): string {
  const known = RESOURCES[resource];
  if (known !== undefined) return known;
  const [main, subresource] = resource.split('/');
  if (resource.startsWith('/') || subresource === undefined) return resource;
  return `${subresource} of ${RESOURCES[main] ?? main}`;
}

function compareVerbs(a: string, b: string): number {
  return rankOf(VERB_ORDER, a) - rankOf(VERB_ORDER, b) || byText(a, b);
}

/** What is not in the list comes after it. */
function rankOf(order: readonly string[], word: string): number {
  const index = order.indexOf(word);
  return index === -1 ? order.length : index;
}

export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
