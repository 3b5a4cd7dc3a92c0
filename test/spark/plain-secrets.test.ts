import * as fc from 'fast-check';
import {
  plainSecret,
  plainSecretsOfArguments,
  plainSecretsOfJavaOptions,
  Setting,
  SettingPlace,
} from '../../lib/spark/plain-secrets';
import { SparkMain } from '../../lib/spark/spark-main';
import { secureRefusal, secureSpec } from '../application/fixtures';
import { NO_SECRETS, SECRETS, VALUE } from './setting-lists';

function isPlain(place: SettingPlace, name: string, value: string | undefined): boolean {
  return plainSecret({ place, name, value }) !== undefined;
}

const shown = ({ place, name }: Setting): [string, string] => [place, name];

describe('the value of', () => {
  test.each(SECRETS.map(shown))('%s %s is a secret (case 16)', (place, name) => {
    expect(plainSecret({ place: place as SettingPlace, name, value: VALUE })).toMatchObject({
      name,
      fault: 'holds a secret in plain text',
    });
  });

  test.each(NO_SECRETS.map(shown))('%s %s is none (case 16)', (place, name) => {
    expect(plainSecret({ place: place as SettingPlace, name, value: VALUE })).toBeUndefined();
  });

  test('a secret is found whatever it is, and never shown', () => {
    const value = fc.stringMatching(/^[a-z0-9]{8,20}$/).filter((text) => !text.includes('sec'));
    fc.assert(
      fc.property(fc.constantFrom(...SECRETS), value, ({ place, name }, text) => {
        const found = plainSecret({ place, name, value: text });
        return found !== undefined && !JSON.stringify(found).includes(text);
      }),
    );
  });

  test.each([
    ['arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab', false],
    ['1234abcd-12ab-34cd-56ef-1234567890ab', false],
    ['alias/acme', false],
    ['dGhpcyBpcyBhIDI1NiBiaXQga2V5IGZvciBTU0UtQyE=', true],
  ])('fs.s3a.encryption.key %s names a key or is one: secret %s (case 16)', (value, secret) => {
    expect(isPlain('hadoopConf', 'fs.s3a.encryption.key', value)).toBe(secret);
    expect(isPlain('sparkConf', 'spark.sql.catalog.lake.s3.sse.key', value)).toBe(secret);
  });

  test('credentials may be the path of a file that is mounted, and no password may (case 16)', () => {
    expect(isPlain('environment', 'GOOGLE_APPLICATION_CREDENTIALS', '/var/secrets/google/key.json')).toBe(false);
    expect(isPlain('environment', 'GOOGLE_APPLICATION_CREDENTIALS', '{"private_key":"hunter2"}')).toBe(true);
    expect(isPlain('environment', 'DB_PASSWORD', '/hunter2')).toBe(true);
  });

  test.each(['', undefined, 'true', 'false'])('DB_PASSWORD may be %j', (value) => {
    expect(isPlain('environment', 'DB_PASSWORD', value)).toBe(false);
  });
});

describe('a text', () => {
  const SECRET_TEXTS: [SettingPlace, string, string][] = [
    ['sparkConf', 'spark.sql.catalog.pg.url', 'jdbc:postgresql://db:5432/acme?user=a&password=hunter2'],
    ['sparkConf', 'spark.sql.catalog.ms.url', 'jdbc:sqlserver://db:1433;user=a;password=hunter2'],
    ['sparkConf', 'spark.mongodb.read.connection.uri', 'mongodb://acme:hunter2@mongo/acme'],
    ['sparkConf', 'spark.kafka.clusters.a.x', 'org.a.PlainLoginModule required username="a" password="hunter2";'],
    ['hadoopConf', 'acme.url', 'https://acme.blob.core.windows.net/logs?sv=1&sig=hunter2'],
    ['environment', 'DATABASE_URL', 'postgres://acme:hunter2@db/acme'],
    ['environment', 'BROKER', 'redis://:hunter2@cache:6379'],
    ['environment', 'ORACLE', 'jdbc:oracle:thin:scott/tiger@//db:1521/acme'],
    ['environment', 'STORAGE', 'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=hunter2=='],
    ['environment', 'EVENTS', 'Endpoint=sb://a.net/;SharedAccessKeyName=n;SharedAccessKey=hunter2'],
    ['environment', 'PEM', '-----BEGIN RSA PRIVATE KEY-----\nhunter2'],
    ['environment', 'HEADER', 'Bearer hunter2'],
  ];
  test.each(SECRET_TEXTS)('in %s %s has a secret: %s (case 16)', (place, name, value) => {
    expect(isPlain(place, name, value)).toBe(true);
  });

  test.each<[SettingPlace, string, string]>([
    ['sparkConf', 'spark.sql.catalog.pg.url', 'jdbc:postgresql://db:5432/acme?user=a&sslmode=verify-full'],
    ['sparkConf', 'spark.mongodb.read.connection.uri', 'mongodb://mongo:27017/acme'],
    ['environment', 'DATABASE_URL', 'postgres://acme:$(DB_PASSWORD)@db/acme'],
    ['environment', 'DATABASE_URL', 'jdbc:postgresql://db/acme?password=$(DB_PASSWORD)'],
    ['hadoopConf', 'acme.url', 'https://acme:${env.PASSWORD}@host/'],
    ['environment', 'EMAIL', 'mailto:someone@acme.dev'],
    ['environment', 'HINT', 'SELECT * FROM users WHERE password=1'],
    ['environment', 'IMAGE', 'registry.acme.dev:5000/app@sha256:abc'],
    ['environment', 'WINDOW', 'https://host:8080/a@b'],
    ['environment', 'PEM', '-----BEGIN CERTIFICATE-----\nabc'],
    ['environment', 'NOTE', 'Bearer of news'],
  ])('in %s %s has none: %s (case 16)', (place, name, value) => {
    expect(isPlain(place, name, value)).toBe(false);
  });
});

