import { SparkApplicationType, SparkMain } from '../../lib/spark/spark-main';

test('describes a program of each language in the words of the definition', () => {
  expect(SparkMain.python('local:///opt/app/job.py')).toMatchObject({
    type: 'Python',
    file: 'local:///opt/app/job.py',
  });
  expect(SparkMain.r('local:///opt/app/job.R')).toMatchObject({ type: 'R', file: 'local:///opt/app/job.R' });
  expect(SparkMain.java('local:///opt/app/job.jar', 'org.acme.Job')).toMatchObject({
    type: 'Java',
    file: 'local:///opt/app/job.jar',
    mainClass: 'org.acme.Job',
  });
  expect(SparkMain.scala('local:///opt/app/job.jar', 'org.acme.Job').type).toBe(SparkApplicationType.SCALA);
  expect(SparkMain.python('local:///opt/app/job.py').mainClass).toBeUndefined();
});

test('passes arguments on as they are, empty ones too, and shares no array', () => {
  const given = ['--day', '', '-', 'a,b', '$(DAY)'];
  const main = SparkMain.python('local:///opt/app/job.py', { arguments: given });
  given.push('later');
  main.arguments.push('later');
  expect(main.arguments).toEqual(['--day', '', '-', 'a,b', '$(DAY)']);
});

test('refuses an argument that no program can be given', () => {
  expect(() => SparkMain.python('local:///opt/app/job.py', { arguments: ['a\0b'] })).toThrow(
    new Error('SparkMain.python: the argument "a\\u0000b" has a NUL character; leave it out'),
  );
});

test.each([
  'https://files.acme.dev/job.py',
  'https://files.acme.dev:8443/a/job.py',
  'hdfs://namenode:8020/jobs/job.py',
  's3a://acme-jobs/day=1/job.py',
  'gs://acme-jobs/job.py',
  'abfss://jobs@acme.dfs.core.windows.net/job.py',
])('accepts the file %s, which the driver fetches (row 34)', (file) => {
  expect(SparkMain.python(file).file).toBe(file);
});

// Parts of the message that tell the fault and the remedy.
test.each([
  ['--conf=spark.x=y.py', 'begins with "-", so that spark-submit reads it as an option; give a URI'],
  ['', 'has no scheme, so that it means a file of the controller; write local:///path'],
  ['/opt/app/job.py', 'has no scheme, so that it means a file of the controller; write local:///path'],
  ['file:///opt/app/job.py', 'means a file of the controller; write local:///path'],
  ['file:/opt/app/job.py', 'means a file of the controller; write local:///path'],
  ['http://files.acme.dev/job.py', 'has the scheme "http"; use https'],
  ['s3://acme-jobs/job.py', 'has the scheme "s3"; use s3a'],
  ['ftp://acme.dev/job.py', 'has the scheme "ftp"; use one of local, https, hdfs, s3a, gs, abfss'],
  ['LOCAL:///opt/app/job.py', 'has the scheme "LOCAL"; use one of'],
  ['local:/opt/app/job.py', 'does not name an absolute path of the image; write local:/// with three slashes'],
  ['local://opt/app/job.py', 'does not name an absolute path of the image; write local:/// with three slashes'],
  ['s3a:///job.py', 'names no host or bucket; write s3a://<host or bucket>/<path>'],
  ['https://user:secret@acme.dev/job.py', 'holds a user or password'],
  ['https://token@acme.dev/job.py', 'holds a user or password'],
  ['abfss://jobs:key@acme.dfs.core.windows.net/job.py', 'holds a user or password'],
  ['https://acme.dev/job.py?X-Amz-Signature=ab', 'is no plain path of a file'],
  ['local:///opt/a b/job.py', 'is no plain path of a file'],
  ['local:///opt/a,file:///etc/passwd.py', 'is no plain path of a file'],
  ['local:///opt/%2e%2e/job.py', 'is no plain path of a file'],
  ['local:///opt/job.py\n', 'is no plain path of a file'],
  ['local:///opt/app/', 'is no plain path of a file'],
  ['local:///opt/../tmp/job.py', 'has an empty, "." or ".." part; write the path straight'],
  ['local:///opt//job.py', 'has an empty, "." or ".." part; write the path straight'],
  ['local:///opt/./job.py', 'has an empty, "." or ".." part; write the path straight'],
  ['local:///opt/job.py#x', 'has the fragment "#x"; leave it out'],
])('refuses the main file %j', (file, fault) => {
  expect(() => SparkMain.python(file)).toThrow(`SparkMain.python: the main file ${JSON.stringify(file)} ${fault}`);
});

test.each<[string, string, () => SparkMain]>([
  ['.py', 'local:///opt/app/job.zip', () => SparkMain.python('local:///opt/app/job.zip')],
  ['.R', 'local:///opt/app/job.r', () => SparkMain.r('local:///opt/app/job.r')],
  ['.jar', 'local:///opt/app/job.py', () => SparkMain.java('local:///opt/app/job.py', 'Job')],
])('refuses a file that does not end in %s', (ending, file, build) => {
  expect(build).toThrow(
    `the main file "${file}" does not end in ${ending}, by which spark-submit knows what to run; give such a file`,
  );
});

test.each(['SimpleApp', 'org.acme.Job', 'org.acme.Job$Inner', 'org.acmé.Jöb_1'])(
  'accepts the main class %s',
  (mainClass) => {
    expect(SparkMain.scala('local:///opt/app/job.jar', mainClass).mainClass).toBe(mainClass);
  },
);

test.each([
  '',
  '-Job',
  'org/acme/Job',
  'org.acme.',
  '.Job',
  'org..Job',
  '1Job',
  'org.acme.Job.class',
  'org.acme.Job --conf',
])('refuses the main class %j', (mainClass) => {
  expect(() => SparkMain.java('local:///opt/app/job.jar', mainClass)).toThrow(
    new Error(
      `SparkMain.java: the main class ${JSON.stringify(mainClass)} is no class name; write it in full, such as org.acme.Sessions`,
    ),
  );
});

test('tells all that is wrong at once', () => {
  expect(() => SparkMain.scala('job.jar', '')).toThrow(
    /^SparkMain\.scala: 2 problems:\n {2}- the main file .*\n {2}- the main class /,
  );
});

test('knows the path of a file of the image, which no volume may cover (row 32)', () => {
  expect(SparkMain.python('local:///opt/app/job.py')._localPath).toBe('/opt/app/job.py');
  expect(SparkMain.python('s3a://acme/job.py')._localPath).toBeUndefined();
});

test.each(['org.apache.spark.repl.Main', 'org.apache.spark.sql.hive.thriftserver.SparkSQLCLIDriver'])(
  'fails with the main class %s, after which arguments are options of spark-submit',
  (mainClass) => {
    expect(() => SparkMain.java('local:///opt/app/job.jar', mainClass)).toThrow(
      `SparkMain.java: the main class "${mainClass}" makes spark-submit read the program's arguments as options of its own; ` +
        'name a class of the program',
    );
  },
);
