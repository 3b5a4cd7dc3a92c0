import { Size } from 'cdk8s';
import { Cpu, EnvValue } from 'cdk8s-plus-28';
import { SparkOperatorPodOptions } from '../../../lib/operator/install/component';
import { SparkOperatorProps } from '../../../lib/operator/spark-operator-props';
import { WebhookFailurePolicy } from '../../../lib/operator/install/webhook';
import { all, one, podOf, refusal, written } from '../support';

const COMPONENTS = ['controller', 'webhook'] as const;

describe.each(COMPONENTS)('the pod of the %s', (component) => {
  const name = `spark-operator-${component}`;
  const pod = (options: SparkOperatorPodOptions = {}) => podOf(written({ [component]: options }), component);

  test('meets Pod Security restricted, with a user that is a number (row 25, row 26)', () => {
    expect(pod().securityContext).toEqual({
      runAsNonRoot: true,
      runAsUser: 185,
      runAsGroup: 185,
      fsGroup: 185,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(pod().containers.map(({ securityContext }) => securityContext)).toEqual([
      { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true },
    ]);
  });

  test('asks for the token of its account, which nobody else gets by default', () => {
    expect(pod()).toMatchObject({ serviceAccountName: name, automountServiceAccountToken: true });
    expect(one(written(), 'ServiceAccount', name).automountServiceAccountToken).toBe(false);
  });

  test('is watched from its start on', () => {
    const port = { port: 8081, scheme: 'HTTP' };
    expect(pod().containers[0]).toMatchObject({
      startupProbe: { httpGet: { path: '/readyz', ...port }, periodSeconds: 2, failureThreshold: 60 },
      livenessProbe: { httpGet: { path: '/healthz', ...port } },
      readinessProbe: { httpGet: { path: '/readyz', ...port } },
    });
  });

  test('runs where and as it is told', () => {
    const options = {
      nodeSelector: { pool: 'system' },
      tolerations: [{ key: 'system', operator: 'Exists' }],
      affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } } },
      priorityClassName: 'system-cluster-critical',
    };
    expect(pod(options)).toMatchObject(options);
  });

  test('has the variables that are given beside its own, and instead of them', () => {
    const env = {
      HTTPS_PROXY: EnvValue.fromValue('http://proxy:3128'),
      SPARK_SUBMIT_OPTS: EnvValue.fromValue('-Xmx512m'),
    };
    expect(pod({ env }).containers[0].env).toEqual(
      expect.arrayContaining([
        { name: 'HTTPS_PROXY', value: 'http://proxy:3128' },
        { name: 'SPARK_SUBMIT_OPTS', value: '-Xmx512m' },
      ]),
    );
    expect(pod({ env }).containers[0].env).toHaveLength(2);
  });

  test('keeps the default of each request and limit that is not given', () => {
    const resources = { cpu: { limit: Cpu.units(8) }, ephemeralStorage: { limit: Size.gibibytes(2) } };
    const defaults = pod().containers[0].resources as Record<'requests' | 'limits', object>;
    expect(pod({ resources }).containers[0].resources).toEqual({
      requests: defaults.requests,
      limits: { ...defaults.limits, cpu: '8', 'ephemeral-storage': '2Gi' },
    });
  });

  test('is spread over nodes and zones, and kept by a disruption budget, only if there are several (row 28)', () => {
    const several = written({ [component]: { replicas: 3 } });
    const single = written({ [component]: { replicas: 1 } });
    const matchLabels = {
      'app.kubernetes.io/name': 'spark-operator',
      'app.kubernetes.io/instance': 'spark-operator',
      'app.kubernetes.io/component': component,
    };
    expect(podOf(several, component).topologySpreadConstraints).toEqual(
      ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map((topologyKey) => ({
        maxSkew: 1,
        topologyKey,
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels },
      })),
    );
    expect(one(several, 'PodDisruptionBudget', name).spec).toEqual({ maxUnavailable: 1, selector: { matchLabels } });
    expect(podOf(single, component).topologySpreadConstraints).toBeUndefined();
    expect(all(single, 'PodDisruptionBudget', name)).toEqual([]);
  });

  test('is selected by labels that it has', () => {
    const { selector, template } = one(written(), 'Deployment', name).spec;
    expect(template.metadata.labels).toMatchObject((selector as { matchLabels: object }).matchLabels);
  });

  test('may be switched off with no replicas', () => {
    const none = { replicas: 0, ...(component === 'webhook' ? { failurePolicy: WebhookFailurePolicy.IGNORE } : {}) };
    expect(one(written({ [component]: none }), 'Deployment', name).spec.replicas).toBe(0);
  });

  test.each([-1, 1.5, NaN])('refuses %d replicas', (replicas) => {
    expect(refusal({ [component]: { replicas } })).toBe(
      `platform/operator: ${component}.replicas is ${replicas}; a whole number from 0 is expected`,
    );
  });

  test('refuses to request more than the limit', () => {
    expect(refusal({ [component]: { resources: { memory: { request: Size.gibibytes(8) } } } })).toMatch(
      new RegExp(
        `^platform/operator: ${component}\\.resources\\.memory requests 8Gi with a limit of \\S+; no more can be requested than the limit: set both$`,
      ),
    );
  });
});

