import { ApiObject } from 'cdk8s';
import { IServiceAccount, k8s } from 'cdk8s-plus-28';
import { Construct, IConstruct } from 'constructs';
import { Problems } from '../private/errors';
import { clusterScoped } from '../private/objects';
import { Program } from '../private/program';
import { Admission, AdmissionLists } from './admission';
import { admissionProblems, AdmissionRules } from './admission-rules';
import { Hardening } from './hardening';
import { accountProblems, Identities } from './identities';
import { JobNamespaceGrants } from './job-namespace-grants';
import { JobNamespaceLimitRange } from './job-namespace-limit-range';
import { JobNamespaceQuota } from './job-namespace-quota';
import { emitLimitRange, limitRangeProblems } from './limit-range';
import { namespaceMetadata, namespaceProblems } from './namespace-metadata';
import { NamespaceFeature } from './namespace-feature';
import { NetworkRule } from './network-peer';
import { isolationProblems, NetworkPolicies } from './network-policies';
import { packageRepositoryProblems } from './package-repositories';
import { PodSecurityLevel } from './pod-security-level';
import { emitQuotas, quotaProblems } from './resource-quota';
import { emitMonitoring, monitoringProblems, WritableDirectoryMonitoring } from './writable-directory-monitoring';

/** A namespace in which Spark jobs run: the boundary of a tenant. */
export interface ISparkJobNamespace extends IConstruct {
  /** The namespace's name. */
  readonly name: string;
  /** What Pod Security admission enforces there. */
  readonly podSecurity: PodSecurityLevel;
  /** The account of drivers. */
  readonly driverServiceAccount: IServiceAccount;
  /** The account of executors, which has no rights. */
  readonly executorServiceAccount: IServiceAccount;
  /** Gives outside identities rights in the namespace. */
  readonly grants: JobNamespaceGrants;
  /** The most that its pods may take together. @default - not limited */
  readonly quota?: JobNamespaceQuota;
  /** What containers get there, and the most that one may ask for. @default - no LimitRange */
  readonly limitRange?: JobNamespaceLimitRange;
  /** The guarantees that applications may relax here. A copy. */
  readonly allowed: Hardening[];
  /** The package repositories that applications may use here. A copy. */
  readonly packageRepositories: string[];
  /** Whether network policies close the namespace, so that every connection must be allowed. */
  readonly isolated: boolean;

  /**
   * Lets all pods of the namespace connect to the peers of a rule. Allowing more under the same name adds to it.
   *
   * @param name what is reached, a DNS label: the policy is named `spark-egress-<name>`
   * @param rule the peers and their ports
   * @throws if the rule names no peer or port, or the namespace is not isolated
   */
  allowEgress(name: string, rule: NetworkRule): void;

  /**
   * Lets the peers of a rule connect to all pods of the namespace, for example to read metrics. Allowing more under the same
   * name adds to it.
   *
   * @param name who connects, a DNS label: the policy is named `spark-ingress-<name>`
   * @param rule the peers and the pods' ports
   * @throws if the rule names no peer or port, or the namespace is not isolated
   */
  allowIngress(name: string, rule: NetworkRule): void;

  /** @internal */
  _use(feature: NamespaceFeature): void;
  /** @internal */
  _uses(feature: NamespaceFeature): boolean;
  /** @internal */
  _addDriver(account: IServiceAccount): void;
  /** @internal */
  _addExecutor(account: IServiceAccount): void;
  /** @internal */
  _admit(lists: AdmissionLists): void;
  /** @internal */
  _admitted(): Record<string, string[]>;
  /** @internal */
  _guard(): void;
  /** @internal */
  _refuseIfGuarded(problems: readonly string[]): void;
}

/** What holds for job namespaces, whether they are made or exist already. */
export interface JobNamespaceOptions {
  /**
   * The most that all pods and objects of the namespace may take together. Whatever it says, services of type `NodePort` and
   * `LoadBalancer` are refused here.
   *
   * @default - not limited
   * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/
   */
  readonly quota?: JobNamespaceQuota;

  /**
   * What containers get if they say nothing, and the most that one may ask for.
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
   * Where names are resolved, by TCP and UDP.
   *
   * @default - port 53 of the pods of `kube-system` with the label `k8s-app: kube-dns`
   */
  readonly dns?: NetworkRule;

