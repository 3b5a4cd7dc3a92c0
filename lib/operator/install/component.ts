import { ContainerResources, EnvValue, ImagePullPolicy, ISecret, k8s } from 'cdk8s-plus-28';
import { Size } from 'cdk8s';
import { recommendedLabels } from '../../kubernetes/objects';
import { binaryQuantity, parseQuantity } from '../../kubernetes/quantity';

/** Options of the pods of both controller and webhook. */
export interface SparkOperatorPodOptions {
  /**
   * Number of pods. With more than one they are spread over nodes and zones, and a disruption budget keeps all but one.
   *
   * @default - 1 controller, 2 webhooks
   * @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/
   */
  readonly replicas?: number;

  /**
   * Requests and limits; what is left out keeps its default.
   *
   * @default - controller: CPU 500m to 2, memory 1Gi to 4Gi; webhook: CPU 100m to 500m, memory 128Mi to 256Mi
   * @see https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
   */
  readonly resources?: ContainerResources;

  /**
   * Labels that nodes must have to run the pods.
   *
   * @default - any node
   */
  readonly nodeSelector?: { readonly [key: string]: string };

  /**
   * Tolerations of the pods.
   *
   * @default - none
   * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
   */
  readonly tolerations?: k8s.Toleration[];

  /**
   * Affinity of the pods: which nodes and which neighbours they prefer or require.
   *
   * @default - none
   * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/
   */
  readonly affinity?: k8s.Affinity;

  /**
   * The priority of the pods.
   *
   * @default - that of the cluster
   * @see https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/
   */
  readonly priorityClassName?: string;

  /**
   * Further environment variables.
   *
   * @default - none
   */
  readonly env?: { readonly [name: string]: EnvValue };
}

/** What controller and webhook have in common. */
export interface OperatorIdentity {
  readonly name: string;
  readonly namespace: string;
  readonly version: string;
  readonly image: string;
  readonly imagePullPolicy: ImagePullPolicy;
  readonly imagePullSecrets: readonly ISecret[];
}

export interface ComponentDirectory {
  readonly name: string;
  readonly path: string;
  readonly size: Size;
  readonly inMemory?: boolean;
}

/** Requests and limits, all of them. */
export interface CompleteResources {
  readonly cpu: { readonly request: string; readonly limit: string };
  readonly memory: { readonly request: string; readonly limit: string };
  readonly ephemeralStorage: { readonly request?: string; readonly limit?: string };
}

export interface OperatorComponent {
  readonly component: string;
  readonly args: string[];
  readonly replicas: number;
  readonly resources: CompleteResources;
  readonly options: SparkOperatorPodOptions;
  readonly env: { readonly [name: string]: EnvValue };
  readonly ports: readonly { readonly name: string; readonly port: number }[];
  readonly directories: readonly ComponentDirectory[];
  readonly podLabels?: Record<string, string>;
  readonly podAnnotations?: Record<string, string>;
}

/** The user and group `spark` of the official image. */
const SPARK_USER = 185;
const HEALTH_PORT = 8081;

export function objectName(operator: OperatorIdentity, component: string): string {
  return `${operator.name}-${component}`;
}

export function selectorLabels(operator: OperatorIdentity, component?: string): Record<string, string> {
  return {
    'app.kubernetes.io/name': 'spark-operator',
    'app.kubernetes.io/instance': operator.name,
    ...(component === undefined ? {} : { 'app.kubernetes.io/component': component }),
  };
}

export function labelsOf(operator: OperatorIdentity, component?: string): Record<string, string> {
  return recommendedLabels({ name: 'spark-operator', instance: operator.name, component, version: operator.version });
}

export function metadataOf(operator: OperatorIdentity, component: string): k8s.ObjectMeta & { readonly name: string } {
  return {
    name: objectName(operator, component),
    namespace: operator.namespace,
    labels: labelsOf(operator, component),
  };
}

/** A user's requests and limits over the defaults, and what is wrong with them. */
export function completeResources(
  given: ContainerResources | undefined,
  defaults: CompleteResources,
): CompleteResources {
  return {
    cpu: {
      request: given?.cpu?.request?.amount ?? defaults.cpu.request,
      limit: given?.cpu?.limit?.amount ?? defaults.cpu.limit,
    },
    memory: {
      request: sizeOf(given?.memory?.request) ?? defaults.memory.request,
      limit: sizeOf(given?.memory?.limit) ?? defaults.memory.limit,
    },
    ephemeralStorage: {
      request: sizeOf(given?.ephemeralStorage?.request),
      limit: sizeOf(given?.ephemeralStorage?.limit),
    },
  };
}

