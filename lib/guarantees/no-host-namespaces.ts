import { HOST_NAMESPACES } from '../kubernetes/pod-fields';
import { PodSecurityLevel } from '../kubernetes/pod-security-level';
import { GuaranteeRule, podFindings } from './guarantee-rule';

const code = 'no-host-namespaces';

export const NO_HOST_NAMESPACES: GuaranteeRule = {
  code,
  summary: 'no namespaces of the node',
  sentence: 'No pod shares the network, the processes or the memory of its node.',
  reason: 'It would see and reach what runs on the node, past every network policy.',
  fix: 'Leave out hostNetwork, hostPID and hostIPC.',
  level: PodSecurityLevel.BASELINE,
  check: (application) =>
    podFindings(application, code, ({ hostNamespaces }) =>
      hostNamespaces.map(({ field, path }) => ({ path, message: `${field} is true` })),
    ),
  guard: {
    topic: 'pods',
    name: 'hostNamespaces',
    offenders: HOST_NAMESPACES.map(
      (field) => `
        variables.pods
          .filter(p, has(p.it.${field}) && p.it.${field} != false && !('${field}' in variables.hostNamespaces))
          .map(p, p.at + '.${field}')`,
    ).join(' + '),
    refusal: "would put the pod into the node's own namespace",
    remedy: 'leave it out, or let the owner of the namespace add it to admission.hostNamespaces',
  },
};
