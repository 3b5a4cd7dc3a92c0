import { App, Chart, Testing } from 'cdk8s';
import { ConfigMap, Env, EnvValue, k8s, PersistentVolumeClaim, Secret, Volume } from 'cdk8s-plus-28';
import { SecureSparkApplicationProps } from '../../lib/application/spark-application-props';
import { SecureSparkApplication } from '../../lib/application/secure-spark-application';
import { WritableDirectory } from '../../lib/application/pod/writable-directory';
import { SparkJobNamespace } from '../../lib/job-namespace/spark-job-namespace';
import { SparkRole } from '../../lib/spark/spark-role';
import { SparkImage } from '../../lib/spark/spark-image';
import { IMAGE, PYTHON, withTemplate } from './fixtures';

/** Where an object is; the chart may have a namespace of its own. */
interface Place {
  readonly chart?: string;
  readonly namespace?: string;
}
type Use = (chart: Chart, place: Place) => Partial<SecureSparkApplicationProps>;

const metadata = (name: string, { namespace }: Place): { name: string; namespace?: string } => ({ name, namespace });
const secret = (chart: Chart, place: Place): Secret => new Secret(chart, 'x', { metadata: metadata('x', place) });
const configMap = (chart: Chart, place: Place): ConfigMap =>
  new ConfigMap(chart, 'x', { metadata: metadata('x', place) });
const claim = (chart: Chart, place: Place): PersistentVolumeClaim =>
  new PersistentVolumeClaim(chart, 'x', { metadata: metadata('x', place) });

const USES: readonly [string, string, Use][] = [
  [
    'Secret',
    'a volume',
    (chart, place) => ({
      driver: { volumeMounts: [{ path: '/x', volume: Volume.fromSecret(chart, 'v', secret(chart, place)) }] },
    }),
  ],
  [
    'ConfigMap',
    'a volume',
    (chart, place) => ({
      executor: { volumeMounts: [{ path: '/x', volume: Volume.fromConfigMap(chart, 'v', configMap(chart, place)) }] },
    }),
  ],
  [
    'PersistentVolumeClaim',
    'a volume',
    (chart, place) => ({
      driver: {
        volumeMounts: [{ path: '/x', volume: Volume.fromPersistentVolumeClaim(chart, 'v', claim(chart, place)) }],
      },
    }),
  ],
  [
    'PersistentVolumeClaim',
    'a writable directory',
    (chart, place) => ({
      writableDirectories: [WritableDirectory.claim('/x', claim(chart, place), { roles: [SparkRole.DRIVER] })],
    }),
  ],
  ['Secret', 'a variable', (chart, place) => ({ driver: { env: { A: secret(chart, place).envValue('a') } } })],
  [
    'ConfigMap',
    'a variable',
    (chart, place) => ({ executor: { env: { A: EnvValue.fromConfigMap(configMap(chart, place), 'a') } } }),
  ],
  ['Secret', 'envFrom', (chart, place) => ({ driver: { envFrom: [Env.fromSecret(secret(chart, place))] } })],
  ['ConfigMap', 'envFrom', (chart, place) => ({ driver: { envFrom: [Env.fromConfigMap(configMap(chart, place))] } })],
  [
    'Secret',
    'pull secrets',
    (chart, place) => ({
      image: SparkImage.of(IMAGE.reference, { sparkVersion: '4.0.4', pullSecrets: [secret(chart, place)] }),
    }),
  ],
  ['Secret', 'a template', (chart, place) => ({ driver: projected(secret(chart, place).name) })],
];

function projected(name: string): SecureSparkApplicationProps['driver'] {
  const sources: k8s.VolumeProjection[] = [{ secret: { name } }];
  return withTemplate({
    volumes: [{ name: 'v', projected: { sources } }],
    containers: [{ name: 'spark-kubernetes-driver', volumeMounts: [{ name: 'v', mountPath: '/x' }] }],
  });
}

/** Why a program is refused whose application uses an object of this place. */
function refusal(use: Use, place: Place, more: (chart: Chart) => void = () => undefined): string {
  const chart = new Chart(new App(), 'test', { namespace: place.chart });
  const jobNamespace = new SparkJobNamespace(chart, 'clicks');
  more(chart);
  new SecureSparkApplication(chart, 'sessions', { jobNamespace, image: IMAGE, main: PYTHON, ...use(chart, place) });
  try {
    Testing.synth(chart);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

describe.each(USES)('a %s of the program in %s', (kind, _, use) => {
  const said = (found: string): string =>
    `test/sessions: ${kind} "x" ${found}; pods can only use objects of their own namespace "clicks": give it ` +
    `metadata.namespace, or import the one that is there with ${kind}.from${kind}Name`;

  test('is refused where it has no namespace (case 7)', () => {
    expect(refusal(use, {})).toContain(said('has no namespace'));
  });

  test('is refused where it is in another namespace, by itself or by its chart (case 7)', () => {
    expect(refusal(use, { namespace: 'billing' })).toContain(said('is in namespace "billing"'));
    expect(refusal(use, { chart: 'platform' })).toContain(said('is in namespace "platform"'));
  });

  test('is accepted in the namespace of the job, by itself or by its chart (case 7)', () => {
    expect(refusal(use, { namespace: 'clicks' })).toBe('');
    expect(refusal(use, { chart: 'clicks' })).toBe('');
  });
});

test('what the program imports is meant to be in the namespace of the job, whatever else has the name (case 7)', () => {
  const use: Use = (chart) => ({
    driver: { env: { A: Secret.fromSecretName(chart, 'there', 'x').envValue('a') } },
  });
  expect(refusal(use, {}, (chart) => void secret(chart, { namespace: 'billing' }))).toBe('');
  expect(refusal(use, {})).toBe('');
});
