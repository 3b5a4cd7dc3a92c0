import { Construct } from 'constructs';
import { ApplicationBase } from './application-base';
import { PLAIN } from './profile';
import { SparkApplicationProps } from './spark-application-props';
import { checkArguments } from '../problems/property-checks';

/**
 * One Spark job without hardening. Use `SecureSparkApplication` unless the job cannot run with it.
 *
 * It renders a SparkApplication in cluster mode: the operator submits it, and the driver's pod creates the executors. It has
 * the accounts, names and checks of the other kinds, but adds no hardening to its pods. Synth refuses it where the Pod
 * Security level of the job namespace would refuse its pods.
 *
 * @see https://www.kubeflow.org/docs/components/spark-operator/user-guide/writing-sparkapplication/
 * @example
 *
 * const sandbox = new SparkJobNamespace(chart, 'sandbox', { podSecurity: PodSecurityLevel.BASELINE });
 * new SparkApplication(chart, 'experiment', {
 *   jobNamespace: sandbox,
 *   image,
 *   main: SparkMain.python('local:///opt/app/experiment.py'),
 * });
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
