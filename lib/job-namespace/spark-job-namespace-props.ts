import { IServiceAccount } from 'cdk8s-plus-28';
import { AdmissionRules } from './admission/admission-rules';
import { Relaxation } from '../guarantees/relaxation';
import { JobNamespaceLimitRange } from './quota/limit-range';
import { JobNamespaceQuota } from './quota/resource-quota';
import { NetworkRule } from './network/network-peer';
import { PodSecurityLevel } from '../kubernetes/pod-security-level';
import { WritableDirectoryMonitoring } from './writable-directory-monitoring';

/** Options of job namespaces, both new and existing. */
export interface JobNamespaceOptions {
  /**
   * The most that all pods and objects of the namespace may take together. Services of type `NodePort` and `LoadBalancer` are
   * refused here in any case.
   *
   * @default - not limited
   * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/
   */
  readonly quota?: JobNamespaceQuota;

  /**
   * Defaults for containers that set no requests or limits, and the most that one may ask for.
   *
   * @default - no LimitRange
   * @see https://kubernetes.io/docs/concepts/policy/limit-range/
   */
  readonly limitRange?: JobNamespaceLimitRange;

  /**
   * Whether pods may only connect to what is allowed: driver and executors to each other, all pods to DNS, drivers to the API
   * server, and what `allowEgress` and `allowIngress` add. This holds only where the cluster's network plugin enforces
   * network policies.
   *
   * @default true
   * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
   */
  readonly isolate?: boolean;

  /**
   * Peers and ports of the cluster's DNS, by TCP and UDP.
   *
   * @default - port 53 of the pods of `kube-system` with the label `k8s-app: kube-dns`
   */
  readonly dns?: NetworkRule;

  /**
   * Peers and ports at which drivers reach the API server. A policy cannot name it, so give its address, for example
   * `NetworkPeer.cidr('10.0.0.1/32')`.
   *
   * @default - every address, on ports 443 and 6443
   */
  readonly apiServer?: NetworkRule;

  /**
   * An account for drivers in place of `spark-driver`. It gets the drivers' rights.
   *
   * @default - an account `spark-driver` is made
   */
  readonly driverServiceAccount?: IServiceAccount;

  /**
   * An account for executors in place of `spark-executor`. It needs no rights.
   *
   * @default - an account `spark-executor` is made, without a token of the Kubernetes API
   */
  readonly executorServiceAccount?: IServiceAccount;

  /**
   * The https addresses of the Maven repositories that applications may name.
   *
   * @default - none
   */
  readonly packageRepositories?: string[];

  /**
   * The guarantees of secure applications that may be relaxed here, each with its reason.
   *
   * @default - none
   */
  readonly allow?: Relaxation[];

  /**
   * Variables, configuration keys and arguments that look as if they held a secret here and do not, each with its reason, so
   * that their values may stand in plain text: `{ TOKEN_ISSUER_KEY: 'the public address of the issuer' }`. Everything else is
   * still checked, and applications need not relax anything.
   *
   * @default - none
   */
  readonly notSecret?: { readonly [name: string]: string };

  /**
   * What applications may use here beyond what the operator's admission guard admits anywhere. It binds everyone who writes
   * applications by hand; what the applications of this program use is admitted automatically.
   *
   * @default - nothing more
   */
  readonly admission?: AdmissionRules;

  /**
   * Lets Prometheus warn before a writable directory of a pod is full, with a PrometheusRule of the Prometheus operator.
   *
   * @default - nothing is watched
   * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PrometheusRule
   */
  readonly monitorWritableDirectories?: WritableDirectoryMonitoring;
}

/** Properties of a job namespace. */
export interface SparkJobNamespaceProps extends JobNamespaceOptions {
  /**
   * The namespace's name, a DNS label. `default` and names that start with `kube-` are refused.
   *
   * @default - the construct's id
   */
  readonly name?: string;

  /**
   * The Pod Security level that admission enforces, audits and warns of.
   *
   * @default PodSecurityLevel.RESTRICTED
   * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
   */
  readonly podSecurity?: PodSecurityLevel;

  /**
   * The Kubernetes version whose Pod Security Standards hold, `v1.28` or later, so that an upgrade of the cluster does not
   * change them.
   *
   * @default "v1.28"
   */
  readonly podSecurityVersion?: string;

  /**
   * Further labels of the Namespace. Those of Pod Security are set by the properties alone.
   *
   * @default - none
   */
  readonly labels?: { readonly [label: string]: string };

  /**
   * Further annotations of the Namespace.
   *
   * @default - none
   */
  readonly annotations?: { readonly [annotation: string]: string };
}

/** Properties of a job namespace that exists already. */
export interface ExistingNamespaceProps extends JobNamespaceOptions {
  /** The namespace's name. */
  readonly name: string;

  /** The Pod Security level that admission enforces there, by the labels that its owner has set. */
  readonly podSecurity: PodSecurityLevel;

  /**
   * Whether everything in the namespace is closed and limited as in a namespace that this library creates: the network
   * policies select all pods, and no service may be of type `NodePort` or `LoadBalancer`. Without it a driver, which may
   * create pods, can create pods without Spark's labels, which the policies do not select.
   *
   * @default false, which leaves pods and services of others alone
   */
  readonly wholeNamespace?: boolean;
}
