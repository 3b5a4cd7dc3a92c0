import { PodSecurityLevel } from '../kubernetes/pod-security-level';
import { AT_LEVEL, contextRule } from './guard-conditions';
import { containerFindings, faultsIf, GuaranteeRule } from './guarantee-rule';

const code = 'no-privilege-escalation';

export const NO_PRIVILEGE_ESCALATION: GuaranteeRule = {
  code,
  summary: 'no privilege escalation',
  sentence: 'No process of a container gains more privileges than its parent has.',
  reason: 'A program of the image with the setuid bit would make its caller root.',
  fix: 'Set securityContext.allowPrivilegeEscalation to false.',
  level: PodSecurityLevel.RESTRICTED,
  check: (application) =>
    containerFindings(application, code, ({ securityContext }) =>
      faultsIf([securityContext?.allowPrivilegeEscalation !== false, 'does not set allowPrivilegeEscalation to false']),
    ),
  guard: contextRule({
    name: 'escalation',
    condition: AT_LEVEL[PodSecurityLevel.RESTRICTED],
    fault: '!has(c.it.allowPrivilegeEscalation) || c.it.allowPrivilegeEscalation != false',
    refusal: 'may gain privileges',
    remedy: 'set securityContext.allowPrivilegeEscalation to false',
  }),
};
