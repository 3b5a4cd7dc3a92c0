import { describeSubject } from '../access/rbac/rbac-subjects';
import { Remedy } from './explanation';
import { declaration, ForbiddenCase, Verdict } from './forbidden-case';
import { isOrdinaryOperatorRight, optionalOperatorRight } from './operator-remedy';
import { REFUSED_RIGHTS, refusedRight } from './refused-rights';
import { variableOf } from './typescript';

/** What to do when the operator itself is refused. */
export function operatorVerdict(asked: ForbiddenCase, role: 'operator-controller' | 'operator-webhook'): Verdict {
  const { right, namespace, identity } = asked;
  const optional = optionalOperatorRight(right);
  if (optional !== undefined) {
    return {
      program: 'does not grant it: nothing in it asks for the feature',
      advice: optional.advice,
      remedies: [{ code: optional.code }],
    };
  }
  if (namespace === '') {
    return {
      program: 'gives the operator rights in its job namespaces only, unless watchAllNamespaces is said',
      advice:
        'this operator was started to watch all namespaces, by an empty list of them or by a selector. Name them: SparkOperator starts it with that list, and gives it rights there',
      remedies: [{ code: "new SparkOperator(chart, 'operator', { jobNamespaces: [jobNamespace] });" }],
    };
  }
  if (isOrdinaryOperatorRight(role, right)) {
    return {
      program: 'does not have the namespace among those that the operator watches',
      advice: 'register the job namespace with the operator, which gives it its rights there',
      remedies: registration(asked),
    };
  }
  const refused = refusedRight(REFUSED_RIGHTS, right.verb, right.resource);
  const instead =
    refused === undefined
      ? 'find what makes it ask, such as a field of an application that needs another component'
      : `${refused.why}; ${refused.instead}`;
  return {
    program: 'does not grant it: the release that this library installs does not ask for it',
    advice: `do not grant it to ${describeSubject(identity.subject)}: ${instead}`,
  };
}

function registration({ namespace, program }: ForbiddenCase): Remedy[] {
  return [...declaration(namespace, program), { code: `operator.addJobNamespace(${variableOf(namespace ?? '')});` }];
}
