/** The type of a field in CEL. */
type CelType = 'bool' | 'int' | 'list' | 'map' | 'string';

/** All fields of a pod's specification and their types. Any other field is a mistake, or is meant to be overlooked. */
export const POD_FIELDS: Readonly<Record<string, CelType>> = {
  activeDeadlineSeconds: 'int',
  affinity: 'map',
  automountServiceAccountToken: 'bool',
  containers: 'list',
  dnsConfig: 'map',
  dnsPolicy: 'string',
  enableServiceLinks: 'bool',
  ephemeralContainers: 'list',
  hostAliases: 'list',
  hostIPC: 'bool',
  hostNetwork: 'bool',
  hostPID: 'bool',
  hostUsers: 'bool',
  hostname: 'string',
  imagePullSecrets: 'list',
  initContainers: 'list',
  nodeName: 'string',
  nodeSelector: 'map',
  os: 'map',
  overhead: 'map',
  preemptionPolicy: 'string',
  priority: 'int',
  priorityClassName: 'string',
  readinessGates: 'list',
  resourceClaims: 'list',
  resources: 'map',
  restartPolicy: 'string',
  runtimeClassName: 'string',
  schedulerName: 'string',
  schedulingGates: 'list',
  securityContext: 'map',
  serviceAccount: 'string',
  serviceAccountName: 'string',
  setHostnameAsFQDN: 'bool',
  shareProcessNamespace: 'bool',
  subdomain: 'string',
  terminationGracePeriodSeconds: 'int',
  tolerations: 'list',
  topologySpreadConstraints: 'list',
  volumes: 'list',
};

/** All fields of a container and their types. */
export const CONTAINER_FIELDS: Readonly<Record<string, CelType>> = {
  args: 'list',
  command: 'list',
  env: 'list',
  envFrom: 'list',
  image: 'string',
  imagePullPolicy: 'string',
  lifecycle: 'map',
  livenessProbe: 'map',
  name: 'string',
  ports: 'list',
  readinessProbe: 'map',
  resizePolicy: 'list',
  resources: 'map',
  restartPolicy: 'string',
  securityContext: 'map',
  startupProbe: 'map',
  stdin: 'bool',
  stdinOnce: 'bool',
  terminationMessagePath: 'string',
  terminationMessagePolicy: 'string',
  tty: 'bool',
  volumeDevices: 'list',
  volumeMounts: 'list',
  workingDir: 'string',
};

/** Lists whose items are strings, not maps. */
export const TEXT_LISTS: readonly string[] = ['args', 'command'];

/** Fields of a template's metadata that every application may set. A name or namespace would lead out of the job namespace. */
export const METADATA_FIELDS: readonly string[] = ['annotations', 'creationTimestamp', 'labels'];

/**
 * Fields that an application may set only where its namespace names them: they change where a pod runs, which pods it shares
 * a node with, or which names it resolves. Other rules check the fields that name accounts, nodes, secrets and the like.
 */
export const NAMED_POD_FIELDS: readonly string[] = [
  'dnsConfig',
  'dnsPolicy',
  'ephemeralContainers',
  'hostAliases',
  'hostname',
  'lifecycle',
  'os',
  'overhead',
  'preemptionPolicy',
  'priority',
  'readinessGates',
  'resourceClaims',
  'runtimeClassName',
  'schedulingGates',
  'setHostnameAsFQDN',
  'shareProcessNamespace',
  'subdomain',
  'volumeDevices',
];

/** Kinds of volumes that every application may have. */
export const SAFE_VOLUMES: readonly string[] = [
  'configMap',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

/** The node label by which a pod can select one node. */
export const HOSTNAME_LABEL = 'kubernetes.io/hostname';

/** The fields that put a pod into Linux namespaces of its node. */
export const HOST_NAMESPACES: readonly string[] = ['hostIPC', 'hostNetwork', 'hostPID'];
