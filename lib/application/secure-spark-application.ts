import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { KubeSparkApplication } from '../../imports/sparkoperator.k8s.io';
import { ApplicationKind } from '../spark/application-kind';
import { ISparkJobNamespace } from '../job-namespace/spark-job-namespace';
import { STORAGE_ACCESSES } from '../storage/placement';
import { IStorageUser } from '../storage/storage-user';
import { ApplicationGrants } from './application-grants';
import { prepareApplication } from './prepared-application';
import { ISparkApplication } from './spark-application';
import { SecureSparkApplicationProps } from './spark-application-props';

/**
 * One Spark job whose pods meet Pod Security `restricted` with a read-only root file system.
 *
 * Everything stands in the pod templates, so it holds without the operator's webhook too: non-root containers without
 * capabilities and escalation, seccomp, sized writable directories wherever Spark writes, executors without an API token,
 * requests and limits, authenticated and encrypted traffic. A guarantee is relaxed one at a time, with `relax`, where the
 * namespace allows it.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export class SecureSparkApplication extends Construct implements ISparkApplication, IStorageUser {
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
  public constructor(scope: Construct, id: string, props: SecureSparkApplicationProps) {
    super(scope, id);
    const { name, metadata, spec, storageAccesses } = prepareApplication(this, {
      props,
      secure: true,
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
