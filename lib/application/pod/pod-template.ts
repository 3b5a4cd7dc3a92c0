import { k8s } from 'cdk8s-plus-28';
import { nonEmpty } from '../../kubernetes/lists';
import { FrameOptions } from './pod-options';
import { FrameInput } from './resolved-pod';
import { DirectoryMount } from './role-directories';
import { SPARK_CONTAINER } from '../../spark/spark-role';

/**
 * Renders the pod template of a role from its options, the user's template and the library's directories.
 *
 * @param frame the options of the user and the application
 * @param directories volumes that the library adds
 * @param env environment variables that the library adds unless the user sets them
 * @param ephemeralStorage ephemeral storage that the Spark container requests
 */
export function podTemplate(
  { role, options, accountName, automountToken }: FrameInput,
  directories: readonly DirectoryMount[],
  env: readonly k8s.EnvVar[],
  ephemeralStorage?: k8s.Quantity,
): k8s.PodTemplateSpec {
  const template = options.template;
  const given = template?.spec;
  const name = SPARK_CONTAINER[role];
  const found = (given?.containers ?? []).find((container) => container.name === name);

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
      ...env.filter(
        (variable) =>
          options.env?.[variable.name] === undefined && !found?.env?.some(({ name }) => name === variable.name),
      ),
    ]),
    envFrom: nonEmpty([...(found?.envFrom ?? []), ...(options.envFrom ?? []).map((source) => source._toKube())]),
    volumeMounts: nonEmpty([
      ...(found?.volumeMounts ?? []),
      ...mounts.map(({ mount }) => mount),
      ...directories.map(({ mount }) => mount),
    ]),
    resources: sparkResources(found, ephemeralStorage),
  };
  const others = (given?.containers ?? []).filter((container) => container.name !== name);
  const volumes = [
    ...(given?.volumes ?? []),
    ...mounts.map(({ volume }) => volume),
    ...(options.volumes ?? []).map((volume) => volume._toKube()),
    ...directories.map(({ volume }) => volume),
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
      // Before 4.4, Spark reads only the deprecated field to see whether an executor has an account.
      serviceAccount: accountName,
      serviceAccountName: accountName,
      automountServiceAccountToken: automountToken,
    },
  };
}

function metadata(template: k8s.PodTemplateSpec | undefined, options: FrameOptions): k8s.ObjectMeta | undefined {
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

/** Lists a volume once, even if it is mounted at several paths. */
function withoutRepeated(volumes: k8s.Volume[]): k8s.Volume[] {
  const byName = new Map<string, k8s.Volume>();
  return volumes.filter((volume) => {
    const other = byName.get(volume.name);
    byName.set(volume.name, volume);
    return other === undefined || JSON.stringify(other) !== JSON.stringify(volume);
  });
}