/** What is wrong with the number of pods, and with requests and limits. */
export function componentProblems({ component, replicas, resources }: OperatorComponent): string[] {
  const problems: string[] = [];
  if (!Number.isInteger(replicas) || replicas < 0) {
    problems.push(`${component}.replicas is ${replicas}; a whole number from 0 is expected`);
  }
  for (const [resource, { request, limit }] of Object.entries(resources)) {
    if (request === undefined || limit === undefined) continue;
    if ((parseQuantity(request) ?? 0) <= (parseQuantity(limit) ?? 0)) continue;
    problems.push(
      `${component}.resources.${resource} requests ${request} with a limit of ${limit}; no more can be requested than the limit: set both`,
    );
  }
  return problems;
}

export function renderDeployment(operator: OperatorIdentity, component: OperatorComponent): k8s.KubeDeploymentProps {
  const selector = selectorLabels(operator, component.component);
  return {
    metadata: metadataOf(operator, component.component),
    spec: {
      replicas: component.replicas,
      selector: { matchLabels: selector },
      // A new pod is ready before an old one goes.
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge: k8s.IntOrString.fromNumber(1), maxUnavailable: k8s.IntOrString.fromNumber(0) },
      },
      template: {
        metadata: {
          labels: { ...labelsOf(operator, component.component), ...component.podLabels },
          annotations: component.podAnnotations,
        },
        spec: renderPod(operator, component, selector),
      },
    },
  };
}

function renderPod(
  operator: OperatorIdentity,
  component: OperatorComponent,
  selector: Record<string, string>,
): k8s.PodSpec {
  const { nodeSelector, tolerations, affinity, priorityClassName } = component.options;
  return {
    serviceAccountName: objectName(operator, component.component),
    automountServiceAccountToken: true,
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: SPARK_USER,
      runAsGroup: SPARK_USER,
      fsGroup: SPARK_USER,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    imagePullSecrets:
      operator.imagePullSecrets.length === 0 ? undefined : operator.imagePullSecrets.map(({ name }) => ({ name })),
    nodeSelector: nodeSelector && { ...nodeSelector },
    tolerations: tolerations && [...tolerations],
    affinity: affinity && { ...affinity },
    priorityClassName,
    topologySpreadConstraints: component.replicas > 1 ? SPREAD_OVER.map((key) => spread(key, selector)) : undefined,
    containers: [renderContainer(operator, component)],
    volumes: component.directories.map(({ name, size, inMemory }) => ({
      name,
      emptyDir: {
        medium: inMemory ? 'Memory' : undefined,
        sizeLimit: k8s.Quantity.fromString(quantity(size)),
      },
    })),
  };
}

const SPREAD_OVER = ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'];

function spread(topologyKey: string, matchLabels: Record<string, string>): k8s.TopologySpreadConstraint {
  return { maxSkew: 1, topologyKey, whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels } };
}

function renderContainer(operator: OperatorIdentity, component: OperatorComponent): k8s.Container {
  const env = Object.entries({ ...component.env, ...component.options.env });
  return {
    name: component.component,
    image: operator.image,
    imagePullPolicy: operator.imagePullPolicy,
    args: component.args,
    env: env.length === 0 ? undefined : env.map(([name, { value, valueFrom }]) => ({ name, value, valueFrom })),
    ports: component.ports.map(({ name, port }) => ({ name, containerPort: port })),
    resources: renderResources(component.resources),
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    },
    volumeMounts: component.directories.map(({ name, path }) => ({ name, mountPath: path })),
    // The API server's discovery, certificates and caches take their time on a busy cluster.
    startupProbe: { ...healthProbe('/readyz'), periodSeconds: 2, failureThreshold: 60 },
    livenessProbe: healthProbe('/healthz'),
    readinessProbe: healthProbe('/readyz'),
  };
}

function healthProbe(path: string): k8s.Probe {
  return { httpGet: { path, port: k8s.IntOrString.fromNumber(HEALTH_PORT), scheme: 'HTTP' } };
}

function renderResources({ cpu, memory, ephemeralStorage }: CompleteResources): k8s.ResourceRequirements {
  const amounts = (side: 'request' | 'limit') =>
    Object.fromEntries(
      Object.entries({ cpu: cpu[side], memory: memory[side], 'ephemeral-storage': ephemeralStorage[side] }).flatMap(
        ([resource, amount]) => (amount === undefined ? [] : [[resource, k8s.Quantity.fromString(amount)]]),
      ),
    );
  return { requests: amounts('request'), limits: amounts('limit') };
}

export function renderDisruptionBudget(
  operator: OperatorIdentity,
  component: string,
): k8s.KubePodDisruptionBudgetProps {
  return {
    metadata: metadataOf(operator, component),
    spec: {
      maxUnavailable: k8s.IntOrString.fromNumber(1),
      selector: { matchLabels: selectorLabels(operator, component) },
    },
  };
}

function sizeOf(size?: Size): string | undefined {
  return size && quantity(size);
}

/** As the API server itself would write it, so that applying it again changes nothing. */
function quantity(size: Size): string {
  return binaryQuantity(size.toMebibytes());
}
