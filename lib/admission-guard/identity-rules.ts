import { mapAt, mapsAt, textAt } from '../kubernetes/cel';
import { LIMITS } from '../guarantees/guard-limits';
import { GuardRule, GuardTopic } from '../guarantees/guard-rule';

const ROLES = ['driver', 'executor'] as const;

/** Whether a field is there and names no Secret that the namespace allows. */
function isForeign(holder: string, field: string): string {
  return `(has(${holder}.${field}) && !(${holder}.${field} in variables.secrets))`;
}

/** Whether a reference to a Secret is there and is to none that the namespace allows. */
function isForeignReference(holder: string, reference: string): string {
  const path = `${holder}.${reference}`;
  return `(has(${path}) && !(type(${path}) == map && has(${path}.name) && ${path}.name in variables.secrets))`;
}

function secretRule(name: string, offenders: readonly string[]): GuardRule {
  return {
    name,
    offenders: offenders.join(' + '),
    refusal: 'names a Secret that the namespace does not allow',
    remedy: 'leave it out, or let the owner of the namespace add the Secret to admission.secrets',
  };
}

function accountRule(role: 'driver' | 'executor'): GuardRule {
  const older = textAt(`variables.${role}`, 'serviceAccount');
  const accounts = `variables.${role}Accounts`;
  const pod = `variables.${role}Pod`;
  const at = `variables.${role}At`;
  const inTemplate = (field: string): string => `
    (has(${pod}.${field}) && !(${pod}.${field} in ${accounts})
      ? [${at} + '.template.spec.${field} "' + ${textAt(pod, field)} + '"']
      : [])`;
  return {
    name: `${role}Account`,
    offenders: `
      (!variables.isConnect && !(${older} in ${accounts}) ? [${at} + '.serviceAccount "' + ${older} + '"'] : []) +
      (variables.isConnect && !has(${pod}.serviceAccountName) ? [${at} + '.template.spec.serviceAccountName'] : []) +
      ${inTemplate('serviceAccountName')} + ${inTemplate('serviceAccount')}`,
    refusal: `is no account of the namespace's ${role}s`,
    remedy: `name the one that the job namespace has for ${role}s, spark-${role} unless it was given another`,
  };
}

/** The accounts with which pods run, what they may read, and who may change an application. */
export const IDENTITY_RULES: GuardTopic = {
  name: 'identities',
  rules: [
    accountRule('driver'),
    accountRule('executor'),
    secretRule('pullSecrets', [
      `(has(variables.application.imagePullSecrets) ? variables.application.imagePullSecrets : [])
        .filter(s, !(s in variables.secrets))
        .map(s, variables.at + '.imagePullSecrets "' + s + '"')`,
      `variables.pods
        .filter(p, ${mapsAt('p.it', 'imagePullSecrets', LIMITS.items)}.exists(s, !(has(s.name) && s.name in variables.secrets)))
        .map(p, p.at + '.imagePullSecrets')`,
    ]),
    secretRule('mountedSecrets', [
      ...ROLES.map(
        (role) => `
          ${mapsAt(`variables.${role}`, 'secrets', LIMITS.items)}
            .filter(s, !(s.name in variables.secrets))
            .map(s, variables.${role}At + '.secrets "' + s.name + '"')`,
      ),
      `variables.volumes
        .filter(v, v.it.exists(k, type(v.it[k]) == map && (
          ${isForeign('v.it[k]', 'secretName')} ||
          ${isForeignReference('v.it[k]', 'secretRef')} ||
          ${isForeignReference('v.it[k]', 'nodePublishSecretRef')} ||
          ${mapsAt('v.it[k]', 'sources', LIMITS.items)}.exists(s, ${isForeignReference('s', 'secret')})
        )))
        .map(v, v.at)`,
    ]),
    secretRule('environmentSecrets', [
      `variables.environments
        .filter(h, ${mapsAt('h.it', 'env', LIMITS.environment)}.exists(e,
          has(e.valueFrom) && (type(e.valueFrom) != map || ${isForeignReference('e.valueFrom', 'secretKeyRef')})))
        .map(h, h.at + '.env')`,
      `variables.environments
        .filter(h, ${mapsAt('h.it', 'envFrom', LIMITS.environment)}.exists(e, ${isForeignReference('e', 'secretRef')}))
        .map(h, h.at + '.envFrom')`,
      ...ROLES.map(
        (role) => `
          [${mapAt(`variables.${role}`, 'envSecretKeyRefs')}]
            .filter(m, m.exists(k, !(m[k].name in variables.secrets)))
            .map(m, variables.${role}At + '.envSecretKeyRefs')`,
      ),
    ]),
    secretRule('ingressSecrets', [
      `${mapsAt(mapAt('variables.application', 'sparkUIOptions'), 'ingressTLS', LIMITS.items)}
        .filter(t, ${isForeign('t', 'secretName')})
        .map(t, variables.at + '.sparkUIOptions.ingressTLS "' + t.secretName + '"')`,
      `${mapsAt('variables.application', 'driverIngressOptions', LIMITS.items)}
        .filter(o, ${mapsAt('o', 'ingressTLS', LIMITS.items)}.exists(t, ${isForeign('t', 'secretName')}))
        .map(o, variables.at + '.driverIngressOptions')`,
    ]),
    {
      name: 'change',
      // A subject that may change applications but not create them was granted only stopping and resuming them.
      offenders: `
        oldObject == null ||
        object.spec.all(k, k == 'suspend' || (k in oldObject.spec && object.spec[k] == oldObject.spec[k])) &&
        oldObject.spec.all(k, k == 'suspend' || k in object.spec) ||
        authorizer.group('sparkoperator.k8s.io').resource(request.resource.resource)
          .namespace(variables.jobNamespace).name(request.name).check('create').allowed()
        ? [] : ['spec']`,
      refusal: 'is changed by somebody who may not create applications',
      remedy: 'change nothing but spec.suspend, or ask for the right to submit',
    },
  ],
};
