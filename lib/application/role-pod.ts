import { k8s } from 'cdk8s-plus-28';
import { HardeningPoint } from '../job-namespace/hardening';
import { PodSecurityLevel } from '../job-namespace/pod-security-level';
import { binaryQuantity } from '../private/quantity';
import {
  automaticDirectories,
  defaultLocalDirectories,
  LOG_ALLOWANCE,
  TEMPORARY_DIRECTORY,
} from './automatic-directories';
import { Encryption, encryptionEnv, encryptionMount } from './encryption';
import { pinProblem } from './image-reference';
import { mergeJavaOptions } from './java-options';
import { maximumProblems } from './limit-range-checks';
import { toManifest, unknownFieldProblems } from './manifest';
import {
  apiTokenProblems,
  containerNameProblems,
  limitProblems,
  mountProblems,
  plainSecretProblems,
  requestProblems,
} from './pod-checks';
import { isPlainSecret } from './plain-secrets';
import { containersOf } from './pod-containers';
import { hardened } from './pod-hardening';
import { DriverOptions, ExecutorOptions } from './pod-options';
import { podSecurityProblems } from './pod-security';
import { podTemplate } from './pod-template';
import { RoleDirectories, roleDirectories } from './role-directories';
import { cpuQuantity, podTotals, PodTotals, roleResources } from './role-resources';
import { SeccompProfile } from './seccomp-profile';
import { SecureSparkApplicationProps } from './spark-application-props';
import { SparkApplicationType } from './spark-main';
import { SPARK_CONTAINER, SparkRole } from './spark-role';

export interface RolePodInput {
  readonly role: SparkRole;
  readonly options: DriverOptions | ExecutorOptions;
  readonly props: SecureSparkApplicationProps;
  /** Whether the pods are hardened; a plain application only has what it is given. */
  readonly secure: boolean;
  readonly relaxed: ReadonlySet<HardeningPoint>;
}

/** One role's pods. */
export interface RolePod {
  readonly role: SparkRole;
  readonly directories: RoleDirectories;
  readonly totals: PodTotals;
  readonly template: k8s.PodTemplateSpec;
  /** The fields that driver and executor of a manifest share. */
  readonly fields: {
    readonly cores: number;
    readonly coreRequest: string;
    readonly coreLimit?: string;
    readonly memory: string;
    readonly memoryOverhead: string;
    readonly javaOptions?: string;
    readonly serviceAccount: string;
    readonly template: unknown;
  };
}

/** Renders one role; what is wrong with it goes to `problems`. */
export function rolePod(input: RolePodInput, problems: string[]): RolePod {
  const { role, options, props, secure, relaxed } = input;
  const isDriver = role === SparkRole.DRIVER;
  const local = options.localDirectories ?? (secure ? defaultLocalDirectories(role) : undefined);
  const wanted = (props.writableDirectories ?? []).filter(({ roles }) => roles.includes(role));
  const automatic = secure ? automaticDirectories(role, props) : [];
  const directories = roleDirectories(role, [...automatic, ...wanted], local, problems);
  const resources = roleResources(
    { role, options, nonJvm: isNonJvm(props.main.type), inMemoryDirectories: directories.memory, limitCpu: secure },
    problems,
  );
  const encryption =
    secure && !relaxed.has(HardeningPoint.ENCRYPTION) ? (props.encryption ?? Encryption.perRun()) : undefined;
  const key = encryption === undefined ? undefined : encryptionMount(encryption);
  const account = isDriver ? props.jobNamespace.driverServiceAccount : props.jobNamespace.executorServiceAccount;
  const composed = podTemplate(
    {
      role,
      options,
      serviceAccountName: account.name,
      automountToken:
        isDriver || (secure && relaxed.has(HardeningPoint.NO_EXECUTOR_API_TOKEN)) ? true : secure ? false : undefined,
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
        readOnlyRoot: !relaxed.has(HardeningPoint.READ_ONLY_ROOT_FILESYSTEM),
      })
    : composed;
  problems.push(
    ...unknownFieldProblems(role, options),
    ...containerNameProblems(role, template),
    ...mountProblems(role, template),
    ...requestProblems(role, template),
    ...securityProblems(input, template),
    ...quotaProblems(input, template),
    ...maximumProblems(role, template, resources, props.jobNamespace.limitRange ?? {}),
  );
  if (secure) {
    if (!isDriver && !relaxed.has(HardeningPoint.NO_EXECUTOR_API_TOKEN)) {
      problems.push(...apiTokenProblems(role, template));
    }
    if (!relaxed.has(HardeningPoint.NO_PLAIN_SECRETS)) {
      problems.push(...plainSecretProblems(role, template), ...javaSecretProblems(role, options.javaOptions ?? []));
    }
    if (!relaxed.has(HardeningPoint.PINNED_IMAGES)) problems.push(...imageProblems(role, template));
  }
  const own = secure ? [`-Djava.io.tmpdir=${TEMPORARY_DIRECTORY}`] : [];
  const javaOptions = mergeJavaOptions(role, options.javaOptions ?? [], own, problems);
  return {
    role,
    directories,
    template,
    totals: podTotals(resources, SPARK_CONTAINER[role], template),
    fields: {
      cores: resources.cores,
      coreRequest: cpuQuantity(resources.cpuRequest),
      coreLimit: resources.cpuLimit === undefined ? undefined : cpuQuantity(resources.cpuLimit),
      memory: `${resources.memory}m`,
      memoryOverhead: `${resources.memoryOverhead}m`,
      javaOptions: javaOptions === '' ? undefined : javaOptions,
      serviceAccount: account.name,
      template: toManifest(template),
    },
  };
}

