import { Fields } from '../../lib/kubernetes/schema-problems';

/** A pod that the API server accepts, or refuses with a message that has this in it; and what the library says of it. */
export interface PodRow {
  readonly name: string;
  readonly spec: Fields;
  /** Nothing where the API server accepts it. */
  readonly refused?: { readonly server: string; readonly library: string };
}

const accept = (name: string, spec: Fields): PodRow => ({ name, spec });
const refuse = (name: string, spec: Fields, server: string, library: string): PodRow => ({
  name,
  spec,
  refused: { server, library: `spec.${library}` },
});

export const container = (fields: Fields): Fields => ({ containers: [{ name: 'c', image: 'a/b:1', ...fields }] });
const toleration = (fields: Fields): Fields => ({ tolerations: [fields] });
const spread = (fields: Fields): Fields => ({
  topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', ...fields }],
});
const required = (fields: Fields): Fields => ({
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [fields] }] },
    },
  },
});
const REQUIRED = 'affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution';
const EXPRESSION = `${REQUIRED}.nodeSelectorTerms[0].matchExpressions[0]`;
const near = (term: Fields, weight?: number): Fields => ({
  affinity: {
    podAffinity:
      weight === undefined
        ? { requiredDuringSchedulingIgnoredDuringExecution: [term] }
        : { preferredDuringSchedulingIgnoredDuringExecution: [{ weight, podAffinityTerm: term }] },
  },
});
const resources = (limits: Fields, requests?: Fields): Fields => container({ resources: { limits, requests } });
const volume = (source: Fields): Fields => ({ volumes: [{ name: 'v', ...source }] });
const mount = (fields: Fields): Fields => ({
  ...container({ volumeMounts: [{ name: 'v', mountPath: '/v', ...fields }] }),
  ...volume({ emptyDir: {} }),
});
const env = (fields: Fields): Fields => container({ env: [{ name: 'A', ...fields }] });
const claim = (fields: Fields): Fields =>
  volume({
    ephemeral: {
      volumeClaimTemplate: {
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...fields },
      },
    },
  });
const CLAIM = 'volumes[0].ephemeral.volumeClaimTemplate.spec';
const C = 'containers[0]';
const NAME = 'pass at most 63 lower-case letters, digits and "-", which starts and ends with a letter or digit';
const BELOW = 'pass a path without a slash at its start and without ".."';

