import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { AdmissionRules } from '../job-namespace/admission/admission-rules';
import { ISparkJobNamespace } from '../job-namespace/spark-job-namespace';
import { fail, Problems } from '../problems/errors';
import { labelProblem } from '../kubernetes/names';
import { clusterScoped, recommendedLabels } from '../kubernetes/objects';
import { Program } from '../program/program';
import { Guarded, PARAMETER_KIND, parameterAnnotations } from './guard-parameters';
import { bindingSpec, GUARD_TOPICS, NameRequirement, namespacesBut, namespacesIn, policySpec } from './guard-policy';
import { UnknownNamespaces } from './unknown-namespaces';
import { tenancyOf } from '../job-namespace/tenancy';
import { checkArguments } from '../problems/property-checks';

const POLICIES = 'admissionregistration.k8s.io/v1';

/** Properties of an admission guard. */
export interface SparkAdmissionGuardProps {
  /** The namespace of the parameters of the job namespaces. It must exist, and no submitter may write there. */
  readonly namespace: string;

  /**
   * The name that all objects of the guard begin with, a DNS label.
   *
   * @default 'spark-guard'
   */
  readonly name?: string;

  /**
   * The namespaces whose applications are guarded; more follow with `addJobNamespace`.
   *
   * @default - none
   */
  readonly jobNamespaces?: ISparkJobNamespace[];

  /**
   * Guard all other namespaces of the cluster as well, by `admission`.
   *
   * @default false
   */
  readonly otherNamespaces?: boolean;

  /**
   * What applications may use in namespaces that are guarded but that the program does not know, because of `otherNamespaces`
   * or `addExistingJobNamespace`. Drivers and executors run there as `spark-driver` and `spark-executor`, and nothing is
   * relaxed. Required for these, since without `imageRepositories` no image is admitted.
   *
   * @default - no such namespaces
   */
  readonly admission?: AdmissionRules;
}

/**
 * Refuses Spark applications that use what their namespace does not allow, no matter which identity writes them and with
 * which tool.
 *
 * RBAC decides who may write applications in a namespace, and cannot look into them. The checks of this library hold only
 * for programs that use it. The guard closes this gap in the API server.
 *
 * It renders ValidatingAdmissionPolicies for all three kinds of applications, and for each job namespace the bindings and a
 * Role without rules that holds the namespace's lists: what its `admission` and `allow` name, and what the program's own
 * applications use there. Without this Role, every application of the namespace is refused. A submitter must have no right
 * to write in the namespace that holds these Roles.
 *
 * It needs Kubernetes 1.30 or newer. A `SparkOperator` has a guard for its job namespaces; use this construct in a program
 * without an operator.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 * @example
 *
 * new SparkAdmissionGuard(chart, 'guard', {
 *   namespace: 'spark-operator',
 *   jobNamespaces: [clicks],
 * });
 */
export class SparkAdmissionGuard extends Construct {
  /** The name that all objects of the guard begin with. */
  public readonly name: string;
  /** The namespace of the parameters of the job namespaces. */
  public readonly namespaceName: string;
  private readonly _guarded = new Map<string, ISparkJobNamespace>();
  private readonly unknown: UnknownNamespaces;

  /**
   * @param scope the chart, or a construct in it
   * @param id the construct's id
   * @param props where its parameters stand, and what it guards
   * @throws if a name is invalid, or a job namespace holds the parameters
   */
  public constructor(scope: Construct, id: string, props: SparkAdmissionGuardProps) {
    checkArguments('new SparkAdmissionGuard', [scope, id, props]);
    super(scope, id);
    this.name = props.name ?? 'spark-guard';
    this.namespaceName = props.namespace;
    this.unknown = new UnknownNamespaces(props.admission, props.otherNamespaces ?? false);
    const problems = new Problems(this);
    problems.add(
      ...[
        labelProblem('guard name', this.name),
        labelProblem('namespace of the parameters', this.namespaceName),
      ].filter((problem) => problem !== undefined),
      ...this.unknown.ruleProblems,
    );
    problems.throwIfAny();
    for (const topic of GUARD_TOPICS) {
      const policy = new ApiObject(this, topic.name, {
        apiVersion: POLICIES,
        kind: 'ValidatingAdmissionPolicy',
        metadata: { name: this.policyName(topic.name), labels: this.labels() },
        spec: policySpec(topic),
      });
      clusterScoped(policy);
    }
    if (this.unknown.isAll) this.guardUnknown(() => namespacesBut([...this._guarded.keys()].sort()));
    for (const namespace of props.jobNamespaces ?? []) this.addJobNamespace(namespace);
    const program = Program.of(this);
    this.node.addValidation({ validate: () => [...this.unknown.problems, ...this.unknownButUsed(program)] });
  }

