import * as fc from 'fast-check';
import { isAtLeast, SPARK_RELEASES, sparkMinor, versionProblems } from '../../lib/spark/spark-versions';

test.each(['3.3.4', '3.5.1', '3.5.1-amzn-0', '4.0.4', '4.1.1', '4.2.0'])('supports Spark %s', (sparkVersion) => {
  expect(versionProblems({ sparkVersion })).toEqual([]);
});

test.each(['2.4.8', '3.2.4', '5.0.0'])('refuses Spark %s, which is outside the supported releases', (sparkVersion) => {
  expect(versionProblems({ sparkVersion })).toEqual([
    `Spark ${sparkVersion} is not supported; use an image with one of 3.3, 3.4, 3.5, 4.0, 4.1, 4.2`,
  ]);
});

test.each(['', '4', '4.0', 'v4.0.4', '4.0.04', '4.0.x', 'latest', ' 4.0.4'])(
  'refuses "%s" as an inexact version',
  (sparkVersion) => {
    expect(versionProblems({ sparkVersion })).toEqual([
      `the Spark version "${sparkVersion}" is not exact; give all three numbers, such as 4.0.4`,
    ]);
  },
);

test('accepts what a release runs on', () => {
  expect(
    versionProblems({ sparkVersion: '3.5.1', scalaVersion: '2.13', javaVersion: 8, pythonVersion: '3.8' }),
  ).toEqual([]);
  expect(
    versionProblems({ sparkVersion: '4.1.1', scalaVersion: '2.13', javaVersion: 21, pythonVersion: '3.10.2' }),
  ).toEqual([]);
});

test('names every version that a release does not run on, and those that it does', () => {
  expect(
    versionProblems({ sparkVersion: '4.0.4', scalaVersion: '2.12', javaVersion: 11, pythonVersion: '3.8' }),
  ).toEqual([
    'Spark 4.0.4 is not built for Scala 2.12; use 2.13',
    'Spark 4.0.4 does not run on Java 11; use 17 or 21',
    'Spark 4.0.4 does not run on Python 3.8; use 3.9 or newer',
  ]);
});

test('refuses Python 2 and what is no Python version', () => {
  expect(versionProblems({ sparkVersion: '3.5.1', pythonVersion: '2' })).toEqual([
    'Spark 3.5.1 does not run on Python 2; use 3.8 or newer',
  ]);
  expect(versionProblems({ sparkVersion: '3.5.1', pythonVersion: 'python3' })).toEqual([
    'the Python version "python3" is none; write it as 3.8',
  ]);
});

test('has defaults that each release supports', () => {
  const outside = Object.values(SPARK_RELEASES).filter(
    ({ scala, defaultScala, java, defaultJava }) => !scala.includes(defaultScala) || !java.includes(defaultJava),
  );
  expect(outside).toEqual([]);
});

test('compares versions by number, part for part', () => {
  expect(isAtLeast('3.10', '3.9')).toBe(true);
  expect(isAtLeast('3.9', '3.10')).toBe(false);
  expect(isAtLeast('3', '3.10')).toBe(true);
  expect(isAtLeast('4.0.0-preview1', '3.5')).toBe(true);
  const number = fc.nat(99);
  fc.assert(
    fc.property(number, number, number, number, (major, minor, otherMajor, otherMinor) => {
      const expected = major * 100 + minor >= otherMajor * 100 + otherMinor;
      expect(isAtLeast(`${major}.${minor}`, `${otherMajor}.${otherMinor}`)).toBe(expected);
    }),
  );
});

test('knows the minor version of an exact one only', () => {
  expect(sparkMinor('4.0.4')).toBe('4.0');
  expect(sparkMinor('4.0')).toBeUndefined();
});
