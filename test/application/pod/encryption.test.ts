import { Secret } from 'cdk8s-plus-28';
import { Encryption } from '../../../lib/application/pod/encryption';
import { SparkImage } from '../../../lib/spark/spark-image';
import { Relaxation, Guarantee } from '../../../lib/guarantees/relaxation';
import { newChart } from '../../job-namespace/manifests';
import { secureRefusal, secureSpec } from '../fixtures';

const secret = Secret.fromSecretName(newChart(), 'secret', 'wire-key');
const encrypted = {
  'spark.authenticate': 'true',
  'spark.network.crypto.enabled': 'true',
  'spark.io.encryption.enabled': 'true',
};

function configuration(sparkVersion: string): Record<string, string> {
  const { sparkConf } = secureSpec({ image: SparkImage.of('registry.acme.dev/sessions:1.4.0', { sparkVersion }) });
  return Object.fromEntries(Object.entries(sparkConf).filter(([key]) => key !== 'spark.jars.ivy'));
}

describe('traffic and spills (guarantee 9)', () => {
  test.each(['3.5.2', '4.0.4', '4.1.0'])('are authenticated and encrypted in Spark %s', (version) => {
    expect(configuration(version)).toEqual({ ...encrypted, 'spark.network.crypto.cipher': 'AES/GCM/NoPadding' });
  });

  test.each(['3.3.4', '3.5.1'])('have the cipher that Spark %s knows', (version) => {
    expect(configuration(version)).toEqual(encrypted);
  });

  test('may have a key from a Secret, as a file that only the group can read', () => {
    const { sparkConf, driver, executor } = secureSpec({ encryption: Encryption.fromSecret(secret, 'key') });
    expect(sparkConf['spark.authenticate.secret.file']).toBe('/var/run/secrets/spark-authentication/key');
    for (const { template } of [driver, executor]) {
      expect(template.spec.volumes).toContainEqual({
        name: 'spark-authentication',
        secret: { secretName: 'wire-key', items: [{ key: 'key', path: 'key' }], defaultMode: 0o440 },
      });
      expect(template.spec.containers[0].volumeMounts).toContainEqual({
        name: 'spark-authentication',
        mountPath: '/var/run/secrets/spark-authentication',
        readOnly: true,
      });
    }
  });

  test.each(['', 'a/b', '..', '..key', '.'])('have no key %j', (key) => {
    expect(() => Encryption.fromSecret(secret, key)).toThrow(`Encryption.fromSecret: the key is "${key}"; give a key`);
  });

  test.each([
    'spark.authenticate',
    'spark.authenticate.secret',
    'spark.network.crypto.enabled',
    'spark.network.crypto.cipher',
    'spark.io.encryption.enabled',
  ])('are not changed by %s', (key) => {
    // The value of a secret would otherwise stand in the logs of whoever synthesizes.
    const [value, shown] = key === 'spark.authenticate.secret' ? ['a1b2c3', '(hidden)'] : ['false', '"false"'];
    expect(secureRefusal({ sparkConf: { [key]: value } })).toBe(
      `test/sessions: sparkConf["${key}"] = ${shown} is not possible: use encryption, or relax it by ` +
        'Guarantee.ENCRYPTION where the namespace allows it',
    );
  });

  test('are configured by the user once the guarantee is relaxed, and not both', () => {
    const relax = [Guarantee.ENCRYPTION];
    const allow = [Relaxation.of(Guarantee.ENCRYPTION, 'for a test')];
    const { sparkConf } = secureSpec({ relax, sparkConf: { 'spark.io.encryption.enabled': 'false' } }, { allow });
    expect(sparkConf).toEqual({
      'spark.io.encryption.enabled': 'false',
      'spark.jars.ivy': '/tmp/.ivy2/clicks/sessions',
    });
    expect(secureRefusal({ relax, encryption: Encryption.perRun() }, { allow })).toBe(
      'test/sessions: encryption is given, but relax leaves it out; keep one of the two',
    );
  });
});
