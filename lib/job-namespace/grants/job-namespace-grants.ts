import { ISubject } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { ApplicationKind } from '../../spark/application-kind';
import { onApplications, toolRights } from './submitter-rights';
import { DEBUG_RIGHTS, debugProblems, FIND_RIGHTS } from './debug-rights';
import { Grant, GrantOptions } from './grant';
import { GrantBook } from './grant-book';
import { Relaxation } from '../../guarantees/relaxation';
import { Identities } from '../identities/identities';
import { EVENT_RIGHTS, LOG_RIGHTS, VIEW_APPLICATION_RIGHTS, VIEW_POD_RIGHTS } from './view-rights';
import { OPERATE_RIGHTS } from './operate-rights';
import { SubmitterTool, WellKnownSubmitter } from './well-known-submitter';
import { checkArguments } from '../../problems/property-checks';

/** Options of a submitter. */
export interface SubmitOptions extends GrantOptions {
  /**
   * The tools that the submitter works with; each gives the rights that it asks for, and no other.
   *
   * @default - those of a `WellKnownSubmitter`; for every other subject `[SubmitterTool.KUBECTL]`
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
}

/** Options of a viewer. */
export interface ViewOptions extends GrantOptions {
  /**
   * The kinds of applications that it may see.
   *
   * @default - all
   */
  readonly kinds?: ApplicationKind[];

  /**
   * Whether it may also see the pods and read their logs. This shows everything that stands in plain text in a pod, including
   * the key that Spark creates for each run.
   *
   * @default true
   */
  readonly logs?: boolean;
}

/** Options of a subject that operates applications. */
export interface OperateOptions extends GrantOptions {
  /**
   * The kinds of applications that it may stop, resume and delete.
   *
   * @default - all
   */
  readonly kinds?: ApplicationKind[];
}

/**
 * Gives outside identities rights in one job namespace: service accounts of any namespace, users and groups.
 *
 * Every grant is a Role and a RoleBinding in the namespace, both named `spark-<right>-<subject>`. Granting again to the same
 * subject gives the same grant, with the rights of all calls together; the order does not matter. One subject may hold several
 * rights.
 *
 * All methods refuse the accounts of drivers and executors, subjects that match everyone, accounts whose namespace is not
 * known, and a second subject whose Role would have the same name.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export class JobNamespaceGrants {
  /** @internal */
  public static _of(
    scope: Construct,
    namespace: string,
    identities: Identities,
    allowed: readonly Relaxation[],
  ): JobNamespaceGrants {
    return new JobNamespaceGrants(scope, namespace, identities, allowed);
  }

  private readonly book: GrantBook;

  private constructor(
    scope: Construct,
    private readonly namespace: string,
    private readonly identities: Identities,
    private readonly allowed: readonly Relaxation[],
  ) {
    this.book = new GrantBook(scope, namespace, identities);
  }

  /**
   * Lets a subject submit Spark applications to this namespace.
   *
   * A submitter is an identity of its own: not the driver's account, which may start pods but not write applications, and not
   * the operator's. A subject that may submit runs code of its choice with the rights of the namespace's drivers, and may name
   * any account and any secret of the namespace.
   *
   * @param subject a service account (of any namespace), a user or a group
   * @param options the tools that it works with, and what else it may do
   * @throws if the subject cannot be granted anything
   */
  public submit(subject: ISubject, options: SubmitOptions = {}): Grant {
    checkArguments('JobNamespaceGrants.submit', [subject, options], this.book.path);
    const known = subject instanceof WellKnownSubmitter ? subject.tools : [SubmitterTool.KUBECTL];
    const { tools = known, kinds, logs = false } = options;
    return this.book.grant(subject, options, {
      right: 'submit',
      rights: [...tools.flatMap((tool) => toolRights(tool, kinds)), ...(logs ? LOG_RIGHTS : [])],
      problems: [...emptyProblems('tools', tools), ...emptyProblems('kinds', kinds)],
    });
  }

  /**
   * Lets a subject see the applications of this namespace: their specifications and status, the events of the namespace, and,
   * unless `logs` is false, its pods and their logs.
   *
   * @param subject a service account (of any namespace), a user or a group
   * @param options what it sees
   * @throws if the subject cannot be granted anything
   */
  public view(subject: ISubject, options: ViewOptions = {}): Grant {
    checkArguments('JobNamespaceGrants.view', [subject, options], this.book.path);
    const { kinds = allKinds(), logs = true } = options;
    return this.book.grant(subject, options, {
      right: 'view',
      rights: [...onApplications(VIEW_APPLICATION_RIGHTS, kinds), ...EVENT_RIGHTS, ...(logs ? VIEW_POD_RIGHTS : [])],
      problems: emptyProblems('kinds', kinds),
    });
  }

  /**
   * Lets a subject suspend, resume and delete the applications of this namespace.
   *
   * Kubernetes' roles cannot limit a patch to `spec.suspend`. Only the admission guard of the namespace refuses every other
   * change by a subject that may not also create applications; without the guard this right is as strong as `submit`.
   *
   * @param subject a service account (of any namespace), a user or a group
   * @param options what it operates
   * @throws if the subject cannot be granted anything
   */
  public operate(subject: ISubject, options: OperateOptions = {}): Grant {
    checkArguments('JobNamespaceGrants.operate', [subject, options], this.book.path);
    const { kinds = allKinds() } = options;
    return this.book.grant(subject, options, {
      right: 'operate',
      rights: onApplications(OPERATE_RIGHTS, kinds),
      problems: emptyProblems('kinds', kinds),
    });
  }

  /**
   * Lets a subject open a shell in the pods of this namespace and forward their ports. A shell in a driver has all rights of
   * the driver, and reads what the job reads.
   *
   * @param subject a service account (of any namespace), a user or a group
   * @param options the grant's name
   * @throws if the namespace does not allow it with `Relaxation.of(Guarantee.NO_DEBUG_RIGHTS, reason)`, or the subject cannot be granted anything
   */
  public debug(subject: ISubject, options: GrantOptions = {}): Grant {
    checkArguments('JobNamespaceGrants.debug', [subject, options], this.book.path);
    return this.book.grant(subject, options, {
      right: 'debug',
      rights: [...DEBUG_RIGHTS, ...FIND_RIGHTS],
      problems: debugProblems(this.namespace, this.allowed),
    });
  }

  /** @internal */
  public _bookOf(application: Construct, name: string): GrantBook {
    return new GrantBook(application, this.namespace, this.identities, name);
  }
}

function allKinds(): ApplicationKind[] {
  return Object.values(ApplicationKind);
}

function emptyProblems(option: 'tools' | 'kinds', values?: readonly string[]): string[] {
  return values?.length === 0
    ? [`${option} is empty, which would grant nothing: leave it out, or name the ${option}`]
    : [];
}
