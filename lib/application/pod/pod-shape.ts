import { k8s } from 'cdk8s-plus-28';
import { Guarantee } from '../../guarantees/relaxation';
import { PodSecurityLevel } from '../../kubernetes/pod-security-level';
import { ISparkJobNamespace } from '../../job-namespace/spark-job-namespace';
import { binaryQuantity } from '../../kubernetes/quantity';
import {
  automaticDirectories,
  defaultLocalDirectories,
  LOG_ALLOWANCE,
  TEMPORARY_DIRECTORY,
} from './automatic-directories';
import { Encryption, encryptionEnv, encryptionMount } from './encryption';
import { pinProblem } from '../../kubernetes/image-reference';
import { toManifest, unknownFieldProblems } from './manifest';
import { accountOf } from './pod-accounts';
import {
  apiTokenProblems,
  containerNameProblems,
  limitProblems,
  mountProblems,
  plainSecretProblems,
  requestProblems,
} from './pod-checks';
import { containersOf } from '../../kubernetes/pod-containers';
import { hardened } from './pod-hardening';
import { DriverOptions, ExecutorOptions } from './pod-options';
import { podSecurityProblems } from '../../kubernetes/pod-security';
import { podTemplate } from './pod-template';
import { RoleDirectories, roleDirectories } from './role-directories';
import { PodBase, podBase } from './role-resources';
import { SeccompProfile } from '../../spark/seccomp-profile';
import { SecureSparkApplicationProps } from '../spark-application-props';
import { writtenClaims } from './shared-claims';
import { SparkMount, sparkMounts } from './spark-mounts';
import { SPARK_CONTAINER, SparkRole } from '../../spark/spark-role';

export interface RolePodInput {
  readonly role: SparkRole;
  readonly options: DriverOptions | ExecutorOptions;
  readonly props: SecureSparkApplicationProps;
  /** Whether the pods are hardened; a plain application only has what it is given. */
  readonly secure: boolean;
  readonly relaxed: ReadonlySet<Guarantee>;
}

/** One role's pods, but for how much the Spark container takes. */
export interface PodShape {
  readonly directories: RoleDirectories;
  readonly serviceAccount: string;
  readonly template: k8s.PodTemplateSpec;
  readonly base: PodBase;
  readonly mounts: readonly SparkMount[];
  readonly writtenClaims: ReadonlySet<string>;
  /** The template as the manifest has it. */
  readonly manifest: unknown;
  readonly problems: readonly string[];
}

/** Options that say how much a pod takes, or how Java is started, and nothing of its template. */
const SIZES = new Set(
  'coreLimit coreRequest cores deleteOnTermination instances javaOptions memory memoryOverhead'.split(' '),
);
/** Properties of an application that reach its pods' templates. */
const SHAPING = [
  'encryption',
  'ivyDirectory',
  'seccompProfile',
  'temporaryDirectory',
  'workingDirectory',
  'writableDirectories',
] as const;

const usualShapes = new WeakMap<ISparkJobNamespace, Map<string, PodShape>>();

/**
 * The shape of one role's pods. Where an application says nothing of it, it follows from its namespace and the image's user
 * alone, so it is rendered and checked once for all such applications: a fleet's most common case, on every synth.
 */
export function podShape(input: RolePodInput): PodShape {
  const { role, options, props, secure, relaxed } = input;
  const isUsual =
    relaxed.size === 0 &&
    Object.entries(options).every(([option, value]) => value === undefined || SIZES.has(option)) &&
    SHAPING.every((property) => props[property] === undefined);
  if (!isUsual) return renderShape(input);
  const shapes = usualShapes.get(props.jobNamespace) ?? new Map<string, PodShape>();
  usualShapes.set(props.jobNamespace, shapes);
  const key = `${role} ${secure} ${props.image.userId}`;
  const shape = shapes.get(key) ?? renderShape(input);
  shapes.set(key, shape);
  return shape;
}

