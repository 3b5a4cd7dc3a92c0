import { Size } from 'cdk8s';
import { Cpu, EnvValue, k8s } from 'cdk8s-plus-28';
import { SparkApplicationProps } from '../../lib/application/spark-application-props';
import { PodSecurityLevel } from '../../lib/kubernetes/pod-security-level';
import { SparkJobNamespaceProps } from '../../lib/job-namespace/spark-job-namespace-props';
import { find, messageOf, newChart } from '../job-namespace/manifests';
import { makePlain, RenderedSpec, sidecar, withTemplate } from './fixtures';

function plainSpec(
  overrides: Partial<SparkApplicationProps> = {},
  namespace: SparkJobNamespaceProps = {},
): RenderedSpec {
  const chart = newChart();
  makePlain(chart, overrides, namespace);
  return find(chart, 'SparkApplication', 'sessions').spec as RenderedSpec;
}

function refusal(overrides: Partial<SparkApplicationProps>, namespace: SparkJobNamespaceProps = {}): string {
  return messageOf(() => makePlain(newChart(), overrides, namespace));
}

const hard: k8s.SecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};

describe('a plain application', () => {
  test('has nothing but what it is given and its identities (row 4, row 6)', () => {
    const { driver, executor, sparkConf } = plainSpec();
    expect(driver).toEqual({
      cores: 1,
      coreRequest: '1',
      memory: '1024m',
      memoryOverhead: '409m',
      serviceAccount: 'spark-driver',
      template: {
        spec: {
          automountServiceAccountToken: true,
          containers: [{ name: 'spark-kubernetes-driver' }],
          serviceAccount: 'spark-driver',
          serviceAccountName: 'spark-driver',
        },
      },
    });
    expect(executor.template.spec).toEqual({
      automountServiceAccountToken: false,
      containers: [{ name: 'spark-kubernetes-executor' }],
      serviceAccount: 'spark-executor',
      serviceAccountName: 'spark-executor',
    });
    expect(sparkConf).toBeUndefined();
  });

  test('may hold what only a secure one refuses', () => {
    const env = { DB_PASSWORD: EnvValue.fromValue('hunter2') };
    expect(plainSpec({ driver: { env } }).driver.template.spec.containers[0].env).toEqual([
      { name: 'DB_PASSWORD', value: 'hunter2' },
    ]);
    expect(plainSpec({ sparkConf: { 'spark.acme.password': 'hunter2' } }).sparkConf).toEqual({
      'spark.acme.password': 'hunter2',
    });
  });

  test('is refused where Pod Security would refuse its pods (row 25)', () => {
    expect(refusal({}, { podSecurity: PodSecurityLevel.RESTRICTED })).toBe(
      [
        'test/sessions: 2 problems:',
        ...['driver', 'executor'].map((role) => {
          const container = `container "spark-kubernetes-${role}"`;
          return (
            `  - ${role}: ${container} does not set allowPrivilegeEscalation to false, ` +
            `${container} does not drop ALL capabilities, ${container} does not set runAsNonRoot to true, ` +
            `${container} has no seccomp profile; Pod Security "restricted" of namespace "clicks" refuses it: ` +
            `use SecureSparkApplication, or say it in ${role}.template`
          );
        }),
      ].join('\n'),
    );
    expect(refusal({ driver: withTemplate({ hostNetwork: true }) })).toContain(
      'driver: hostNetwork is true; Pod Security "baseline" of namespace "clicks" refuses it',
    );
  });

  test('is admitted by restricted when its templates say enough', () => {
    const role = (name: string): object => withTemplate({ containers: [{ name, securityContext: hard }] });
    const spec = plainSpec(
      { driver: role('spark-kubernetes-driver'), executor: role('spark-kubernetes-executor') },
      { podSecurity: PodSecurityLevel.RESTRICTED },
    );
    expect(spec.driver.template.spec.containers).toEqual([{ name: 'spark-kubernetes-driver', securityContext: hard }]);
  });

  test('has limits where the namespace has a quota (row 50)', () => {
    const quota = { cpu: Cpu.units(10), ephemeralStorage: Size.gibibytes(10) };
    expect(refusal({}, { quota })).toBe(
      [
        'test/sessions: 4 problems:',
        ...['driver', 'executor'].flatMap((role) => [
          `  - ${role}: container "spark-kubernetes-${role}" has no limit of ephemeral-storage; ` +
            'set resources.limits, so that quotas admit the pod',
          `  - ${role}.coreLimit is not given, but the quota of namespace "clicks" limits CPU and admits no pod ` +
            'without; set it',
        ]),
      ].join('\n'),
    );
    const options = { coreLimit: Cpu.units(1) };
    expect(plainSpec({ driver: options, executor: options }, { quota: { cpu: Cpu.units(10) } }).driver).toMatchObject({
      coreLimit: '1',
    });
  });

  test('needs no limits of its sidecars where there is no quota', () => {
    const sidecars = [sidecar('x', { resources: {} })];
    expect(plainSpec({ driver: { sidecars } }).driver.template.spec.containers).toHaveLength(2);
    expect(refusal({ driver: { sidecars } }, { quota: { memory: Size.gibibytes(10) } })).toContain(
      'driver: container "x" has no limit of memory',
    );
  });
});
