import { k8s } from 'cdk8s-plus-28';
import { PodOptions } from './pod-options';
import { SPARK_CONTAINER, SparkRole } from './spark-role';

/** A volume of the library and where the Spark container mounts it. */
export interface DirectoryMount {
  readonly volume: k8s.Volume;
  readonly mount: k8s.VolumeMount;
}

export interface PodTemplateInput {
  readonly role: SparkRole;
  readonly options: PodOptions;
  readonly serviceAccountName: string;
  /** Whether the pod gets a token of the Kubernetes API; left to its account where it is undefined. */
  readonly automountToken?: boolean;
  readonly directories: readonly DirectoryMount[];
  /** Environment that the library adds where the user has not set it. */
  readonly env: readonly k8s.EnvVar[];
  /** Local disk that the Spark container asks for. */
  readonly ephemeralStorage?: k8s.Quantity;
}

/** Variables that Spark itself sets in the pods. */
const SPARK_VARIABLES = new Set([
  'SPARK_APPLICATION_ID',
  'SPARK_CONF_DIR',
  'SPARK_DRIVER_BIND_ADDRESS',
  'SPARK_DRIVER_URL',
  'SPARK_EXECUTOR_ID',
  'SPARK_EXECUTOR_POD_IP',
  'SPARK_EXECUTOR_POD_NAME',
  'SPARK_LOCAL_DIRS',
  'SPARK_RESOURCE_PROFILE_ID',
  'SPARK_USER',
]);

/** Joins a role's options, its template and the library's directories; what contradicts goes to `problems`. */
export function podTemplate(input: PodTemplateInput, problems: string[]): k8s.PodTemplateSpec {
  const { role, options } = input;
  const template = options.template;
  const given = template?.spec;
  const name = SPARK_CONTAINER[role];
  const found = (given?.containers ?? []).find((container) => container.name === name);
  problems.push(...contradictions(input, found));

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
        options.terminationGracePeriod?.toSeconds() ?? given?.terminationGracePeriodSeconds,
      // Spark before 4.4 looks only at the deprecated field to see that an executor's account is given.
      serviceAccount: input.serviceAccountName,
      serviceAccountName: input.serviceAccountName,
      automountServiceAccountToken: input.automountToken ?? given?.automountServiceAccountToken,
    },
  };
}

/** What is set both in the template and by a property, or is not a user's to set. */
function contradictions({ role, options, serviceAccountName }: PodTemplateInput, spark?: k8s.Container): string[] {
  const problems: string[] = [];
  const given = options.template?.spec;
  const at = `${role}.template.spec`;
  const both = (field: string, property: string, set: boolean): void => {
    if (set) problems.push(`${at}.${field} and ${role}.${property} are both given; keep one of them`);
  };
  both('nodeSelector', 'nodeSelector', given?.nodeSelector !== undefined && options.nodeSelector !== undefined);
  both('affinity', 'affinity', given?.affinity !== undefined && options.affinity !== undefined);
  both(
    'priorityClassName',
    'priorityClassName',
    given?.priorityClassName !== undefined && options.priorityClassName !== undefined,
  );
  both(
    'terminationGracePeriodSeconds',
    'terminationGracePeriod',
    given?.terminationGracePeriodSeconds !== undefined && options.terminationGracePeriod !== undefined,
  );
  for (const variable of spark?.env ?? []) {
    both(`containers["${spark?.name}"].env "${variable.name}"`, 'env', options.env?.[variable.name] !== undefined);
  }
  for (const field of ['labels', 'annotations'] as const) {
    for (const key of Object.keys(options.template?.metadata?.[field] ?? {})) {
      if (options[field]?.[key] !== undefined) {
        problems.push(`${role}.template.metadata.${field} and ${role}.${field} both set "${key}"; keep one of them`);
      }
    }
  }
  for (const account of [given?.serviceAccountName, given?.serviceAccount]) {
    if (account !== undefined && account !== serviceAccountName) {
      problems.push(
        `${at}.serviceAccountName is "${account}", but ${role}s of this namespace run as "${serviceAccountName}"; leave it out, or give the job namespace that account`,
      );
    }
  }
  for (const variable of [...Object.keys(options.env ?? {}), ...(spark?.env ?? []).map(({ name }) => name)]) {
    if (SPARK_VARIABLES.has(variable))
      problems.push(
        `${role}.env.${variable} is set by Spark itself; leave it out${variable === 'SPARK_USER' ? ', and use HADOOP_USER_NAME for the user that HDFS sees' : ''}`,
      );
    if (!/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(variable))
      problems.push(
        `${role}.env "${variable}" is no name of an environment variable; use letters, digits, "_", "-" and "."`,
      );
  }
  for (const field of ['image', 'imagePullPolicy', 'command', 'args', 'workingDir'] as const) {
    if (spark?.[field] !== undefined) {
      problems.push(
        `${at}.containers["${spark.name}"].${field} is set by ${field.startsWith('image') ? "the application's image" : 'Spark'}; leave it out`,
      );
    }
  }
  for (const resource of ['cpu', 'memory']) {
    if (spark?.resources?.requests?.[resource] !== undefined || spark?.resources?.limits?.[resource] !== undefined) {
      problems.push(
        `${at}.containers["${spark.name}"].resources sets ${resource}, which Spark overwrites; use ${role}.${resource === 'cpu' ? 'coreRequest and coreLimit' : 'memory'}`,
      );
    }
  }
  return [...problems, ...labelProblems(role, options)];
}

function labelProblems(role: SparkRole, options: PodOptions): string[] {
  return Object.keys({ ...options.template?.metadata?.labels, ...options.labels }).flatMap((label) =>
    /^(spark-|sparkoperator\.k8s\.io\/)/.test(label)
      ? [`${role}.labels "${label}" belongs to Spark and the operator; choose a label without that prefix`]
      : [],
  );
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

function nonEmpty<T>(items: T[]): T[] | undefined {
  return items.length === 0 ? undefined : items;
}
