import { Size } from 'cdk8s';
import { refusal, s3, specWith, Uses } from '../storage-users';

describe('an event log', () => {
  const log =
    (options: { path?: string; maxFileSize?: Size } = {}): Uses =>
    (chart) => ({ eventLog: { storage: s3(chart, 'logs'), path: 'event-logs', ...options } });

  test('is written by the driver in files of a limited size', () => {
    const spec = specWith(log());
    expect(Object.entries(spec.sparkConf).filter(([key]) => key.startsWith('spark.eventLog'))).toEqual([
      ['spark.eventLog.dir', 's3a://acme-logs/event-logs'],
      ['spark.eventLog.enabled', 'true'],
      ['spark.eventLog.rolling.enabled', 'true'],
      ['spark.eventLog.rolling.maxFileSize', '128m'],
    ]);
    expect([spec.driver.serviceAccount, spec.executor.serviceAccount]).toEqual(['sessions-driver', 'spark-executor']);
  });

  test('has files as small as Spark makes them', () => {
    const maxFileSize = Size.mebibytes(10);
    expect(specWith(log({ maxFileSize })).sparkConf['spark.eventLog.rolling.maxFileSize']).toBe('10m');
  });

  test.each([
    ['no folder', { path: '' }, 'eventLog.path is empty, so that it would be all of s3a://acme-logs; give a folder'],
    ['a location', { path: 'file:///tmp/events' }, 'eventLog.path is "file:///tmp/events", a whole location;'],
    ['a way out', { path: 'logs/../x' }, 'eventLog.path is "logs/../x", with the part "..";'],
    ['the checkpoints', { path: 'checkpoints' }, 'eventLog.path is "checkpoints", which overlaps the checkpoints of'],
    [
      'small files',
      { maxFileSize: Size.mebibytes(9) },
      'eventLog.maxFileSize is 9 MiB; give whole mebibytes, at least 10',
    ],
    ['broken mebibytes', { maxFileSize: Size.kibibytes(10241) }, 'eventLog.maxFileSize is 10.0009765625 MiB;'],
  ] as [string, { path?: string; maxFileSize?: Size }, string][])('may not have %s', (_what, options, problem) => {
    expect(refusal(log(options))).toContain(`test/sessions: ${problem}`);
  });

  test('is not configured twice', () => {
    const sparkConf = { 'spark.eventLog.dir': 's3a://other/logs' };
    expect(refusal((chart) => ({ ...log()(chart), sparkConf }))).toBe(
      'test/sessions: sparkConf["spark.eventLog.dir"] and eventLog set the same key; leave it out, or leave out eventLog',
    );
  });

  test('is not looked for in a folder that no pod has', () => {
    const enabled = { 'spark.eventLog.enabled': 'true' };
    expect(refusal(() => ({ sparkConf: enabled }))).toBe(
      'test/sessions: sparkConf["spark.eventLog.enabled"] = "true" without "spark.eventLog.dir" would look for ' +
        '/tmp/spark-events, which no pod has; use eventLog',
    );
    const elsewhere = { ...enabled, 'spark.eventLog.dir': 's3a://other/logs' };
    expect(specWith(() => ({ sparkConf: elsewhere })).sparkConf).toMatchObject(elsewhere);
  });
});
