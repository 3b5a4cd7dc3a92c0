import { changed, Changes, ORDINARY, ORDINARY_CONNECT, Part } from '../cluster/guard-cases';

export type Kind = 'SparkApplication' | 'ScheduledSparkApplication' | 'SparkConnect';

/** Who cannot see what a row is about, and why. */
export interface Unseen {
  readonly guard?: string;
  readonly synth?: string;
  readonly report?: string;
}

/** An application that keeps or misses a guarantee; all that judge it have to say the same. */
export interface Row extends Unseen {
  readonly code: string;
  readonly title: string;
  readonly manifest: Part;
  /** Where it misses the guarantee; without it, it keeps it. */
  readonly path?: string;
}

const KINDS: readonly Kind[] = ['SparkApplication', 'ScheduledSparkApplication', 'SparkConnect'];
const ROLES = ['driver', 'executor'] as const;
const ENCRYPTED = {
  'spark.authenticate': 'true',
  'spark.network.crypto.enabled': 'true',
  'spark.io.encryption.enabled': 'true',
};
const CONTEXT = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
};
const BY_SYNTH = 'the properties have no such field, or synth writes it itself';
const NO_RELAXATION = 'the report lists relaxations, and no namespace can relax a part of Pod Security';

/** An application of a kind that keeps all guarantees, but for some changes. */
export function application(kind: Kind, changes: Changes = {}, name = 'row', namespace = 'guarantees'): Part {
  const isConnect = kind === 'SparkConnect';
  const own = Object.entries(changes).map(([path, value]) => [
    isConnect ? path.replace(/^driver\b/, 'server') : path,
    value,
  ]);
  const spec = changed(isConnect ? ORDINARY_CONNECT : ORDINARY, {
    sparkConf: ENCRYPTED,
    'executor.template.spec.automountServiceAccountToken': false,
    ...(Object.fromEntries(own) as Changes),
  });
  return {
    apiVersion: `sparkoperator.k8s.io/${isConnect ? 'v1alpha1' : 'v1beta2'}`,
    kind,
    metadata: { name, namespace },
    spec: kind === 'ScheduledSparkApplication' ? { schedule: '@daily', template: spec } : spec,
  };
}

/** A place for a container or its security context. */
interface Holder extends Unseen {
  readonly title: string;
  readonly ofConnect: boolean;
  /** The changes that put a container with these fields there. */
  readonly put: (role: string, fields: Part) => Changes;
  readonly path: (role: string) => string;
}

const other = (fields: Part): Part => ({ name: 'other', image: 'registry.acme.dev/other:1.0.0', ...fields });
const spark = (role: string, fields: Part): Part => ({ name: `spark-kubernetes-${role}`, ...fields });

const HOLDERS: readonly Holder[] = [
  {
    title: 'the Spark container of the template',
    ofConnect: true,
    put: (role, fields) => ({ [`${role}.template.spec.containers`]: [spark(role, fields)] }),
    path: (role) => `${role}.template.spec.containers["spark-kubernetes-${role}"]`,
  },
  {
    title: 'a sidecar of the template',
    ofConnect: true,
    put: (role, fields) => ({
      [`${role}.template.spec.containers`]: [spark(role, { securityContext: CONTEXT }), other(fields)],
    }),
    path: (role) => `${role}.template.spec.containers["other"]`,
  },
  {
    title: 'an init container of the template',
    ofConnect: true,
    put: (role, fields) => ({ [`${role}.template.spec.initContainers`]: [other(fields)] }),
    path: (role) => `${role}.template.spec.initContainers["other"]`,
  },
  {
    title: "a sidecar of the operator's older field",
    ofConnect: false,
    put: (role, fields) => ({ [`${role}.sidecars`]: [other(fields)] }),
    path: (role) => `${role}.sidecars["other"]`,
    synth: BY_SYNTH,
  },
  {
    title: "an init container of the operator's older field",
    ofConnect: false,
    put: (role, fields) => ({ [`${role}.initContainers`]: [other(fields)] }),
    path: (role) => `${role}.initContainers["other"]`,
    synth: BY_SYNTH,
  },
];

