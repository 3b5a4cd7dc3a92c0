import { eachListAt, mapAt, mapsAt, texts, textAt } from './cel';
import { LIMITS } from './guard-limits';
import { GuardTopic } from './guard-rule';
import {
  HOST_NAMESPACES,
  HOSTNAME_LABEL,
  METADATA_FIELDS,
  NAMED_POD_FIELDS,
  SAFE_VOLUMES,
  TEXT_LISTS,
} from '../application/pod-fields';

const DEFAULT_SCHEDULERS = ['', 'default-scheduler'];
const OLDER_FIELDS = ['dnsConfig', 'hostAliases', 'lifecycle', 'shareProcessNamespace'];

const ROLES = ['driver', 'executor'] as const;
const TEMPLATE_SHAPE = 'has another type than a pod has there, or is no field of a pod';
const ADMISSION = (property: string): string =>
  `leave it out, or let the owner of the namespace add it to admission.${property}`;

function shapeOf(role: 'driver' | 'executor'): string[] {
  const at = `variables.${role}At + '.template`;
  const template = `variables.${role}Template`;
  const pod = `variables.${role}Pod`;
  return [
    `['metadata', 'spec'].filter(k, k in ${template} && type(${template}[k]) != map).map(k, ${at}.' + k)`,
    `${template}.filter(k, !(k in ['metadata', 'spec'])).map(k, ${at}.' + k)`,
    `['labels', 'annotations'].filter(k, k in ${mapAt(template, 'metadata')} && !(type(${template}.metadata[k]) == map && ${template}.metadata[k].all(l, type(${template}.metadata[k][l]) == string))).map(k, ${at}.metadata.' + k)`,
    `${pod}.filter(k, !(k in variables.podTypes && type(${pod}[k]) == variables.podTypes[k] && ` +
      `(type(${pod}[k]) != list || ${pod}[k].all(i, type(i) == map)))).map(k, ${at}.spec.' + k)`,
  ];
}

const NODE_TERMS = [
  `${eachListAt(`variables.nodeAffinities.map(a, ${mapAt('a', 'requiredDuringSchedulingIgnoredDuringExecution')})`, 'nodeSelectorTerms')}.map(l, l.filter(t, type(t) == map))`,
  `${eachListAt('variables.nodeAffinities', 'preferredDuringSchedulingIgnoredDuringExecution')}.map(l, l.filter(t, type(t) == map).map(t, ${mapAt('t', 'preference')}))`,
];

/** Whether a term of an affinity, which may be anything, asks for a node by a name that the namespace does not allow. */
function namesNode(terms: string): string {
  const unknown = (requirement: string): string =>
    `!has(${requirement}.values) || type(${requirement}.values) != list || !${requirement}.values.all(v, v in variables.nodeNames)`;
  return (
    `${terms}.exists(l, l.size() > ${LIMITS.items} || l.exists(t, ` +
    `(has(t.matchFields) && (type(t.matchFields) != list || t.matchFields.size() > ${LIMITS.items} || t.matchFields.exists(r, type(r) != map || ${unknown('r')}))) || ` +
    `(has(t.matchExpressions) && (type(t.matchExpressions) != list || t.matchExpressions.size() > ${LIMITS.items} || t.matchExpressions.exists(r, type(r) != map || !has(r.key) || ` +
    `(r.key == '${HOSTNAME_LABEL}' && (${unknown('r')}))))) ))`
  );
}

