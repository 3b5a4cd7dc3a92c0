import { Chart } from 'cdk8s';
import { EnvValue, k8s, Secret, ServiceAccount } from 'cdk8s-plus-28';
import { usedVariables, VARIABLES } from '../../lib/admission-guard/guard-variables';
import { GUARD_TOPICS, policySpec } from '../../lib/admission-guard/guard-policy';
import { SparkAdmissionGuard } from '../../lib/admission-guard/spark-admission-guard';
import { SecureSparkApplication } from '../../lib/application/secure-spark-application';
import { SparkApplication } from '../../lib/application/spark-application';
import { SecureSparkApplicationProps, SparkApplicationProps } from '../../lib/application/spark-application-props';
import { SparkImage } from '../../lib/spark/spark-image';
import { HostNamespace } from '../../lib/job-namespace/admission/admission-rules';
import { Guarantee, Relaxation } from '../../lib/guarantees/relaxation';
import { PodSecurityLevel } from '../../lib/kubernetes/pod-security-level';
import { SparkJobNamespace } from '../../lib/job-namespace/spark-job-namespace';
import { SparkJobNamespaceProps } from '../../lib/job-namespace/spark-job-namespace-props';
import { SparkOperatorCrds } from '../../lib/operator/install/crds';
import { SparkOperator } from '../../lib/operator/spark-operator';
import { IMAGE, PYTHON, SCALA, sidecar, withTemplate } from '../application/fixtures';
import { find, Manifest, manifests, messageOf, names, newChart } from '../job-namespace/manifests';
import { tenancyOf } from '../../lib/job-namespace/tenancy';

/** A namespace `clicks` with a guard. */
function guarded(props: SparkJobNamespaceProps = {}): { chart: Chart; clicks: SparkJobNamespace } {
  const chart = newChart();
  const clicks = new SparkJobNamespace(chart, 'clicks', props);
  new SparkAdmissionGuard(chart, 'guard', { namespace: 'platform', jobNamespaces: [clicks] });
  return { chart, clicks };
}

/** What the guard admits in `clicks`, without what is empty. */
function admitted(chart: Chart): Record<string, string[]> {
  const { annotations } = find(chart, 'Role', 'spark-guard-clicks').metadata;
  return Object.fromEntries(
    Object.entries(annotations ?? {})
      .filter(([, lines]) => lines !== '')
      .map(([key, lines]) => [key.replace('cdk8s-spark/admitted-', ''), lines.split('\n')]),
  );
}

/** What the guard admits for a secure application, beyond what it admits without one. */
function admittedFor(props: Partial<SecureSparkApplicationProps>, namespace: SparkJobNamespaceProps = {}): object {
  const { chart, clicks } = guarded(namespace);
  const before = admitted(chart);
  new SecureSparkApplication(chart, 'sessions', { jobNamespace: clicks, image: IMAGE, main: PYTHON, ...props });
  const after = Object.entries(admitted(chart)).map(([list, items]) => [
    list,
    items.filter((item) => !(before[list] ?? []).includes(item)),
  ]);
  return Object.fromEntries(after.filter(([, items]) => items.length > 0)) as object;
}

const RUNS = { preStop: { exec: { command: ['sync'] } } };
const ASKS_AND_RUNS = { ...RUNS, postStart: { httpGet: { port: k8s.IntOrString.fromNumber(80) } } };
const ORDINARY = { images: ['registry.acme.dev/sessions'] };

