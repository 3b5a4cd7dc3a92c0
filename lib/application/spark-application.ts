import { Construct } from 'constructs';
import { ApplicationBase } from './application-base';
import { PLAIN } from './profile';
import { SparkApplicationProps } from './spark-application-props';
import { checkArguments } from '../problems/property-checks';

/**
 * One Spark job, run once by the operator in cluster mode: the operator submits it, the driver's pod creates the executors.
 *
 * This kind is plain: it adds no hardening to what it is given, and is refused where Pod Security would refuse its pods.
 * `SecureSparkApplication` is the one to use.
 *
 * @see https://www.kubeflow.org/docs/components/spark-operator/user-guide/writing-sparkapplication/
 */
export class SparkApplication extends ApplicationBase {
  /**
   * @param scope the parent, in a chart
   * @param id the construct's id, and the application's name unless `name` is given
   * @param props the job
   * @throws with everything that is wrong with the job
   */
  public constructor(scope: Construct, id: string, props: SparkApplicationProps) {
    checkArguments('new SparkApplication', [scope, id, props]);
    super(scope, id, { props, settings: { profile: PLAIN } });
  }
}