  /**
   * Where drivers reach the API server. No policy can name it, so give its address, for example
   * `NetworkPeer.cidr('10.0.0.1/32')`.
   *
   * @default - ports 443 and 6443 of every address
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
  readonly allow?: Hardening[];

  /**
   * What applications may use here beyond what the operator's admission guard admits anywhere. It binds everybody who writes
   * applications by hand; what the applications of this program use is admitted by itself.
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
   * What Pod Security admission enforces, and also audits and warns of.
   *
   * @default PodSecurityLevel.RESTRICTED
   * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
   */
  readonly podSecurity?: PodSecurityLevel;

  /**
   * The Kubernetes version whose Pod Security Standards hold, `v1.28` or later, so that an upgrade of the cluster changes
   * nothing unasked.
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
export interface ImportedSparkJobNamespaceProps extends JobNamespaceOptions {
  /** The namespace's name. */
  readonly name: string;

  /** What Pod Security admission enforces there, by the labels that somebody else has put on it. */
  readonly podSecurity: PodSecurityLevel;
}

/** What the kinds of job namespaces have in common: everything but the Namespace itself. */
abstract class JobNamespaceBase extends Construct implements ISparkJobNamespace {
  /** The namespace's name. */
  public readonly name: string;
  /** What Pod Security admission enforces there. */
  public readonly podSecurity: PodSecurityLevel;
  /** The account of drivers. */
  public readonly driverServiceAccount: IServiceAccount;
  /** The account of executors, which has no rights. */
  public readonly executorServiceAccount: IServiceAccount;
  /** Gives outside identities rights in the namespace. */
  public readonly grants: JobNamespaceGrants;
  /** The most that its pods may take together. @default - not limited */
  public readonly quota?: JobNamespaceQuota;
  /** What containers get there, and the most that one may ask for. @default - no LimitRange */
  public readonly limitRange?: JobNamespaceLimitRange;
  private readonly _allowed: readonly Hardening[];
  private readonly _packageRepositories: readonly string[];
  private readonly _admission: Admission;
  private readonly _identities: Identities;
  private readonly _networkPolicies: NetworkPolicies;

  protected constructor(
    scope: Construct,
    id: string,
    props: ImportedSparkJobNamespaceProps,
    furtherProblems: string[],
  ) {
    super(scope, id);
    const {
      name,
      quota,
      limitRange,
      allow = [],
      admission = {},
      packageRepositories = [],
      monitorWritableDirectories: monitoring,
    } = props;
    const problems = new Problems(this);
    problems.add(
      ...furtherProblems,
      ...accountProblems(name, props),
      ...(quota === undefined ? [] : quotaProblems(quota)),
      ...(limitRange === undefined ? [] : limitRangeProblems(limitRange)),
      ...isolationProblems(props),
      ...packageRepositoryProblems(packageRepositories),
      ...allowProblems(allow),
      ...admissionProblems(admission),
      ...(monitoring === undefined ? [] : monitoringProblems(monitoring)),
    );
    problems.throwIfAny();
    Program.of(this).addJobNamespace(name);

    this.name = name;
    this.podSecurity = props.podSecurity;
    this.quota = quota === undefined ? undefined : copyQuota(quota);
    this.limitRange = limitRange === undefined ? undefined : copyLimitRange(limitRange);
    this._allowed = [...allow];
    this._packageRepositories = [...packageRepositories];
    this._admission = new Admission(admission);
    this._identities = new Identities(this, name, props);
    this.driverServiceAccount = this._identities.driver;
    this.executorServiceAccount = this._identities.executor;
    this.grants = JobNamespaceGrants._of(this, name, this._identities, this._allowed);
    this._networkPolicies = new NetworkPolicies(this, name, props);
    emitQuotas(this, name, quota);
    if (limitRange !== undefined) emitLimitRange(this, name, limitRange);
    if (monitoring !== undefined) emitMonitoring(this, name, monitoring);
    this.node.addValidation({ validate: () => [...this._identities.conflicts(), ...this._admission.refusals] });
  }

  /** The guarantees that applications may relax here. A copy. */
  public get allowed(): Hardening[] {
    return [...this._allowed];
  }

  /** The package repositories that applications may use here. A copy. */
  public get packageRepositories(): string[] {
    return [...this._packageRepositories];
  }

  /** Whether network policies close the namespace, so that every connection must be allowed. */
  public get isolated(): boolean {
    return this._networkPolicies.isolated;
  }

  /**
   * Lets all pods of the namespace connect to the peers of a rule. Allowing more under the same name adds to it.
   *
   * @param name what is reached, a DNS label: the policy is named `spark-egress-<name>`
   * @param rule the peers and their ports
   * @throws if the rule names no peer or port, or the namespace is not isolated
   */
  public allowEgress(name: string, rule: NetworkRule): void {
    this._networkPolicies.allowEgress(name, rule);
  }

