import { Duration } from 'cdk8s';
import { EnvValue, IServiceAccount, k8s, VolumeMount } from 'cdk8s-plus-28';
import { Guarantee } from '../../guarantees/relaxation';
import { SPARK_CONTAINER, SparkRole } from '../../spark/spark-role';
import { Profile } from '../profile';
import { SecureSparkApplicationProps } from '../spark-application-props';
import { automaticDirectories, defaultLocalDirectories, TEMPORARY_DIRECTORY } from './automatic-directories';
import { Encryption, encryptionEnv, encryptionMount } from './encryption';
import { LocalDirectories } from './local-directories';
import { accountOf } from './pod-accounts';
import { PodOptions } from './pod-options';
import { DirectoryMount } from './role-directories';
import { WritableDirectory } from './writable-directory';

/** What storages or a stream add to what a user gives of a role's pods. */
export interface PodAdditions {
  readonly env?: { readonly [name: string]: EnvValue };
  readonly labels?: { readonly [label: string]: string };
  readonly volumeMounts?: readonly VolumeMount[];
  readonly serviceAccount?: IServiceAccount;
  readonly terminationGracePeriod?: Duration;
  /** What the Spark container does before it is stopped. */
  readonly preStop?: k8s.LifecycleHandler;
}

/** One role's pods with all that they get, which rendering and checks read. */
export interface ResolvedPod {
  readonly role: SparkRole;
  /** The user's options, with what storages and a stream add to them. */
  readonly options: PodOptions;
  readonly account: IServiceAccount;
  /** The same account, where the application brings it. */
  readonly ownAccount?: IServiceAccount;
  /** Whether the pods get a token of the Kubernetes API. */
  readonly automountToken: boolean;
  readonly directories: readonly WritableDirectory[];
  readonly localDirectories?: LocalDirectories;
  /** The file with the key of traffic and spills, where it comes from a Secret. */
  readonly keyFile?: DirectoryMount;
  /** Environment that the library adds where the user has not set it. */
  readonly env: readonly k8s.EnvVar[];
  /** Java options that the library adds. */
  readonly javaOptions: readonly string[];
}

/** What the pods of an application have in common. */
export interface PodContext {
  readonly profile: Profile;
  readonly trafficKey?: Encryption;
  /** The writable directories of the user and of the storages. */
  readonly writableDirectories: readonly WritableDirectory[];
}

/** One role's pods, from the properties of its application and what is added to them. */
export function resolvePod(
  role: SparkRole,
  props: SecureSparkApplicationProps,
  { profile, trafficKey, writableDirectories }: PodContext,
  additions: readonly PodAdditions[],
): ResolvedPod {
  const given = props[role] ?? {};
  const options = additions.reduce((sum, addition) => withAdditions(role, sum, addition), given);
  const isDriver = role === SparkRole.DRIVER;
  const ownAccount = additions.reduce((own, { serviceAccount }) => serviceAccount ?? own, given.serviceAccount);
  const wanted = writableDirectories.filter(({ roles }) => roles.includes(role));
  return {
    role,
    options,
    account: accountOf(role, props.jobNamespace, ownAccount),
    ownAccount,
    automountToken: isDriver || mountsExecutorToken(profile, given),
    directories: [...(profile.isHardened ? automaticDirectories(role, props, wanted) : []), ...wanted],
    localDirectories: options.localDirectories ?? (profile.isHardened ? defaultLocalDirectories(role) : undefined),
    keyFile: trafficKey === undefined ? undefined : encryptionMount(trafficKey),
    env: [
      // Spark's images have the home directory /nonexistent; Python's libraries keep their caches below it.
      ...(profile.isHardened ? [{ name: 'HOME', value: TEMPORARY_DIRECTORY }] : []),
      ...(trafficKey === undefined || isDriver ? [] : encryptionEnv(trafficKey)),
    ],
    javaOptions: profile.isHardened ? [`-Djava.io.tmpdir=${TEMPORARY_DIRECTORY}`] : [],
  };
}

/** An account that somebody brings may mount its token by default, so that each pod says whether it does. */
function mountsExecutorToken(profile: Profile, { template }: PodOptions): boolean {
  if (profile.isHardened) return !profile.guarantees(Guarantee.NO_EXECUTOR_API_TOKEN);
  return template?.spec?.automountServiceAccountToken ?? false;
}

function withAdditions(
  role: SparkRole,
  options: PodOptions,
  { env = {}, labels = {}, volumeMounts = [], terminationGracePeriod, preStop }: PodAdditions,
): PodOptions {
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
