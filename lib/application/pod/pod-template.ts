import { k8s } from 'cdk8s-plus-28';
import { nonEmpty } from '../../kubernetes/lists';
import { PodOptions } from './pod-options';
import { SPARK_CONTAINER } from '../../spark/spark-role';
import { RoleTemplate, templateProblems } from './template-problems';

/** A volume of the library and where the Spark container mounts it. */
export interface DirectoryMount {
  readonly volume: k8s.Volume;
  readonly mount: k8s.VolumeMount;
}

export interface PodTemplateInput extends RoleTemplate {
  readonly directories: readonly DirectoryMount[];
  /** Environment that the library adds where the user has not set it. */
  readonly env: readonly k8s.EnvVar[];
  /** Local disk that the Spark container asks for. */
  readonly ephemeralStorage?: k8s.Quantity;
}

/** Joins a role's options, its template and the library's directories; what contradicts goes to `problems`. */
export function podTemplate(input: PodTemplateInput, problems: string[]): k8s.PodTemplateSpec {
  const { role, options } = input;
  const template = options.template;
  const given = template?.spec;
  const name = SPARK_CONTAINER[role];
  const found = (given?.containers ?? []).find((container) => container.name === name);
  problems.push(...templateProblems(input));

  const mounts = (options.volumeMounts ?? []).map(({ volume, path, ...rest }) => ({
    volume: volume._toKube(),
    mount: {
      name: volume.name,
      mountPath: path,
      readOnly: rest.readOnly,
      subPath: rest.subPath,
      subPathExpr: rest.subPathExpr,
      mountPropagation: rest.propagation,
    },
  }));
  const spark: k8s.Container = {
    ...found,
    name,
    env: nonEmpty([
      ...(found?.env ?? []),
      ...Object.entries(options.env ?? {}).map(([variable, value]) => ({
        name: variable,
        value: value.value,
        valueFrom: value.valueFrom,
      })),
      ...input.env.filter(
        (own) => options.env?.[own.name] === undefined && !found?.env?.some(({ name }) => name === own.name),
      ),
    ]),
    envFrom: nonEmpty([...(found?.envFrom ?? []), ...(options.envFrom ?? []).map((source) => source._toKube())]),
    volumeMounts: nonEmpty([
      ...(found?.volumeMounts ?? []),
      ...mounts.map(({ mount }) => mount),
      ...input.directories.map(({ mount }) => mount),
    ]),
    resources: sparkResources(found, input.ephemeralStorage),
  };
  const others = (given?.containers ?? []).filter((container) => container.name !== name);
  const volumes = [
    ...(given?.volumes ?? []),
    ...mounts.map(({ volume }) => volume),
    ...(options.volumes ?? []).map((volume) => volume._toKube()),
    ...input.directories.map(({ volume }) => volume),
  ];
  return {
    ...template,
    metadata: metadata(template, options),
    spec: {
      ...given,
      containers: [spark, ...others, ...(options.sidecars ?? [])],
      initContainers: nonEmpty([...(given?.initContainers ?? []), ...(options.initContainers ?? [])]),
      volumes: nonEmpty(withoutRepeated(volumes)),
      nodeSelector: options.nodeSelector ?? given?.nodeSelector,
      tolerations: nonEmpty([...(given?.tolerations ?? []), ...(options.tolerations ?? [])]),
      affinity: options.affinity ?? given?.affinity,
      priorityClassName: options.priorityClassName ?? given?.priorityClassName,
      terminationGracePeriodSeconds:
        options.terminationGracePeriod?.toSeconds({ integral: false }) ?? given?.terminationGracePeriodSeconds,
      // Spark before 4.4 looks only at the deprecated field to see that an executor's account is given.
      serviceAccount: input.serviceAccountName,
      serviceAccountName: input.serviceAccountName,
      automountServiceAccountToken: input.automountToken ?? given?.automountServiceAccountToken,
    },
  };
}

function metadata(template: k8s.PodTemplateSpec | undefined, options: PodOptions): k8s.ObjectMeta | undefined {
  const labels = { ...template?.metadata?.labels, ...options.labels };
  const annotations = { ...template?.metadata?.annotations, ...options.annotations };
  if (template?.metadata === undefined && options.labels === undefined && options.annotations === undefined)
    return undefined;
  return {
    ...template?.metadata,
    labels: Object.keys(labels).length === 0 ? undefined : labels,
    annotations: Object.keys(annotations).length === 0 ? undefined : annotations,
  };
}

function sparkResources(
  found: k8s.Container | undefined,
  ephemeralStorage: k8s.Quantity | undefined,
): k8s.ResourceRequirements | undefined {
  if (ephemeralStorage === undefined) return found?.resources;
  const asked = { 'ephemeral-storage': ephemeralStorage };
  return {
    ...found?.resources,
    requests: { ...asked, ...found?.resources?.requests },
    limits: { ...asked, ...found?.resources?.limits },
  };
}

/** One volume may be mounted at several paths; it is listed once. */
function withoutRepeated(volumes: k8s.Volume[]): k8s.Volume[] {
  const seen = new Map<string, string>();
  return volumes.filter((volume) => {
    const text = JSON.stringify(volume);
    if (seen.get(volume.name) === text) return false;
    seen.set(volume.name, text);
    return true;
  });
}
