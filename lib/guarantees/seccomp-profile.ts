import { PodSecurityLevel } from '../kubernetes/pod-security-level';
import { AT_LEVEL, contextRule } from './guard-conditions';
import { containerFindings, faultsIf, GuaranteeRule } from './guarantee-rule';

const code = 'seccomp-profile';

export const SECCOMP_PROFILE: GuaranteeRule = {
  code,
  summary: 'a seccomp profile',
  sentence: 'Every container has a seccomp profile.',
  reason: 'Without one it may make every system call, among them those by which processes got out of containers.',
  fix: 'Set seccompProfile.type to RuntimeDefault, in the securityContext of the pod or of the container.',
  level: PodSecurityLevel.RESTRICTED,
  check: (application) =>
    containerFindings(application, code, ({ securityContext }, pod) =>
      faultsIf([
        (securityContext?.seccompProfile ?? pod.securityContext?.seccompProfile) === undefined,
        'has no seccomp profile',
      ]),
    ),
  guard: contextRule({
    name: 'seccomp',
    condition: AT_LEVEL[PodSecurityLevel.RESTRICTED],
    fault: '!has(c.it.seccompProfile) && !has(c.pod.seccompProfile)',
    refusal: 'has no seccomp profile',
    remedy: 'set seccompProfile.type to RuntimeDefault',
  }),
};