describe('a reference', () => {
  const REFERENCES = ['$(SECRET)', '${env:SECRET}', '${env.SECRET}', 'env:SECRET'];
  test.each<[SettingPlace, string, string[]]>([
    ['environment', 'DB_PASSWORD', ['$(SECRET)']],
    ['argument', 'password', ['$(SECRET)']],
    ['sparkConf', 'spark.ssl.keyPassword', ['${env:SECRET}']],
    ['sparkConf', 'spark.hadoop.fs.s3a.secret.key', ['${env.SECRET}']],
    ['hadoopConf', 'fs.s3a.secret.key', ['${env.SECRET}']],
    ['sparkConf', 'spark.sql.catalog.lake.s3.secret-access-key', ['env:SECRET']],
    ['sparkConf', 'spark.kafka.clusters.a.ssl.key.password', []],
    ['sparkConf', 'spark.acme.clientSecret', ['${env:SECRET}']],
    ['javaOption', 'javax.net.ssl.trustStorePassword', []],
  ])('in %s %s is one of %j (case 17)', (place, name, known) => {
    expect(REFERENCES.filter((value) => !isPlain(place, name, value))).toEqual(known);
  });

  test.each([
    ['${env.SECRET:-hunter2}', true],
    ['${env.SECRET:-}', false],
    ['a${env.SECRET}', true],
  ])('in Hadoop’s configuration %s holds a secret in plain text: %s', (value, secret) => {
    expect(isPlain('hadoopConf', 'fs.s3a.secret.key', value)).toBe(secret);
  });

  test.each(['hunter2', ' ', '$(A) b', '$PASSWORD'])('is not %j', (value) => {
    expect(isPlain('environment', 'PASSWORD', value)).toBe(true);
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
    [['--url', 'jdbc:postgresql://db/acme?password=hunter2'], ['2']],
    [['--url=jdbc:postgresql://db/acme?password=hunter2'], ['url']],
    [['--url', 'jdbc:postgresql://db/acme?password=$(DB_PASSWORD)'], []],
    [['--password', '$(DB_PASSWORD)'], []],
    [['--password=$(DB_PASSWORD)'], []],
    [['--password', '--date', '2026-01-01'], []],
    [['--password'], []],
    [['--password='], []],
    [['password', 'abc'], []],
    [['--password-file', '/etc/x'], []],
    [['--token-issuer', 'https://login.acme.dev'], []],
    [['--date', '2026-01-01'], []],
  ])('%j hold the plain secrets %j', (given, names) => {
    expect(plainSecretsOfArguments(given).map(({ name }) => name)).toEqual(names);
  });

  test('of a secure application hold none (guarantee 5)', () => {
    const main = (value: string): SparkMain =>
      SparkMain.python('local:///opt/app/sessions.py', { arguments: ['--password', value] });
    expect(secureRefusal({ main: main('abc') })).toBe(
      'test/sessions: the argument "password" holds a secret in plain text; ' +
        'give it as an environment variable by reference and write "$(NAME)"',
    );
    expect(secureSpec({ main: main('$(DB_PASSWORD)') }).arguments).toEqual(['--password', '$(DB_PASSWORD)']);
  });
});

describe('Java options', () => {
  test.each([
    [['-Djavax.net.ssl.trustStorePassword=changeit'], ['javax.net.ssl.trustStorePassword']],
    [['-Dacme.url=jdbc:postgresql://db/acme?password=x'], ['acme.url']],
    [['-Djavax.net.ssl.trustStore=/etc/ssl/trust.p12', '-Djavax.net.ssl.trustStoreType=PKCS12', '-Xss2m'], []],
  ])('%j hold the plain secrets %j', (options, names) => {
    expect(plainSecretsOfJavaOptions(options).map(({ name }) => name)).toEqual(names);
  });

  test.each([
    ['JDK_JAVA_OPTIONS', '-Xss2m -Djavax.net.ssl.trustStorePassword=changeit', true],
    ['JAVA_TOOL_OPTIONS', '"-Dacme.password=x"', true],
    ['SPARK_DAEMON_JAVA_OPTS', '-Dacme.password=x', true],
    ['JDK_JAVA_OPTIONS', '-Djavax.net.ssl.trustStorePassword=$(TRUST_STORE_PASSWORD)', false],
    ['JDK_JAVA_OPTIONS', '@/etc/java/options', false],
    ['JDK_JAVA_OPTIONS', '-Djavax.net.ssl.trustStore=/etc/ssl/trust.p12', false],
  ])('in %s %s hold a secret: %s (case 21)', (name, value, secret) => {
    expect(isPlain('environment', name, value)).toBe(secret);
  });
});
