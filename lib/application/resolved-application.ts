import { Guarantee } from '../guarantees/relaxation';
import { SparkRole } from '../spark/spark-role';
import { TrafficKey } from './pod/encryption';
import { PodAdditions, ResolvedPod, resolvePod } from './pod/resolved-pod';
import { WritableDirectory } from './pod/writable-directory';
import { Profile, relaxed } from './profile';
import { RestartPolicy } from './schedule/restart-policy';
import { SecureSparkApplicationProps } from './spark-application-props';
import { JobStorage } from './storage/job-storage';

/** What one kind of application adds to the common properties. */
export interface KindSettings {
  readonly profile: Profile;
  readonly restartPolicy?: RestartPolicy;
  readonly sparkConf?: { readonly [key: string]: string };
  readonly driver?: PodAdditions;
}

type Resolved = 'name' | 'driver' | 'executor' | 'writableDirectories' | 'restartPolicy' | 'sparkConf';

/** An application with everything from its kind, namespace and storages. It does not change afterwards. */
export interface ResolvedApplication extends Omit<SecureSparkApplicationProps, Resolved> {
  readonly name: string;
  readonly profile: Profile;
  readonly storage: JobStorage;
  readonly driver: ResolvedPod;
  readonly executor: ResolvedPod;
  /** The requested number of executors, and the maximum number. */
  readonly instances?: number;
  readonly maxExecutors: number;
  readonly deleteOnTermination: boolean;
  /** The key for traffic and spills, if they are encrypted. */
  readonly trafficKey?: TrafficKey;
  readonly writableDirectories: readonly WritableDirectory[];
  readonly restartPolicy: RestartPolicy;
  readonly sparkConf: { readonly [key: string]: string };
}

/** Resolves the properties of an application; called once per application. */
export function resolveApplication(
  name: string,
  props: SecureSparkApplicationProps,
  kind: KindSettings,
  storage: JobStorage,
): ResolvedApplication {
  const profile = relaxed(kind.profile, props.relax ?? []);
  const { secret, key } = props.encryption ?? {};
  const trafficKey = profile.guarantees.includes(Guarantee.ENCRYPTION) ? { secretName: secret?.name, key } : undefined;
  const writableDirectories = [...(props.writableDirectories ?? []), ...storage.writableDirectories];
  const context = { profile, trafficKey, writableDirectories };
  return {
    ...props,
    name,
    profile,
    storage,
    driver: resolvePod(SparkRole.DRIVER, props, context, [kind.driver ?? {}, storage.pods.driver]),
    executor: resolvePod(SparkRole.EXECUTOR, props, context, [storage.pods.executor]),
    instances: props.executor?.instances,
    maxExecutors: props.dynamicAllocation?.maxExecutors ?? props.executor?.instances ?? 1,
    deleteOnTermination: props.executor?.deleteOnTermination ?? true,
    trafficKey,
    writableDirectories,
    restartPolicy: kind.restartPolicy ?? props.restartPolicy ?? RestartPolicy.never(),
    sparkConf: { ...props.sparkConf, ...kind.sparkConf },
  };
}
