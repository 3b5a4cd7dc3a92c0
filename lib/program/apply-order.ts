import { ApiObject, Chart } from 'cdk8s';
import { ConstructOrder, IConstruct, Node } from 'constructs';

/** Kinds in the order in which a cluster needs them; a kind that is not listed comes after the workloads. */
const APPLY_ORDER = [
  ['Namespace'],
  ['CustomResourceDefinition'],
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
const DEFINITION = 'CustomResourceDefinition';
const APPLICATIONS = new Set(['SparkApplication', 'ScheduledSparkApplication', 'SparkConnect']);

/**
 * Makes cdk8s write what is below a node in apply order, whatever the order of construction.
 *
 * cdk8s writes documents in the order in which `findAll` names them, changed only by declared dependencies. Declaring a
 * dependency between every two neighbours would say the same, but its graph walks every path and recurses to the
 * depth of the longest one, so it takes minutes for thousands of objects. Declared dependencies still win over this order.
 *
 * @returns what `findAll` found last; the same array as long as nothing changes
 */
export function writeInApplyOrder(node: Node, isChart: boolean): () => readonly IConstruct[] {
  const findAll = node.findAll.bind(node);
  const keyOf = isChart ? objectKey : chartKey;
  let seen: IConstruct[] = [];
  let ordered: IConstruct[] = [];
  node.findAll = (order = ConstructOrder.PREORDER) => {
    const found = findAll(order);
    if (order !== ConstructOrder.PREORDER) return found;
    if (found.length !== seen.length || found.some((construct, index) => construct !== seen[index])) {
      seen = found;
      ordered = inOrder(found, keyOf);
    }
    return [...ordered];
  };
  return () => ordered;
}

function inOrder(constructs: IConstruct[], keyOf: (construct: IConstruct) => string | undefined): IConstruct[] {
  const others: IConstruct[] = [];
  const sorted: { key: string; construct: IConstruct }[] = [];
  for (const construct of constructs) {
    const key = keyOf(construct);
    if (key === undefined) others.push(construct);
    else sorted.push({ key, construct });
  }
  sorted.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return [...others, ...sorted.map(({ construct }) => construct)];
}

/** Of an app, cdk8s asks for its charts alone: definitions first, and applications after what they need. */
function chartKey(construct: IConstruct): string | undefined {
  if (!Chart.isChart(construct)) return undefined;
  const kinds = construct.node
    .findAll()
    .flatMap((each) => (ApiObject.isApiObject(each) ? [(each as ApiObject).kind] : []));
  const rank =
    kinds.length > 0 && kinds.every((kind) => kind === DEFINITION)
      ? 0
      : kinds.some((kind) => APPLICATIONS.has(kind))
        ? 2
        : 1;
  return `${rank}\0${construct.node.path}`;
}

function objectKey(construct: IConstruct): string | undefined {
  if (!ApiObject.isApiObject(construct)) return undefined;
  const { apiVersion, kind, metadata, name } = construct as ApiObject;
  const rank = APPLICATIONS.has(kind) ? APPLY_ORDER.length + 1 : (RANK.get(kind) ?? APPLY_ORDER.length);
  return `${rank < 10 ? '0' : ''}${rank}\0${metadata.namespace ?? ''}\0${apiVersion}\0${kind}\0${name}`;
}
