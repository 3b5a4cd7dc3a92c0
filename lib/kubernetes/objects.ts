import { ApiObject, JsonPatch } from 'cdk8s';

/** Labels of the recommended set: https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ */
export interface RecommendedLabels {
  readonly name: string;
  readonly instance: string;
  readonly component?: string;
  readonly version?: string;
}

export function recommendedLabels(labels: RecommendedLabels): Record<string, string> {
  return {
    'app.kubernetes.io/name': labels.name,
    'app.kubernetes.io/instance': labels.instance,
    ...(labels.component === undefined ? {} : { 'app.kubernetes.io/component': labels.component }),
    ...(labels.version === undefined ? {} : { 'app.kubernetes.io/version': labels.version }),
    'app.kubernetes.io/part-of': 'spark',
    'app.kubernetes.io/managed-by': 'cdk8s',
  };
}

/** Cluster-scoped kinds. */
const CLUSTER_KINDS = new Set([
  'APIService',
  'ClusterIssuer',
  'ClusterRole',
  'ClusterRoleBinding',
  'CustomResourceDefinition',
  'IngressClass',
  'MutatingWebhookConfiguration',
  'Namespace',
  'PersistentVolume',
  'PriorityClass',
  'RuntimeClass',
  'StorageClass',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
]);

/** The namespace of an object; a cluster-scoped object has none, even if its chart sets one. */
export function namespaceOf({ kind, metadata }: ApiObject): string | undefined {
  return CLUSTER_KINDS.has(kind) ? undefined : metadata.namespace;
}

/** Removes the namespace that cdk8s copies from the chart to every object. */
export function clusterScoped<T extends ApiObject>(object: T): T {
  if (object.chart.namespace !== undefined) object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
  return object;
}
