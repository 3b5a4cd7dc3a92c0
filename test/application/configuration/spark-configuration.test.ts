import { ENCRYPTION_KEYS, OWNED_KEYS } from '../../../lib/spark/owned-configuration';
import { messageOf, newChart } from '../../job-namespace/manifests';
import { makePlain, makeSecure, secureRefusal, secureSpec } from '../fixtures';

/** A secret's value would stand in the logs of whoever synthesizes. */
function shown(key: string): string {
  return /(oauthToken|\.secret)$/.test(key) ? '(hidden)' : '"x"';
}

describe('the configuration (guarantee 6)', () => {
  test('of user and library stands together, sorted by key', () => {
    const { sparkConf, hadoopConf } = secureSpec({
      sparkConf: { 'spark.ui.port': '4040', 'spark.eventLog.enabled': '' },
      hadoopConf: { 'fs.s3a.path.style.access': 'true', 'fs.gs.project.id': 'acme' },
    });
    expect(Object.keys(sparkConf)).toEqual([...Object.keys(sparkConf)].sort());
    expect(sparkConf).toMatchObject({ 'spark.ui.port': '4040', 'spark.eventLog.enabled': '' });
    expect(Object.entries(hadoopConf as object)).toEqual([
      ['fs.gs.project.id', 'acme'],
      ['fs.s3a.path.style.access', 'true'],
    ]);
  });

  // What the operator refuses in its webhook, whatever else it says.
  test.each([
    'spark.master',
    'spark.kubernetes.driver.master',
    'spark.kubernetes.namespace',
    'spark.kubernetes.authenticate.driver.serviceAccountName',
    'spark.kubernetes.authenticate.executor.serviceAccountName',
    'spark.kubernetes.authenticate.oauthToken',
    'spark.kubernetes.authenticate.oauthTokenFile',
    'spark.kubernetes.authenticate.driver.oauthToken',
    'spark.kubernetes.authenticate.driver.oauthTokenFile',
    'spark.kubernetes.authenticate.executor.oauthToken',
    'spark.kubernetes.authenticate.executor.oauthTokenFile',
    'spark.kubernetes.container.image',
    'spark.kubernetes.driver.container.image',
    'spark.kubernetes.executor.container.image',
  ])('has no key %s, which the operator refuses, in no kind of application (row 23)', (key) => {
    const problem = `test/sessions: sparkConf["${key}"] = ${shown(key)} is not possible: `;
    expect(secureRefusal({ sparkConf: { [key]: 'x' } })).toContain(problem);
    expect(messageOf(() => makePlain(newChart(), { sparkConf: { [key]: 'x' } }))).toContain(problem);
  });

  test.each(['driver', 'executor'])(
    'has no template file of the %s, which the operator overwrites (row 22)',
    (role) => {
      const key = `spark.kubernetes.${role}.podTemplateFile`;
      expect(secureRefusal({ sparkConf: { [key]: '/tmp/x' } })).toBe(
        `test/sessions: sparkConf["${key}"] = "/tmp/x" is not possible: the operator writes its own template file: ` +
          'use driver.template or executor.template',
      );
    },
  );

  test('has no external shuffle service (row 54)', () => {
    const key = 'spark.shuffle.service.enabled';
    expect(secureRefusal({ sparkConf: { [key]: 'true' } })).toBe(
      `test/sessions: sparkConf["${key}"] = "true" is not possible: there is no external shuffle service on ` +
        'Kubernetes: use dynamicAllocation with shuffle tracking',
    );
    expect(secureSpec({ sparkConf: { [key]: 'false' } }).sparkConf[key]).toBe('false');
  });

  test.each([...OWNED_KEYS, ...ENCRYPTION_KEYS].map(({ key, remedy }) => [key, remedy]))(
    'has one source for %s',
    (key, remedy) => {
      const given = key.endsWith('.') ? `${key}x` : key;
      const known = [...OWNED_KEYS, ...ENCRYPTION_KEYS].some((other) => other.key === given && other.key !== key);
      expect(known).toBe(false);
      expect(secureRefusal({ sparkConf: { [given]: 'x' } })).toBe(
        `test/sessions: sparkConf["${given}"] = ${shown(given)} is not possible: ${remedy}`,
      );
    },
  );

  test('names both sources of one of Hadoop’s keys', () => {
    expect(secureRefusal({ sparkConf: { 'spark.hadoop.fs.a': '1' }, hadoopConf: { 'fs.a': '2' } })).toBe(
      'test/sessions: hadoopConf["fs.a"] and sparkConf["spark.hadoop.fs.a"] set the same key; keep one of them',
    );
  });

  test.each([
    [{ sparkConf: { 'fs.a': '1' } }, 'sparkConf["fs.a"] = "1": Spark ignores keys that do not begin with "spark."'],
    [{ hadoopConf: { 'spark.hadoop.fs.a': '1' } }, 'hadoopConf["spark.hadoop.fs.a"] has Spark\'s prefix; write it'],
    [{ sparkConf: { 'spark.a b': '1' } }, 'sparkConf["spark.a b"] is no configuration key; use one without blanks'],
    [{ hadoopConf: { '': '1' } }, 'hadoopConf[""] is no configuration key; use one without blanks'],
    [{ sparkConf: { 'spark.a': 1 as never } }, 'sparkConf["spark.a"] is 1 (number); pass a string'],
  ])('refuses %j', (overrides, problem) => {
    expect(secureRefusal(overrides)).toMatch(/^test\/sessions: /);
    expect(secureRefusal(overrides)).toContain(problem);
  });

  test.each([
    [{ sparkConf: { 'spark.hadoop.fs.s3a.secret.key': 'abc' } }, 'sparkConf["spark.hadoop.fs.s3a.secret.key"]'],
    [{ hadoopConf: { 'fs.azure.account.key.acme': 'abc' } }, 'hadoopConf["fs.azure.account.key.acme"]'],
  ])('holds no secret in plain text: %j', (overrides, where) => {
    expect(secureRefusal(overrides)).toBe(
      `test/sessions: ${where} holds a secret in plain text; ` +
        'give it as an environment variable by reference and write "${env.NAME}", which Hadoop replaces',
    );
  });

  test.each([
    ['sparkConf', 'spark.hadoop.fs.s3a.secret.key', '${env:SECRET}', 'which Hadoop replaces'],
    ['hadoopConf', 'fs.azure.account.key.acme', '${env:SECRET}', 'write "${env.NAME}"'],
    ['hadoopConf', 'fs.s3a.endpoint', 'https://${env:HOST}', 'write "${env.NAME}"'],
    ['sparkConf', 'spark.ssl.keyPassword', '${env.SECRET}', 'write "${env:NAME}", which Spark replaces'],
    ['sparkConf', 'spark.sql.catalog.lake.token', '${env:SECRET}', 'write "env:NAME", which the catalog replaces'],
    ['sparkConf', 'spark.sql.catalog.pg.url', 'jdbc:postgresql://${env:HOST}/acme', 'os.environ["NAME"]'],
    ['sparkConf', 'spark.kafka.clusters.a.ssl.key.password', '${env:SECRET}', 'os.environ["NAME"]'],
  ])('%s["%s"] = %s is refused, since nothing replaces it (case 17)', (place, key, value, remedy) => {
    const refusal = secureRefusal({ [place]: { [key]: value } });
    expect(refusal).toMatch(/^test\/sessions: /);
    expect(refusal).toContain(`${place}["${key}"] has "`);
    expect(refusal).toContain('", which stays as it is written; ');
    expect(refusal).toContain(remedy);
    expect(messageOf(() => makePlain(newChart(), { [place]: { [key]: value } }))).toBe(refusal);
  });

  test.each([
    ['sparkConf', 'spark.hadoop.fs.s3a.secret.key', '${env.SECRET}'],
    ['hadoopConf', 'fs.s3a.secret.key', '${env.SECRET}'],
    ['hadoopConf', 'fs.s3a.endpoint', 'https://${env.HOST:-s3.acme.dev}'],
    ['sparkConf', 'spark.ssl.keyPassword', '${env:SECRET}'],
    ['sparkConf', 'spark.sql.warehouse.dir', 's3a://${env:BUCKET}/warehouse'],
    ['sparkConf', 'spark.sql.catalog.lake.token', 'env:SECRET'],
    ['sparkConf', 'spark.sql.catalog.lake.s3.secret-access-key', 'env:SECRET'],
    ['sparkConf', 'spark.acme.secret', '${env:SECRET}'],
    ['sparkConf', 'spark.acme.stage', 'env:prod'],
  ])('%s["%s"] = %s is taken, since its reader replaces it (case 17)', (place, key, value) => {
    const { [place]: rendered } = secureSpec({ [place]: { [key]: value } }) as Record<string, Record<string, string>>;
    expect(rendered[key]).toBe(value);
  });

  test.each([
    [{ 'spark.sql.catalog.lake.type': 'rest' }, true],
    [{ 'spark.sql.catalog.lake.catalog-impl': 'org.apache.iceberg.rest.RESTCatalog' }, true],
    [{ 'spark.sql.catalog.lake.type': 'glue' }, false],
    [{ 'spark.sql.catalog.lake.catalog-impl': 'org.apache.iceberg.aws.glue.GlueCatalog' }, false],
    [{ 'spark.sql.catalog.lake': 'org.apache.spark.sql.execution.datasources.v2.jdbc.JDBCTableCatalog' }, false],
  ])('of a catalog with %j replaces "env:NAME": %s (case 17)', (catalog, isTaken) => {
    const key = 'spark.sql.catalog.lake.s3.secret-access-key';
    const sparkConf = { 'spark.sql.catalog.lake': 'org.apache.iceberg.spark.SparkCatalog', ...catalog, [key]: 'env:X' };
    const message = messageOf(() => {
      makeSecure(newChart(), { sparkConf });
      throw new Error('taken');
    });
    const refusal = `test/sessions: sparkConf["${key}"] has "env:X", which stays as it is written; `;
    expect([message === 'taken', message.startsWith(refusal)]).toEqual([isTaken, !isTaken]);
  });

  test('takes secrets by reference', () => {
    const key = 'spark.ssl.keyPassword';
    expect(secureSpec({ sparkConf: { [key]: '${env:KEY_PASSWORD}' } }).sparkConf[key]).toBe('${env:KEY_PASSWORD}');
  });
});

describe('keys of Kubernetes', () => {
  test('that shape pods are refused in a secure application alone', () => {
    const sparkConf = { 'spark.kubernetes.driver.pod.featureSteps': 'org.acme.Step' };
    expect(secureRefusal({ sparkConf })).toBe(
      'test/sessions: sparkConf["spark.kubernetes.driver.pod.featureSteps"] = "org.acme.Step" is not possible in a ' +
        'secure application, since it loads classes that shape pods beside the hardened templates, also into the ' +
        'controller of the operator: use driver.template, or name the key in admission.sparkConf of the namespace',
    );
    const chart = newChart();
    expect(() => makePlain(chart, { sparkConf })).not.toThrow();
  });

  test('that only tune are taken', () => {
    const key = 'spark.kubernetes.allocation.batch.size';
    expect(secureSpec({ sparkConf: { [key]: '10' } }).sparkConf[key]).toBe('10');
  });
});
