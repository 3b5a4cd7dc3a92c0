import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';

/** Kinds in the order in which a cluster needs them; a kind that is not listed comes after the workloads. */
const APPLY_ORDER = [
  ['CustomResourceDefinition'],
  ['Namespace'],
  ['PriorityClass', 'StorageClass', 'ResourceQuota', 'LimitRange', 'NetworkPolicy'],
  ['ServiceAccount'],
  ['Secret', 'ConfigMap', 'PersistentVolume', 'PersistentVolumeClaim'],
  ['ClusterRole', 'Role'],
  ['ClusterRoleBinding', 'RoleBinding'],
  ['Issuer', 'Certificate', 'Service'],
  ['Deployment', 'StatefulSet', 'DaemonSet', 'PodDisruptionBudget'],
  ['ValidatingAdmissionPolicy'],
  ['ValidatingAdmissionPolicyBinding'],
  ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
];
const RANK = new Map(APPLY_ORDER.flatMap((kinds, rank) => kinds.map((kind) => [kind, rank] as const)));
const APPLICATIONS = new Set(['SparkApplication', 'ScheduledSparkApplication', 'SparkConnect']);

/**
 * All objects below a construct in the order in which a cluster needs them: by kind, namespace, group and name, whatever
 * the order of construction. Dependencies that a program declares win over it, as in cdk8s.
 */
export function objectsInApplyOrder(scope: IConstruct): ApiObject[] {
  const constructs = scope.node.findAll();
  const sorted = constructs
    .filter((construct): construct is ApiObject => ApiObject.isApiObject(construct))
    .map((object) => ({ key: keyOf(object), object }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ object }) => object);
  return afterDependencies(sorted, dependenciesOf(constructs));
}

function keyOf(object: ApiObject): string {
  const { apiVersion, kind, metadata, name, node } = object;
  const rank = APPLICATIONS.has(kind) ? APPLY_ORDER.length + 1 : (RANK.get(kind) ?? APPLY_ORDER.length);
  return [String(rank).padStart(2, '0'), metadata.namespace ?? '', apiVersion, kind, name, node.path].join('\0');
}

/** For charts and objects, what comes before them. A chart stands for all of its objects. */
type Dependencies = ReadonlyMap<IConstruct, ReadonlySet<IConstruct>>;

/** As cdk8s infers them: between charts, from those nested in others and from any dependency over their bounds; else between objects. */
function dependenciesOf(constructs: readonly IConstruct[]): Dependencies {
  const found = new Map<IConstruct, Set<IConstruct>>();
  const add = (source: IConstruct, target: IConstruct): void => {
    if (source !== target) found.set(source, (found.get(source) ?? new Set()).add(target));
  };
  for (const source of constructs) {
    if (Chart.isChart(source)) source.node.children.filter(Chart.isChart).forEach((nested) => add(source, nested));
    for (const target of source.node.dependencies) {
      const [from, to] = [Chart.of(source), Chart.of(target)];
      if (from !== to) add(from, to);
      else for (const object of objectsOf(source, from)) for (const other of objectsOf(target, to)) add(object, other);
    }
  }
  return found;
}

function objectsOf(construct: IConstruct, chart: Chart): ApiObject[] {
  return construct.node
    .findAll()
    .filter((each): each is ApiObject => ApiObject.isApiObject(each) && Chart.of(each) === chart);
}

function afterDependencies(sorted: readonly ApiObject[], dependencies: Dependencies): ApiObject[] {
  if (dependencies.size === 0) return [...sorted];
  const inScope = new Set(sorted);
  const ofChart = new Map<IConstruct, ApiObject[]>();
  for (const object of sorted) {
    const objects = ofChart.get(object.chart);
    if (objects === undefined) ofChart.set(object.chart, [object]);
    else objects.push(object);
  }
  const open = new Set<IConstruct>();
  const done = new Set<IConstruct>();
  const ordered: ApiObject[] = [];
  const visit = (construct: IConstruct): void => {
    if (done.has(construct)) return;
    if (open.has(construct)) throw new Error(`Dependency cycle detected: ${cycleOf(open, construct)}`);
    open.add(construct);
    dependencies.get(construct)?.forEach(visit);
    if (ApiObject.isApiObject(construct)) {
      const object = construct as ApiObject;
      dependencies.get(object.chart)?.forEach(visit);
      if (inScope.has(object)) ordered.push(object);
    } else ofChart.get(construct)?.forEach(visit);
    open.delete(construct);
    done.add(construct);
  };
  sorted.forEach(visit);
  return ordered;
}

function cycleOf(open: ReadonlySet<IConstruct>, construct: IConstruct): string {
  const paths = [...open, construct].map(({ node }) => node.path);
  return paths.slice(paths.indexOf(construct.node.path)).join(' => ');
}
