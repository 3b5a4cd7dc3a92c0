import { ISubject } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { labelProblem } from '../../kubernetes/names';
import { recommendedLabels } from '../../kubernetes/objects';
import { fail, Problems } from '../../problems/errors';
import { Identities } from '../identities/identities';
import { Right } from '../identities/rights';
import { describeSubject, RbacSubject, rbacSubject, sameSubject } from '../identities/subject';
import { Grant, GrantOptions } from './grant';

/** The value of the label `app.kubernetes.io/component` of a grant's objects. */
const COMPONENTS: { readonly [right in GrantedRight]: string } = {
  submit: 'submitter',
  view: 'viewer',
  operate: 'job-operator',
  debug: 'debugger',
};

/** What is granted, and what is wrong with the call that is not wrong with the subject. */
export interface GrantRequest {
  readonly right: GrantedRight;
  readonly rights: readonly Right[];
  readonly problems?: readonly string[];
}

/** All grants on one job namespace, or on one application of it. */
export class GrantBook {
  private readonly grants = new Map<string, { readonly right: GrantedRight; readonly grant: Grant }>();

  /**
   * @param scope what the rights are on; the Roles are its children
   * @param namespace the job namespace's name
   * @param identities the accounts that can be granted nothing
   * @param application the name of the application that the rights are on; without it, all of the namespace
   */
  public constructor(
    private readonly scope: Construct,
    private readonly namespace: string,
    private readonly identities: Identities,
    private readonly application?: string,
  ) {}

  /** What the errors of grants start with. */
  public get path(): string {
    return this.scope.node.path;
  }

  /** Makes a grant, or adds to the one that the subject has. */
  public grant(
    subject: ISubject,
    options: GrantOptions,
    { right, rights, problems: others = [] }: GrantRequest,
  ): Grant {
    const who = rbacSubject(subject);
    const conflict = this.identities.conflict(who, right);
    const problems = new Problems(this.scope);
    problems.add(
      ...others,
      ...subjectProblems(who, this.namespace, right, options),
      ...(conflict === undefined ? [] : [conflict]),
      ...grantNameProblems(who, right, this.prefix(right), options.name),
    );
    problems.throwIfAny();
    const grant = this.grantOf(who, right, options.name);
    grant._add(rights);
    return grant;
  }

  private grantOf(subject: RbacSubject, right: GrantedRight, chosenName?: string): Grant {
    const name = `${this.prefix(right)}${chosenName ?? readableName(subject)}`;
    const ofName = this.grants.get(name)?.grant;
    if (ofName !== undefined && sameSubject(ofName._subject, subject)) return ofName;
    if (ofName !== undefined) {
      const both = [subject, ofName._subject].map(describeSubject).sort().join(' and ');
      fail(
        this.scope,
        `${both} would both have the Role "${name}": tell them apart with the option name of grants.${right}`,
      );
    }
    const ofSubject = [...this.grants.values()].find(
      (other) => other.right === right && sameSubject(other.grant._subject, subject),
    )?.grant;
    if (ofSubject !== undefined) {
      const both = [name, ofSubject.node.id]
        .map((each) => `"${each}"`)
        .sort()
        .join(' and ');
      fail(
        this.scope,
        `${describeSubject(subject)} is granted ${right} under two names, ${both}: give the same name each time`,
      );
    }
    if (this.grants.size === 0) this.scope.node.addValidation({ validate: () => this.conflicts() });
    const metadata = { name, namespace: this.namespace, labels: this.labels(right) };
    const grant = Grant._of(this.scope, metadata, subject);
    this.grants.set(name, { right, grant });
    return grant;
  }

  /** A name of an application has no dot, so no Role of one can have the name of the namespace's. */
  private prefix(right: GrantedRight): string {
    return this.application === undefined ? `spark-${right}-` : `spark-${right}.${this.application}.`;
  }

  private labels(right: GrantedRight): Record<string, string> {
    const of =
      this.application === undefined
        ? { name: 'spark-job-namespace', instance: this.namespace }
        : { name: 'spark-application', instance: this.application };
    return recommendedLabels({ ...of, component: COMPONENTS[right] });
  }

  /** An application may bring an account after it was granted something. */
  private conflicts(): string[] {
    return [...this.grants.values()]
      .map(({ right, grant }) => this.identities.conflict(grant._subject, right))
      .filter((conflict) => conflict !== undefined);
  }
}

/** What may be granted; a Role and its binding carry the name. */
export type GrantedRight = 'submit' | 'view' | 'operate' | 'debug';

/** The longest name of a Role: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
const MAX_NAME_LENGTH = 253;

/** Subjects that match everyone, or that look as if they did and match no one. */
const REFUSED: { readonly [subject: string]: string } = {
  'Group/system:authenticated': 'holds everybody with a credential of this cluster',
  'Group/system:unauthenticated': 'holds everybody without a credential',
  'Group/system:serviceaccounts': 'holds all pods of the cluster, drivers and executors too',
  'User/system:anonymous': 'is everybody without a credential',
  'Group/*': 'is a plain name in Kubernetes and matches nobody',
  'User/*': 'is a plain name in Kubernetes and matches nobody',
};

/** Why a subject cannot be granted a right in a namespace, whatever the namespace's own accounts are. */
function subjectProblems(
  subject: RbacSubject,
  namespace: string,
  right: GrantedRight,
  { inDefaultNamespace = false }: GrantOptions,
): string[] {
  const { kind, name } = subject;
  const cannot = `${describeSubject(subject)} cannot be granted ${right}`;
  const refusal = REFUSED[`${kind}/${name}`];
  return [
    ...(name === '' ? [`the ${kind} to grant ${right} to has an empty name: name who it is`] : []),
    ...(['ServiceAccount', 'User', 'Group'].includes(kind)
      ? []
      : [`${cannot}: expected a service account, a user or a group`]),
    ...(refusal === undefined ? [] : [`${cannot}, it ${refusal}: grant to who really needs it`]),
    ...(kind === 'Group' && name === `system:serviceaccounts:${namespace}`
      ? [`${cannot}, it holds the drivers and executors of this namespace: grant to one account`]
      : []),
    ...defaultNamespaceProblems(subject, inDefaultNamespace),
  ];
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

/** The end of a grant's name; several subjects can have the same. */
export function readableName(subject: RbacSubject): string {
  const prefix = subject.kind === 'ServiceAccount' ? subject.namespace : subject.kind;
  return dnsName(`${prefix}-${subject.name}`);
}

function dnsName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** What is wrong with the name of a grant that starts with a prefix. */
function grantNameProblems(subject: RbacSubject, right: GrantedRight, prefix: string, chosenName?: string): string[] {
  if (chosenName !== undefined) {
    const problem = labelProblem('the name of a grant', chosenName);
    return problem === undefined ? [] : [problem];
  }
  const what = describeSubject(subject);
  const remedy = `choose one with the option name of grants.${right}`;
  if (subject.name !== '' && dnsName(subject.name) === '') {
    return [`${what} has no letter a-z or digit to name its Role by: ${remedy}`];
  }
  const { length } = `${prefix}${readableName(subject)}`;
  return length <= MAX_NAME_LENGTH
    ? []
    : [
        `the Role of ${what} would have a name of ${length} characters; at most ${MAX_NAME_LENGTH} are possible: ${remedy}`,
      ];
}
