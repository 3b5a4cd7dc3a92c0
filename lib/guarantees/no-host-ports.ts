import { mapsAt } from '../kubernetes/cel';
import { PodSecurityLevel } from '../kubernetes/pod-security-level';
import { AT_LEVEL } from './guard-conditions';
import { LIMITS } from './guard-limits';
import { containerFindings, faultsIf, GuaranteeRule } from './guarantee-rule';

const code = 'no-host-ports';

export const NO_HOST_PORTS: GuaranteeRule = {
  code,
  summary: 'no ports of the node',
  sentence: 'No container takes a port of its node.',
  reason: 'It would be reached past the network policies, or stand in for a service of the node.',
  fix: 'Leave out hostPort.',
  level: PodSecurityLevel.BASELINE,
  check: (application) =>
    containerFindings(application, code, ({ hostPorts }) => faultsIf([hostPorts.length > 0, 'has a hostPort'])),
  guard: {
    topic: 'hardening',
    name: 'hostPorts',
    offenders: `
      ${AT_LEVEL[PodSecurityLevel.BASELINE]}
        ? variables.containers
            .filter(c, ${mapsAt('c.it', 'ports', LIMITS.items)}.exists(p, has(p.hostPort) && p.hostPort != 0))
            .map(c, c.at)
        : []`,
    refusal: 'has a port of the node',
    remedy: 'leave out hostPort',
  },
};
