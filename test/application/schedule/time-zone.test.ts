import { timeZoneProblem } from '../../../lib/application/schedule/time-zone';
import { TIME_ZONE_NAMES } from '../../../lib/application/schedule/time-zone-names';

test.each([
  'UTC',
  'Etc/UTC',
  'Europe/Berlin',
  'Asia/Kolkata',
  'Asia/Calcutta',
  'US/Pacific',
  'EST5EDT',
  'Etc/GMT-14',
  'America/Argentina/Buenos_Aires',
])('knows %s', (name) => {
  expect(timeZoneProblem(name)).toBeUndefined();
});

test.each(['', 'Local', '+01:00', 'UTC+1', 'Berlin', 'CEST', '../etc/passwd', '/etc/localtime', 'Europe/Berlin '])(
  'refuses %j',
  (name) => {
    expect(timeZoneProblem(name)).toBe(
      `the time zone ${JSON.stringify(name)} is no IANA name; use one such as Europe/Berlin or Etc/UTC`,
    );
  },
);

test.each([
  ['europe/berlin', 'Europe/Berlin'],
  ['utc', 'UTC'],
])('suggests the right case for %s', (name, meant) => {
  expect(timeZoneProblem(name)).toBe(`the time zone "${name}" is no IANA name; use ${meant}`);
});

test('has each zone once, and all that this Node knows', () => {
  expect(new Set(TIME_ZONE_NAMES).size).toBe(TIME_ZONE_NAMES.length);
  expect(TIME_ZONE_NAMES).toEqual(expect.arrayContaining(Intl.supportedValuesOf('timeZone')));
});
