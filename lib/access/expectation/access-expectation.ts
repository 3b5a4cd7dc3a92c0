import { ISubject } from 'cdk8s-plus-28';
import { IConstruct } from 'constructs';
import { ISparkJobNamespace } from '../../job-namespace/spark-job-namespace';
import { rbacSubject } from '../../job-namespace/identities/subject';
import { SparkOperator } from '../../operator/spark-operator';
import { AccessReview } from '../access-review';
import { IdentityExpectation } from './identity-expectation';

/**
 * Pins in a test who may do what: in any test framework, as every method throws an error if it does not hold.
 *
 * A role that comes to a subject by a later change, from whatever construct, then fails the test instead of surprising
 * somebody.
 *
 * @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/
 */
export class AccessExpectation {
  /**
   * Of everything that a program writes. Make it when the program is complete.
   *
   * @param scope the app, or any construct of it
   */
  public static of(scope: IConstruct): AccessExpectation {
    return new AccessExpectation(AccessReview.ofApp(scope));
  }

  /**
   * Of what is reviewed already, such as files.
   *
   * @param review the review
   */
  public static ofReview(review: AccessReview): AccessExpectation {
    return new AccessExpectation(review);
  }

  private constructor(private readonly review: AccessReview) {}

  /**
   * What a service account may do, with the groups that every one is in.
   *
   * @param namespace its namespace
   * @param name its name
   */
  public serviceAccount(namespace: string, name: string): IdentityExpectation {
    return IdentityExpectation._of(this.review, { kind: 'ServiceAccount', namespace, name });
  }

  /**
   * What a user may do.
   *
   * @param name the user's name
   * @param groups the groups that the user is in, beside `system:authenticated`
   */
  public user(name: string, groups: string[] = []): IdentityExpectation {
    return IdentityExpectation._of(this.review, { kind: 'User', name }, groups);
  }

  /**
   * What every member of a group may do.
   *
   * @param name the group's name
   */
  public group(name: string): IdentityExpectation {
    return IdentityExpectation._of(this.review, { kind: 'Group', name });
  }

  /**
   * What the subject of a grant or a binding may do.
   *
   * @param subject a service account, user or group
   * @throws if it is a service account without a namespace
   */
  public identity(subject: ISubject): IdentityExpectation {
    const { kind, name, namespace } = rbacSubject(subject);
    if (kind === 'ServiceAccount' && namespace === undefined) {
      throw new Error(
        `AccessExpectation.identity: service account "${name}" has no namespace; give it one, or name both with serviceAccount`,
      );
    }
    return IdentityExpectation._of(this.review, { kind, name, namespace });
  }

  /**
   * What the drivers of a job namespace may do.
   *
   * @param jobNamespace the namespace
   */
  public driverOf(jobNamespace: ISparkJobNamespace): IdentityExpectation {
    return this.identity(jobNamespace.driverServiceAccount);
  }

  /**
   * What the executors of a job namespace may do.
   *
   * @param jobNamespace the namespace
   */
  public executorOf(jobNamespace: ISparkJobNamespace): IdentityExpectation {
    return this.identity(jobNamespace.executorServiceAccount);
  }

  /**
   * What the controller of an operator may do, which submits the applications.
   *
   * @param operator the operator
   */
  public controllerOf(operator: SparkOperator): IdentityExpectation {
    return this.identity(operator.controllerServiceAccount);
  }

  /**
   * What the webhook of an operator may do.
   *
   * @param operator the operator
   * @throws if it has no webhook
   */
  public webhookOf(operator: SparkOperator): IdentityExpectation {
    const account = operator.webhookServiceAccount;
    if (account === undefined) {
      throw new Error(`AccessExpectation.webhookOf: ${operator.node.path} has no webhook; leave the expectation out`);
    }
    return this.identity(account);
  }
}
