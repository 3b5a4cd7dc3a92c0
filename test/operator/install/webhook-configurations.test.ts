import { Duration } from 'cdk8s';
import { SparkJobNamespace } from '../../../lib/job-namespace/spark-job-namespace';
import { SparkOperatorProps } from '../../../lib/operator/spark-operator-props';
import { WebhookFailurePolicy } from '../../../lib/operator/install/webhook';
import { all, install, Manifest, one, refusal, synth, written } from '../support';

function webhooks(manifests: Manifest[]): Record<string, unknown>[] {
  return ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'].flatMap(
    (kind) => one(manifests, kind, 'spark-operator-webhook').webhooks ?? [],
  );
}

function selectors(props: SparkOperatorProps): unknown[] {
  return [...new Set(webhooks(written(props)).map(({ namespaceSelector }) => JSON.stringify(namespaceSelector)))].map(
    (text) => JSON.parse(text),
  );
}

test('pods of applications and the three kinds are completed, the three kinds are checked', () => {
  const rules = webhooks(written()).map(
    ({ name, rules: [rule] = [] }: { name?: string; rules?: Record<string, string[]>[] }) => [
      name,
      rule.apiGroups.join(),
      rule.apiVersions.join(),
      rule.resources.join(),
      rule.operations.join(),
    ],
  );
  const both = 'CREATE,UPDATE';
  const spark = 'sparkoperator.k8s.io';
  expect(rules).toEqual([
    [`mutate--v1-pod.${spark}`, '', 'v1', 'pods', 'CREATE'],
    [`mutate-sparkoperator-k8s-io-v1beta2-sparkapplication.${spark}`, spark, 'v1beta2', 'sparkapplications', both],
    [
      `mutate-sparkoperator-k8s-io-v1beta2-scheduledsparkapplication.${spark}`,
      spark,
      'v1beta2',
      'scheduledsparkapplications',
      both,
    ],
    [`mutate-sparkoperator-k8s-io-v1alpha1-sparkconnect.${spark}`, spark, 'v1alpha1', 'sparkconnects', both],
    [`validate-sparkoperator-k8s-io-v1beta2-sparkapplication.${spark}`, spark, 'v1beta2', 'sparkapplications', both],
    [
      `validate-sparkoperator-k8s-io-v1beta2-scheduledsparkapplication.${spark}`,
      spark,
      'v1beta2',
      'scheduledsparkapplications',
      both,
    ],
    [`validate-sparkoperator-k8s-io-v1alpha1-sparkconnect.${spark}`, spark, 'v1alpha1', 'sparkconnects', both],
  ]);
});

test('the API server asks the service on the path of the webhook, waits ten seconds and then refuses (row 28)', () => {
  for (const webhook of webhooks(written())) {
    expect(webhook).toMatchObject({
      clientConfig: {
        service: {
          name: 'spark-operator-webhook',
          namespace: 'spark-operator',
          port: 443,
          path: `/${String(webhook.name).split('.')[0]}`,
        },
      },
      failurePolicy: 'Fail',
      timeoutSeconds: 10,
      sideEffects: 'None',
    });
  }
});

test('of pods only those that the operator launched are completed', () => {
  const [pods, ...applications] = webhooks(written());
  expect(pods.objectSelector).toEqual({ matchLabels: { 'sparkoperator.k8s.io/launched-by-spark-operator': 'true' } });
  expect(applications.filter(({ objectSelector }) => objectSelector !== undefined)).toEqual([]);
});

test('only job namespaces are asked about, sorted, whenever they were added (row 12)', () => {
  const { chart, operator } = install({ existingJobNamespaces: ['reports'] });
  operator.addJobNamespace(new SparkJobNamespace(chart, 'ads'));
  const values = ['ads', 'clicks', 'reports'];
  for (const { namespaceSelector } of webhooks(synth(chart))) {
    expect(namespaceSelector).toEqual({
      matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values }],
    });
  }
});

test("Kubernetes' own namespace and the operator's are left out if all namespaces are watched", () => {
  expect(selectors({ watchAllNamespaces: true })).toEqual([
    {
      matchExpressions: [
        { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system', 'spark-operator'] },
      ],
    },
  ]);
});

test('failure policy and timeout are those that are given', () => {
  const options = { failurePolicy: WebhookFailurePolicy.IGNORE, timeout: Duration.seconds(30) };
  for (const webhook of webhooks(written({ webhook: options }))) {
    expect(webhook).toMatchObject({ failurePolicy: 'Ignore', timeoutSeconds: 30 });
  }
});

test.each([
  [Duration.seconds(0), 0],
  [Duration.millis(1500), 1.5],
  [Duration.seconds(31), 31],
])('refuses a timeout of %s', (timeout, seconds) => {
  expect(refusal({ webhook: { timeout } })).toBe(
    `platform/operator: webhook.timeout is ${seconds} seconds; the API server waits from 1 to 30 whole seconds`,
  );
});

test('without the webhook there is nothing of it', () => {
  const manifests = written({ webhookEnabled: false });
  expect(manifests.filter(({ metadata }) => metadata.name.startsWith('spark-operator-webhook'))).toEqual([]);
  expect(all(manifests, 'Deployment').map(({ metadata }) => metadata.name)).toEqual(['spark-operator-controller']);
});
