import { SparkValidationProps } from '../../lib/validation/validation-settings';
import { PodSecurityLevel } from '../../lib/kubernetes/pod-security-level';
import { RULES } from '../../lib/validation/rules/all-rules';
import {
  Change,
  binding,
  clusterBinding,
  clusterRole,
  container,
  plainProgram as program,
  role,
} from './plain-program';
import { validate, Written } from './validate';

/** A program that breaks a rule, with the findings; or with none, one that comes near and keeps it. */
type Case = readonly [
  name: string,
  program: readonly Written[],
  findings: readonly string[],
  props?: SparkValidationProps,
];

const driver = { kind: 'ServiceAccount', name: 'driver', namespace: 'jobs' };
const executor = { kind: 'ServiceAccount', name: 'executor', namespace: 'jobs' };
const airflow = { kind: 'ServiceAccount', name: 'airflow-worker', namespace: 'airflow' };
const applications = { apiGroups: ['sparkoperator.k8s.io'], resources: ['sparkapplications'] };
const pods = { apiGroups: [''], resources: ['pods'], verbs: ['get'] };

/** Changes the SparkApplication of the program. */
function pi(change: (spec: Parameters<Change>[0]) => void): Written[] {
  return program({ SparkApplication: ({ spec }) => change(spec) });
}

/** The program, whose SparkApplication gets its name from the API server. */
function generated(generateName: string): Written[] {
  return program({
    SparkApplication: ({ metadata }) => {
      delete metadata.name;
      metadata.generateName = generateName;
    },
  });
}

/** Binds a role of the namespace with these rules. */
function bound(subject: Written, ...rules: Written[]): Written[] {
  return program({}, role('more', rules), binding('more', { kind: 'Role', name: 'more' }, [subject]));
}

const SPARK = 'spec.driver.template.spec.containers["spark-kubernetes-driver"]';

