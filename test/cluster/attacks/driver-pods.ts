import { ApiAttack, attacksOf, BYSTANDER, get, inNamespace, object, post, Refusal, remove } from './attack';
import { AMOUNTS, CONTAINER, CONTAINER_SECURITY, PodChange, startPod } from './bodies';

/** A pod that Pod Security refuses for one reason alone. */
function violation(tries: string, words: string, change: PodChange): Omit<ApiAttack, 'identity'> {
  const refusal: Refusal = {
    by: 'Pod Security',
    status: 403,
    words: `violates PodSecurity "restricted:v1.28": ${words}`,
  };
  return { tries, call: (scene) => startPod(scene, change), refusal, harmless: (scene) => startPod(scene) };
}

/** A pod that a driver may start. */
function admitted(tries: string, limit: string, change: PodChange): Omit<ApiAttack, 'identity'> {
  return { tries, call: (scene) => startPod(scene, change), limit };
}

function overQuota(tries: string, what: string, resources: object): Omit<ApiAttack, 'identity'> {
  return {
    tries,
    call: (scene) => startPod(scene, { container: { resources } }),
    refusal: { by: 'quota', status: 403, words: `exceeded quota: spark-quota, requested: ${what}` },
    harmless: (scene) => startPod(scene),
    only: 'two-teams',
  };
}

const volume = (source: object): PodChange => ({ spec: { volumes: [{ name: 'volume', ...source }] } });
const extra = { ...CONTAINER, name: 'extra', resources: { requests: AMOUNTS, limits: AMOUNTS } };

