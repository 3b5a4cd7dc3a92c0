import { Duration } from 'cdk8s';
import { ConfigMap, Env, EnvValue, k8s, MountPropagation, Volume } from 'cdk8s-plus-28';
import { PodOptions } from '../../../lib/application/pod/pod-options';
import { newChart } from '../../job-namespace/manifests';
import { RenderedRole, secureRefusal, secureSpec, sidecar, withTemplate } from '../fixtures';

const elsewhere = newChart();
const scratch = Volume.fromEmptyDir(elsewhere, 'scratch', 'scratch');

function driver(options: PodOptions): RenderedRole {
  return secureSpec({ driver: options }).driver;
}

function podSpec(options: PodOptions): k8s.PodSpec {
  return driver(options).template.spec;
}

/** The template with these fields of the Spark container. */
function sparkContainer(fields: Partial<k8s.Container>): PodOptions {
  return withTemplate({ containers: [{ name: 'spark-kubernetes-driver', ...fields }] });
}

describe('a pod template', () => {
  test('has the Spark container by the name that the operator looks for, and first (row 21)', () => {
    const options = withTemplate({ containers: [sidecar('a'), { name: 'spark-kubernetes-driver', tty: true }] });
    const { containers } = podSpec({ ...options, sidecars: [sidecar('b')] });
    expect(containers.map(({ name }) => name)).toEqual(['spark-kubernetes-driver', 'a', 'b']);
    expect(containers[0]).toMatchObject({ tty: true, securityContext: { readOnlyRootFilesystem: true } });
  });

  test.each(['spark-kubernetes-executor', 'spark-kubernetes-drivers'])(
    'has no container %s in the driver, which would run beside Spark’s (row 21)',
    (name) => {
      expect(secureRefusal({ driver: { sidecars: [sidecar(name)] } })).toBe(
        `test/sessions: driver: a container is named "${name}"; ` +
          'the Spark container of this role is "spark-kubernetes-driver"',
      );
    },
  );

  test('has no two containers of one name', () => {
    expect(secureRefusal({ driver: { sidecars: [sidecar('a')], initContainers: [sidecar('a')] } })).toBe(
      'test/sessions: driver: two containers are named "a"; give one of them another name',
    );
  });

  test('holds every option of a pod, where Kubernetes has it (row 17)', () => {
    const configuration = ConfigMap.fromConfigMapName(elsewhere, 'configuration', 'job');
    const affinity = { nodeAffinity: {} };
    const role = driver({
      env: { MODE: EnvValue.fromValue('') },
      envFrom: [Env.fromConfigMap(configuration)],
      volumeMounts: [
        { volume: scratch, path: '/a', subPath: 'a', readOnly: true },
        { volume: scratch, path: '/b', propagation: MountPropagation.NONE },
      ],
      nodeSelector: { disk: 'ssd' },
      tolerations: [{ key: 'spot', operator: 'Exists' }],
      affinity,
      labels: { team: 'clicks' },
      annotations: { 'sidecar.istio.io/inject': 'false' },
      priorityClassName: 'batch',
      terminationGracePeriod: Duration.minutes(2),
    });
    expect(role.template.metadata).toEqual({
      labels: { team: 'clicks' },
      annotations: { 'sidecar.istio.io/inject': 'false' },
    });
    expect(role.template.spec).toMatchObject({
      nodeSelector: { disk: 'ssd' },
      tolerations: [{ key: 'spot', operator: 'Exists' }],
      affinity,
      priorityClassName: 'batch',
      terminationGracePeriodSeconds: 120,
    });
    const [spark] = role.template.spec.containers;
    expect(spark.env).toContainEqual({ name: 'MODE', value: '' });
    expect(spark.envFrom).toEqual([{ configMapRef: { name: 'job' } }]);
    expect(spark.volumeMounts?.slice(0, 2)).toEqual([
      { name: 'scratch', mountPath: '/a', subPath: 'a', readOnly: true },
      { name: 'scratch', mountPath: '/b', mountPropagation: 'None' },
    ]);
    expect(role.template.spec.volumes?.filter(({ name }) => name === 'scratch')).toHaveLength(1);
  });

  test('joins what it lists with what the options list', () => {
    const template = withTemplate(
      {
        containers: [{ name: 'spark-kubernetes-driver', env: [{ name: 'A', value: '1' }] }],
        tolerations: [{ key: 'a' }],
        nodeSelector: { disk: 'ssd' },
      },
      { labels: { a: '1' } },
    );
    const role = driver({
      ...template,
      env: { B: EnvValue.fromValue('2') },
      tolerations: [{ key: 'b' }],
      labels: { b: '2' },
    });
    expect(role.template.metadata).toEqual({ labels: { a: '1', b: '2' } });
    expect(role.template.spec.tolerations).toEqual([{ key: 'a' }, { key: 'b' }]);
    expect(role.template.spec.nodeSelector).toEqual({ disk: 'ssd' });
    expect(role.template.spec.containers[0].env).toEqual([
      { name: 'A', value: '1' },
      { name: 'B', value: '2' },
      { name: 'HOME', value: '/tmp' },
    ]);
  });

  test('takes nothing for false, 0 and the empty text', () => {
    expect(
      podSpec({ ...withTemplate({ enableServiceLinks: true, shareProcessNamespace: false, priority: 0 }) }),
    ).toMatchObject({ enableServiceLinks: true, shareProcessNamespace: false, priority: 0 });
    expect(podSpec({ terminationGracePeriod: Duration.seconds(0) }).terminationGracePeriodSeconds).toBe(0);
  });
});

