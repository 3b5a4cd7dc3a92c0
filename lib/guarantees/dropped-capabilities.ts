import { PodSecurityLevel } from '../kubernetes/pod-security-level';
import { AT_LEVEL, contextRule } from './guard-conditions';
import { containerFindings, faultsIf, GuaranteeRule } from './guarantee-rule';

const code = 'dropped-capabilities';

export const DROPPED_CAPABILITIES: GuaranteeRule = {
  code,
  summary: 'all capabilities dropped',
  sentence: 'Every container drops all capabilities.',
  reason: 'Containers have several that neither Spark nor a sidecar needs.',
  fix: 'Set securityContext.capabilities.drop to ["ALL"].',
  level: PodSecurityLevel.RESTRICTED,
  check: (application) =>
    containerFindings(application, code, ({ securityContext }) =>
      faultsIf([!(securityContext?.capabilities?.drop ?? []).includes('ALL'), 'does not drop ALL capabilities']),
    ),
  guard: contextRule({
    name: 'droppedCapabilities',
    condition: AT_LEVEL[PodSecurityLevel.RESTRICTED],
    fault: `!(has(c.it.capabilities) && type(c.it.capabilities) == map && has(c.it.capabilities.drop) &&
      type(c.it.capabilities.drop) == list && 'ALL' in c.it.capabilities.drop)`,
    refusal: 'keeps capabilities',
    remedy: 'set securityContext.capabilities.drop to ["ALL"]',
  }),
};