const CASES: Readonly<Record<string, readonly Case[]>> = {
  'driver-is-not-default-account': [
    [
      'a driver without an account',
      pi(({ driver: pod }) => delete pod.serviceAccount),
      ['pi: spec.driver.serviceAccount: is missing, which means "default"'],
    ],
    [
      'a driver that names it in its template',
      pi(({ driver: pod }) => {
        delete pod.serviceAccount;
        pod.template.spec.serviceAccountName = 'default';
      }),
      ['pi: spec.driver.serviceAccount: is "default"'],
    ],
    [
      'a server of Spark Connect without an account',
      program({ SparkConnect: ({ spec }) => delete spec.server.template.spec.serviceAccountName }),
      ['notebooks: spec.server.serviceAccount: is missing, which means "default"'],
    ],
    [
      'a driver whose account stands in the template alone',
      pi(({ driver: pod }) => {
        delete pod.serviceAccount;
        pod.template.spec.serviceAccountName = 'driver';
      }),
      [],
    ],
  ],
  'executor-has-own-account': [
    [
      'executors without an account',
      pi(({ executor: pod }) => delete pod.serviceAccount),
      ['pi: spec.executor.serviceAccount: is missing, which means the account of the driver'],
    ],
    [
      'executors with the account of the driver',
      pi(({ executor: pod }) => (pod.serviceAccount = 'driver')),
      ['pi: spec.executor.serviceAccount: is "driver", the account of the driver'],
    ],
    [
      'executors of a schedule with the account of the driver',
      program({ ScheduledSparkApplication: ({ spec }) => (spec.template.executor.serviceAccount = 'driver') }),
      ['nightly: spec.template.executor.serviceAccount: is "driver", the account of the driver'],
    ],
    ['executors with any other account', pi(({ executor: pod }) => (pod.serviceAccount = 'default')), []],
  ],
  'executor-has-no-rights': [
    [
      'a role for executors',
      bound(executor, pods),
      ['more-binding: subjects: ServiceAccount jobs/executor may get pods in namespace jobs, by Role jobs/more'],
    ],
    [
      'a role for executors under the name of their user',
      bound({ kind: 'User', name: 'system:serviceaccount:jobs:executor' }, pods),
      ['more-binding: subjects: ServiceAccount jobs/executor may get pods in namespace jobs, by Role jobs/more'],
    ],
    ['a role for an account of another namespace', bound({ ...executor, namespace: 'other' }, pods), []],
  ],
  'submitter-is-not-driver': [
    [
      'a driver that may write applications',
      bound(driver, { ...applications, verbs: ['get', 'patch'] }),
      [
        'more-binding: subjects: ServiceAccount jobs/driver may get, patch sparkapplications.sparkoperator.k8s.io in namespace jobs, by Role jobs/more',
      ],
    ],
    ['a driver that may read applications', bound(driver, { ...applications, verbs: ['get'] }), []],
    ['somebody else who may write applications', bound(airflow, { ...applications, verbs: ['create'] }), []],
  ],
  'no-secret-access-for-drivers': [
    [
      'a driver that may list secrets',
      bound(driver, pods, { apiGroups: [''], resources: ['configmaps', 'secrets'], verbs: ['list'] }),
      [
        'more-binding: subjects: ServiceAccount jobs/driver may list configmaps, secrets in namespace jobs, by Role jobs/more',
      ],
    ],
    [
      'a driver with the role "edit" that every cluster has',
      program({}, binding('edit', { kind: 'ClusterRole', name: 'edit' }, [driver])),
      [
        'edit-binding: subjects: ServiceAccount jobs/driver may get, list, watch pods/attach, pods/exec, pods/portforward, pods/proxy, secrets, services/proxy in namespace jobs, by ClusterRole edit',
      ],
    ],
    [
      'a driver with the role "view"',
      program({}, binding('view', { kind: 'ClusterRole', name: 'view' }, [driver])),
      [],
    ],
    [
      'a driver with the role "edit" of the program itself',
      program({}, clusterRole('edit', [pods]), binding('edit', { kind: 'ClusterRole', name: 'edit' }, [driver])),
      [],
    ],
    [
      'somebody else who may list secrets',
      bound(airflow, { apiGroups: [''], resources: ['secrets'], verbs: ['list'] }),
      [],
    ],
  ],
  'no-escalation': [
    [
      'a driver that may make tokens, where no account is stronger',
      bound(driver, { apiGroups: [''], resources: ['serviceaccounts/token'], verbs: ['create'] }, pods),
      [],
    ],
    [
      'a driver beside a stronger account',
      program(
        {},
        role('backup', [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }]),
        binding('backup', { kind: 'Role', name: 'backup' }, [{ ...driver, name: 'backup' }]),
      ),
      [
        'driver-binding: subjects: ServiceAccount jobs/driver may create pods in namespace jobs, and so gets the rights of ServiceAccount jobs/backup, among them get secrets in namespace jobs; keep stronger accounts out of the namespace, or give this right in a namespace of its own; RBAC cannot limit as whom pods run',
      ],
    ],
  ],
  'no-cluster-wide-spark-rights': [
    [
      'a submitter for all namespaces',
      program(
        {},
        clusterRole('submit', [{ ...applications, verbs: ['create'] }]),
        clusterBinding('submit', 'submit', [airflow]),
      ),
      [
        'submit-binding: subjects: ServiceAccount airflow/airflow-worker may create sparkapplications.sparkoperator.k8s.io in all namespaces, by ClusterRole submit',
      ],
    ],
    [
      'a reader of the status everywhere',
      program(
        {},
        clusterRole('status', [{ ...applications, resources: ['sparkapplications/status'], verbs: ['get'] }]),
        clusterBinding('status', 'status', [airflow]),
      ),
      [
        'status-binding: subjects: ServiceAccount airflow/airflow-worker may get sparkapplications.sparkoperator.k8s.io/status in all namespaces, by ClusterRole status',
      ],
    ],
    [
      'the same role in one namespace',
      program(
        {},
        clusterRole('submit', [{ ...applications, verbs: ['create'] }]),
        binding('submit', { kind: 'ClusterRole', name: 'submit' }, [airflow]),
      ),
      [],
    ],
    [
      'another right for all namespaces',
      program(
        {},
        clusterRole('nodes', [{ ...pods, resources: ['nodes'] }]),
        clusterBinding('nodes', 'nodes', [airflow]),
      ),
      [],
    ],
  ],
  'no-wildcard-verbs': [
    [
      'a role with all verbs',
      program({}, role('all', [pods, { ...pods, verbs: ['*'] }])),
      ['all: rules[1]: has a wildcard among its verbs'],
    ],
    [
      'a binding to cluster-admin',
      program({}, clusterBinding('root', 'cluster-admin', [airflow])),
      ['root-binding: roleRef: ClusterRole cluster-admin has a wildcard among its verbs'],
    ],
    ['a role with wildcards elsewhere', program({}, role('all', [{ ...pods, resources: ['*'] }])), []],
  ],
  'no-wildcard-resources': [
    [
      'a role with all resources',
      program({}, role('all', [{ ...pods, resources: ['*'] }])),
      ['all: rules[0]: has a wildcard among its resources'],
    ],
    [
      'a role with a subresource of everything',
      program({}, role('all', [{ ...pods, resources: ['*/log'] }])),
      ['all: rules[0]: has a wildcard among its resources'],
    ],
    [
      'a role with all groups',
      program({}, role('all', [{ ...pods, apiGroups: ['*'] }])),
      ['all: rules[0]: has a wildcard among its resources'],
    ],
    [
      'a role with all paths',
      program({}, clusterRole('all', [{ nonResourceURLs: ['*'], verbs: ['get'] }])),
      ['all: rules[0]: has a wildcard among its resources'],
    ],
    [
      'a role with the paths below one',
      program({}, clusterRole('all', [{ nonResourceURLs: ['/metrics/*'], verbs: ['get'] }])),
      [],
    ],
  ],
  'no-everyone-bindings': [
    [
      'a binding to everybody',
      bound({ kind: 'Group', name: 'system:authenticated' }, pods),
      ['more-binding: subjects[0]: "system:authenticated" is everybody with a credential of the cluster'],
    ],
    [
      'a binding to all accounts of the namespace',
      bound({ kind: 'Group', name: 'system:serviceaccounts:jobs' }, pods),
      ['more-binding: subjects[0]: "system:serviceaccounts:jobs" is all pods of namespace jobs'],
    ],
    ['a binding to a user of such a name', bound({ kind: 'User', name: 'system:authenticated' }, pods), []],
    ['a binding to a group', bound({ kind: 'Group', name: 'acme:engineers' }, pods), []],
  ],
  'bindings-resolve': [
    [
      'a binding to a role that is not there',
      program({}, binding('more', { kind: 'Role', name: 'more' }, [airflow])),
      [
        'more-binding: RoleBinding jobs/more-binding: roleRef: Role jobs/more is not among the manifests, so its rules are not known and count for nothing',
      ],
    ],
    [
      'a subject without a namespace in a RoleBinding, which means its own (case 19)',
      bound({ kind: 'ServiceAccount', name: 'driver' }, pods),
      [],
    ],
    [
      'a subject without a namespace in a ClusterRoleBinding, which the API server refuses (case 19)',
      program({}, clusterBinding('more', 'view', [{ kind: 'ServiceAccount', name: 'driver' }])),
      [
        'more-binding: ClusterRoleBinding more-binding: subjects[0].namespace: is missing; name the namespace of the service account; the API server refuses the object, so it is left out',
      ],
    ],
    [
      "a role of Kubernetes' own, which no program has",
      program({}, clusterBinding('delegation', 'system:auth-delegator', [airflow])),
      [],
    ],
    [
      'a role that every cluster has',
      program({}, binding('view', { kind: 'ClusterRole', name: 'view' }, [airflow])),
      [],
    ],
  ],
  'manifests-are-understood': [
    [
      'a kind that nobody knows',
      program({}, { apiVersion: 'v1', kind: 'Secert', metadata: { name: 'key', namespace: 'jobs' } }),
      ['key: kind: "Secert" is no kind of v1 that is known, and is ignored'],
    ],
    [
      'a kind of somebody else',
      program({}, { apiVersion: 'acme.dev/v1', kind: 'Widget', metadata: { name: 'key', namespace: 'jobs' } }),
      [],
    ],
  ],
  'pods-are-restricted': [
    [
      'a container that may gain privileges',
      pi(({ driver: pod }) => delete pod.template.spec.containers[0].securityContext.allowPrivilegeEscalation),
      [`pi: ${SPARK}: container "spark-kubernetes-driver" does not set allowPrivilegeEscalation to false`],
    ],
    [
      "a context of the operator's own field, which replaces that of the template",
      pi(({ driver: pod }) => (pod.podSecurityContext = { runAsUser: 0 })),
      [
        'pi: spec.driver.podSecurityContext: the pod runs as user 0',
        `pi: ${SPARK}: container "spark-kubernetes-driver" does not set runAsNonRoot to true`,
        `pi: ${SPARK}: container "spark-kubernetes-driver" has no seccomp profile`,
      ],
    ],
    [
      'a sidecar of an executor',
      pi(({ executor: pod }) => (pod.sidecars = [{ ...container('proxy'), securityContext: { privileged: true } }])),
      [
        'pi: spec.executor.sidecars["proxy"]: container "proxy" is privileged',
        'pi: spec.executor.sidecars["proxy"]: container "proxy" does not set allowPrivilegeEscalation to false',
        'pi: spec.executor.sidecars["proxy"]: container "proxy" does not drop ALL capabilities',
      ],
    ],
    [
      'the network of the node',
      pi(({ driver: pod }) => (pod.hostNetwork = true)),
      ['pi: spec.driver.hostNetwork: hostNetwork is true'],
    ],
    [
      'no template, so that Spark makes a container of its own',
      pi(({ executor: pod }) => delete pod.template),
      [
        'pi: spec.executor: container "spark-kubernetes-executor" does not set allowPrivilegeEscalation to false',
        'pi: spec.executor: container "spark-kubernetes-executor" does not drop ALL capabilities',
        'pi: spec.executor: container "spark-kubernetes-executor" does not set runAsNonRoot to true',
        'pi: spec.executor: container "spark-kubernetes-executor" has no seccomp profile',
      ],
    ],
    [
      'a field of a wrong type',
      pi(({ driver: pod }) => (pod.template.spec.containers[0].securityContext.privileged = 'true')),
      [`pi: ${SPARK}.securityContext.privileged: is a string; expected a boolean`],
    ],
    [
      "the operator's own fields, without a webhook that would write them into the pod",
      pi(fieldsForTemplate),
      [
        'pi: spec.driver: container "spark-kubernetes-driver" does not set allowPrivilegeEscalation to false',
        'pi: spec.driver: container "spark-kubernetes-driver" does not drop ALL capabilities',
        'pi: spec.driver: container "spark-kubernetes-driver" does not set runAsNonRoot to true',
        'pi: spec.driver: container "spark-kubernetes-driver" has no seccomp profile',
      ],
      { webhook: false },
    ],
    ["the operator's own fields, which its webhook writes into the pod", pi(fieldsForTemplate), []],
    [
      'a container that the standard "baseline" allows',
      pi(({ driver: pod }) => (pod.securityContext = { readOnlyRootFilesystem: true })),
      [],
      { podSecurity: PodSecurityLevel.BASELINE },
    ],
    [
      'a directory of the node in a volume of a template',
      pi(({ driver: pod }) => pod.template.spec.volumes.push({ name: 'node', hostPath: { path: '/' } })),
      ['pi: spec.driver.template.spec.volumes["node"]: volume "node" is a hostPath'],
    ],
    [
      'a directory of the node in a volume of all pods, which is told once',
      pi((spec) => (spec.volumes = [{ name: 'node', hostPath: { path: '/' } }])),
      ['pi: spec.volumes["node"]: volume "node" is a hostPath'],
    ],
    [
      'a directory of the node in the configuration',
      pi(({ sparkConf }) => (sparkConf['spark.kubernetes.executor.volumes.hostPath.a.mount.path'] = '/a')),
      ['pi: spec.sparkConf["spark.kubernetes.executor.volumes.hostPath.a.mount.path"]: volume "a" is a hostPath'],
    ],
    [
      'volumes of the allowed kinds',
      pi(
        (spec) =>
          (spec.volumes = [
            { name: 'a', downwardAPI: {} },
            { name: 'b', projected: { sources: [] } },
          ]),
      ),
      [],
    ],
  ],
  'read-only-root-filesystem': [
    [
      'a sidecar that can write',
      pi(({ driver: pod }) => {
        const proxy = container('proxy');
        pod.sidecars = [
          { ...proxy, securityContext: { ...(proxy.securityContext as object), readOnlyRootFilesystem: false } },
        ];
      }),
      ['pi: spec.driver.sidecars["proxy"]: container "proxy" can write to its root file system'],
    ],
    [
      'no template',
      pi(({ driver: pod }) => delete pod.template),
      ['pi: spec.driver: container "spark-kubernetes-driver" can write to its root file system'],
    ],
    ['a sidecar that cannot write', pi(({ driver: pod }) => (pod.sidecars = [container('proxy')])), []],
  ],
  'writable-tmp-when-read-only': [
    [
      'no volume',
      pi(({ driver: pod }) => delete pod.template.spec.containers[0].volumeMounts),
      [`pi: ${SPARK}: container "spark-kubernetes-driver" has no writable volume at /tmp`],
    ],
    [
      'a volume that nobody can write to',
      pi(({ driver: pod }) => (pod.template.spec.volumes[0] = { name: 'tmp', configMap: { name: 'x' } })),
      [`pi: ${SPARK}: container "spark-kubernetes-driver" has no writable volume at /tmp`],
    ],
    [
      'a mount for reading',
      pi(({ driver: pod }) => (pod.template.spec.containers[0].volumeMounts[0].readOnly = true)),
      [`pi: ${SPARK}: container "spark-kubernetes-driver" has no writable volume at /tmp`],
    ],
    [
      'a mount without a volume',
      pi(({ driver: pod }) => delete pod.template.spec.volumes),
      [`pi: ${SPARK}: container "spark-kubernetes-driver" has no writable volume at /tmp`],
    ],
    [
      'a writable root',
      pi(({ driver: pod }) => {
        delete pod.template.spec.containers[0].volumeMounts;
        pod.template.spec.containers[0].securityContext.readOnlyRootFilesystem = false;
      }),
      [],
    ],
    [
      'another directory for temporary files',
      pi(({ driver: pod }) => {
        pod.javaOptions = '-XX:+UseG1GC -Djava.io.tmpdir=/scratch/tmp';
        pod.template.spec.containers[0].volumeMounts[0].mountPath = '/scratch/';
      }),
      [],
    ],
    [
      "a volume of Spark's configuration",
      pi(({ driver: pod, sparkConf }) => {
        delete pod.template.spec.containers[0].volumeMounts;
        sparkConf['spark.kubernetes.driver.volumes.emptyDir.tmp.mount.path'] = '/tmp';
      }),
      [],
    ],
    [
      "a mount of the operator's own fields",
      pi((spec) => {
        delete spec.driver.template.spec.containers[0].volumeMounts;
        spec.volumes = [{ name: 'scratch', emptyDir: {} }];
        spec.driver.volumeMounts = [{ name: 'scratch', mountPath: '/tmp' }];
      }),
      [],
    ],
  ],
  'no-executor-api-token': [
    [
      'a pod that says nothing',
      pi(({ executor: pod }) => delete pod.template.spec.automountServiceAccountToken),
      ['pi: spec.executor.template.spec.automountServiceAccountToken: executors mount a token of the Kubernetes API'],
    ],
    [
      'a volume with a token',
      pi(
        ({ executor: pod }) =>
          (pod.template.spec.volumes = [
            { name: 'tmp', emptyDir: {} },
            { name: 'token', projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } },
          ]),
      ),
      ['pi: spec.executor.template.spec.volumes["token"]: volume "token" holds a token of the Kubernetes API'],
    ],
    [
      'an account that mounts no token',
      program({
        SparkApplication: ({ spec }) => delete spec.executor.template.spec.automountServiceAccountToken,
        ServiceAccount: (account) => (account.automountServiceAccountToken = false),
      }),
      [],
    ],
    [
      'executors without an account, which run as their driver',
      program({
        SparkApplication: ({ spec }) => {
          delete spec.executor.template.spec.automountServiceAccountToken;
          delete spec.executor.serviceAccount;
        },
        ServiceAccount: (account) => (account.automountServiceAccountToken = false),
      }),
      [],
    ],
    [
      'a token for another audience',
      pi(({ executor: pod }) =>
        pod.template.spec.volumes.push({
          name: 'cloud',
          projected: { sources: [{ serviceAccountToken: { audience: 'sts.amazonaws.com' } }] },
        }),
      ),
      [],
    ],
  ],
  'pinned-images': [
    [
      'an image without a tag',
      pi((spec) => (spec.image = 'registry.acme.dev:5000/pi')),
      [
        'pi: spec.image: the image "registry.acme.dev:5000/pi" has no tag, so that a restart may run another program; give it a tag of its version or a digest',
      ],
    ],
    [
      'the latest image of a sidecar',
      pi(({ driver: pod }) => (pod.sidecars = [{ ...container('proxy'), image: 'proxy:latest' }])),
      [
        'pi: spec.driver.sidecars["proxy"].image: container "proxy": the image "proxy:latest" has the tag latest, so that a restart may run another program; give it a tag of its version or a digest',
      ],
    ],
    ['a digest', pi((spec) => (spec.image = `pi@sha256:${'a'.repeat(64)}`)), []],
  ],
  'images-from-known-registries': [
    [
      'an image from elsewhere',
      pi((spec) => (spec.driver.image = 'apache/spark:4.0.4')),
      ['pi: spec.driver.image: the image "apache/spark:4.0.4" is from none of registry.acme.dev, docker.io/acme'],
      { registries: ['registry.acme.dev', 'docker.io/acme'] },
    ],
    [
      'an image of a registry whose name begins so',
      pi((spec) => (spec.image = 'registry.acme.dev.evil.example/pi:1')),
      ['pi: spec.image: the image "registry.acme.dev.evil.example/pi:1" is from none of registry.acme.dev'],
      { registries: ['registry.acme.dev'] },
    ],
    [
      'an image of a folder',
      pi((spec) => (spec.driver.image = 'acme/spark:4.0.4')),
      [],
      { registries: ['registry.acme.dev', 'docker.io/acme'] },
    ],
    ['any image where no registry is named', pi((spec) => (spec.image = 'elsewhere.example/pi:1')), []],
  ],
  'resources-limited': [
    [
      'a driver without a limit of CPU',
      pi(({ driver: pod }) => delete pod.coreLimit),
      [`pi: ${SPARK}: container "spark-kubernetes-driver" has no limit of cpu`],
    ],
    [
      'an init container without limits',
      pi(({ executor: pod }) => {
        pod.initContainers = [{ ...container('fetch'), resources: {} }];
      }),
      ['pi: spec.executor.initContainers["fetch"]: container "fetch" has no limit of cpu and memory'],
    ],
    [
      'a server of Spark Connect, whose pod Spark does not make',
      program({ SparkConnect: ({ spec }) => delete spec.server.template.spec.containers[0].resources.limits.memory }),
      [
        'notebooks: spec.server.template.spec.containers["spark-kubernetes-driver"]: container "spark-kubernetes-driver" has no limit of memory',
      ],
    ],
    [
      'a limit of the configuration',
      pi(({ driver: pod, sparkConf }) => {
        delete pod.coreLimit;
        sparkConf['spark.kubernetes.driver.limit.cores'] = '1';
      }),
      [],
    ],
    [
      'a default of the namespace',
      [
        ...pi(({ driver: pod }) => delete pod.coreLimit),
        {
          apiVersion: 'v1',
          kind: 'LimitRange',
          metadata: { name: 'defaults', namespace: 'jobs' },
          spec: { limits: [{ type: 'Container', default: { cpu: '1' } }] },
        },
      ],
      [],
    ],
  ],
  'no-plain-secrets': [
    [
      'values under telling names, which are not shown',
      pi((spec) => {
        spec.sparkConf['spark.acme.password'] = 'hunter2';
        spec.hadoopConf = { 'fs.s3a.secret.key': 'hunter2' };
        spec.arguments = ['--token', 'hunter2'];
        spec.driver.javaOptions = '-Dacme.password=hunter2';
        spec.driver.env = [{ name: 'DB_PASSWORD', value: 'hunter2' }];
        spec.executor.envVars = { API_TOKEN: 'hunter2' };
        spec.executor.sidecars = [{ ...container('proxy'), args: ['--secret=hunter2'] }];
      }),
      [
        'pi: spec.sparkConf["spark.acme.password"]:',
        'pi: spec.hadoopConf["fs.s3a.secret.key"]:',
        'pi: spec.arguments: argument "token"',
        'pi: spec.driver.javaOptions: "acme.password"',
        'pi: spec.driver.env["DB_PASSWORD"]: variable DB_PASSWORD',
        'pi: spec.executor.envVars["API_TOKEN"]: variable API_TOKEN',
        'pi: spec.executor.sidecars["proxy"]: container "proxy": argument "secret"',
      ].map((place) => `${place} holds a secret in plain text`),
    ],
    [
      'values under telling names that the namespace says are none',
      program({
        Namespace: ({ metadata }) => {
          metadata.annotations = { 'cdk8s-spark/not-secret': 'TOKEN_ISSUER: an address' };
        },
        SparkApplication: ({ spec }) => (spec.driver.env = [{ name: 'TOKEN_ISSUER', value: 'x' }]),
      }),
      [],
    ],
    [
      'references',
      pi((spec) => {
        spec.sparkConf['spark.acme.password'] = '${env:DB_PASSWORD}';
        spec.sparkConf['spark.kubernetes.driver.secretKeyRef.DB_PASSWORD'] = 'database:password';
        spec.arguments = ['--token', '$(API_TOKEN)'];
        spec.driver.env = [{ name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'database', key: 'password' } } }];
      }),
      [],
    ],
  ],
  encryption: [
    [
      'spills in plain text',
      pi(({ sparkConf }) => (sparkConf['spark.io.encryption.enabled'] = 'false')),
      ['pi: spec.sparkConf["spark.io.encryption.enabled"]: is not "true"'],
    ],
    [
      'no configuration at all',
      program({ SparkConnect: ({ spec }) => delete spec.sparkConf }),
      ['spark.authenticate', 'spark.network.crypto.enabled', 'spark.io.encryption.enabled'].map(
        (key) => `notebooks: spec.sparkConf["${key}"]: is not "true"`,
      ),
    ],
  ],
  'no-sparkconf-escape': [
    [
      'keys that shape pods or are read by spark-submit',
      pi(({ sparkConf }) => {
        sparkConf['spark.kubernetes.driver.pod.featureSteps'] = 'dev.evil.Step';
        sparkConf['spark.master'] = 'local';
        sparkConf['spark.jars.packages'] = 'dev.evil:steps:1';
        sparkConf['spark.kerberos.keytab'] = '/etc/passwd';
        sparkConf['spark.jars.ivy'] = '/opt/spark';
      }),
      [
        'pi: spec.sparkConf["spark.kubernetes.driver.pod.featureSteps"]: it shapes pods beside their templates, or loads a class into the controller of the operator',
        'pi: spec.sparkConf["spark.master"]: the operator manages it and refuses it',
        'pi: spec.sparkConf["spark.jars.packages"]: spark-submit reads it in the controller of the operator, with its identity',
        'pi: spec.sparkConf["spark.kerberos.keytab"]: spark-submit reads it in the controller of the operator, with its identity',
        'pi: spec.sparkConf["spark.jars.ivy"]: spark-submit reads it in the controller of the operator, with its identity',
      ],
    ],
    [
      "classes and settings of Hadoop's that the controller would use",
      pi((spec) => {
        spec.sparkConf['spark.hadoop.fs.evil.impl'] = 'dev.evil.FileSystem';
        spec.hadoopConf = {
          'fs.s3a.aws.credentials.provider': 'dev.evil.Provider',
          'hadoop.security.authentication': 'simple',
        };
      }),
      [
        'pi: spec.sparkConf["spark.hadoop.fs.evil.impl"]: it names a class that the controller of the operator may load',
        'pi: spec.hadoopConf["fs.s3a.aws.credentials.provider"]: it names a class that the controller of the operator may load',
        'pi: spec.hadoopConf["hadoop.security.authentication"]: it changes how the controller of the operator is authenticated',
      ],
    ],
    [
      'ordinary keys',
      pi((spec) => {
        spec.sparkConf['spark.sql.shuffle.partitions'] = '10';
        spec.sparkConf['spark.acme.region'] = 'eu';
        spec.sparkConf['spark.jars.ivy'] = '/tmp/.ivy2/jobs/pi';
        spec.sparkConf['spark.kubernetes.allocation.batch.size'] = '10';
        spec.sparkConf['spark.kubernetes.executor.volumes.emptyDir.a.mount.path'] = '/a';
        spec.hadoopConf = {
          'fs.s3a.endpoint': 's3.acme.dev',
          'fs.s3a.aws.credentials.provider':
            'software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider',
        };
      }),
      [],
    ],
    [
      'keys that the properties name',
      pi((spec) => {
        spec.sparkConf['spark.kubernetes.driver.label.team'] = 'a';
        spec.hadoopConf = { 'fs.acme.impl': 'dev.acme.FileSystem' };
      }),
      [],
      { sparkConf: ['spark.kubernetes.driver.label.', 'spark.hadoop.fs.acme.impl'] },
    ],
  ],
  'main-file-is-safe': [
    [
      'an option in place of a file',
      pi((spec) => (spec.mainApplicationFile = '--conf=spark.master=local')),
      [
        'pi: spec.mainApplicationFile "--conf=spark.master=local" begins with "-", so that spark-submit reads it as an option; give a URI',
      ],
    ],
    [
      'a file of the controller among the dependencies',
      pi((spec) => (spec.deps = { jars: ['local:///opt/a.jar', '/etc/passwd'], files: [5] })),
      [
        'pi: spec.deps.jars[1] "/etc/passwd" has no scheme, so that it means a file of the controller; write local:///path for a file of the image',
        'pi: spec.deps.files[0]: is no text; expected a URI',
      ],
    ],
    ['a file in a storage', pi((spec) => (spec.mainApplicationFile = 's3a://acme/pi.py')), []],
    ['an archive with a name', pi((spec) => (spec.deps = { archives: ['s3a://acme/env.tgz#env'] })), []],
  ],
  'submission-is-ordinary': [
    ['client mode', pi((spec) => (spec.mode = 'client')), ['pi: spec.mode: is "client"']],
    ['another user', pi((spec) => (spec.proxyUser = 'hdfs')), ['pi: spec.proxyUser: is "hdfs"']],
    [
      'a shell of Spark',
      pi((spec) => (spec.mainClass = 'org.apache.spark.repl.Main')),
      ['pi: spec.mainClass: is "org.apache.spark.repl.Main"'],
    ],
    ['a class of the application', pi((spec) => (spec.mainClass = 'dev.acme.Pi')), []],
  ],
  'references-are-replaced': [
    [
      'references that their readers do not know, or do not know yet',
      pi((spec) => {
        spec.sparkConf['spark.sql.catalog.pg.url'] = 'jdbc:postgresql://${env:HOST}/acme';
        spec.hadoopConf = { 'fs.s3a.endpoint': '${env:HOST}' };
        spec.driver.env = [
          { name: 'URL', value: 'https://$(HOST)/' },
          { name: 'HOST', value: 's3.acme.dev' },
        ];
      }),
      [
        'pi: spec.sparkConf["spark.sql.catalog.pg.url"]: "${env:HOST}" stays as it is written; give it as an environment ' +
          'variable by reference and write "env:NAME", which the catalog replaces if it is Iceberg\'s REST catalog, else ' +
          'leave it out and set it in the program from an environment variable by reference, as in ' +
          'SparkSession.builder.config("spark.sql.catalog.pg.url", os.environ["NAME"])',
        'pi: spec.hadoopConf["fs.s3a.endpoint"]: "${env:HOST}" stays as it is written; give it as an environment variable ' +
          'by reference and write "${env.NAME}", which Hadoop replaces',
        'pi: spec.driver.env["URL"]: "$(HOST)" stays as it is written, since HOST comes after it',
      ],
    ],
    [
      'references that they know',
      pi((spec) => {
        spec.sparkConf['spark.sql.warehouse.dir'] = 's3a://${env:BUCKET}/warehouse';
        spec.hadoopConf = { 'fs.s3a.endpoint': '${env.HOST}' };
        spec.driver.env = [
          { name: 'HOST', value: 's3.acme.dev' },
          { name: 'URL', value: 'https://$(HOST)/' },
        ];
      }),
      [],
    ],
  ],
  'resources-have-vendors': [
    [
      'a resource without a vendor (case 8)',
      pi(({ sparkConf }) => (sparkConf['spark.executor.resource.gpu.amount'] = '1')),
      [
        'pi: spec: sparkConf["spark.executor.resource.gpu.vendor"] is required, since Spark asks for <vendor>/gpu; ' +
          "pass the domain of the vendor, as in 'spark.executor.resource.gpu.vendor': 'nvidia.com'",
      ],
    ],
    [
      'a resource with one (case 8)',
      pi(({ sparkConf }) => {
        sparkConf['spark.executor.resource.gpu.amount'] = '1';
        sparkConf['spark.executor.resource.gpu.vendor'] = 'nvidia.com';
      }),
      [],
    ],
  ],
  'namespace-enforces-pod-security': [
    [
      'a namespace without the label',
      program({ Namespace: ({ metadata }) => delete metadata.labels }),
      ['jobs: metadata.labels["pod-security.kubernetes.io/enforce"]: is missing'],
    ],
    [
      'a weaker level',
      program({ Namespace: ({ metadata }) => (metadata.labels['pod-security.kubernetes.io/enforce'] = 'baseline') }),
      ['jobs: metadata.labels["pod-security.kubernetes.io/enforce"]: is "baseline"'],
    ],
    [
      'a level that does not exist',
      program({ Namespace: ({ metadata }) => (metadata.labels['pod-security.kubernetes.io/enforce'] = 'strict') }),
      ['jobs: metadata.labels["pod-security.kubernetes.io/enforce"]: is "strict"'],
    ],
    [
      'the level that is asked for',
      program({ Namespace: ({ metadata }) => (metadata.labels['pod-security.kubernetes.io/enforce'] = 'baseline') }),
      [],
      { podSecurity: PodSecurityLevel.BASELINE },
    ],
    ['a namespace without jobs', program({}, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'web' } }), []],
  ],
  'namespace-is-isolated': [
    [
      'a policy for some pods',
      program({ NetworkPolicy: ({ spec }) => (spec.podSelector = { matchLabels: { a: 'b' } }) }),
      ['Ingress', 'Egress'].map((type) => `jobs: metadata.name: no NetworkPolicy closes ${type} of namespace "jobs"`),
    ],
    [
      'a policy in one direction, by default',
      program({ NetworkPolicy: ({ spec }) => delete spec.policyTypes }),
      ['jobs: metadata.name: no NetworkPolicy closes Egress of namespace "jobs"'],
    ],
    [
      'a policy that lets everything out',
      program({ NetworkPolicy: ({ spec }) => (spec.egress = [{}]) }),
      ['jobs: metadata.name: no NetworkPolicy closes Egress of namespace "jobs"'],
    ],
    [
      'a policy of another namespace',
      program({ NetworkPolicy: ({ metadata }) => (metadata.namespace = 'web') }),
      ['Ingress', 'Egress'].map((type) => `jobs: metadata.name: no NetworkPolicy closes ${type} of namespace "jobs"`),
    ],
    [
      'a policy that lets some out',
      program({ NetworkPolicy: ({ spec }) => (spec.egress = [{ ports: [{ port: 53 }] }]) }),
      [],
    ],
  ],
  'guard-is-bound': [
    [
      'a policy that is not bound',
      program({ ValidatingAdmissionPolicyBinding: ({ spec }) => (spec.policyName = 'another') }),
      ['jobs: metadata.name: no ValidatingAdmissionPolicy for applications is bound to namespace "jobs"'],
    ],
    [
      'a binding that only warns',
      program({ ValidatingAdmissionPolicyBinding: ({ spec }) => (spec.validationActions = ['Warn']) }),
      ['jobs: metadata.name: no ValidatingAdmissionPolicy for applications is bound to namespace "jobs"'],
    ],
    [
      'a binding to another namespace',
      program({ ValidatingAdmissionPolicyBinding: ({ spec }) => (spec.matchResources = onNamespace('In', 'web')) }),
      ['jobs: metadata.name: no ValidatingAdmissionPolicy for applications is bound to namespace "jobs"'],
    ],
    [
      'a policy for other kinds',
      program({
        ValidatingAdmissionPolicy: ({ spec }) => (spec.matchConstraints.resourceRules[0].apiGroups = ['apps']),
      }),
      ['jobs: metadata.name: no ValidatingAdmissionPolicy for applications is bound to namespace "jobs"'],
    ],
    [
      'a binding by the name of the namespace',
      program({ ValidatingAdmissionPolicyBinding: ({ spec }) => (spec.matchResources = onNamespace('In', 'jobs')) }),
      [],
    ],
    [
      'a binding to all other namespaces',
      program({ ValidatingAdmissionPolicyBinding: ({ spec }) => (spec.matchResources = onNamespace('NotIn', 'web')) }),
      [],
    ],
    [
      'a binding to all namespaces',
      program({ ValidatingAdmissionPolicyBinding: ({ spec }) => delete spec.matchResources }),
      [],
    ],
  ],
  'names-fit': [
    [
      'a schedule without room for the times of its runs',
      program({ ScheduledSparkApplication: ({ metadata }) => (metadata.name = 'n'.repeat(44)) }),
      [
        `${'n'.repeat(44)}: metadata.name: ScheduledSparkApplication name "${'n'.repeat(44)}" has 44 characters; at most 43 are possible: choose a shorter one with the name property`,
      ],
    ],
    [
      'a server of Spark Connect',
      program({ SparkConnect: ({ metadata }) => (metadata.name = 'n'.repeat(57)) }),
      [
        `${'n'.repeat(57)}: metadata.name: SparkConnect name "${'n'.repeat(57)}" has 57 characters; at most 56 are possible: choose a shorter one with the name property`,
      ],
    ],
    [
      'a prefix without room for what the API server adds (case 13)',
      generated('n'.repeat(59)),
      [
        `SparkApplication jobs/${'n'.repeat(59)}*: metadata.generateName: SparkApplication name "${'n'.repeat(59)}xxxxx" has 64 characters; at most 63 are possible: choose a shorter one with the name property`,
      ],
    ],
    [
      'a name that begins with a digit',
      program({ SparkApplication: ({ metadata }) => (metadata.name = '3d') }),
      [
        '3d: metadata.name: SparkApplication name "3d" is no DNS label; use lower-case letters, digits and "-", start with a letter and end with a letter or digit: set one with the name property',
      ],
    ],
    [
      'the longest names',
      program({
        SparkApplication: ({ metadata }) => (metadata.name = 'n'.repeat(63)),
        ScheduledSparkApplication: ({ metadata }) => (metadata.name = 'n'.repeat(43)),
        SparkConnect: ({ metadata }) => (metadata.name = 'n'.repeat(56)),
      }),
      [],
    ],
  ],
  'applications-are-whole': [
    [
      'an application whose indentation is lost (case 13)',
      program({
        SparkApplication: (manifest) => {
          Object.assign(manifest, manifest.spec, manifest.metadata, { metadata: null, spec: null });
        },
      }),
      ['SparkApplication: metadata.name and spec are missing'],
    ],
    [
      'an application with an empty specification (case 13)',
      program({ SparkApplication: (manifest) => (manifest.spec = {}) }),
      ['pi: spec is missing'],
    ],
    ['an application whose name the API server makes (case 13)', generated('pi-'), []],
  ],
  'fields-are-known': [
    [
      'fields that the API does not have (case 12)',
      pi((spec) => {
        spec.kerberos = { principal: 'a' };
        spec.timeToLiveSecond = 60;
        spec.driver.nodeSelectors = { disk: 'ssd' };
        spec.executor.template.spec.contaners = [];
      }),
      [
        'pi: spec.driver.nodeSelectors: is no field there, and the cluster would ignore it in silence; did you mean "nodeSelector"?',
        'pi: spec.executor.template.spec.contaners: is no field there, and the cluster would ignore it in silence; did you mean "containers"?',
        'pi: spec.kerberos: is no field there, and the cluster would ignore it in silence; move it to where it belongs, or leave it out',
        'pi: spec.timeToLiveSecond: is no field there, and the cluster would ignore it in silence; did you mean "timeToLiveSeconds"?',
      ],
    ],
    [
      'a field of a schedule and one of a Connect server (case 12)',
      program({
        ScheduledSparkApplication: ({ spec }) => (spec.template.driver.labls = {}),
        SparkConnect: ({ spec }) => (spec.server.env = []),
      }),
      [
        'nightly: spec.template.driver.labls: is no field there, and the cluster would ignore it in silence; did you mean "labels"?',
        'notebooks: spec.server.env: is no field there, and the cluster would ignore it in silence; move it to where it belongs, or leave it out',
      ],
    ],
    [
      'fields of the API, and keys of its maps',
      pi((spec) => {
        spec.timeToLiveSeconds = 60;
        spec.driver.nodeSelector = { nodeSelectors: 'ssd' };
        spec.executor.tolerations = [{ key: 'spot', operator: 'Exists' }];
      }),
      [],
    ],
  ],
  'fields-are-accepted': [
    [
      'values that the API server refuses (case 5)',
      pi((spec) => {
        spec.mode = 'clustr';
        spec.driver.cores = 0;
        spec.driver.tolerations = [{ key: 'spot', operator: 'Exist' }];
        spec.executor.sidecars = [{ name: 'a', image: 'b/c:1', resources: { limits: { cpu: 1, memory: '1GB' } } }];
        spec.executor.template.spec.dnsPolicy = 'None';
        spec.volumes = [{ name: 'a', emptyDir: {}, secret: { secretName: 'b' } }];
        delete spec.sparkVersion;
      }),
      [
        'pi: spec.sparkVersion: is required; set it',
        'pi: spec.mode: is "clustr"; pass "cluster" or "client"',
        'pi: spec.driver.tolerations[0].operator: is "Exist"; pass "Equal", "Exists", "Gt" or "Lt"',
        'pi: spec.executor.template.spec.dnsPolicy: is "None"; set dnsConfig.nameservers too',
        'pi: spec.executor.sidecars[0].resources.limits["memory"]: is "1GB", which is no quantity; pass a number with a suffix of Kubernetes, such as "500m", "1Gi" or "1G"',
        'pi: spec.volumes[0]: sets both emptyDir and secret; keep one of them',
      ],
    ],
    [
      'fewer cores than one (case 5)',
      pi(({ driver: pod }) => (pod.cores = 0)),
      ['pi: spec.driver.cores: is 0; pass a whole number, at least 1'],
    ],
    [
      'a string for a number (case 22)',
      pi(({ driver: pod }) => (pod.cores = '2')),
      ['pi: spec.driver.cores: is the string "2"; pass a whole number'],
    ],
    ['values that it accepts', pi(({ driver: pod }) => (pod.tolerations = [{ operator: 'Exists' }])), []],
  ],
};

