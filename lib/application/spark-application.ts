import { ApiObject } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { KubeSparkApplication } from '../../imports/sparkoperator.k8s.io';
import { ApplicationKind } from '../spark/application-kind';
import { ISparkJobNamespace } from '../job-namespace/spark-job-namespace';
import { STORAGE_ACCESSES } from '../storage/placement';
import { IStorageUser } from '../storage/storage-user';
import { ApplicationGrants } from './application-grants';
import { prepareApplication } from './prepared-application';
import { SparkApplicationProps } from './spark-application-props';

/** A Spark application of any kind. */
export interface ISparkApplication extends IConstruct {
  /** The application's name. */
  readonly name: string;
  /** Where it runs. */
  readonly jobNamespace: ISparkJobNamespace;
  /** The object in the cluster, for patches. */
  readonly apiObject: ApiObject;
  /** Gives outside identities rights on this application. */
  readonly grants: ApplicationGrants;
}

/**
 * One Spark job, run once by the operator in cluster mode: the operator submits it, the driver's pod creates the executors.
 *
 * This kind is plain: it adds no hardening to what it is given, and is refused where Pod Security would refuse its pods.
 * `SecureSparkApplication` is the one to use.
 *
 * @see https://www.kubeflow.org/docs/components/spark-operator/user-guide/writing-sparkapplication/
 */
export class SparkApplication extends Construct implements ISparkApplication, IStorageUser {
  public readonly name: string;
  public readonly jobNamespace: ISparkJobNamespace;
  public readonly apiObject: ApiObject;
  public readonly grants: ApplicationGrants;

  /**
   * @param scope the parent, in a chart
   * @param id the construct's id, and the application's name unless `name` is given
   * @param props the job
   * @throws with everything that is wrong with the job
   */
  public constructor(scope: Construct, id: string, props: SparkApplicationProps) {
    super(scope, id);
    const { name, metadata, spec, storageAccesses } = prepareApplication(this, {
      props,
      secure: false,
      maxNameLength: 63,
    });
    this.name = name;
    this.jobNamespace = props.jobNamespace;
    STORAGE_ACCESSES.set(this, storageAccesses);
    this.grants = ApplicationGrants._of(this, {
      kind: ApplicationKind.SPARK_APPLICATION,
      name,
      jobNamespace: props.jobNamespace,
    });
    this.apiObject = new ApiObject(this, 'Resource', { ...KubeSparkApplication.GVK, metadata, spec });
  }
}