/** What a guarantee refuses of a container, and what comes near and is right. */
interface ContainerCase extends Unseen {
  readonly code: string;
  readonly refused: Part;
  readonly accepted: Part;
}

const inContext = (context: Part): Part => ({ securityContext: { ...CONTEXT, ...context } });

const CONTAINER_CASES: readonly ContainerCase[] = [
  {
    code: 'read-only-root-filesystem',
    refused: inContext({ readOnlyRootFilesystem: false }),
    accepted: inContext({}),
  },
  {
    code: 'no-privileged-containers',
    refused: inContext({ privileged: true }),
    accepted: inContext({ privileged: false }),
  },
  {
    code: 'no-added-capabilities',
    refused: inContext({ capabilities: { drop: ['ALL'], add: ['CHOWN'] } }),
    accepted: inContext({ capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } }),
  },
  {
    code: 'default-proc-mount',
    refused: inContext({ procMount: 'Unmasked' }),
    accepted: inContext({ procMount: 'Default' }),
  },
  {
    code: 'no-host-ports',
    refused: { ...inContext({}), ports: [{ containerPort: 80, hostPort: 80 }] },
    accepted: { ...inContext({}), ports: [{ containerPort: 80 }] },
  },
  {
    code: 'node-confinement',
    refused: inContext({ seccompProfile: { type: 'Unconfined' } }),
    accepted: inContext({ seccompProfile: { type: 'Localhost', localhostProfile: 'spark.json' } }),
  },
  {
    code: 'no-privilege-escalation',
    refused: inContext({ allowPrivilegeEscalation: true }),
    accepted: inContext({}),
  },
  {
    code: 'dropped-capabilities',
    refused: inContext({ capabilities: { drop: ['NET_RAW'] } }),
    accepted: inContext({ capabilities: { drop: ['ALL', 'NET_RAW'] } }),
  },
  { code: 'non-root', refused: inContext({ runAsUser: 0 }), accepted: inContext({ runAsUser: 185 }) },
];

function containerRows(): Row[] {
  const rows: Row[] = [];
  for (const kind of KINDS) {
    for (const holder of HOLDERS.filter(({ ofConnect }) => ofConnect || kind !== 'SparkConnect')) {
      for (const role of ROLES) {
        for (const { code, refused, accepted, ...unseen } of CONTAINER_CASES) {
          const isRelaxable = code === 'read-only-root-filesystem';
          const row = {
            code,
            report: isRelaxable ? undefined : NO_RELAXATION,
            synth: kind === 'SparkConnect' ? 'there is no construct for it' : holder.synth,
            ...unseen,
          };
          const title = `${kind}, ${role}, ${holder.title}`;
          rows.push(
            {
              ...row,
              title,
              manifest: application(kind, holder.put(role, refused)),
              path: at(kind, holder.path(role)),
            },
            { ...row, title, manifest: application(kind, holder.put(role, accepted)) },
          );
        }
      }
    }
  }
  return rows;
}

function at(kind: Kind, path: string): string {
  if (kind === 'ScheduledSparkApplication') return `spec.template.${path}`;
  return `spec.${kind === 'SparkConnect' ? path.replace(/^driver\b/, 'server') : path}`;
}

/** What a guarantee refuses of an application or a pod. */
interface PodCase extends Unseen {
  readonly code: string;
  readonly title: string;
  readonly refused?: Changes;
  readonly path?: string;
  readonly accepted?: Changes;
  /** Fields that a server of Spark Connect does not have. */
  readonly older?: boolean;
}

const UNGUARDED = 'the guarantee says why the guard does not look';
const token = (audience?: string): Part => ({
  name: 'token',
  projected: { sources: [{ serviceAccountToken: { path: 'token', ...(audience === undefined ? {} : { audience }) } }] },
});

