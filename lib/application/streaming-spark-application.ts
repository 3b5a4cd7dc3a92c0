import { Construct } from 'constructs';
import { ApplicationBase } from './application-base';
import { HARDENED } from './profile';
import { StreamingSparkApplicationProps } from './streaming/streaming-application-props';
import { streamProblems, streamSettings } from './streaming/streaming-job';
import { checkArguments } from '../problems/property-checks';

/**
 * A Spark job that reads a stream and never ends, with all guarantees of `SecureSparkApplication`.
 *
 * It renders a SparkApplication with a checkpoint, which is required, a stop between two batches, and metrics of the
 * stream's progress. The program takes part: it reads the checkpoint's location and the trigger interval from environment
 * variables, and stops its queries when the run file is gone.
 *
 * The operator restarts it by `RestartPolicy.always()`, without limit: at once after an end without an error, otherwise as
 * soon as the interval times the number of starts has passed since the last start. For a stream that may lag by minutes, use
 * `ScheduledSparkApplication` with `Trigger.AvailableNow` in the program.
 *
 * @see https://spark.apache.org/docs/latest/streaming/index.html
 * @example
 *
 * declare const checkpoints: ISparkStorage;
 * new StreamingSparkApplication(chart, 'sessions', {
 *   jobNamespace: clicks,
 *   image,
 *   main: SparkMain.python('local:///opt/app/sessions.py'),
 *   checkpoint: Checkpoint.on(checkpoints),
 *   triggerInterval: Duration.seconds(30),
 * });
 */
export class StreamingSparkApplication extends ApplicationBase {
  /**
   * @param scope the parent, in a chart
   * @param id the construct's id, and the application's name unless `name` is given
   * @param props the job
   * @throws with everything that is wrong with the job
   */
  public constructor(scope: Construct, id: string, props: StreamingSparkApplicationProps) {
    checkArguments('new StreamingSparkApplication', [scope, id, props]);
    const problems = streamProblems(props);
    // The checks of the secure application would report settings that are set twice a second time.
    const settings = problems.length > 0 ? { profile: HARDENED } : streamSettings(props.name ?? id, props);
    super(scope, id, { props, settings, problems });
  }
}