/** Where and beside what pods run, from which images, and on which volumes. */
export const POD_RULES: GuardTopic = {
  name: 'pods',
  rules: [
    {
      name: 'templateShape',
      offenders: ROLES.flatMap(shapeOf).join(' + '),
      refusal: TEMPLATE_SHAPE,
      remedy: 'write it as in a pod',
    },
    {
      name: 'containerShape',
      offenders:
        `variables.containers.filter(c, c.it.exists(k, !(k in variables.containerTypes && type(c.it[k]) == variables.containerTypes[k] && ` +
        `(type(c.it[k]) != list || (k in ${texts(TEXT_LISTS)} ? c.it[k].all(i, type(i) == string) : c.it[k].all(i, type(i) == map)))))).map(c, c.at)`,
      refusal: 'has a field that is none of a container, or has another type there',
      remedy: 'write it as in a pod',
    },
    {
      name: 'metadataFields',
      offenders: ROLES.map(
        (role) =>
          `${mapAt(`variables.${role}Template`, 'metadata')}.filter(k, !(k in ${texts(METADATA_FIELDS)} || k in variables.podFields)).map(k, variables.${role}At + '.template.metadata.' + k)`,
      ).join(' + '),
      refusal: 'is a field that the namespace does not allow',
      remedy: ADMISSION('podFields'),
    },
    {
      name: 'podFieldNames',
      offenders: [
        ...ROLES.map(
          (role) =>
            `variables.${role}Pod.filter(k, k in ${texts(NAMED_POD_FIELDS)} && !(k in variables.podFields)).map(k, variables.${role}At + '.template.spec.' + k)`,
        ),
        `variables.containers.filter(c, c.it.exists(k, k in ${texts(NAMED_POD_FIELDS)} && !(k in variables.podFields))).map(c, c.at + ' with a hook or device')`,
        ...ROLES.map(
          (role) =>
            `${texts(OLDER_FIELDS)}.filter(k, k in variables.${role} && !(k in variables.podFields)).map(k, variables.${role}At + '.' + k)`,
        ),
      ].join(' + '),
      refusal: 'is a field that the namespace does not allow',
      remedy: ADMISSION('podFields'),
    },
    {
      name: 'volumeKindNames',
      offenders:
        `variables.volumes.filter(l, l.exists(v, v.it.exists(k, k == 'name' ? !(type(v.it.name) == string && v.it.name.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')) : !((k in ${texts(SAFE_VOLUMES)} || k in variables.volumeKinds) && type(v.it[k]) == map))))` +
        `.map(l, l.filter(v, v.it.exists(k, k == 'name' ? !(type(v.it.name) == string && v.it.name.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')) : !((k in ${texts(SAFE_VOLUMES)} || k in variables.volumeKinds) && type(v.it[k]) == map)))[0].at)`,
      refusal: 'is of a kind that the namespace does not allow, or has no proper name',
      remedy:
        'use an emptyDir, a claim or a ConfigMap, or let the owner of the namespace add the kind to admission.volumeKinds',
    },
    {
      name: 'hosts',
      offenders: `variables.pods.map(p, ${texts(HOST_NAMESPACES)}.filter(k, k in p.it && p.it[k] != false && !(k in variables.hostNamespaces)).map(k, p.at + '.' + k)).filter(l, l.size() > 0).map(l, l[0])`,
      refusal: "would put the pod into the node's own namespace",
      remedy: ADMISSION('hostNamespaces'),
    },
    {
      name: 'imageRepositories',
      offenders:
        "variables.imageRepositories.filter(i, !(i.it.matches('^[]A-Za-z0-9._:/@[-]{1,512}$') && " +
        "variables.images.exists(r, i.repository == r || i.repository.startsWith(r + '/'))))" +
        ".map(i, i.at + ' \"' + i.it + '\"')",
      refusal: 'is from no registry or repository that the namespace allows',
      remedy: 'let the owner of the namespace add it to admission.imageRepositories',
    },
    {
      name: 'priorityClassNames',
      offenders:
        "variables.pods.filter(p, has(p.it.priorityClassName) && !(p.it.priorityClassName in (variables.priorityClasses + ['']))).map(p, p.at + '.priorityClassName') + " +
        `[${textAt(mapAt('variables.application', 'batchSchedulerOptions'), 'priorityClassName')}].filter(c, c != '' && !(c in variables.priorityClasses)).map(c, variables.at + '.batchSchedulerOptions.priorityClassName "' + c + '"')`,
      refusal: 'names a priority class that the namespace does not allow',
      remedy: ADMISSION('priorityClasses'),
    },
    {
      name: 'schedulerNames',
      offenders:
        `variables.pods.filter(p, has(p.it.schedulerName) && !(p.it.schedulerName in (variables.schedulers + ${texts(DEFAULT_SCHEDULERS)}))).map(p, p.at + '.schedulerName') + ` +
        `[${textAt('variables.application', 'batchScheduler')}].filter(s, s != '' && !(s in variables.schedulers)).map(s, variables.at + '.batchScheduler "' + s + '"')`,
      refusal: 'names a scheduler that the namespace does not allow',
      remedy: ADMISSION('schedulers'),
    },
    {
      name: 'nodes',
      offenders: [
        "variables.pods.filter(p, has(p.it.nodeName) && !(p.it.nodeName in variables.nodeNames)).map(p, p.at + '.nodeName')",
        `variables.places.filter(p, has(p.it.nodeSelector) && (type(p.it.nodeSelector) != map || ('${HOSTNAME_LABEL}' in p.it.nodeSelector && !(p.it.nodeSelector['${HOSTNAME_LABEL}'] in variables.nodeNames)))).map(p, p.at + '.nodeSelector')`,
        `(${NODE_TERMS.map(namesNode).join(' || ')} ? ['an affinity of ' + variables.at] : [])`,
      ].join(' + '),
      refusal: 'names a node that the namespace does not allow',
      remedy: 'select nodes by their labels, or let the owner of the namespace add the node to admission.nodeNames',
    },
    {
      name: 'tolerations',
      offenders: `variables.pods.filter(p, ${mapsAt('p.it', 'tolerations', LIMITS.items)}.exists(t, !((has(t.key) && t.key != '' ? t.key : '*') in variables.taints))).map(p, p.at + '.tolerations')`,
      refusal: 'bears a taint that the namespace does not allow',
      remedy: ADMISSION('tolerations'),
    },
    {
      name: 'services',
      offenders: [
        `[${textAt(mapAt('variables.application', 'sparkUIOptions'), 'serviceType')}].filter(t, !(t in ['', 'ClusterIP'])).map(t, variables.at + '.sparkUIOptions.serviceType "' + t + '"')`,
        `${mapsAt('variables.application', 'driverIngressOptions', LIMITS.items)}.filter(o, has(o.serviceType) && !(o.serviceType in ['', 'ClusterIP'])).map(o, variables.at + '.driverIngressOptions')`,
        `(variables.isConnect ? [${mapAt(mapAt('variables.driver', 'service'), 'spec')}].filter(s, s.exists(k, k == 'type' ? s.type != 'ClusterIP' : k in ['externalIPs', 'externalName', 'loadBalancerIP', 'loadBalancerClass'])).map(s, variables.driverAt + '.service.spec') : [])`,
      ].join(' + '),
      refusal: 'would be reached from outside of the cluster, by a service that the operator makes with its own rights',
      remedy: 'use a service of type ClusterIP without external addresses',
    },
    {
      name: 'amounts',
      offenders: [
        ...ROLES.flatMap((role) => [
          `['containers', 'initContainers'].filter(k, k in variables.${role}Pod && type(variables.${role}Pod[k]) == list && variables.${role}Pod[k].size() > ${LIMITS.containers}).map(k, variables.${role}At + '.template.spec.' + k)`,
          `['sidecars', 'initContainers'].filter(k, k in variables.${role} && variables.${role}[k].size() > ${LIMITS.containers}).map(k, variables.${role}At + '.' + k)`,
          `['env', 'envFrom'].filter(k, k in variables.${role} && variables.${role}[k].size() > ${LIMITS.environment}).map(k, variables.${role}At + '.' + k)`,
          `['tolerations', 'imagePullSecrets'].filter(k, k in variables.${role}Pod && type(variables.${role}Pod[k]) == list && variables.${role}Pod[k].size() > ${LIMITS.items}).map(k, variables.${role}At + '.template.spec.' + k)`,
          `['tolerations', 'secrets'].filter(k, k in variables.${role} && variables.${role}[k].size() > ${LIMITS.items}).map(k, variables.${role}At + '.' + k)`,
        ]),
        `variables.containers.filter(c, ['env', 'envFrom'].exists(k, k in c.it && type(c.it[k]) == list && c.it[k].size() > ${LIMITS.environment})).map(c, c.at)`,
        `variables.places.filter(p, has(p.it.volumes) && type(p.it.volumes) == list && p.it.volumes.size() > ${LIMITS.volumes}).map(p, p.at + '.volumes')`,
        `variables.volumes.filter(l, l.exists(v, has(v.it.projected) && type(v.it.projected) == map && has(v.it.projected.sources) && (type(v.it.projected.sources) != list || v.it.projected.sources.size() > ${LIMITS.items}))).map(l, l[0].at + ' or one after it')`,
        `['driverIngressOptions'].filter(k, k in variables.application && variables.application[k].size() > ${LIMITS.items}).map(k, variables.at + '.' + k)`,
      ].join(' + '),
      refusal: 'has more items than the guard reads',
      remedy: 'use fewer',
    },
  ],
};
