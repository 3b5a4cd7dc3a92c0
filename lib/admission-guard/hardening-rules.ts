import { BASELINE_CAPABILITIES, SAFE_SYSCTLS, SELINUX_TYPES } from '../kubernetes/pod-security';
import { SPARK_CONTAINER, SparkRole } from '../spark/spark-role';
import { Guarantee } from '../guarantees/relaxation';
import { mapAt, mapsAt, texts } from './cel';
import { LIMITS } from './guard-limits';
import { GuardRule, GuardTopic } from './guard-rule';

const ROLES = [SparkRole.DRIVER, SparkRole.EXECUTOR];
const PROFILES = texts(['RuntimeDefault', 'Localhost']);
const APPARMOR = 'container.apparmor.security.beta.kubernetes.io/';

const RESTRICTED = 'variables.isRestricted';
const BASELINE = 'variables.isBaseline';

function unlessRelaxed(point: Guarantee): string {
  return `${RESTRICTED} && !('${point}' in variables.relaxed)`;
}

/** A rule on the security context of every container, where a condition on the namespace holds. */
function contextRule(name: string, condition: string, fault: string, refusal: string, remedy: string): GuardRule {
  return {
    name,
    offenders: `${condition} ? variables.contexts.filter(c, ${fault}).map(c, c.at) : []`,
    refusal,
    remedy,
  };
}

/** Whether a profile of seccomp or AppArmor is none that Pod Security allows. */
function hasOtherProfile(field: string): string {
  const path = `c.it.${field}`;
  return `(has(${path}) && !(type(${path}) == map && has(${path}.type) && ${path}.type in ${PROFILES}))`;
}

/** Whether a user is root, or no number. */
function isRoot(holder: string): string {
  return `(has(${holder}.runAsUser) && (type(${holder}.runAsUser) != int || ${holder}.runAsUser == 0))`;
}

/** Settings of contexts, of pods and of containers, that Pod Security forbids at any level but `privileged`. */
const FORBIDDEN_SETTINGS = `
  ${hasOtherProfile('seccompProfile')} ||
  ${hasOtherProfile('appArmorProfile')} ||
  (has(c.it.windowsOptions) &&
    !(type(c.it.windowsOptions) == map && (!has(c.it.windowsOptions.hostProcess) || c.it.windowsOptions.hostProcess == false))) ||
  (has(c.it.seLinuxOptions) &&
    !(type(c.it.seLinuxOptions) == map && c.it.seLinuxOptions.all(k,
      k == 'type' ? c.it.seLinuxOptions.type in ${texts([...SELINUX_TYPES])} : !(k in ['user', 'role']) || c.it.seLinuxOptions[k] == ''))) ||
  (has(c.it.sysctls) &&
    !(type(c.it.sysctls) == list && c.it.sysctls.all(s, type(s) == map && has(s.name) && s.name in ${texts([...SAFE_SYSCTLS])})))`;