function onNamespace(operator: string, name: string): Written {
  const matchExpressions = [{ key: 'kubernetes.io/metadata.name', operator, values: [name] }];
  return { namespaceSelector: { matchExpressions } };
}

/** The driver's contexts in the operator's own fields, and no template. */
function fieldsForTemplate({ driver: pod }: Parameters<Change>[0]): void {
  pod.securityContext = { ...pod.template.spec.containers[0].securityContext, readOnlyRootFilesystem: false };
  pod.podSecurityContext = pod.template.spec.securityContext;
  delete pod.template;
}

test('a program without any construct of this library may keep every rule', async () => {
  const { found, log, success } = await validate(program());
  expect(found).toEqual([]);
  expect(log).toEqual([]);
  expect(success).toBe(true);
});

test('every rule has cases that break it', () => {
  const broken = Object.keys(CASES).filter((rule) => CASES[rule].some(([, , findings]) => findings.length > 0));
  expect(broken.sort()).toEqual(RULES.map(({ name }) => name).sort());
});

describe.each(Object.entries(CASES))('%s', (rule, cases) => {
  for (const [name, manifests, findings, props] of cases) {
    test(`is ${findings.length === 0 ? 'kept' : 'broken'} by ${name}`, async () => {
      const { found, success } = await validate(manifests, props);
      const ofRule = found.filter((each) => each.startsWith(`${rule}: `));
      expect(ofRule).toEqual(findings.map((each) => `${rule}: ${each}`));
      expect(success).toBe(found.length === 0);
    });
  }
});

test('an application whose indentation is lost has one finding, and no other rule judges it (case 13)', async () => {
  const lost = { apiVersion: 'sparkoperator.k8s.io/v1beta2', kind: 'SparkApplication', metadata: null, name: 'pi' };
  const { found } = await validate([{ ...lost, spec: null, driver: { cores: 1 }, executor: {} }]);
  expect(found).toEqual(['applications-are-whole: SparkApplication: metadata.name and spec are missing']);
});