describe('a guard', () => {
  test('has a policy for each topic, and a binding to it for each namespace', () => {
    const { chart } = guarded();
    const topics = ['configuration', 'hardening', 'identities', 'pods', 'submission'];
    expect(names(chart, 'ValidatingAdmissionPolicy')).toEqual(topics.map((topic) => `spark-guard-${topic}`));
    expect(names(chart, 'ValidatingAdmissionPolicyBinding')).toEqual(
      topics.map((topic) => `spark-guard-${topic}-clicks`),
    );
  });

  test('looks at new and changed applications of all kinds and refuses those that it cannot judge', () => {
    const { spec } = find(guarded().chart, 'ValidatingAdmissionPolicy', 'spark-guard-pods') as Manifest & {
      spec: object;
    };
    expect(spec).toMatchObject({
      failurePolicy: 'Fail',
      paramKind: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role' },
      matchConstraints: {
        resourceRules: [
          {
            apiGroups: ['sparkoperator.k8s.io'],
            apiVersions: ['*'],
            operations: ['CREATE', 'UPDATE'],
            resources: ['scheduledsparkapplications', 'sparkapplications', 'sparkconnects'],
          },
        ],
      },
    });
  });

  test('binds a policy to one namespace, with parameters without which it refuses everything', () => {
    expect(find(guarded().chart, 'ValidatingAdmissionPolicyBinding', 'spark-guard-pods-clicks').spec).toEqual({
      policyName: 'spark-guard-pods',
      validationActions: ['Deny'],
      paramRef: { name: 'spark-guard-clicks', namespace: 'platform', parameterNotFoundAction: 'Deny' },
      matchResources: {
        namespaceSelector: {
          matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['clicks'] }],
        },
      },
    });
  });

  test('keeps its parameters in its own namespace, in an object that grants nothing', () => {
    const parameters = find(guarded().chart, 'Role', 'spark-guard-clicks');
    expect(parameters.metadata.namespace).toBe('platform');
    expect(parameters.rules).toBeUndefined();
  });

  test('writes policies before bindings, and parameters before both', () => {
    const kinds = manifests(guarded().chart).map(({ kind, metadata: { name } }) => `${kind} ${name}`);
    const places = ['Role spark-guard-clicks', 'ValidatingAdmissionPolicy spark-guard-submission'].map((one) =>
      kinds.indexOf(one),
    );
    places.push(kinds.findIndex((one) => one.startsWith('ValidatingAdmissionPolicyBinding')));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  test('changes nothing when a namespace is added again', () => {
    const chart = newChart();
    const clicks = new SparkJobNamespace(chart, 'clicks');
    const guard = new SparkAdmissionGuard(chart, 'guard', { namespace: 'platform', jobNamespaces: [clicks] });
    guard.addJobNamespace(clicks);
    expect([guard.guards('clicks'), guard.guards('other')]).toEqual([true, false]);
    expect(names(chart, 'ValidatingAdmissionPolicyBinding')).toHaveLength(GUARD_TOPICS.length);
  });

  test('refuses the namespace of its parameters, and another construct of the same namespace', () => {
    const chart = newChart();
    const guard = new SparkAdmissionGuard(chart, 'guard', { namespace: 'clicks' });
    const clicks = new SparkJobNamespace(chart, 'clicks');
    expect(messageOf(() => guard.addJobNamespace(clicks))).toBe(
      'test/guard: namespace "clicks" holds the guard\'s parameters, which jobs there could change: give jobs another one',
    );
    const other = new SparkAdmissionGuard(chart, 'other', { namespace: 'platform', jobNamespaces: [clicks] });
    const again = SparkJobNamespace.addToExistingNamespace(chart, 'again', {
      name: 'clicks',
      podSecurity: PodSecurityLevel.RESTRICTED,
    });
    expect(messageOf(() => other.addJobNamespace(again))).toBe(
      'test/other: namespace "clicks" is guarded already, as test/clicks: add it once',
    );
  });

  test('refuses names that are none', () => {
    expect(messageOf(() => new SparkAdmissionGuard(newChart(), 'guard', { namespace: 'A', name: 'a.b' }))).toMatch(
      /^test\/guard: 2 problems:\n {2}- guard name "a\.b" is no DNS label.*\n {2}- namespace of the parameters "A" is no DNS label/,
    );
  });
});

