import { isOfOperator } from '../access/rbac/spark-identities';
import { AccessReportData, ReportIdentity, ReportNamespace, ReportRight } from './report-data';
import { byText, count, firstOf, gistOf, groupBy, shortPhrases } from './words';

/** What SVG and Mermaid draw: identities on the left, namespaces as lanes on the right, arrows from one to the other. */
export interface Picture {
  readonly homes: readonly Home[];
  readonly lanes: readonly Lane[];
}

/** Where identities come from. */
export interface Home {
  readonly title: string;
  readonly nodes: readonly PictureNode[];
}

export type Hue = 'submitter' | 'operator' | 'other';

export interface PictureNode {
  readonly key: string;
  readonly label: string;
  readonly hue: Hue;
}

/** A namespace, or several that look the same. */
export interface Lane {
  readonly title: string;
  readonly facts: string;
  /** Whether pods there may connect to anything. */
  readonly open: boolean;
  readonly ports: readonly Port[];
  /** What runs there; nothing runs in the cluster as a whole, or in a namespace without jobs. */
  readonly flow?: Flow;
}

/** What one identity may do in a lane. */
export interface Port {
  /** The key of its node. */
  readonly from: string;
  readonly label: string;
  readonly hue: Hue;
  readonly phrases: readonly string[];
  /** The same in a few words. */
  readonly gist: string;
  /** Whether it only reads. */
  readonly reads: boolean;
  readonly targets: readonly ('application' | 'driver')[];
}

export interface Flow {
  readonly applications: string;
  readonly drivers: string;
  readonly driverPhrases: readonly string[];
  readonly executors: string;
  readonly executorPhrases: readonly string[];
}

/** From this number of namespaces on, those that look the same are drawn as one. */
export const FOLD_FROM = 9;
const MOST_GROUPS = 8;
const MOST_OTHERS = 12;
const MOST_PHRASES = 4;
/** Stands for identities that reach one namespace each, where many namespaces are drawn as one. */
const OWN = 'of its own';

interface LaneInput {
  readonly namespaces: readonly ReportNamespace[];
  readonly data: AccessReportData;
  /** The identities with a node of their own; the others are drawn together. */
  readonly named: (key: string) => boolean;
}

/** All namespaces, or groups of them where there are many. */
export function overview(data: AccessReportData): Picture {
  const shown = drawnNamespaces(data);
  if (shown.length < FOLD_FROM) return picture(data, shown);
  const reach = new Map<string, number>();
  for (const { identity } of data.grants) reach.set(identity, (reach.get(identity) ?? 0) + 1);
  const others = new Set(data.identities.filter(({ roles }) => roles.length === 0).map(({ key }) => key));
  const named = (key: string): boolean => (reach.get(key) ?? 0) > 2 || (others.has(key) && others.size <= MOST_OTHERS);
  const shapes = groupBy(shown, (namespace) =>
    JSON.stringify(shapeOf(laneOf({ namespaces: [namespace], data, named }))),
  );
  const groups = [...shapes.values()].map((namespaces) => ({ namespaces, lane: laneOf({ namespaces, data, named }) }));
  // What is unlike the others comes first, however small it is.
  const sorted = groups.sort(
    (a, b) =>
      Number(isUnusual(b.lane)) - Number(isUnusual(a.lane)) ||
      b.namespaces.length - a.namespaces.length ||
      byText(a.lane.title, b.lane.title),
  );
  const lanes = sorted.slice(0, MOST_GROUPS).map(({ lane }) => lane);
  const rest = sorted.slice(MOST_GROUPS).flatMap(({ namespaces }) => namespaces);
  const restLane: Lane = {
    title: `${count(rest.length, 'namespace')} of other shapes`,
    facts: 'unlike the others, not drawn here',
    open: false,
    ports: [],
  };
  return withHomes(data, [...clusterLane(data), ...lanes, ...(rest.length === 0 ? [] : [restLane])]);
}

/** With more lanes than this a drawing says rights in a few words. */
const MOST_FULL = 3;

export function isShort({ lanes }: Picture): boolean {
  return lanes.filter(({ flow }) => flow !== undefined).length > MOST_FULL;
}

/** Some namespaces, each on its own. */
export function picture(data: AccessReportData, namespaces: readonly ReportNamespace[], whole = true): Picture {
  const lanes = namespaces.map((namespace) => laneOf({ namespaces: [namespace], data, named: () => true }));
  return withHomes(data, [...(whole ? clusterLane(data) : []), ...lanes]);
}

/** Job namespaces, and others in which an identity from outside has rights. */
export function drawnNamespaces({ namespaces, grants, identities }: AccessReportData): ReportNamespace[] {
  const home = new Map(identities.map(({ key, subject }) => [key, subject.namespace]));
  const reached = new Set(
    grants.filter(({ identity, namespace }) => home.get(identity) !== namespace).map(({ namespace }) => namespace),
  );
  return namespaces.filter(({ name, kind }) => kind === 'jobs' || reached.has(name));
}

export function isRunner({ roles, namespaces }: ReportIdentity, namespace: string): boolean {
  return (
    namespaces.includes(namespace) &&
    roles.every((role) => role === 'driver' || role === 'executor') &&
    roles.length > 0
  );
}

export function hueOf({ roles }: ReportIdentity): Hue {
  if (roles.some(isOfOperator)) return 'operator';
  return roles.includes('submitter') ? 'submitter' : 'other';
}

function isUnusual({ ports, open }: Lane): boolean {
  return open || ports.some(({ hue }) => hue === 'other');
}

