import { Duration } from 'cdk8s';
import { EnvValue, IServiceAccount, k8s, VolumeMount } from 'cdk8s-plus-28';
import { Guarantee } from '../../guarantees/relaxation';
import { JobNamespaceQuota } from '../../job-namespace/quota/resource-quota';
import { tenancyOf } from '../../job-namespace/tenancy';
import { PodSecurityLevel } from '../../kubernetes/pod-security-level';
import { SeccompProfile } from '../../spark/seccomp-profile';
import { SPARK_CONTAINER, SparkRole } from '../../spark/spark-role';
import { Profile } from '../profile';
import { SecureSparkApplicationProps } from '../spark-application-props';
import { SizedDirectories, TEMPORARY_DIRECTORY } from './automatic-directories';
import { TrafficKey } from './encryption';
import { accountOf } from './pod-accounts';
import { DriverOptions, ExecutorOptions, FrameOptions, PodSizes } from './pod-options';
import { WritableDirectory } from './writable-directory';

/** What storages or a stream add to the user's options of a role's pods. */
export interface PodAdditions {
  readonly env?: { readonly [name: string]: EnvValue };
  readonly labels?: { readonly [label: string]: string };
  readonly volumeMounts?: readonly VolumeMount[];
  readonly serviceAccount?: IServiceAccount;
  readonly terminationGracePeriod?: Duration;
  /** The hook that runs before the Spark container is stopped. */
  readonly preStop?: k8s.LifecycleHandler;
}

/** The whole input from which the template of a role's pods and its problems are computed. */
export interface FrameInput {
  readonly role: SparkRole;
  readonly options: FrameOptions;
  readonly accountName: string;
  /** Whether the pods get a token of the Kubernetes API. */
  readonly automountToken: boolean;
  readonly profile: Profile;
  readonly userId: number;
  readonly seccompProfile: { readonly type: string; readonly localhostProfile?: string };
  readonly trafficKey?: TrafficKey;
  readonly sized: SizedDirectories;
  /** The writable directories of the user and of the storages. */
  readonly writableDirectories: readonly WritableDirectory[];
  readonly namespace: {
    readonly name: string;
    readonly podSecurity: PodSecurityLevel;
    /** The resources for which the quota requires a limit in every container. */
    readonly limited: readonly string[];
    /** Names that look like those of secrets, but are declared not to be. */
    readonly notSecret: readonly string[];
  };
}

/** One role's pods with everything that is added to them, for rendering and checks. */
export interface ResolvedPod {
  readonly role: SparkRole;
  readonly sizes: PodSizes;
  /** Java options that the library adds. */
  readonly ownJavaOptions: readonly string[];
  readonly account: IServiceAccount;
  /** The same account, if the application brings its own. */
  readonly ownAccount?: IServiceAccount;
  readonly frame: FrameInput;
}

/** The settings that all pods of an application have in common. */
export type PodContext = Pick<FrameInput, 'profile' | 'trafficKey' | 'writableDirectories'>;

/** Resolves one role's pods from the properties of the application and from additions. */
export function resolvePod(
  role: SparkRole,
  props: SecureSparkApplicationProps,
  context: PodContext,
  additions: readonly PodAdditions[],
): ResolvedPod {
  const { jobNamespace, image, temporaryDirectory, workingDirectory, ivyDirectory } = props;
  const { serviceAccount, ...given }: DriverOptions & ExecutorOptions = props[role] ?? {};
  const { cores, coreRequest, coreLimit, memory, memoryOverhead, javaOptions, ...options } = given;
  const ownAccount = additions.reduce((own, addition) => addition.serviceAccount ?? own, serviceAccount);
  const account = accountOf(role, jobNamespace, ownAccount);
  const { type, localhostProfile } = props.seccompProfile ?? SeccompProfile.RUNTIME_DEFAULT;
  const { isHardened } = context.profile;
  return {
    role,
    sizes: { cores, coreRequest, coreLimit, memory, memoryOverhead, javaOptions },
    ownJavaOptions: isHardened ? [`-Djava.io.tmpdir=${TEMPORARY_DIRECTORY}`] : [],
    account,
    ownAccount,
    frame: {
      ...context,
      role,
      options: additions.reduce<FrameOptions>((sum, addition) => withAdditions(role, sum, addition), options),
      accountName: account.name,
      automountToken: role === SparkRole.DRIVER || mountsExecutorToken(context.profile, options),
      userId: image.userId,
      seccompProfile: { type, localhostProfile },
      sized: { temporaryDirectory, workingDirectory, ivyDirectory },
      namespace: {
        name: jobNamespace.name,
        podSecurity: jobNamespace.podSecurity,
        limited: limitedResources(isHardened, jobNamespace.quota),
        notSecret: [...tenancyOf(jobNamespace).notSecret],
      },
    },
  };
}

/** Each pod states whether it mounts the token, since an account from elsewhere may mount it by default. */
function mountsExecutorToken(profile: Profile, { template }: FrameOptions): boolean {
  if (profile.isHardened) return !profile.guarantees.includes(Guarantee.NO_EXECUTOR_API_TOKEN);
  return template?.spec?.automountServiceAccountToken ?? false;
}

/** A secure application always limits CPU and memory. */
function limitedResources(isHardened: boolean, quota: JobNamespaceQuota = {}): string[] {
  return [
    ...(isHardened || quota.cpu !== undefined ? ['cpu'] : []),
    ...(isHardened || quota.memory !== undefined ? ['memory'] : []),
    ...(quota.ephemeralStorage !== undefined ? ['ephemeral-storage'] : []),
  ];
}

function withAdditions(
  role: SparkRole,
  options: FrameOptions,
  { env = {}, labels = {}, volumeMounts = [], terminationGracePeriod, preStop }: PodAdditions,
): FrameOptions {
  return {
    ...options,
    ...(Object.keys(env).length === 0 ? {} : { env: { ...options.env, ...env } }),
    ...(Object.keys(labels).length === 0 ? {} : { labels: { ...options.labels, ...labels } }),
    ...(volumeMounts.length === 0 ? {} : { volumeMounts: [...(options.volumeMounts ?? []), ...volumeMounts] }),
    ...(terminationGracePeriod === undefined ? {} : { terminationGracePeriod }),
    ...(preStop === undefined ? {} : { template: withPreStop(role, options.template, preStop) }),
  };
}

function withPreStop(
  role: SparkRole,
  template: k8s.PodTemplateSpec | undefined,
  preStop: k8s.LifecycleHandler,
): k8s.PodTemplateSpec {
  const containers = template?.spec?.containers ?? [];
  const name = SPARK_CONTAINER[role];
  const spark = containers.find((container) => container.name === name);
  return {
    ...template,
    spec: {
      ...template?.spec,
      containers: [
        { ...spark, name, lifecycle: { ...spark?.lifecycle, preStop } },
        ...containers.filter((container) => container !== spark),
      ],
    },
  };
}