  /**
   * Lets the peers of a rule connect to all pods of the namespace, for example to read metrics. Allowing more under the same
   * name adds to it.
   *
   * @param name who connects, a DNS label: the policy is named `spark-ingress-<name>`
   * @param rule the peers and the pods' ports
   * @throws if the rule names no peer or port, or the namespace is not isolated
   */
  public allowIngress(name: string, rule: NetworkRule): void {
    this._networkPolicies.allowIngress(name, rule);
  }

  /** @internal */
  public _use(feature: NamespaceFeature): void {
    this._identities.use(feature);
  }

  /** @internal */
  public _uses(feature: NamespaceFeature): boolean {
    return this._identities.uses(feature);
  }

  /** @internal */
  public _addDriver(account: IServiceAccount): void {
    this._identities.addDriver(account);
  }

  /** @internal */
  public _addExecutor(account: IServiceAccount): void {
    this._identities.addExecutor(account);
  }

  /** @internal */
  public _admit(lists: AdmissionLists): void {
    this._admission.admit(lists);
  }

  /** @internal */
  public _guard(): void {
    this._admission.guard();
  }

  /** @internal */
  public _refuseIfGuarded(problems: readonly string[]): void {
    this._admission.refuse(problems);
  }

  /** @internal */
  public _admitted(): Record<string, string[]> {
    const { driver, executor } = this._identities.accountNames;
    return {
      ...this._admission.lists,
      'driver-accounts': driver.sort(),
      'executor-accounts': executor.sort(),
      'package-repositories': [...this._packageRepositories].sort(),
      'pod-security': [this.podSecurity],
      relaxed: this._allowed.map(({ point }) => point).sort(),
    };
  }
}

/**
 * A namespace in which Spark jobs of one tenant run, and what makes it a boundary: Pod Security, an account for drivers with
 * the rights that Spark uses and one for executors without any, network policies, and limits.
 *
 * Inside of it there is no boundary: every driver may start pods under any account of the namespace and delete those of other
 * jobs. Give each level of trust a namespace of its own, and keep stronger accounts and foreign secrets out of it.
 *
 * Who submits is neither the driver nor the operator; give it the right with `grants`.
 *
 * @see https://spark.apache.org/docs/latest/running-on-kubernetes.html
 * @see https://kubernetes.io/docs/concepts/security/multi-tenancy/
 */
export class SparkJobNamespace extends JobNamespaceBase {
  /**
   * A namespace that exists already, made by somebody else. Everything is emitted but the Namespace: its labels, also those
   * of Pod Security, are not touched, so its level must be told. What `allow` names is not written on it either.
   *
   * @param scope where its objects belong
   * @param id the construct's id
   * @param props its name, its Pod Security level and what it shall hold
   * @throws if something is wrong with the properties
   */
  public static fromName(scope: Construct, id: string, props: ImportedSparkJobNamespaceProps): ISparkJobNamespace {
    return new ImportedJobNamespace(scope, id, props);
  }

  /** The Namespace. */
  public readonly apiObject: ApiObject;

  /**
   * @param scope where it belongs
   * @param id the construct's id, which is also the name unless `name` is given
   * @param props what it shall hold
   * @throws if something is wrong with the properties
   */
  public constructor(scope: Construct, id: string, props: SparkJobNamespaceProps = {}) {
    const named = { ...props, name: props.name ?? id, podSecurity: props.podSecurity ?? PodSecurityLevel.RESTRICTED };
    super(scope, id, named, namespaceProblems(named));
    this.apiObject = clusterScoped(new k8s.KubeNamespace(this, 'Resource', { metadata: namespaceMetadata(named) }));
  }
}

class ImportedJobNamespace extends JobNamespaceBase {
  public constructor(scope: Construct, id: string, props: ImportedSparkJobNamespaceProps) {
    super(scope, id, props, namespaceProblems(props));
  }
}

function copyQuota(quota: JobNamespaceQuota): JobNamespaceQuota {
  return { ...quota, objectCounts: quota.objectCounts && { ...quota.objectCounts } };
}

function copyLimitRange({ cpu, memory, ephemeralStorage }: JobNamespaceLimitRange): JobNamespaceLimitRange {
  return {
    cpu: cpu && { ...cpu },
    memory: memory && { ...memory },
    ephemeralStorage: ephemeralStorage && { ...ephemeralStorage },
  };
}

function allowProblems(allow: readonly Hardening[]): string[] {
  const points = allow.map(({ point }) => point);
  const repeated = new Set(points.filter((point, index) => points.indexOf(point) !== index));
  return [...repeated].map((point) => `allow names ${point} more than once: keep one, with one reason`);
}
