import { texts } from '../kubernetes/cel';
import { PodSecurityLevel } from '../kubernetes/pod-security-level';
import { AT_LEVEL } from './guard-conditions';
import { containerFindings, faultsIf, GuaranteeRule, podFindings } from './guarantee-rule';
import { PodContext, Profile, SharedContext } from './pod-view-shapes';

const code = 'node-confinement';
const PROFILES = ['RuntimeDefault', 'Localhost'];
const SELINUX_TYPES = ['', 'container_t', 'container_init_t', 'container_kvm_t'];
/** Sysctls that the Pod Security Standards of v1.28 allow; later versions allow more. */
const SAFE_SYSCTLS = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_local_reserved_ports',
];

/** Settings with which the node confines pods and containers. */
export const NODE_CONFINEMENT: GuaranteeRule = {
  code,
  summary: 'confined by the node',
  sentence:
    'No pod weakens seccomp, AppArmor, SELinux or the kernel settings of its node, or is a host process of Windows.',
  reason: 'They keep what runs in a container from the kernel that all pods of the node share.',
  fix: 'Use the seccomp profile RuntimeDefault, and leave the other settings out.',
  level: PodSecurityLevel.BASELINE,
  check: (application) => [
    ...podFindings(application, code, ({ securityContext, contextAt }) =>
      [...sharedFaults(securityContext), ...sysctlFaults(securityContext)].map((fault) => ({
        path: contextAt,
        message: `the pod ${fault}`,
      })),
    ),
    ...containerFindings(application, code, ({ securityContext }) => sharedFaults(securityContext)),
  ],
  guard: {
    topic: 'hardening',
    name: 'forbiddenSettings',
    offenders: `
      ${AT_LEVEL[PodSecurityLevel.BASELINE]}
        ? ([
            {'at': dyn(variables.driverAt), 'it': dyn(variables.driverContext)},
            {'at': dyn(variables.executorAt), 'it': dyn(variables.executorContext)}
          ] + variables.contexts.map(c, {'at': dyn(c.at), 'it': dyn(c.it)}))
            .filter(c,
              ${hasOtherProfile('seccompProfile')} ||
              ${hasOtherProfile('appArmorProfile')} ||
              (has(c.it.windowsOptions) &&
                !(type(c.it.windowsOptions) == map && (!has(c.it.windowsOptions.hostProcess) || c.it.windowsOptions.hostProcess == false))) ||
              (has(c.it.seLinuxOptions) &&
                !(type(c.it.seLinuxOptions) == map && c.it.seLinuxOptions.all(k,
                  k == 'type' ? c.it.seLinuxOptions.type in ${texts(SELINUX_TYPES)} : !(k in ['user', 'role']) || c.it.seLinuxOptions[k] == ''))) ||
              (has(c.it.sysctls) &&
                !(type(c.it.sysctls) == list && c.it.sysctls.all(s, type(s) == map && has(s.name) && s.name in ${texts(SAFE_SYSCTLS)}))))
            .map(c, c.at)
        : []`,
    refusal: 'has seccomp, AppArmor, SELinux, Windows or sysctl settings that Pod Security forbids',
    remedy: 'use the seccomp profile RuntimeDefault and leave the others out',
  },
};

/** Whether Pod Security does not allow a profile, or its file is missing. */
function hasOtherProfile(field: string): string {
  const path = `c.it.${field}`;
  return `(has(${path}) && !(type(${path}) == map && has(${path}.type) && ${path}.type in ${texts(PROFILES)} &&
    (${path}.type != 'Localhost' || has(${path}.localhostProfile) && ${path}.localhostProfile != '')))`;
}

function sharedFaults(context: SharedContext = {}): string[] {
  const { seccompProfile, appArmorProfile, seLinuxOptions = {}, windowsOptions } = context;
  const { type = '', user = '', role = '' } = seLinuxOptions;
  return [
    ...profileFaults('seccomp', seccompProfile),
    ...profileFaults('AppArmor', appArmorProfile),
    ...faultsIf(
      [windowsOptions?.hostProcess === true, 'is a Windows host process'],
      [!SELINUX_TYPES.includes(type) || user !== '' || role !== '', 'sets SELinux options'],
    ),
  ];
}

function profileFaults(what: string, profile: Profile | undefined): string[] {
  if (profile === undefined) return [];
  const { type, localhostProfile = '' } = profile;
  return faultsIf(
    [type === undefined, `has ${what} profile without a type`],
    [type !== undefined && !PROFILES.includes(type), `has ${what} profile ${type}`],
    [type === 'Localhost' && localhostProfile === '', `has ${what} profile Localhost without a profile's file`],
  );
}

function sysctlFaults({ sysctls = [] }: PodContext = {}): string[] {
  return sysctls
    .filter(({ name = '' }) => !SAFE_SYSCTLS.includes(name))
    .map(({ name = '' }) => `sets sysctl "${name}"`);
}
