import { App, Chart, Testing } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import {
  PodSecurityLevel,
  ScheduledSparkApplication,
  SecureSparkApplication,
  SparkApplication,
  SparkJobNamespace,
} from 'cdk8s-spark';
import * as kube from '../../../imports/sparkoperator.k8s.io';
import { CronSchedule } from '../../../lib/application/schedule/cron-schedule';
import { toManifest } from '../../../lib/application/pod/manifest';
import { IMAGE, PYTHON } from '../fixtures';

const quantity = fc.constantFrom('1', '500m', '2Gi').map((text) => k8s.Quantity.fromString(text));
const port = fc.constantFrom(k8s.IntOrString.fromNumber(8080), k8s.IntOrString.fromString('http'));
const labels = fc.dictionary(fc.constantFrom('app', 'hostIp', 'volumeId', 'a/b'), fc.constantFrom('x', ''));
const volume: fc.Arbitrary<k8s.Volume> = fc.oneof(
  fc.record({ name: fc.constant('a'), emptyDir: fc.record({ sizeLimit: quantity }) }),
  fc.record({
    name: fc.constant('b'),
    downwardApi: fc.constant<k8s.DownwardApiVolumeSource>({ items: [{ path: 'p', fieldRef: { fieldPath: 'f' } }] }),
  }),
  fc.record({ name: fc.constant('c'), awsElasticBlockStore: fc.constant({ volumeId: 'v' }) }),
  fc.record({ name: fc.constant('d'), azureDisk: fc.constant({ diskName: 'd', diskUri: 'u' }) }),
  fc.record({ name: fc.constant('e'), gcePersistentDisk: fc.constant({ pdName: 'p' }) }),
  fc.record({ name: fc.constant('f'), csi: fc.record({ driver: fc.constant('x'), volumeAttributes: labels }) }),
  fc.record({
    name: fc.constant('g'),
    fc: fc.constant<k8s.FcVolumeSource>({ targetWwNs: ['w'] }),
    scaleIo: fc.constant({ gateway: 'g', system: 's', secretRef: {} }),
  }),
  fc.record({
    name: fc.constant('h'),
    ephemeral: fc.record({
      volumeClaimTemplate: fc.record({
        spec: fc.record({ resources: fc.record({ requests: fc.record({ storage: quantity }) }) }),
      }),
    }),
  }),
);
const container: fc.Arbitrary<k8s.Container> = fc.record(
  {
    name: fc.constant('c'),
    ports: fc.constant([{ containerPort: 1, hostIp: '10.0.0.1' }]),
    resources: fc.record({ limits: fc.dictionary(fc.constantFrom('cpu', 'hostIp'), quantity) }),
    livenessProbe: fc.record({ httpGet: fc.record({ port, path: fc.constant('/') }) }),
    env: fc.constant([
      { name: 'A', value: '' },
      { name: 'B', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
    ]),
  },
  { requiredKeys: ['name'] },
);
const template: fc.Arbitrary<k8s.PodTemplateSpec> = fc.record({
  metadata: fc.record({ labels, annotations: labels }),
  spec: fc.record(
    {
      containers: fc.array(container, { minLength: 1, maxLength: 2 }),
      volumes: fc.array(volume, { maxLength: 4 }),
      nodeSelector: labels,
      overhead: fc.dictionary(fc.constantFrom('cpu', 'volumeId'), quantity),
      hostIpc: fc.boolean(),
      hostPid: fc.boolean(),
      setHostnameAsFqdn: fc.boolean(),
      affinity: fc.record({
        podAntiAffinity: fc.record({
          requiredDuringSchedulingIgnoredDuringExecution: fc.constant([
            { topologyKey: 't', labelSelector: { matchLabels: { hostIp: 'x' } } },
          ]),
        }),
      }),
      terminationGracePeriodSeconds: fc.constantFrom(0, 30),
    },
    { requiredKeys: ['containers'] },
  ),
});

it('renders pod templates as the converter of cdk8s-plus does', () => {
  fc.assert(
    fc.property(template, (given) => {
      expect(toManifest(given)).toEqual(k8s.toJson_PodTemplateSpec(given));
    }),
  );
});

it('writes applications as the generated classes do', () => {
  const chart = new Chart(new App(), 'jobs');
  const jobNamespace = new SparkJobNamespace(chart, 'clicks', { podSecurity: PodSecurityLevel.BASELINE });
  const job = { jobNamespace, image: IMAGE, main: PYTHON };
  new SparkApplication(chart, 'plain', { ...job, driver: { template: { spec: { containers: [] } } } });
  new SecureSparkApplication(chart, 'secure', { ...job, dynamicAllocation: { maxExecutors: 2 } });
  new ScheduledSparkApplication(chart, 'scheduled', { ...job, schedule: CronSchedule.cron('@daily') });
  const written = Testing.synth(chart) as { kind: string; spec: object }[];
  const applications = written.filter(({ kind }) => kind.endsWith('SparkApplication'));
  expect(applications).toHaveLength(3);
  for (const { kind, spec } of applications) {
    const generated =
      kind === 'SparkApplication'
        ? kube.toJson_SparkApplicationSpec(spec as kube.SparkApplicationSpec)
        : kube.toJson_ScheduledSparkApplicationSpec(spec as kube.ScheduledSparkApplicationSpec);
    expect(spec).toEqual(generated);
  }
});
