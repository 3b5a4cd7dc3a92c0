import { Size } from 'cdk8s';
import { Cpu, Env, EnvValue, k8s, PersistentVolumeClaim, Secret } from 'cdk8s-plus-28';
import { SeccompProfile } from '../../lib/spark/seccomp-profile';
import { SecureSparkApplication } from '../../lib/application/secure-spark-application';
import { SparkImage } from '../../lib/spark/spark-image';
import { SparkRole } from '../../lib/spark/spark-role';
import { WritableDirectory } from '../../lib/application/pod/writable-directory';
import { Relaxation, Guarantee } from '../../lib/guarantees/relaxation';
import { SparkJobNamespace } from '../../lib/job-namespace/spark-job-namespace';
import { find, messageOf, newChart } from '../job-namespace/manifests';
import { IMAGE, makeSecure, PYTHON, RenderedRole, secureRefusal, secureSpec, sidecar, withTemplate } from './fixtures';

const elsewhere = newChart();
const secret = Secret.fromSecretName(elsewhere, 'secret', 'credentials');

function allContainers({ template }: RenderedRole): k8s.Container[] {
  return [...(template.spec.initContainers ?? []), ...template.spec.containers];
}

function volume(role: RenderedRole, name: string): k8s.Volume | undefined {
  return template(role).volumes?.find((candidate) => candidate.name === name);
}

function template(role: RenderedRole): k8s.PodSpec {
  return role.template.spec;
}

function sparkMounts(role: RenderedRole): [string, string][] {
  return (template(role).containers[0].volumeMounts ?? []).map(({ name, mountPath }) => [name, mountPath]);
}

describe('a secure application', () => {
  test('is one object with everything in its pod templates', () => {
    const chart = newChart();
    makeSecure(chart);
    expect(find(chart, 'SparkApplication', 'sessions')).toMatchSnapshot();
  });

  test('has nothing that reaches its pods only by way of the webhook (row 17)', () => {
    const { driver, executor } = secureSpec({
      driver: { env: { MODE: EnvValue.fromValue('fast') }, nodeSelector: { disk: 'ssd' }, labels: { team: 'clicks' } },
    });
    const fields = ['coreLimit', 'coreRequest', 'cores', 'javaOptions', 'memory', 'memoryOverhead', 'serviceAccount'];
    expect(Object.keys(driver)).toEqual([...fields, 'template']);
    expect(Object.keys(executor).sort()).toEqual([...fields, 'deleteOnTermination', 'instances', 'template'].sort());
    expect(template(driver)).toMatchObject({ nodeSelector: { disk: 'ssd' } });
    expect(template(driver).containers[0].env).toContainEqual({ name: 'MODE', value: 'fast' });
    expect(driver.template.metadata?.labels).toEqual({ team: 'clicks' });
  });

  test('says all its problems at once, after its path', () => {
    expect(secureRefusal({ driver: { cores: 0 }, executor: { instances: 0 } })).toBe(
      [
        'test/sessions: 2 problems:',
        '  - executor.instances is 0; give a whole number of at least 1',
        '  - driver.cores is 0; give a whole number of at least 1, and a fraction of a CPU with driver.coreRequest',
      ].join('\n'),
    );
  });

  test.each([
    ['jobNamespace', 'an ISparkJobNamespace, such as new SparkJobNamespace(scope, id)'],
    ['image', 'a SparkImage, such as SparkImage.of(reference, options)'],
    ['main', 'a SparkMain, such as SparkMain.python(file)'],
  ])('refuses a program without %s (case 11)', (property, remedy) => {
    const chart = newChart();
    const jobNamespace = new SparkJobNamespace(chart, 'clicks');
    const props = { jobNamespace, image: IMAGE, main: PYTHON, [property]: undefined };
    expect(messageOf(() => new SecureSparkApplication(chart, 'sessions', props as never))).toBe(
      `test/sessions: ${property} is required; pass ${remedy}`,
    );
  });
});

