import { PodSecurityLevel } from '../kubernetes/pod-security-level';
import { AT_LEVEL, contextRule } from './guard-conditions';
import { containerFindings, faultsIf, GuaranteeRule } from './guarantee-rule';

const code = 'default-proc-mount';
const DEFAULT = 'Default';

export const DEFAULT_PROC_MOUNT: GuaranteeRule = {
  code,
  summary: 'masked /proc',
  sentence: 'Every container has the masked /proc of its runtime.',
  reason: 'The rest of /proc shows and changes the kernel of the node.',
  fix: 'Leave out securityContext.procMount.',
  level: PodSecurityLevel.BASELINE,
  check: (application) =>
    containerFindings(application, code, ({ securityContext: { procMount = DEFAULT } = {} }) =>
      faultsIf([procMount !== DEFAULT, `has procMount ${procMount}`]),
    ),
  guard: contextRule({
    name: 'procMount',
    condition: AT_LEVEL[PodSecurityLevel.BASELINE],
    fault: `has(c.it.procMount) && c.it.procMount != '${DEFAULT}'`,
    refusal: `has another procMount than ${DEFAULT}`,
    remedy: 'leave out securityContext.procMount',
  }),
};