describe('what a template and the options both say', () => {
  test.each<[string, PodOptions]>([
    ['nodeSelector and driver.nodeSelector', { ...withTemplate({ nodeSelector: {} }), nodeSelector: {} }],
    ['affinity and driver.affinity', { ...withTemplate({ affinity: {} }), affinity: {} }],
    [
      'priorityClassName and driver.priorityClassName',
      { ...withTemplate({ priorityClassName: 'a' }), priorityClassName: 'b' },
    ],
    [
      'terminationGracePeriodSeconds and driver.terminationGracePeriod',
      { ...withTemplate({ terminationGracePeriodSeconds: 0 }), terminationGracePeriod: Duration.seconds(0) },
    ],
    [
      'containers["spark-kubernetes-driver"].env "A" and driver.env',
      { ...sparkContainer({ env: [{ name: 'A', value: '1' }] }), env: { A: EnvValue.fromValue('2') } },
    ],
  ])('is refused: %s', (both, options) => {
    expect(secureRefusal({ driver: options })).toBe(
      `test/sessions: driver.template.spec.${both} are both given; keep one of them`,
    );
  });

  test.each(['labels', 'annotations'] as const)('is refused: one key of %s', (field) => {
    const options = { ...withTemplate({}, { [field]: { a: '1' } }), [field]: { a: '2' } };
    expect(secureRefusal({ driver: options })).toBe(
      `test/sessions: driver.template.metadata.${field} and driver.${field} both set "a"; keep one of them`,
    );
  });
});

