import { EnvValue, k8s, Volume } from 'cdk8s-plus-28';
import { PodOptions } from '../../../lib/application/pod/pod-options';
import { messageOf, newChart } from '../../job-namespace/manifests';
import { makePlain, secureRefusal, secureSpec, sidecar, withTemplate } from '../fixtures';

const elsewhere = newChart();
const KIND_OF_SPREAD = 'pass "DoNotSchedule" or "ScheduleAnyway"';
const gpu = (amount: number): k8s.ResourceRequirements => ({
  limits: {
    cpu: k8s.Quantity.fromString('1'),
    memory: k8s.Quantity.fromString('1Gi'),
    'nvidia.com/gpu': k8s.Quantity.fromNumber(amount),
  },
});
const spread = { maxSkew: 1, topologyKey: 'zone' };
const zone = (operator: string): k8s.Affinity => ({
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [{ matchExpressions: [{ key: 'zone', operator, values: ['a'] }] }],
    },
  },
});
const expression =
  'affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0]';
const selector = 'pass "DoesNotExist", "Exists", "Gt", "In", "Lt" or "NotIn"';

/** As a later line of cdk8s-plus might make one. */
function envValue(members: object): EnvValue {
  return Object.assign(Object.create(EnvValue.prototype) as EnvValue, members);
}

const REFUSED: readonly [PodOptions, string][] = [
  [
    { tolerations: [{ key: 'a', operator: 'Exist' }] },
    'tolerations[0].operator is "Exist"; pass "Equal", "Exists", "Gt" or "Lt"',
  ],
  [
    withTemplate({ tolerations: [{ key: 'a', operator: 'Exists', value: 'b' }] }),
    'template.spec.tolerations[0].value is "b"; "Exists" takes no value: leave it out, or pass "Equal" as operator',
  ],
  [
    withTemplate({ topologySpreadConstraints: [{ ...spread, whenUnsatisfiable: 'Anyway' }] }),
    `template.spec.topologySpreadConstraints[0].whenUnsatisfiable is "Anyway"; ${KIND_OF_SPREAD}`,
  ],
  [{ affinity: zone('Equals') }, `${expression}.operator is "Equals"; ${selector}`],
  [withTemplate({ affinity: zone('Equals') }), `template.spec.${expression}.operator is "Equals"; ${selector}`],
  [
    { sidecars: [sidecar('a', { resources: gpu(0.5) })] },
    'sidecars[0].resources.limits["nvidia.com/gpu"] is 0.5; pass a whole number; such resources cannot be divided',
  ],
  [
    { initContainers: [sidecar('a', { ports: [{ containerPort: 0 }] })] },
    'initContainers[0].ports[0].containerPort is 0; pass a whole number, from 1 to 65535',
  ],
  [
    { env: { A: envValue({ value: 'a', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }) } },
    'env.A sets both value and valueFrom; keep one of them',
  ],
];

test.each(REFUSED)('a driver that the API server refuses is refused: %#: %j (case 5)', (options, problem) => {
  expect(secureRefusal({ driver: options })).toBe(`test/sessions: driver.${problem}`);
});

test.each(REFUSED)('plain executors that the API server refuses are refused: %#: %j (case 5)', (options, problem) => {
  const executor = { ...options };
  expect(messageOf(() => makePlain(newChart(), { executor }))).toBe(`test/sessions: executor.${problem}`);
});

test('a volume of cdk8s-plus with a name that no volume can have is refused (case 5)', () => {
  const volume = Volume.fromEmptyDir(elsewhere, 'scratch', 'Scratch_1');
  expect(secureRefusal({ driver: { volumeMounts: [{ volume, path: '/a' }] } })).toContain(
    'driver.volumeMounts[0].name is "Scratch_1"; pass at most 63 lower-case letters',
  );
});

test('an object of a class where a manifest has fields is refused, and not dropped (case 5)', () => {
  const volumes = [Volume.fromEmptyDir(elsewhere, 'tmp', 'scratch')] as unknown as k8s.Volume[];
  expect(secureRefusal({ driver: withTemplate({ volumes }) })).toContain(
    'driver.template.spec.volumes[0] is an object of class Volume; pass an object',
  );
});

test('what the API server accepts is written as it is (case 5)', () => {
  const { template } = secureSpec({
    driver: {
      tolerations: [{ key: 'spot', operator: 'Exists', effect: 'NoSchedule' }],
      affinity: zone('In'),
      sidecars: [sidecar('a', { resources: gpu(1) })],
    },
  }).driver;
  expect(template.spec).toMatchObject({
    tolerations: [{ key: 'spot', operator: 'Exists', effect: 'NoSchedule' }],
    affinity: zone('In'),
  });
  expect(template.spec.containers[1].resources?.limits).toMatchObject({ 'nvidia.com/gpu': 1 });
});