function renderShape(input: RolePodInput): PodShape {
  const { role, options, props, secure, relaxed } = input;
  const problems: string[] = [];
  const isDriver = role === SparkRole.DRIVER;
  const local = options.localDirectories ?? (secure ? defaultLocalDirectories(role) : undefined);
  const wanted = (props.writableDirectories ?? []).filter(({ roles }) => roles.includes(role));
  const automatic = secure ? automaticDirectories(role, props) : [];
  const directories = roleDirectories(role, [...automatic, ...wanted], local, problems);
  const encryption =
    secure && !relaxed.has(Guarantee.ENCRYPTION) ? (props.encryption ?? Encryption.perRun()) : undefined;
  const key = encryption === undefined ? undefined : encryptionMount(encryption);
  const account = accountOf(role, props);
  const composed = podTemplate(
    {
      role,
      options,
      serviceAccountName: account.name,
      automountToken: isDriver || mountsExecutorToken(input),
      directories: key === undefined ? directories.mounts : [...directories.mounts, key],
      // Spark's images have the home directory /nonexistent; Python's libraries keep their caches below it.
      env: [
        ...(secure ? [{ name: 'HOME', value: TEMPORARY_DIRECTORY }] : []),
        ...(encryption === undefined || isDriver ? [] : encryptionEnv(encryption)),
      ],
      ephemeralStorage: secure ? k8s.Quantity.fromString(binaryQuantity(directories.disk + LOG_ALLOWANCE)) : undefined,
    },
    problems,
  );
  const template = secure
    ? hardened(composed, {
        userId: props.image.userId,
        seccompProfile: props.seccompProfile ?? SeccompProfile.RUNTIME_DEFAULT,
        readOnlyRoot: !relaxed.has(Guarantee.READ_ONLY_ROOT_FILESYSTEM),
      })
    : composed;
  problems.push(
    ...unknownFieldProblems(role, options),
    ...containerNameProblems(role, template),
    ...mountProblems(role, template),
    ...requestProblems(role, template),
    ...securityProblems(input, template),
    ...quotaProblems(input, template),
  );
  if (secure) {
    if (!isDriver && !relaxed.has(Guarantee.NO_EXECUTOR_API_TOKEN)) {
      problems.push(...apiTokenProblems(role, template));
    }
    if (!relaxed.has(Guarantee.NO_PLAIN_SECRETS)) {
      problems.push(...plainSecretProblems(role, template));
    }
    if (!relaxed.has(Guarantee.PINNED_IMAGES)) problems.push(...imageProblems(role, template));
  }
  return {
    directories,
    serviceAccount: account.name,
    template,
    base: podBase(SPARK_CONTAINER[role], template),
    mounts: sparkMounts(role, template, directories),
    writtenClaims: writtenClaims(template),
    manifest: toManifest(template),
    problems,
  };
}

/** An account that somebody brings may mount its token by default, so that each pod says whether it does. */
function mountsExecutorToken({ options, secure, relaxed }: RolePodInput): boolean {
  if (secure) return relaxed.has(Guarantee.NO_EXECUTOR_API_TOKEN);
  return options.template?.spec?.automountServiceAccountToken ?? false;
}

/** What a quota of the namespace demands of every container; a secure application always does so for CPU and memory. */
function quotaProblems({ role, props, secure }: RolePodInput, template: k8s.PodTemplateSpec): string[] {
  const { quota } = props.jobNamespace;
  const needed = [
    ...(secure || quota?.cpu !== undefined ? ['cpu'] : []),
    ...(secure || quota?.memory !== undefined ? ['memory'] : []),
    ...(quota?.ephemeralStorage !== undefined ? ['ephemeral-storage'] : []),
  ];
  return limitProblems(role, template, needed);
}

function securityProblems({ role, props, secure, relaxed }: RolePodInput, template: k8s.PodTemplateSpec): string[] {
  const level = secure ? PodSecurityLevel.RESTRICTED : props.jobNamespace.podSecurity;
  const remedy = secure
    ? 'a secure application refuses it: leave it out'
    : `Pod Security "${level}" of namespace "${props.jobNamespace.name}" refuses it: ` +
      `use SecureSparkApplication, or say it in ${role}.template`;
  const faults = podSecurityProblems(template, level);
  const problems = faults.length === 0 ? [] : [`${role}: ${faults.join(', ')}; ${remedy}`];
  if (!secure || relaxed.has(Guarantee.READ_ONLY_ROOT_FILESYSTEM)) return problems;
  const containers = containersOf(template);
  return [
    ...problems,
    ...containers
      .filter((container) => container.securityContext?.readOnlyRootFilesystem !== true)
      .map(
        ({ name }) =>
          `${role}: container "${name}" has a writable root file system; use writableDirectories, or relax ` +
          'Guarantee.READ_ONLY_ROOT_FILESYSTEM where the namespace allows it',
      ),
  ];
}

function imageProblems(role: SparkRole, template: k8s.PodTemplateSpec): string[] {
  const containers = containersOf(template);
  return containers.flatMap(({ name, image }) => {
    if (name === SPARK_CONTAINER[role]) return [];
    const problem = image === undefined ? 'no image is given' : pinProblem(image);
    return problem === undefined ? [] : [`${role}: container "${name}": ${problem}`];
  });
}
