import { DemandingLevel, TopicRule } from './guarantee-rule';
import { PodSecurityLevel } from '../kubernetes/pod-security-level';
import { Guarantee } from './relaxation';

/** Whether the namespace's level of Pod Security includes this level, in CEL. */
export const AT_LEVEL: Readonly<Record<DemandingLevel, string>> = {
  [PodSecurityLevel.BASELINE]: 'variables.isBaseline',
  [PodSecurityLevel.RESTRICTED]: 'variables.isRestricted',
};

/** Whether a namespace is restricted and does not allow relaxing a guarantee, in CEL. */
export function unlessRelaxed(guarantee: Guarantee): string {
  return `${AT_LEVEL[PodSecurityLevel.RESTRICTED]} && !('${guarantee}' in variables.relaxed)`;
}

/** A guarantee as a program writes it, such as `Guarantee.ENCRYPTION`. */
export function memberOf(guarantee: Guarantee): string {
  const [name] = Object.entries(Guarantee).find(([, value]) => value === guarantee) ?? [];
  return `Guarantee.${name}`;
}

/** The call with which the owner of a namespace allows relaxing a guarantee. */
export function allowedBy(guarantee: Guarantee): string {
  return `Relaxation.of(${memberOf(guarantee)}, reason)`;
}

/** A rule for the security context of every container, in namespaces that meet a condition. */
export function contextRule(
  rule: Omit<TopicRule, 'offenders' | 'topic'> & { condition: string; fault: string },
): TopicRule {
  const { name, condition, fault, refusal, remedy } = rule;
  return {
    topic: 'hardening',
    name,
    offenders: `${condition} ? variables.contexts.filter(c, ${fault}).map(c, c.at) : []`,
    refusal,
    remedy,
  };
}
