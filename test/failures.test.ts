import { App, Chart, Size, Testing } from 'cdk8s';
import { Cpu, EnvValue, k8s, PersistentVolumeClaim } from 'cdk8s-plus-28';
import {
  CronSchedule,
  Hardening,
  HardeningPoint,
  ScheduledSparkApplication,
  SecureSparkApplication,
  SecureSparkApplicationProps,
  SparkImage,
  SparkJobNamespace,
  SparkMain,
  SparkOperator,
  WritableDirectory,
} from '../lib';
import { find, Manifest, messageOf, names, newChart } from './job-namespace/manifests';

/** What the rows of docs/failures.md say, where no test of one part alone says it. */

interface Role {
  readonly [field: string]: unknown;
  readonly template: { readonly spec: k8s.PodSpec };
}
type Changes = Partial<SecureSparkApplicationProps>;

function required(chart: Chart) {
  return {
    jobNamespace: new SparkJobNamespace(chart, 'clicks'),
    image: SparkImage.of('registry.acme.dev/sessions:1.4.0', { sparkVersion: '4.0.4' }),
    main: SparkMain.python('local:///opt/app/sessions.py'),
  };
}

function rolesOf(changes: Changes = {}): { driver: Role; executor: Role } {
  const chart = newChart();
  new SecureSparkApplication(chart, 'sessions', { ...required(chart), ...changes });
  return find(chart, 'SparkApplication', 'sessions').spec as { driver: Role; executor: Role };
}

function problemOf(changes: Changes, id = 'sessions'): string {
  const chart = newChart();
  return messageOf(() => new SecureSparkApplication(chart, id, { ...required(chart), ...changes }));
}

