import { Duration, Size } from 'cdk8s';
import { Cpu, EnvFrom, EnvValue, IServiceAccount, k8s, Volume, VolumeMount } from 'cdk8s-plus-28';
import { LocalDirectories } from './local-directories';

/** What driver and executors have in common. */
export interface PodOptions {
  /**
   * Cores that Spark uses: a whole number. For fractions of a CPU see `coreRequest`.
   *
   * @default 1
   */
  readonly cores?: number;

  /**
   * CPU that is requested.
   *
   * @default - `cores`
   * @see https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
   */
  readonly coreRequest?: Cpu;

  /**
   * CPU at which the pod is throttled, at least `coreRequest`.
   *
   * @default - `cores`, or `coreRequest` where that is more; none in a plain application
   */
  readonly coreLimit?: Cpu;

  /**
   * Memory of the Java heap. Whole mebibytes.
   *
   * @default Size.gibibytes(1)
   */
  readonly memory?: Size;

  /**
   * Memory beside the heap: for threads, buffers and Python or R processes. Whole mebibytes. The limits of directories in
   * memory come on top.
   *
   * @default - a tenth of `memory` for Java and Scala, four tenths for Python and R, at least 384 MiB
   * @see https://spark.apache.org/docs/latest/configuration.html
   */
  readonly memoryOverhead?: Size;

  /**
   * Java options, each an item of its own. The library adds its own; two that set the same are an error.
   *
   * @default - none beside the library's
   */
  readonly javaOptions?: string[];

  /**
   * Environment variables of the Spark container, by name. A secret comes by reference: `secret.envValue('key')`.
   *
   * @default - none beside Spark's own
   */
  readonly env?: { readonly [name: string]: EnvValue };

  /**
   * Config maps and secrets all of whose keys become environment variables of the Spark container.
   *
   * @default - none
   */
  readonly envFrom?: EnvFrom[];

  /**
   * Volumes of the Spark container and where they are mounted.
   *
   * @default - none beside the writable directories
   */
  readonly volumeMounts?: VolumeMount[];

  /**
   * Volumes that only sidecars or init containers mount.
   *
   * @default - none
   */
  readonly volumes?: Volume[];

  /**
   * Containers that run beside Spark's. One that does not end by itself keeps a driver's pod alive for ever; give it as an
   * init container with `restartPolicy: Always` instead, from Kubernetes 1.29 on.
   *
   * @default - none
   * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
   */
  readonly sidecars?: k8s.Container[];

  /**
   * Containers that run before Spark's.
   *
   * @default - none
   * @see https://kubernetes.io/docs/concepts/workloads/pods/init-containers/
   */
  readonly initContainers?: k8s.Container[];

  /**
   * Labels that a node must have.
   *
   * @default - any node
   */
  readonly nodeSelector?: { readonly [label: string]: string };

  /**
   * Taints that are tolerated.
   *
   * @default - none
   */
  readonly tolerations?: k8s.Toleration[];

  /**
   * Rules on which nodes and beside which pods it runs.
   *
   * @default - none
   */
  readonly affinity?: k8s.Affinity;

  /**
   * Labels of the pod. Those under `spark-` and `sparkoperator.k8s.io/` belong to Spark and the operator.
   *
   * @default - none beside Spark's
   */
  readonly labels?: { readonly [label: string]: string };

  /**
   * Annotations of the pod.
   *
   * @default - none
   */
  readonly annotations?: { readonly [annotation: string]: string };

  /**
   * The pod's priority class.
   *
   * @default - the cluster's default
   */
  readonly priorityClassName?: string;

  /**
   * How long the pod has to end by itself. Whole seconds.
   *
   * @default - 30 seconds, as Kubernetes has it
   */
  readonly terminationGracePeriod?: Duration;

  /**
   * What Spark's local directory, for shuffle data and spills, lies on.
   *
   * @default - the node's disk: 5 GiB for an executor, 1 GiB for a driver; in a plain application Spark's own unlimited one
   */
  readonly localDirectories?: LocalDirectories;

  /**
   * Anything else of the pod. The Spark container in it is the one named `spark-kubernetes-driver` or
   * `spark-kubernetes-executor`. What another property sets too is an error.
   *
   * @default - nothing else
   * @see https://spark.apache.org/docs/latest/running-on-kubernetes.html#pod-template
   */
  readonly template?: k8s.PodTemplateSpec;
}

/** How much a Spark container takes, and how its Java is started: what stands beside the template. */
export type PodSizes = Pick<
  PodOptions,
  'cores' | 'coreRequest' | 'coreLimit' | 'memory' | 'memoryOverhead' | 'javaOptions'
>;
/** What makes the template of a pod. */
export type FrameOptions = Omit<PodOptions, keyof PodSizes>;

/** The driver of a job. */
export interface DriverOptions extends PodOptions {
  /**
   * The driver's account, one of the job namespace; it gets the drivers' rights there. One of `fromServiceAccountName` needs
   * `namespaceName`, since cdk8s-plus takes it for one of `default` otherwise.
   *
   * @default - that of the job namespace
   */
  readonly serviceAccount?: IServiceAccount;
}

/** The executors of a job. */
export interface ExecutorOptions extends PodOptions {
  /**
   * The executors' account, one of the job namespace. It needs no rights and gets none; its token is not mounted. One of
   * `fromServiceAccountName` needs `namespaceName`, since cdk8s-plus takes it for one of `default` otherwise.
   *
   * @default - that of the job namespace
   */
  readonly serviceAccount?: IServiceAccount;

  /**
   * How many there are; with `dynamicAllocation` that says it instead.
   *
   * @default 1
   */
  readonly instances?: number;

  /**
   * Whether executor pods are deleted when they end. Kept ones can be looked at; the driver then needs the right to patch
   * pods of its namespace, to mark them.
   *
   * @default true
   */
  readonly deleteOnTermination?: boolean;
}
