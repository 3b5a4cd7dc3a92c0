import { ApiObject } from 'cdk8s';
import { IServiceAccount, k8s } from 'cdk8s-plus-28';
import { Construct, IConstruct } from 'constructs';
import { Problems } from '../problems/errors';
import { clusterScoped } from '../kubernetes/objects';
import { Program } from '../program/program';
import { Admission } from './admission/admission';
import { admissionProblems, packageRepositoryProblems } from './admission/admission-rules';
import { notSecretProblems } from '../guarantees/not-secret';
import { Relaxation } from '../guarantees/relaxation';
import { accountProblems, Identities } from './identities/identities';
import { JobNamespaceGrants } from './grants/job-namespace-grants';
import { emitLimitRange, JobNamespaceLimitRange, limitRangeProblems } from './quota/limit-range';
import { emitQuotas, JobNamespaceQuota, quotaProblems } from './quota/resource-quota';
import { namespaceMetadata, namespaceProblems } from './namespace-metadata';
import { NetworkRule } from './network/network-peer';
import { isolationProblems, NetworkPolicies } from './network/network-policies';
import { PodSecurityLevel } from '../kubernetes/pod-security-level';
import { ExistingNamespaceProps, SparkJobNamespaceProps } from './spark-job-namespace-props';
import { TENANCY, Tenancy } from './tenancy';
import { emitMonitoring, monitoringProblems } from './writable-directory-monitoring';
import { checkArguments } from '../problems/property-checks';

/** A namespace in which Spark jobs run: the boundary of a tenant. */
export interface ISparkJobNamespace extends IConstruct {
  /** The namespace's name. */
  readonly name: string;
  /** The Pod Security level that admission enforces there. */
  readonly podSecurity: PodSecurityLevel;
  /** The account of drivers. */
  readonly driverServiceAccount: IServiceAccount;
  /** The account of executors, which has no rights. */
  readonly executorServiceAccount: IServiceAccount;
  /** Gives outside identities rights in the namespace. */
  readonly grants: JobNamespaceGrants;
  /** The most that its pods may take together. @default - not limited */
  readonly quota?: JobNamespaceQuota;
  /** Defaults for containers there, and the most that one may ask for. @default - no LimitRange */
  readonly limitRange?: JobNamespaceLimitRange;
  /** The guarantees that applications may relax here. A copy. */
  readonly allowed: Relaxation[];
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
}

/** What the kinds of job namespaces have in common, and the Namespace itself where its metadata are given. */
abstract class JobNamespaceBase extends Construct implements ISparkJobNamespace {
  /** The namespace's name. */
  public readonly name: string;
  /** The Pod Security level that admission enforces there. */
  public readonly podSecurity: PodSecurityLevel;
  /** The account of drivers. */
  public readonly driverServiceAccount: IServiceAccount;
  /** The account of executors, which has no rights. */
  public readonly executorServiceAccount: IServiceAccount;
  /** Gives outside identities rights in the namespace. */
  public readonly grants: JobNamespaceGrants;
  /** The most that its pods may take together. @default - not limited */
  public readonly quota?: JobNamespaceQuota;
  /** Defaults for containers there, and the most that one may ask for. @default - no LimitRange */
  public readonly limitRange?: JobNamespaceLimitRange;
  private readonly _allowed: readonly Relaxation[];
  private readonly _packageRepositories: readonly string[];
  private readonly _networkPolicies: NetworkPolicies;

