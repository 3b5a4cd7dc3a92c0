import { CONTAINER_FIELDS, POD_FIELDS } from '../kubernetes/pod-fields';
import { eachMapAt, mapAt, mapsAt, nameOf, text } from '../kubernetes/cel';
import { LIMITS } from '../guarantees/guard-limits';
import { annotationOf } from './guard-parameters';

/** A list of the namespace's parameters: the lines of one annotation. */
function parameter(list: string): string {
  const key = text(annotationOf(list));
  return `${key} in variables.annotations ? variables.annotations[${key}].split('\\n').filter(x, x != '') : []`;
}

/** The containers of one list, each with where it stands and the security context of its pod. */
function containersAt(holder: string, at: string, list: string, role: string): string {
  return `${mapsAt(holder, list, LIMITS.containers)}.map(c, {
    'at': dyn(${at} + '.${list}["' + ${nameOf('c')} + '"]'),
    'it': dyn(c),
    'pod': dyn(variables.${role}Context)
  })`;
}

/** The volumes of one list, each with where it stands. */
function volumesAt(holder: string, at: string): string {
  return `${mapsAt(holder, 'volumes', LIMITS.volumes)}.map(v, {
    'at': dyn(${at} + '.volumes["' + ${nameOf('v')} + '"]'),
    'it': dyn(v)
  })`;
}

function roleVariables(role: 'driver' | 'executor'): Record<string, string> {
  const pod = `variables.${role}Pod`;
  const at = `variables.${role}At`;
  return {
    [`${role}Template`]: mapAt(`variables.${role}`, 'template'),
    [pod.replace('variables.', '')]: mapAt(`variables.${role}Template`, 'spec'),
    // With a template, the operator's older field is refused.
    [`${role}Context`]: `
      has(${pod}.securityContext)
        ? ${mapAt(pod, 'securityContext')}
        : ${mapAt(`variables.${role}`, 'podSecurityContext')}`,
    [`${role}Containers`]: [
      containersAt(pod, `${at} + '.template.spec'`, 'containers', role),
      containersAt(pod, `${at} + '.template.spec'`, 'initContainers', role),
      containersAt(`variables.${role}`, at, 'sidecars', role),
      containersAt(`variables.${role}`, at, 'initContainers', role),
    ].join(' + '),
    // Without a template there is no container of Spark to look at but the operator's older field.
    [`${role}OlderContexts`]: `
      has(variables.${role}.template) ? [] : [{
        'at': dyn(${at}),
        'it': dyn(${mapAt(`variables.${role}`, 'securityContext')}),
        'pod': dyn(variables.${role}Context)
      }]`,
  };
}

function types(fields: Readonly<Record<string, string>>): string {
  const entries = Object.entries(fields).map(([field, type]) => `${text(field)}: dyn(${type})`);
  return `{${entries.join(', ')}}`;
}

function configuration(field: string): string {
  const path = `variables.application.${field}`;
  return `has(${path}) && type(${path}) == map && ${path}.size() <= ${LIMITS.configuration} ? ${path} : {}`;
}

/**
 * What rules have in common, by name. Where a part of an application is listed, `at` says where it stands, and `it` is the
 * part itself.
 */
