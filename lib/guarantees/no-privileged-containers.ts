import { PodSecurityLevel } from '../kubernetes/pod-security-level';
import { AT_LEVEL, contextRule } from './guard-conditions';
import { containerFindings, faultsIf, GuaranteeRule } from './guarantee-rule';

const code = 'no-privileged-containers';

export const NO_PRIVILEGED_CONTAINERS: GuaranteeRule = {
  code,
  summary: 'no privileged containers',
  sentence: 'No container is privileged.',
  reason: 'A privileged container is as good as root on its node.',
  fix: 'Set securityContext.privileged to false.',
  level: PodSecurityLevel.BASELINE,
  check: (application) =>
    containerFindings(application, code, ({ securityContext }) =>
      faultsIf([securityContext?.privileged === true, 'is privileged']),
    ),
  guard: contextRule({
    name: 'privileged',
    condition: AT_LEVEL[PodSecurityLevel.BASELINE],
    fault: 'has(c.it.privileged) && c.it.privileged != false',
    refusal: 'is privileged',
    remedy: 'set securityContext.privileged to false',
  }),
};
