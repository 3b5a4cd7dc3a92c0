import { NamespaceFeature } from '../job-namespace/identities/driver-rights';
import { Right } from '../job-namespace/identities/rights';
import {
  CONTROLLER_JOB_RIGHTS,
  OperatorRight,
  QUOTA_ENFORCEMENT_RIGHTS,
  UI_SERVICE_RIGHTS,
  WEBHOOK_JOB_RIGHTS,
} from '../operator/rights/operator-rights';
import { SparkRole } from '../access/rbac/spark-identities';
import { GrantedRequest } from './grant-remedy';
import { describeSubject } from '../access/rbac/rbac-subjects';
import { Remedy } from './explanation';
import { declaration, ForbiddenCase, Verdict } from './forbidden-case';
import { REFUSED_RIGHTS, refusedRight } from './refused-rights';
import { variableOf } from './typescript';

/** A right of the operator that comes with a property of the program. */
export interface OperatorRemedy {
  readonly advice: string;
  readonly code: string;
}

const OPTIONAL: readonly { readonly rights: readonly OperatorRight[]; readonly remedy: OperatorRemedy }[] = [
  {
    rights: CONTROLLER_JOB_RIGHTS.filter(({ feature }) => feature === NamespaceFeature.DRIVER_CLAIMS),
    remedy: {
      advice:
        "volume claims of a driver are made by the operator's controller, which gets the right in namespaces where an application asks for them by this property",
      code: 'driver: { localDirectories: LocalDirectories.onDemandClaim({ size: Size.gibibytes(20) }) },',
    },
  },
  {
    rights: UI_SERVICE_RIGHTS,
    remedy: { advice: 'the controller gets the right with this property of SparkOperator', code: 'uiService: true,' },
  },
  {
    rights: QUOTA_ENFORCEMENT_RIGHTS,
    remedy: {
      advice: 'the webhook gets the right with this property of SparkOperator',
      code: 'webhook: { resourceQuotaEnforcement: true },',
    },
  },
  {
    rights: [
      {
        apiGroups: ['scheduling.volcano.sh'],
        resources: ['podgroups'],
        verbs: ['get', 'create', 'update', 'delete', 'list', 'watch'],
        reason: 'Volcano',
      },
    ],
    remedy: {
      advice: 'the controller gets the right with this property of SparkOperator',
      code: 'batchSchedulers: [BatchScheduler.VOLCANO],',
    },
  },
];

/** What the operator's account has in every job namespace. */
export function isOrdinaryOperatorRight(role: SparkRole, request: GrantedRequest): boolean {
  const rights = role === 'operator-webhook' ? WEBHOOK_JOB_RIGHTS : CONTROLLER_JOB_RIGHTS;
  return hasRight(
    rights.filter(({ feature }) => feature === undefined),
    request,
  );
}

/** What the operator's account has only with a property. */
export function optionalOperatorRight(request: GrantedRequest): OperatorRemedy | undefined {
  return OPTIONAL.find(({ rights }) => hasRight(rights, request))?.remedy;
}

export function hasRight(rights: readonly Right[], { apiGroup, resource, verb }: GrantedRequest): boolean {
  return rights.some(
    (right) => right.apiGroups.includes(apiGroup) && right.resources.includes(resource) && right.verbs.includes(verb),
  );
}

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
