import { CONTAINER_FIELDS, POD_FIELDS } from '../application/pod-fields';
import { eachMapAt, mapAt, mapsAt, text } from './cel';
import { LIMITS } from './guard-limits';
import { annotationOf } from './guard-parameters';

/** A list of the namespace's parameters: the lines of one annotation. */
function parameter(list: string): string {
  const key = text(annotationOf(list));
  return `(${key} in variables.annotations ? variables.annotations[${key}].split('\\n').filter(x, x != '') : [])`;
}

function containersAt(holder: string, at: string, list: string, role: string): string {
  const context = `variables.${role}Context`;
  return (
    `${mapsAt(holder, list, LIMITS.containers)}.map(c, {'at': dyn(${at} + '.${list}["' + ` +
    `(has(c.name) && type(c.name) == string ? c.name : '?') + '"]'), 'it': dyn(c), 'pod': dyn(${context})})`
  );
}

function roleVariables(role: 'driver' | 'executor'): Record<string, string> {
  const own = (variable: string): string => `variables.${role}${variable}`;
  return {
    [`${role}Template`]: mapAt(`variables.${role}`, 'template'),
    [`${role}Pod`]: mapAt(own('Template'), 'spec'),
    // With a template, the operator's older field is refused beside that of the template.
    [`${role}Context`]: `has(${own('Pod')}.securityContext) ? ${mapAt(own('Pod'), 'securityContext')} : ${mapAt(`variables.${role}`, 'podSecurityContext')}`,
    [`${role}Containers`]: [
      containersAt(own('Pod'), `${own('At')} + '.template.spec'`, 'containers', role),
      containersAt(own('Pod'), `${own('At')} + '.template.spec'`, 'initContainers', role),
      containersAt(`variables.${role}`, own('At'), 'sidecars', role),
      containersAt(`variables.${role}`, own('At'), 'initContainers', role),
    ].join(' + '),
  };
}

function sparkContext(role: string): string {
  const it = mapAt(`variables.${role}`, 'securityContext');
  return (
    ` + (has(variables.${role}.template) ? [] : [{'at': dyn(variables.${role}At), 'it': dyn(${it}), ` +
    `'pod': dyn(variables.${role}Context)}])`
  );
}

/** What rules have in common, by name. A policy has those that its rules use. */
export const VARIABLES: Readonly<Record<string, string>> = {
  isConnect: "object.kind == 'SparkConnect'",
  isScheduled: "object.kind == 'ScheduledSparkApplication'",
  application: 'variables.isScheduled ? object.spec.template : object.spec',
  at: "variables.isScheduled ? 'spec.template' : 'spec'",
  jobNamespace: "object.metadata['namespace']",

  // The server of Spark Connect is its driver.
  driver: 'variables.isConnect ? variables.application.server : variables.application.driver',
  driverAt: "variables.at + (variables.isConnect ? '.server' : '.driver')",
  executor: 'variables.application.executor',
  executorAt: "variables.at + '.executor'",
  ...roleVariables('driver'),
  ...roleVariables('executor'),
  containers: 'variables.driverContainers + variables.executorContainers',
  /** The security contexts of all containers, with those of their pods; a role without a template has Spark's alone. */
  contexts:
    `variables.containers.map(c, {'at': dyn(c.at), 'it': dyn(${mapAt('c.it', 'securityContext')}), 'pod': dyn(c.pod)})` +
    ['driver', 'executor'].map(sparkContext).join(''),
  /** Wherever the fields of a pod may stand: in both templates, and in the operator's older fields of both roles. */
  pods:
    "[{'at': dyn(variables.driverAt + '.template.spec'), 'it': dyn(variables.driverPod)}, " +
    "{'at': dyn(variables.executorAt + '.template.spec'), 'it': dyn(variables.executorPod)}, " +
    "{'at': dyn(variables.driverAt), 'it': dyn(variables.driver)}, " +
    "{'at': dyn(variables.executorAt), 'it': dyn(variables.executor)}]",
  /** The same, with what all pods of an application share. */
  places: "variables.pods + [{'at': dyn(variables.at), 'it': dyn(variables.application)}]",
  volumes:
    `variables.places.map(p, ${mapsAt('p.it', 'volumes', LIMITS.volumes)}` +
    `.map(v, {'at': dyn(p.at + '.volumes["' + (has(v.name) && type(v.name) == string ? v.name : '?') + '"]'), 'it': dyn(v)}))`,

  podTypes: types(POD_FIELDS),
  containerTypes: types(CONTAINER_FIELDS),
  imageFields:
    "(variables.places + variables.containers).filter(p, has(p.it.image) && type(p.it.image) == string && p.it.image != '')" +
    ".map(p, {'at': p.at + '.image', 'it': string(p.it.image)})",
  /** Without tag and digest. */
  imageNames:
    "variables.imageFields.map(i, {'at': i.at, 'it': i.it, 'name': i.it.split('@')[0]}).map(i, {'at': i.at, 'it': i.it, " +
    "'name': i.name.lastIndexOf(':') > i.name.lastIndexOf('/') ? i.name.substring(0, i.name.lastIndexOf(':')) : i.name})",
  /** With the registry and folder that container runtimes fill in. */
  imageRepositories:
    "variables.imageNames.map(i, {'at': i.at, 'it': i.it, 'repository': " +
    "!i.name.contains('/') ? 'docker.io/library/' + i.name : " +
    "i.name.matches('^docker[.]io/[^/]*$') ? 'docker.io/library/' + i.name.substring(10) : " +
    "i.name.matches('^(localhost|[^/]*[.:A-Z][^/]*)/') ? i.name : 'docker.io/' + i.name})",

  sparkConf: configuration('sparkConf'),
  hadoopConf: configuration('hadoopConf'),
  dependencies: mapAt('variables.application', 'deps'),
  nodeAffinities: eachMapAt(eachMapAt('variables.pods.map(p, p.it)', 'affinity'), 'nodeAffinity'),

  annotations: 'has(params.metadata.annotations) ? params.metadata.annotations : {}',
  level: `${text(annotationOf('pod-security'))} in variables.annotations ? variables.annotations[${text(annotationOf('pod-security'))}] : 'restricted'`,
  isRestricted: "variables.level == 'restricted'",
  isBaseline: "variables.level != 'privileged'",
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

function types(fields: Readonly<Record<string, string>>): string {
  return `{${Object.entries(fields)
    .map(([field, type]) => `${text(field)}: dyn(${type})`)
    .join(', ')}}`;
}

function configuration(field: string): string {
  const path = `variables.application.${field}`;
  return `has(${path}) && type(${path}) == map && ${path}.size() <= ${LIMITS.configuration} ? ${path} : {}`;
}

/** The variables that expressions use, and those that these use, in an order in which each comes after what it needs. */
export function usedVariables(expressions: readonly string[]): { name: string; expression: string }[] {
  const used = new Map<string, string>();
  const visit = (expression: string): void => {
    for (const [, name] of expression.matchAll(/\bvariables\.(\w+)/g)) {
      const needed = VARIABLES[name];
      if (needed === undefined || used.has(name)) continue;
      visit(needed);
      used.set(name, needed);
    }
  };
  expressions.forEach(visit);
  return [...used].map(([name, expression]) => ({ name, expression }));
}
