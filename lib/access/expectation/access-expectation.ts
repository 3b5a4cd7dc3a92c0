import { ISubject } from 'cdk8s-plus-28';
import { IConstruct } from 'constructs';
import { ISparkJobNamespace } from '../../job-namespace/spark-job-namespace';
import { rbacSubject } from '../../job-namespace/identities/subject';
import { SparkOperator } from '../../operator/spark-operator';
import { AccessReview } from '../access-review';
import { AccessSubject } from '../rbac/access-question';
import { throwProblems } from '../../problems/errors';
import { IdentityExpectation } from './identity-expectation';
import { AccessExpectationProps, KnownNames } from './known-names';
import { checkArguments } from '../../problems/property-checks';

/**
 * Pins in a test who may do what: in any test framework, as every method throws an error if it does not hold.
 *
 * A role that comes to a subject by a later change, from whatever construct, then fails the test instead of surprising
 * someone. A namespace or an identity that no manifest names is an error, unless it is declared: a misspelt one holds nothing
 * and would pass.
 *
 * @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/
 */
export class AccessExpectation {
  /**
   * Expectations of everything that a program writes. Create it when the program is complete.
   *
   * @param scope the app, or any construct of it
   * @param props what else exists
   */
  public static of(scope: IConstruct, props: AccessExpectationProps = {}): AccessExpectation {
    checkArguments('AccessExpectation.of', [scope, props]);
    return new AccessExpectation(AccessReview.ofApp(scope), props);
  }

  /**
   * Expectations of an existing review, such as one of files.
   *
   * @param review the review
   * @param props what else exists
   */
  public static ofReview(review: AccessReview, props: AccessExpectationProps = {}): AccessExpectation {
    checkArguments('AccessExpectation.ofReview', [review, props]);
    return new AccessExpectation(review, props);
  }

  private readonly known: KnownNames;

  private constructor(
    private readonly review: AccessReview,
    props: AccessExpectationProps,
  ) {
    throwProblems(
      'AccessExpectation',
      (props.serviceAccounts ?? [])
        .filter((account) => !/^[^/]+\/[^/]+$/.test(account))
        .map((account) => `serviceAccounts has "${account}"; write it as <namespace>/<name>`),
    );
    this.known = new KnownNames(review, props);
  }

  /**
   * What a service account may do, with the groups that every service account is in.
   *
   * @param namespace its namespace
   * @param name its name
   * @throws if no manifest names it, and it is not declared
   */
  public serviceAccount(namespace: string, name: string): IdentityExpectation {
    checkArguments('AccessExpectation.serviceAccount', [namespace, name]);
    return this.checked('serviceAccount', { kind: 'ServiceAccount', namespace, name });
  }

  /**
   * What a user may do.
   *
   * @param name the user's name
   * @param groups the groups that the user is in, besides `system:authenticated`
   * @throws if no binding names the user or one of the groups, and they are not declared
   */
  public user(name: string, groups: string[] = []): IdentityExpectation {
    checkArguments('AccessExpectation.user', [name, groups]);
    return this.checked('user', { kind: 'User', name }, groups);
  }

  /**
   * What every member of a group may do.
   *
   * @param name the group's name
   * @throws if no binding names it, and it is not declared
   */
  public group(name: string): IdentityExpectation {
    checkArguments('AccessExpectation.group', [name]);
    return this.checked('group', { kind: 'Group', name });
  }

  /**
   * What the subject of a grant or a binding may do.
   *
   * @param subject a service account, user or group
   * @throws if it is a service account without a namespace, or if no manifest names it and it is not declared
   */
  public identity(subject: ISubject): IdentityExpectation {
    checkArguments('AccessExpectation.identity', [subject]);
    return this.checked('identity', this.subjectOf(subject));
  }

  /**
   * What the drivers of a job namespace may do.
   *
   * @param jobNamespace the namespace
   */
  public driverOf(jobNamespace: ISparkJobNamespace): IdentityExpectation {
    checkArguments('AccessExpectation.driverOf', [jobNamespace]);
    return this.ofProgram(jobNamespace.driverServiceAccount);
  }

  /**
   * What the executors of a job namespace may do.
   *
   * @param jobNamespace the namespace
   */
  public executorOf(jobNamespace: ISparkJobNamespace): IdentityExpectation {
    checkArguments('AccessExpectation.executorOf', [jobNamespace]);
    return this.ofProgram(jobNamespace.executorServiceAccount);
  }

  /**
   * What the controller of an operator may do, which submits the applications.
   *
   * @param operator the operator
   */
  public controllerOf(operator: SparkOperator): IdentityExpectation {
    checkArguments('AccessExpectation.controllerOf', [operator]);
    return this.ofProgram(operator.controllerServiceAccount);
  }

  /**
   * What the webhook of an operator may do.
   *
   * @param operator the operator
   * @throws if it has no webhook
   */
  public webhookOf(operator: SparkOperator): IdentityExpectation {
    checkArguments('AccessExpectation.webhookOf', [operator]);
    const account = operator.webhookServiceAccount;
    if (account === undefined) {
      throw new Error(`AccessExpectation.webhookOf: ${operator.node.path} has no webhook; leave the expectation out`);
    }
    return this.ofProgram(account);
  }

  /** The identities that constructs make are known by that. */
  private ofProgram(subject: ISubject): IdentityExpectation {
    return IdentityExpectation._of(this.review, this.known, this.subjectOf(subject));
  }

  private checked(method: string, subject: AccessSubject, groups: readonly string[] = []): IdentityExpectation {
    const subjects = [subject, ...groups.map((name) => ({ kind: 'Group', name }))];
    throwProblems(`AccessExpectation.${method}`, this.known.subjectProblems(subjects));
    return IdentityExpectation._of(this.review, this.known, subject, groups);
  }

  private subjectOf(subject: ISubject): AccessSubject {
    const { kind, name, namespace } = rbacSubject(subject);
    if (kind === 'ServiceAccount' && namespace === undefined) {
      throw new Error(
        `AccessExpectation.identity: service account "${name}" has no namespace; give it one, or name both with serviceAccount`,
      );
    }
    return { kind, name, namespace };
  }
}
