import { guardRulesOf } from '../guarantees/all-guarantees';
import { AT_LEVEL } from '../guarantees/guard-conditions';
import { SPARK_CONTAINER, SparkRole } from '../spark/spark-role';
import { mapsAt } from '../kubernetes/cel';
import { LIMITS } from '../guarantees/guard-limits';
import { GuardTopic } from '../guarantees/guard-rule';

const ROLES = [SparkRole.DRIVER, SparkRole.EXECUTOR];
const { baseline: BASELINE, restricted: RESTRICTED } = AT_LEVEL;

/** The guarantees of secure applications, as far as Pod Security asks for them, and what the guard needs to see them by. */
export const HARDENING_RULES: GuardTopic = {
  name: 'hardening',
  rules: [
    {
      name: 'mixedContexts',
      offenders: ROLES.map(
        (role) => `
          (${BASELINE} && has(variables.${role}.template)
            ? ['securityContext', 'podSecurityContext']
                .filter(k, k in variables.${role})
                .map(k, variables.${role}At + '.' + k)
            : [])`,
      ).join(' + '),
      refusal: 'would replace the security context of the template',
      remedy: 'write it in the template alone',
    },
    {
      name: 'sparkContainer',
      offenders: ROLES.map(
        (role) => `
          (${RESTRICTED} && has(variables.${role}.template) &&
            !${mapsAt(`variables.${role}Pod`, 'containers', LIMITS.containers)}
              .exists(c, has(c.name) && c.name == '${SPARK_CONTAINER[role]}')
            ? [variables.${role}At + '.template.spec.containers']
            : [])`,
      ).join(' + '),
      refusal: "has no container of Spark's own name, so that Spark would add one that is not hardened",
      remedy: 'add spark-kubernetes-driver or spark-kubernetes-executor with its securityContext',
    },
    ...guardRulesOf('hardening'),
  ],
};
