import { ISubject } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { fail, Problems } from '../../problems/errors';
import { recommendedLabels } from '../../kubernetes/objects';
import { Grant, GrantOptions } from './grant';
import { GrantedRight, grantNameProblems, readableName, subjectProblems } from './grant-subject';
import { Identities } from '../identities/identities';
import { Right } from '../identities/rights';
import { describeSubject, RbacSubject, rbacSubject, sameSubject } from '../identities/subject';

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