describe('pods', () => {
  test('have their settings from the template alone, which needs no webhook (row 17)', () => {
    const { driver } = rolesOf({
      driver: { env: { REGION: EnvValue.fromValue('eu') }, tolerations: [{ key: 'spark', operator: 'Exists' }] },
    });
    const webhookOnly = ['affinity', 'env', 'securityContext', 'sidecars', 'tolerations', 'volumeMounts', 'volumes'];
    expect(Object.keys(driver).filter((field) => webhookOnly.includes(field))).toEqual([]);
    const { containers, securityContext, tolerations, volumes } = driver.template.spec;
    expect(containers[0].env).toContainEqual({ name: 'REGION', value: 'eu' });
    expect(tolerations).toEqual([{ key: 'spark', operator: 'Exists' }]);
    expect(securityContext?.runAsNonRoot).toBe(true);
    expect(volumes?.map(({ name }) => name)).toContain('work-dir');
  });

  test('mount no volume that they do not have (row 18)', () => {
    const mounts = [{ name: 'models', mountPath: '/models' }];
    const problem = problemOf({
      driver: {
        template: { spec: { containers: [{ name: 'spark-kubernetes-driver', volumeMounts: mounts }] } },
      },
    });
    expect(problem).toContain('mounts volume "models" at /models, but the pod has no such volume');
  });

  test('have no volume that nobody mounts (row 18)', () => {
    const problem = problemOf({
      executor: { template: { spec: { containers: [], volumes: [{ name: 'models', emptyDir: {} }] } } },
    });
    expect(problem).toContain('no container mounts volume "models"');
  });

  test('have one local directory (row 19)', () => {
    const volumes = [{ name: 'spark-local-dir-1', emptyDir: {} }];
    const twice = problemOf({ executor: { template: { spec: { containers: [], volumes } } } });
    expect(twice).toContain('two volumes are named "spark-local-dir-1"');
    const key = 'spark.kubernetes.executor.volumes.hostPath.spark-local-dir-2.mount.path';
    expect(problemOf({ sparkConf: { [key]: '/data' } })).toContain('executor.localDirectories');
  });

  test('have the Spark container first, under the name that Spark looks for (row 21)', () => {
    const containers = [{ name: 'log-shipper', image: 'registry.acme.dev/shipper:1.0.0', resources: someResources() }];
    const { executor } = rolesOf({ executor: { template: { spec: { containers } } } });
    expect(executor.template.spec.containers.map(({ name }) => name)).toEqual([
      'spark-kubernetes-executor',
      'log-shipper',
    ]);
    const misspelt = [{ ...containers[0], name: 'spark-kubernetes-executors' }];
    expect(problemOf({ executor: { template: { spec: { containers: misspelt } } } })).toContain(
      'a container is named "spark-kubernetes-executors"; the Spark container of this role is "spark-kubernetes-executor"',
    );
  });

  test('have no field that the cluster would ignore (row 24)', () => {
    const securityContext = { allowPrivilegeEscalation: false } as k8s.PodSecurityContext;
    expect(problemOf({ driver: { template: { spec: { containers: [], securityContext } } } })).toContain(
      'driver.template.spec.securityContext.allowPrivilegeEscalation is no field of a pod there',
    );
  });

  test('write to volumes as the group of their image (row 35)', () => {
    const chart = newChart();
    const models = PersistentVolumeClaim.fromClaimName(chart, 'models', 'models');
    const { driver, executor } = rolesOf({
      writableDirectories: [WritableDirectory.claim('/models', models, { shared: true })],
    });
    for (const { template } of [driver, executor]) {
      expect(template.spec.securityContext).toMatchObject({ fsGroup: 185, fsGroupChangePolicy: 'OnRootMismatch' });
    }
  });

  test('share no claim unless it is said to be shared (row 36)', () => {
    const models = PersistentVolumeClaim.fromClaimName(newChart(), 'models', 'models');
    const executor = { instances: 2 };
    expect(problemOf({ executor, writableDirectories: [WritableDirectory.claim('/models', models)] })).toContain(
      '3 pods write to the volume claim "models"',
    );
  });

  test('leave SPARK_USER to Spark and name the variable that HDFS reads (row 37)', () => {
    const problem = problemOf({ driver: { env: { SPARK_USER: EnvValue.fromValue('etl') } } });
    expect(problem).toContain('driver.env.SPARK_USER is set by Spark itself');
    expect(problem).toContain('HADOOP_USER_NAME');
    const { driver } = rolesOf({ driver: { env: { HADOOP_USER_NAME: EnvValue.fromValue('etl') } } });
    expect(driver.template.spec.containers[0].env).toContainEqual({ name: 'HADOOP_USER_NAME', value: 'etl' });
  });

  test('can write wherever Spark writes, so that a read-only root breaks no image (row 65)', () => {
    const { driver } = rolesOf();
    const [spark] = driver.template.spec.containers;
    expect(spark.securityContext?.readOnlyRootFilesystem).toBe(true);
    expect(spark.volumeMounts?.map(({ mountPath }) => mountPath)).toEqual([
      '/tmp',
      '/opt/spark/work-dir',
      '/tmp/.ivy2',
      '/var/data/spark-local-dir-1',
    ]);
  });

  test('are relaxed one point at a time, where the namespace allows it (row 65)', () => {
    const chart = newChart();
    const allow = [Hardening.writableRootFilesystem('fonts are unpacked beside the binary')];
    const jobNamespace = new SparkJobNamespace(chart, 'billing', { allow });
    new SecureSparkApplication(chart, 'sessions', {
      ...required(chart),
      jobNamespace,
      relax: [HardeningPoint.READ_ONLY_ROOT_FILESYSTEM],
    });
    const { driver } = find(chart, 'SparkApplication', 'sessions').spec as { driver: Role };
    expect(driver.template.spec.containers[0].securityContext).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      privileged: false,
      readOnlyRootFilesystem: false,
      runAsNonRoot: true,
    });
    expect(problemOf({ relax: [HardeningPoint.READ_ONLY_ROOT_FILESYSTEM] })).toContain(
      'which namespace "clicks" does not allow',
    );
  });
});

