import { Duration } from 'cdk8s';
import { throwProblems } from '../../problems/errors';
import { cronFieldProblems } from './cron-fields';
import { formatGoDuration, goDurationSeconds } from './go-duration';
import { timeZoneProblem } from './time-zone';
import { checkArguments } from '../../problems/property-checks';

const DESCRIPTORS = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];
const EVERY = '@every ';
const ZONE = /^(CRON_TZ|TZ)=([^ ]*)( .*)?$/s;

/**
 * When a scheduled application runs, as the operator understands it.
 *
 * @see https://pkg.go.dev/github.com/robfig/cron/v3#hdr-CRON_Expression_Format
 */
export class CronSchedule {
  /**
   * A cron expression: five fields for minute, hour, day of month, month and day of week, for example `0 2 * * MON-FRI`;
   * one of `\@yearly`, `\@annually`, `\@monthly`, `\@weekly`, `\@daily`, `\@midnight`, `\@hourly`; or `\@every` and a
   * duration such as `1h30m`.
   *
   * Sunday is 0, not 7. If both day of month and day of week are restricted, it runs on days that match either of them.
   *
   * @param expression the expression. A time zone may precede it, as in `CRON_TZ=Europe/Berlin 0 2 * * *`; prefer `timeZone` of
   *   the application
   * @throws if the operator would refuse it, or it never runs
   */
  public static cron(expression: string): CronSchedule {
    checkArguments('CronSchedule.cron', [expression]);
    throwProblems(`CronSchedule.cron(${JSON.stringify(expression)})`, expressionProblems(expression));
    return new CronSchedule(expression);
  }

  /**
   * A fixed interval from the start of one run to the start of the next.
   *
   * @param interval the interval, in whole seconds, at least one
   * @throws if the interval is less than a second or not in whole seconds
   */
  public static every(interval: Duration): CronSchedule {
    checkArguments('CronSchedule.every', [interval]);
    const seconds = interval.toSeconds({ integral: false });
    throwProblems('CronSchedule.every', intervalProblems(interval.toHumanString(), seconds));
    return new CronSchedule(`${EVERY}${formatGoDuration(seconds)}`);
  }

  private constructor(
    /** The expression as the operator reads it. */
    public readonly expression: string,
  ) {}

  /**
   * What is wrong with the application's time zone, by itself and together with one in the expression.
   * @internal
   */
  public _zoneProblems(timeZone?: string): string[] {
    if (timeZone === undefined) return [];
    const inside = ZONE.exec(this.expression)?.[2];
    const problems = [timeZoneProblem(timeZone)].filter((problem) => problem !== undefined);
    if (inside !== undefined) {
      problems.push(
        `the schedule "${this.expression}" names the time zone ${inside}, so that timeZone ${timeZone} counts for nothing; leave out one`,
      );
    }
    return problems;
  }
}

function expressionProblems(expression: string): string[] {
  if (/[^\t\x20-\x7e\u00b5\u03bc]/.test(expression)) {
    return ['it has other characters than those of a cron expression; write it in one line of ASCII'];
  }
  const zone = ZONE.exec(expression);
  if (zone === null) return scheduleProblems(expression.trim());
  const [, , name, rest] = zone;
  const zoneProblem = timeZoneProblem(name);
  return [...(zoneProblem === undefined ? [] : [zoneProblem]), ...scheduleProblems((rest ?? '').trim())];
}

function scheduleProblems(text: string): string[] {
  if (text === '') return ['it is empty; write five fields, or one of ' + DESCRIPTORS.join(', ')];
  if (text.startsWith(EVERY)) {
    const interval = text.slice(EVERY.length);
    const seconds = goDurationSeconds(interval);
    if (seconds === undefined) return [`"${interval}" is no duration; write it as 1h30m or 90s`];
    return intervalProblems(interval, seconds);
  }
  if (text.startsWith('@')) {
    return DESCRIPTORS.includes(text)
      ? []
      : [`"${text}" is unknown; use ${DESCRIPTORS.join(', ')} or @every with a duration`];
  }
  return cronFieldProblems(text);
}

/** The controller rounds less than a second up to one and truncates fractions of seconds, both in silence. */
function intervalProblems(interval: string, seconds: number): string[] {
  return Number.isInteger(seconds) && seconds >= 1
    ? []
    : [`the interval ${interval} is ${seconds} s; give whole seconds, at least one`];
}
