import { ENCRYPTION_KEYS, OWNED_KEYS } from '../../../lib/spark/owned-configuration';
import { messageOf, newChart } from '../../job-namespace/manifests';
import { makePlain, secureRefusal, secureSpec } from '../fixtures';

/** A secret's value would stand in the logs of whoever synthesizes. */
function shown(key: string): string {
  return /(oauthToken|\.secret|secretKeyRef\.x)$/.test(key) ? '(hidden)' : '"x"';
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
    [{ sparkConf: { 'spark.a': 1 as never } }, 'sparkConf["spark.a"] is 1, a number; write it as a string'],
  ])('refuses %j', (overrides, problem) => {
    expect(secureRefusal(overrides)).toMatch(/^test\/sessions: /);
    expect(secureRefusal(overrides)).toContain(problem);
  });

  test.each([
    [{ sparkConf: { 'spark.hadoop.fs.s3a.secret.key': 'abc' } }, 'sparkConf["spark.hadoop.fs.s3a.secret.key"]'],
    [{ hadoopConf: { 'fs.azure.account.key.acme': 'abc' } }, 'hadoopConf["fs.azure.account.key.acme"]'],
  ])('holds no secret in plain text: %j', (overrides, where) => {
    expect(secureRefusal(overrides)).toBe(
      `test/sessions: ${where} would hold a secret in plain text; mount the Secret and name its file, ` +
        'or give it as an environment variable by reference and write "${env.NAME}"',
    );
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
        'secure application, since it shapes pods beside the hardened templates: use the template property',
    );
    const chart = newChart();
    expect(() => makePlain(chart, { sparkConf })).not.toThrow();
  });

  test('that only tune are taken', () => {
    const key = 'spark.kubernetes.allocation.batch.size';
    expect(secureSpec({ sparkConf: { [key]: '10' } }).sparkConf[key]).toBe('10');
  });
});
