import { Duration, Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { leaderElectionArgs, leaseName, logArgs, metricsArgs, namespacesArgs } from './arguments';
import { CertificateContext, CertificateSetup } from './certificates';
import {
  completeResources,
  labelsOf,
  metadataOf,
  objectName,
  OperatorComponent,
  OperatorIdentity,
  selectorLabels,
  SparkOperatorPodOptions,
} from './component';
import { OperatorLogLevel } from '../operator-log-level';
import {
  caBundleRights,
  certificateRights,
  ComponentRights,
  leaderElectionRights,
  QUOTA_ENFORCEMENT_RIGHTS,
  WEBHOOK_JOB_RIGHTS,
} from '../rights/operator-rights';

export const WEBHOOK = 'webhook';

/** What the API server does when it cannot reach the webhook. */
export enum WebhookFailurePolicy {
  /** It refuses the application or pod. */
  FAIL = 'Fail',
  /** It admits the application unchecked, and the pod without what only the webhook adds. */
  IGNORE = 'Ignore',
}

/** The webhook: it checks and completes applications and their pods before the API server accepts them. */
export interface SparkOperatorWebhookOptions extends SparkOperatorPodOptions {
  /**
   * What happens while no webhook answers.
   *
   * @default WebhookFailurePolicy.FAIL
   * @see https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#failure-policy
   */
  readonly failurePolicy?: WebhookFailurePolicy;

  /**
   * How long the API server waits for an answer, 1 to 30 seconds.
   *
   * @default Duration.seconds(10)
   */
  readonly timeout?: Duration;

  /**
   * The port of its pods, 1024 to 65535. In private clusters the API server must be allowed to reach the nodes on it.
   *
   * @default 9443
   */
  readonly port?: number;

  /**
   * Refuse applications that do not fit the quotas of their namespace.
   *
   * @default false
   */
  readonly resourceQuotaEnforcement?: boolean;
}

/** What the webhook's pods depend on. */
export interface WebhookSettings {
  readonly options: SparkOperatorWebhookOptions;
  readonly logLevel: OperatorLogLevel;
  readonly leaderElection: boolean;
  readonly metricsPort?: number;
}

const DEFAULT_REPLICAS = 2;
const DEFAULT_PORT = 9443;
const DEFAULT_RESOURCES = {
  cpu: { request: '100m', limit: '500m' },
  memory: { request: '128Mi', limit: '256Mi' },
  ephemeralStorage: {},
};

/** The API server is outside of any mesh: a proxy that insists on mutual TLS would refuse it. */
const OUTSIDE_OF_MESHES = {
  podLabels: { 'sidecar.istio.io/inject': 'false' },
  podAnnotations: { 'linkerd.io/inject': 'disabled' },
};

/** The webhook, but for its arguments, which depend on namespaces that are added later. */
export function webhookComponent({ options, metricsPort }: WebhookSettings, args: string[]): OperatorComponent {
  return {
    component: WEBHOOK,
    args,
    replicas: options.replicas ?? DEFAULT_REPLICAS,
    resources: completeResources(options.resources, DEFAULT_RESOURCES),
    options,
    env: {},
    ports: [
      { name: 'webhook', port: webhookPort(options) },
      ...(metricsPort === undefined ? [] : [{ name: 'metrics', port: metricsPort }]),
    ],
    // In memory, so that the key is on no disk.
    directories: [
      { name: 'serving-certs', path: '/etc/k8s-webhook-server/serving-certs', size: Size.mebibytes(1), inMemory: true },
    ],
    ...OUTSIDE_OF_MESHES,
  };
}

export function webhookProblems({ timeout, port, replicas, failurePolicy }: SparkOperatorWebhookOptions): string[] {
  const problems: string[] = [];
  if (replicas === 0 && failurePolicy !== WebhookFailurePolicy.IGNORE) {
    problems.push(
      'webhook.replicas is 0, so every application would be refused; use at least 1, or set webhookEnabled to false',
    );
  }
  const seconds = timeoutSeconds({ timeout });
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > 30) {
    problems.push(`webhook.timeout is ${seconds} seconds; the API server waits from 1 to 30 whole seconds`);
  }
  if (port !== undefined && (!Number.isInteger(port) || port < 1024 || port > 65535)) {
    problems.push(`webhook.port is ${port}; a port from 1024 to 65535 is expected, since the pod does not run as root`);
  }
  return problems;
}

export function webhookRights(
  operator: OperatorIdentity,
  settings: WebhookSettings,
  certificate: CertificateSetup,
): ComponentRights {
  const { options, leaderElection } = settings;
  return {
    own: [
      ...certificateRights(certificateSecret(operator), certificate.secretVerbs),
      ...(leaderElection ? leaderElectionRights(leaseName(operator, WEBHOOK)) : []),
    ],
    job: [...WEBHOOK_JOB_RIGHTS, ...(options.resourceQuotaEnforcement ? QUOTA_ENFORCEMENT_RIGHTS : [])],
    cluster: certificate.writesCaBundle ? caBundleRights(objectName(operator, WEBHOOK)) : [],
  };
}

/** The webhook's arguments; no namespaces are all namespaces. */
export function webhookArgs(
  operator: OperatorIdentity,
  settings: WebhookSettings,
  certificate: CertificateSetup,
  namespaces?: readonly string[],
): string[] {
  const { options, logLevel, leaderElection, metricsPort } = settings;
  const name = objectName(operator, WEBHOOK);
  return [
    'webhook',
    'start',
    ...logArgs(logLevel),
    ...namespacesArgs(namespaces),
    `--webhook-secret-name=${certificateSecret(operator)}`,
    `--webhook-secret-namespace=${operator.namespace}`,
    `--webhook-svc-name=${name}`,
    `--webhook-svc-namespace=${operator.namespace}`,
    `--webhook-port=${webhookPort(options)}`,
    `--mutating-webhook-name=${name}`,
    `--validating-webhook-name=${name}`,
    ...certificate.args,
    ...(options.resourceQuotaEnforcement ? ['--enable-resource-quota-enforcement=true'] : []),
    ...metricsArgs(metricsPort),
    '--kube-api-qps=20',
    '--kube-api-burst=30',
    ...leaderElectionArgs(operator, WEBHOOK, leaderElection),
  ];
}

export function renderWebhookService(operator: OperatorIdentity): k8s.KubeServiceProps {
  return {
    metadata: metadataOf(operator, WEBHOOK),
    spec: {
      selector: selectorLabels(operator, WEBHOOK),
      ports: [{ name: 'webhook', port: 443, targetPort: k8s.IntOrString.fromString('webhook') }],
    },
  };
}

function certificateSecret(operator: OperatorIdentity): string {
  return `${objectName(operator, WEBHOOK)}-certs`;
}

export function certificateContext(operator: OperatorIdentity): CertificateContext {
  const service = objectName(operator, WEBHOOK);
  const { name, namespace } = operator;
  return { name, namespace, service, secret: certificateSecret(operator), labels: labelsOf(operator, WEBHOOK) };
}

export function webhookPort({ port }: SparkOperatorWebhookOptions): number {
  return port ?? DEFAULT_PORT;
}

export function timeoutSeconds({ timeout }: SparkOperatorWebhookOptions): number {
  return timeout === undefined ? 10 : timeout.toSeconds({ integral: false });
}
