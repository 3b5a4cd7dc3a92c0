import {
  dependenciesReadByController,
  dependencyProblems,
  jarScalaProblem,
  localDependencyPaths,
  SparkDependencies,
} from '../../../lib/application/configuration/spark-dependencies';

const REPOSITORY = 'https://maven.acme.dev/releases';
const IMAGE = { sparkVersion: '3.5.1', scalaVersion: '2.12' };
const NAMESPACE = { name: 'clicks', packageRepositories: [REPOSITORY] };

function problems(dependencies?: SparkDependencies): string[] {
  return dependencyProblems(dependencies, IMAGE, NAMESPACE);
}

test('accepts no dependencies at all', () => {
  expect(problems()).toEqual([]);
  expect(problems({})).toEqual([]);
});

test('accepts files, packages and repositories of every kind', () => {
  expect(
    problems({
      jars: ['local:///opt/app/lib_2.12-1.0.jar', 's3a://acme/b.jar'],
      files: ['local:///opt/app/settings.yaml'],
      pyFiles: ['local:///opt/app/a.py', 'local:///opt/app/b.zip', 'local:///opt/app/c.egg'],
      archives: ['local:///opt/app/env.tar.gz#environment'],
      packages: ['org.apache.spark:spark-avro_2.12:3.5.3', 'com.acme:tool:1.0-rc.1'],
      excludePackages: ['org.slf4j:*', 'com.google.guava:guava'],
      repositories: [`${REPOSITORY}/`],
    }),
  ).toEqual([]);
});

test.each(['jars', 'files', 'pyFiles', 'archives'] as const)('refuses files of the controller among %s', (list) => {
  expect(problems({ [list]: ['/etc/passwd'] })).toEqual([
    `dependencies.${list}: "/etc/passwd" has no scheme, so that it means a file of the controller; write local:///path for a file of the image`,
  ]);
});

test('refuses a comma, which would name a second file', () => {
  expect(problems({ jars: ['local:///a.jar,file:///b.jar'] })).toEqual([
    expect.stringContaining('is no plain path of a file'),
  ]);
});

test('refuses endings that Spark does not know', () => {
  expect(problems({ jars: ['local:///a.zip'], pyFiles: ['local:///a.whl'], archives: ['local:///a.rar#x'] })).toEqual([
    'dependencies.jars: "local:///a.zip" does not end in .jar; give such a file',
    'dependencies.pyFiles: "local:///a.whl" does not end in .py or .zip or .egg; give such a file',
    'dependencies.archives: "local:///a.rar#x" does not end in .zip or .jar or .tar or .tar.gz or .tgz; give such a file',
  ]);
});

test('allows a folder after # for archives only', () => {
  expect(problems({ archives: ['local:///a.zip#../x'] })).toEqual([
    'dependencies.archives: "local:///a.zip#../x" has the fragment "#../x"; use letters, digits and . _ -',
  ]);
  expect(problems({ files: ['local:///a#b'] })).toEqual([
    'dependencies.files: "local:///a#b" has the fragment "#b"; leave it out',
  ]);
});

test('refuses what is named more than once', () => {
  expect(
    problems({
      jars: ['local:///a.jar', 'local:///a.jar', 'local:///a.jar'],
      packages: ['com.acme:tool:1.0', 'com.acme:tool:1.1'],
      repositories: [REPOSITORY, `${REPOSITORY}/`],
    }),
  ).toEqual([
    'dependencies.jars: "local:///a.jar" is named more than once; leave it once',
    'dependencies.packages: "com.acme:tool" is named more than once; leave it once',
    `dependencies.repositories: "${REPOSITORY}" is named more than once; leave it once`,
  ]);
});

test.each([
  'com.acme:tool',
  'com.acme:tool:',
  'com.acme/tool/1.0',
  'a:b:c:1.0',
  'a:b:[1.0,2.0)',
  'a:b:1.0,c:d:2.0',
  'a:b:(,1.0]',
  ' a:b:1.0',
  '--conf:b:1.0 ',
])('refuses %j as no exact package', (coordinates) => {
  expect(problems({ packages: [coordinates], repositories: [REPOSITORY] })).toEqual([
    `dependencies.packages: ${JSON.stringify(coordinates)} is no exact package; write group:artifact:version, without a range`,
  ]);
});

test.each(['1.+', 'latest.release', 'latest.integration', 'LATEST', '1.0-SNAPSHOT'])(
  'refuses the version %s, which may mean other code on the next start',
  (version) => {
    expect(problems({ packages: [`com.acme:tool:${version}`], repositories: [REPOSITORY] })).toEqual([
      `dependencies.packages: "com.acme:tool:${version}" has the version ${version}, which may mean other code on the next start; give an exact one`,
    ]);
  },
);

