import { ISubject } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { ApplicationKind } from '../spark/application-kind';
import { onApplications, toolRights } from '../job-namespace/grants/submitter-rights';
import { DEBUG_RIGHTS, debugProblems } from '../job-namespace/grants/debug-rights';
import { Grant, GrantOptions } from '../job-namespace/grants/grant';
import { GrantBook } from '../job-namespace/grants/grant-book';
import {
  EVENT_RIGHTS,
  LOG_RIGHTS,
  VIEW_APPLICATION_RIGHTS,
  VIEW_POD_RIGHTS,
} from '../job-namespace/grants/view-rights';
import { OPERATE_RIGHTS } from '../job-namespace/grants/operate-rights';
import { onlyOn, Right } from '../job-namespace/identities/rights';
import { ISparkJobNamespace } from '../job-namespace/spark-job-namespace';
import { SubmitterTool } from '../job-namespace/grants/well-known-submitter';
import { checkArguments } from '../problems/property-checks';

/** How one application is submitted. */
export interface ApplicationSubmitOptions extends GrantOptions {
  /**
   * Whether the submitter may also read the log of the driver.
   *
   * @default false
   */
  readonly logs?: boolean;
}

/** What a viewer of one application sees. */
export interface ApplicationViewOptions extends GrantOptions {
  /**
   * Whether it may also see the driver's pod and read its log.
   *
   * @default - true; false for a scheduled application, where it is not possible
   */
  readonly logs?: boolean;

  /**
   * Whether it may also see events. Kubernetes cannot limit this to one application: it is all events of the namespace.
   *
   * @default false
   */
  readonly events?: boolean;
}

/** What the rights on one application are limited to. */
export interface GrantedApplication {
  readonly kind: ApplicationKind;
  readonly name: string;
  readonly jobNamespace: ISparkJobNamespace;
}

/**
 * Gives outside identities rights on one application, by its name and by that of its driver's pod, `<name>-driver`.
 *
 * Executors' pods have names that nobody knows before, so their logs can only be granted on the whole namespace, and with them
 * those of all its applications. The same holds for the runs of a scheduled application and for their drivers: their names bear
 * the time. On it, these rights are about the schedule alone.
 *
 * Every grant is a Role and a RoleBinding in the job namespace, both named `spark-<right>.<application>.<subject>`. Granting
 * again to the same subject gives the same grant, with the rights of all calls together; the order does not matter.
 *
 * All methods refuse the accounts of drivers and executors, subjects that stand for everybody, accounts whose namespace is not
 * known, and a second subject whose Role would have the same name.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources
 */
export class ApplicationGrants {
  /** @internal */
  public static _of(scope: Construct, application: GrantedApplication): ApplicationGrants {
    return new ApplicationGrants(scope, application);
  }

  private readonly book: GrantBook;

  private constructor(
    scope: Construct,
    private readonly application: GrantedApplication,
  ) {
    this.book = application.jobNamespace.grants._bookOf(scope, application.name);
  }

  /**
   * Lets a subject submit this application and no other: for a robot that delivers one job.
   *
   * It has to use server-side apply (`kubectl apply --server-side`), whose requests name the application also where it does
   * not exist yet. `kubectl create`, and `apply` on the client side of an application that does not exist, name none and are
   * refused. Airflow and Argo Workflows make names of their own, so they need `submit` on the namespace.
   *
   * Who may submit runs code of its choice with the rights of the namespace's drivers, and may name any account and any
   * secret of the namespace.
   *
   * @param subject a service account (of any namespace), a user or a group
   * @param options what else it may do
   * @throws if the subject cannot be granted anything, or `logs` is asked for on a scheduled application
   */
  public submit(subject: ISubject, options: ApplicationSubmitOptions = {}): Grant {
    checkArguments('ApplicationGrants.submit', [subject, options], this.book.path);
    const { kind } = this.application;
    const { logs = false } = options;
    return this.book.grant(subject, options, {
      right: 'submit',
      rights: [
        ...this.onApplication(toolRights(SubmitterTool.KUBECTL, [kind])),
        ...(logs ? this.onDriver(LOG_RIGHTS) : []),
      ],
      problems: logs ? this.driverProblems('view') : [],
    });
  }

  /**
   * Lets a subject see this application: its specification and status and, unless told otherwise, its driver's pod with the
   * log.
   *
   * @param subject a service account (of any namespace), a user or a group
   * @param options what it sees
   * @throws if the subject cannot be granted anything, or `logs` is asked for on a scheduled application
   */
  public view(subject: ISubject, options: ApplicationViewOptions = {}): Grant {
    checkArguments('ApplicationGrants.view', [subject, options], this.book.path);
    const { logs = this.hasKnownDriver, events = false } = options;
    return this.book.grant(subject, options, {
      right: 'view',
      rights: [
        ...this.onApplication(onApplications(VIEW_APPLICATION_RIGHTS, [this.application.kind])),
        ...(logs ? this.onDriver(VIEW_POD_RIGHTS) : []),
        ...(events ? EVENT_RIGHTS : []),
      ],
      problems: logs ? this.driverProblems('view') : [],
    });
  }

  /**
   * Lets a subject suspend, resume and delete this application; of a scheduled one, the schedule.
   *
   * Kubernetes' roles cannot limit a patch to `spec.suspend`. Only the admission guard of the namespace refuses every other
   * change by a subject that may not also create the application; without the guard this right lets it change the whole
   * application.
   *
   * @param subject a service account (of any namespace), a user or a group
   * @param options the grant's name
   * @throws if the subject cannot be granted anything
   */
  public operate(subject: ISubject, options: GrantOptions = {}): Grant {
    checkArguments('ApplicationGrants.operate', [subject, options], this.book.path);
    return this.book.grant(subject, options, {
      right: 'operate',
      rights: this.onApplication(onApplications(OPERATE_RIGHTS, [this.application.kind])),
    });
  }

  /**
   * Lets a subject open a shell in the driver of this application and forward its ports. A shell in a driver has all rights of
   * the driver, which are on the whole namespace, and reads what the job reads.
   *
   * @param subject a service account (of any namespace), a user or a group
   * @param options the grant's name
   * @throws if the namespace does not allow it with `Relaxation.of(Guarantee.NO_DEBUG_RIGHTS, reason)`, the application is a scheduled one, or the subject
   * cannot be granted anything
   */
  public debug(subject: ISubject, options: GrantOptions = {}): Grant {
    checkArguments('ApplicationGrants.debug', [subject, options], this.book.path);
    const { name, allowed } = this.application.jobNamespace;
    return this.book.grant(subject, options, {
      right: 'debug',
      rights: this.onDriver(DEBUG_RIGHTS),
      problems: [...debugProblems(name, allowed), ...this.driverProblems('debug')],
    });
  }

  private get hasKnownDriver(): boolean {
    return this.application.kind === ApplicationKind.SPARK_APPLICATION;
  }

  private onApplication(rights: readonly Right[]): Right[] {
    return onlyOn(this.application.name, rights);
  }

  private onDriver(rights: readonly Right[]): Right[] {
    return onlyOn(`${this.application.name}-driver`, rights);
  }

  private driverProblems(right: 'view' | 'debug'): string[] {
    return this.hasKnownDriver
      ? []
      : [
          `the runs of "${this.application.name}" and their drivers have names with the time in them, so nothing can be ` +
            `granted on their pods alone; use grants.${right} of namespace "${this.application.jobNamespace.name}"`,
        ];
  }
}