describe('containers (guarantee 1)', () => {
  const hard = {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    privileged: false,
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
  };

  test('are hardened in driver and executor, with sidecars and init containers (row 25)', () => {
    const options = {
      ...withTemplate({ containers: [sidecar('in-template')], initContainers: [sidecar('init-in-template')] }),
      sidecars: [sidecar('proxy')],
      initContainers: [sidecar('fetch')],
    };
    const { driver, executor } = secureSpec({ driver: options, executor: options });
    for (const role of [driver, executor]) {
      expect(allContainers(role)).toHaveLength(5);
      for (const container of allContainers(role)) expect(container.securityContext).toEqual(hard);
    }
  });

  test('run as user 185 with the runtime’s seccomp profile', () => {
    for (const role of [secureSpec().driver, secureSpec().executor]) {
      expect(template(role).securityContext).toEqual({
        runAsNonRoot: true,
        runAsUser: 185,
        runAsGroup: 185,
        fsGroup: 185,
        fsGroupChangePolicy: 'OnRootMismatch',
        seccompProfile: { type: 'RuntimeDefault' },
      });
    }
  });

  test('run as the user of the image', () => {
    const image = SparkImage.of('registry.acme.dev/sessions:1.4.0', { sparkVersion: '4.0.4', userId: 1001 });
    expect(template(secureSpec({ image }).driver).securityContext).toMatchObject({ runAsUser: 1001, fsGroup: 1001 });
  });

  test('do not run as an image’s root', () => {
    const image = SparkImage.of('registry.acme.dev/sessions:1.4.0', { sparkVersion: '4.0.4', userId: 0 });
    expect(secureRefusal({ image })).toContain(
      'the user of the image is 0, which is root; give it another one, and its number as userId of image',
    );
  });

  test('may have a local seccomp profile, and not be unconfined', () => {
    const seccompProfile = SeccompProfile.localhost('profiles/spark.json');
    expect(template(secureSpec({ seccompProfile }).executor).securityContext).toMatchObject({
      seccompProfile: { type: 'Localhost', localhostProfile: 'profiles/spark.json' },
    });
    expect(secureRefusal({ seccompProfile: SeccompProfile.UNCONFINED })).toContain(
      'driver: the pod has seccomp profile Unconfined; a secure application refuses it: leave it out',
    );
  });

  test.each([
    ['sidecars', { driver: { sidecars: [sidecar('x', { securityContext: { privileged: true } })] } }],
    ['initContainers', { driver: { initContainers: [sidecar('x', { securityContext: { privileged: true } })] } }],
    [
      'the template',
      { driver: withTemplate({ containers: [sidecar('x', { securityContext: { privileged: true } })] }) },
    ],
  ])('are not privileged in %s', (_place, overrides) => {
    expect(secureRefusal(overrides)).toBe(
      'test/sessions: driver: container "x" is privileged; a secure application refuses it: leave it out',
    );
  });

  test.each([
    [{ sidecars: [sidecar('x', { securityContext: { runAsUser: 0 } })] }, 'container "x" runs as user 0'],
    [
      { initContainers: [sidecar('x', { securityContext: { runAsNonRoot: false } })] },
      'container "x" sets runAsNonRoot to false',
    ],
    [withTemplate({ securityContext: { runAsUser: 0 } }), 'the pod runs as user 0'],
    [withTemplate({ hostNetwork: true }), 'hostNetwork is true'],
    [
      withTemplate({
        containers: [sidecar('x', { volumeMounts: [{ name: 'host', mountPath: '/host' }] })],
        volumes: [{ name: 'host', hostPath: { path: '/' } }],
      }),
      'volume "host" is a hostPath',
    ],
    [
      withTemplate({ securityContext: { seccompProfile: { type: 'Localhost' } } }),
      'the pod has seccomp profile Localhost without a profile',
    ],
  ])('refuse what Pod Security forbids, for executors too (row 25, row 30): %j', (executor, problem) => {
    const message = secureRefusal({ executor });
    expect(message).toMatch(/^test\/sessions: /);
    expect(message).toContain(`executor: ${problem}`);
    expect(message).toContain('a secure application refuses it: leave it out');
  });

  test('leave out what is explicitly undefined, where Pod Security does without (row 65)', () => {
    const securityContext = { runAsUser: undefined, runAsGroup: undefined, fsGroup: undefined };
    expect(template(secureSpec({ driver: withTemplate({ securityContext }) }).driver).securityContext).toEqual({
      runAsNonRoot: true,
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    });
  });
});

