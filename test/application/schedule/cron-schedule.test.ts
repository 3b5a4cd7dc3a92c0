import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { CronSchedule } from '../../../lib/application/schedule/cron-schedule';
import { goDurationSeconds } from '../../../lib/application/schedule/go-duration';

// Both tables were compared with robfig/cron 3.0.1, the controller's parser.
test.each([
  '*/10 * * * *',
  '* * * * ?',
  '? ? ? ? ?',
  '0 2 * * MON-FRI',
  '0 2 * * mon,Wed,5',
  '0 0 1 JAN-mar/2 *',
  '0 0 1 jan-3 *',
  '+5 007 1-7/2 */3 0-6',
  '5/15 9-17 * * *',
  '*/60 */24 */31 */12 */7',
  '0 0 29 2 *',
  '0 0 31 2 1',
  '0 0 31 2 */2',
  '  0   2 *\t* *  ',
  '@yearly',
  '@annually',
  '@monthly',
  '@weekly',
  '@daily',
  '@midnight',
  '@hourly',
  ' @daily ',
  '@every 1h30m',
  '@every 1.5h',
  '@every 1m500ms500ms',
  '@every +10m ',
  'TZ=UTC 0 2 * * *',
  'CRON_TZ=Europe/Berlin  @daily',
  'CRON_TZ=US/Pacific @every 10m',
])('accepts %j', (expression) => {
  expect(CronSchedule.cron(expression).expression).toBe(expression);
});

test.each([
  ['', 'it is empty; write five fields, or one of @yearly'],
  [' ', 'it is empty'],
  ['* * * *', 'it has 4 fields; write 5, for minute, hour, day of month, month, day of week'],
  [
    '0 * * * * *',
    'it has 6 fields; write 5, for minute, hour, day of month, month, day of week; there is none for seconds',
  ],
  ['60 * * * *', 'minute "60" is not within 0 to 59'],
  ['* 24 * * *', 'hour "24" is not within 0 to 23'],
  ['* * 0 * *', 'day of month "0" is not within 1 to 31'],
  ['* * * 13 *', 'month "13" is not within 1 to 12 or jan to dec'],
  ['* * * * 7', 'day of week "7" is not within 0 to 6 or sun to sat; Sunday is 0'],
  ['* * * * 1-7', 'day of week "1-7" is not within 0 to 6 or sun to sat; Sunday is 0'],
  ['* * * * FRI-MON', 'day of week "FRI-MON" ends before it begins; write two ranges with a comma between'],
  ['* * * * monday', 'day of week "monday" is not within'],
  ['jan * * * *', 'minute "jan" is not within 0 to 59'],
  ['-1 * * * *', 'minute "-1" is none; write a value, *, a range such as 1-5, or one of them with a step such as */10'],
  ['1- * * * *', 'minute "1-" is none'],
  ['1-2-3 * * * *', 'minute "1-2-3" is none'],
  ['*/1/2 * * * *', 'minute "*/1/2" is none'],
  ['*/ * * * *', 'minute "*/" is none'],
  ['*/x * * * *', 'minute "*/x" is none'],
  ['*/0 * * * *', 'minute "*/0" has the step 0; write 1 or more'],
  ['1.5 * * * *', 'minute "1.5" is not within'],
  ['99999999999999999999 * * * *', 'minute "99999999999999999999" is not within 0 to 59'],
  ['0 0 L * *', 'day of month "L" is not within'],
  ['@reboot', '"@reboot" is unknown; use @yearly'],
  ['@Daily', '"@Daily" is unknown'],
  ['@every', '"@every" is unknown'],
  ['@every  5m', '" 5m" is no duration; write it as 1h30m or 90s'],
  ['@every 5', '"5" is no duration'],
  ['@every 1d', '"1d" is no duration'],
  ['@every 9999999h', '"9999999h" is no duration'],
  ['TZ=UTC', 'it is empty'],
  ['TZ=UTC\t* * * * * *', 'the time zone "UTC\\t*" is no IANA name'],
  [' TZ=UTC 0 2 * * *', 'it has 6 fields'],
  [
    'CRON_TZ=Europe/Nowhere * * * * *',
    'the time zone "Europe/Nowhere" is no IANA name; use one such as Europe/Berlin or Etc/UTC',
  ],
  ['CRON_TZ=europe/berlin * * * * *', 'the time zone "europe/berlin" is no IANA name; use Europe/Berlin'],
])('refuses %j as the operator does', (expression, fault) => {
  expect(() => CronSchedule.cron(expression)).toThrow(`CronSchedule.cron(${JSON.stringify(expression)}): ${fault}`);
});

