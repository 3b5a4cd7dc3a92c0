import { k8s } from 'cdk8s-plus-28';
import { containersOf } from '../../kubernetes/pod-containers';
import { LOCAL_DIRECTORY_PATH } from './local-directories';
import { RoleDirectories } from './role-directories';
import { SPARK_CONTAINER, SparkRole } from '../../spark/spark-role';

/** A path where the Spark container of a role sees a volume instead of its image. */
export interface SparkMount {
  /** The path, without a trailing slash. */
  readonly path: string;
  /** Whether the volume is empty when Spark starts. */
  readonly isEmpty: boolean;
}

export function sparkMounts(
  role: SparkRole,
  template: k8s.PodTemplateSpec,
  { claimedOnDemand }: RoleDirectories,
): SparkMount[] {
  const spark = template.spec?.containers.find(({ name }) => name === SPARK_CONTAINER[role]);
  const empty = emptyVolumes(template);
  const mounts = (spark?.volumeMounts ?? []).map(({ name, mountPath }) => ({
    path: mountPath.replace(/\/+$/, ''),
    isEmpty: empty.has(name),
  }));
  return claimedOnDemand === undefined ? mounts : [...mounts, { path: LOCAL_DIRECTORY_PATH, isEmpty: true }];
}

/** Volumes that start empty and that no init container fills. */
export function emptyVolumes(template: k8s.PodTemplateSpec): Set<string> {
  const filled = new Set(
    (template.spec?.initContainers ?? []).flatMap(({ volumeMounts = [] }) => volumeMounts.map(({ name }) => name)),
  );
  const volumes = template.spec?.volumes ?? [];
  return new Set(
    volumes
      .filter(({ name, emptyDir, ephemeral }) => (emptyDir ?? ephemeral) !== undefined && !filled.has(name))
      .map(({ name }) => name),
  );
}

/** The claims that a pod of this template writes to. */
export function writtenClaims(template: k8s.PodTemplateSpec): Set<string> {
  const claims = new Map((template.spec?.volumes ?? []).map((volume) => [volume.name, volume.persistentVolumeClaim]));
  const containers = containersOf(template);
  const written = containers
    .flatMap(({ volumeMounts = [] }) => volumeMounts)
    .filter((mount) => mount.readOnly !== true)
    .flatMap((mount) => claims.get(mount.name) ?? [])
    .filter((claim) => claim.readOnly !== true);
  return new Set(written.map(({ claimName }) => claimName));
}