describe('writable directories (guarantee 2)', () => {
  test('come with the read-only root, each with its size (row 29, row 30, row 31, row 65)', () => {
    const { driver, executor } = secureSpec();
    const common = [
      ['tmp', '/tmp'],
      ['work-dir', '/opt/spark/work-dir'],
    ];
    const local = ['spark-local-dir-1', '/var/data/spark-local-dir-1'];
    expect(sparkMounts(driver)).toEqual([...common, ['ivy', '/tmp/.ivy2'], local]);
    expect(sparkMounts(executor)).toEqual([...common, local]);
    expect(template(driver).volumes).toEqual([
      { name: 'tmp', emptyDir: { sizeLimit: '1Gi' } },
      { name: 'work-dir', emptyDir: { sizeLimit: '512Mi' } },
      { name: 'ivy', emptyDir: { sizeLimit: '512Mi' } },
      { name: 'spark-local-dir-1', emptyDir: { sizeLimit: '1Gi' } },
    ]);
    expect(volume(executor, 'spark-local-dir-1')).toEqual({
      name: 'spark-local-dir-1',
      emptyDir: { sizeLimit: '5Gi' },
    });
  });

  test('hold Java’s temporary files, the home and the Ivy cache (row 29, row 33)', () => {
    const { driver, executor, sparkConf } = secureSpec();
    for (const role of [driver, executor]) {
      expect(role.javaOptions).toBe('-Djava.io.tmpdir=/tmp');
      expect(template(role).containers[0].env).toEqual([{ name: 'HOME', value: '/tmp' }]);
    }
    expect(sparkConf['spark.jars.ivy']).toBe('/tmp/.ivy2/clicks/sessions');
  });

  test('keep a home that the user sets', () => {
    const { driver } = secureSpec({ driver: { env: { HOME: EnvValue.fromValue('/opt/app') } } });
    expect(template(driver).containers[0].env).toEqual([{ name: 'HOME', value: '/opt/app' }]);
  });

  test('count as local disk of the pod', () => {
    const { driver, executor } = secureSpec();
    const disk = (role: RenderedRole): unknown => template(role).containers[0].resources;
    expect(disk(driver)).toEqual({
      requests: { 'ephemeral-storage': '3136Mi' },
      limits: { 'ephemeral-storage': '3136Mi' },
    });
    expect(disk(executor)).toMatchObject({ limits: { 'ephemeral-storage': '6720Mi' } });
  });

  test('have the sizes that are asked for', () => {
    const { driver } = secureSpec({
      temporaryDirectory: { sizeLimit: Size.gibibytes(2) },
      workingDirectory: { sizeLimit: Size.mebibytes(64), inMemory: true },
      ivyDirectory: { sizeLimit: Size.mebibytes(100) },
    });
    expect(volume(driver, 'tmp')?.emptyDir).toEqual({ sizeLimit: '2Gi' });
    expect(volume(driver, 'work-dir')?.emptyDir).toEqual({ sizeLimit: '64Mi', medium: 'Memory' });
    expect(volume(driver, 'ivy')?.emptyDir).toEqual({ sizeLimit: '100Mi' });
    expect(driver.memoryOverhead).toBe(`${409 + 64}m`);
  });

  test('may be more, on a claim with the right group (row 35)', () => {
    const claim = PersistentVolumeClaim.fromClaimName(elsewhere, 'models', 'models');
    const { driver, executor } = secureSpec({
      writableDirectories: [
        WritableDirectory.claim('/data/models', claim, { roles: [SparkRole.DRIVER], subPath: 'v1' }),
        WritableDirectory.emptyDir('/var/cache', { sizeLimit: Size.mebibytes(10) }),
      ],
    });
    expect(volume(driver, 'writable-data-models')).toEqual({
      name: 'writable-data-models',
      persistentVolumeClaim: { claimName: 'models' },
    });
    expect(template(driver).containers[0].volumeMounts).toContainEqual({
      name: 'writable-data-models',
      mountPath: '/data/models',
      subPath: 'v1',
    });
    expect(template(driver).securityContext).toMatchObject({ fsGroup: 185, fsGroupChangePolicy: 'OnRootMismatch' });
    expect(volume(executor, 'writable-data-models')).toBeUndefined();
    expect(volume(executor, 'writable-var-cache')).toEqual({
      name: 'writable-var-cache',
      emptyDir: { sizeLimit: '10Mi' },
    });
  });

  test('may lie elsewhere than usual, for the roles that say so', () => {
    const { driver, executor } = secureSpec({
      writableDirectories: [
        WritableDirectory.ephemeralClaim('/tmp', { size: Size.gibibytes(20), roles: [SparkRole.EXECUTOR] }),
      ],
    });
    expect(volume(driver, 'tmp')?.emptyDir).toEqual({ sizeLimit: '1Gi' });
    expect(volume(executor, 'tmp')).toBeUndefined();
    expect(sparkMounts(executor).filter(([, path]) => path === '/tmp')).toEqual([['writable-tmp', '/tmp']]);
  });

  test('are not both sized and put elsewhere', () => {
    expect(
      secureRefusal({
        temporaryDirectory: { sizeLimit: Size.gibibytes(1) },
        writableDirectories: [WritableDirectory.ephemeralClaim('/tmp', { size: Size.gibibytes(20) })],
      }),
    ).toContain('driver: container "spark-kubernetes-driver" mounts both "tmp" and "writable-tmp" at /tmp; give one');
  });

  test('make up for a read-only root in every container', () => {
    expect(
      secureRefusal({ driver: { sidecars: [sidecar('x', { securityContext: { readOnlyRootFilesystem: false } })] } }),
    ).toBe(
      'test/sessions: driver: container "x" can write to its root file system; use writableDirectories, ' +
        'or relax Guarantee.READ_ONLY_ROOT_FILESYSTEM where the namespace allows it',
    );
  });
});