test.each([
  ['0 0 30 2 *', 'day of month "30" never comes in month "2", so that it never runs; correct one of them'],
  ['0 0 31 4,6,9,NOV *', 'day of month "31" never comes in month "4,6,9,NOV"'],
  [', * * * *', 'minute "," has an empty part; leave out the comma'],
  ['1,,2 * * * *', 'minute "1,,2" has an empty part'],
  ['*-5 * * * *', 'minute "*-5" has a value after *-, which counts for nothing; write *, or a range'],
  [
    '*/90 * * * *',
    'minute "*/90" has a step beyond the field, so that only its first value counts; use CronSchedule.every',
  ],
  ['@every 500ms', 'the interval 500ms is 0.5 s; give whole seconds, at least one'],
  ['@every 1500ms', 'the interval 1500ms is 1.5 s; give whole seconds, at least one'],
  ['@every -5m', 'the interval -5m is -300 s; give whole seconds, at least one'],
  ['@every 0', 'the interval 0 is 0 s; give whole seconds, at least one'],
  ['TZ= * * * * *', 'the time zone "" is no IANA name'],
  ['TZ=Local * * * * *', 'the time zone "Local" is no IANA name'],
  ['0 2 * *\n*', 'it has other characters than those of a cron expression; write it in one line of ASCII'],
])('refuses %j, which the operator takes for something else than it says', (expression, fault) => {
  expect(() => CronSchedule.cron(expression)).toThrow(`CronSchedule.cron(${JSON.stringify(expression)}): ${fault}`);
});

test('tells the problems of all fields at once', () => {
  expect(() => CronSchedule.cron('60 24 * * *')).toThrow(
    new Error(
      [
        'CronSchedule.cron("60 24 * * *"): 2 problems:',
        '  - minute "60" is not within 0 to 59',
        '  - hour "24" is not within 0 to 23',
      ].join('\n'),
    ),
  );
});

test.each([
  [Duration.minutes(10), '@every 10m'],
  [Duration.minutes(90), '@every 1h30m'],
  [Duration.days(1), '@every 24h'],
  [Duration.seconds(1), '@every 1s'],
  [Duration.seconds(3661), '@every 1h1m1s'],
])('writes an interval as the operator reads it: %#', (interval, expression) => {
  expect(CronSchedule.every(interval).expression).toBe(expression);
});

test('writes every interval so that it reads back as the same', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000_000 }), (seconds) => {
      const { expression } = CronSchedule.every(Duration.seconds(seconds));
      expect(goDurationSeconds(expression.replace('@every ', ''))).toBe(seconds);
      expect(CronSchedule.cron(expression).expression).toBe(expression);
    }),
  );
});

test.each([
  [Duration.seconds(0), 0],
  [Duration.millis(999), 0.999],
  [Duration.millis(1500), 1.5],
])('refuses an interval that the operator would change: %#', (interval, seconds) => {
  expect(() => CronSchedule.every(interval)).toThrow(
    new RegExp(`^CronSchedule\\.every: the interval .* is ${seconds} s; give whole seconds, at least one$`),
  );
});

const BOUNDS = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 6],
];

test.each([0, 1, 2, 3, 4])('takes any list of values within the bounds of field %d, and none outside', (index) => {
  const [min, max] = BOUNDS[index];
  const cron = (text: string): CronSchedule =>
    CronSchedule.cron(BOUNDS.map((_, field) => (field === index ? text : '*')).join(' '));
  const inside = fc.array(fc.integer({ min, max }), { minLength: 1, maxLength: 4 });
  fc.assert(fc.property(inside, (values) => cron(values.join(',')) instanceof CronSchedule));
  fc.assert(
    fc.property(inside, fc.integer({ min: max + 1 }), (values, wrong) => {
      expect(() => cron([...values, wrong].join(','))).toThrow(`"${wrong}" is not within ${min} to ${max}`);
    }),
  );
});

test('accepts a time zone of the application beside an expression without one', () => {
  expect(CronSchedule.cron('@daily')._zoneProblems()).toEqual([]);
  expect(CronSchedule.cron('@daily')._zoneProblems('Europe/Berlin')).toEqual([]);
  expect(CronSchedule.cron('TZ=UTC @daily')._zoneProblems()).toEqual([]);
});

test('refuses a time zone of the application beside one in the expression', () => {
  expect(CronSchedule.cron('TZ=UTC @daily')._zoneProblems('Europe/Berlin')).toEqual([
    'the schedule "TZ=UTC @daily" names the time zone UTC, so that timeZone Europe/Berlin counts for nothing; leave out one',
  ]);
});

test('refuses an unknown time zone of the application', () => {
  expect(CronSchedule.cron('@daily')._zoneProblems('Local')).toEqual([
    'the time zone "Local" is no IANA name; use one such as Europe/Berlin or Etc/UTC',
  ]);
});