describe('an operator', () => {
  function operated(admissionGuard?: boolean): { chart: Chart; operator: SparkOperator } {
    const chart = newChart();
    const jobNamespaces = [new SparkJobNamespace(chart, 'clicks')];
    const crds = SparkOperatorCrds.none();
    return { chart, operator: new SparkOperator(chart, 'operator', { jobNamespaces, crds, admissionGuard }) };
  }

  test('guards its job namespaces, with parameters in its own namespace', () => {
    const { chart, operator } = operated();
    operator.addJobNamespace(new SparkJobNamespace(chart, 'late'));
    expect(names(chart, 'ValidatingAdmissionPolicyBinding')).toContain('spark-operator-guard-pods-late');
    expect(find(chart, 'Role', 'spark-operator-guard-clicks').metadata.namespace).toBe('spark-operator');
    expect(operator.admissionGuard?.guards('clicks')).toBe(true);
  });

  test('has no guard where it is turned off', () => {
    const { chart, operator } = operated(false);
    expect(manifests(chart).filter(({ kind }) => kind.startsWith('ValidatingAdmission'))).toEqual([]);
    expect(operator.admissionGuard).toBeUndefined();
  });
});

/** Which namespaces a policy is bound to, by the suffix of the binding. */
function boundTo(chart: Chart, binding: string): unknown {
  const { spec } = find(chart, 'ValidatingAdmissionPolicyBinding', binding) as unknown as {
    spec: { matchResources: { namespaceSelector: unknown } };
  };
  return spec.matchResources.namespaceSelector;
}

