import { EnvValue } from 'cdk8s-plus-28';
import { NOT_SECRET_ANNOTATION, notSecretNames } from '../../lib/guarantees/not-secret';
import { SparkJobNamespace } from '../../lib/job-namespace/spark-job-namespace';
import { SparkMain } from '../../lib/spark/spark-main';
import { Overrides, secureRefusal, secureSpec } from '../application/fixtures';
import { find, manifests, messageOf, newChart } from '../job-namespace/manifests';

const REASON = 'the name of a public key';
const GIVEN: [string, string, Overrides][] = [
  ['a variable', 'ISSUER_TOKEN', { driver: { env: { ISSUER_TOKEN: EnvValue.fromValue('x') } } }],
  ['a key of Spark', 'spark.acme.token', { sparkConf: { 'spark.acme.token': 'x' } }],
  ['a key of Hadoop', 'fs.acme.token', { hadoopConf: { 'fs.acme.token': 'x' } }],
  ['a key of Hadoop with its prefix', 'spark.hadoop.fs.acme.token', { hadoopConf: { 'fs.acme.token': 'x' } }],
  ['a key that is known', 'fs.s3a.encryption.key', { hadoopConf: { 'fs.s3a.encryption.key': 'x' } }],
  ['an argument', 'token', { main: SparkMain.python('local:///opt/a.py', { arguments: ['--token', 'x'] }) }],
  ['a property of Java', 'acme.token', { executor: { javaOptions: ['-Dacme.token=x'] } }],
];

describe('a name that the namespace says is no secret', () => {
  test.each(GIVEN)('lets %s have a plain value, and no other one (case 16)', (_, name, overrides) => {
    expect(secureRefusal(overrides)).toContain('holds a secret in plain text');
    expect(secureRefusal(overrides, { notSecret: { [`${name}2`]: REASON } })).toContain('holds a secret in plain text');
    expect(() => secureSpec(overrides, { notSecret: { [name]: REASON } })).not.toThrow();
  });

  test('stands on the Namespace with its reason, on one line, and is read there', () => {
    const chart = newChart();
    new SparkJobNamespace(chart, 'clicks', { notSecret: { TOKEN_B: 'two\nlines', TOKEN_A: REASON } });
    expect(find(chart, 'Namespace', 'clicks').metadata.annotations).toEqual({
      [NOT_SECRET_ANNOTATION]: `TOKEN_A: ${REASON}\nTOKEN_B: two lines`,
    });
    expect([...(notSecretNames(manifests(chart)).get('clicks') ?? [])]).toEqual([
      ['TOKEN_A', REASON],
      ['TOKEN_B', 'two lines'],
    ]);
  });

  test('is none in a manifest without a reason', () => {
    const annotations = { [NOT_SECRET_ANNOTATION]: 'TOKEN_A\nTOKEN_B: \nTOKEN_C: public' };
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'clicks', annotations } };
    expect([...(notSecretNames([namespace]).get('clicks')?.keys() ?? [])]).toEqual(['TOKEN_C']);
  });

  test.each([
    [{ notSecret: { TOKEN: ' ' } }, 'notSecret["TOKEN"] has no reason; say why its value is no secret'],
    [{ notSecret: { TOKEN: undefined as never } }, 'notSecret["TOKEN"] is required; pass a string'],
    [{ notSecret: { 'A B': 'x' } }, 'notSecret has the name "A B"; pass a variable, key or argument'],
    [{ annotations: { [NOT_SECRET_ANNOTATION]: 'A: x' } }, 'follows from notSecret: use notSecret instead'],
  ])('is refused as %j', (props, problem) => {
    const message = messageOf(() => new SparkJobNamespace(newChart(), 'clicks', props));
    expect(message).toMatch(/^test\/clicks: /);
    expect(message).toContain(problem);
  });
});
