import { ApiObject, Chart, Lazy } from 'cdk8s';
import { ImagePullPolicy, IServiceAccount, k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { SparkAdmissionGuard } from '../admission-guard/spark-admission-guard';
import { namespaceMetadata } from '../job-namespace/namespace-metadata';
import { PodSecurityLevel } from '../kubernetes/pod-security-level';
import { ISparkJobNamespace } from '../job-namespace/spark-job-namespace';
import { fail, Problems } from '../problems/errors';
import { clusterScoped } from '../kubernetes/objects';
import { Program } from '../program/program';
import { WebhookCertificates } from './install/certificates';
import { componentProblems, labelsOf, OperatorIdentity, selectorLabels } from './install/component';
import {
  CONTROLLER,
  controllerArgs,
  controllerComponent,
  controllerProblems,
  controllerRights,
  ControllerSettings,
} from './install/controller';
import { SparkOperatorCrds } from './install/crds';
import { DeployedComponent } from './install/deployed-component';
import { OperatorLogLevel } from './operator-log-level';
import { jobNamespaceProblem, operatorProblems } from './operator-checks';
import { ComponentTraffic } from './install/operator-network';
import { renderPodMonitor } from './install/pod-monitor';
import { DEFAULT_OPERATOR_VERSION, OPERATOR_RELEASES } from './releases';
import { SparkOperatorProps } from './spark-operator-props';
import { WatchedNamespaces } from './install/watched-namespaces';
import {
  certificateContext,
  renderWebhookService,
  WEBHOOK,
  webhookArgs,
  webhookComponent,
  webhookPort,
  webhookProblems,
  webhookRights,
  WebhookSettings,
} from './install/webhook';
import { renderMutatingWebhooks, renderValidatingWebhooks, webhookNamespaces } from './install/webhook-configurations';
import { checkArguments } from '../problems/property-checks';

const DEFAULT_NAME = 'spark-operator';
const DEFAULT_METRICS_PORT = 8080;

/**
 * Installs the Kubeflow Spark operator: a controller that submits applications to Spark and follows their state, and a
 * webhook that checks applications before the API server stores them.
 *
 * It renders both Deployments with their accounts, rights and network policies, the custom resource definitions in a chart
 * of their own, and a `SparkAdmissionGuard`. The pods meet Pod Security `restricted` with a read-only root file system.
 *
 * The operator has rights in its own namespace and in its job namespaces only, unless `watchAllNamespaces` is set. Synth
 * fails if it has no job namespace, because to the operator an empty list means all namespaces of the cluster. The only
 * right on the cluster is the webhook's, to read and update its own two webhook configurations by name; with
 * `WebhookCertificates.certManager()` it has none.
 *
 * @see https://www.kubeflow.org/docs/components/spark-operator/
 * @example
 *
 * declare const billing: SparkJobNamespace;
 * const operator = new SparkOperator(chart, 'operator', { jobNamespaces: [clicks] });
 * operator.addJobNamespace(billing);
 */
export class SparkOperator extends Construct {
  /** The name that all objects of the operator begin with. */
  public readonly name: string;
  /** The namespace of the operator itself. */
  public readonly namespaceName: string;
  /** The release of the operator. */
  public readonly version: string;
  /** The account of the controller, which runs spark-submit. */
  public readonly controllerServiceAccount: IServiceAccount;
  /** The account of the webhook, if the operator runs one. */
  public readonly webhookServiceAccount?: IServiceAccount;
  /** The controller's Deployment, for JSON patches. */
  public readonly apiObject: ApiObject;
  /** The webhook's Deployment, for JSON patches, if the operator runs one. */
  public readonly webhookApiObject?: ApiObject;

  /** The guard that refuses applications outside of what their namespace allows, unless it is turned off. */
  public readonly admissionGuard?: SparkAdmissionGuard;

  private readonly operator: OperatorIdentity;
  private readonly watched: WatchedNamespaces;
  private readonly components: readonly DeployedComponent[];

  /**
   * @param scope the chart, or a construct in it
   * @param id the construct's id
   * @param props the properties of the operator
   * @throws if the properties are invalid; the error lists every problem
   */
  public constructor(scope: Construct, id: string, props: SparkOperatorProps = {}) {
    checkArguments('new SparkOperator', [scope, id, props]);
    super(scope, id);
    const operator = identityOf(this, props);
    this.operator = operator;
    this.name = operator.name;
    this.namespaceName = operator.namespace;
    this.version = operator.version;
    this.watched = new WatchedNamespaces(props.watchAllNamespaces ?? false);
    this.check(props);

    if (props.createNamespace ?? true) this.writeNamespace();
    const controller = this.deployController(props);
    const webhook = (props.webhookEnabled ?? true) ? this.deployWebhook(props) : undefined;
    this.components = [controller, ...(webhook === undefined ? [] : [webhook])];
    this.controllerServiceAccount = controller.account;
    this.apiObject = controller.apiObject;
    this.webhookServiceAccount = webhook?.account;
    this.webhookApiObject = webhook?.apiObject;

    if (props.admissionGuard ?? true) {
      const { name, namespace } = operator;
      const { admission, watchAllNamespaces: otherNamespaces } = props;
      this.admissionGuard = new SparkAdmissionGuard(this, 'admission-guard', {
        name: `${name}-guard`,
        namespace,
        admission,
        otherNamespaces,
      });
    }
    if (props.podMonitor !== undefined) {
      new ApiObject(this, 'pod-monitor', renderPodMonitor(operator, props.podMonitor));
    }
    (props.crds ?? SparkOperatorCrds.bundled())._render(this, props.argoCd ?? false);
    for (const namespace of props.jobNamespaces ?? []) this.addJobNamespace(namespace);
    for (const name of props.existingJobNamespaces ?? []) this.addExistingJobNamespace(name);

    Program.of(this).addWatcher({ node: this.node, watches: (namespace) => this.watches(namespace) });
    this.node.addValidation({ validate: () => this.problemsAtTheEnd() });
  }

  /**
   * Lets the operator run the applications of a namespace. Adding the same namespace again changes nothing.
   *
   * @param namespace the namespace
   * @throws if it is the operator's own, is known under another construct, or all namespaces are watched
   */
  public addJobNamespace(namespace: ISparkJobNamespace): void {
    checkArguments('SparkOperator.addJobNamespace', [namespace], this.node.path);
    if (this.watched.has(namespace)) return;
    this.bindIn(namespace.name);
    this.watched.add(namespace);
    this.admissionGuard?.addJobNamespace(namespace);
  }

  /**
   * Lets the operator run the applications of a namespace that this program does not know.
   *
   * @param name the namespace's name
   * @throws if it is the operator's own or Kubernetes' own, is added already, or all namespaces are watched
   */
  public addExistingJobNamespace(name: string): void {
    checkArguments('SparkOperator.addExistingJobNamespace', [name], this.node.path);
    this.bindIn(name);
    this.watched.addExisting(name);
    this.admissionGuard?.addExistingJobNamespace(name);
  }

  /**
   * Whether the operator runs the applications of a namespace.
   *
   * @param namespace the namespace's name
   */
  public watches(namespace: string): boolean {
    checkArguments('SparkOperator.watches', [namespace], this.node.path);
    return this.watched.all || this.watched.includes(namespace);
  }

  private check(props: SparkOperatorProps): void {
    const controller = controllerSettings(props);
    const problems = new Problems(this);
    problems.add(
      ...operatorProblems(this.operator, props),
      ...controllerProblems(controller),
      ...componentProblems(controllerComponent(controller, [])),
      ...webhookProblems(props.webhook ?? {}),
      ...componentProblems(webhookComponent(webhookSettings(props), [])),
    );
    problems.throwIfAny();
  }

  private deployController(props: SparkOperatorProps): DeployedComponent {
    const { operator, watched } = this;
    const settings = controllerSettings(props);
    const args = Lazy.any({ produce: () => controllerArgs(operator, settings, watched.names) }) as string[];
    return new DeployedComponent(this, operator, {
      id: 'Resource',
      component: controllerComponent(settings, args),
      rights: controllerRights(operator, settings),
      watched,
      traffic: this.traffic(props, CONTROLLER),
    });
  }

  private deployWebhook(props: SparkOperatorProps): DeployedComponent {
    const { operator, watched } = this;
    const settings = webhookSettings(props);
    const { options } = settings;
    const certificates = props.certificates ?? WebhookCertificates.selfSigned();
    const certificate = certificates._setUp(this, certificateContext(operator));
    const args = Lazy.any({ produce: () => webhookArgs(operator, settings, certificate, watched.names) }) as string[];
    const webhook = new DeployedComponent(this, operator, {
      id: 'webhook',
      component: webhookComponent(settings, args),
      rights: webhookRights(operator, settings, certificate),
      watched,
      traffic: this.traffic(props, WEBHOOK, webhookPort(options)),
    });
    new k8s.KubeService(this, 'webhook-service', renderWebhookService(operator));

    const namespaces = Lazy.any({ produce: () => webhookNamespaces(operator, watched.names) }) as k8s.LabelSelector;
    const annotations = certificate.configurationAnnotations;
    const mutating = renderMutatingWebhooks(operator, options, namespaces, annotations);
    const validating = renderValidatingWebhooks(operator, options, namespaces, annotations);
    clusterScoped(new k8s.KubeMutatingWebhookConfiguration(this, 'mutating-webhooks', mutating));
    clusterScoped(new k8s.KubeValidatingWebhookConfiguration(this, 'validating-webhooks', validating));
    return webhook;
  }

  private traffic(props: SparkOperatorProps, component: string, port?: number): (() => ComponentTraffic) | undefined {
    if (!(props.isolate ?? true)) return undefined;
    return () => ({
      podLabels: selectorLabels(this.operator, component),
      dns: props.dns,
      apiServer: props.apiServer,
      metricsPort: metricsPortOf(props),
      webhookPort: port,
      packageRepositories: component === CONTROLLER ? this.watched.packageRepositories : [],
    });
  }

  private writeNamespace(): void {
    const metadata = namespaceMetadata({
      name: this.namespaceName,
      podSecurity: PodSecurityLevel.RESTRICTED,
      labels: labelsOf(this.operator),
    });
    clusterScoped(new k8s.KubeNamespace(this, 'namespace', { metadata }));
  }

  private bindIn(name: string): void {
    if (this.watched.all)
      fail(this, `namespace "${name}" is added, but watchAllNamespaces is true: leave out one of the two`);
    const problem = jobNamespaceProblem(this.operator, name);
    if (problem !== undefined) fail(this, problem);
    if (this.watched.includes(name)) fail(this, `namespace "${name}" is added already: add it once, in one way`);
    const scope = new Construct(this, `job-namespace-${name}`);
    for (const component of this.components) component.bindIn(scope, name);
  }

  private problemsAtTheEnd(): string[] {
    if (this.watched.all || this.watched.names?.length !== 0) return [];
    return [
      'no job namespace is given, which to the operator means all namespaces of the cluster: give it jobNamespaces or addJobNamespace, or set watchAllNamespaces if that is meant',
    ];
  }
}

function identityOf(scope: Construct, props: SparkOperatorProps): OperatorIdentity {
  const version = props.version ?? DEFAULT_OPERATOR_VERSION;
  return {
    name: props.name ?? DEFAULT_NAME,
    namespace: props.namespace ?? Chart.of(scope).namespace ?? DEFAULT_NAME,
    version,
    image: props.image ?? OPERATOR_RELEASES[version]?.image ?? '',
    imagePullPolicy: props.imagePullPolicy ?? ImagePullPolicy.IF_NOT_PRESENT,
    imagePullSecrets: [...(props.imagePullSecrets ?? [])],
  };
}

function controllerSettings(props: SparkOperatorProps): ControllerSettings {
  return {
    options: props.controller ?? {},
    logLevel: props.logLevel ?? OperatorLogLevel.INFO,
    leaderElection: props.leaderElection ?? true,
    metricsPort: metricsPortOf(props),
    annotateMetrics: props.podMonitor === undefined,
    uiService: props.uiService ?? true,
    batchSchedulers: [...(props.batchSchedulers ?? [])],
    defaultBatchScheduler: props.defaultBatchScheduler,
  };
}

function webhookSettings(props: SparkOperatorProps): WebhookSettings {
  return {
    options: props.webhook ?? {},
    logLevel: props.logLevel ?? OperatorLogLevel.INFO,
    leaderElection: props.leaderElection ?? true,
    metricsPort: metricsPortOf(props),
  };
}

function metricsPortOf({ metrics, metricsPort }: SparkOperatorProps): number | undefined {
  return (metrics ?? true) ? (metricsPort ?? DEFAULT_METRICS_PORT) : undefined;
}