describe('what is Spark’s in a template', () => {
  test.each<[PodOptions, string]>([
    [
      sparkContainer({ image: 'a:1' }),
      'containers["spark-kubernetes-driver"].image is set by the application\'s image',
    ],
    [sparkContainer({ command: ['a'] }), 'containers["spark-kubernetes-driver"].command is set by Spark; leave it out'],
    [
      sparkContainer({ resources: { limits: { memory: k8s.Quantity.fromString('1Gi') } } }),
      'containers["spark-kubernetes-driver"].resources sets memory, which Spark overwrites; use driver.memory',
    ],
    [
      sparkContainer({ resources: { requests: { cpu: k8s.Quantity.fromString('1') } } }),
      'resources sets cpu, which Spark overwrites; use driver.coreRequest and coreLimit',
    ],
    [withTemplate({ restartPolicy: 'Always' }), 'spec.restartPolicy is "Always", but pods of Spark run once; leave it'],
    [withTemplate({ ephemeralContainers: [] }), 'spec.ephemeralContainers are none of a new pod; leave them out'],
    [withTemplate({}, { name: 'a' }), 'metadata.name is "a", which Spark overwrites; leave it out'],
    [withTemplate({}, { namespace: 'a' }), 'metadata.namespace is "a", which Spark overwrites; leave it out'],
    [{ labels: { 'spark-role': 'x' } }, 'driver.labels "spark-role" belongs to Spark and the operator; choose a label'],
    [
      withTemplate({}, { labels: { 'sparkoperator.k8s.io/app-name': 'x' } }),
      'driver.labels "sparkoperator.k8s.io/app-name" belongs to Spark and the operator',
    ],
  ])('is refused: %j', (options, problem) => {
    expect(secureRefusal({ driver: options })).toMatch(/^test\/sessions: /);
    expect(secureRefusal({ driver: options })).toContain(problem);
  });

  test('is not refused where it says the same', () => {
    expect(podSpec(withTemplate({ restartPolicy: 'Never', serviceAccountName: 'spark-driver' })).restartPolicy).toBe(
      'Never',
    );
  });

  test('are its variables; HDFS has one of its own for the user (row 37)', () => {
    expect(secureRefusal({ driver: { env: { SPARK_USER: EnvValue.fromValue('etl') } } })).toBe(
      'test/sessions: driver.env.SPARK_USER is set by Spark itself; leave it out, ' +
        'and use HADOOP_USER_NAME for the user that HDFS sees',
    );
    expect(podSpec({ env: { HADOOP_USER_NAME: EnvValue.fromValue('etl') } }).containers[0].env).toContainEqual({
      name: 'HADOOP_USER_NAME',
      value: 'etl',
    });
    expect(secureRefusal({ driver: sparkContainer({ env: [{ name: 'SPARK_LOCAL_DIRS', value: '/x' }] }) })).toContain(
      'driver.env.SPARK_LOCAL_DIRS is set by Spark itself; leave it out',
    );
  });

  test('are volumes that would become local directories (row 19)', () => {
    const volume = Volume.fromEmptyDir(elsewhere, 'local', 'spark-local-dir-2');
    const problem =
      'test/sessions: driver: volume "spark-local-dir-2" would become a local directory of Spark; ' +
      'use driver.localDirectories';
    expect(secureRefusal({ driver: { volumeMounts: [{ volume, path: '/data' }] } })).toBe(problem);
    const volumeMounts = [{ name: 'spark-local-dir-2', mountPath: '/data' }];
    expect(
      secureRefusal({
        driver: {
          ...sparkContainer({ volumeMounts }),
          template: {
            spec: {
              containers: [{ name: 'spark-kubernetes-driver', volumeMounts }],
              volumes: [{ name: 'spark-local-dir-2', emptyDir: {} }],
            },
          },
        },
      }),
    ).toBe(problem);
  });
});

