import { ISubject, SubjectConfiguration } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { MAX_LABEL_LENGTH } from '../../kubernetes/names';
import { Problems } from '../../problems/errors';
import { checkArguments } from '../../problems/property-checks';

/** What a submitter works with; each asks the Kubernetes API for other things. */
export enum SubmitterTool {
  /**
   * `kubectl apply` (client side and server side), `create`, `get`, `diff`, `wait` and `delete` on applications, and API
   * clients that do the same. No right on pods.
   */
  KUBECTL = 'kubectl',
  /**
   * Airflow's SparkKubernetesOperator with all its defaults: it submits, follows the driver's pod and its log, and deletes
   * the application at the end.
   *
   * This includes `patch` on pods, with which Airflow labels the driver of a job that failed. Kubernetes cannot limit that right
   * to labels or to drivers: it also allows changing the image of every pod of the namespace.
   */
  AIRFLOW = 'airflow',
  /**
   * Airflow's triggerer, which waits for the driver of a deferred task (`deferrable=True`) and deletes its pod when the task
   * is killed. Kubernetes cannot limit that `delete` to drivers. Airflow's worker also needs `AIRFLOW`.
   */
  AIRFLOW_TRIGGERER = 'airflow-triggerer',
  /** Airflow's SparkKubernetesSensor, without the driver's log. */
  AIRFLOW_SENSOR = 'airflow-sensor',
  /** Argo Workflows' resource templates with action `create`, `apply` or `delete`. */
  ARGO_WORKFLOWS = 'argo-workflows',
}

const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** Where Airflow runs, as its official Helm chart installs it. */
export interface AirflowOptions {
  /** Airflow's namespace. */
  readonly namespaceName: string;

  /**
   * The name of the chart's release. The accounts are named after it, with `-airflow` added where the name does not contain
   * it.
   *
   * @default "airflow"
   */
  readonly release?: string;
}

/** The account with which workflows run. */
export interface ArgoWorkflowsOptions {
  /** The namespace of the workflows. */
  readonly namespaceName: string;

  /**
   * The account of the workflows' pods, `serviceAccountName` of the Workflow; the default is the one that the Helm chart can
   * make. Workflows without an account run as `default`, and so do all other pods without one.
   *
   * @default "argo-workflow"
   */
  readonly serviceAccountName?: string;
}

/** The account with which a robot runs. */
export interface RobotOptions {
  /** The robot's namespace. */
  readonly namespaceName: string;

  /** The robot's account. */
  readonly serviceAccountName: string;
}

/**
 * The service account of a widespread submitter, such as Airflow or Argo Workflows, with the tools that it works with.
 *
 * It renders nothing: the account is created where the submitter is installed. It is a subject for `grants.submit`, which
 * then gives the rights that these tools ask for, and no others.
 *
 * @example
 *
 * const worker = WellKnownSubmitter.airflowWorker(chart, 'airflow-worker', { namespaceName: 'airflow' });
 * clicks.grants.submit(worker);
 */
export class WellKnownSubmitter extends Construct implements ISubject {
  /**
   * Airflow's workers, which run tasks of the SparkKubernetesOperator: those of the Celery executor, and the pods of the
   * Kubernetes executor.
   *
   * @param scope the parent, in a chart
   * @param id the construct's id
   * @param options where Airflow runs
   * @throws if a name is invalid
   * @see https://airflow.apache.org/docs/helm-chart/stable/parameters-ref.html
   */
  public static airflowWorker(scope: Construct, id: string, options: AirflowOptions): WellKnownSubmitter {
    checkArguments('WellKnownSubmitter.airflowWorker', [scope, id, options]);
    const account = airflowAccount('worker', options);
    return new WellKnownSubmitter(scope, id, options.namespaceName, account, [SubmitterTool.AIRFLOW]);
  }

