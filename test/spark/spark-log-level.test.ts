import { logLevelProblem, SparkLogLevel } from '../../lib/spark/spark-log-level';

test.each(['3.5.0', '4.0.4'])('Spark %s can be told its log level', (sparkVersion) => {
  expect(logLevelProblem(SparkLogLevel.WARN, sparkVersion)).toBeUndefined();
});

test('Spark before 3.5 cannot be told its log level', () => {
  expect(logLevelProblem(SparkLogLevel.WARN, '3.4.4')).toBe(
    'the log level WARN needs spark.log.level, which Spark 3.4.4 does not know; use Spark 3.5 or newer, or a log4j2.properties in the image',
  );
});

test('has the levels of Spark', () => {
  expect(Object.values(SparkLogLevel)).toEqual(['ALL', 'TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL', 'OFF']);
});
