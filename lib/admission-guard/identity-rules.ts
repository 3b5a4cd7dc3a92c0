import { mapAt, mapsAt, textAt } from './cel';
import { LIMITS } from './guard-limits';
import { GuardRule, GuardTopic } from './guard-rule';

const ROLES = ['driver', 'executor'] as const;

const SECRET_REMEDY = 'leave it out, or let the owner of the namespace add the Secret to admission.secrets';

/** Whether a reference to a Secret, which may be missing, is to none that the namespace allows. */
function isForeign(holder: string, reference: string, name = 'name'): string {
  const path = `${holder}.${reference}`;
  return `(has(${path}) && !(type(${path}) == map && has(${path}.${name}) && ${path}.${name} in variables.secrets))`;
}

/** Everything that has an environment: the containers, and the operator's older fields of both roles. */
const ENVIRONMENTS =
  "(variables.containers.map(c, {'at': dyn(c.at), 'it': dyn(c.it)}) + " +
  "[{'at': dyn(variables.driverAt), 'it': dyn(variables.driver)}, {'at': dyn(variables.executorAt), 'it': dyn(variables.executor)}])";

function missingAccount(role: 'driver' | 'executor'): string {
  const older = `(!variables.isConnect && !(has(variables.${role}.serviceAccount) && variables.${role}.serviceAccount in variables.${role}Accounts) ? [variables.${role}At + '.serviceAccount "' + ${textAt(`variables.${role}`, 'serviceAccount')} + '"'] : [])`;
  const pod = `variables.${role}Pod`;
  const at = `variables.${role}At + '.template.spec`;
  return [
    older,
    `(variables.isConnect && !has(${pod}.serviceAccountName) ? [${at}.serviceAccountName'] : [])`,
    ...['serviceAccountName', 'serviceAccount'].map(
      (field) =>
        `(has(${pod}.${field}) && !(${pod}.${field} in variables.${role}Accounts) ? [${at}.${field} "' + ${textAt(pod, field)} + '"'] : [])`,
    ),
  ].join(' + ');
}

const SECRET_RULES: readonly GuardRule[] = [
  {
    name: 'pullSecrets',
    offenders: [
      "(!variables.isConnect && has(variables.application.imagePullSecrets) ? variables.application.imagePullSecrets.filter(s, !(s in variables.secrets)).map(s, variables.at + '.imagePullSecrets \"' + s + '\"') : [])",
      `variables.pods.filter(p, ${mapsAt('p.it', 'imagePullSecrets', LIMITS.items)}.exists(s, !(has(s.name) && s.name in variables.secrets))).map(p, p.at + '.imagePullSecrets')`,
    ].join(' + '),
    refusal: 'names a Secret that the namespace does not allow',
    remedy: SECRET_REMEDY,
  },
  {
    name: 'mountedSecrets',
    offenders: [
      ...ROLES.map(
        (role) =>
          `${mapsAt(`variables.${role}`, 'secrets', LIMITS.items)}.filter(s, !(s.name in variables.secrets)).map(s, variables.${role}At + '.secrets "' + s.name + '"')`,
      ),
      "variables.volumes.filter(l, l.exists(v, v.it.exists(k, k != 'name' && type(v.it[k]) == map && " +
        '(has(v.it[k].secretName) && !(v.it[k].secretName in variables.secrets) || ' +
        `${isForeign('v.it[k]', 'secretRef')} || ${isForeign('v.it[k]', 'nodePublishSecretRef')})))).map(l, l.filter(v, v.it.exists(k, k != 'name' && type(v.it[k]) == map && ` +
        '(has(v.it[k].secretName) && !(v.it[k].secretName in variables.secrets) || ' +
        `${isForeign('v.it[k]', 'secretRef')} || ${isForeign('v.it[k]', 'nodePublishSecretRef')})))[0].at)`,
      `variables.volumes.filter(l, l.exists(v, ${mapsAt(mapAt('v.it', 'projected'), 'sources', LIMITS.items)}.exists(s, ${isForeign('s', 'secret')})))` +
        ".map(l, l[0].at + ' or one after it')",
    ].join(' + '),
    refusal: 'names a Secret that the namespace does not allow',
    remedy: SECRET_REMEDY,
  },
  {
    name: 'environmentSecrets',
    offenders: [
      `${ENVIRONMENTS}.filter(h, ${mapsAt('h.it', 'env', LIMITS.environment)}.exists(e, has(e.valueFrom) && (type(e.valueFrom) != map || ${isForeign('e.valueFrom', 'secretKeyRef')}))).map(h, h.at + '.env')`,
      `${ENVIRONMENTS}.filter(h, ${mapsAt('h.it', 'envFrom', LIMITS.environment)}.exists(e, ${isForeign('e', 'secretRef')})).map(h, h.at + '.envFrom')`,
      ...ROLES.map(
        (role) =>
          `(has(variables.${role}.envSecretKeyRefs) ? variables.${role}.envSecretKeyRefs.filter(k, !(variables.${role}.envSecretKeyRefs[k].name in variables.secrets)).map(k, variables.${role}At + '.envSecretKeyRefs.' + k) : [])`,
      ),
    ].join(' + '),
    refusal: 'names a Secret that the namespace does not allow',
    remedy: SECRET_REMEDY,
  },
  {
    name: 'ingressSecrets',
    offenders: [
      `${mapsAt(mapAt('variables.application', 'sparkUIOptions'), 'ingressTLS', LIMITS.items)}.filter(t, has(t.secretName) && !(t.secretName in variables.secrets)).map(t, variables.at + '.sparkUIOptions.ingressTLS "' + t.secretName + '"')`,
      `${mapsAt('variables.application', 'driverIngressOptions', LIMITS.items)}.filter(o, ${mapsAt('o', 'ingressTLS', LIMITS.items)}.exists(t, has(t.secretName) && !(t.secretName in variables.secrets))).map(o, variables.at + '.driverIngressOptions')`,
    ].join(' + '),
    refusal: 'names a Secret that the namespace does not allow',
    remedy: SECRET_REMEDY,
  },
];

/** As whom pods run, what they may read, and who may change an application. */
export const IDENTITY_RULES: GuardTopic = {
  name: 'identities',
  rules: [
    {
      name: 'driverAccount',
      offenders: missingAccount('driver'),
      refusal: "is no account of the namespace's drivers",
      remedy: 'name the one that the job namespace has for drivers, spark-driver unless it was given another',
    },
    {
      name: 'executorAccount',
      offenders: missingAccount('executor'),
      refusal: "is no account of the namespace's executors",
      remedy: 'name the one that the job namespace has for executors, spark-executor unless it was given another',
    },
    ...SECRET_RULES,
    {
      name: 'change',
      // Who may not create applications, but may change them, was given no more than to stop and to resume them.
      offenders:
        "oldObject == null || (object.spec.all(k, k == 'suspend' || (k in oldObject.spec && object.spec[k] == oldObject.spec[k])) && " +
        "oldObject.spec.all(k, k == 'suspend' || k in object.spec)) || " +
        "authorizer.group('sparkoperator.k8s.io').resource(request.resource.resource).namespace(variables.jobNamespace).name(request.name).check('create').allowed() ? [] : ['spec']",
      refusal: 'is changed by somebody who may not create applications',
      remedy: 'change nothing but spec.suspend, or ask for the right to submit',
    },
  ],
};