test('the controller has memory for ten Java processes, and a /tmp with room for them (row 29)', () => {
  const { containers, volumes } = podOf(written(), 'controller');
  expect(containers[0]).toMatchObject({
    resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '2', memory: '4Gi' } },
    volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
  });
  expect(volumes).toEqual([{ name: 'tmp', emptyDir: { sizeLimit: '1Gi' } }]);
});

test("the controller's /tmp has the size that is given (row 29)", () => {
  const { volumes } = podOf(written({ controller: { tmpSize: Size.mebibytes(1500) } }), 'controller');
  expect(volumes).toEqual([{ name: 'tmp', emptyDir: { sizeLimit: '1500Mi' } }]);
});

test("packages are kept in the controller's /tmp, which it can write (row 33)", () => {
  expect(podOf(written(), 'controller').containers[0].env).toEqual([
    { name: 'SPARK_SUBMIT_OPTS', value: '-Duser.home=/tmp' },
  ]);
});

test("the webhook's key stays in memory", () => {
  const { containers, volumes } = podOf(written(), 'webhook');
  expect(containers[0].volumeMounts).toEqual([
    { name: 'serving-certs', mountPath: '/etc/k8s-webhook-server/serving-certs' },
  ]);
  expect(volumes).toEqual([{ name: 'serving-certs', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } }]);
});

test('the webhook stays out of meshes, to which the API server does not belong (row 27)', () => {
  const { metadata } = one(written(), 'Deployment', 'spark-operator-webhook').spec.template;
  expect(metadata.labels).toMatchObject({ 'sidecar.istio.io/inject': 'false' });
  expect(metadata.annotations).toEqual({ 'linkerd.io/inject': 'disabled' });
});

test('there are two webhooks and one controller by default (row 28)', () => {
  const replicas = COMPONENTS.map(
    (component) => one(written(), 'Deployment', `spark-operator-${component}`).spec.replicas,
  );
  expect(replicas).toEqual([1, 2]);
});

test('a webhook goes only when another one is ready (row 28)', () => {
  expect(one(written(), 'Deployment', 'spark-operator-webhook').spec.strategy).toEqual({
    type: 'RollingUpdate',
    rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
  });
});

test('what the user gives is not changed', () => {
  const props: SparkOperatorProps = {
    controller: Object.freeze({ nodeSelector: Object.freeze({ a: 'b' }), tolerations: Object.freeze([]) as never }),
    existingJobNamespaces: Object.freeze(['reports', 'ads']) as never,
  };
  expect(written(props)).toEqual(written(props));
});

test('the webhook refuses to have no pod while applications depend on its answer', () => {
  expect(refusal({ webhook: { replicas: 0 } })).toBe(
    'platform/operator: webhook.replicas is 0, so every application would be refused; use at least 1, or set webhookEnabled to false',
  );
});