describe('namespaces that the program does not know', () => {
  const ADMISSION = { imageRepositories: ['registry.acme.dev'], fileSchemes: ['s3a'] };
  const KEY = 'kubernetes.io/metadata.name';

  test('are guarded by their names, all with the same lists and nothing relaxed', () => {
    const { chart, clicks } = guarded();
    const guard = new SparkAdmissionGuard(chart, 'wide', {
      namespace: 'platform',
      name: 'wide',
      jobNamespaces: [clicks],
      admission: ADMISSION,
    });
    for (const name of ['reports', 'ads', 'reports']) guard.addExistingJobNamespace(name);
    expect(boundTo(chart, 'wide-pods')).toEqual({
      matchExpressions: [{ key: KEY, operator: 'In', values: ['ads', 'reports'] }],
    });
    expect(boundTo(chart, 'wide-pods-clicks')).toEqual({
      matchExpressions: [{ key: KEY, operator: 'In', values: ['clicks'] }],
    });
    const { annotations } = find(chart, 'Role', 'wide').metadata;
    expect(Object.fromEntries(Object.entries(annotations ?? {}).filter(([, lines]) => lines !== ''))).toEqual({
      'cdk8s-spark/admitted-driver-accounts': 'spark-driver',
      'cdk8s-spark/admitted-executor-accounts': 'spark-executor',
      'cdk8s-spark/admitted-file-schemes': 'https\nlocal\ns3a',
      'cdk8s-spark/admitted-images': 'registry.acme.dev',
      'cdk8s-spark/admitted-pod-security': 'restricted',
    });
    expect(['ads', 'clicks', 'other'].map((name) => guard.guards(name))).toEqual([true, true, false]);
  });

  test('are guarded all if that is asked for, but for those that are known', () => {
    const { chart, clicks } = guarded();
    const guard = new SparkAdmissionGuard(chart, 'wide', {
      namespace: 'platform',
      name: 'wide',
      otherNamespaces: true,
      admission: ADMISSION,
    });
    expect(boundTo(chart, 'wide-identities')).toEqual({ matchExpressions: [] });
    guard.addJobNamespace(clicks);
    expect(boundTo(chart, 'wide-identities')).toEqual({
      matchExpressions: [{ key: KEY, operator: 'NotIn', values: ['clicks'] }],
    });
    expect(guard.guards('other')).toBe(true);
  });

  test('are guarded by an operator that knows their names, or that watches all', () => {
    const chart = newChart();
    const crds = SparkOperatorCrds.none();
    new SparkOperator(chart, 'operator', { existingJobNamespaces: ['reports'], crds, admission: ADMISSION });
    expect(boundTo(chart, 'spark-operator-guard-pods')).toEqual({
      matchExpressions: [{ key: KEY, operator: 'In', values: ['reports'] }],
    });
    const wide = newChart();
    new SparkOperator(wide, 'operator', { watchAllNamespaces: true, crds, admission: ADMISSION });
    expect(boundTo(wide, 'spark-operator-guard-pods')).toEqual({ matchExpressions: [] });
  });

  test('need images', () => {
    const chart = newChart();
    const guard = new SparkAdmissionGuard(chart, 'guard', { namespace: 'platform' });
    guard.addExistingJobNamespace('reports');
    new SparkAdmissionGuard(chart, 'wide', {
      namespace: 'platform',
      name: 'wide',
      otherNamespaces: true,
      admission: {},
    });
    new SparkAdmissionGuard(chart, 'idle', { namespace: 'platform', name: 'idle', admission: ADMISSION });
    expect(chart.node.findAll().flatMap((one) => one.node.validate())).toEqual([
      'no image is admitted in reports, so that every application there would be refused: give admission.imageRepositories, or a SparkJobNamespace.addToExistingNamespace for each namespace',
      'no image is admitted in namespaces that the program does not know, so that every application there would be refused: give admission.imageRepositories, or a SparkJobNamespace.addToExistingNamespace for each namespace',
      'admission is given, but no namespace is guarded that the program does not know: leave it out, or name the namespaces',
    ]);
  });

  test('are no longer unknown where the program has applications', () => {
    const chart = newChart();
    const clicks = new SparkJobNamespace(chart, 'clicks');
    const guard = new SparkAdmissionGuard(chart, 'guard', {
      namespace: 'platform',
      otherNamespaces: true,
      admission: ADMISSION,
    });
    new SecureSparkApplication(chart, 'sessions', { jobNamespace: clicks, image: IMAGE, main: PYTHON });
    expect(guard.node.validate()).toEqual([
      'the program has applications in namespace "clicks", which it guards without knowing it: add the job namespace with addJobNamespace, instead of its name',
    ]);
    guard.addJobNamespace(clicks);
    expect(guard.node.validate()).toEqual([]);
  });

  test('are refused where they are known, hold the parameters or are none', () => {
    const { chart, clicks } = guarded();
    const guard = new SparkAdmissionGuard(chart, 'wide', {
      namespace: 'platform',
      name: 'wide',
      jobNamespaces: [clicks],
    });
    expect(messageOf(() => guard.addExistingJobNamespace('clicks'))).toBe(
      'test/wide: namespace "clicks" is guarded already, as test/clicks: add it once',
    );
    expect(messageOf(() => guard.addExistingJobNamespace('platform'))).toMatch(/holds the guard's parameters/);
    expect(messageOf(() => guard.addExistingJobNamespace('A'))).toMatch(/^test\/wide: namespace "A" is no DNS label/);
    guard.addExistingJobNamespace('reports');
    const reports = new SparkJobNamespace(chart, 'reports');
    expect(messageOf(() => guard.addJobNamespace(reports))).toBe(
      'test/wide: namespace "reports" is guarded already, by its name: add it in one way',
    );
  });

  test('have lists whose mistakes are said, and none without a guard', () => {
    const admission = { fileSchemes: ['file'] };
    expect(messageOf(() => new SparkAdmissionGuard(newChart(), 'guard', { namespace: 'platform', admission }))).toMatch(
      /^test\/guard: admission\.fileSchemes has "file"/,
    );
    const props = { existingJobNamespaces: ['reports'], admissionGuard: false, admission: ADMISSION };
    expect(messageOf(() => new SparkOperator(newChart(), 'operator', props))).toBe(
      'test/operator: admission is given although admissionGuard is false: leave out one of the two',
    );
  });
});

describe('the parameters of a namespace', () => {
  test('hold what is safe, its level and its accounts', () => {
    expect(admitted(guarded().chart)).toEqual({
      'driver-accounts': ['spark-driver'],
      'executor-accounts': ['spark-executor'],
      'file-schemes': ['https', 'local'],
      'pod-security': ['restricted'],
    });
  });

  test('hold what the namespace admits', () => {
    const { chart } = guarded({
      podSecurity: PodSecurityLevel.PRIVILEGED,
      driverServiceAccount: ServiceAccount.fromServiceAccountName(newChart(), 'own', 'own', {
        namespaceName: 'clicks',
      }),
      packageRepositories: ['https://maven.acme.dev/releases'],
      allow: [
        Relaxation.of(Guarantee.READ_ONLY_ROOT_FILESYSTEM, 'legacy'),
        Relaxation.of(Guarantee.PINNED_IMAGES, 'legacy'),
      ],
      admission: {
        fileSchemes: ['s3a', 'gs'],
        packages: ['org.acme:'],
        sparkConf: ['spark.acme.'],
        hadoopConf: ['fs.s3a.endpoint'],
        imageRepositories: ['registry.acme.dev', 'localhost:5000/x'],
        secrets: [Secret.fromSecretName(newChart(), 'secret', 'database')],
        priorityClasses: ['low'],
        schedulers: ['volcano'],
        nodeNames: ['node-1'],
        tolerations: ['*', 'acme.dev/pool'],
        volumeKinds: ['csi'],
        hostNamespaces: [HostNamespace.NETWORK],
        podFields: ['hostAliases'],
      },
    });
    expect(admitted(chart)).toEqual({
      'driver-accounts': ['own'],
      'executor-accounts': ['spark-executor'],
      'file-schemes': ['gs', 'https', 'local', 's3a'],
      'hadoop-conf': ['fs.s3a.endpoint'],
      'host-namespaces': ['hostNetwork'],
      images: ['localhost:5000/x', 'registry.acme.dev'],
      'node-names': ['node-1'],
      'package-repositories': ['https://maven.acme.dev/releases'],
      packages: ['org.acme:'],
      'pod-fields': ['hostAliases'],
      'pod-security': ['privileged'],
      'priority-classes': ['low'],
      relaxed: ['pinned-images', 'read-only-root-filesystem'],
      schedulers: ['volcano'],
      secrets: ['database'],
      'spark-conf': ['spark.acme.'],
      tolerations: ['*', 'acme.dev/pool'],
      'volume-kinds': ['csi'],
    });
  });

  test('hold the accounts that applications of their own add', () => {
    const { chart, clicks } = guarded();
    const account = (name: string) =>
      ServiceAccount.fromServiceAccountName(chart, name, name, { namespaceName: 'clicks' });
    tenancyOf(clicks).addDriver(account('sessions-driver'));
    tenancyOf(clicks).addExecutor(account('sessions-executor'));
    expect(admitted(chart)).toMatchObject({
      'driver-accounts': ['sessions-driver', 'spark-driver'],
      'executor-accounts': ['sessions-executor', 'spark-executor'],
    });
  });

  test('are wrong in every way at once', () => {
    expect(
      messageOf(() =>
        guarded({
          admission: {
            fileSchemes: ['file', 'S3A', 's3a://'],
            packages: ['org.acme'],
            sparkConf: ['acme', 'spark.'],
            hadoopConf: ['spark.hadoop.a'],
            imageRepositories: ['apache/spark', 'registry.acme.dev/a:1', ''],
            nodeNames: ['a\nb'],
          },
        }),
      ),
    ).toBe(
      'test/clicks: 11 problems:\n' +
        '  - admission.fileSchemes has "file"; expected is a scheme in lower case other than file, such as "s3a"\n' +
        '  - admission.fileSchemes has "S3A"; expected is a scheme in lower case other than file, such as "s3a"\n' +
        '  - admission.fileSchemes has "s3a://"; expected is a scheme in lower case other than file, such as "s3a"\n' +
        '  - admission.packages has "org.acme"; expected is Maven coordinates, or their beginning up to a colon, such as "org.acme:"\n' +
        '  - admission.sparkConf has "acme"; expected is a key that begins with "spark.", such as "spark.acme."\n' +
        '  - admission.sparkConf has "spark."; expected is a key that begins with "spark.", such as "spark.acme."\n' +
        '  - admission.hadoopConf has "spark.hadoop.a"; expected is a key without "spark.hadoop.", such as "fs.s3a.endpoint"\n' +
        '  - admission.imageRepositories has "apache/spark"; expected is a registry with its host, and a path if need be, without a tag, such as "registry.acme.dev/team"\n' +
        '  - admission.imageRepositories has "registry.acme.dev/a:1"; expected is a registry with its host, and a path if need be, without a tag, such as "registry.acme.dev/team"\n' +
        '  - admission.imageRepositories has ""; expected is a registry with its host, and a path if need be, without a tag, such as "registry.acme.dev/team"\n' +
        '  - admission.nodeNames has "a\\nb"; expected is the name of a node',
    );
  });
});

describe('an application of the program adds to the parameters', () => {
  test('the repository of its image, and nothing of what is ordinary', () => {
    expect(admittedFor({})).toEqual(ORDINARY);
    expect(
      admittedFor({
        driver: { env: {} },
        sparkConf: { 'spark.sql.a': 'b', 'spark.kubernetes.allocation.batch.size': '5' },
        hadoopConf: { 'mapreduce.a': 'b' },
      }),
    ).toEqual(ORDINARY);
  });

  test.each<[string, Partial<SecureSparkApplicationProps>, object]>([
    ['schemes', { dependencies: { jars: ['s3a://bucket/a.jar'] } }, { 'file-schemes': ['s3a'] }],
    [
      'packages',
      { dependencies: { packages: ['org.acme:a:1'], repositories: ['https://maven.acme.dev'] } },
      { packages: ['org.acme:a:1'] },
    ],
    [
      'settings with their values',
      {
        sparkConf: { 'spark.acme.a': 'b\\c\nd', 'spark.hadoop.fs.s3a.endpoint': 'x', 'spark.sql.a': '${env:B}' },
        hadoopConf: { 'fs.gs.a': '=' },
      },
      {
        'spark-settings': ['spark.acme.a=b\\\\c\\nd', 'spark.sql.a=${env:B}'],
        'hadoop-settings': ['fs.gs.a==', 'fs.s3a.endpoint=x'],
      },
    ],
    [
      'pull secrets',
      {
        image: SparkImage.of('registry.acme.dev/sessions:1.4.0', {
          sparkVersion: '4.0.4',
          pullSecrets: [Secret.fromSecretName(newChart(), 'pull', 'pull')],
        }),
      },
      { secrets: ['pull'] },
    ],
    [
      'secrets of variables',
      {
        driver: {
          env: {
            A: EnvValue.fromSecretValue({ secret: Secret.fromSecretName(newChart(), 'secret', 'variable'), key: 'a' }),
          },
        },
      },
      { secrets: ['variable'] },
    ],
    [
      'what a template names',
      {
        executor: withTemplate(
          {
            priorityClassName: 'low',
            schedulerName: 'mine',
            nodeName: 'node-1',
            nodeSelector: { 'kubernetes.io/hostname': 'node-2' },
            tolerations: [{ operator: 'Exists' }, { key: 'pool' }],
            hostAliases: [{ ip: '10.0.0.1' }],
            affinity: {
              nodeAffinity: {
                requiredDuringSchedulingIgnoredDuringExecution: {
                  nodeSelectorTerms: [
                    { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['node-3'] }] },
                  ],
                },
              },
            },
          },
          { finalizers: ['acme.dev/a'] },
        ),
      },
      {
        'priority-classes': ['low'],
        schedulers: ['mine'],
        'node-names': ['node-1', 'node-2', 'node-3'],
        tolerations: ['*', 'pool'],
        'pod-fields': ['finalizers', 'hostAliases'],
      },
    ],
    [
      'hooks that are more than commands',
      { executor: withTemplate({ containers: [{ name: 'spark-kubernetes-executor', lifecycle: ASKS_AND_RUNS }] }) },
      { 'pod-fields': ['lifecycle'] },
    ],
    [
      'no hooks that are commands',
      { executor: withTemplate({ containers: [{ name: 'spark-kubernetes-executor', lifecycle: RUNS }] }) },
      {},
    ],
    [
      'volumes of a sidecar, and its image',
      {
        driver: {
          sidecars: [
            sidecar('proxy', {
              image: 'proxy:1.0.0',
              envFrom: [{ secretRef: { name: 'all' } }],
              volumeMounts: [{ name: 'a', mountPath: '/a' }],
            }),
          ],
          template: {
            spec: {
              containers: [],
              volumes: [
                { name: 'a', csi: { driver: 'acme', nodePublishSecretRef: { name: 'csi' } } },
                { name: 'b', projected: { sources: [{ secret: { name: 'projected' } }] } },
              ].slice(0, 1),
            },
          },
        },
      },
      {
        images: ['docker.io/library/proxy', 'registry.acme.dev/sessions'],
        secrets: ['all', 'csi'],
        'volume-kinds': ['csi'],
      },
    ],
  ])('%s', (_, props, expected) => {
    expect(admittedFor(props, { packageRepositories: ['https://maven.acme.dev'] })).toEqual({
      ...ORDINARY,
      ...expected,
    });
  });

  test('no more than an object can hold', () => {
    const { chart, clicks } = guarded();
    const sparkConf = { 'spark.acme.a': 'x'.repeat(120_000) };
    new SecureSparkApplication(chart, 'sessions', { jobNamespace: clicks, image: IMAGE, main: PYTHON, sparkConf });
    expect(messageOf(() => manifests(chart))).toMatch(
      /\[test\/clicks\] what the applications of the program use has 120\d\d\d bytes, and the admission guard can be told 120000: name what they have in common by its beginning, such as "spark\.acme\." in admission\.sparkConf/,
    );
  });

  test('a setting only where no key of the namespace holds it', () => {
    expect(admittedFor({ sparkConf: { 'spark.acme.a': 'b' } }, { admission: { sparkConf: ['spark.acme.'] } })).toEqual(
      ORDINARY,
    );
  });
});