function podCases(role: 'driver' | 'executor'): PodCase[] {
  const pod = `${role}.template.spec`;
  return [
    ...['hostNetwork', 'hostPID', 'hostIPC'].map((field) => ({
      code: 'no-host-namespaces',
      title: `${field} of the template`,
      refused: { [`${pod}.${field}`]: true },
      path: `${pod}.${field}`,
      accepted: { [`${pod}.${field}`]: false },
    })),
    {
      code: 'no-host-namespaces',
      title: 'hostNetwork of the older field',
      refused: { [`${role}.hostNetwork`]: true },
      path: `${role}.hostNetwork`,
      accepted: { [`${role}.hostNetwork`]: false },
      older: true,
      synth: BY_SYNTH,
    },
    {
      code: 'allowed-volumes',
      title: 'a volume of the template',
      refused: { [`${pod}.volumes`]: [{ name: 'node', hostPath: { path: '/' } }] },
      path: `${pod}.volumes["node"]`,
      accepted: { [`${pod}.volumes`]: [{ name: 'node', emptyDir: {} }] },
      synth: 'it also asks for a mount; its own test has one',
    },
    {
      code: 'non-root',
      title: 'the pod',
      refused: { [`${pod}.securityContext.runAsUser`]: 0 },
      path: `${pod}.securityContext`,
      accepted: { [`${pod}.securityContext.runAsUser`]: 1 },
    },
    {
      code: 'seccomp-profile',
      title: 'the pod',
      refused: { [`${pod}.securityContext.seccompProfile`]: undefined },
      path: `${pod}.containers["spark-kubernetes-${role}"]`,
      accepted: { [`${pod}.securityContext.seccompProfile`]: { type: 'RuntimeDefault' } },
      synth: BY_SYNTH,
    },
    {
      code: 'node-confinement',
      title: 'a sysctl of the pod',
      refused: { [`${pod}.securityContext.sysctls`]: [{ name: 'kernel.msgmax', value: '1' }] },
      path: `${pod}.securityContext`,
      accepted: { [`${pod}.securityContext.sysctls`]: [{ name: 'net.ipv4.tcp_syncookies', value: '1' }] },
    },
    {
      code: 'app-armor-annotations',
      title: 'annotations of the template',
      refused: {
        [`${role}.template.metadata`]: {
          annotations: { 'container.apparmor.security.beta.kubernetes.io/a': 'unconfined' },
        },
      },
      path: role,
      accepted: {
        [`${role}.template.metadata`]: {
          annotations: { 'container.apparmor.security.beta.kubernetes.io/a': 'runtime/default' },
        },
      },
    },
    {
      code: 'pinned-images',
      title: 'the image of a sidecar',
      refused: {
        [`${pod}.initContainers`]: [{ ...other(inContext({})), image: 'registry.acme.dev/other' }],
      },
      path: `${pod}.initContainers["other"].image`,
      accepted: { [`${pod}.initContainers`]: [other(inContext({}))] },
    },
    {
      code: 'no-plain-secrets',
      title: 'a variable of the Spark container',
      refused: {
        [`${pod}.containers`]: [spark(role, { securityContext: CONTEXT, env: [{ name: 'DB_PASSWORD', value: 'x' }] })],
      },
      path: `${pod}.containers["spark-kubernetes-${role}"].env["DB_PASSWORD"]`,
      accepted: {
        [`${pod}.containers`]: [spark(role, { securityContext: CONTEXT, env: [{ name: 'DB_USER', value: 'x' }] })],
      },
      guard: UNGUARDED,
    },
    {
      code: 'no-plain-secrets',
      title: 'a variable of the older field',
      refused: { [`${role}.env`]: [{ name: 'DB_PASSWORD', value: 'x' }] },
      path: `${role}.env["DB_PASSWORD"]`,
      accepted: { [`${role}.env`]: [{ name: 'DB_USER', value: 'x' }] },
      older: true,
      guard: UNGUARDED,
      synth: BY_SYNTH,
    },
  ];
}

