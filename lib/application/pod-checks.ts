import { k8s } from 'cdk8s-plus-28';
import { tellsOfSecret } from './plain-secrets';
import { SPARK_CONTAINER, SparkRole } from './spark-role';

function containersOf(template: k8s.PodTemplateSpec): k8s.Container[] {
  return [...(template.spec?.initContainers ?? []), ...(template.spec?.containers ?? [])];
}

/** Mounts without a volume, volumes without a mount, and two mounts on one path: the webhook drops the first two in silence. */
export function mountProblems(role: SparkRole, template: k8s.PodTemplateSpec): string[] {
  const problems: string[] = [];
  const volumes = (template.spec?.volumes ?? []).map((volume) => volume.name);
  const mounted = new Set<string>();
  for (const container of containersOf(template)) {
    const paths = new Map<string, string>();
    for (const mount of container.volumeMounts ?? []) {
      const path = mount.mountPath.replace(/(.)\/+$/, '$1');
      mounted.add(mount.name);
      if (!volumes.includes(mount.name)) {
        problems.push(
          `${role}: container "${container.name}" mounts volume "${mount.name}" at ${path}, but the pod has no such volume; add it to ${role}.volumes`,
        );
      }
      const other = paths.get(path);
      if (other !== undefined) {
        problems.push(
          `${role}: container "${container.name}" mounts both "${other}" and "${mount.name}" at ${path}; give one of them another path`,
        );
      }
      paths.set(path, mount.name);
    }
  }
  for (const name of new Set(volumes)) {
    if (volumes.indexOf(name) !== volumes.lastIndexOf(name)) {
      problems.push(`${role}: two volumes are named "${name}"; give one of them another name`);
    }
    if (!mounted.has(name)) {
      problems.push(`${role}: no container mounts volume "${name}"; mount it or leave it out`);
    }
  }
  return problems;
}

/** Containers whose names look like Spark's but are not: Spark would start its own beside them. */
export function containerNameProblems(role: SparkRole, template: k8s.PodTemplateSpec): string[] {
  const names = containersOf(template).map((container) => container.name);
  return names.flatMap((name, index) => {
    if (name !== SPARK_CONTAINER[role] && name.startsWith('spark-kubernetes')) {
      return [
        `${role}: a container is named "${name}"; the Spark container of this role is "${SPARK_CONTAINER[role]}"`,
      ];
    }
    if (names.indexOf(name) !== index)
      return [`${role}: two containers are named "${name}"; give one of them another name`];
    return [];
  });
}

/** Plain values under names that tell of a secret, in any container. */
export function plainSecretProblems(role: SparkRole, template: k8s.PodTemplateSpec): string[] {
  return containersOf(template).flatMap((container) =>
    (container.env ?? [])
      .filter(({ name, value }) => value !== undefined && value !== '' && tellsOfSecret(name))
      .map(
        ({ name }) =>
          `${role}: container "${container.name}" has a plain value in ${name}, whose name tells of a secret; give it by reference: secret.envValue('key')`,
      ),
  );
}

/** Containers beside Spark's without requests and limits: a namespace with a quota refuses their pods. */
export function resourceProblems(role: SparkRole, template: k8s.PodTemplateSpec, needsDisk: boolean): string[] {
  const needed = ['cpu', 'memory', ...(needsDisk ? ['ephemeral-storage'] : [])];
  return containersOf(template)
    .filter((container) => container.name !== SPARK_CONTAINER[role])
    .flatMap((container) => {
      const missing = needed.filter((resource) => container.resources?.limits?.[resource] === undefined);
      return missing.length === 0
        ? []
        : [
            `${role}: container "${container.name}" has no limit of ${missing.join(', ')}; set resources.limits, so that quotas admit the pod`,
          ];
    });
}

/**
 * Fields that are no fields of a pod: the template's schema in the cluster is open, so they would be accepted and ignored.
 *
 * @param given what the user gave
 * @param rendered the same after rendering, which keeps only known fields
 */
export function unknownFields(given: unknown, rendered: unknown, path: string): string[] {
  if (Array.isArray(given)) {
    return given.flatMap((item, index) =>
      unknownFields(item, (rendered as unknown[] | undefined)?.[index], `${path}[${index}]`),
    );
  }
  if (typeof given !== 'object' || given === null || Object.getPrototypeOf(given) !== Object.prototype) return [];
  // The TypeScript names differ from the manifest's in capitals alone: hostIpc is hostIPC there.
  const known = new Map(
    Object.entries((rendered ?? {}) as object).map(([key, value]) => [key.toLowerCase(), value as unknown]),
  );
  return Object.entries(given).flatMap(([key, value]) => {
    if (value === undefined) return [];
    if (!known.has(key.toLowerCase())) return [`${path}.${key}`];
    return unknownFields(value, known.get(key.toLowerCase()), `${path}.${key}`);
  });
}
