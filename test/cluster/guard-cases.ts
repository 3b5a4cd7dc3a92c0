/** A part of a manifest. */
export interface Part {
  [field: string]: unknown;
}

/** New values by their paths in the specification of an application; `undefined` takes a field away. */
export type Changes = Readonly<Record<string, unknown>>;

/** What is done to an application that is admitted, and with which words it is refused then. */
export interface RefusedCase {
  readonly title: string;
  readonly changes: Changes;
  /** The field or rule that the message names. */
  readonly says: string;
}

const SECURITY_CONTEXT = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
};

function template(role: string): Part {
  return {
    spec: {
      containers: [{ name: `spark-kubernetes-${role}`, securityContext: SECURITY_CONTEXT }],
      serviceAccountName: `spark-${role}`,
      securityContext: { runAsNonRoot: true, runAsUser: 185, seccompProfile: { type: 'RuntimeDefault' } },
    },
  };
}

/** A specification that somebody wrote by hand and that every guarded namespace admits. */
export const ORDINARY: Part = {
  type: 'Python',
  mode: 'cluster',
  sparkVersion: '4.0.4',
  image: 'registry.acme.dev/jobs/pi:1.0.0',
  mainApplicationFile: 'local:///opt/app/pi.py',
  driver: { serviceAccount: 'spark-driver', template: template('driver') },
  executor: { serviceAccount: 'spark-executor', template: template('executor') },
};

/** The same job as a server of Spark Connect. */
export const ORDINARY_CONNECT: Part = {
  sparkVersion: '4.0.4',
  image: 'registry.acme.dev/jobs/pi:1.0.0',
  server: { template: template('driver') },
  executor: { template: template('executor') },
};

/** A further container of a pod, which is admitted. */
export const SIDECAR = { name: 'proxy', image: 'registry.acme.dev/proxy:1.0.0', securityContext: SECURITY_CONTEXT };

const DRIVER_POD = 'driver.template.spec';
const EXECUTOR_POD = 'executor.template.spec';
const SPARK = `${DRIVER_POD}.containers.0`;
const CONTEXT = `${SPARK}.securityContext`;

function refused(says: string, cases: Readonly<Record<string, Changes>>): RefusedCase[] {
  return Object.entries(cases).map(([title, changes]) => ({ title, changes, says }));
}

function each(path: string, values: readonly unknown[]): Record<string, Changes> {
  return Object.fromEntries(values.map((value) => [`${path} ${JSON.stringify(value)}`, { [path]: value }]));
}

const BAD_FILES = [
  ...[
    'file:///etc/passwd',
    'file:/etc/passwd',
    'FILE:///etc/passwd',
    '/etc/passwd',
    'etc/passwd',
    './a.py',
    '~/a.py',
    '',
  ],
  ...[
    '-a',
    '--conf',
    '--proxy-user=root',
    ' local:///a.py',
    '\tlocal:///a.py',
    'local:///a.py ',
    'local:///a b.py',
    '\nlocal:///a',
  ],
  ...[
    'local:///a.py,file:///etc/passwd',
    'local:///a.py\nfile:///b',
    'local:/a.py',
    'local://host/a.py',
    'LOCAL:///a.py',
  ],
  ...[
    'local:///opt/../etc/a.py',
    'local:///opt/./a.py',
    'local:///opt//a.py',
    'local:///opt/%2e%2e/a.py',
    'local:///a.py?x',
  ],
  ...[
    'http://acme.dev/a.py',
    's3a://bucket/a.py',
    'hdfs://name/a.py',
    'ftp://acme.dev/a.py',
    'jar:file:///a.jar',
    'spark-internal',
  ],
  ...['https://user:pw@acme.dev/a.py', 'https:///a.py', 'https://acme.dev', `local:///${'a'.repeat(2000)}`],
];

const BAD_SPARK_KEYS = [
  'spark.kubernetes.driver.pod.featureSteps',
  'spark.kubernetes.executor.pod.featureSteps',
  'spark.kubernetes.driver.podTemplateFile',
  'spark.kubernetes.file.upload.path',
  'spark.kubernetes.authenticate.submission.oauthTokenFile',
  'spark.kubernetes.driver.secrets.foreign',
  'spark.kubernetes.driver.volumes.hostPath.x.mount.path',
  'spark.kubernetes.executor.scheduler.name',
  'spark.kubernetes.kerberos.krb5.path',
  'spark.jars',
  'spark.jars.packages',
  'spark.jars.repositories',
  'spark.jars.ivySettings',
  'spark.submit.pyFiles',
  'spark.submit.deployMode',
  'spark.files',
  'spark.archives',
  'spark.master',
  'spark.kerberos.keytab',
  'spark.yarn.keytab',
  'spark.yarn.dist.files',
  'spark.hadoop.fs.s3a.impl',
  'spark.hadoop.fs.file.impl',
  'spark.hadoop.hadoop.security.credential.provider.path',
  'spark.hadoop.spark.hadoop.fs.s3a.impl',
  'Spark.kubernetes.driver.pod.featureSteps',
  'SPARK.SQL.shuffle.partitions',
  ' spark.sql.shuffle.partitions',
  'spark.sql.shuffle.partitions ',
  'spark.sql.a\tb',
  'spark.sql.a=b',
  '\nspark.sql.a',
  'spark.kubernetes.executor.maxPendingPods.x',
  'spark.sqlx',
  'spark',
  '',
  'fs.s3a.impl',
];

