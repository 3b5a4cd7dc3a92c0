import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ISparkJobNamespace } from '../job-namespace/spark-job-namespace';
import { fail, Problems } from '../private/errors';
import { labelProblem } from '../private/names';
import { clusterScoped, recommendedLabels } from '../private/objects';
import { Program } from '../private/program';
import { PARAMETER_KIND, parameterAnnotations } from './guard-parameters';
import { bindingSpec, GUARD_TOPICS, policySpec } from './guard-policy';

const POLICIES = 'admissionregistration.k8s.io/v1';

/** Properties of an admission guard. */
export interface SparkAdmissionGuardProps {
  /**
   * The namespace in which the parameters of the job namespaces stand: one where nobody who submits may write. It must exist.
   */
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
}

/**
 * Refuses applications that are outside of what their namespace allows, whoever writes them and by whatever means.
 *
 * RBAC knows only whether somebody may write applications of a namespace, not what stands in them; and this library's
 * properties bind only those who use it. The guard is a set of ValidatingAdmissionPolicies for all three kinds of
 * applications. They are shared; each job namespace has bindings to them, and a Role without rights that holds its lists: what the
 * namespace's `admission` and `allow` name, and what the program's own applications there use. Without that Role everything is
 * refused.
 *
 * It needs Kubernetes 1.30 or newer. A `SparkOperator` has one for its job namespaces; use this construct where the program
 * has no operator.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 */
export class SparkAdmissionGuard extends Construct {
  /** The name that all objects of the guard begin with. */
  public readonly name: string;
  /** The namespace in which the parameters of the job namespaces stand. */
  public readonly namespaceName: string;
  private readonly _guarded = new Map<string, ISparkJobNamespace>();

  /**
   * @param scope the chart, or a construct in it
   * @param id the construct's id
   * @param props where its parameters stand, and what it guards
   * @throws if a name is none, or a job namespace is the one of the parameters
   */
  public constructor(scope: Construct, id: string, props: SparkAdmissionGuardProps) {
    super(scope, id);
    this.name = props.name ?? 'spark-guard';
    this.namespaceName = props.namespace;
    const problems = new Problems(this);
    problems.add(
      ...[
        labelProblem('guard name', this.name),
        labelProblem('namespace of the parameters', this.namespaceName),
      ].filter((problem) => problem !== undefined),
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
    for (const namespace of props.jobNamespaces ?? []) this.addJobNamespace(namespace);
    Program.of(this);
  }

  /**
   * Guards the applications of a namespace. Adding the same namespace again changes nothing.
   *
   * @param namespace the namespace
   * @throws if it holds the parameters, or is known under another construct
   */
  public addJobNamespace(namespace: ISparkJobNamespace): void {
    const { name } = namespace;
    const known = this._guarded.get(name);
    if (known === namespace) return;
    if (known !== undefined) fail(this, `namespace "${name}" is guarded already, as ${known.node.path}: add it once`);
    if (name === this.namespaceName) {
      fail(
        this,
        `namespace "${name}" holds the guard's parameters, which jobs there could change: give jobs another one`,
      );
    }
    this._guarded.set(name, namespace);
    namespace._guard();
    const scope = new Construct(this, `job-namespace-${name}`);
    const parameters = { name: `${this.name}-${name}`, namespace: this.namespaceName };
    new ApiObject(scope, 'parameters', {
      ...PARAMETER_KIND,
      metadata: {
        ...parameters,
        labels: this.labels(),
        annotations: parameterAnnotations(namespace),
      },
    });
    for (const topic of GUARD_TOPICS) {
      const binding = new ApiObject(scope, topic.name, {
        apiVersion: POLICIES,
        kind: 'ValidatingAdmissionPolicyBinding',
        metadata: { name: `${this.policyName(topic.name)}-${name}`, labels: this.labels() },
        spec: bindingSpec(this.policyName(topic.name), name, parameters),
      });
      clusterScoped(binding);
    }
  }

  /**
   * Whether the applications of a namespace are guarded.
   *
   * @param namespace the namespace's name
   */
  public guards(namespace: string): boolean {
    return this._guarded.has(namespace);
  }

  private policyName(topic: string): string {
    return `${this.name}-${topic}`;
  }

  private labels(): Record<string, string> {
    return recommendedLabels({ name: 'spark-admission-guard', instance: this.name });
  }
}
