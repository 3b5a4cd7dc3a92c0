import { isPlainSecret, REFERENCE, tellingArguments, tellsOfSecret } from '../../lib/spark/plain-secrets';
import { SparkMain } from '../../lib/spark/spark-main';
import { secureRefusal, secureSpec } from '../application/fixtures';

describe('a name', () => {
  test.each([
    'PASSWORD',
    'DB_PASSWORD',
    'PGPASSWORD',
    'dbPassword',
    'MYSQL_PWD',
    'GITHUB_TOKEN',
    'AWS_SECRET_ACCESS_KEY',
    'API_KEY',
    'APIKEY',
    'fs.s3a.access.key',
    'fs.s3a.secret.key',
    'fs.azure.account.key.acme.dfs.core.windows.net',
    'spark.acme.clientSecret',
    'google.credentials',
  ])('%s tells of a secret', (name) => {
    expect(tellsOfSecret(name)).toBe(true);
  });

  test.each([
    'MODE',
    'KEY',
    'spark.sql.shuffle.partitions',
    'TOKEN_FILE',
    'GOOGLE_APPLICATION_CREDENTIALS_PATH',
    'AWS_ACCESS_KEY_ID',
    'fs.s3a.aws.credentials.provider',
    'spark.security.credentials.hive.enabled',
    'spark.kafka.clusters.a.sasl.token.mechanism',
    'MAX_TOKENS',
    'tokenizer',
    '',
  ])('%j does not tell of a secret', (name) => {
    expect(tellsOfSecret(name)).toBe(false);
  });
});

describe('a value under a telling name', () => {
  const references = Object.entries({
    kubernetes: '$(DB_PASSWORD)',
    spark: '${env:DB_PASSWORD}',
    hadoop: '${env.DB_PASSWORD}',
  }) as [keyof typeof REFERENCE, string][];

  test.each(references)('may be a reference as %s knows it, and no other', (place, value) => {
    const accepted = references.filter(([, other]) => !isPlainSecret('password', other, REFERENCE[place]));
    expect(accepted).toEqual([[place, value]]);
  });

  test.each(['', undefined])('may be %j', (value) => {
    expect(isPlainSecret('password', value)).toBe(false);
  });

  test.each(['hunter2', ' ', '$(A) b', '$PASSWORD'])('is a plain secret if it is %j', (value) => {
    expect(isPlainSecret('password', value)).toBe(true);
  });
});

describe('arguments', () => {
  test.each([
    [['--password=abc'], ['password']],
    [['--password', 'abc'], ['password']],
    [['-token', 'abc'], ['token']],
    [['db.password=abc'], ['db.password']],
    [
      ['--password=a', '--api-key', 'b'],
      ['password', 'api-key'],
    ],
    [['--password', '$(DB_PASSWORD)'], []],
    [['--password=$(DB_PASSWORD)'], []],
    [['--password', '--date', '2026-01-01'], []],
    [['--password'], []],
    [['--password='], []],
    [['password', 'abc'], []],
    [['--password-file', '/etc/x'], []],
    [['--date', '2026-01-01'], []],
  ])('%j hold the plain secrets %j', (given, names) => {
    expect(tellingArguments(given)).toEqual(names);
  });

  test('of a secure application hold none (guarantee 5)', () => {
    const main = (value: string): SparkMain =>
      SparkMain.python('local:///opt/app/sessions.py', { arguments: ['--password', value] });
    expect(secureRefusal({ main: main('abc') })).toBe(
      'test/sessions: the argument "password" would hold a secret in plain text; ' +
        'give it as an environment variable by reference and write "$(NAME)"',
    );
    expect(secureSpec({ main: main('$(DB_PASSWORD)') }).arguments).toEqual(['--password', '$(DB_PASSWORD)']);
  });
});