describe('configuration', () => {
  test.each(['spark.kubernetes.driver.podTemplateFile', 'spark.kubernetes.executor.podTemplateFile'])(
    '%s is refused, since the operator writes its own (row 22)',
    (key) => {
      expect(problemOf({ sparkConf: { [key]: '/opt/template.yaml' } })).toBe(
        `test/sessions: sparkConf["${key}"] = "/opt/template.yaml" is not possible: the operator writes its own template file: use driver.template or executor.template`,
      );
    },
  );

  test.each([
    'spark.master',
    'spark.kubernetes.namespace',
    'spark.kubernetes.container.image',
    'spark.kubernetes.driver.container.image',
    'spark.kubernetes.executor.container.image',
    'spark.kubernetes.authenticate.driver.serviceAccountName',
    'spark.kubernetes.authenticate.executor.serviceAccountName',
    'spark.kubernetes.authenticate.oauthToken',
    'spark.kubernetes.authenticate.submission.oauthToken',
  ])('%s is refused, as the operator would refuse it (row 23)', (key) => {
    expect(problemOf({ sparkConf: { [key]: 'x' } })).toContain(`sparkConf["${key}"] = "x" is not possible`);
  });

  test('names no external shuffle service (row 54)', () => {
    expect(problemOf({ sparkConf: { 'spark.shuffle.service.enabled': 'true' } })).toContain(
      'there is no external shuffle service on Kubernetes: use dynamicAllocation with shuffle tracking',
    );
  });
});

describe('names', () => {
  test('of applications have at most 63 characters and begin with a letter (row 45)', () => {
    expect(problemOf({ name: 'a'.repeat(64) })).toContain('has 64 characters; at most 63 are possible');
    expect(problemOf({ name: '2-sessions' })).toContain('start with a letter');
  });

  test('of schedules leave room for the suffix of a run (row 46)', () => {
    const chart = newChart();
    const props = { ...required(chart), schedule: CronSchedule.cron('@daily') };
    new ScheduledSparkApplication(chart, 'a'.repeat(43), props);
    expect(names(chart, 'ScheduledSparkApplication')).toEqual(['a'.repeat(43)]);
    expect(messageOf(() => new ScheduledSparkApplication(chart, 'a'.repeat(44), props))).toContain(
      'has 44 characters; at most 43 are possible',
    );
  });

  test('are given once (row 48)', () => {
    const chart = newChart();
    const props = { ...required(chart), name: 'sessions' };
    new SecureSparkApplication(chart, 'one', props);
    new SecureSparkApplication(chart, 'two', props);
    expect(() => Testing.synth(chart)).toThrow(
      'test/one/Resource and test/two/Resource write the same object, SparkApplication "sessions" in namespace "clicks"',
    );
  });
});

describe('resources', () => {
  test('have whole cores, and fractions as a request (row 52)', () => {
    expect(problemOf({ driver: { cores: 0.25 } })).toContain(
      'driver.cores is 0.25; give a whole number of at least 1, and a fraction of a CPU with driver.coreRequest',
    );
    expect(rolesOf({ driver: { coreRequest: Cpu.millis(250) } }).driver).toMatchObject({
      cores: 1,
      coreRequest: '250m',
    });
  });

  test('have no limit below the request (row 52)', () => {
    expect(problemOf({ executor: { cores: 2, coreLimit: Cpu.units(1) } })).toContain(
      'executor.coreLimit (1 CPU) is below executor.cores (2 CPU)',
    );
  });
});

describe('a program', () => {
  test('needs no other program to write the operator (row 66)', () => {
    const { PATH } = process.env;
    process.env.PATH = '';
    try {
      const chart = newChart();
      new SparkOperator(chart, 'operator', { jobNamespaces: [new SparkJobNamespace(chart, 'clicks')] });
      expect(names(chart, 'Deployment')).toEqual(['spark-operator-controller', 'spark-operator-webhook']);
    } finally {
      process.env.PATH = PATH;
    }
  });

  test('gives the operator rights on objects of the cluster by name only (row 70)', () => {
    const chart = new Chart(new App(), 'test');
    new SparkOperator(chart, 'operator', { jobNamespaces: [new SparkJobNamespace(chart, 'clicks')] });
    const clusterRoles = (Testing.synth(chart) as Manifest[]).filter(({ kind }) => kind === 'ClusterRole');
    expect(clusterRoles.map(({ rules }) => rules)).toEqual([
      [
        {
          apiGroups: ['admissionregistration.k8s.io'],
          resources: ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'],
          resourceNames: ['spark-operator-webhook'],
          verbs: ['list', 'watch', 'update'],
        },
      ],
    ]);
  });
});

function someResources(): k8s.ResourceRequirements {
  const amounts = {
    cpu: k8s.Quantity.fromString('100m'),
    memory: k8s.Quantity.fromString(Size.mebibytes(64).asString()),
  };
  return { requests: amounts, limits: amounts };
}