test('names the package for the Scala version of the image', () => {
  expect(problems({ packages: ['io.delta:delta-spark_2.13:3.2.0'], repositories: [REPOSITORY] })).toEqual([
    'dependencies.packages: "io.delta:delta-spark_2.13:3.2.0" is built for Scala 2.13, but the image has 2.12; use io.delta:delta-spark_2.12:3.2.0',
  ]);
});

test('names the package for the Spark version of the image', () => {
  expect(
    problems({ packages: ['org.apache.spark:spark-sql-kafka-0-10_2.12:3.4.1'], repositories: [REPOSITORY] }),
  ).toEqual([
    'dependencies.packages: "org.apache.spark:spark-sql-kafka-0-10_2.12:3.4.1" belongs to Spark 3.4, but the image has 3.5.1; use org.apache.spark:spark-sql-kafka-0-10_2.12:3.5.1',
  ]);
});

test('refuses a JAR of another Scala version', () => {
  expect(problems({ jars: ['local:///opt/app/lib_2.13-1.0.jar'] })).toEqual([
    'dependencies.jars: "local:///opt/app/lib_2.13-1.0.jar" is built for Scala 2.13, but the image has 2.12; use the JAR for 2.12',
  ]);
  expect(jarScalaProblem('the main file', 'local:///job_2.12-1.jar', '2.12')).toBeUndefined();
  expect(jarScalaProblem('the main file', 'local:///v_2.13-x/job.jar', '2.12')).toBeUndefined();
});

test('refuses packages without repositories, and the other way round', () => {
  expect(problems({ packages: ['com.acme:tool:1.0'] })).toEqual([
    'dependencies.packages is given without repositories; name those that the packages come from, or put the JARs into the image',
  ]);
  expect(problems({ excludePackages: ['com.acme:tool'], repositories: [REPOSITORY] })).toEqual([
    'dependencies.excludePackages is given without packages, so that it does nothing; leave it out',
    'dependencies.repositories is given without packages, so that it does nothing; leave it out',
  ]);
});

test('refuses an exclusion that is none', () => {
  expect(problems({ packages: ['a:b:1'], repositories: [REPOSITORY], excludePackages: ['a:b:1', 'guava'] })).toEqual([
    'dependencies.excludePackages: "a:b:1" is none; write group:artifact',
    'dependencies.excludePackages: "guava" is none; write group:artifact',
  ]);
});

test('refuses repositories that the namespace does not allow', () => {
  const other = 'https://maven.evil.example/releases';
  expect(problems({ packages: ['a:b:1'], repositories: [other] })).toEqual([
    `dependencies.repositories: namespace "clicks" does not allow "${other}"; add it to packageRepositories of the namespace, or put the JARs into the image`,
  ]);
});

test.each(['http://maven.acme.dev/releases', 'file:///repo', 'maven.acme.dev', ''])(
  'refuses the repository %j',
  (repository) => {
    expect(problems({ packages: ['a:b:1'], repositories: [repository] })).toEqual([
      `dependencies.repositories: ${JSON.stringify(repository)} is no https address; give one`,
    ]);
  },
);

test('refuses credentials in a repository and does not repeat them', () => {
  const [problem] = problems({ packages: ['a:b:1'], repositories: ['https://me:s3cret@maven.acme.dev/releases'] });
  expect(problem).toBe(
    'dependencies.repositories: the address at maven.acme.dev holds a user or password, which would stand in the manifest; leave it out',
  );
});

test('knows the paths in the image, which no volume may cover (row 32)', () => {
  expect(localDependencyPaths(undefined)).toEqual([]);
  expect(
    localDependencyPaths({
      jars: ['local:///opt/a.jar', 's3a://acme/b.jar'],
      archives: ['local:///opt/env.tar.gz#environment'],
    }),
  ).toEqual(['/opt/a.jar', '/opt/env.tar.gz']);
});

test('knows for which files the controller needs a connector and an identity (row 34)', () => {
  expect(
    dependenciesReadByController({
      jars: ['local:///a.jar', 'https://acme.dev/b.jar', 's3a://acme/c.jar'],
      files: ['gs://acme/d', 'hdfs://namenode/e', 'abfss://jobs@acme.dfs.core.windows.net/f'],
    }),
  ).toEqual(['s3a://acme/c.jar', 'gs://acme/d', 'hdfs://namenode/e', 'abfss://jobs@acme.dfs.core.windows.net/f']);
});
