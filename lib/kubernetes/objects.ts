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

/** Kinds whose objects belong to no namespace. */
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

/** The namespace that an object is written to; one of the cluster has none, whatever its chart says. */
export function namespaceOf({ kind, metadata }: ApiObject): string | undefined {
  return CLUSTER_KINDS.has(kind) ? undefined : metadata.namespace;
}

/** cdk8s gives every object its chart's namespace; one of the cluster has none. */
export function clusterScoped<T extends ApiObject>(object: T): T {
  if (object.chart.namespace !== undefined) object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
  return object;
}
