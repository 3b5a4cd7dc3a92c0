import { ApiObject, Lazy } from 'cdk8s';
import { ISubject, k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { fail, Problems } from '../private/errors';
import { labelProblem } from '../private/names';
import { recommendedLabels } from '../private/objects';
import { ApplicationKind } from './application-kind';
import { Identities } from './identities';
import { policyRules, Right } from './rights';
import { describeSubject, RbacSubject, rbacSubject, renderSubject, sameSubject } from './subject';
import { LOG_RIGHTS, toolRights } from './submitter-rights';
import { SubmitterTool } from './submitter-tool';

const PREFIX = 'spark-submit-';

/** The longest name of a Role: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
const MAX_NAME_LENGTH = 253;

/** Subjects that stand for everybody, or that stand for nobody though they look so. */
const REFUSED: { readonly [subject: string]: string } = {
  'Group/system:authenticated': 'holds everybody with a credential of this cluster',
  'Group/system:unauthenticated': 'holds everybody without a credential',
  'Group/system:serviceaccounts': 'holds all pods of the cluster, drivers and executors too',
  'User/system:anonymous': 'is everybody without a credential',
  'Group/*': 'is a plain name in Kubernetes and matches nobody',
  'User/*': 'is a plain name in Kubernetes and matches nobody',
};

/** How a submitter works. */
export interface SubmitOptions {
  /**
   * The tools that the submitter works with; each gives the rights that it asks for, and no other.
   *
   * @default [SubmitterTool.KUBECTL]
   */
  readonly tools?: SubmitterTool[];

  /**
   * The kinds of applications that it may write.
   *
   * @default - what the tool submits: applications and scheduled applications, with Airflow only applications
   */
  readonly kinds?: ApplicationKind[];

  /**
   * Whether it may also read the logs of all pods of the namespace. This takes `get` and `list` on pods.
   *
   * @default false
   */
  readonly logs?: boolean;

  /**
   * The end of the name of Role and RoleBinding, after `spark-submit-`: a DNS label.
   *
   * @default - `<namespace>-<name>` of a service account, `user-<name>`, `group-<name>`, in lower case and with `-` for other characters
   */
  readonly name?: string;

  /**
   * Says that the service account really is one of the namespace `default`. An imported account of cdk8s-plus without a
   * namespace looks the same, so this is an error unless said.
   *
   * @default false
   */
  readonly inDefaultNamespace?: boolean;
}

/** The right of one subject to submit to one job namespace. */
export class SubmitGrant extends Construct {
  /** @internal */
  public static _of(scope: Construct, id: string, namespace: string, subject: RbacSubject): SubmitGrant {
    return new SubmitGrant(scope, id, namespace, subject);
  }

  /** The Role in the job namespace. */
  public readonly role: ApiObject;
  /** The RoleBinding in the job namespace. */
  public readonly roleBinding: ApiObject;
  /** @internal */
  public readonly _subject: RbacSubject;
  private readonly rights: Right[] = [];

  private constructor(scope: Construct, name: string, namespace: string, subject: RbacSubject) {
    super(scope, name);
    this._subject = subject;
    const labels = recommendedLabels({ name: 'spark-job-namespace', instance: namespace, component: 'submitter' });
    const metadata = { name, namespace, labels };
    this.role = new k8s.KubeRole(this, 'Role', {
      metadata,
      rules: Lazy.any({ produce: () => policyRules(this.rights) }),
    });
    this.roleBinding = new k8s.KubeRoleBinding(this, 'RoleBinding', {
      metadata,
      roleRef: { apiGroup: this.role.apiGroup, kind: this.role.kind, name },
      subjects: [renderSubject(subject)],
    });
  }

  /** @internal */
  public _add(rights: readonly Right[]): void {
    this.rights.push(...rights);
  }
}

/**
 * Gives outside identities rights in one job namespace.
 *
 * A submitter is an identity of its own: not the driver's account, which may start pods but not write applications, and not
 * the operator's. It may be a service account of any namespace, a user or a group.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export class JobNamespaceGrants {
  /** @internal */
  public static _of(scope: Construct, namespace: string, identities: Identities): JobNamespaceGrants {
    return new JobNamespaceGrants(scope, namespace, identities);
  }

  private readonly submits = new Map<string, SubmitGrant>();

  private constructor(
    private readonly scope: Construct,
    private readonly namespace: string,
    private readonly identities: Identities,
  ) {
    scope.node.addValidation({ validate: () => this.conflicts() });
  }

  /**
   * Lets a subject submit Spark applications to this namespace: a Role and a RoleBinding in the namespace, both named
   * `spark-submit-<subject>`.
   *
   * Granting again to the same subject gives the same grant, with the rights of all calls together; the order does not matter.
   * Who may submit runs code of its choice with the rights of the namespace's drivers, and may name any account and any
   * secret of the namespace.
   *
   * @param subject a service account (of any namespace), a user or a group
   * @param options the tools that it works with, and what else it may do
   * @throws if the subject is the account of drivers or executors, stands for everybody, or has no namespace, or if another
   * subject has the same name for its Role
   */
  public submit(subject: ISubject, options: SubmitOptions = {}): SubmitGrant {
    const who = rbacSubject(subject);
    const problems = new Problems(this.scope);
    problems.add(
      ...this.subjectProblems(who, options),
      ...optionProblems(options),
      ...roleNameProblems(who, options.name),
    );
    problems.throwIfAny();

    const grant = this.submitGrant(who, options.name);
    const tools = options.tools ?? [SubmitterTool.KUBECTL];
    grant._add(tools.flatMap((tool) => toolRights(tool, options.kinds)));
    if (options.logs === true) grant._add(LOG_RIGHTS);
    return grant;
  }

  private submitGrant(subject: RbacSubject, chosenName?: string): SubmitGrant {
    const name = `${PREFIX}${chosenName ?? readableName(subject)}`;
    const ofName = this.submits.get(name);
    if (ofName !== undefined && sameSubject(ofName._subject, subject)) return ofName;
    if (ofName !== undefined) {
      const both = [subject, ofName._subject].map(describeSubject).sort().join(' and ');
      fail(
        this.scope,
        `${both} would both have the Role "${name}": tell them apart with the option name of grants.submit`,
      );
    }
    const ofSubject = [...this.submits.values()].find((grant) => sameSubject(grant._subject, subject));
    if (ofSubject !== undefined) {
      const both = [name, ofSubject.node.id]
        .map((each) => `"${each}"`)
        .sort()
        .join(' and ');
      fail(
        this.scope,
        `${describeSubject(subject)} is granted submit under two names, ${both}: give the same name each time`,
      );
    }
    const grant = SubmitGrant._of(this.scope, name, this.namespace, subject);
    this.submits.set(name, grant);
    return grant;
  }

  private subjectProblems(subject: RbacSubject, options: SubmitOptions): string[] {
    const what = describeSubject(subject);
    const refusal = REFUSED[`${subject.kind}/${subject.name}`];
    const conflict = this.identities.conflict(subject);
    return [
      ...(subject.name === '' ? [`the ${subject.kind} to grant submit to has an empty name: name who submits`] : []),
      ...(['ServiceAccount', 'User', 'Group'].includes(subject.kind)
        ? []
        : [`${what} cannot submit: expected a service account, a user or a group`]),
      ...(refusal === undefined ? [] : [`${what} cannot be a submitter, it ${refusal}: grant to who really submits`]),
      ...(this.holdsOwnAccounts(subject)
        ? [`${what} cannot be a submitter, it holds the drivers and executors of this namespace: grant to one account`]
        : []),
      ...(conflict === undefined ? [] : [conflict]),
      ...defaultNamespaceProblems(subject, options.inDefaultNamespace === true),
    ];
  }

  private holdsOwnAccounts({ kind, name }: RbacSubject): boolean {
    return kind === 'Group' && name === `system:serviceaccounts:${this.namespace}`;
  }

  /** An application may bring an account after it was granted to submit. */
  private conflicts(): string[] {
    return [...this.submits.values()]
      .map((grant) => this.identities.conflict(grant._subject))
      .filter((conflict) => conflict !== undefined);
  }
}

