import { k8s } from 'cdk8s-plus-28';
import { labelsOf, objectName, OperatorIdentity } from './component';
import { SparkOperatorWebhookOptions, timeoutSeconds, WEBHOOK, WebhookFailurePolicy } from './webhook';

/** One kind of object that the API server asks the webhook about. */
interface WatchedKind {
  readonly apiGroup: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly operations: string[];
  readonly matchLabels?: Record<string, string>;
}

const SPARK_PODS: WatchedKind = {
  apiGroup: '',
  apiVersion: 'v1',
  kind: 'pod',
  operations: ['CREATE'],
  matchLabels: { 'sparkoperator.k8s.io/launched-by-spark-operator': 'true' },
};

const APPLICATIONS: readonly WatchedKind[] = [
  ['v1beta2', 'sparkapplication'],
  ['v1beta2', 'scheduledsparkapplication'],
  ['v1alpha1', 'sparkconnect'],
].map(([apiVersion, kind]) => ({
  apiGroup: 'sparkoperator.k8s.io',
  apiVersion,
  kind,
  operations: ['CREATE', 'UPDATE'],
}));

/** The namespaces in which the API server asks; no namespaces are all but Kubernetes' own and the operator's. */
export function webhookNamespaces(operator: OperatorIdentity, namespaces?: readonly string[]): k8s.LabelSelector {
  const [selected, values] =
    namespaces === undefined ? ['NotIn', ['kube-system', operator.namespace]] : ['In', [...namespaces]];
  return {
    matchExpressions: [
      { key: 'kubernetes.io/metadata.name', operator: selected as string, values: values as string[] },
    ],
  };
}

/** The configuration of what the webhook completes. */
export function renderMutatingWebhooks(
  operator: OperatorIdentity,
  options: SparkOperatorWebhookOptions,
  namespaceSelector: k8s.LabelSelector,
  annotations?: Record<string, string>,
): k8s.KubeMutatingWebhookConfigurationProps {
  return {
    metadata: configurationMetadata(operator, annotations),
    webhooks: [SPARK_PODS, ...APPLICATIONS].map((kind) =>
      renderWebhook(operator, options, namespaceSelector, 'mutate', kind),
    ),
  };
}

/** The configuration of what the webhook checks. */
export function renderValidatingWebhooks(
  operator: OperatorIdentity,
  options: SparkOperatorWebhookOptions,
  namespaceSelector: k8s.LabelSelector,
  annotations?: Record<string, string>,
): k8s.KubeValidatingWebhookConfigurationProps {
  return {
    metadata: configurationMetadata(operator, annotations),
    webhooks: APPLICATIONS.map((kind) => renderWebhook(operator, options, namespaceSelector, 'validate', kind)),
  };
}

function configurationMetadata(operator: OperatorIdentity, annotations?: Record<string, string>): k8s.ObjectMeta {
  return { name: objectName(operator, WEBHOOK), labels: labelsOf(operator, WEBHOOK), annotations };
}

function renderWebhook(
  operator: OperatorIdentity,
  options: SparkOperatorWebhookOptions,
  namespaceSelector: k8s.LabelSelector,
  action: string,
  { apiGroup, apiVersion, kind, operations, matchLabels }: WatchedKind,
): k8s.MutatingWebhook & k8s.ValidatingWebhook {
  const endpoint = [action, apiGroup.replaceAll('.', '-'), apiVersion, kind].join('-');
  return {
    name: `${endpoint}.sparkoperator.k8s.io`,
    admissionReviewVersions: ['v1'],
    clientConfig: {
      service: { name: objectName(operator, WEBHOOK), namespace: operator.namespace, port: 443, path: `/${endpoint}` },
    },
    sideEffects: 'None',
    failurePolicy: options.failurePolicy ?? WebhookFailurePolicy.FAIL,
    timeoutSeconds: timeoutSeconds(options),
    namespaceSelector,
    objectSelector: matchLabels && { matchLabels: { ...matchLabels } },
    rules: [
      {
        apiGroups: [apiGroup],
        apiVersions: [apiVersion],
        resources: [`${kind}s`],
        operations: [...operations],
        scope: 'Namespaced',
      },
    ],
  };
}