describe('a plain application', () => {
  const HARDENED: k8s.SecurityContext = {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
  };
  const pods = (context: k8s.SecurityContext, spec: Partial<k8s.PodSpec> = {}): Partial<SparkApplicationProps> => ({
    driver: withTemplate({ containers: [{ name: 'spark-kubernetes-driver', securityContext: context }] }),
    executor: withTemplate({ containers: [{ name: 'spark-kubernetes-executor', securityContext: context }], ...spec }),
  });

  function plain(props: Partial<SparkApplicationProps>, namespace: SparkJobNamespaceProps = {}): () => unknown {
    const { chart, clicks } = guarded(namespace);
    new SparkApplication(chart, 'sessions', { jobNamespace: clicks, image: IMAGE, main: PYTHON, ...props });
    return () => manifests(chart);
  }

  test('is refused in a guarded namespace where its pods miss the guarantees of secure ones', () => {
    expect(messageOf(plain(pods(HARDENED)))).toContain(
      '[test/clicks] test/sessions: driver: container "spark-kubernetes-driver" can write to its root file system; the ' +
        'admission guard of the restricted namespace "clicks" refuses it: use SecureSparkApplication, or add ' +
        "Relaxation.of(Guarantee.READ_ONLY_ROOT_FILESYSTEM, reason) to the namespace's allow, with its reason",
    );
    expect(
      messageOf(plain(pods({ ...HARDENED, readOnlyRootFilesystem: true }, { automountServiceAccountToken: true }))),
    ).toContain('executor: executors mount a token of the Kubernetes API; the admission guard');
    const image = SparkImage.of('registry.acme.dev/sessions', { sparkVersion: '4.0.4' });
    expect(messageOf(plain({ ...pods({ ...HARDENED, readOnlyRootFilesystem: true }), image }))).toContain(
      'the image "registry.acme.dev/sessions" has no tag',
    );
  });

  test('is written where they keep them, where the namespace allows it, or where less is demanded', () => {
    expect(plain(pods({ ...HARDENED, readOnlyRootFilesystem: true }))).not.toThrow();
    expect(
      plain(pods(HARDENED), { allow: [Relaxation.of(Guarantee.READ_ONLY_ROOT_FILESYSTEM, 'legacy')] }),
    ).not.toThrow();
    expect(plain({}, { podSecurity: PodSecurityLevel.BASELINE })).not.toThrow();
  });

  test('is written without a guard', () => {
    const chart = newChart();
    const jobNamespace = new SparkJobNamespace(chart, 'clicks');
    new SparkApplication(chart, 'sessions', { jobNamespace, image: IMAGE, main: SCALA, ...pods(HARDENED) });
    expect(() => manifests(chart)).not.toThrow();
  });
});

