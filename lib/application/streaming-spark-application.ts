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
import { StreamingSparkApplicationProps } from './streaming/streaming-application-props';
import { streamingJob } from './streaming/streaming-job';

/**
 * A hardened Spark job that reads a stream for ever: it has a checkpoint, is started again whenever it ends, stops between
 * two batches, and tells its progress.
 *
 * It is restarted by `RestartPolicy.always()`: at once if it ended without an error or ran for long; else the operator waits
 * until the interval times the number of starts has passed since the last start. It never gives up. For a stream that is
 * read every few minutes use `ScheduledSparkApplication` with `Trigger.AvailableNow` in the program.
 *
 * @see https://spark.apache.org/docs/latest/streaming/index.html
 */
export class StreamingSparkApplication extends Construct implements ISparkApplication, IStorageUser {
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
  public constructor(scope: Construct, id: string, props: StreamingSparkApplicationProps) {
    super(scope, id);
    const { name, metadata, spec, storageAccesses } = prepareApplication(this, {
      ...streamingJob(props.name ?? id, props),
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