export const VARIABLES: Readonly<Record<string, string>> = {
  isConnect: `object.kind == 'SparkConnect'`,
  isScheduled: `object.kind == 'ScheduledSparkApplication'`,
  application: `variables.isScheduled ? object.spec.template : object.spec`,
  at: `variables.isScheduled ? 'spec.template' : 'spec'`,
  jobNamespace: `object.metadata['namespace']`,

  // The server of Spark Connect is its driver.
  driver: `variables.isConnect ? variables.application.server : variables.application.driver`,
  driverAt: `variables.at + (variables.isConnect ? '.server' : '.driver')`,
  executor: `variables.application.executor`,
  executorAt: `variables.at + '.executor'`,
  ...roleVariables('driver'),
  ...roleVariables('executor'),
  containers: `variables.driverContainers + variables.executorContainers`,
  /** The security contexts of all containers, with those of their pods. */
  contexts: `
    variables.containers.map(c, {
      'at': dyn(c.at),
      'it': dyn(${mapAt('c.it', 'securityContext')}),
      'pod': dyn(c.pod)
    }) + variables.driverOlderContexts + variables.executorOlderContexts`,
  /** Wherever the fields of a pod may stand: in both templates, and in the operator's older fields of both roles. */
  pods: `
    [
      {'at': dyn(variables.driverAt + '.template.spec'), 'it': dyn(variables.driverPod)},
      {'at': dyn(variables.executorAt + '.template.spec'), 'it': dyn(variables.executorPod)},
      {'at': dyn(variables.driverAt), 'it': dyn(variables.driver)},
      {'at': dyn(variables.executorAt), 'it': dyn(variables.executor)}
    ]`,
  /** The same, with what all pods of an application share. */
  places: `variables.pods + [{'at': dyn(variables.at), 'it': dyn(variables.application)}]`,
  volumes: [
    volumesAt('variables.driverPod', `variables.driverAt + '.template.spec'`),
    volumesAt('variables.executorPod', `variables.executorAt + '.template.spec'`),
    volumesAt('variables.application', 'variables.at'),
  ].join(' + '),
  /** Everything that has an environment: the containers, and the operator's older fields of both roles. */
  environments: `
    variables.containers.map(c, {'at': dyn(c.at), 'it': dyn(c.it)}) + [
      {'at': dyn(variables.driverAt), 'it': dyn(variables.driver)},
      {'at': dyn(variables.executorAt), 'it': dyn(variables.executor)}
    ]`,

  podTypes: types(POD_FIELDS),
  containerTypes: types(CONTAINER_FIELDS),
  imageFields: `
    (variables.places + variables.containers)
      .filter(p, has(p.it.image) && type(p.it.image) == string && p.it.image != '')
      .map(p, {'at': p.at + '.image', 'it': string(p.it.image)})`,
  /** Without tag and digest. */
  imageNames: `
    variables.imageFields
      .map(i, {'at': i.at, 'it': i.it, 'name': i.it.split('@')[0]})
      .map(i, {
        'at': i.at,
        'it': i.it,
        'name': i.name.lastIndexOf(':') > i.name.lastIndexOf('/') ? i.name.substring(0, i.name.lastIndexOf(':')) : i.name
      })`,
  /** With the registry and folder that container runtimes fill in. */
  imageRepositories: `
    variables.imageNames.map(i, {
      'at': i.at,
      'it': i.it,
      'repository':
        !i.name.contains('/') ? 'docker.io/library/' + i.name
        : i.name.matches('^docker[.]io/[^/]*$') ? 'docker.io/library/' + i.name.substring(10)
        : i.name.matches('^(localhost|[^/]*[.:A-Z][^/]*)/') ? i.name
        : 'docker.io/' + i.name
    })`,

  sparkConf: configuration('sparkConf'),
  hadoopConf: configuration('hadoopConf'),
  dependencies: mapAt('variables.application', 'deps'),
  nodeAffinities: eachMapAt(eachMapAt('variables.pods.map(p, p.it)', 'affinity'), 'nodeAffinity'),

  annotations: `has(params.metadata.annotations) ? params.metadata.annotations : {}`,
  level: parameterOr('pod-security', 'restricted'),
  isRestricted: `variables.level == 'restricted'`,
  isBaseline: `variables.level != 'privileged'`,
  relaxed: parameter('relaxed'),
  driverAccounts: parameter('driver-accounts'),
  executorAccounts: parameter('executor-accounts'),
  secrets: parameter('secrets'),
  fileSchemes: parameter('file-schemes'),
  packages: parameter('packages'),
  packageRepositories: parameter('package-repositories'),
  namedSparkConf: parameter('spark-conf'),
  namedHadoopConf: parameter('hadoop-conf'),
  sparkSettings: parameter('spark-settings'),
  hadoopSettings: parameter('hadoop-settings'),
  images: parameter('images'),
  priorityClasses: parameter('priority-classes'),
  schedulers: parameter('schedulers'),
  nodeNames: parameter('node-names'),
  taints: parameter('tolerations'),
  volumeKinds: parameter('volume-kinds'),
  hostNamespaces: parameter('host-namespaces'),
  podFields: parameter('pod-fields'),
};

/** A parameter that is one word. */
function parameterOr(list: string, missing: string): string {
  const key = text(annotationOf(list));
  return `${key} in variables.annotations ? variables.annotations[${key}] : ${text(missing)}`;
}

/** The variables that an expression uses, and those that these use, each after what it needs. */
export function usedVariables(expression: string): { name: string; expression: string }[] {
  const used = new Map<string, string>();
  const visit = (part: string): void => {
    for (const [, name] of part.matchAll(/\bvariables\.(\w+)/g)) {
      const needed = VARIABLES[name];
      if (needed === undefined || used.has(name)) continue;
      visit(needed);
      used.set(name, needed);
    }
  };
  visit(expression);
  return [...used].map(([name, needed]) => ({ name, expression: needed }));
}
