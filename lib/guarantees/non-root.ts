import { PodSecurityLevel } from '../kubernetes/pod-security-level';
import { AT_LEVEL, contextRule } from './guard-conditions';
import { containerFindings, faultsIf, GuaranteeRule, podFindings } from './guarantee-rule';
import { SharedContext } from './pod-view-shapes';

const code = 'non-root';

export const NON_ROOT: GuaranteeRule = {
  code,
  summary: 'no root',
  sentence: 'Every container runs as another user than root.',
  reason: 'Root in a container is root on its node, once a process gets out.',
  fix: 'Set runAsNonRoot to true, and runAsUser to the number of a user of the image.',
  level: PodSecurityLevel.RESTRICTED,
  check: (application) => [
    ...podFindings(application, code, ({ securityContext, contextAt }) =>
      rootFaults(securityContext).map((fault) => ({ path: contextAt, message: `the pod ${fault}` })),
    ),
    ...containerFindings(application, code, ({ securityContext }, pod) => {
      const runsAsNonRoot = securityContext?.runAsNonRoot ?? pod.securityContext?.runAsNonRoot;
      return [
        ...rootFaults(securityContext),
        ...faultsIf([runsAsNonRoot === undefined, 'does not set runAsNonRoot to true']),
      ];
    }),
  ],
  guard: contextRule({
    name: 'nonRoot',
    condition: AT_LEVEL[PodSecurityLevel.RESTRICTED],
    fault: `!(has(c.it.runAsNonRoot) || has(c.pod.runAsNonRoot)) ||
      (has(c.it.runAsNonRoot) && c.it.runAsNonRoot != true) ||
      (has(c.pod.runAsNonRoot) && c.pod.runAsNonRoot != true) ||
      ${isRoot('c.it')} || ${isRoot('c.pod')}`,
    refusal: 'may run as root',
    remedy: 'set runAsNonRoot to true and runAsUser to the number of a user of the image',
  }),
};

function rootFaults(context: SharedContext | undefined): string[] {
  return faultsIf(
    [context?.runAsUser === 0, 'runs as user 0'],
    [context?.runAsNonRoot === false, 'sets runAsNonRoot to false'],
  );
}

/** Whether a user is root or not a number. */
function isRoot(holder: string): string {
  return `(has(${holder}.runAsUser) && (type(${holder}.runAsUser) != int || ${holder}.runAsUser == 0))`;
}