describe('identities (guarantee 3)', () => {
  test('are the namespace’s, never default, in both fields (row 4, row 6)', () => {
    const { driver, executor } = secureSpec();
    expect(driver.serviceAccount).toBe('spark-driver');
    expect(executor.serviceAccount).toBe('spark-executor');
    expect(template(driver)).toMatchObject({ serviceAccount: 'spark-driver', serviceAccountName: 'spark-driver' });
    expect(template(executor)).toMatchObject({
      serviceAccount: 'spark-executor',
      serviceAccountName: 'spark-executor',
    });
  });

  test('give a token of the API to drivers alone (row 14, row 15)', () => {
    const { driver, executor } = secureSpec();
    expect(template(driver).automountServiceAccountToken).toBe(true);
    expect(template(executor).automountServiceAccountToken).toBe(false);
  });

  test('are not changed by a template', () => {
    expect(secureRefusal({ driver: withTemplate({ serviceAccountName: 'default' }) })).toBe(
      'test/sessions: driver.template.spec.serviceAccountName is "default", but the account of the driver is ' +
        '"spark-driver"; leave it out, and give another account as driver.serviceAccount',
    );
    expect(secureRefusal({ executor: withTemplate({ automountServiceAccountToken: true }) })).toBe(
      'test/sessions: executor.template.spec.automountServiceAccountToken is true, but it is false for executors here; ' +
        'leave it out, or relax Guarantee.NO_EXECUTOR_API_TOKEN where the namespace allows it',
    );
    expect(secureRefusal({ driver: withTemplate({ automountServiceAccountToken: false }) })).toContain(
      'leave it out: the driver needs it to create executors',
    );
  });

  test('give executors no token in a volume either, but those for others', () => {
    const mount = { volumeMounts: [{ name: 'token', mountPath: '/token' }] };
    const executor = (serviceAccountToken: k8s.ServiceAccountTokenProjection): object =>
      withTemplate({
        containers: [sidecar('x', mount)],
        volumes: [{ name: 'token', projected: { sources: [{ serviceAccountToken }] } }],
      });
    expect(secureRefusal({ executor: executor({ path: 'token' }) })).toBe(
      'test/sessions: executor: volume "token" holds a token of the Kubernetes API; leave it out, ' +
        'or relax Guarantee.NO_EXECUTOR_API_TOKEN where the namespace allows it',
    );
    expect(
      volume(secureSpec({ executor: executor({ path: 'token', audience: 'sts.amazonaws.com' }) }).executor, 'token'),
    ).toBeDefined();
  });
});

