import { guardRulesOf } from '../guarantees/all-guarantees';
import { HOSTNAME_LABEL, METADATA_FIELDS, NAMED_POD_FIELDS, TEXT_LISTS } from '../kubernetes/pod-fields';
import { eachListAt, isTooLong, mapAt, mapsAt, texts, textAt } from '../kubernetes/cel';
import { LIMITS } from '../guarantees/guard-limits';
import { GuardTopic } from '../guarantees/guard-rule';

const ROLES = ['driver', 'executor'] as const;
/** What the operator's older fields of a role have of the fields that a namespace must name. */
const OLDER_FIELDS = texts(['dnsConfig', 'hostAliases', 'lifecycle', 'shareProcessNamespace']);
const DEFAULT_SCHEDULERS = texts(['', 'default-scheduler']);
const OUTSIDE_FIELDS = texts(['externalIPs', 'externalName', 'loadBalancerClass', 'loadBalancerIP']);

function named(property: string): string {
  return `leave it out, or let the owner of the namespace add it to admission.${property}`;
}

/** The fields of a role's template that a pod has with another type, or does not have. */
function malformed(role: string): string {
  const at = `variables.${role}At + '.template`;
  const template = `variables.${role}Template`;
  const metadata = mapAt(template, 'metadata');
  const pod = `variables.${role}Pod`;
  return `
    ${template}
      .filter(k, !(k in ['metadata', 'spec'] && type(${template}[k]) == map))
      .map(k, ${at}.' + k) +
    [${metadata}].filter(m, ['labels', 'annotations'].exists(k, k in m &&
        !(type(m[k]) == map && m[k].all(l, type(m[k][l]) == string))))
      .map(m, ${at}.metadata') +
    ${pod}
      .filter(k, !(k in variables.podTypes && type(${pod}[k]) == variables.podTypes[k] &&
        (type(${pod}[k]) != list || ${pod}[k].all(i, type(i) == map))))
      .map(k, ${at}.spec.' + k)`;
}

/** The terms by which affinities ask for nodes, as lists of lists. */
const NODE_TERMS = [
  `${eachListAt(
    `variables.nodeAffinities.map(a, ${mapAt('a', 'requiredDuringSchedulingIgnoredDuringExecution')})`,
    'nodeSelectorTerms',
  )}.map(l, l.filter(t, type(t) == map))`,
  `${eachListAt('variables.nodeAffinities', 'preferredDuringSchedulingIgnoredDuringExecution')}
    .map(l, l.filter(t, type(t) == map).map(t, ${mapAt('t', 'preference')}))`,
];

/** Whether a list of requirements, which may be anything, is right in all of its items. */
function areAll(list: string, requirement: string): string {
  return `(!has(${list}) || (type(${list}) == list && ${list}.size() <= ${LIMITS.items} &&
    ${list}.all(r, type(r) == map && ${requirement})))`;
}

/** Whether a requirement asks only for nodes that the namespace allows. */
const IS_ALLOWED_NODE = `
  has(r.values) && type(r.values) == list && r.values.all(v, v in variables.nodeNames)`;

function asksForNode(terms: string): string {
  return `${terms}.exists(l, l.size() > ${LIMITS.items} || !l.all(t,
    ${areAll('t.matchFields', IS_ALLOWED_NODE)} &&
    ${areAll('t.matchExpressions', `has(r.key) && (r.key != '${HOSTNAME_LABEL}' || (${IS_ALLOWED_NODE}))`)}))`;
}

/** Lists that are longer than the guard reads. */
function tooLong(holder: string, at: string, fields: readonly string[], limit: number): string {
  return `${texts(fields)}.filter(k, ${isTooLong(holder, 'k', limit)}).map(k, ${at} + '.' + k)`;
}

/** Hooks that run a command in the container may do no more than the container; others make the node ask an address. */
const RUNS_COMMANDS = `k == 'lifecycle' && type(c.it.lifecycle) == map && c.it.lifecycle.all(h,
  type(c.it.lifecycle[h]) == map && c.it.lifecycle[h].all(a, a == 'exec'))`;

