import { Construct } from 'constructs';
import { ApplicationBase } from './application-base';
import { HARDENED } from './profile';
import { StreamingSparkApplicationProps } from './streaming/streaming-application-props';
import { streamProblems, streamSettings } from './streaming/streaming-job';
import { checkArguments } from '../problems/property-checks';

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
    // What is set twice would be told a second time, in the terms of the secure application.
    const settings = problems.length > 0 ? { profile: HARDENED } : streamSettings(props.name ?? id, props);
    super(scope, id, { props, settings, problems });
  }
}
