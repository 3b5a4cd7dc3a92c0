import { javaOptionProblems } from '../../lib/spark/java-options';
import { secureRefusal, secureSpec } from '../application/fixtures';

function problemsOf(given: string[], own: string[] = []): string[] {
  return javaOptionProblems('driver', given, own);
}

describe('Java options (guarantee 6)', () => {
  test('of user and library stand together, the library’s first', () => {
    const javaOptions = ['-XX:+UseG1GC', '--add-opens=java.base/java.nio=ALL-UNNAMED', '-Duser.timezone=UTC'];
    const { driver, executor } = secureSpec({ driver: { javaOptions } });
    expect(driver.javaOptions).toBe(`-Djava.io.tmpdir=/tmp ${javaOptions.join(' ')}`);
    expect(executor.javaOptions).toBe('-Djava.io.tmpdir=/tmp');
  });

  test('have one source for each setting; two are named', () => {
    expect(secureRefusal({ executor: { javaOptions: ['-Djava.io.tmpdir=/data'] } })).toBe(
      'test/sessions: executor.javaOptions[0] ("-Djava.io.tmpdir=/data") and the library ("-Djava.io.tmpdir=/tmp") ' +
        'both set -Djava.io.tmpdir; keep one of them',
    );
  });

  test.each([
    ['-Da=1', '-Da=2', '-Da'],
    ['-XX:+UseG1GC', '-XX:-UseG1GC', '-XX:UseG1GC'],
    ['-XX:MaxGCPauseMillis=1', '-XX:MaxGCPauseMillis=2', '-XX:MaxGCPauseMillis'],
    ['-Xss1m', '-Xss2m', '-Xss'],
    ['-verbose:gc', '-verbose:gc', '-verbose:gc'],
  ])('%s and %s both set %s', (first, second, setting) => {
    expect(problemsOf([first, second])).toEqual([
      `driver.javaOptions[1] ("${second}") and driver.javaOptions[0] ("${first}") both set ${setting}; keep one of them`,
    ]);
  });

  test.each([
    ['-Da=1', '-Dab=1'],
    ['--add-opens=java.base/java.nio=ALL-UNNAMED', '--add-opens=java.base/java.lang=ALL-UNNAMED'],
    ['-Xlog:gc', '-Xlog:safepoint'],
    ['-Xint', '-Xss1m'],
  ])('%s and %s set different things', (first, second) => {
    expect(problemsOf([first, second])).toEqual([]);
  });

  test.each(['-Da=1 -Db=2', '', 'UseG1GC', '-Dname=a b'])('%j is no single option', (option) => {
    expect(problemsOf([option])).toEqual([
      `driver.javaOptions[0] ("${option}") is no single Java option; give each option as an item of its own, ` +
        'beginning with "-" and without blanks',
    ]);
  });

  test.each(['-Xmx2g', '-Xms512m'])('%s is the memory property’s', (option) => {
    expect(problemsOf([option])).toEqual([
      `driver.javaOptions[0] ("${option}") sets the heap, which Spark refuses; use driver.memory`,
    ]);
  });

  test('do not set Spark’s configuration, which would pass by its checks', () => {
    expect(problemsOf(['-Dspark.authenticate=false'])).toEqual([
      'driver.javaOptions[0] ("-Dspark.authenticate=false") sets Spark\'s configuration, which Spark refuses for ' +
        'executors; use sparkConf',
    ]);
  });
});
