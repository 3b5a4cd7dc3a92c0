import { k8s } from 'cdk8s-plus-28';
import { keyProblems, labelProblems } from '../../kubernetes/labels';
import { LOCAL_DIRECTORY_PREFIX } from './local-directories';
import { FrameOptions } from './pod-options';
import { FrameInput } from './resolved-pod';
import { SPARK_CONTAINER, SparkRole } from '../../spark/spark-role';
import { wholeSecondsProblem } from '../../kubernetes/whole-seconds';

/** Environment variables that Spark itself sets in the pods. */
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

/** Fields that both the template and a property set, or that users cannot set. */
export function templateProblems(frame: FrameInput): string[] {
  const { role, options } = frame;
  const grace = wholeSecondsProblem(`${role}.terminationGracePeriod`, options.terminationGracePeriod, 0);
  return [
    ...(grace === undefined ? [] : [grace]),
    ...givenTwice(role, options),
    ...accountProblems(frame),
    ...environmentProblems(role, options),
    ...ownedFieldProblems(role, options),
    ...localDirectoryProblems(role, options),
    ...metadataProblems(role, options),
  ];
}

function sparkContainer(role: SparkRole, { template }: FrameOptions): k8s.Container | undefined {
  return template?.spec?.containers?.find(({ name }) => name === SPARK_CONTAINER[role]);
}

function givenTwice(role: SparkRole, options: FrameOptions): string[] {
  const { template, nodeSelector, affinity, priorityClassName, terminationGracePeriod, env } = options;
  const given = template?.spec;
  const spark = sparkContainer(role, options);
  const twice: [string, string, boolean][] = [
    ['nodeSelector', 'nodeSelector', given?.nodeSelector !== undefined && nodeSelector !== undefined],
    ['affinity', 'affinity', given?.affinity !== undefined && affinity !== undefined],
    [
      'priorityClassName',
      'priorityClassName',
      given?.priorityClassName !== undefined && priorityClassName !== undefined,
    ],
    [
      'terminationGracePeriodSeconds',
      'terminationGracePeriod',
      given?.terminationGracePeriodSeconds !== undefined && terminationGracePeriod !== undefined,
    ],
    ...(spark?.env ?? []).map(({ name }): [string, string, boolean] => [
      `containers["${spark?.name}"].env "${name}"`,
      'env',
      env?.[name] !== undefined,
    ]),
  ];
  const labels = (['labels', 'annotations'] as const).flatMap((field) =>
    Object.keys(template?.metadata?.[field] ?? {})
      .filter((key) => options[field]?.[key] !== undefined)
      .map((key) => `${role}.template.metadata.${field} and ${role}.${field} both set "${key}"; keep one of them`),
  );
  return [
    ...twice
      .filter(([, , isTwice]) => isTwice)
      .map(
        ([field, property]) =>
          `${role}.template.spec.${field} and ${role}.${property} are both given; keep one of them`,
      ),
    ...labels,
  ];
}

function accountProblems({ role, options, accountName, automountToken }: FrameInput): string[] {
  const given = options.template?.spec;
  const at = `${role}.template.spec`;
  const foreign = [given?.serviceAccountName, given?.serviceAccount].find(
    (name) => name !== undefined && name !== accountName,
  );
  const mount = given?.automountServiceAccountToken;
  return [
    ...(foreign === undefined
      ? []
      : [
          `${at}.serviceAccountName is "${foreign}", but the account of the ${role} is "${accountName}"; ` +
            `leave it out, and give another account as ${role}.serviceAccount`,
        ]),
    ...(mount === undefined || mount === automountToken
      ? []
      : [
          `${at}.automountServiceAccountToken is ${mount}, but it is ${automountToken} for ${role}s here; leave it out` +
            (role === SparkRole.EXECUTOR
              ? ', or relax Guarantee.NO_EXECUTOR_API_TOKEN where the namespace allows it'
              : ': the driver needs it to create executors'),
        ]),
  ];
}