  protected constructor(
    scope: Construct,
    id: string,
    props: ExistingNamespaceProps,
    furtherProblems: string[],
    metadata?: () => k8s.ObjectMeta,
  ) {
    super(scope, id);
    const {
      name,
      quota,
      limitRange,
      allow = [],
      notSecret = {},
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
      ...notSecretProblems(notSecret),
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
    // First, since cdk8s' own App writes objects in order of construction.
    if (metadata !== undefined) clusterScoped(new k8s.KubeNamespace(this, 'Resource', { metadata: metadata() }));
    const admitted = new Admission(admission);
    const identities = new Identities(this, name, props);
    this.driverServiceAccount = identities.driver;
    this.executorServiceAccount = identities.executor;
    this.grants = JobNamespaceGrants._of(this, name, identities, this._allowed);
    // In a namespace of others their pods and services are left alone.
    const sparkPodsOnly = metadata === undefined && props.wholeNamespace !== true;
    this._networkPolicies = new NetworkPolicies(this, name, { ...props, sparkPodsOnly });
    emitQuotas(this, name, { quota, sparkPodsOnly });
    if (limitRange !== undefined) emitLimitRange(this, name, limitRange);
    if (monitoring !== undefined) emitMonitoring(this, name, monitoring);
    TENANCY.set(this, this.tenancy(identities, admitted, new Set(Object.keys(notSecret))));
    this.node.addValidation({ validate: () => [...identities.conflicts(), ...admitted.refusals] });
  }

  /** The guarantees that applications may relax here. A copy. */
  public get allowed(): Relaxation[] {
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
    checkArguments('SparkJobNamespace.allowEgress', [name, rule], this.node.path);
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
    checkArguments('SparkJobNamespace.allowIngress', [name, rule], this.node.path);
    this._networkPolicies.allowIngress(name, rule);
  }

  private tenancy(identities: Identities, admission: Admission, notSecret: ReadonlySet<string>): Tenancy {
    return {
      use: (feature) => identities.use(feature),
      uses: (feature) => identities.uses(feature),
      addDriver: (account) => identities.addDriver(account),
      addExecutor: (account) => identities.addExecutor(account),
      notSecret,
      admittedSparkConf: admission.sparkConf,
      admit: (lists) => admission.admit(lists),
      guard: () => admission.guard(),
      refuseIfGuarded: (problems) => admission.refuse(problems),
      admitted: () => {
        const { driver, executor } = identities.accountNames;
        return {
          ...admission.lists,
          'driver-accounts': driver.sort(),
          'executor-accounts': executor.sort(),
          'package-repositories': [...this._packageRepositories].sort(),
          'pod-security': [this.podSecurity],
          relaxed: this._allowed.map(({ guarantee }) => guarantee).sort(),
        };
      },
    };
  }
}

/**
 * A namespace for the Spark jobs of one tenant, and the boundary around them.
 *
 * It renders the Namespace with its Pod Security level, an account for drivers with the rights that Spark uses, an account
 * for executors without rights, network policies that admit Spark's own traffic and what `allowEgress` and `allowIngress`
 * name, a ResourceQuota that forbids services of type `NodePort` and `LoadBalancer`, and the `quota` and `limitRange` that
 * are given.
 *
 * The boundary is the namespace. Within it, each driver may start pods under any account and with any Secret of the
 * namespace, and delete the pods of other jobs. Give each level of trust a namespace of its own, and keep stronger accounts
 * and foreign secrets out of it.
 *
 * A submitter is an identity of its own, apart from the operator and the drivers. It gets its rights with `grants`.
 *
 * @see https://spark.apache.org/docs/latest/running-on-kubernetes.html
 * @see https://kubernetes.io/docs/concepts/security/multi-tenancy/
 * @example
 *
 * const orders = new SparkJobNamespace(chart, 'orders', {
 *   quota: { cpu: Cpu.units(40), memory: Size.gibibytes(160) },
 * });
 * orders.grants.submit(Group.fromName(chart, 'orders-engineers', 'acme:orders-engineers'));
 * orders.allowEgress('kafka', { peers: [NetworkPeer.podsOf('kafka')], ports: [9093] });
 */
export class SparkJobNamespace extends JobNamespaceBase {
  /**
   * Adds what Spark jobs need to a namespace that exists already. Writes everything except the Namespace: its labels,
   * including those of Pod Security, stay as they are, so its level is required. What `allow` names is not written on it
   * either. Network policies select Spark's pods alone, and services of others are not limited, unless `wholeNamespace` is
   * true.
   *
   * @param scope the parent of its objects, in a chart
   * @param id the construct's id
   * @param props its name, its Pod Security level and what it holds
   * @throws if the properties are invalid
   */
  public static addToExistingNamespace(
    scope: Construct,
    id: string,
    props: ExistingNamespaceProps,
  ): ISparkJobNamespace {
    checkArguments('SparkJobNamespace.addToExistingNamespace', [scope, id, props]);
    return new ImportedJobNamespace(scope, id, props);
  }

  /** The Namespace. */
  public readonly apiObject: ApiObject;

  /**
   * @param scope the parent, in a chart
   * @param id the construct's id, which is also the name unless `name` is given
   * @param props the properties of the namespace
   * @throws if the properties are invalid
   */
  public constructor(scope: Construct, id: string, props: SparkJobNamespaceProps = {}) {
    checkArguments('new SparkJobNamespace', [scope, id, props]);
    const named = { ...props, name: props.name ?? id, podSecurity: props.podSecurity ?? PodSecurityLevel.RESTRICTED };
    super(scope, id, named, namespaceProblems(named), () => namespaceMetadata(named));
    this.apiObject = ApiObject.of(this);
  }
}

class ImportedJobNamespace extends JobNamespaceBase {
  public constructor(scope: Construct, id: string, props: ExistingNamespaceProps) {
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

function allowProblems(allow: readonly Relaxation[]): string[] {
  const allowed = allow.map(({ guarantee }) => guarantee);
  const repeated = new Set(allowed.filter((guarantee, index) => allowed.indexOf(guarantee) !== index));
  return [...repeated].map((guarantee) => `allow names ${guarantee} more than once: keep one, with one reason`);
}
