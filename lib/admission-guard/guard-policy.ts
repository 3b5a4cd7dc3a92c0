import { oneLine, text } from '../kubernetes/cel';
import { CONFIGURATION_RULES } from './configuration-rules';
import { PARAMETER_KIND } from './guard-parameters';
import { GuardRule, GuardTopic } from '../guarantees/guard-rule';
import { usedVariables } from './guard-variables';
import { HARDENING_RULES } from './hardening-rules';
import { IDENTITY_RULES } from './identity-rules';
import { POD_RULES } from './pod-rules';
import { SUBMISSION_RULES } from './submission-rules';

/** Each becomes a policy of the cluster: each policy has a budget of its own for what it reads. */
export const GUARD_TOPICS: readonly GuardTopic[] = [
  SUBMISSION_RULES,
  CONFIGURATION_RULES,
  IDENTITY_RULES,
  POD_RULES,
  HARDENING_RULES,
];

/** A field and its value, as far as a message shows it. */
const SHORT = "(o.size() > 300 ? o.substring(0, 300) + '...' : o)";
/** The first of some messages, on one line, and how many more there are. */
const FIRST =
  "m.size() == 0 ? '' : m[0].replace('\\n', ' ') + (m.size() > 1 ? ' (and ' + string(m.size() - 1) + ' more)' : '')";
const GROUP = 'sparkoperator.k8s.io';
const KINDS = ['scheduledsparkapplications', 'sparkapplications', 'sparkconnects'];

/** Finalizers and labels of any application may change, and any may be suspended; more is looked at. */
const IS_CHANGED =
  'oldObject == null || object.spec != oldObject.spec && !(has(object.spec.suspend) && object.spec.suspend == true && ' +
  "object.spec.all(k, k == 'suspend' || (k in oldObject.spec && object.spec[k] == oldObject.spec[k])) && " +
  "oldObject.spec.all(k, k == 'suspend' || k in object.spec))";

/** The specification of the ValidatingAdmissionPolicy of a topic. */
export function policySpec({ rules }: GuardTopic): Record<string, unknown> {
  return {
    failurePolicy: 'Fail',
    paramKind: PARAMETER_KIND,
    matchConstraints: {
      resourceRules: [
        {
          apiGroups: [GROUP],
          apiVersions: ['*'],
          operations: ['CREATE', 'UPDATE'],
          resources: KINDS,
          scope: 'Namespaced',
        },
      ],
    },
    matchConditions: [{ name: 'changed', expression: IS_CHANGED }],
    validations: [
      validation(rules.filter((rule) => !asksAuthorizer(rule))),
      ...rules.filter(asksAuthorizer).map(authorizerValidation),
    ],
  };
}

/** What a selector asks of the name of a namespace. */
export interface NameRequirement {
  readonly key: 'kubernetes.io/metadata.name';
  readonly operator: 'In' | 'NotIn';
  readonly values: readonly string[];
}

/** Selects the namespaces of these names. */
export function namespacesIn(names: readonly string[]): NameRequirement[] {
  return [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: names }];
}

/** Selects all namespaces but these. */
export function namespacesBut(names: readonly string[]): NameRequirement[] {
  // A list without values is refused by the API server.
  return names.length === 0 ? [] : [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: names }];
}

/** The binding of a policy to namespaces, with their parameters. */
export function bindingSpec(
  policy: string,
  namespaces: readonly NameRequirement[],
  parameters: ParameterReference,
): Record<string, unknown> {
  return {
    policyName: policy,
    validationActions: ['Deny'],
    paramRef: { ...parameters, parameterNotFoundAction: 'Deny' },
    matchResources: { namespaceSelector: { matchExpressions: namespaces } },
  };
}

/** Where the parameters of a namespace stand. */
export interface ParameterReference {
  readonly name: string;
  readonly namespace: string;
}

function validation(rules: readonly GuardRule[]): Record<string, string> {
  const messages = rules
    .map(({ offenders, refusal, remedy }) => `(${offenders}).map(o, ${SHORT} + ${text(` ${refusal}; ${remedy}`)})`)
    .join(' + ');
  return {
    expression: withVariables(`(${messages}).size() == 0`, 'all'),
    messageExpression: withVariables(`[${messages}].map(m, ${FIRST})[0]`, 'map'),
    message: 'The application breaks a rule of its namespace, in a field that cannot be shown',
  };
}

/** Messages cannot ask the authorizer. */
function asksAuthorizer({ offenders }: GuardRule): boolean {
  return /\bauthorizer\b/.test(offenders);
}

function authorizerValidation({ offenders, refusal, remedy }: GuardRule): Record<string, string> {
  return {
    expression: withVariables(`(${offenders}).size() == 0`, 'all'),
    message: `The application ${refusal}; ${remedy}`,
  };
}

/**
 * Gives an expression the variables that it uses, each as the only item of a list that is gone through. The `variables` of a
 * policy would be the usual place, but in most versions of Kubernetes they can crash an API server that reads one policy
 * with variables while it evaluates another.
 *
 * @see https://github.com/kubernetes/kubernetes/issues/135757
 */
function withVariables(expression: string, macro: 'all' | 'map'): string {
  const bound = usedVariables(expression).reduceRight(
    (inner, variable) => `[${variable.expression}].${macro}(${variable.name}, ${inner})${macro === 'map' ? '[0]' : ''}`,
    expression,
  );
  return oneLine(bound.replace(/\bvariables\.(\w+)/g, '$1'));
}