/** A driver by the pods that it may start in its namespace. */
export const DRIVER_AND_PODS = attacksOf('driver', [
  // The node, kept away by Pod Security.
  violation('start a privileged pod', 'privileged', {
    containerSecurity: { privileged: true, allowPrivilegeEscalation: true },
  }),
  violation('see the processes of the node', 'host namespaces (hostPID=true)', { spec: { hostPID: true } }),
  violation('share memory with the processes of the node', 'host namespaces (hostIPC=true)', {
    spec: { hostIPC: true },
  }),
  violation("use the node's network, past all network policies", 'host namespaces (hostNetwork=true)', {
    spec: { hostNetwork: true },
  }),
  violation('open a port on the node', 'hostPort', {
    container: { ports: [{ containerPort: 8080, hostPort: 8080 }] },
  }),
  violation(
    "mount the node's root directory",
    'restricted volume types (volume "volume" uses restricted volume type "hostPath")',
    volume({ hostPath: { path: '/' } }),
  ),
  violation(
    "mount the container runtime's socket",
    'restricted volume types',
    volume({ hostPath: { path: '/run/containerd/containerd.sock', type: 'Socket' } }),
  ),
  violation(
    'mount a network file system by the power of the node',
    'restricted volume types (volume "volume" uses restricted volume type "nfs")',
    volume({ nfs: { server: '10.0.0.1', path: '/' } }),
  ),
  violation('run as root', 'runAsUser=0', { podSecurity: { runAsUser: 0 } }),
  violation("leave it to the image whether it is root's", 'runAsNonRoot != true', {
    podSecurity: { runAsNonRoot: false },
  }),
  violation('gain privileges by setuid programs', 'allowPrivilegeEscalation != false', {
    containerSecurity: { allowPrivilegeEscalation: true },
  }),
  violation(
    "administer the node's kernel by the capability SYS_ADMIN",
    'unrestricted capabilities (container "container" must not include "SYS_ADMIN" in securityContext.capabilities.add)',
    {
      containerSecurity: { capabilities: { drop: ['ALL'], add: ['SYS_ADMIN'] } },
    },
  ),
  violation(
    'keep the capabilities that containers have by default',
    'unrestricted capabilities (container "container" must set securityContext.capabilities.drop=["ALL"])',
    {
      containerSecurity: { capabilities: {} },
    },
  ),
  violation('make any system call, with seccomp off', 'seccompProfile', {
    podSecurity: { seccompProfile: { type: 'Unconfined' } },
  }),
  violation('leave the seccomp profile away', 'seccompProfile', { podSecurity: { seccompProfile: undefined } }),
  violation('take off AppArmor', 'forbidden AppArmor profile', {
    podSecurity: { appArmorProfile: { type: 'Unconfined' } },
  }),
  violation('choose an SELinux role with more rights', 'seLinuxOptions', {
    podSecurity: { seLinuxOptions: { role: 'sysadm_r' } },
  }),
  violation("set parameters of the node's kernel", 'forbidden sysctls (kernel.msgmax)', {
    podSecurity: { sysctls: [{ name: 'kernel.msgmax', value: '65536' }] },
  }),
  violation('run as a process of a Windows host', 'host namespaces (hostNetwork=true), hostProcess', {
    podSecurity: { windowsOptions: { hostProcess: true } },
    spec: { hostNetwork: true },
  }),
  violation('hide a privileged container among the init containers', 'privileged (container "extra"', {
    spec: { initContainers: [{ ...extra, securityContext: { privileged: true } }] },
  }),
  violation(
    'hide a container that is not hardened beside a hardened one',
    'allowPrivilegeEscalation != false (container "extra"',
    {
      spec: {
        containers: [
          { ...CONTAINER, resources: { requests: AMOUNTS, limits: AMOUNTS }, securityContext: CONTAINER_SECURITY },
          extra,
        ],
      },
    },
  ),
  violation('pass a privileged pod off as one that the kubelet made', 'privileged', {
    metadata: { annotations: { 'kubernetes.io/config.mirror': 'foothold' } },
    spec: { serviceAccountName: undefined, nodeName: 'spark-node' },
    containerSecurity: { privileged: true, allowPrivilegeEscalation: true },
  }),

  // Accounts and classes.
  {
    tries: "start a pod under the controller's account",
    call: (scene) => startPod(scene, { spec: { serviceAccountName: 'spark-operator-controller' } }),
    refusal: {
      by: 'not there',
      status: 403,
      words: 'serviceaccount "spark-operator-controller" not found',
    },
    harmless: (scene) => startPod(scene),
  },
  {
    tries: 'give its pod a priority in numbers, past all classes',
    call: (scene) => startPod(scene, { spec: { priority: 2_000_000_000 } }),
    refusal: {
      by: 'API validation',
      status: 403,
      words: 'the integer value of priority (2000000000) must not be provided in pod spec',
    },
    control: { status: 403, words: 'must not be provided in pod spec' },
    harmless: (scene) => startPod(scene),
  },

  // Amounts.
  overQuota('take more CPU than its team has', 'limits.cpu=', {
    requests: { ...AMOUNTS, cpu: '500' },
    limits: { ...AMOUNTS, cpu: '500' },
  }),
  overQuota('take more memory than its team has', 'limits.memory=', {
    requests: { ...AMOUNTS, memory: '5Ti' },
    limits: { ...AMOUNTS, memory: '5Ti' },
  }),
  overQuota("fill the nodes' disks", 'limits.ephemeral-storage=', {
    requests: { ...AMOUNTS, 'ephemeral-storage': '5Ti' },
    limits: { ...AMOUNTS, 'ephemeral-storage': '5Ti' },
  }),
  {
    tries: 'start a pod without limits, which no quota would count',
    call: (scene) => startPod(scene, { container: { resources: {} } }),
    refusal: { by: 'quota', status: 403, words: 'failed quota: spark-quota: must specify limits.cpu' },
    harmless: (scene) => startPod(scene),
    only: 'two-teams',
  },
  {
    tries: 'start pods without limits where its namespace has no quota',
    call: (scene) => startPod(scene, { container: { resources: {} } }),
    limit: 'a namespace has the quota that its `quota` says, and none by itself',
    only: 'quickstart',
  },
  {
    tries: 'make claims for more storage than its team should have',
    call: ({ home }) => post(inNamespace(home, 'persistentvolumeclaims'), claim('1Pi')),
    limit:
      "drivers that make claims for executors may do so at any size; a quota of one's own on `requests.storage` bounds it",
    only: 'two-teams',
  },
  {
    tries: 'make claims for storage where no application needs any',
    call: ({ home }) => post(inNamespace(home, 'persistentvolumeclaims'), claim('1Gi')),
    refusal: { by: 'RBAC', status: 403, words: 'cannot create resource "persistentvolumeclaims"' },
    only: 'quickstart',
  },

  // What whoever may start pods in a namespace can do there.
  admitted(
    "start a pod with another application's secret mounted",
    'whoever may start pods in a namespace can read its secrets; a namespace for each level of trust',
    volume({ secret: { secretName: 'bystander' } }),
  ),
  admitted(
    'start a pod under any other account of its own namespace',
    'RBAC cannot limit it; the library puts no stronger account into a job namespace',
    { spec: { serviceAccountName: 'spark-executor', automountServiceAccountToken: true } },
  ),
  admitted(
    'start a pod with an image from anywhere',
    'the guard judges applications, not the pods that a driver starts; they are hardened, but their image is free',
    { container: { image: 'registry.example/evil:1' } },
  ),
  admitted(
    'choose a node, past the scheduler and the taints',
    "RBAC and Pod Security say nothing about nodes; an admission policy of one's own on pods may",
    { spec: { nodeName: 'spark-node', tolerations: [{ operator: 'Exists' }] } },
  ),
  admitted(
    "displace pods of others by the cluster's highest priority class",
    'Kubernetes lets every namespace use every class; a quota scoped to priority classes forbids it',
    { spec: { priorityClassName: 'system-node-critical' } },
  ),
  {
    tries: 'delete the pods of another application of its own namespace',
    call: ({ home }) => remove(inNamespace(home, `pods/${BYSTANDER}`)),
    limit:
      'Spark removes its executors by name and by label, and RBAC knows no labels; a namespace for each level of trust',
  },
  {
    tries: 'read the pods of other applications of its own namespace, with their variables',
    call: ({ home }) => get(inNamespace(home, 'pods')),
    limit: 'drivers follow their executors, and RBAC knows no labels; secrets belong into Secrets, not into variables',
  },
  {
    tries: 'delete all claims of its own namespace, also those that hold data of others',
    call: ({ home }) => remove(inNamespace(home, 'persistentvolumeclaims')),
    limit:
      "Spark removes its executors' claims by label, and RBAC knows no labels; a claim in use stays until its pods end",
  },
  {
    tries: 'write config maps until the store of the cluster is full',
    call: ({ home }) =>
      post(
        inNamespace(home, 'configmaps'),
        object('v1', 'ConfigMap', 'foothold', { data: { a: 'x'.repeat(500_000) } }),
      ),
    limit: "every driver writes a config map for its executors; a quota of one's own on `count/configmaps` bounds it",
  },
]);

function claim(storage: string): object {
  return object('v1', 'PersistentVolumeClaim', 'foothold', {
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } },
  });
}