/** Every rule of lib/kubernetes/*-rules.ts, with its twin that is accepted. */
export const POD_ROWS: readonly PodRow[] = [
  accept('a toleration that exists', toleration({ key: 'spot', operator: 'Exists', effect: 'NoSchedule' })),
  accept('a toleration of everything', toleration({ operator: 'Exists' })),
  accept('a toleration with empty operator and effect', toleration({ key: 'a', operator: '', effect: '', value: 'b' })),
  accept(
    'a toleration for a time',
    toleration({ key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 5 }),
  ),
  refuse(
    'the operator Exist',
    toleration({ key: 'a', operator: 'Exist' }),
    'Unsupported value: "Exist"',
    'tolerations[0].operator: is "Exist"; pass "Equal", "Exists", "Gt" or "Lt"',
  ),
  refuse(
    'the effect NoSchdule',
    toleration({ key: 'a', operator: 'Exists', effect: 'NoSchdule' }),
    'Unsupported value: "NoSchdule"',
    'tolerations[0].effect: is "NoSchdule"; pass "NoExecute", "NoSchedule" or "PreferNoSchedule"',
  ),
  refuse(
    'Exists with a value',
    toleration({ key: 'a', operator: 'Exists', value: 'b' }),
    "value must be empty when `operator` is 'Exists'",
    'tolerations[0].value: is "b"; "Exists" takes no value: leave it out, or pass "Equal" as operator',
  ),
  refuse(
    'a toleration without a key',
    toleration({ value: 'b' }),
    'operator must be Exists when `key` is empty',
    'tolerations[0].operator: is not "Exists", though key is empty; set key, or pass "Exists"',
  ),
  refuse(
    'tolerationSeconds without NoExecute',
    toleration({ key: 'a', operator: 'Exists', tolerationSeconds: 5 }),
    "effect must be 'NoExecute' when `tolerationSeconds` is set",
    'tolerations[0].effect: is not "NoExecute", though tolerationSeconds is set; set it, or leave tolerationSeconds out',
  ),
  refuse(
    'a toleration of no possible key',
    toleration({ key: 'a b', operator: 'Exists' }),
    'tolerations[0].key: Invalid value: "a b"',
    'tolerations[0].key: is "a b"; pass a label key',
  ),
  refuse(
    'a toleration of no possible value',
    toleration({ key: 'a', value: 'a b' }),
    'tolerations[0].operator: Invalid value: "a b"',
    'tolerations[0].value: is "a b"; pass at most 63 letters, digits and - _ . between them',
  ),

  accept('a spread', spread({})),
  accept('a spread over three zones', spread({ minDomains: 3, nodeTaintsPolicy: 'Honor' })),
  refuse(
    'whenUnsatisfiable Anyway',
    spread({ whenUnsatisfiable: 'Anyway' }),
    'Unsupported value: "Anyway"',
    'topologySpreadConstraints[0].whenUnsatisfiable: is "Anyway"; pass "DoNotSchedule" or "ScheduleAnyway"',
  ),
  refuse(
    'an empty whenUnsatisfiable',
    spread({ whenUnsatisfiable: '' }),
    'whenUnsatisfiable: Unsupported value: ""',
    'topologySpreadConstraints[0].whenUnsatisfiable: is empty; set it',
  ),
  refuse(
    'an empty nodeTaintsPolicy',
    spread({ nodeTaintsPolicy: '' }),
    'nodeTaintsPolicy: Unsupported value: ""',
    'topologySpreadConstraints[0].nodeTaintsPolicy: is empty; set it',
  ),
  refuse(
    'a skew of 0',
    spread({ maxSkew: 0 }),
    'maxSkew: Invalid value: 0',
    'topologySpreadConstraints[0].maxSkew: is 0; pass a whole number, at least 1',
  ),
  refuse(
    'a spread without a key',
    spread({ topologyKey: '' }),
    'topologyKey: Required value',
    'topologySpreadConstraints[0].topologyKey: is empty; set it',
  ),
  refuse(
    'minDomains of a soft spread',
    spread({ minDomains: 2, whenUnsatisfiable: 'ScheduleAnyway' }),
    'minDomains: Invalid value: 2',
    'topologySpreadConstraints[0].minDomains: is 2; leave it out, or pass "DoNotSchedule" as whenUnsatisfiable',
  ),

  accept('a node of some zones', required({ key: 'zone', operator: 'In', values: ['a', 'b'] })),
  accept('a node with a label', required({ key: 'zone', operator: 'Exists' })),
  accept('a node above a number', required({ key: 'cores', operator: 'Gt', values: ['8'] })),
  refuse(
    'node affinity Equals',
    required({ key: 'zone', operator: 'Equals', values: ['a'] }),
    'not a valid selector operator',
    `${EXPRESSION}.operator: is "Equals"; pass "DoesNotExist", "Exists", "Gt", "In", "Lt" or "NotIn"`,
  ),
  refuse(
    'an empty operator of node affinity',
    required({ key: 'zone', operator: '', values: ['a'] }),
    'not a valid selector operator',
    `${EXPRESSION}.operator: is empty; set it`,
  ),
  refuse(
    'In without values',
    required({ key: 'zone', operator: 'In' }),
    "must be specified when `operator` is 'In' or 'NotIn'",
    `${EXPRESSION}.values: are 0; "In" takes at least one value`,
  ),
  refuse(
    'Exists with values',
    required({ key: 'zone', operator: 'Exists', values: ['a'] }),
    'may not be specified when `operator` is',
    `${EXPRESSION}.values: are 1; "Exists" takes no values`,
  ),
  refuse(
    'Gt with two values',
    required({ key: 'cores', operator: 'Gt', values: ['8', '9'] }),
    'must be specified single value',
    `${EXPRESSION}.values: are 2; "Gt" takes exactly one value`,
  ),
  refuse(
    'a node of no terms',
    { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } } } },
    'must have at least one node selector term',
    `${REQUIRED}.nodeSelectorTerms: is empty; pass at least one`,
  ),
  refuse(
    'a node of no possible label',
    required({ key: 'a b', operator: 'Exists' }),
    'Invalid value: "a b"',
    `${EXPRESSION}.key: is "a b"; pass a label key`,
  ),

  accept('pods of a label nearby', near({ topologyKey: 'zone', labelSelector: { matchLabels: { a: 'b' } } }, 50)),
  refuse(
    'a weight of 0',
    near({ topologyKey: 'zone' }, 0),
    'must be in the range 1-100',
    'affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: is 0; pass a whole number, from 1 to 100',
  ),
  refuse(
    'pod affinity without a topology',
    near({ topologyKey: '' }),
    'topologyKey: Required value',
    'affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: is empty; set it',
  ),
  refuse(
    'the operator Gt of a label selector',
    near({ topologyKey: 'zone', labelSelector: { matchExpressions: [{ key: 'a', operator: 'Gt', values: ['1'] }] } }),
    'not a valid selector operator',
    'affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector.matchExpressions[0].operator: is "Gt"; pass "DoesNotExist", "Exists", "In" or "NotIn"',
  ),
  refuse(
    'the weight of a node',
    {
      affinity: {
        nodeAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 101, preference: { matchExpressions: [{ key: 'a', operator: 'Exists' }] } },
          ],
        },
      },
    },
    'must be in the range 1-100',
    'affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: is 101; pass a whole number, from 1 to 100',
  ),

  accept('a pod with nameservers', { dnsPolicy: 'None', dnsConfig: { nameservers: ['10.0.0.1'] } }),
  refuse(
    'the DNS policy None alone',
    { dnsPolicy: 'None' },
    'must provide `dnsConfig` when `dnsPolicy` is None',
    'dnsPolicy: is "None"; set dnsConfig.nameservers too',
  ),
  refuse(
    'four nameservers',
    { dnsConfig: { nameservers: ['1.1.1.1', '1.1.1.2', '1.1.1.3', '1.1.1.4'] } },
    'must not have more than 3 nameservers',
    'dnsConfig.nameservers: are 4; pass at most 3',
  ),
  refuse(
    'the DNS policy Clusterfirst',
    { dnsPolicy: 'Clusterfirst' },
    'Unsupported value: "Clusterfirst"',
    'dnsPolicy: is "Clusterfirst"; pass "ClusterFirst", "ClusterFirstWithHostNet", "Default" or "None"',
  ),
  refuse(
    'a deadline of 0',
    { activeDeadlineSeconds: 0 },
    'activeDeadlineSeconds: Invalid value: 0',
    'activeDeadlineSeconds: is 0; pass a whole number, at least 1',
  ),
  refuse(
    'a negative user',
    { securityContext: { runAsUser: -1 } },
    'runAsUser: Invalid value: -1',
    'securityContext.runAsUser: is -1; pass a whole number, from 0 to 2147483647',
  ),
  refuse(
    'a negative group of files',
    { securityContext: { fsGroup: -1 } },
    'fsGroup: Invalid value: -1',
    'securityContext.fsGroup: is -1; pass a whole number, from 0 to 2147483647',
  ),
  refuse(
    'an empty fsGroupChangePolicy',
    { securityContext: { fsGroupChangePolicy: '' } },
    'fsGroupChangePolicy: Unsupported value: ""',
    'securityContext.fsGroupChangePolicy: is empty; set it',
  ),
  refuse(
    'another operating system',
    { os: { name: 'mac' } },
    'Unsupported value: "mac"',
    'os.name: is "mac"; pass "linux" or "windows"',
  ),

  accept('a device', resources({ 'nvidia.com/gpu': 1 })),
  accept('a device with its request', resources({ 'nvidia.com/gpu': '1' }, { 'nvidia.com/gpu': 1 })),
  accept('amounts of every form', resources({ cpu: '1500m', memory: '1e9', 'ephemeral-storage': '1.5Gi' })),
  accept('huge pages', resources({ 'hugepages-2Mi': '4Mi', memory: '64Mi' })),
  refuse(
    'half a device',
    resources({ 'nvidia.com/gpu': 0.5 }),
    'must be an integer',
    `${C}.resources.limits["nvidia.com/gpu"]: is 0.5; pass a whole number; such resources cannot be divided`,
  ),
  refuse(
    'the quantity 1GB',
    resources({ memory: '1GB' }),
    'quantities must match the regular expression',
    `${C}.resources.limits["memory"]: is "1GB", which is no quantity; pass a number with a suffix of Kubernetes, such as "500m", "1Gi" or "1G"`,
  ),
  refuse(
    'a device that is requested alone',
    resources({}, { 'nvidia.com/gpu': 1 }),
    'Limit must be set for non overcommitable resources',
    `${C}.resources.requests["nvidia.com/gpu"]: has no limit; set limits["nvidia.com/gpu"] to the same`,
  ),
  refuse(
    'fewer devices than the limit',
    resources({ 'nvidia.com/gpu': 2 }, { 'nvidia.com/gpu': 1 }),
    'must be equal to nvidia.com/gpu limit',
    `${C}.resources.requests["nvidia.com/gpu"]: is 1, but the limit is 2; make them equal`,
  ),
  refuse(
    'a resource of its own',
    resources({ gpu: 1 }),
    'must be a standard resource for containers',
    `${C}.resources.limits["gpu"]: is no resource of a container; pass cpu, memory, ephemeral-storage or one with a domain`,
  ),
  refuse(
    'negative memory',
    resources({ memory: '-1Gi' }),
    'must be greater than or equal to 0',
    `${C}.resources.limits["memory"]: is -1Gi; pass zero or more`,
  ),
  refuse(
    'huge pages alone',
    resources({ 'hugepages-2Mi': '4Mi' }),
    'HugePages require cpu or memory',
    `${C}.resources: has hugepages-2Mi alone; set cpu or memory too`,
  ),

  accept('a variable with an empty value', env({ value: '' })),
  accept('a variable of the pod', env({ valueFrom: { fieldRef: { fieldPath: "metadata.labels['a']" } } })),
  accept('a variable of a limit', env({ valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } })),
  refuse(
    'a variable with two values',
    env({ value: 'a', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }),
    'may not be specified when `value` is not empty',
    `${C}.env[0]: sets both value and valueFrom; keep one of them`,
  ),
  refuse(
    'a variable from two places',
    env({ valueFrom: { fieldRef: { fieldPath: 'metadata.name' }, secretKeyRef: { name: 'a', key: 'b' } } }),
    'may not have more than one field specified at a time',
    `${C}.env[0].valueFrom: sets both fieldRef and secretKeyRef; keep one of them`,
  ),
  refuse(
    'a variable from nowhere',
    env({ valueFrom: {} }),
    'must specify one of',
    `${C}.env[0].valueFrom: sets none of configMapKeyRef, fieldRef, fileKeyRef, resourceFieldRef, secretKeyRef; set one of them`,
  ),
  refuse(
    'a variable of an unknown field',
    env({ valueFrom: { fieldRef: { fieldPath: 'spec.image' } } }),
    'fieldPath: Invalid value',
    `${C}.env[0].valueFrom.fieldRef.fieldPath: is "spec.image"; pass a field such as "metadata.name" or "status.podIP"`,
  ),
  refuse(
    'a variable of an unknown resource',
    env({ valueFrom: { resourceFieldRef: { resource: 'cpu' } } }),
    'Unsupported value: "cpu"',
    `${C}.env[0].valueFrom.resourceFieldRef.resource: is "cpu"; pass one such as "limits.memory" or "requests.cpu"`,
  ),
  refuse(
    'a variable of a Secret without a name',
    env({ valueFrom: { secretKeyRef: { key: 'a' } } }),
    'secretKeyRef.name: Invalid value: ""',
    `${C}.env[0].valueFrom.secretKeyRef.name: is required; set it`,
  ),
  refuse(
    'a variable of a ConfigMap without a key',
    env({ valueFrom: { configMapKeyRef: { name: 'a', key: '' } } }),
    'configMapKeyRef.key: Required value',
    `${C}.env[0].valueFrom.configMapKeyRef.key: is empty; set it`,
  ),
  refuse(
    'a variable with "="',
    container({ env: [{ name: 'A=B', value: '1' }] }),
    'env[0].name: Invalid value',
    `${C}.env[0].name: is "A=B"; leave out "="`,
  ),
  refuse(
    'variables from two places',
    container({ envFrom: [{ configMapRef: { name: 'a' }, secretRef: { name: 'b' } }] }),
    'may not have more than one field specified at a time',
    `${C}.envFrom[0]: sets both configMapRef and secretRef; keep one of them`,
  ),
  refuse(
    'variables from no Secret',
    container({ envFrom: [{ secretRef: {} }] }),
    'secretRef.name: Required value',
    `${C}.envFrom[0].secretRef.name: is required; set it`,
  ),

  accept('a probe', container({ livenessProbe: { httpGet: { port: 'http', path: '/' }, periodSeconds: 5 } })),
  accept(
    'a readiness probe of two successes',
    container({ readinessProbe: { tcpSocket: { port: 80 }, successThreshold: 2 } }),
  ),
  refuse(
    'a probe of two kinds',
    container({ livenessProbe: { exec: { command: ['a'] }, tcpSocket: { port: 1 } } }),
    'may not specify more than 1 handler type',
    `${C}.livenessProbe: sets both exec and tcpSocket; keep one of them`,
  ),
  refuse(
    'a probe of no kind',
    container({ livenessProbe: { periodSeconds: 5 } }),
    'must specify a handler type',
    `${C}.livenessProbe: sets none of exec, grpc, httpGet, tcpSocket; set one of them`,
  ),
  refuse(
    'a liveness probe of two successes',
    container({ livenessProbe: { tcpSocket: { port: 80 }, successThreshold: 2 } }),
    'successThreshold: Invalid value: 2',
    `${C}.livenessProbe.successThreshold: is 2; pass 1, or leave it out`,
  ),
  refuse(
    'a negative delay',
    container({ livenessProbe: { tcpSocket: { port: 80 }, initialDelaySeconds: -1 } }),
    'must be greater than or equal to 0',
    `${C}.livenessProbe.initialDelaySeconds: is -1; pass a whole number, at least 0`,
  ),
  refuse(
    'a probe of port 0',
    container({ livenessProbe: { httpGet: { port: 0 } } }),
    'must be between 1 and 65535',
    `${C}.livenessProbe.httpGet.port: is 0; pass a number from 1 to 65535, or the name of a port`,
  ),
  refuse(
    'a probe of the scheme http',
    container({ livenessProbe: { httpGet: { port: 80, scheme: 'http' } } }),
    'Unsupported value: "http"',
    `${C}.livenessProbe.httpGet.scheme: is "http"; pass "HTTP" or "HTTPS"`,
  ),
  refuse(
    'a probe that runs nothing',
    container({ livenessProbe: { exec: { command: [] } } }),
    'exec.command: Required value',
    `${C}.livenessProbe.exec.command: is empty; set it`,
  ),
  refuse(
    'a hook of no kind',
    container({ lifecycle: { preStop: {} } }),
    'must specify a handler type',
    `${C}.lifecycle.preStop: sets none of exec, httpGet, sleep, tcpSocket; set one of them`,
  ),

  accept('a port', container({ ports: [{ name: 'http', containerPort: 80, protocol: 'TCP' }] })),
  refuse(
    'port 70000',
    container({ ports: [{ containerPort: 70000 }] }),
    'must be between 1 and 65535',
    `${C}.ports[0].containerPort: is 70000; pass a whole number, from 1 to 65535`,
  ),
  refuse(
    'the protocol tcp',
    container({ ports: [{ containerPort: 80, protocol: 'tcp' }] }),
    'Unsupported value: "tcp"',
    `${C}.ports[0].protocol: is "tcp"; pass "SCTP", "TCP" or "UDP"`,
  ),
  refuse(
    'a long name of a port',
    container({ ports: [{ name: 'metrics-of-the-app', containerPort: 80 }] }),
    'must be no more than 15',
    `${C}.ports[0].name: is "metrics-of-the-app"; pass at most 15 lower-case letters, digits and "-", with a letter`,
  ),
  refuse(
    'two ports for one',
    { hostNetwork: true, ...container({ ports: [{ containerPort: 80, hostPort: 81 }] }) },
    'must match `containerPort`',
    'hostNetwork: is true, but hostPort 81 is not containerPort 80; make them equal, or leave hostPort out',
  ),
  refuse(
    'a container of no possible name',
    container({ name: 'My_App' }),
    'containers[0].name: Invalid value',
    `${C}.name: is "My_App"; ${NAME}`,
  ),
  refuse(
    'an image between spaces',
    container({ image: ' a/b:1' }),
    'must not have leading or trailing whitespace',
    `${C}.image: is " a/b:1"; leave out the spaces around it`,
  ),
  refuse(
    'the pull policy always',
    container({ imagePullPolicy: 'always' }),
    'Unsupported value: "always"',
    `${C}.imagePullPolicy: is "always"; pass "Always", "IfNotPresent" or "Never"`,
  ),
  refuse(
    'a privileged container that gains nothing',
    container({ securityContext: { privileged: true, allowPrivilegeEscalation: false } }),
    'cannot set `allowPrivilegeEscalation` to false and `privileged` to true',
    `${C}.securityContext.allowPrivilegeEscalation: is false, though privileged is true; keep one of them`,
  ),

  accept(
    'a profile of the node',
    container({ securityContext: { seccompProfile: { type: 'Localhost', localhostProfile: 'a.json' } } }),
  ),
  refuse(
    'a profile of the node without a name',
    container({ securityContext: { seccompProfile: { type: 'Localhost' } } }),
    'must be set when seccomp type is Localhost',
    `${C}.securityContext.seccompProfile.localhostProfile: is required with the type "Localhost"; set it`,
  ),
  refuse(
    'a name of the default profile',
    container({ securityContext: { seccompProfile: { type: 'RuntimeDefault', localhostProfile: 'a' } } }),
    'can only be set when seccomp type is Localhost',
    `${C}.securityContext.seccompProfile.localhostProfile: is set with the type "RuntimeDefault"; leave it out`,
  ),
  refuse(
    'a profile without a type',
    container({ securityContext: { appArmorProfile: { type: '' } } }),
    'type is required when appArmorProfile is set',
    `${C}.securityContext.appArmorProfile.type: is empty; set it`,
  ),

  accept('a mount of a folder', mount({ subPath: 'a/b', readOnly: true })),
  accept('a volume without a source, which is an emptyDir', volume({})),
  refuse(
    'a mount of two folders',
    mount({ subPath: 'a', subPathExpr: 'b' }),
    'subPathExpr and subPath are mutually exclusive',
    `${C}.volumeMounts[0]: sets both subPath and subPathExpr; keep one of them`,
  ),
  refuse(
    'a mount from outside',
    mount({ subPath: '../a' }),
    "must not contain '..'",
    `${C}.volumeMounts[0].subPath: is "../a"; ${BELOW}`,
  ),
  refuse(
    'a mount nowhere',
    mount({ mountPath: '' }),
    'mountPath: Required value',
    `${C}.volumeMounts[0].mountPath: is empty; set it`,
  ),
  refuse(
    'an empty propagation',
    mount({ mountPropagation: '' }),
    'mountPropagation: Unsupported value: ""',
    `${C}.volumeMounts[0].mountPropagation: is empty; set it`,
  ),
  refuse(
    'recursiveReadOnly of a writable mount',
    mount({ recursiveReadOnly: 'Enabled' }),
    'may only be specified when readOnly is true',
    `${C}.volumeMounts[0].recursiveReadOnly: is "Enabled"; set readOnly to true too`,
  ),

  accept('a Secret with a mode', volume({ secret: { secretName: 'a', defaultMode: 0o400 } })),
  accept(
    'sources in one volume',
    volume({ projected: { sources: [{ configMap: { name: 'a' } }, { secret: { name: 'b' } }] } }),
  ),
  accept('a claim of each pod', claim({})),
  refuse(
    'a volume of two kinds',
    volume({ emptyDir: {}, secret: { secretName: 'a' } }),
    'may not specify more than 1 volume type',
    'volumes[0]: sets both emptyDir and secret; keep one of them',
  ),
  refuse(
    'a volume of no possible name',
    { volumes: [{ name: 'A_B', emptyDir: {} }] },
    'volumes[0].name: Invalid value',
    `volumes[0].name: is "A_B"; ${NAME}`,
  ),
  refuse(
    'a ConfigMap without a name',
    volume({ configMap: {} }),
    'configMap.name: Required value',
    'volumes[0].configMap.name: is required; set it',
  ),
  refuse(
    'a Secret without a name',
    volume({ secret: {} }),
    'secret.secretName: Required value',
    'volumes[0].secret.secretName: is required; set it',
  ),
  refuse(
    'a claim without a name',
    volume({ persistentVolumeClaim: { claimName: '' } }),
    'claimName: Required value',
    'volumes[0].persistentVolumeClaim.claimName: is empty; set it',
  ),
  refuse(
    'a mode in decimals',
    volume({ secret: { secretName: 'a', defaultMode: 644 } }),
    'must be a number between 0 and 0777',
    'volumes[0].secret.defaultMode: is 644; pass a whole number, from 0 to 511',
  ),
  refuse(
    'a file outside of its volume',
    volume({ configMap: { name: 'a', items: [{ key: 'a', path: '/etc/a' }] } }),
    'must be a relative path',
    `volumes[0].configMap.items[0].path: is "/etc/a"; ${BELOW}`,
  ),
  refuse(
    'a projection of two sources',
    volume({ projected: { sources: [{ configMap: { name: 'a' }, secret: { name: 'b' } }] } }),
    'may not specify more than 1 volume type',
    'volumes[0].projected.sources[0]: sets both configMap and secret; keep one of them',
  ),
  refuse(
    'a token of a minute',
    volume({ projected: { sources: [{ serviceAccountToken: { path: 'a', expirationSeconds: 60 } }] } }),
    'may not specify a duration less than 10 minutes',
    'volumes[0].projected.sources[0].serviceAccountToken.expirationSeconds: is 60; pass a whole number, from 600 to 4294967296',
  ),
  refuse(
    'a negative size',
    volume({ emptyDir: { sizeLimit: '-1Gi' } }),
    'SizeLimit field must be a valid resource quantity',
    'volumes[0].emptyDir.sizeLimit: is "-1Gi"; pass zero or more',
  ),
  refuse(
    'a claim without access modes',
    claim({ accessModes: [] }),
    'at least 1 access mode is required',
    `${CLAIM}.accessModes: is required; pass at least one, such as "ReadWriteOnce"`,
  ),
  refuse(
    'a claim of an unknown access mode',
    claim({ accessModes: ['ReadWriteMost'] }),
    'Unsupported value: "ReadWriteMost"',
    `${CLAIM}.accessModes[0]: is "ReadWriteMost"; pass "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce" or "ReadWriteOncePod"`,
  ),
  refuse(
    'a claim without a size',
    claim({ resources: {} }),
    'resources[storage]: Required value',
    `${CLAIM}.resources.requests.storage: is required; pass a size, such as "10Gi"`,
  ),
  refuse(
    'a claim of nothing',
    claim({ resources: { requests: { storage: '0' } } }),
    'must be greater than zero',
    `${CLAIM}.resources.requests.storage: is 0; pass a size, such as "10Gi"`,
  ),
  refuse(
    'a claim of an empty mode',
    claim({ volumeMode: '' }),
    'volumeMode: Unsupported value: ""',
    `${CLAIM}.volumeMode: is empty; set it`,
  ),
  refuse(
    'a folder of the node above',
    volume({ hostPath: { path: '/a/../b' } }),
    "must not contain '..'",
    'volumes[0].hostPath.path: is "/a/../b"; leave out ".."',
  ),
  refuse(
    'a relative share',
    volume({ nfs: { server: 'a', path: 'b' } }),
    'must be an absolute path',
    'volumes[0].nfs.path: is "b"; pass an absolute path',
  ),

  refuse('a number for a string', { hostname: 5 }, 'cannot unmarshal', 'hostname: is the number 5; pass a string'),
  refuse(
    'a string for a number',
    container({ ports: [{ containerPort: '80' }] }),
    'cannot unmarshal',
    `${C}.ports[0].containerPort: is the string "80"; pass a whole number`,
  ),
  refuse(
    'a fraction for a whole number',
    { priority: 1.5 },
    'cannot unmarshal',
    'priority: is 1.5; pass a whole number',
  ),
  refuse(
    'a value for a list',
    { tolerations: { key: 'a' } },
    'cannot unmarshal',
    'tolerations: is an object; pass a list',
  ),
  refuse(
    'a string for an object',
    { affinity: 'none' },
    'cannot unmarshal',
    'affinity: is the string "none"; pass an object',
  ),
  refuse(
    'a misspelt field',
    { tolerationz: [] },
    'unknown field "spec.tolerationz"',
    'tolerationz: is no field there, and the cluster would ignore it in silence; did you mean "tolerations"?',
  ),
  refuse(
    'a field of another place',
    container({ nodeSelector: {} }),
    'unknown field "spec.containers[0].nodeSelector"',
    `${C}.nodeSelector: is no field there, and the cluster would ignore it in silence; move it to where it belongs, or leave it out`,
  ),
];
