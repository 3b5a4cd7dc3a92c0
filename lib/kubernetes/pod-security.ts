import { k8s } from 'cdk8s-plus-28';
import { PodSecurityLevel } from './pod-security-level';

/** Kinds of volumes that `restricted` allows. */
const RESTRICTED_VOLUMES = new Set([
  'configMap',
  'csi',
  'downwardApi',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);
/** Capabilities that `baseline` allows to be added. */
export const BASELINE_CAPABILITIES = new Set([
  ...['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP'],
  ...['SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT'],
]);
/** Kernel settings that are safe in a pod, by the standards of v1.28; later ones know more. */
export const SAFE_SYSCTLS = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_local_reserved_ports',
]);
const APPARMOR = 'container.apparmor.security.beta.kubernetes.io/';
export const SELINUX_TYPES = new Set(['', 'container_t', 'container_init_t', 'container_kvm_t']);

/**
 * Why Pod Security admission would refuse a pod of this template.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function podSecurityProblems(template: k8s.PodTemplateSpec, level: PodSecurityLevel): string[] {
  if (level === PodSecurityLevel.PRIVILEGED) return [];
  const spec = template.spec;
  const restricted = level === PodSecurityLevel.RESTRICTED;
  const problems = [...appArmorProblems(template.metadata?.annotations ?? {}), ...podProblems(spec, restricted)];
  for (const list of ['initContainers', 'containers', 'ephemeralContainers'] as const) {
    for (const container of spec?.[list] ?? []) {
      problems.push(...containerProblems(container, spec?.securityContext, restricted));
    }
  }
  return problems;
}

function appArmorProblems(annotations: { readonly [annotation: string]: string }): string[] {
  return Object.entries(annotations)
    .filter(([key, value]) => key.startsWith(APPARMOR) && !/^(runtime\/default|localhost\/.*)?$/.test(value))
    .map(([key, value]) => `annotation ${key} is "${value}"`);
}

function podProblems(spec: k8s.PodSpec | undefined, restricted: boolean): string[] {
  const problems: string[] = [];
  const refuse = (bad: boolean | undefined, problem: string): void => {
    if (bad === true) problems.push(problem);
  };
  refuse(spec?.hostNetwork, 'hostNetwork is true');
  refuse(spec?.hostPid, 'hostPID is true');
  refuse(spec?.hostIpc, 'hostIPC is true');
  for (const volume of spec?.volumes ?? []) {
    for (const [kind, source] of Object.entries(volume) as [string, unknown][]) {
      if (kind === 'name' || source === undefined) continue;
      if (kind === 'hostPath') problems.push(`volume "${volume.name}" is a hostPath`);
      else if (restricted && !RESTRICTED_VOLUMES.has(kind)) problems.push(`volume "${volume.name}" is of kind ${kind}`);
    }
  }
  const context = spec?.securityContext;
  for (const sysctl of context?.sysctls ?? []) {
    refuse(!SAFE_SYSCTLS.has(sysctl.name), `sysctl "${sysctl.name}" is set`);
  }
  refuse(context?.seccompProfile?.type === 'Unconfined', 'the pod has seccomp profile Unconfined');
  problems.push(...sharedProblems('the pod', context, restricted));
  return problems;
}

function containerProblems(
  container: k8s.Container | k8s.EphemeralContainer,
  pod: k8s.PodSecurityContext | undefined,
  restricted: boolean,
): string[] {
  const problems: string[] = [];
  const context = container.securityContext;
  const refuse = (bad: boolean, problem: string): void => {
    if (bad) problems.push(`container "${container.name}" ${problem}`);
  };
  refuse(context?.privileged === true, 'is privileged');
  refuse(
    (container.ports ?? []).some((port) => port.hostPort !== undefined && port.hostPort !== 0),
    'has a hostPort',
  );
  refuse(!['Default', undefined].includes(context?.procMount), `has procMount ${context?.procMount}`);
  const added = context?.capabilities?.add ?? [];
  const allowed = restricted ? new Set(['NET_BIND_SERVICE']) : BASELINE_CAPABILITIES;
  for (const capability of added) refuse(!allowed.has(capability), `adds capability ${capability}`);
  refuse(context?.seccompProfile?.type === 'Unconfined', 'has seccomp profile Unconfined');
  problems.push(...sharedProblems(`container "${container.name}"`, context, restricted));
  if (!restricted) return problems;
  refuse(context?.allowPrivilegeEscalation !== false, 'does not set allowPrivilegeEscalation to false');
  refuse(!(context?.capabilities?.drop ?? []).includes('ALL'), 'does not drop ALL capabilities');
  refuse((context?.runAsNonRoot ?? pod?.runAsNonRoot) !== true, 'does not set runAsNonRoot to true');
  refuse((context?.seccompProfile ?? pod?.seccompProfile) === undefined, 'has no seccomp profile');
  return problems;
}

function sharedProblems(
  where: string,
  context: k8s.PodSecurityContext | k8s.SecurityContext | undefined,
  restricted: boolean,
): string[] {
  const problems: string[] = [];
  if (context?.windowsOptions?.hostProcess === true) problems.push(`${where} is a Windows host process`);
  const selinux = context?.seLinuxOptions;
  if (!SELINUX_TYPES.has(selinux?.type ?? '') || (selinux?.user ?? '') !== '' || (selinux?.role ?? '') !== '') {
    problems.push(`${where} sets SELinux options`);
  }
  if (restricted && context?.runAsUser === 0) problems.push(`${where} runs as user 0`);
  if (restricted && context?.runAsNonRoot === false) problems.push(`${where} sets runAsNonRoot to false`);
  const profile = context?.seccompProfile;
  if (profile?.type === 'Localhost' && (profile.localhostProfile ?? '') === '') {
    problems.push(`${where} has seccomp profile Localhost without a profile's file`);
  }
  return problems;
}
