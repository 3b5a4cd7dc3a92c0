import { Construct } from 'constructs';
import { ApplicationBase } from './application-base';
import { HARDENED } from './profile';
import { SecureSparkApplicationProps } from './spark-application-props';
import { checkArguments } from '../problems/property-checks';

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
export class SecureSparkApplication extends ApplicationBase {
  /**
   * @param scope the parent, in a chart
   * @param id the construct's id, and the application's name unless `name` is given
   * @param props the job
   * @throws with everything that is wrong with the job
   */
  public constructor(scope: Construct, id: string, props: SecureSparkApplicationProps) {
    checkArguments('new SecureSparkApplication', [scope, id, props]);
    super(scope, id, { props, settings: { profile: HARDENED } });
  }
}
