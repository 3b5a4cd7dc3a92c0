import { k8s } from 'cdk8s-plus-28';
import { forwardReferences } from '../../kubernetes/variable-references';
import { amountOf, containersOf } from '../../kubernetes/pod-containers';
import { SPARK_CONTAINER, SparkRole } from '../../spark/spark-role';

/** Mounts without a volume, volumes without a mount (the webhook drops both in silence), and two mounts on one path. */
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
          `${role}: container "${container.name}" mounts volume "${mount.name}" at ${path}, ` +
            `but the pod has no such volume; add it to ${role}.volumes`,
        );
      }
      const other = paths.get(path);
      if (other !== undefined) {
        problems.push(
          `${role}: container "${container.name}" mounts both "${other}" and "${mount.name}" at ${path}; ` +
            'give one of them another path, or put an automatic directory elsewhere with writableDirectories alone',
        );
      }
      paths.set(path, mount.name);
    }
  }
  for (const name of new Set(volumes)) {
    if (volumes.indexOf(name) !== volumes.lastIndexOf(name)) {
      problems.push(`${role}: two volumes are named "${name}"; give one of them another name`);
    }
    if (!mounted.has(name) && !isMountedByInjector(name, template)) {
      problems.push(`${role}: no container mounts volume "${name}"; mount it or leave it out`);
    }
  }
  return problems;
}

/** Webhooks that inject containers into pods, with volumes from annotations. */
const INJECTORS = ['consul.hashicorp.com', 'istio.io', 'linkerd.io', 'vault.hashicorp.com'];

/** Whether an annotation for a known injector names the volume; Kubernetes itself allows volumes without a mount. */
function isMountedByInjector(volume: string, { metadata }: k8s.PodTemplateSpec): boolean {
  return Object.entries(metadata?.annotations ?? {}).some(([key, value]) => {
    const [domain] = key.split('/');
    const isInjector = INJECTORS.some((injector) => domain === injector || domain.endsWith(`.${injector}`));
    return isInjector && value.split(/[^-a-z0-9]+/).includes(volume);
  });
}

/** Containers with names that resemble that of the Spark container: Spark would add its own container next to them. */
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

/** References to variables that come later in the list: Kubernetes does not replace them. */
export function forwardReferenceProblems(role: SparkRole, template: k8s.PodTemplateSpec): string[] {
  return containersOf(template).flatMap((container) =>
    forwardReferences(container.env ?? []).map(
      ([name, referred]) =>
        `${role}: container "${container.name}": variable ${name} has "$(${referred})", which stays as it is written, ` +
        `since ${referred} comes after it; give ${referred} first`,
    ),
  );
}

/** Containers without limits that quotas require. CPU and memory of the Spark container are checked elsewhere. */
export function limitProblems(role: SparkRole, template: k8s.PodTemplateSpec, needed: readonly string[]): string[] {
  return containersOf(template).flatMap((container) => {
    const told = container.name === SPARK_CONTAINER[role] ? ['cpu', 'memory'] : [];
    const missing = needed.filter(
      (resource) => !told.includes(resource) && container.resources?.limits?.[resource] === undefined,
    );
    return missing.length === 0
      ? []
      : [
          `${role}: container "${container.name}" has no limit of ${missing.join(', ')}; ` +
            'set resources.limits, so that quotas admit the pod',
        ];
  });
}

/** Requests above limits, which the API server refuses. */
export function requestProblems(role: SparkRole, template: k8s.PodTemplateSpec): string[] {
  return containersOf(template).flatMap((container) =>
    Object.entries(container.resources?.requests ?? {}).flatMap(([resource, request]) => {
      const limit = container.resources?.limits?.[resource];
      if (limit === undefined || !((amountOf(request) ?? Number.NaN) > (amountOf(limit) ?? Number.NaN))) return [];
      return [
        `${role}: container "${container.name}" requests ${request.value} of ${resource}, above its limit ` +
          `${limit.value}; raise the limit or lower the request`,
      ];
    }),
  );
}