function environmentProblems(role: SparkRole, options: FrameOptions): string[] {
  const inTemplate = sparkContainer(role, options)?.env ?? [];
  const names = [...Object.keys(options.env ?? {}), ...inTemplate.map(({ name }) => name)];
  const empty = Object.entries(options.env ?? {}).filter(
    ([, given]) => given?.value === undefined && given?.valueFrom === undefined,
  );
  const missing = empty.map(([name]) => `${role}.env.${name} has no value; give one with EnvValue, or leave it out`);
  return missing.concat(
    names.flatMap((name) => [
      ...(SPARK_VARIABLES.has(name)
        ? [
            `${role}.env.${name} is set by Spark itself; leave it out` +
              (name === 'SPARK_USER' ? ', and use HADOOP_USER_NAME for the user that HDFS sees' : ''),
          ]
        : []),
      ...(/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(name)
        ? []
        : [`${role}.env "${name}" is no name of an environment variable; use letters, digits, "_", "-" and "."`]),
    ]),
  );
}

/** Fields that Spark overwrites, or that the API server refuses in a new pod. */
function ownedFieldProblems(role: SparkRole, options: FrameOptions): string[] {
  const { metadata, spec } = options.template ?? {};
  const spark = sparkContainer(role, options);
  const at = `${role}.template`;
  const problems: string[] = [];
  for (const field of ['name', 'generateName', 'namespace'] as const) {
    if (metadata?.[field] !== undefined) {
      problems.push(`${at}.metadata.${field} is "${metadata[field]}", which Spark overwrites; leave it out`);
    }
  }
  if (spec?.restartPolicy !== undefined && spec.restartPolicy !== 'Never') {
    problems.push(
      `${at}.spec.restartPolicy is "${spec.restartPolicy}", but pods of Spark run once; ` +
        'leave it out, and use restartPolicy of the application',
    );
  }
  if (spec?.ephemeralContainers !== undefined) {
    problems.push(`${at}.spec.ephemeralContainers are none of a new pod; leave them out`);
  }
  for (const field of ['image', 'imagePullPolicy', 'command', 'args', 'workingDir'] as const) {
    if (spark?.[field] !== undefined) {
      const owner = field.startsWith('image') ? "the application's image" : 'Spark';
      problems.push(`${at}.spec.containers["${spark.name}"].${field} is set by ${owner}; leave it out`);
    }
  }
  for (const resource of ['cpu', 'memory']) {
    if (spark?.resources?.requests?.[resource] !== undefined || spark?.resources?.limits?.[resource] !== undefined) {
      problems.push(
        `${at}.spec.containers["${spark.name}"].resources sets ${resource}, which Spark overwrites; ` +
          `use ${role}.${resource === 'cpu' ? 'coreRequest and coreLimit' : 'memory'}`,
      );
    }
  }
  return problems;
}

function localDirectoryProblems(role: SparkRole, options: FrameOptions): string[] {
  const names = [
    ...(options.template?.spec?.volumes ?? []).map(({ name }) => name),
    ...(options.volumeMounts ?? []).map(({ volume }) => volume.name),
    ...(options.volumes ?? []).map(({ name }) => name),
  ];
  return [...new Set(names)]
    .filter((name) => name.startsWith(LOCAL_DIRECTORY_PREFIX))
    .map((name) => `${role}: volume "${name}" would become a local directory of Spark; use ${role}.localDirectories`);
}

function metadataProblems(role: SparkRole, options: FrameOptions): string[] {
  const { metadata } = options.template ?? {};
  const labels = { ...metadata?.labels, ...options.labels };
  const annotations = { ...metadata?.annotations, ...options.annotations };
  return [
    ...reservedLabelProblems(`${role}.labels`, labels),
    ...labelProblems(`${role}.labels`, labels),
    ...labelProblems(`${role}.nodeSelector`, { ...options.template?.spec?.nodeSelector, ...options.nodeSelector }),
    ...keyProblems(`${role}.annotations`, ...Object.keys(annotations)),
  ];
}

/** Labels by which Spark and the operator find their pods. */
export function reservedLabelProblems(what: string, labels: { readonly [label: string]: string } = {}): string[] {
  return Object.keys(labels)
    .filter((label) => /^(spark-|sparkoperator\.k8s\.io\/)/.test(label))
    .map((label) => `${what} "${label}" belongs to Spark and the operator; choose a label without that prefix`);
}