const APPLICATION_CASES: readonly PodCase[] = [
  {
    code: 'no-executor-api-token',
    title: 'a projected volume (case 23)',
    refused: { 'executor.template.spec.volumes': [token()] },
    path: 'executor.template.spec.volumes["token"]',
    accepted: { 'executor.template.spec.volumes': [token('sts.amazonaws.com')] },
    synth: 'it also asks for a mount; its own test has one',
  },
  {
    code: 'no-executor-api-token',
    title: 'the token of the account',
    refused: { 'executor.template.spec.automountServiceAccountToken': true },
    path: 'executor.template.spec.automountServiceAccountToken',
    accepted: { 'executor.template.spec.automountServiceAccountToken': false },
    synth: BY_SYNTH,
  },
  {
    code: 'no-executor-api-token',
    title: 'a pod that leaves it to its account',
    refused: { 'executor.template.spec.automountServiceAccountToken': undefined },
    path: 'executor.template.spec.automountServiceAccountToken',
    guard: 'an admission policy cannot read accounts',
    synth: BY_SYNTH,
  },
  {
    code: 'pinned-images',
    title: 'the image of the application',
    refused: { image: 'registry.acme.dev/jobs/pi:latest' },
    path: 'image',
    accepted: { image: `registry.acme.dev/jobs/pi@sha256:${'a'.repeat(64)}` },
    synth: 'SparkImage says it, in words of its own',
  },
  {
    code: 'pinned-images',
    title: 'a digest that is none',
    refused: { image: 'registry.acme.dev/jobs/pi@sha256:1' },
    path: 'image',
    synth: 'SparkImage refuses it',
  },
  {
    code: 'no-plain-secrets',
    title: 'an argument (case 23)',
    refused: { arguments: ['--password=hunter2'] },
    path: 'arguments',
    accepted: { arguments: ['--password=$(PASSWORD)'] },
    guard: UNGUARDED,
    synth: 'it is no part of a template; its own test has one',
    older: true,
  },
  {
    code: 'no-plain-secrets',
    title: 'the configuration (case 23)',
    refused: { sparkConf: { ...ENCRYPTED, 'spark.acme.password': 'hunter2' } },
    path: 'sparkConf["spark.acme.password"]',
    accepted: { sparkConf: { ...ENCRYPTED, 'spark.acme.user': 'hunter2' } },
    guard: UNGUARDED,
    synth: 'it is no part of a template; its own test has one',
  },
  {
    code: 'encryption',
    title: 'the configuration',
    refused: { sparkConf: { ...ENCRYPTED, 'spark.io.encryption.enabled': 'false' } },
    path: 'sparkConf["spark.io.encryption.enabled"]',
    accepted: { sparkConf: ENCRYPTED },
    guard: UNGUARDED,
    synth: BY_SYNTH,
  },
];

const RELAXABLE = ['no-executor-api-token', 'pinned-images', 'no-plain-secrets', 'encryption'];

function otherRows(): Row[] {
  const cases = [
    ...ROLES.flatMap((role) => podCases(role).map((one) => ({ ...one, title: `${role}, ${one.title}` }))),
    ...APPLICATION_CASES,
  ];
  return KINDS.flatMap((kind) =>
    cases
      .filter(({ older }) => older !== true || kind !== 'SparkConnect')
      .flatMap(({ title, refused, accepted, path, code, guard, synth }): Row[] => {
        const row = {
          code,
          guard,
          report: RELAXABLE.includes(code) ? undefined : NO_RELAXATION,
          synth: kind === 'SparkConnect' ? 'there is no construct for it' : synth,
          title: `${kind}, ${title}`,
        };
        return [
          ...(refused === undefined
            ? []
            : [{ ...row, manifest: application(kind, refused), path: at(kind, path ?? '') }]),
          ...(accepted === undefined ? [] : [{ ...row, manifest: application(kind, accepted) }]),
        ];
      }),
  );
}

export const ROWS: readonly Row[] = [...containerRows(), ...otherRows()];