/** Pods as the guarantees of secure applications say, as far as Pod Security asks for it in the namespace. */
export const HARDENING_RULES: GuardTopic = {
  name: 'hardening',
  rules: [
    {
      name: 'mixedContexts',
      offenders: ROLES.map(
        (role) => `
          (${BASELINE} && has(variables.${role}.template)
            ? ['securityContext', 'podSecurityContext']
                .filter(k, k in variables.${role})
                .map(k, variables.${role}At + '.' + k)
            : [])`,
      ).join(' + '),
      refusal: 'would replace the security context of the template',
      remedy: 'write it in the template alone',
    },
    {
      name: 'sparkContainer',
      offenders: ROLES.map(
        (role) => `
          (${RESTRICTED} && has(variables.${role}.template) &&
            !${mapsAt(`variables.${role}Pod`, 'containers', LIMITS.containers)}
              .exists(c, has(c.name) && c.name == '${SPARK_CONTAINER[role]}')
            ? [variables.${role}At + '.template.spec.containers']
            : [])`,
      ).join(' + '),
      refusal: "has no container of Spark's own name, so that Spark would add one that is not hardened",
      remedy: 'add spark-kubernetes-driver or spark-kubernetes-executor with its securityContext',
    },
    contextRule(
      'privileged',
      BASELINE,
      'has(c.it.privileged) && c.it.privileged != false',
      'is privileged',
      'set securityContext.privileged to false',
    ),
    contextRule(
      'addedCapabilities',
      BASELINE,
      `has(c.it.capabilities) && !(type(c.it.capabilities) == map && (!has(c.it.capabilities.add) ||
        (type(c.it.capabilities.add) == list && c.it.capabilities.add.all(n,
          n in (${RESTRICTED} ? ['NET_BIND_SERVICE'] : ${texts([...BASELINE_CAPABILITIES])})))))`,
      'adds capabilities that Pod Security forbids',
      'leave out securityContext.capabilities.add',
    ),
    contextRule(
      'procMount',
      BASELINE,
      `has(c.it.procMount) && c.it.procMount != 'Default'`,
      'has another procMount than Default',
      'leave out securityContext.procMount',
    ),
    {
      name: 'hostPorts',
      offenders: `
        ${BASELINE}
          ? variables.containers
              .filter(c, ${mapsAt('c.it', 'ports', LIMITS.items)}.exists(p, has(p.hostPort) && p.hostPort != 0))
              .map(c, c.at)
          : []`,
      refusal: 'has a port of the node',
      remedy: 'leave out hostPort',
    },
    {
      name: 'forbiddenSettings',
      offenders: `
        ${BASELINE}
          ? ([
              {'at': dyn(variables.driverAt), 'it': dyn(variables.driverContext)},
              {'at': dyn(variables.executorAt), 'it': dyn(variables.executorContext)}
            ] + variables.contexts.map(c, {'at': dyn(c.at), 'it': dyn(c.it)}))
              .filter(c, ${FORBIDDEN_SETTINGS})
              .map(c, c.at)
          : []`,
      refusal: 'has seccomp, AppArmor, SELinux, Windows or sysctl settings that Pod Security forbids',
      remedy: 'use the seccomp profile RuntimeDefault and leave the others out',
    },
    {
      name: 'appArmorAnnotations',
      offenders: ROLES.map(
        (role) => `
          (${BASELINE}
            ? [
                ${mapAt(mapAt(`variables.${role}Template`, 'metadata'), 'annotations')},
                ${mapAt(`variables.${role}`, 'annotations')}
              ]
                .filter(a, a.exists(k, k.startsWith('${APPARMOR}') &&
                  !(type(a[k]) == string && a[k].matches('^(runtime/default|localhost/.*)?$'))))
                .map(a, variables.${role}At + ' annotations')
            : [])`,
      ).join(' + '),
      refusal: 'turn AppArmor off',
      remedy: `leave out the annotation ${APPARMOR}`,
    },
    contextRule(
      'escalation',
      RESTRICTED,
      '!has(c.it.allowPrivilegeEscalation) || c.it.allowPrivilegeEscalation != false',
      'may gain privileges',
      'set securityContext.allowPrivilegeEscalation to false',
    ),
    contextRule(
      'droppedCapabilities',
      RESTRICTED,
      `!(has(c.it.capabilities) && type(c.it.capabilities) == map && has(c.it.capabilities.drop) &&
        type(c.it.capabilities.drop) == list && 'ALL' in c.it.capabilities.drop)`,
      'keeps capabilities',
      'set securityContext.capabilities.drop to ["ALL"]',
    ),
    contextRule(
      'nonRoot',
      RESTRICTED,
      `!(has(c.it.runAsNonRoot) || has(c.pod.runAsNonRoot)) ||
        (has(c.it.runAsNonRoot) && c.it.runAsNonRoot != true) ||
        (has(c.pod.runAsNonRoot) && c.pod.runAsNonRoot != true) ||
        ${isRoot('c.it')} || ${isRoot('c.pod')}`,
      'may run as root',
      'set runAsNonRoot to true and runAsUser to the number of a user of the image',
    ),
    contextRule(
      'seccomp',
      RESTRICTED,
      '!has(c.it.seccompProfile) && !has(c.pod.seccompProfile)',
      'has no seccomp profile',
      'set seccompProfile.type to RuntimeDefault',
    ),
    contextRule(
      'readOnlyRoot',
      unlessRelaxed(Guarantee.READ_ONLY_ROOT_FILESYSTEM),
      '!has(c.it.readOnlyRootFilesystem) || c.it.readOnlyRootFilesystem != true',
      'can write to its root file system',
      'set securityContext.readOnlyRootFilesystem to true, or let the owner of the namespace allow Relaxation.of(Guarantee.READ_ONLY_ROOT_FILESYSTEM, reason)',
    ),
    {
      name: 'executorToken',
      // A token for another audience than the Kubernetes API is none of it.
      offenders: `
        ${unlessRelaxed(Guarantee.NO_EXECUTOR_API_TOKEN)}
          ? (has(variables.executorPod.automountServiceAccountToken) && variables.executorPod.automountServiceAccountToken != false
              ? [variables.executorAt + '.template.spec.automountServiceAccountToken'] : []) +
            variables.volumes
              .filter(v, !v.at.startsWith(variables.driverAt))
              .filter(v, ${mapsAt(mapAt('v.it', 'projected'), 'sources', LIMITS.items)}.exists(s,
                has(s.serviceAccountToken) && !(
                  type(s.serviceAccountToken) == map && has(s.serviceAccountToken.audience) &&
                  type(s.serviceAccountToken.audience) == string && s.serviceAccountToken.audience != '' &&
                  !s.serviceAccountToken.audience.contains('kubernetes.default')
                )))
              .map(v, v.at)
          : []`,
      refusal: 'gives executors a token of the Kubernetes API',
      remedy:
        'leave it out, or let the owner of the namespace allow Relaxation.of(Guarantee.NO_EXECUTOR_API_TOKEN, reason)',
    },
    {
      name: 'pinnedImages',
      offenders: `
        ${unlessRelaxed(Guarantee.PINNED_IMAGES)}
          ? variables.imageFields
              .filter(i, !i.it.matches('@(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$') &&
                (!i.it.matches('^([^@]*/)?[^/:@]+:[A-Za-z0-9_][A-Za-z0-9_.-]*$') || i.it.endsWith(':latest')))
              .map(i, i.at + ' "' + i.it + '"')
          : []`,
      refusal: 'may mean another image at the next start',
      remedy:
        'give it a tag of its version or a digest, or let the owner of the namespace allow Relaxation.of(Guarantee.PINNED_IMAGES, reason)',
    },
  ],
};