describe('the policies', () => {
  const specs = GUARD_TOPICS.map((topic) => JSON.stringify(policySpec(topic)));

  // https://github.com/kubernetes/kubernetes/issues/135757
  test('have no variables of their own, which crash older API servers', () => {
    expect(specs.filter((spec) => /"variables"|\bvariables\./.test(spec))).toEqual([]);
  });

  test('ask the authorizer in no message, where it is not there', () => {
    const messages = GUARD_TOPICS.flatMap((topic) =>
      (policySpec(topic).validations as { messageExpression?: string }[]).map(
        ({ messageExpression }) => messageExpression ?? '',
      ),
    );
    expect(messages.filter((message) => message.includes('authorizer'))).toEqual([]);
    expect(specs.join()).toContain('authorizer.group');
  });

  test('are small enough for any way to apply them', () => {
    expect(specs.filter((spec) => spec.length > 200_000)).toEqual([]);
  });
});

describe('the rules', () => {
  const rules = GUARD_TOPICS.flatMap((topic) => topic.rules);

  test('have names of their own', () => {
    expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
  });

  test('say what is wrong and what to do, in one line', () => {
    expect(rules.filter(({ refusal, remedy }) => /^$|\n|\.$/.test(refusal) || /^$|\n|\.$/.test(remedy))).toEqual([]);
  });

  test('use variables that exist, and all that exist are used', () => {
    const named = rules.flatMap(({ offenders }) =>
      [...offenders.matchAll(/variables\.(\w+)/g)].map(([, name]) => name),
    );
    expect(named.filter((name) => VARIABLES[name] === undefined)).toEqual([]);
    const used = usedVariables(rules.map(({ offenders }) => offenders).join(' ')).map(({ name }) => name);
    expect(used.sort()).toEqual(Object.keys(VARIABLES).sort());
  });

  test('have variables after those that they need', () => {
    const seen = new Set<string>();
    for (const { name, expression } of usedVariables(rules.map(({ offenders }) => offenders).join(' '))) {
      const needed = [...expression.matchAll(/variables\.(\w+)/g)].map(([, other]) => other);
      expect(needed.filter((other) => !seen.has(other))).toEqual([]);
      seen.add(name);
    }
  });
});
