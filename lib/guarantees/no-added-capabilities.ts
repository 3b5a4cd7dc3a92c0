import { texts } from '../kubernetes/cel';
import { PodSecurityLevel } from '../kubernetes/pod-security-level';
import { AT_LEVEL, contextRule } from './guard-conditions';
import { containerFindings, DemandingLevel, GuaranteeRule } from './guarantee-rule';

const code = 'no-added-capabilities';
/** Capabilities that may be added. */
const ADDABLE: Readonly<Record<DemandingLevel, readonly string[]>> = {
  [PodSecurityLevel.BASELINE]: [
    ...['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP'],
    ...['SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT'],
  ],
  [PodSecurityLevel.RESTRICTED]: ['NET_BIND_SERVICE'],
};

export const NO_ADDED_CAPABILITIES: GuaranteeRule = {
  code,
  summary: 'no added capabilities',
  sentence: 'No container adds capabilities that Pod Security forbids.',
  reason: 'With some capabilities a process reaches the node or other pods.',
  fix: 'Leave out securityContext.capabilities.add.',
  level: PodSecurityLevel.BASELINE,
  check: (application, level) =>
    containerFindings(application, code, ({ securityContext }) =>
      (securityContext?.capabilities?.add ?? [])
        .filter((capability) => !ADDABLE[level].includes(capability))
        .map((capability) => `adds capability ${capability}`),
    ),
  guard: contextRule({
    name: 'addedCapabilities',
    condition: AT_LEVEL[PodSecurityLevel.BASELINE],
    fault: `has(c.it.capabilities) && !(type(c.it.capabilities) == map && (!has(c.it.capabilities.add) ||
      (type(c.it.capabilities.add) == list && c.it.capabilities.add.all(n,
        n in (${AT_LEVEL[PodSecurityLevel.RESTRICTED]} ? ${texts(ADDABLE.restricted)} : ${texts(ADDABLE.baseline)})))))`,
    refusal: 'adds capabilities that Pod Security forbids',
    remedy: 'leave out securityContext.capabilities.add',
  }),
};