function clusterLane(data: AccessReportData): Lane[] {
  const ports = portsOf(data, [''], () => true);
  return ports.length === 0
    ? []
    : [{ title: 'the whole cluster', facts: 'every namespace, and objects of none', open: false, ports }];
}

function laneOf({ namespaces, data, named }: LaneInput): Lane {
  const names = namespaces.map(({ name }) => name);
  const [{ kind, podSecurity, isolated }] = namespaces;
  return {
    title: names.length === 1 ? names[0] : `${names.length} namespaces: ${firstOf(names, 3)}`,
    facts: `Pod Security ${podSecurity ?? 'not known'}, ${isolated ? 'isolated' : 'not isolated'}`,
    open: kind === 'jobs' && !isolated,
    ports: portsOf(data, names, named),
    flow: kind === 'jobs' ? flowOf(data, names) : undefined,
  };
}

function portsOf(data: AccessReportData, names: readonly string[], named: LaneInput['named']): Port[] {
  const identities = new Map(data.identities.map((identity) => [identity.key, identity]));
  const rows = new Map(data.rights.map(({ id, rows: found }) => [id, found]));
  const ports = new Map<string, Port>();
  for (const { identity: key, namespace, rights } of data.grants) {
    const identity = identities.get(key);
    if (!names.includes(namespace) || identity === undefined || isRunner(identity, namespace)) continue;
    const hue = hueOf(identity);
    const own = named(key);
    const shared = hue === 'other' ? 'somebody' : hue;
    const port = { from: own ? key : `${shared} ${OWN}`, label: own ? labelOf(identity) : `${shared} ${OWN}`, hue };
    ports.set(`${port.from} ${rights}`, { ...port, ...does(rows.get(rights) ?? []) });
  }
  return [...ports].sort(([a, x], [b, y]) => byText(orderOf(x) + a, orderOf(y) + b)).map(([, port]) => port);
}

function orderOf({ hue }: Port): string {
  return { submitter: '0', other: '1', operator: '2' }[hue];
}

function does(rows: readonly ReportRight[]): Pick<Port, 'phrases' | 'gist' | 'reads' | 'targets'> {
  const on = (resource: RegExp, verbs: RegExp): boolean =>
    rows.some((row) => resource.test(row.resource) && row.verbs.some((verb) => verbs.test(verb)));
  const startsPods = on(/^(pods|\*)$/, /^(create|\*)$/);
  const onApplications = on(/^(\w*spark\w+s(\/.*)?|\*)$/, /./);
  return {
    phrases: shortPhrases(rows, MOST_PHRASES),
    gist: gistOf(rows),
    reads: rows.every(({ verbs }) => verbs.every((verb) => ['get', 'list', 'watch'].includes(verb))),
    targets: [...(onApplications ? (['application'] as const) : []), ...(startsPods ? (['driver'] as const) : [])],
  };
}

function flowOf(data: AccessReportData, names: readonly string[]): Flow {
  const applications = data.applications.filter(({ namespace }) => names.includes(namespace));
  const runners = (role: 'driver' | 'executor'): { accounts: string; phrases: string[] } => {
    const found = data.identities.filter(
      ({ roles, namespaces }) => roles.includes(role) && namespaces.some((namespace) => names.includes(namespace)),
    );
    const rights = new Set(
      data.grants
        .filter(({ identity, namespace }) => names.includes(namespace) && found.some(({ key }) => key === identity))
        .map((grant) => grant.rights),
    );
    const rows = data.rights.filter(({ id }) => rights.has(id)).flatMap((set) => set.rows);
    return {
      accounts: firstOf([...new Set(found.map(({ subject }) => subject.name))], 3),
      phrases: rows.length === 0 ? ['no rights'] : shortPhrases(rows, 3),
    };
  };
  const drivers = runners('driver');
  const executors = runners('executor');
  return {
    applications:
      applications.length === 0
        ? 'none in these manifests'
        : names.length > 1
          ? String(applications.length)
          : firstOf(
              applications.map(({ name }) => name),
              3,
            ),
    drivers: drivers.accounts,
    driverPhrases: drivers.phrases,
    executors: executors.accounts,
    executorPhrases: executors.phrases,
  };
}

/** What makes two namespaces look the same in the overview. */
function shapeOf({ facts, ports, flow }: Lane): unknown {
  return [facts, ports, flow && [flow.drivers, flow.driverPhrases, flow.executors, flow.executorPhrases]];
}

function withHomes(data: AccessReportData, lanes: readonly Lane[]): Picture {
  const identities = new Map(data.identities.map((identity) => [identity.key, identity]));
  const homes = new Map<string, Map<string, PictureNode>>();
  for (const { from, label, hue } of lanes.flatMap(({ ports }) => ports)) {
    const title = homeOf(identities.get(from));
    const nodes = homes.get(title) ?? new Map<string, PictureNode>();
    nodes.set(from, { key: from, label, hue });
    homes.set(title, nodes);
  }
  return { homes: [...homes].map(([title, nodes]) => ({ title, nodes: [...nodes.values()] })), lanes };
}

function homeOf(identity: ReportIdentity | undefined): string {
  if (identity === undefined) return 'one for each namespace';
  return identity.subject.kind === 'ServiceAccount' ? `namespace ${identity.subject.namespace}` : 'users and groups';
}

function labelOf({ subject }: ReportIdentity): string {
  return subject.kind === 'ServiceAccount' ? subject.name : `${subject.kind.toLowerCase()} ${subject.name}`;
}
