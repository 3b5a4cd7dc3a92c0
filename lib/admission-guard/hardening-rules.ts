import { BASELINE_CAPABILITIES, SAFE_SYSCTLS, SELINUX_TYPES } from '../application/pod-security';
import { HardeningPoint } from '../job-namespace/hardening';
import { mapAt, mapsAt, texts } from './cel';
import { LIMITS } from './guard-limits';
import { GuardRule, GuardTopic } from './guard-rule';

const APPARMOR = 'container.apparmor.security.beta.kubernetes.io/';
const ROLES = ['driver', 'executor'] as const;

/** The security contexts of both pods, and of all containers. */
const CONTEXTS =
  "([{'at': dyn(variables.driverAt), 'it': dyn(variables.driverContext)}, {'at': dyn(variables.executorAt), 'it': dyn(variables.executorContext)}] + " +
  "variables.contexts.map(c, {'at': dyn(c.at), 'it': dyn(c.it)}))";

/** A rule on containers, for the levels at which it holds. */
function containerRule(name: string, level: string, fault: string, refusal: string, remedy: string): GuardRule {
  return {
    name,
    offenders: `${level} ? variables.contexts.filter(c, ${fault}).map(c, c.at) : []`,
    refusal,
    remedy,
  };
}

const RESTRICTED = 'variables.isRestricted';
const BASELINE = 'variables.isBaseline';