const BAD_HADOOP_KEYS = [
  'fs.s3a.impl',
  'fs.AbstractFileSystem.s3a.impl',
  'fs.s3a.endpoint',
  'fs.s3a.aws.credentials.provider',
  'hadoop.security.credential.provider.path',
  'hadoop.security.group.mapping',
  'hadoop.security.authentication',
  'spark.hadoop.fs.s3a.impl',
  ' mapreduce.x',
  'MAPREDUCE.x',
  'mapreduce.x ',
  '',
];

const BAD_IMAGES = [
  ...[
    'docker.io/apache/spark:4.0.4',
    'apache/spark:4.0.4',
    'spark:4.0.4',
    'registry.acme.dev.evil.dev/jobs:1',
    'evil.dev/registry.acme.dev/a:1',
  ],
  ...[
    'Registry.acme.dev/a:1',
    'registry.acme.dev:5000/a:1',
    ' registry.acme.dev/a:1',
    'registry.acme.devil/a:1',
    'registry.acme.dev@evil.dev/a:1',
  ],
  ...['registry.acme.dev'],
];

/** What nobody may do to the ordinary application in a namespace that allows nothing more. */
export const REFUSED: readonly RefusedCase[] = [
  ...refused('spec.mode "client"', { 'a driver in the controller': { mode: 'client' } }),
  ...refused('spec.proxyUser', { 'another user': { proxyUser: 'root' } }),
  ...refused('spec.mainApplicationFile', each('mainApplicationFile', BAD_FILES)),
  ...refused(
    'spec.mainClass',
    each('mainClass', [
      'org.apache.spark.repl.Main',
      'org.apache.spark.sql.hive.thriftserver.SparkSQLCLIDriver',
      '--conf',
    ]),
  ),
  ...['jars', 'files', 'pyFiles', 'archives'].flatMap((list) =>
    refused(
      `spec.deps.${list}`,
      each(
        `deps.${list}`,
        BAD_FILES.map((file) => ['local:///opt/a.jar', file]),
      ),
    ),
  ),
  ...refused('spec.deps.jars', { 'a fragment of a JAR': { 'deps.jars': ['local:///a.jar#b'] } }),
  ...refused(
    'spec.deps.packages',
    each('deps.packages', [['org.acme:a:1'], ['org.acme:a'], ['org.acme:a:1,b:c:1'], [' a:b:1'], ['']]),
  ),
  ...refused('spec.deps.excludePackages', each('deps.excludePackages', [['org.acme:a,b:c'], ['--conf'], ['']])),
  ...refused(
    'spec.deps.repositories',
    each('deps.repositories', [['https://repo.acme.dev'], ['file:///m2'], ['HTTPS://MAVEN.ACME.DEV/releases'], ['']]),
  ),
  ...refused('spec.deps.jars', {
    'too many files': { 'deps.jars': Array.from({ length: 251 }, (_, i) => `local:///opt/${i}.jar`) },
  }),
  ...refused(
    'spec.sparkConf',
    Object.fromEntries(
      BAD_SPARK_KEYS.map((key) => [
        `sparkConf ${JSON.stringify(key)}`,
        { sparkConf: { 'spark.sql.a': 'b', [key]: 'x' } },
      ]),
    ),
  ),
  ...refused(
    'spec.hadoopConf',
    Object.fromEntries(
      BAD_HADOOP_KEYS.map((key) => [
        `hadoopConf ${JSON.stringify(key)}`,
        { hadoopConf: { 'mapreduce.a': 'b', [key]: 'x' } },
      ]),
    ),
  ),
  ...refused(
    'spark.jars.ivy',
    Object.fromEntries(
      [
        '/etc',
        '/tmp/.ivy2/other/pi',
        '/tmp/.ivy2/guard-strict/../x',
        '/tmp/.ivy2/guard-strict/',
        '/tmp/.ivy2/guard-strict/a/b',
      ].map((path) => [`spark.jars.ivy ${path}`, { sparkConf: { 'spark.jars.ivy': path } }]),
    ),
  ),
  ...refused('environment of the operator', {
    'a variable in configuration': { sparkConf: { 'spark.driver.extraClassPath': '${env:TOKEN}' } },
    'a property in configuration': { sparkConf: { 'spark.pyspark.python': 'a${system:user.home}' } },
    'a variable in memory': { 'driver.memory': '${env:TOKEN}' },
    'a variable in cores': { 'executor.coreLimit': '${env:TOKEN}' },
    'a variable in the overhead': { memoryOverheadFactor: '${env:TOKEN}' },
  }),
  ...refused('spec.sparkConf', {
    'too many keys': { sparkConf: Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`spark.sql.k${i}`, 'x'])) },
  }),

  ...refused(
    'driver.serviceAccount',
    each('driver.serviceAccount', [
      'default',
      'spark-executor',
      'strong',
      '',
      'Spark-driver',
      ' spark-driver',
      undefined,
    ]),
  ),
  ...refused('executor.serviceAccount', each('executor.serviceAccount', ['default', 'spark-driver', '', undefined])),
  ...refused('serviceAccountName', each(`${DRIVER_POD}.serviceAccountName`, ['strong', '', ['spark-driver'], null])),
  ...refused('template.spec.serviceAccount', each(`${DRIVER_POD}.serviceAccount`, ['strong', ''])),
  ...refused('serviceAccountName', each(`${EXECUTOR_POD}.serviceAccountName`, ['spark-driver'])),

  ...refused('Secret', {
    'a pull secret': { imagePullSecrets: ['foreign'] },
    'an empty pull secret': { imagePullSecrets: [''] },
    'a pull secret of the template': { [`${DRIVER_POD}.imagePullSecrets`]: [{ name: 'foreign' }] },
    'a mounted secret': { 'driver.secrets': [{ name: 'foreign', path: '/x', secretType: 'Generic' }] },
    'a mounted secret of executors': { 'executor.secrets': [{ name: 'foreign', path: '/x', secretType: 'Generic' }] },
    'a volume of the application': { volumes: [{ name: 'x', secret: { secretName: 'foreign' } }] },
    'a volume of the template': {
      [`${DRIVER_POD}.volumes`]: [
        { name: 'a', emptyDir: {} },
        { name: 'x', secret: { secretName: 'foreign' } },
      ],
    },
    'a volume of the executors': { [`${EXECUTOR_POD}.volumes`]: [{ name: 'x', secret: { secretName: ' known' } }] },
    'a projected volume': {
      [`${DRIVER_POD}.volumes`]: [
        { name: 'x', projected: { sources: [{ configMap: { name: 'a' } }, { secret: { name: 'foreign' } }] } },
      ],
    },
    'an older variable': { 'driver.env': [{ name: 'A', valueFrom: { secretKeyRef: { name: 'foreign', key: 'a' } } }] },
    'an older variable of executors': {
      'executor.env': [{ name: 'A', valueFrom: { secretKeyRef: { name: 'foreign', key: 'a' } } }],
    },
    'older variables': { 'driver.envFrom': [{ secretRef: { name: 'foreign' } }] },
    'the oldest variable': { 'driver.envSecretKeyRefs': { A: { name: 'foreign', key: 'a' } } },
    'a variable': {
      [`${SPARK}.env`]: [
        { name: 'B', value: 'x' },
        { name: 'A', valueFrom: { secretKeyRef: { name: 'foreign', key: 'a' } } },
      ],
    },
    'a variable without a name of a secret': {
      [`${SPARK}.env`]: [{ name: 'A', valueFrom: { secretKeyRef: { key: 'a' } } }],
    },
    'a variable of another type': { [`${SPARK}.env`]: [{ name: 'A', valueFrom: 'foreign' }] },
    'all variables': { [`${SPARK}.envFrom`]: [{ secretRef: { name: 'foreign' } }] },
    'a sidecar': { [`${DRIVER_POD}.containers.1`]: { ...SIDECAR, envFrom: [{ secretRef: { name: 'foreign' } }] } },
    'an older sidecar': { 'driver.sidecars': [{ ...SIDECAR, envFrom: [{ secretRef: { name: 'foreign' } }] }] },
    'an init container': {
      [`${EXECUTOR_POD}.initContainers`]: [{ ...SIDECAR, envFrom: [{ secretRef: { name: 'foreign' } }] }],
    },
    'an ingress': { 'sparkUIOptions.ingressTLS': [{ hosts: ['a'], secretName: 'foreign' }] },
    'another ingress': {
      driverIngressOptions: [{ servicePort: 1, servicePortName: 'a', ingressTLS: [{ secretName: 'foreign' }] }],
    },
  }),

  ...refused('template', {
    'a template that is a list': { [DRIVER_POD]: [] },
    'a template that is a text': { [DRIVER_POD]: 'x' },
    'a template that is null': { [DRIVER_POD]: null },
    'metadata of another type': { 'driver.template.metadata': 'x' },
    'labels of another type': { 'driver.template.metadata': { labels: ['a'] } },
    'a label of another type': { 'driver.template.metadata': { labels: { a: 1 } } },
    'containers that are a text': { [`${DRIVER_POD}.containers`]: 'x' },
    'containers that are a map': { [`${DRIVER_POD}.containers`]: { a: SIDECAR } },
    'containers that are a number': { [`${DRIVER_POD}.containers`]: 1 },
    'containers that are null': { [`${EXECUTOR_POD}.containers`]: null },
    'a container that is a text': { [`${DRIVER_POD}.containers.1`]: 'x' },
    'a container that is null': { [`${DRIVER_POD}.containers.1`]: null },
    'an image that is a list': { [`${SPARK}.image`]: ['x'] },
    'variables that are a map': { [`${SPARK}.env`]: { A: 'x' } },
    'a variable that is a text': { [`${SPARK}.env`]: ['A=x'] },
    'a command that is a text': { [`${SPARK}.command`]: 'sh' },
    'volumes that are a map': { [`${DRIVER_POD}.volumes`]: { a: {} } },
    'a flag that is a text': { [`${DRIVER_POD}.hostNetwork`]: 'true' },
    'a flag that is null': { [`${DRIVER_POD}.hostPID`]: null },
    'a name that is a number': { [`${DRIVER_POD}.priorityClassName`]: 1 },
    'a field in lower case': { [`${DRIVER_POD}.hostnetwork`]: true },
    'a field in upper case': { [`${DRIVER_POD}.HostNetwork`]: true },
    'a field with a blank': { [`${DRIVER_POD}.hostNetwork `]: true },
    'a field of a container that is none': { [`${SPARK}.SecurityContext`]: {} },
    'a field of a template that is none': { 'driver.template.status': {} },
    'a namespace of its own': { 'driver.template.metadata': { namespace: 'other' } },
    'a name of its own': { 'driver.template.metadata': { name: 'other' } },
    'owners of its own': { 'executor.template.metadata': { ownerReferences: [] } },
    'an ephemeral container': { [`${DRIVER_POD}.ephemeralContainers`]: [SIDECAR] },
    'names of hosts': { [`${DRIVER_POD}.hostAliases`]: [{ ip: '10.0.0.1', hostnames: ['kubernetes.default'] }] },
    'another runtime': { [`${DRIVER_POD}.runtimeClassName`]: 'weak' },
    'shared processes': { [`${DRIVER_POD}.shareProcessNamespace`]: true },
    'a hook': { [`${SPARK}.lifecycle`]: { preStop: { httpGet: { host: '169.254.169.254', port: 80 } } } },
    'a hook beside a command': {
      [`${SPARK}.lifecycle`]: { preStop: { exec: { command: ['a'] }, tcpSocket: { host: '10.0.0.1', port: 80 } } },
    },
    'a hook after one that is a command': {
      [`${SPARK}.lifecycle`]: { preStop: { exec: { command: ['a'] } }, postStart: { httpGet: { port: 80 } } },
    },
    'a hook that is a text': { [`${SPARK}.lifecycle`]: { stopSignal: 'SIGKILL' } },
  }),
  ...refused('driver.hostAliases', {
    'older names of hosts': { 'driver.hostAliases': [{ ip: '10.0.0.1', hostnames: ['a'] }] },
  }),
  ...refused('driver.shareProcessNamespace', { 'older shared processes': { 'driver.shareProcessNamespace': true } }),
  ...refused('driver.lifecycle', {
    'an older hook': { 'driver.lifecycle': { preStop: { exec: { command: ['a'] } } } },
  }),

  ...refused('volumes["x"]', {
    'a host path': {
      [`${DRIVER_POD}.volumes`]: [
        { name: 'a', emptyDir: {} },
        { name: 'x', hostPath: { path: '/' } },
      ],
    },
    'an older host path': { volumes: [{ name: 'x', hostPath: { path: '/' } }] },
    NFS: { [`${EXECUTOR_POD}.volumes`]: [{ name: 'x', nfs: { server: 'a', path: '/' } }] },
    CSI: { [`${DRIVER_POD}.volumes`]: [{ name: 'x', csi: { driver: 'secrets-store.csi.k8s.io' } }] },
    'an image': { [`${DRIVER_POD}.volumes`]: [{ name: 'x', image: { reference: 'a' } }] },
    'another case': { [`${DRIVER_POD}.volumes`]: [{ name: 'x', HostPath: { path: '/' } }] },
    'a kind that is null': { [`${DRIVER_POD}.volumes`]: [{ name: 'x', emptyDir: null }] },
    'two kinds': { [`${DRIVER_POD}.volumes`]: [{ name: 'x', emptyDir: {}, hostPath: { path: '/' } }] },
  }),
  ...refused('volumes', { 'a volume without a proper name': { volumes: [{ name: 'a.b=c', emptyDir: {} }] } }),

  ...refused("node's own namespace", {
    ...Object.fromEntries(
      ['hostNetwork', 'hostPID', 'hostIPC'].map((field) => [field, { [`${DRIVER_POD}.${field}`]: true }]),
    ),
    'an older host network': { 'driver.hostNetwork': true },
    'an older host network of executors': { 'executor.hostNetwork': true },
  }),

  ...refused('spec.image', each('image', BAD_IMAGES)),
  ...refused('driver.image', each('driver.image', ['evil.dev/a:1'])),
  ...refused('executor.image', each('executor.image', ['evil.dev/a:1'])),
  ...refused('spark-kubernetes-driver"].image', each(`${SPARK}.image`, ['evil.dev/a:1'])),
  ...refused('.image', {
    'the image of a sidecar': { [`${DRIVER_POD}.containers.1`]: { ...SIDECAR, image: 'evil.dev/a:1' } },
    'the image of an older sidecar': { 'driver.sidecars': [{ ...SIDECAR, image: 'evil.dev/a:1' }] },
    'the image of an older init container': { 'executor.initContainers': [{ ...SIDECAR, image: 'evil.dev/a:1' }] },
    'the image of an init container': { [`${DRIVER_POD}.initContainers`]: [{ ...SIDECAR, image: 'evil.dev/a:1' }] },
  }),

  ...refused('priority', {
    ...each(`${DRIVER_POD}.priorityClassName`, ['system-cluster-critical', 'LOW', ' low']),
    ...each('driver.priorityClassName', ['system-cluster-critical']),
    ...each('executor.priorityClassName', ['system-cluster-critical']),
    ...each('batchSchedulerOptions.priorityClassName', ['system-cluster-critical']),
    ...each(`${DRIVER_POD}.priority`, [1000000]),
  }),
  ...refused('chedulerName', {
    ...each(`${DRIVER_POD}.schedulerName`, ['mine']),
    ...each('executor.schedulerName', ['mine']),
  }),
  ...refused('batchScheduler', each('batchScheduler', ['volcano'])),
  ...refused('names a node', {
    ...each(`${DRIVER_POD}.nodeName`, ['node-2', '']),
    ...each(`${DRIVER_POD}.nodeSelector`, [{ 'kubernetes.io/hostname': 'node-2' }]),
    ...each('driver.nodeSelector', [{ 'kubernetes.io/hostname': 'node-2' }]),
    ...each('nodeSelector', [{ 'kubernetes.io/hostname': 'node-2' }]),
    ...Object.fromEntries(
      [DRIVER_POD, 'executor'].flatMap((place) => [
        [
          `an affinity in ${place}`,
          {
            [`${place}.affinity`]: affinity([
              { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['node-2'] }] },
            ]),
          },
        ],
        [
          `an affinity by label in ${place}`,
          {
            [`${place}.affinity`]: affinity([
              {},
              {
                matchExpressions: [
                  { key: 'a', operator: 'Exists' },
                  { key: 'kubernetes.io/hostname', operator: 'In', values: ['node-2'] },
                ],
              },
            ]),
          },
        ],
        [
          `a preference in ${place}`,
          {
            [`${place}.affinity`]: {
              nodeAffinity: {
                preferredDuringSchedulingIgnoredDuringExecution: [
                  {
                    weight: 1,
                    preference: { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['node-2'] }] },
                  },
                ],
              },
            },
          },
        ],
      ]),
    ),
    'an affinity of another type': { [`${DRIVER_POD}.affinity`]: affinity([{ matchFields: 'x' }]) },
  }),
  ...refused('tolerations', {
    ...each(`${DRIVER_POD}.tolerations`, [
      [{ operator: 'Exists' }],
      [{ key: 'system', operator: 'Exists' }],
      [{ key: '', operator: 'Exists' }],
      [{ key: 'Pool' }],
    ]),
    ...each('executor.tolerations', [[{ key: 'system', operator: 'Exists' }]]),
  }),
  ...refused('service', {
    ...each('sparkUIOptions.serviceType', ['NodePort', 'LoadBalancer', 'ExternalName']),
    'a service of the driver': {
      driverIngressOptions: [{ servicePort: 1, servicePortName: 'a', serviceType: 'LoadBalancer' }],
    },
  }),
  ...refused('more items', {
    'too many containers': {
      [`${DRIVER_POD}.initContainers`]: Array.from({ length: 17 }, (_, i) => ({ ...SIDECAR, name: `a-${i}` })),
    },
    'too many older sidecars': {
      'driver.sidecars': Array.from({ length: 17 }, (_, i) => ({ ...SIDECAR, name: `a-${i}` })),
    },
    'too many variables': { [`${SPARK}.env`]: Array.from({ length: 251 }, (_, i) => ({ name: `A${i}`, value: 'x' })) },
    'too many volumes': {
      [`${DRIVER_POD}.volumes`]: Array.from({ length: 101 }, (_, i) => ({ name: `a-${i}`, emptyDir: {} })),
    },
    'too many tolerations': { [`${DRIVER_POD}.tolerations`]: Array.from({ length: 65 }, () => ({ key: 'pool' })) },
    'too many sources': {
      [`${DRIVER_POD}.volumes`]: [
        { name: 'a', projected: { sources: Array.from({ length: 65 }, () => ({ configMap: { name: 'a' } })) } },
      ],
    },
  }),

  ...refused('security context of the template', {
    'an older context': { 'driver.securityContext': { privileged: false } },
    'an older context of the pod': { 'executor.podSecurityContext': { runAsUser: 1 } },
  }),
  ...refused("Spark's own name", {
    'no container of Spark': { [`${DRIVER_POD}.containers`]: [SIDECAR] },
    'no container at all': { [`${EXECUTOR_POD}.containers`]: [] },
    'another case': { [`${SPARK}.name`]: 'Spark-Kubernetes-Driver' },
  }),
  ...refused('driver', { 'no template': { 'driver.template': undefined } }),
  ...refused('is privileged', each(`${CONTEXT}.privileged`, [true, 'true', null])),
  ...refused(
    'adds capabilities',
    each(`${CONTEXT}.capabilities`, [
      { drop: ['ALL'], add: ['SYS_ADMIN'] },
      { drop: ['ALL'], add: ['CHOWN'] },
      { drop: ['ALL'], add: 'x' },
      'x',
    ]),
  ),
  ...refused('procMount', each(`${CONTEXT}.procMount`, ['Unmasked'])),
  ...refused('port of the node', each(`${SPARK}.ports`, [[{ containerPort: 1, hostPort: 80 }]])),
  ...refused('settings that Pod Security forbids', {
    ...each(`${CONTEXT}.seccompProfile`, [{ type: 'Unconfined' }, { type: 'unconfined' }, {}, 'x']),
    ...each(`${DRIVER_POD}.securityContext.seccompProfile`, [{ type: 'Unconfined' }]),
    ...each(`${CONTEXT}.appArmorProfile`, [{ type: 'Unconfined' }]),
    ...each(`${CONTEXT}.windowsOptions`, [{ hostProcess: true }]),
    ...each(`${CONTEXT}.seLinuxOptions`, [{ type: 'spc_t' }, { user: 'root' }, { role: 'x' }]),
    ...each(`${DRIVER_POD}.securityContext.sysctls`, [[{ name: 'kernel.msgmax', value: '1' }], 'x']),
  }),
  ...refused('AppArmor', {
    'an annotation of the template': {
      'driver.template.metadata': { annotations: { 'container.apparmor.security.beta.kubernetes.io/a': 'unconfined' } },
    },
    'an older annotation': {
      'executor.annotations': { 'container.apparmor.security.beta.kubernetes.io/a': 'unconfined' },
    },
  }),
  ...refused('gain privileges', each(`${CONTEXT}.allowPrivilegeEscalation`, [true, undefined, null, 'false'])),
  ...refused(
    'keeps capabilities',
    each(`${CONTEXT}.capabilities`, [undefined, {}, { drop: [] }, { drop: ['all'] }, { drop: ['NET_RAW'] }]),
  ),
  ...refused('may run as root', {
    ...each(`${CONTEXT}.runAsNonRoot`, [false, 'true', null]),
    ...each(`${CONTEXT}.runAsUser`, [0, '0']),
    ...each(`${DRIVER_POD}.securityContext.runAsUser`, [0]),
    ...each(`${DRIVER_POD}.securityContext.runAsNonRoot`, [false]),
  }),
  ...refused('no seccomp profile', each(`${DRIVER_POD}.securityContext.seccompProfile`, [undefined])),
  ...refused('write to its root', {
    ...each(`${CONTEXT}.readOnlyRootFilesystem`, [false, undefined, 'true', null]),
    'a sidecar': {
      [`${DRIVER_POD}.containers.1`]: {
        ...SIDECAR,
        securityContext: { ...SECURITY_CONTEXT, readOnlyRootFilesystem: false },
      },
    },
    'an older sidecar': {
      'driver.sidecars': [{ ...SIDECAR, securityContext: { ...SECURITY_CONTEXT, readOnlyRootFilesystem: false } }],
    },
    'an init container': {
      [`${EXECUTOR_POD}.initContainers`]: [
        { ...SIDECAR, securityContext: { ...SECURITY_CONTEXT, readOnlyRootFilesystem: false } },
      ],
    },
  }),
  ...refused('token of the Kubernetes API', {
    ...each(`${EXECUTOR_POD}.automountServiceAccountToken`, [true]),
    'a projected token': {
      [`${EXECUTOR_POD}.volumes`]: [{ name: 'a', projected: { sources: [{ serviceAccountToken: { path: 'a' } }] } }],
    },
    'a projected token for the API': {
      [`${EXECUTOR_POD}.volumes`]: [
        {
          name: 'a',
          projected: { sources: [{ serviceAccountToken: { path: 'a', audience: 'https://kubernetes.default.svc' } }] },
        },
      ],
    },
  }),
  ...refused('another image at the next start', {
    ...each('image', [
      'registry.acme.dev/jobs/pi',
      'registry.acme.dev/jobs/pi:latest',
      'registry.acme.dev/jobs/pi@sha256:1',
    ]),
    'a sidecar': { [`${DRIVER_POD}.containers.1`]: { ...SIDECAR, image: 'registry.acme.dev/proxy' } },
  }),
];

