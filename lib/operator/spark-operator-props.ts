import { ImagePullPolicy, ISecret } from 'cdk8s-plus-28';
import { AdmissionRules } from '../job-namespace/admission/admission-rules';
import { NetworkRule } from '../job-namespace/network/network-peer';
import { ISparkJobNamespace } from '../job-namespace/spark-job-namespace';
import { BatchScheduler } from './batch-scheduler';
import { WebhookCertificates } from './install/certificates';
import { SparkOperatorControllerOptions } from './install/controller';
import { SparkOperatorCrds } from './install/crds';
import { OperatorLogLevel } from './operator-log-level';
import { PodMonitorOptions } from './install/pod-monitor';
import { SparkOperatorWebhookOptions } from './install/webhook';

/** Properties of the Spark operator. */
export interface SparkOperatorProps {
  /**
   * The name that all objects and accounts of the operator begin with; at most 52 characters.
   *
   * @default 'spark-operator'
   */
  readonly name?: string;

  /**
   * The namespace of the operator itself. No jobs run there.
   *
   * @default - the namespace of the chart, else `spark-operator`
   */
  readonly namespace?: string;

  /**
   * Write the Namespace object too, with Pod Security `restricted`.
   *
   * @default true
   * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
   */
  readonly createNamespace?: boolean;

  /**
   * The release of the operator.
   *
   * @default '2.5.2'
   * @see https://github.com/kubeflow/spark-operator/releases
   */
  readonly version?: string;

  /**
   * An image of your own, with that release in it. Pinned: with a tag other than `latest`, or a digest.
   *
   * @default - the official image of the release
   */
  readonly image?: string;

  /**
   * When nodes pull the image.
   *
   * @default ImagePullPolicy.IF_NOT_PRESENT
   * @see https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy
   */
  readonly imagePullPolicy?: ImagePullPolicy;

  /**
   * Secrets of the operator's namespace with which nodes pull the image.
   *
   * @default - none
   */
  readonly imagePullSecrets?: ISecret[];

  /**
   * The namespaces whose applications it runs; more follow with `addJobNamespace`. It has rights nowhere else.
   *
   * @default - none
   */
  readonly jobNamespaces?: ISparkJobNamespace[];

  /**
   * Names of namespaces whose applications it runs, but which this program does not know. Only the operator's rights are
   * written there; use `SparkJobNamespace.addToExistingNamespace` for accounts, quotas and network policies too.
   *
   * @default - none
   */
  readonly existingJobNamespaces?: string[];

  /**
   * Run the applications of every namespace. The operator then has its rights in the whole cluster, including the right to
   * create pods. Set either this or the two lists, never both.
   *
   * @default false
   */
  readonly watchAllNamespaces?: boolean;

  /**
   * How much controller and webhook log.
   *
   * @default OperatorLogLevel.INFO
   */
  readonly logLevel?: OperatorLogLevel;

  /**
   * The controller's pods.
   *
   * @default - one pod, ten workers
   */
  readonly controller?: SparkOperatorControllerOptions;

  /**
   * Run the webhook. Without it applications are not checked when they are submitted, and pods silently lack the settings that
   * only the webhook adds.
   *
   * @default true
   */
  readonly webhookEnabled?: boolean;

  /**
   * The webhook's pods and configurations.
   *
   * @default - two pods; applications and their pods are refused while none of them answers
   */
  readonly webhook?: SparkOperatorWebhookOptions;

  /**
   * Where the webhook's certificate comes from.
   *
   * @default WebhookCertificates.selfSigned()
   */
  readonly certificates?: WebhookCertificates;

  /**
   * Refuse applications that are outside of what their job namespace allows, with ValidatingAdmissionPolicies. The parameters
   * stand in the operator's namespace. It needs Kubernetes 1.30: turn it off for 1.28 and 1.29, which do not know the kind.
   *
   * Where all namespaces are watched, add those of the program with `admissionGuard.addJobNamespace`; all others are guarded by
   * `admission`.
   *
   * @default true
   * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
   */
  readonly admissionGuard?: boolean;

  /**
   * What the guard lets applications use in namespaces that the program does not know: `existingJobNamespaces`, or all with
   * `watchAllNamespaces`. Drivers and executors run there as `spark-driver` and `spark-executor`. Required for these, since
   * without `imageRepositories` no image is admitted.
   *
   * @default - no such namespaces
   */
  readonly admission?: AdmissionRules;

  /**
   * The custom resource definitions.
   *
   * @default SparkOperatorCrds.bundled()
   */
  readonly crds?: SparkOperatorCrds;

  /**
   * Let the replicas of each component elect a leader. Required with more than one controller.
   *
   * @default true
   */
  readonly leaderElection?: boolean;

  /**
   * Serve metrics for Prometheus, unencrypted, to all pods of the cluster.
   *
   * @default true
   */
  readonly metrics?: boolean;

  /**
   * The port of the metrics, 1024 to 65535.
   *
   * @default 8080
   */
  readonly metricsPort?: number;

  /**
   * Write a PodMonitor for the Prometheus operator.
   *
   * @default - none; the controller's pods have the annotations `prometheus.io/scrape`, `port` and `path` instead
   */
  readonly podMonitor?: PodMonitorOptions;

  /**
   * Let the controller make a service for the web interface of each driver. Turning it off leaves the services of running
   * applications behind until these applications are deleted.
   *
   * @default true
   * @see https://spark.apache.org/docs/latest/web-ui.html
   */
  readonly uiService?: boolean;

  /**
   * The batch schedulers that applications may ask for.
   *
   * @default - none
   */
  readonly batchSchedulers?: BatchScheduler[];

  /**
   * The batch scheduler of applications that name no scheduler; one of `batchSchedulers`.
   *
   * @default - that of Kubernetes
   */
  readonly defaultBatchScheduler?: BatchScheduler;

  /**
   * Write network policies: the webhook is reached on its port and metrics by pods of the cluster; both components reach DNS
   * and the API server, and the controller the package repositories that job namespaces allow. The repositories of
   * `existingJobNamespaces`, and of all namespaces with `watchAllNamespaces`, are not known.
   *
   * @default true
   * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
   */
  readonly isolate?: boolean;

  /**
   * Peers and ports of the cluster's DNS, over TCP and UDP.
   *
   * @default - port 53 of the pods labelled `k8s-app: kube-dns` in `kube-system`
   */
  readonly dns?: NetworkRule;

  /**
   * Peers and ports of the API server.
   *
   * @default - every address, on ports 443 and 6443, since a policy cannot name the API server
   */
  readonly apiServer?: NetworkRule;

  /**
   * Annotate the custom resource definitions for Argo CD: applied first, on the server side (which the operator's own, large
   * ones need), and never pruned.
   *
   * @default false
   * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/
   */
  readonly argoCd?: boolean;
}
