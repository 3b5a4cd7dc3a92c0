import { CronSchedule } from '../../lib/application/schedule/cron-schedule';
import {
  ConcurrencyPolicy,
  ScheduledSparkApplication,
  ScheduledSparkApplicationProps,
} from '../../lib/application/scheduled-spark-application';
import { SparkJobNamespace } from '../../lib/job-namespace/spark-job-namespace';
import { find, Manifest, messageOf, newChart } from '../job-namespace/manifests';
import { IMAGE, PYTHON, secureSpec } from './fixtures';

const NIGHTLY = CronSchedule.cron('0 2 * * *');

function scheduled(overrides: Partial<ScheduledSparkApplicationProps> = {}, id = 'sessions'): Manifest {
  const chart = newChart();
  const jobNamespace = new SparkJobNamespace(chart, 'clicks');
  const props = { jobNamespace, image: IMAGE, main: PYTHON, schedule: NIGHTLY };
  new ScheduledSparkApplication(chart, id, { ...props, ...overrides });
  return find(chart, 'ScheduledSparkApplication', overrides.name ?? id);
}

describe('a scheduled application', () => {
  test('has the same template as a secure application', () => {
    const { template, ...schedule } = scheduled().spec as Record<string, unknown>;
    expect({ ...(template as object) }).toEqual(secureSpec());
    expect(schedule).toEqual({
      schedule: '0 2 * * *',
      concurrencyPolicy: 'Forbid',
      successfulRunHistoryLimit: 3,
      failedRunHistoryLimit: 3,
    });
  });

  test('says zone, history and overlap', () => {
    expect(
      scheduled({
        timeZone: 'Europe/Berlin',
        concurrencyPolicy: ConcurrencyPolicy.REPLACE,
        successfulRunHistoryLimit: 0,
        failedRunHistoryLimit: 1,
        suspend: false,
      }).spec,
    ).toMatchObject({
      timeZone: 'Europe/Berlin',
      concurrencyPolicy: 'Replace',
      successfulRunHistoryLimit: 0,
      failedRunHistoryLimit: 1,
      suspend: false,
    });
  });

  test('suspends its schedule and not its runs', () => {
    const { suspend, template } = scheduled({ suspend: true }).spec as { suspend: boolean; template: object };
    expect(suspend).toBe(true);
    expect(template).not.toHaveProperty('suspend');
  });

  test('has a name of at most 43 characters, since each run adds 20 (row 46)', () => {
    expect(scheduled({}, 'a'.repeat(43)).metadata.name).toHaveLength(43);
    expect(messageOf(() => scheduled({}, 'a'.repeat(44)))).toBe(
      `test/${'a'.repeat(44)}: the name "${'a'.repeat(44)}" has 44 characters; at most 43 are possible: ` +
        'choose a shorter one with the name property',
    );
  });

  test('refuses unknown zones, two zones and impossible histories, with the job’s own problems', () => {
    expect(messageOf(() => scheduled({ timeZone: 'Mars/Olympus' }))).toBe(
      'test/sessions: the time zone "Mars/Olympus" is no IANA name; use one such as Europe/Berlin or Etc/UTC',
    );
    const schedule = CronSchedule.cron('CRON_TZ=Asia/Tokyo 0 2 * * *');
    expect(messageOf(() => scheduled({ schedule, timeZone: 'Europe/Berlin' }))).toContain(
      'names the time zone Asia/Tokyo, so that timeZone Europe/Berlin counts for nothing; leave out one',
    );
    const message = messageOf(() => scheduled({ successfulRunHistoryLimit: -1, driver: { cores: 0.5 } }));
    expect(message).toContain('successfulRunHistoryLimit is -1; give a whole number of 0 or more');
    expect(message).toContain('driver.cores is 0.5');
  });

  test('refuses a schedule that is none', () => {
    expect(() => CronSchedule.cron('every night')).toThrow(/^CronSchedule\.cron\("every night"\): .*; write 5/);
  });
});