describe('requests and limits (guarantee 4)', () => {
  test('are there for both roles (row 50)', () => {
    const { driver, executor } = secureSpec({ driver: { cores: 2 }, executor: { coreRequest: Cpu.millis(250) } });
    expect(driver).toMatchObject({ cores: 2, coreRequest: '2', coreLimit: '2', memory: '1024m' });
    expect(executor).toMatchObject({ cores: 1, coreRequest: '250m', coreLimit: '1', memoryOverhead: '409m' });
  });

  test('are demanded of every other container', () => {
    expect(secureRefusal({ driver: { sidecars: [sidecar('x', { resources: {} })] } })).toBe(
      'test/sessions: driver: container "x" has no limit of cpu, memory; ' +
        'set resources.limits, so that quotas admit the pod',
    );
    expect(
      secureRefusal({ driver: { sidecars: [sidecar('x')] } }, { quota: { ephemeralStorage: Size.gibibytes(100) } }),
    ).toContain('container "x" has no limit of ephemeral-storage; set resources.limits');
  });
});

describe('secrets and images (guarantee 5)', () => {
  test('are refused as plain values under a telling name, and taken by reference', () => {
    expect(secureRefusal({ driver: { env: { DB_PASSWORD: EnvValue.fromValue('hunter2') } } })).toBe(
      'test/sessions: driver: container "spark-kubernetes-driver": variable DB_PASSWORD holds a secret in ' +
        "plain text; give it by reference: secret.envValue('key')",
    );
    const env = { DB_PASSWORD: secret.envValue('password') };
    expect(template(secureSpec({ driver: { env } }).driver).containers[0].env).toContainEqual({
      name: 'DB_PASSWORD',
      valueFrom: { secretKeyRef: { name: 'credentials', key: 'password' } },
    });
    expect(
      template(secureSpec({ driver: { envFrom: [Env.fromSecret(secret)] } }).driver).containers[0].envFrom,
    ).toEqual([{ secretRef: { name: 'credentials' } }]);
  });

  test.each([
    [
      { sidecars: [sidecar('x', { env: [{ name: 'API_TOKEN', value: 'abc' }] })] },
      'variable API_TOKEN holds a secret in plain text',
    ],
    [
      { initContainers: [sidecar('x', { args: ['--password', 'abc'] })] },
      'argument "password" holds a secret in plain text',
    ],
    [
      { javaOptions: ['-Djavax.net.ssl.keyStorePassword=abc'] },
      'javaOptions[0]: "javax.net.ssl.keyStorePassword" holds a secret in plain text',
    ],
    [
      { env: { JDK_JAVA_OPTIONS: EnvValue.fromValue('-Djavax.net.ssl.keyStorePassword=abc') } },
      'variable JDK_JAVA_OPTIONS holds a secret in plain text; it sets "javax.net.ssl.keyStorePassword": ',
    ],
  ])('are refused in other containers and in Java options too: %j', (driver, problem) => {
    expect(secureRefusal({ driver })).toContain(problem);
  });

  test('of Java are taken as both remedies have it: in a mounted file of options, or after their variable (case 21)', () => {
    const refusal = secureRefusal({ driver: { javaOptions: ['-Djavax.net.ssl.trustStorePassword=changeit'] } });
    expect(refusal).toContain('JDK_JAVA_OPTIONS in env name its file: "@/path/of/the/file"');
    expect(refusal).toContain('JDK_JAVA_OPTIONS as "-Djavax.net.ssl.trustStorePassword=$(NAME)"');
    expect(refusal).not.toContain('changeit');

    const file = { JDK_JAVA_OPTIONS: EnvValue.fromValue('@/etc/java/options') };
    expect(template(secureSpec({ driver: { env: file } }).driver).containers[0].env).toContainEqual({
      name: 'JDK_JAVA_OPTIONS',
      value: '@/etc/java/options',
    });
    const value = '-Djavax.net.ssl.trustStorePassword=$(TRUST_STORE_PASSWORD)';
    const byReference = {
      TRUST_STORE_PASSWORD: secret.envValue('password'),
      JDK_JAVA_OPTIONS: EnvValue.fromValue(value),
    };
    const [spark] = template(secureSpec({ driver: { env: byReference } }).driver).containers;
    expect(spark.env?.slice(0, 2)).toEqual([
      { name: 'TRUST_STORE_PASSWORD', valueFrom: { secretKeyRef: { name: 'credentials', key: 'password' } } },
      { name: 'JDK_JAVA_OPTIONS', value },
    ]);
    const inWrongOrder = Object.fromEntries(Object.entries(byReference).reverse());
    expect(secureRefusal({ driver: { env: inWrongOrder } })).toBe(
      'test/sessions: driver: container "spark-kubernetes-driver": variable JDK_JAVA_OPTIONS has ' +
        '"$(TRUST_STORE_PASSWORD)", which stays as it is written, since TRUST_STORE_PASSWORD comes after it; ' +
        'give TRUST_STORE_PASSWORD first',
    );
  });

  test.each([
    ['registry.acme.dev/sessions:latest', 'has the tag latest'],
    ['registry.acme.dev/sessions', 'has no tag'],
  ])('refuse the image %s', (reference, fault) => {
    const image = SparkImage.of(reference, { sparkVersion: '4.0.4' });
    expect(secureRefusal({ image })).toBe(
      `test/sessions: the image "${reference}" ${fault}, so that a restart may run another program; ` +
        'give it a tag of its version or a digest',
    );
  });

  test('refuse unpinned images of sidecars', () => {
    expect(secureRefusal({ driver: { sidecars: [sidecar('x', { image: 'proxy' })] } })).toContain(
      'driver: container "x": the image "proxy" has no tag',
    );
    expect(secureRefusal({ driver: { sidecars: [sidecar('x', { image: undefined })] } })).toContain(
      'driver: container "x": no image is given',
    );
  });
});