describe('what Kubernetes would refuse in a template', () => {
  test.each<[PodOptions, string]>([
    [{ env: { '1A': EnvValue.fromValue('x') } }, 'driver.env "1A" is no name of an environment variable; use letters'],
    [{ labels: { 'a b': 'x' } }, 'driver.labels "a b" is no possible key; use at most 63 letters'],
    [{ labels: { a: 'x y' } }, 'driver.labels "a" has the value "x y"; use at most 63 letters'],
    [{ nodeSelector: { a: 'x y' } }, 'driver.nodeSelector "a" has the value "x y"; use at most 63 letters'],
    [{ annotations: { 'a/b/c': 'x' } }, 'driver.annotations "a/b/c" is no possible key'],
    [
      { terminationGracePeriod: Duration.millis(1500) },
      'driver.terminationGracePeriod is 1.5 s; give whole seconds, 0 or more',
    ],
  ])('is refused: %j', (options, problem) => {
    expect(secureRefusal({ driver: options })).toMatch(/^test\/sessions: /);
    expect(secureRefusal({ driver: options })).toContain(problem);
  });

  const MOVE = 'move it to where it belongs, or leave it out';
  test.each<[string, object, string]>([
    [
      'driver.template.spec.securityContext.capabilities',
      { securityContext: { capabilities: { drop: ['ALL'] } } },
      MOVE,
    ],
    [
      'driver.template.spec.securityContext.allowPrivilegeEscalation',
      { securityContext: { allowPrivilegeEscalation: false } },
      MOVE,
    ],
    ['driver.template.spec.containerz', { containerz: [] }, 'did you mean "containers"?'],
    [
      'driver.template.spec.containers[0].imagePullPolicies',
      { containers: [{ ...sidecar('a'), imagePullPolicies: 'x' }] },
      'did you mean "imagePullPolicy"?',
    ],
  ])('is refused where the cluster would ignore it: %s (row 24)', (field, spec, remedy) => {
    expect(secureRefusal({ driver: withTemplate(spec) })).toBe(
      `test/sessions: ${field} is no field there, and the cluster would ignore it in silence; ${remedy}`,
    );
  });

  test('is no field that is written in another way in a manifest (row 24)', () => {
    const [container] = podSpec({
      sidecars: [sidecar('a', { livenessProbe: { httpGet: { port: k8s.IntOrString.fromNumber(1) } } })],
    }).containers.slice(1);
    expect(container.livenessProbe).toEqual({ httpGet: { port: 1 } });
  });
});

describe('volumes and mounts', () => {
  test('go together (row 18)', () => {
    expect(
      secureRefusal({ driver: { sidecars: [sidecar('a', { volumeMounts: [{ name: 'v', mountPath: '/v/' }] })] } }),
    ).toBe(
      'test/sessions: driver: container "a" mounts volume "v" at /v, but the pod has no such volume; ' +
        'add it to driver.volumes',
    );
    expect(secureRefusal({ driver: { volumes: [scratch] } })).toBe(
      'test/sessions: driver: no container mounts volume "scratch"; mount it or leave it out',
    );
    const sidecars = [sidecar('a', { volumeMounts: [{ name: 'scratch', mountPath: '/v' }] })];
    expect(podSpec({ volumes: [scratch], sidecars }).volumes).toContainEqual({ name: 'scratch', emptyDir: {} });
  });

  test('are refused twice on one path', () => {
    const other = Volume.fromEmptyDir(elsewhere, 'other', 'other');
    expect(
      secureRefusal({
        driver: {
          volumeMounts: [
            { volume: scratch, path: '/data' },
            { volume: other, path: '/data/' },
          ],
        },
      }),
    ).toContain('container "spark-kubernetes-driver" mounts both "scratch" and "other" at /data; give one of them');
  });

  test('are refused when two volumes have one name', () => {
    const other = Volume.fromEmptyDir(elsewhere, 'namesake', 'scratch', {
      sizeLimit: undefined,
      medium: 'Memory' as never,
    });
    expect(
      secureRefusal({
        driver: {
          volumeMounts: [
            { volume: scratch, path: '/a' },
            { volume: other, path: '/b' },
          ],
        },
      }),
    ).toBe('test/sessions: driver: two volumes are named "scratch"; give one of them another name');
  });
});

test('an environment variable without a value is refused, and an empty one is a value', () => {
  const unset = EnvValue.fromValue(undefined as unknown as string);
  expect(secureRefusal({ driver: { env: { A: unset } } })).toBe(
    'test/sessions: driver.env.A has no value; give one with EnvValue, or leave it out',
  );
  const [container] = secureSpec({ driver: { env: { A: EnvValue.fromValue('') } } }).driver.template.spec.containers;
  expect(container.env).toContainEqual({ name: 'A', value: '' });
});