/** Where and next to what pods run, from which images, and on which volumes. */
export const POD_RULES: GuardTopic = {
  name: 'pods',
  rules: [
    {
      name: 'templateShape',
      offenders: ROLES.map(malformed).join(' + '),
      refusal: 'has another type than a pod has there, or is no field of a pod',
      remedy: 'write the template as a pod',
    },
    {
      name: 'containerShape',
      offenders: `
        variables.containers
          .filter(c, c.it.exists(k, !(k in variables.containerTypes && type(c.it[k]) == variables.containerTypes[k] &&
            (type(c.it[k]) != list || c.it[k].all(i, type(i) == (k in ${texts(TEXT_LISTS)} ? dyn(string) : dyn(map)))))))
          .map(c, c.at)`,
      refusal: 'has a field of the template that is none of a container, or has another type there',
      remedy: 'write it as in a pod',
    },
    {
      name: 'namedFields',
      offenders: [
        ...ROLES.map(
          (role) => `
            ${mapAt(`variables.${role}Template`, 'metadata')}
              .filter(k, !(k in ${texts(METADATA_FIELDS)} || k in variables.podFields))
              .map(k, variables.${role}At + '.template.metadata.' + k) +
            variables.${role}Pod
              .filter(k, k in ${texts(NAMED_POD_FIELDS)} && !(k in variables.podFields))
              .map(k, variables.${role}At + '.template.spec.' + k) +
            ${OLDER_FIELDS}
              .filter(k, k in variables.${role} && !(k in variables.podFields))
              .map(k, variables.${role}At + '.' + k)`,
        ),
        `variables.containers
          .filter(c, c.it.exists(k, k in ${texts(NAMED_POD_FIELDS)} && !(k in variables.podFields || (${RUNS_COMMANDS}))))
          .map(c, c.at + ' with a hook or device')`,
      ].join(' + '),
      refusal: 'is a field that the namespace does not allow',
      remedy: named('podFields'),
    },
    ...guardRulesOf('pods'),
    {
      name: 'imageRepositories',
      offenders: `
        variables.imageRepositories
          .filter(i, !(i.it.matches('^[]A-Za-z0-9._:/@[-]{1,512}$') &&
            variables.images.exists(r, i.repository == r || i.repository.startsWith(r + '/'))))
          .map(i, i.at + ' "' + i.it + '"')`,
      refusal: 'is from no registry or repository that the namespace allows',
      remedy: 'let the owner of the namespace add it to admission.imageRepositories',
    },
    {
      name: 'priorityClasses',
      offenders: `
        (variables.pods + [{
          'at': dyn(variables.at + '.batchSchedulerOptions'),
          'it': dyn(${mapAt('variables.application', 'batchSchedulerOptions')})
        }])
          .filter(p, has(p.it.priorityClassName) && !(p.it.priorityClassName in variables.priorityClasses + ['']))
          .map(p, p.at + '.priorityClassName')`,
      refusal: 'names a priority class that the namespace does not allow',
      remedy: named('priorityClasses'),
    },
    {
      name: 'schedulers',
      offenders: `
        variables.pods
          .filter(p, has(p.it.schedulerName) && !(p.it.schedulerName in variables.schedulers + ${DEFAULT_SCHEDULERS}))
          .map(p, p.at + '.schedulerName') +
        [${textAt('variables.application', 'batchScheduler')}]
          .filter(s, !(s in variables.schedulers + ['']))
          .map(s, variables.at + '.batchScheduler "' + s + '"')`,
      refusal: 'names a scheduler that the namespace does not allow',
      remedy: named('schedulers'),
    },
    {
      name: 'nodes',
      offenders: `
        variables.pods
          .filter(p, has(p.it.nodeName) && !(p.it.nodeName in variables.nodeNames))
          .map(p, p.at + '.nodeName') +
        variables.places
          .filter(p, has(p.it.nodeSelector) && !(type(p.it.nodeSelector) == map &&
            (!('${HOSTNAME_LABEL}' in p.it.nodeSelector) || p.it.nodeSelector['${HOSTNAME_LABEL}'] in variables.nodeNames)))
          .map(p, p.at + '.nodeSelector') +
        (${NODE_TERMS.map(asksForNode).join(' || ')} ? ['an affinity of ' + variables.at] : [])`,
      refusal: 'names a node that the namespace does not allow',
      remedy: 'select nodes by their labels, or let the owner of the namespace add the node to admission.nodeNames',
    },
    {
      name: 'tolerations',
      // A toleration without a key tolerates every taint.
      offenders: `
        variables.pods
          .filter(p, ${mapsAt('p.it', 'tolerations', LIMITS.items)}
            .exists(t, !((has(t.key) && t.key != '' ? t.key : '*') in variables.taints)))
          .map(p, p.at + '.tolerations')`,
      refusal: 'bears a taint that the namespace does not allow',
      remedy: named('tolerations'),
    },
    {
      name: 'services',
      offenders: `
        [${textAt(mapAt('variables.application', 'sparkUIOptions'), 'serviceType')}]
          .filter(t, !(t in ['', 'ClusterIP']))
          .map(t, variables.at + '.sparkUIOptions.serviceType "' + t + '"') +
        ${mapsAt('variables.application', 'driverIngressOptions', LIMITS.items)}
          .filter(o, has(o.serviceType) && !(o.serviceType in ['', 'ClusterIP']))
          .map(o, variables.at + '.driverIngressOptions') +
        [${mapAt(mapAt('variables.driver', 'service'), 'spec')}]
          .filter(s, s.exists(k, k == 'type' ? s.type != 'ClusterIP' : k in ${OUTSIDE_FIELDS}))
          .map(s, variables.driverAt + '.service.spec')`,
      refusal: 'would be reached from outside of the cluster, by a service that the operator makes with its own rights',
      remedy: 'use a service of type ClusterIP without external addresses',
    },
    {
      name: 'amounts',
      offenders: [
        ...ROLES.flatMap((role) => {
          const pod = [`variables.${role}Pod`, `variables.${role}At + '.template.spec'`] as const;
          const older = [`variables.${role}`, `variables.${role}At`] as const;
          return [
            tooLong(...pod, ['containers', 'initContainers'], LIMITS.containers),
            tooLong(...pod, ['tolerations', 'imagePullSecrets'], LIMITS.items),
            tooLong(...older, ['sidecars', 'initContainers'], LIMITS.containers),
            tooLong(...older, ['tolerations', 'secrets'], LIMITS.items),
          ];
        }),
        tooLong('variables.application', 'variables.at', ['driverIngressOptions'], LIMITS.items),
        `variables.environments
          .filter(h, ['env', 'envFrom'].exists(k, ${isTooLong('h.it', 'k', LIMITS.environment)}))
          .map(h, h.at + ' with its environment')`,
        `variables.containers.filter(c, ${isTooLong('c.it', "'ports'", LIMITS.items)}).map(c, c.at + ' with its ports')`,
        `variables.places.filter(p, ${isTooLong('p.it', "'volumes'", LIMITS.volumes)}).map(p, p.at + '.volumes')`,
        `variables.volumes
          .filter(v, v.it.exists(k, type(v.it[k]) == map && ${isTooLong('v.it[k]', "'sources'", LIMITS.items)}))
          .map(v, v.at)`,
      ].join(' + '),
      refusal: 'has more items than the guard reads',
      remedy: 'use fewer',
    },
  ],
};