describe('a relaxation', () => {
  const reason = 'for a test';
  const points: [Guarantee, Relaxation, (spec: ReturnType<typeof secureSpec>) => unknown, unknown][] = [
    [
      Guarantee.READ_ONLY_ROOT_FILESYSTEM,
      Relaxation.of(Guarantee.READ_ONLY_ROOT_FILESYSTEM, reason),
      ({ driver }) => template(driver).containers[0].securityContext?.readOnlyRootFilesystem,
      false,
    ],
    [
      Guarantee.NO_EXECUTOR_API_TOKEN,
      Relaxation.of(Guarantee.NO_EXECUTOR_API_TOKEN, reason),
      ({ executor }) => template(executor).automountServiceAccountToken,
      true,
    ],
    [
      Guarantee.ENCRYPTION,
      Relaxation.of(Guarantee.ENCRYPTION, reason),
      ({ sparkConf }) => sparkConf['spark.authenticate'],
      undefined,
    ],
  ];

  test.each(points)('of %s needs the namespace, and changes that point alone', (point, hardening, fact, relaxed) => {
    expect(fact(secureSpec({}, { allow: [hardening] }))).not.toEqual(relaxed);
    expect(fact(secureSpec({ relax: [point] }, { allow: [hardening] }))).toEqual(relaxed);
    expect(secureRefusal({ relax: [point] })).toBe(
      `test/sessions: relax names ${point}, which namespace "clicks" does not allow; ` +
        "add it to the namespace's allow, with its reason",
    );
  });

  test('of pinned images admits images without a tag', () => {
    const image = SparkImage.of('registry.acme.dev/sessions', { sparkVersion: '4.0.4' });
    const driver = { sidecars: [sidecar('x', { image: 'proxy:latest' })] };
    const spec = secureSpec(
      { image, driver, relax: [Guarantee.PINNED_IMAGES] },
      { allow: [Relaxation.of(Guarantee.PINNED_IMAGES, reason)] },
    );
    expect(spec.image).toBe('registry.acme.dev/sessions');
  });

  test('of plain secrets admits them in the environment, the configuration and the arguments', () => {
    const spec = secureSpec(
      {
        driver: { env: { FAKE_TOKEN: EnvValue.fromValue('abc') } },
        sparkConf: { 'spark.acme.password': 'abc' },
        relax: [Guarantee.NO_PLAIN_SECRETS],
      },
      { allow: [Relaxation.of(Guarantee.NO_PLAIN_SECRETS, reason)] },
    );
    expect(spec.sparkConf['spark.acme.password']).toBe('abc');
    expect(template(spec.driver).containers[0].env).toContainEqual({ name: 'FAKE_TOKEN', value: 'abc' });
  });

  test('of debug rights is none of an application', () => {
    expect(
      secureRefusal(
        { relax: [Guarantee.NO_DEBUG_RIGHTS] },
        { allow: [Relaxation.of(Guarantee.NO_DEBUG_RIGHTS, reason)] },
      ),
    ).toBe(
      'test/sessions: relax names no-debug-rights, which no application has; the job namespace allows it, and grants.debug ' +
        'gives the rights',
    );
  });
});