function defaultNamespaceProblems(subject: RbacSubject, saidDefault: boolean): string[] {
  const what = describeSubject(subject);
  if (subject.kind === 'ServiceAccount' && subject.namespace === undefined) {
    return [
      `${what} has no namespace, so nobody can say which one it is: give it metadata.namespace, or its chart a namespace`,
    ];
  }
  if (subject.namespace === 'default' && !saidDefault) {
    return [
      `${what}: an imported account without a namespace looks the same; say namespaceName in ServiceAccount.fromServiceAccountName, or { inDefaultNamespace: true } if it really is there`,
    ];
  }
  if (subject.namespace !== 'default' && saidDefault) {
    return [`${what} is not in namespace "default": leave out inDefaultNamespace`];
  }
  return [];
}

function optionProblems({ tools, kinds }: SubmitOptions): string[] {
  return [
    ...(tools?.length === 0 ? ['tools is empty, which would grant nothing: leave it out, or name the tools'] : []),
    ...(kinds?.length === 0 ? ['kinds is empty, which would grant nothing: leave it out, or name the kinds'] : []),
  ];
}

/** Several subjects can have the same readable name; `submit` refuses the second. */
function readableName(subject: RbacSubject): string {
  const prefix = subject.kind === 'ServiceAccount' ? subject.namespace : subject.kind;
  return dnsName(`${prefix}-${subject.name}`);
}

function dnsName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

function roleNameProblems(subject: RbacSubject, chosenName?: string): string[] {
  if (chosenName !== undefined) {
    const problem = labelProblem('the name of a grant', chosenName);
    return problem === undefined ? [] : [problem];
  }
  const what = describeSubject(subject);
  const remedy = 'choose one with the option name of grants.submit';
  if (subject.name !== '' && dnsName(subject.name) === '') {
    return [`${what} has no letter a-z or digit to name its Role by: ${remedy}`];
  }
  const { length } = `${PREFIX}${readableName(subject)}`;
  return length <= MAX_NAME_LENGTH
    ? []
    : [
        `the Role of ${what} would have a name of ${length} characters; at most ${MAX_NAME_LENGTH} are possible: ${remedy}`,
      ];
}
