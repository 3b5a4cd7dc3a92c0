import { podSecurityFindings, RELAXABLE_GUARANTEES } from '../../guarantees/all-guarantees';
import { podsOf } from '../../guarantees/application-view';
import { GuaranteeRule } from '../../guarantees/guarantee-rule';
import { PodSecurityLevel } from '../../kubernetes/pod-security-level';
import { Finding } from '../../problems/finding';
import { ValidationRule } from '../rule';
import { inApplications } from './findings';

/** What guarantees ask of applications: each that can be relaxed is a rule, and those of Pod Security are one together. */
export const GUARANTEE_RULES: readonly ValidationRule[] = [
  {
    name: 'pods-are-restricted',
    sentence: 'Every container of driver and executors meets the Pod Security standard "restricted".',
    reason:
      'What a job runs is code from outside; root and capabilities are the first steps to the node. Where a namespace enforces the standard, the pods would be refused.',
    fix: 'Set securityContext in the template of the role: runAsNonRoot, allowPrivilegeEscalation, capabilities and seccompProfile; SecureSparkApplication does it.',
    check: (program) =>
      inApplications(program, (application) => [
        ...podsOf(application).flatMap(({ mistakes }) => mistakes),
        ...podSecurityFindings(application, program.settings.podSecurity).map(locationOf),
      ]),
  },
  ...RELAXABLE_GUARANTEES.map(ruleOf),
];

function ruleOf({ code, sentence, reason, fix, relaxedBy, check }: GuaranteeRule): ValidationRule {
  return {
    name: code,
    sentence,
    reason,
    fix,
    relaxedBy,
    check: (program) =>
      inApplications(program, (application) => check(application, PodSecurityLevel.RESTRICTED).map(locationOf)),
  };
}

function locationOf({ path, message }: Finding): string {
  return `${path}: ${message}`;
}
