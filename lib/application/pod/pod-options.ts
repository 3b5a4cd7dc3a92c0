import { Duration, Size } from 'cdk8s';
import { Cpu, EnvFrom, EnvValue, IServiceAccount, k8s, Volume, VolumeMount } from 'cdk8s-plus-28';
import { LocalDirectories } from './local-directories';

/** Options that driver and executors have in common. */
export interface PodOptions {
  /**
   * The number of cores that Spark uses, a whole number. For fractions of a CPU use `coreRequest`.
   *
   * @default 1
   */
  readonly cores?: number;

  /**
   * The CPU request of the Spark container.
   *
   * @default - `cores`
   * @see https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
   */
  readonly coreRequest?: Cpu;

  /**
   * The CPU limit of the Spark container, at least `coreRequest`.
   *
   * @default - the larger of `cores` and `coreRequest`; no limit in a plain application
   */
  readonly coreLimit?: Cpu;

  /**
   * The size of the Java heap. Whole mebibytes.
   *
   * @default Size.gibibytes(1)
   */
  readonly memory?: Size;

  /**
   * Memory in addition to the heap: for threads, buffers and Python or R processes. Whole mebibytes. The limits of directories
   * in memory are added to it.
   *
   * @default - a tenth of `memory` for Java and Scala, four tenths for Python and R, at least 384 MiB
   * @see https://spark.apache.org/docs/latest/configuration.html
   */
  readonly memoryOverhead?: Size;

  /**
   * Java options, one per item, in addition to those of the library. Two options that set the same are an error.
   *
   * @default - only those of the library
   */
  readonly javaOptions?: string[];

  /**
   * Environment variables of the Spark container, by name. Pass a secret by reference: `secret.envValue('key')`.
   *
   * @default - only those that Spark sets
   */
  readonly env?: { readonly [name: string]: EnvValue };

  /**
   * ConfigMaps and Secrets; all of their keys become environment variables of the Spark container.
   *
   * @default - none
   */
  readonly envFrom?: EnvFrom[];

  /**
   * Volumes of the Spark container and their mount paths.
   *
   * @default - only the writable directories
   */
  readonly volumeMounts?: VolumeMount[];

  /**
   * Volumes that only sidecars or init containers mount.
   *
   * @default - none
   */
  readonly volumes?: Volume[];

  /**
   * Containers that run next to the Spark container. One that does not end by itself keeps a driver's pod alive forever; make
   * it an init container with `restartPolicy: Always` instead, which Kubernetes supports since 1.29.
   *
   * @default - none
   * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
   */
  readonly sidecars?: k8s.Container[];

  /**
   * Containers that run before the Spark container.
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
   * Tolerations for taints of nodes.
   *
   * @default - none
   */
  readonly tolerations?: k8s.Toleration[];

  /**
   * Affinity and anti-affinity to nodes and to other pods.
   *
   * @default - none
   */
  readonly affinity?: k8s.Affinity;

  /**
   * Labels of the pod. Names that start with `spark-` or `sparkoperator.k8s.io/` belong to Spark and the operator.
   *
   * @default - only those of Spark and the operator
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
   * The time that the pod has to end by itself before it is killed. Whole seconds.
   *
   * @default - 30 seconds, the default of Kubernetes
   */
  readonly terminationGracePeriod?: Duration;

  /**
   * The volume of Spark's local directory, for shuffle data and spills.
   *
   * @default - the node's disk: 5 GiB for an executor, 1 GiB for a driver; in a plain application Spark's default without limit
   */
  readonly localDirectories?: LocalDirectories;

  /**
   * A pod template for all other fields. The Spark container in it is the one named `spark-kubernetes-driver` or
   * `spark-kubernetes-executor`. A field that another property sets too is an error.
   *
   * @default - no template
   * @see https://spark.apache.org/docs/latest/running-on-kubernetes.html#pod-template
   */
  readonly template?: k8s.PodTemplateSpec;
}

/** Resources and Java options of a Spark container: options that are not part of the template. */
export type PodSizes = Pick<
  PodOptions,
  'cores' | 'coreRequest' | 'coreLimit' | 'memory' | 'memoryOverhead' | 'javaOptions'
>;
/** Options that become part of the pod template. */
export type FrameOptions = Omit<PodOptions, keyof PodSizes>;

/** Options of a job's driver. */
export interface DriverOptions extends PodOptions {
  /**
   * The driver's service account, in the job namespace; it gets the drivers' rights there. An account from
   * `fromServiceAccountName` needs `namespaceName`; without it cdk8s-plus assumes the namespace `default`.
   *
   * @default - the account of the job namespace
   */
  readonly serviceAccount?: IServiceAccount;
}

/** Options of a job's executors. */
export interface ExecutorOptions extends PodOptions {
  /**
   * The executors' service account, in the job namespace. It needs no rights and gets none, and its token is not mounted. An
   * account from `fromServiceAccountName` needs `namespaceName`; without it cdk8s-plus assumes the namespace `default`.
   *
   * @default - the account of the job namespace
   */
  readonly serviceAccount?: IServiceAccount;

  /**
   * The number of executors. With `dynamicAllocation`, set the numbers there instead.
   *
   * @default 1
   */
  readonly instances?: number;

  /**
   * Whether executor pods are deleted when they end. If `false`, they stay for inspection, and the driver also gets the right
   * to patch pods of its namespace, with which it marks them.
   *
   * @default true
   */
  readonly deleteOnTermination?: boolean;
}