/** Pods as the guarantees of secure applications say, as far as Pod Security asks for it in the namespace. */
export const HARDENING_RULES: GuardTopic = {
  name: 'hardening',
  rules: [
    {
      name: 'mixedContexts',
      offenders: ROLES.map(
        (role) =>
          `(${BASELINE} && has(variables.${role}.template) ? ['securityContext', 'podSecurityContext'].filter(k, k in variables.${role}).map(k, variables.${role}At + '.' + k) : [])`,
      ).join(' + '),
      refusal: 'would replace the security context of the template',
      remedy: 'write it in the template alone',
    },
    {
      name: 'sparkContainer',
      offenders: ROLES.map(
        (role) =>
          `(${RESTRICTED} && has(variables.${role}.template) && !${mapsAt(`variables.${role}Pod`, 'containers', LIMITS.containers)}.exists(c, has(c.name) && c.name == 'spark-kubernetes-${role}') ? [variables.${role}At + '.template.spec.containers'] : [])`,
      ).join(' + '),
      refusal: "has no container of Spark's own name, so that Spark would add one that is not hardened",
      remedy: 'add spark-kubernetes-driver or spark-kubernetes-executor with its securityContext',
    },
    containerRule(
      'privileged',
      BASELINE,
      'has(c.it.privileged) && c.it.privileged != false',
      'is privileged',
      'set securityContext.privileged to false',
    ),
    containerRule(
      'addedCapabilities',
      BASELINE,
      `has(c.it.capabilities) && (type(c.it.capabilities) != map || (has(c.it.capabilities.add) && (type(c.it.capabilities.add) != list || ` +
        `!c.it.capabilities.add.all(n, n in (${RESTRICTED} ? ['NET_BIND_SERVICE'] : ${texts([...BASELINE_CAPABILITIES])})))))`,
      'adds capabilities that Pod Security forbids',
      'leave out securityContext.capabilities.add',
    ),
    containerRule(
      'procMount',
      BASELINE,
      "has(c.it.procMount) && c.it.procMount != 'Default'",
      'has another procMount than Default',
      'leave out securityContext.procMount',
    ),
    {
      name: 'hostPorts',
      offenders: `${BASELINE} ? variables.containers.filter(c, ${mapsAt('c.it', 'ports', LIMITS.items)}.exists(p, has(p.hostPort) && p.hostPort != 0)).map(c, c.at) : []`,
      refusal: 'has a port of the node',
      remedy: 'leave out hostPort',
    },
    {
      name: 'contexts',
      offenders:
        `${BASELINE} ? ${CONTEXTS}.filter(c, ` +
        "(has(c.it.seccompProfile) && (type(c.it.seccompProfile) != map || !has(c.it.seccompProfile.type) || !(c.it.seccompProfile.type in ['RuntimeDefault', 'Localhost']))) || " +
        "(has(c.it.appArmorProfile) && (type(c.it.appArmorProfile) != map || !has(c.it.appArmorProfile.type) || !(c.it.appArmorProfile.type in ['RuntimeDefault', 'Localhost']))) || " +
        '(has(c.it.windowsOptions) && (type(c.it.windowsOptions) != map || (has(c.it.windowsOptions.hostProcess) && c.it.windowsOptions.hostProcess != false))) || ' +
        `(has(c.it.seLinuxOptions) && (type(c.it.seLinuxOptions) != map || c.it.seLinuxOptions.exists(k, k == 'type' ? !(c.it.seLinuxOptions.type in ${texts([...SELINUX_TYPES])}) : (k in ['user', 'role'] && c.it.seLinuxOptions[k] != '')))) || ` +
        `(has(c.it.sysctls) && (type(c.it.sysctls) != list || c.it.sysctls.exists(s, type(s) != map || !has(s.name) || !(s.name in ${texts([...SAFE_SYSCTLS])}))))).map(c, c.at) : []`,
      refusal: 'has seccomp, AppArmor, SELinux, Windows or sysctl settings that Pod Security forbids',
      remedy: 'use the seccomp profile RuntimeDefault and leave the others out',
    },
    {
      name: 'appArmorAnnotations',
      offenders: ROLES.map(
        (role) =>
          `(${BASELINE} ? [${mapAt(mapAt(`variables.${role}Template`, 'metadata'), 'annotations')}, ${mapAt(`variables.${role}`, 'annotations')}].filter(a, a.exists(k, k.startsWith('${APPARMOR}') && !(type(a[k]) == string && a[k].matches('^(runtime/default|localhost/.*)?$')))).map(a, variables.${role}At + ' annotations') : [])`,
      ).join(' + '),
      refusal: 'turn AppArmor off',
      remedy: `leave out the annotation ${APPARMOR}`,
    },
    containerRule(
      'escalation',
      RESTRICTED,
      '!has(c.it.allowPrivilegeEscalation) || c.it.allowPrivilegeEscalation != false',
      'may gain privileges',
      'set securityContext.allowPrivilegeEscalation to false',
    ),
    containerRule(
      'droppedCapabilities',
      RESTRICTED,
      "!has(c.it.capabilities) || type(c.it.capabilities) != map || !has(c.it.capabilities.drop) || type(c.it.capabilities.drop) != list || !('ALL' in c.it.capabilities.drop)",
      'keeps capabilities',
      'set securityContext.capabilities.drop to ["ALL"]',
    ),
    containerRule(
      'nonRoot',
      RESTRICTED,
      '(has(c.it.runAsNonRoot) ? c.it.runAsNonRoot : has(c.pod.runAsNonRoot) ? c.pod.runAsNonRoot : false) != true || ' +
        '(has(c.pod.runAsNonRoot) && c.pod.runAsNonRoot != true) || ' +
        '(has(c.it.runAsUser) && (type(c.it.runAsUser) != int || c.it.runAsUser == 0)) || (has(c.pod.runAsUser) && (type(c.pod.runAsUser) != int || c.pod.runAsUser == 0))',
      'may run as root',
      'set runAsNonRoot to true and runAsUser to the number of a user of the image',
    ),
    containerRule(
      'seccomp',
      RESTRICTED,
      '!has(c.it.seccompProfile) && !has(c.pod.seccompProfile)',
      'has no seccomp profile',
      'set seccompProfile.type to RuntimeDefault',
    ),
    containerRule(
      'readOnlyRoot',
      `${RESTRICTED} && !('${HardeningPoint.READ_ONLY_ROOT_FILESYSTEM}' in variables.relaxed)`,
      '!has(c.it.readOnlyRootFilesystem) || c.it.readOnlyRootFilesystem != true',
      'can write to its root file system',
      'set securityContext.readOnlyRootFilesystem to true, or let the owner of the namespace allow Hardening.writableRootFilesystem',
    ),
    {
      name: 'executorToken',
      offenders:
        `${RESTRICTED} && !('${HardeningPoint.NO_EXECUTOR_API_TOKEN}' in variables.relaxed) ? ` +
        "(has(variables.executorPod.automountServiceAccountToken) && variables.executorPod.automountServiceAccountToken != false ? [variables.executorAt + '.template.spec.automountServiceAccountToken'] : []) + " +
        `[variables.executorPod, variables.application].filter(h, ${mapsAt('h', 'volumes', LIMITS.volumes)}.exists(v, ${mapsAt(mapAt('v', 'projected'), 'sources', LIMITS.items)}.exists(s, has(s.serviceAccountToken) && ` +
        "(type(s.serviceAccountToken) != map || !has(s.serviceAccountToken.audience) || type(s.serviceAccountToken.audience) != string || s.serviceAccountToken.audience == '' || s.serviceAccountToken.audience.contains('kubernetes.default'))))).map(h, variables.executorAt + ' volumes') : []",
      refusal: 'give executors a token of the Kubernetes API',
      remedy: 'leave it out, or let the owner of the namespace allow Hardening.executorApiToken',
    },
    {
      name: 'pinnedImages',
      offenders:
        `${RESTRICTED} && !('${HardeningPoint.PINNED_IMAGES}' in variables.relaxed) ? variables.imageFields.filter(i, ` +
        "!i.it.matches('@(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$') && " +
        "(!i.it.matches('^([^@]*/)?[^/:@]+:[A-Za-z0-9_][A-Za-z0-9_.-]*$') || i.it.endsWith(':latest'))).map(i, i.at + ' \"' + i.it + '\"') : []",
      refusal: 'may mean another image at the next start',
      remedy:
        'give it a tag of its version or a digest, or let the owner of the namespace allow Hardening.unpinnedImages',
    },
  ],
};