/** What a quota of the namespace demands of every container; a secure application always does so for CPU and memory. */
function quotaProblems({ role, options, props, secure }: RolePodInput, template: k8s.PodTemplateSpec): string[] {
  const { name, quota } = props.jobNamespace;
  const needed = [
    ...(secure || quota?.cpu !== undefined ? ['cpu'] : []),
    ...(secure || quota?.memory !== undefined ? ['memory'] : []),
    ...(quota?.ephemeralStorage !== undefined ? ['ephemeral-storage'] : []),
  ];
  const problems = limitProblems(role, template, needed);
  if (!secure && quota?.cpu !== undefined && options.coreLimit === undefined) {
    problems.push(
      `${role}.coreLimit is not given, but the quota of namespace "${name}" limits CPU and admits no pod without; set it`,
    );
  }
  return problems;
}

function javaSecretProblems(role: SparkRole, javaOptions: readonly string[]): string[] {
  return javaOptions.flatMap((option, index) => {
    const [, name, value] = /^-D([^=]+)=(.*)$/s.exec(option) ?? [];
    return name === undefined || !isPlainSecret(name, value)
      ? []
      : [
          `${role}.javaOptions[${index}] would hold a secret in plain text in "${name}"; ` +
            'mount the Secret, or give it as an environment variable by reference',
        ];
  });
}

function isNonJvm(type: SparkApplicationType): boolean {
  return type === SparkApplicationType.PYTHON || type === SparkApplicationType.R;
}

function securityProblems({ role, props, secure, relaxed }: RolePodInput, template: k8s.PodTemplateSpec): string[] {
  const level = secure ? PodSecurityLevel.RESTRICTED : props.jobNamespace.podSecurity;
  const remedy = secure
    ? 'a secure application refuses it: leave it out'
    : `Pod Security "${level}" of namespace "${props.jobNamespace.name}" refuses it: ` +
      `use SecureSparkApplication, or say it in ${role}.template`;
  const faults = podSecurityProblems(template, level);
  const problems = faults.length === 0 ? [] : [`${role}: ${faults.join(', ')}; ${remedy}`];
  if (!secure || relaxed.has(HardeningPoint.READ_ONLY_ROOT_FILESYSTEM)) return problems;
  const containers = containersOf(template);
  return [
    ...problems,
    ...containers
      .filter((container) => container.securityContext?.readOnlyRootFilesystem !== true)
      .map(
        ({ name }) =>
          `${role}: container "${name}" has a writable root file system; use writableDirectories, or relax ` +
          'HardeningPoint.READ_ONLY_ROOT_FILESYSTEM where the namespace allows it',
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
