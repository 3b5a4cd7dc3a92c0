import { Construct } from 'constructs';
import { ApplicationBase } from './application-base';
import { HARDENED } from './profile';
import { SecureSparkApplicationProps } from './spark-application-props';
import { checkArguments } from '../problems/property-checks';

/**
 * One Spark job whose pods meet Pod Security `restricted` with a read-only root file system.
 *
 * It renders a SparkApplication. Its pod templates have all of the hardening, so it holds without the operator's webhook
 * too: non-root containers without capabilities and privilege escalation, a seccomp profile, writable directories of a
 * limited size wherever Spark writes, executors without an API token, requests and limits, authenticated and encrypted
 * traffic.
 *
 * These guarantees hold together. `relax` takes back one of them, and only where the job namespace allows it and says why.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 * @example
 *
 * new SecureSparkApplication(chart, 'sessions', {
 *   jobNamespace: clicks,
 *   image: SparkImage.of('registry.acme.dev/sessions:1.4.0', { sparkVersion: '4.0.4' }),
 *   main: SparkMain.python('local:///opt/app/sessions.py', { arguments: ['--day', '2025-11-20'] }),
 *   executor: { instances: 3, cores: 2, memory: Size.gibibytes(4) },
 * });
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