  /**
   * Guards the applications of a namespace. Adding the same namespace again changes nothing.
   *
   * @param namespace the namespace
   * @throws if it holds the parameters, or is known under another construct
   */
  public addJobNamespace(namespace: ISparkJobNamespace): void {
    checkArguments('SparkAdmissionGuard.addJobNamespace', [namespace], this.node.path);
    const { name } = namespace;
    const known = this._guarded.get(name);
    if (known === namespace) return;
    if (known !== undefined) fail(this, `namespace "${name}" is guarded already, as ${known.node.path}: add it once`);
    this.refuseHolder(name);
    if (this.unknown.has(name)) fail(this, `namespace "${name}" is guarded already, by its name: add it in one way`);
    this._guarded.set(name, namespace);
    const tenancy = tenancyOf(namespace);
    tenancy.guard();
    this.bind(`job-namespace-${name}`, `-${name}`, namespacesIn([name]), tenancy);
  }

  /**
   * Guards the applications of a namespace that this program does not know, by the properties' `admission`. Adding the same
   * name again changes nothing.
   *
   * @param name the namespace's name
   * @throws if it is not the name of a namespace, holds the parameters, or is known to the program
   */
  public addExistingJobNamespace(name: string): void {
    checkArguments('SparkAdmissionGuard.addExistingJobNamespace', [name], this.node.path);
    const problem = labelProblem('namespace', name);
    if (problem !== undefined) fail(this, problem);
    const known = this._guarded.get(name);
    if (known !== undefined) fail(this, `namespace "${name}" is guarded already, as ${known.node.path}: add it once`);
    this.refuseHolder(name);
    const isFirst = this.unknown.names.length === 0;
    this.unknown.add(name);
    if (isFirst && !this.unknown.isAll) this.guardUnknown(() => namespacesIn(this.unknown.names));
  }

  /**
   * Whether the applications of a namespace are guarded.
   *
   * @param namespace the namespace's name
   */
  public guards(namespace: string): boolean {
    checkArguments('SparkAdmissionGuard.guards', [namespace], this.node.path);
    return this._guarded.has(namespace) || this.unknown.has(namespace) || this.unknown.isAll;
  }

  private refuseHolder(name: string): void {
    if (name !== this.namespaceName) return;
    fail(
      this,
      `namespace "${name}" holds the guard's parameters, which jobs there could change: give jobs another one`,
    );
  }

  /** Namespaces can be added until the end. */
  private guardUnknown(produce: () => NameRequirement[]): void {
    this.bind('other-namespaces', '', Lazy.any({ produce }) as NameRequirement[], this.unknown);
  }

  /** Binds all policies to namespaces, with parameters of their own. */
  private bind(id: string, suffix: string, namespaces: readonly NameRequirement[], guarded: Guarded): void {
    const scope = new Construct(this, id);
    const parameters = { name: `${this.name}${suffix}`, namespace: this.namespaceName };
    new ApiObject(scope, 'parameters', {
      ...PARAMETER_KIND,
      metadata: { ...parameters, labels: this.labels(), annotations: parameterAnnotations(guarded) },
    });
    for (const topic of GUARD_TOPICS) {
      const binding = new ApiObject(scope, topic.name, {
        apiVersion: POLICIES,
        kind: 'ValidatingAdmissionPolicyBinding',
        metadata: { name: `${this.policyName(topic.name)}${suffix}`, labels: this.labels() },
        spec: bindingSpec(this.policyName(topic.name), namespaces, parameters),
      });
      clusterScoped(binding);
    }
  }

  /** The program's own applications use what only their own job namespace admits. */
  private unknownButUsed(program: Program): string[] {
    return program.namespacesOfApplications
      .filter((name) => !this._guarded.has(name) && this.guards(name))
      .map(
        (name) =>
          `the program has applications in namespace "${name}", which it guards without knowing it: add the job namespace ` +
          'with addJobNamespace, instead of its name',
      );
  }

  private policyName(topic: string): string {
    return `${this.name}-${topic}`;
  }

  private labels(): Record<string, string> {
    return recommendedLabels({ name: 'spark-admission-guard', instance: this.name });
  }
}