  /**
   * Airflow's scheduler, which runs tasks itself with the local executor.
   *
   * @param scope the parent, in a chart
   * @param id the construct's id
   * @param options where Airflow runs
   * @throws if a name is invalid
   * @see https://airflow.apache.org/docs/helm-chart/stable/parameters-ref.html
   */
  public static airflowScheduler(scope: Construct, id: string, options: AirflowOptions): WellKnownSubmitter {
    checkArguments('WellKnownSubmitter.airflowScheduler', [scope, id, options]);
    const account = airflowAccount('scheduler', options);
    return new WellKnownSubmitter(scope, id, options.namespaceName, account, [SubmitterTool.AIRFLOW]);
  }

  /**
   * Airflow's triggerer, which waits for the drivers of deferred tasks (`deferrable=True`). The worker still submits.
   *
   * @param scope the parent, in a chart
   * @param id the construct's id
   * @param options where Airflow runs
   * @throws if a name is invalid
   * @see https://airflow.apache.org/docs/helm-chart/stable/parameters-ref.html
   */
  public static airflowTriggerer(scope: Construct, id: string, options: AirflowOptions): WellKnownSubmitter {
    checkArguments('WellKnownSubmitter.airflowTriggerer', [scope, id, options]);
    const account = airflowAccount('triggerer', options);
    return new WellKnownSubmitter(scope, id, options.namespaceName, account, [SubmitterTool.AIRFLOW_TRIGGERER]);
  }

  /**
   * The workflows of Argo, with resource templates.
   *
   * @param scope the parent, in a chart
   * @param id the construct's id
   * @param options the account with which they run
   * @throws if a name is invalid
   * @see https://argo-workflows.readthedocs.io/en/latest/service-accounts/
   */
  public static argoWorkflows(scope: Construct, id: string, options: ArgoWorkflowsOptions): WellKnownSubmitter {
    checkArguments('WellKnownSubmitter.argoWorkflows', [scope, id, options]);
    const { namespaceName, serviceAccountName = 'argo-workflow' } = options;
    return new WellKnownSubmitter(scope, id, namespaceName, serviceAccountName, [SubmitterTool.ARGO_WORKFLOWS]);
  }

  /**
   * A robot that delivers applications with kubectl, or with a client that does the same.
   *
   * @param scope the parent, in a chart
   * @param id the construct's id
   * @param options the account with which it runs
   * @throws if a name is invalid
   */
  public static robot(scope: Construct, id: string, options: RobotOptions): WellKnownSubmitter {
    checkArguments('WellKnownSubmitter.robot', [scope, id, options]);
    return new WellKnownSubmitter(scope, id, options.namespaceName, options.serviceAccountName, [
      SubmitterTool.KUBECTL,
    ]);
  }

  /** The namespace of its account. */
  public readonly namespaceName: string;
  /** Its account. */
  public readonly serviceAccountName: string;
  private readonly _tools: readonly SubmitterTool[];

  private constructor(
    scope: Construct,
    id: string,
    namespaceName: string,
    serviceAccountName: string,
    tools: readonly SubmitterTool[],
  ) {
    super(scope, id);
    const problems = new Problems(this);
    problems.add(...nameProblems({ namespaceName, serviceAccountName }));
    problems.throwIfAny();
    this.namespaceName = namespaceName;
    this.serviceAccountName = serviceAccountName;
    this._tools = tools;
  }

  /** The tools that it works with. A copy. */
  public get tools(): SubmitterTool[] {
    return [...this._tools];
  }

  /** The account, as a binding names it. */
  public toSubjectConfiguration(): SubjectConfiguration {
    return { kind: 'ServiceAccount', name: this.serviceAccountName, namespace: this.namespaceName };
  }
}

/** The account of one of Airflow's components, by the rule of the chart. */
function airflowAccount(component: string, { release = 'airflow' }: AirflowOptions): string {
  return `${release.includes('airflow') ? release : `${release}-airflow`}-${component}`;
}

function nameProblems(names: { readonly [property: string]: string }): string[] {
  return Object.entries(names).flatMap(([property, name]) =>
    NAME.test(name) && name.length <= MAX_LABEL_LENGTH
      ? []
      : [
          `${property} is "${name}"; give a name of at most ${MAX_LABEL_LENGTH} lower-case letters, digits and "-" between them`,
        ],
  );
}
