import fc from 'fast-check';
import { changed, Changes, Part } from '../cluster/guard-cases';
import { application, Kind } from './rows';

/** A value for a field, right or wrong, more often right. */
function oneOf<T>(...values: readonly T[]): fc.Arbitrary<T> {
  return fc.constantFrom(...values);
}

const PROFILE = oneOf<unknown>(
  { type: 'RuntimeDefault' },
  { type: 'RuntimeDefault' },
  { type: 'Localhost', localhostProfile: 'a.json' },
  { type: 'Localhost' },
  { type: 'Unconfined' },
  {},
);
const SELINUX = oneOf<unknown>(
  { level: 's0' },
  { type: 'container_t' },
  { type: 'spc_t' },
  { user: 'root' },
  { role: 'r' },
);

/** Changes to a security context, by their paths in it. */
const SHARED_CHANGES: readonly fc.Arbitrary<Changes>[] = [
  fc.record({ runAsUser: oneOf<unknown>(0, 1, 185, undefined) }),
  fc.record({ runAsNonRoot: oneOf<unknown>(true, false, undefined) }),
  fc.record({ seccompProfile: PROFILE }),
  fc.record({ appArmorProfile: PROFILE }),
  fc.record({ seLinuxOptions: SELINUX }),
  fc.record({ windowsOptions: oneOf<unknown>({ hostProcess: true }, { hostProcess: false }, {}) }),
];
const CONTAINER_CHANGES: readonly fc.Arbitrary<Changes>[] = [
  ...SHARED_CHANGES,
  fc.record({ privileged: oneOf<unknown>(true, false, 'true') }),
  fc.record({ allowPrivilegeEscalation: oneOf<unknown>(true, false, undefined, 'false') }),
  fc.record({ readOnlyRootFilesystem: oneOf<unknown>(true, false, undefined, 1) }),
  fc.record({ procMount: oneOf<unknown>('Default', 'Unmasked', undefined) }),
  fc.record({
    capabilities: oneOf<unknown>(
      { drop: ['ALL'] },
      { drop: ['NET_RAW', 'ALL'], add: ['NET_BIND_SERVICE'] },
      { drop: ['ALL'], add: ['CHOWN'] },
      { drop: ['ALL'], add: ['SYS_ADMIN'] },
      { drop: [] },
      { drop: 'ALL' },
      undefined,
    ),
  }),
];
const HARD = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true };

function merged(changes: readonly Changes[]): Changes {
  return Object.assign({}, ...changes) as Changes;
}

const context = fc
  .array(fc.oneof(...CONTAINER_CHANGES), { maxLength: 2 })
  .map((changes) => changed(HARD, merged(changes)));

function container(name: string): fc.Arbitrary<Part> {
  return fc.record({
    name: fc.constant(name),
    image: oneOf(
      'registry.acme.dev/a:1.0.0',
      'a/b:2',
      'a/b:latest',
      'a/b',
      `a/b@sha256:${'0'.repeat(64)}`,
      'a/b:1@sha256:0',
      'a:5000/b',
    ),
    securityContext: fc.oneof({ weight: 3, arbitrary: fc.constant(HARD as Part) }, { weight: 2, arbitrary: context }),
    ports: oneOf<unknown>(
      [],
      [{ containerPort: 1 }],
      [{ containerPort: 1, hostPort: 0 }],
      [{ containerPort: 1, hostPort: 9 }],
    ),
  });
}

const VOLUME = oneOf<Part>(
  { emptyDir: {} },
  { configMap: { name: 'a' } },
  { hostPath: { path: '/' } },
  { nfs: { server: 'a', path: '/' } },
  { projected: { sources: [{ serviceAccountToken: { path: 'a' } }] } },
  { projected: { sources: [{ serviceAccountToken: { path: 'a', audience: 'sts.amazonaws.com' } }] } },
  { projected: { sources: [{ serviceAccountToken: { path: 'a', audience: 'https://kubernetes.default.svc' } }] } },
  { projected: { sources: [{ serviceAccountToken: { path: 'a', audience: '' } }, { configMap: { name: 'a' } }] } },
);

function changesOf(role: 'driver' | 'executor', kind: Kind): fc.Arbitrary<Changes> {
  const pod = `${role}.template.spec`;
  const all: fc.Arbitrary<Changes>[] = [
    fc
      .oneof(...SHARED_CHANGES)
      .map((change) =>
        Object.fromEntries(Object.entries(change).map(([field, value]) => [`${pod}.securityContext.${field}`, value])),
      ),
    oneOf<unknown>([{ name: 'kernel.msgmax', value: '1' }], [{ name: 'net.ipv4.tcp_syncookies', value: '1' }]).map(
      (value) => ({
        [`${pod}.securityContext.sysctls`]: value,
      }),
    ),
    container(`spark-kubernetes-${role}`).map((spark) => ({ [`${pod}.containers`]: [spark] })),
    container('side').map((side) => ({ [`${pod}.containers.1`]: side })),
    container('init').map((init) => ({ [`${pod}.initContainers`]: [init] })),
    VOLUME.map((volume) => ({ [`${pod}.volumes`]: [{ name: 'v', ...volume }] })),
    fc
      .tuple(oneOf('hostNetwork', 'hostPID', 'hostIPC'), fc.boolean())
      .map(([field, value]) => ({ [`${pod}.${field}`]: value })),
    oneOf('unconfined', 'runtime/default', 'localhost/a').map((value) => ({
      [`${role}.template.metadata`]: { annotations: { 'container.apparmor.security.beta.kubernetes.io/a': value } },
    })),
    fc.boolean().map((value) => ({ [`${pod}.automountServiceAccountToken`]: value })),
  ];
  const older: fc.Arbitrary<Changes>[] = [
    container('side').map((side) => ({ [`${role}.sidecars`]: [side] })),
    container('init').map((init) => ({ [`${role}.initContainers`]: [init] })),
    fc.boolean().map((value) => ({ [`${role}.hostNetwork`]: value })),
    fc.constant({ [`${role}.annotations`]: { 'container.apparmor.security.beta.kubernetes.io/a': 'unconfined' } }),
    VOLUME.map((volume) => ({ volumes: [{ name: 'v', ...volume }] })),
    context.map((securityContext) => ({
      [`${role}.template`]: undefined,
      [`${role}.securityContext`]: securityContext,
      [`${role}.podSecurityContext`]: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    })),
  ];
  return fc.oneof(...all, ...(kind === 'SparkConnect' ? [] : older));
}

/** Applications of all kinds that keep all guarantees, but for what a few changes do. */
export const applications: fc.Arbitrary<Part> = oneOf<Kind>(
  'SparkApplication',
  'ScheduledSparkApplication',
  'SparkConnect',
).chain((kind) =>
  fc
    .array(fc.oneof(changesOf('driver', kind), changesOf('executor', kind)), { maxLength: 3 })
    .map((changes) => attempt(kind, changes)),
);

/** A template that one change takes away takes what others change in it along. */
function attempt(kind: Kind, changes: readonly Changes[]): Part {
  const all = merged(changes);
  const gone = Object.keys(all).filter((path) => path.endsWith('.template') && all[path] === undefined);
  const left = Object.entries(all).filter(([path]) => !gone.some((template) => path.startsWith(`${template}.`)));
  return application(kind, Object.fromEntries(left));
}