function affinity(nodeSelectorTerms: unknown): Part {
  return { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } };
}

/** What anybody may do to the ordinary application, also in a namespace that allows nothing more. */
export const ADMITTED: Readonly<Record<string, Changes>> = {
  'no change': {},
  ...each('mainApplicationFile', ['https://acme.dev/jobs/pi.py', 'local:///opt/app/my-pi_1.0+b@2.py']),
  ...each('arguments', [['--conf', 'spark.master=x', '-file:///etc/passwd', '', 'a\nb']]),
  'hooks that run commands': {
    [`${SPARK}.lifecycle`]: { preStop: { exec: { command: ['a'] } }, postStart: { exec: { command: ['b'] } } },
  },
  'no mode': { mode: undefined },
  'no other user': { proxyUser: '' },
  'a class': { mainClass: 'org.apache.spark.examples.SparkPi' },
  dependencies: {
    deps: {
      jars: ['local:///opt/a.jar'],
      files: ['https://acme.dev/a'],
      pyFiles: [],
      archives: ['local:///opt/env.tar.gz#env'],
    },
  },
  'excluded packages': { 'deps.excludePackages': ['org.slf4j:slf4j-api', 'org.acme:*'] },
  'ordinary configuration': {
    sparkConf: {
      'spark.sql.shuffle.partitions': '10',
      'spark.executor.extraJavaOptions': '-Da=b\n',
      'spark.kubernetes.allocation.batch.size': '5',
      'spark.jars.ivy': '/tmp/.ivy2/guard-strict/pi',
      'spark.hadoop.mapreduce.a': 'b',
      'spark.authenticate': 'true',
    },
    hadoopConf: { 'mapreduce.a.b': 'c', 'fs.s3a.connection.maximum': '10' },
  },
  'empty configuration': { sparkConf: {}, hadoopConf: {} },
  'both fields of an account': { [`${DRIVER_POD}.serviceAccount`]: 'spark-driver' },
  'no account in the template': { [`${DRIVER_POD}.serviceAccountName`]: undefined },
  'plain variables': {
    [`${SPARK}.env`]: [
      { name: 'A', value: 'x' },
      { name: 'B', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
    ],
  },
  'ordinary volumes': {
    [`${DRIVER_POD}.volumes`]: [
      { name: 'a', emptyDir: {} },
      { name: 'b', configMap: { name: 'x' } },
      { name: 'c', persistentVolumeClaim: { claimName: 'x' } },
      { name: 'd', projected: { sources: [{ configMap: { name: 'a' } }] } },
    ],
  },
  'labels and annotations': {
    'driver.template.metadata': { labels: { a: 'b' }, annotations: { c: 'd' }, creationTimestamp: null },
  },
  'host namespaces that are turned off': { [`${DRIVER_POD}.hostNetwork`]: false, 'driver.hostNetwork': false },
  sidecars: {
    [`${DRIVER_POD}.containers.1`]: SIDECAR,
    [`${EXECUTOR_POD}.initContainers`]: [{ ...SIDECAR, restartPolicy: 'Always' }],
    'driver.sidecars': [SIDECAR],
  },
  'a digest': { image: `registry.acme.dev/jobs/pi@sha256:${'a'.repeat(64)}` },
  'a tag and a digest': { image: `registry.acme.dev/jobs/pi:latest@sha256:${'a'.repeat(64)}` },
  'the default scheduler': { [`${DRIVER_POD}.schedulerName`]: 'default-scheduler' },
  'a label of nodes': {
    [`${DRIVER_POD}.nodeSelector`]: { pool: 'spark' },
    'executor.affinity': affinity([{ matchExpressions: [{ key: 'pool', operator: 'In', values: ['spark'] }] }]),
  },
  'a service in the cluster': { 'sparkUIOptions.serviceType': 'ClusterIP' },
  'a token for a cloud': {
    [`${EXECUTOR_POD}.volumes`]: [
      { name: 'a', projected: { sources: [{ serviceAccountToken: { path: 'a', audience: 'sts.amazonaws.com' } }] } },
    ],
  },
  'no token': {
    [`${EXECUTOR_POD}.automountServiceAccountToken`]: false,
    [`${DRIVER_POD}.automountServiceAccountToken`]: true,
  },
  'pods without templates': {
    'driver.template': undefined,
    'executor.template': undefined,
    ...Object.fromEntries(
      ['driver', 'executor'].flatMap((role) => [
        [`${role}.securityContext`, SECURITY_CONTEXT],
        [`${role}.podSecurityContext`, { seccompProfile: { type: 'RuntimeDefault' } }],
      ]),
    ),
  },
  'as much as is read': {
    sparkConf: Object.fromEntries(
      Array.from({ length: 500 }, (_, i) => [`spark.sql.catalog.acme.some-long-name-of-a-key.${i}`, 'x'.repeat(100)]),
    ),
    hadoopConf: Object.fromEntries(
      Array.from({ length: 500 }, (_, i) => [`parquet.some-long-name-of-a-key.${i}`, 'x'.repeat(100)]),
    ),
    'deps.jars': Array.from({ length: 250 }, (_, i) => `local:///opt/some/longer/path/of/a/file/in/the/image/${i}.jar`),
  },
};

/** What a namespace admits that names it, or allows to relax it; a namespace that does not refuses each of them. */
export const ADMITTED_WHERE_NAMED: Readonly<Record<string, Changes>> = {
  ...each('mainApplicationFile', ['s3a://bucket/a.py']),
  packages: {
    deps: { packages: ['org.acme:jobs:1.2', 'com.acme:one:1'], repositories: ['https://maven.acme.dev/releases/'] },
  },
  'a key by its beginning': { sparkConf: { 'spark.acme.a': 'b', 'spark.acme.c': '${env:NAME}' } },
  'a key': { sparkConf: { 'spark.kubernetes.file.upload.path': 's3a://bucket/x' } },
  'a key of Hadoop': { hadoopConf: { 'fs.s3a.endpoint': 'x' } },
  'a key of Hadoop in sparkConf': { sparkConf: { 'spark.hadoop.fs.s3a.endpoint': 'x' } },
  'a pull secret': { imagePullSecrets: ['known'] },
  'a variable': { [`${SPARK}.env`]: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'known', key: 'a' } } }] },
  'a volume': { [`${EXECUTOR_POD}.volumes`]: [{ name: 'x', secret: { secretName: 'known' } }] },
  'a projected volume': {
    [`${EXECUTOR_POD}.volumes`]: [{ name: 'x', projected: { sources: [{ secret: { name: 'known' } }] } }],
  },
  'a kind of volume': {
    [`${DRIVER_POD}.volumes`]: [{ name: 'x', csi: { driver: 'a', nodePublishSecretRef: { name: 'known' } } }],
  },
  'a field': { [`${DRIVER_POD}.hostAliases`]: [{ ip: '10.0.0.1', hostnames: ['a'] }] },
  'an image': {
    image: 'spark:4.0.4',
    'driver.image': 'docker.io/spark:4.0.4',
    'executor.image': 'docker.io/library/spark:4.0.4',
  },
  'a priority class': { [`${DRIVER_POD}.priorityClassName`]: 'low' },
  'a scheduler': { batchScheduler: 'volcano' },
  'a node': {
    [`${DRIVER_POD}.nodeName`]: 'node-1',
    'executor.affinity': affinity([{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['node-1'] }] }]),
  },
  'a taint': { [`${DRIVER_POD}.tolerations`]: [{ key: 'pool', operator: 'Exists' }] },
  'a writable root': { [`${CONTEXT}.readOnlyRootFilesystem`]: false },
  'a token of executors': { [`${EXECUTOR_POD}.automountServiceAccountToken`]: true },
  'an image that may change': { image: 'registry.acme.dev/jobs/pi' },
};

/** A copy of a specification with changes. */
export function changed(spec: Part, changes: Changes): Part {
  const copy = structuredClone(spec);
  for (const [path, value] of Object.entries(changes)) {
    const fields = path.split('.');
    const last = fields.pop() ?? '';
    let holder = copy;
    for (const field of fields) holder = (holder[field] ??= {}) as Part;
    if (value === undefined) Reflect.deleteProperty(holder, last);
    else holder[last] = value;
  }
  return copy;
}
