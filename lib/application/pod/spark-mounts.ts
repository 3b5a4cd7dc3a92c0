import { k8s } from 'cdk8s-plus-28';
import { LOCAL_DIRECTORY_PATH } from './local-directories';
import { RolePod } from './role-pod';
import { SPARK_CONTAINER } from '../../spark/spark-role';

/** Where the Spark container of a role sees a volume in place of its image. */
export interface SparkMount {
  /** The path, without a slash at its end. */
  readonly path: string;
  /** Whether nothing is there when Spark starts. */
  readonly isEmpty: boolean;
}

export function sparkMounts({ role, rendered, writable }: RolePod): SparkMount[] {
  const spark = rendered.spec?.containers.find(({ name }) => name === SPARK_CONTAINER[role]);
  const empty = emptyVolumes(rendered);
  const mounts = (spark?.volumeMounts ?? []).map(({ name, mountPath }) => ({
    path: mountPath.replace(/\/+$/, ''),
    isEmpty: empty.has(name),
  }));
  return writable.claimedOnDemand === undefined ? mounts : [...mounts, { path: LOCAL_DIRECTORY_PATH, isEmpty: true }];
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
