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

/** Options of the right to submit one application. */
export interface ApplicationSubmitOptions extends GrantOptions {
  /**
   * Whether the submitter may also read the driver's log.
   *
   * @default false
   */
  readonly logs?: boolean;
}

/** Options of the right to view one application. */
export interface ApplicationViewOptions extends GrantOptions {
  /**
   * Whether the subject may also see the driver's pod and read its log.
   *
   * @default - true; false for a scheduled application, which cannot grant it
   */
  readonly logs?: boolean;

  /**
   * Whether the subject may also see events. Kubernetes cannot limit this to one application, so it sees all events of the
   * namespace.
   *
   * @default false
   */
  readonly events?: boolean;
}

/** The application that rights are limited to. */
export interface GrantedApplication {
  readonly kind: ApplicationKind;
  readonly name: string;
  readonly jobNamespace: ISparkJobNamespace;
}

/**
 * Grants rights on one application to users, groups and service accounts, by the names of the application and of its driver's
 * pod, `<name>-driver`.
 *
 * The names of executor pods are not known at synth, so their logs can only be granted for the whole namespace, together with
 * those of all its applications. The same holds for the runs of a scheduled application and for their drivers, since their
 * names contain the time. Rights on a scheduled application are rights on its schedule alone.
 *
 * Every grant renders a Role and a RoleBinding in the job namespace, both named `spark-<right>.<application>.<subject>`. A
 * second grant to the same subject returns the same `Grant`, with the rights of both calls; the order does not matter.
 *
 * All methods refuse the accounts of drivers and executors, subjects that stand for all users or accounts, accounts of an
 * unknown namespace, and a second subject that would get a Role of the same name.
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
   * Lets a subject submit this application and no other, for example the pipeline that delivers it.
   *
   * The subject has to use server-side apply (`kubectl apply --server-side`): its requests name the application even if it
   * does not exist yet. `kubectl create` and client-side `kubectl apply` do not name a new application in their requests, so
   * the API server refuses them. Airflow and Argo Workflows generate names, so they need `submit` on the namespace.
   *
   * A subject that may submit runs any code with the rights of the namespace's drivers, and may name any service account and
   * any secret of the namespace.
   *
   * @param subject a service account (of any namespace), a user or a group
   * @param options what else the subject may do
   * @throws if the subject cannot be granted anything, or `logs` is true for a scheduled application
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
   * Lets a subject see this application: its specification and status and, unless `logs` is false, the driver's pod and its
   * log.
   *
   * @param subject a service account (of any namespace), a user or a group
   * @param options what the subject may see
   * @throws if the subject cannot be granted anything, or `logs` is true for a scheduled application
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
   * Lets a subject suspend, resume and delete this application; for a scheduled application, its schedule.
   *
   * A Role cannot limit a patch to `spec.suspend`. The admission guard refuses every other change by a subject that may not
   * also create the application; without the guard, the subject can change the whole application.
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
   * the driver in the namespace, and reads what the job reads.
   *
   * @param subject a service account (of any namespace), a user or a group
   * @param options the grant's name
   * @throws if the namespace does not allow it with `Relaxation.of(Guarantee.NO_DEBUG_RIGHTS, reason)`, the application is a
   *   scheduled one, or the subject cannot be granted anything
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
