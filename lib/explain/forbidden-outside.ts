import { DRIVER_RIGHTS } from '../job-namespace/identities/driver-rights';
import { readableName } from '../job-namespace/grants/grant-book';
import { AccessSubject } from '../access/rbac/access-question';
import { describeSubject } from '../access/rbac/rbac-subjects';
import { Remedy } from './explanation';
import { declaration, ForbiddenCase, namespaceOfDriver, Verdict } from './forbidden-case';
import {
  grantAdvice,
  GrantedRequest,
  grantLine,
  GrantOption,
  isApplication,
  narrowestGrant,
  toolsTold,
} from './grant-remedy';
import { hasRight } from './operator-remedy';
import { REFUSED_RIGHTS, REFUSED_TO_DRIVERS, refusedRight } from './refused-rights';
import { subjectExpression, variableOf } from './typescript';

/** What to do when a submitter is refused, or an identity that the program does not know. */
export function outsideVerdict(asked: ForbiddenCase): Verdict {
  const { right, namespace, program, request, identity } = asked;
  const intended = program.isGiven ? 'does not grant it' : undefined;
  if (request.path !== undefined) {
    return {
      program: intended,
      advice:
        'this library grants no paths of the API server; a ClusterRole with nonResourceURLs does, made by an administrator of the cluster',
    };
  }
  if (isDriverLike(asked)) return driverLikeVerdict(asked, intended);
  const grant = narrowestGrant(right, toolsOf(asked), (other) => isGranted(asked, other));
  const refused = refusedRight(REFUSED_RIGHTS, right.verb, right.resource);
  if (grant !== undefined && namespace === '') {
    return {
      program: program.isGiven ? 'grants in job namespaces only' : undefined,
      advice: `the request is for all namespaces at once, which nothing in this library grants: let the client ask in one namespace (kubectl -n NAMESPACE, without -A), and grant it there`,
    };
  }
  if (grant !== undefined) return grantVerdict(asked, grant, intended);
  if (refused === undefined) {
    return {
      program: intended,
      advice:
        'nothing in this library grants it. If it is really meant, it takes a Role and a RoleBinding of your own in that namespace',
    };
  }
  return {
    program: `does not grant it, and should not: ${refused.why}`,
    advice: `do not grant it to ${describeSubject(identity.subject)}; ${refused.instead}`,
  };
}

function grantVerdict(asked: ForbiddenCase, grant: GrantOption, intended: string | undefined): Verdict {
  const { namespace, program, identity } = asked;
  return {
    program: intended,
    advice: [
      grantAdvice(grant, toolsOf(asked)),
      ...(mayBeDriver(asked) ? [noDriver()] : []),
      ...(isAtHome(asked) ? [NOT_OURS] : []),
    ].join('. '),
    remedies: [
      ...declaration(namespace, program),
      grantRemedy(asked, identity.subject, grant),
      ...onApplicationAlone(asked, grant),
    ],
  };
}

function grantRemedy({ namespace = '', program }: ForbiddenCase, subject: AccessSubject, grant: GrantOption): Remedy {
  const chosen = program.chosenGrantName(`spark-${grant.method}-`, namespace, subject, readableName(subject));
  return {
    when: program.binds(subject)
      ? 'the program has this subject already: put its variable in place of from...(...)'
      : undefined,
    code: grantLine(namespace, subject, grant, chosen),
  };
}

/** The grant on the one application that the request names, where the program has it and the right can be limited to it. */
function onApplicationAlone(
  { request, right, namespace, program, identity }: ForbiddenCase,
  grant: GrantOption,
): Remedy[] {
  const { name } = request;
  if (name === undefined || !isApplication(right.resource) || !['view', 'operate'].includes(grant.method)) return [];
  if (program.application(name, namespace) === undefined) return [];
  const options = grant.method === 'view' ? ', { logs: false }' : '';
  return [
    {
      when: `or, if it is for the application "${name}" alone (${variableOf(name)} is its construct)`,
      code: `${variableOf(name)}.grants.${grant.method}(${subjectExpression(identity.subject)}${options});`,
    },
  ];
}

/**
 * An account that asks for applications of its own namespace may be that of drivers, if the program does not say what it is.
 */
function mayBeDriver({ identity, namespace, right }: ForbiddenCase): boolean {
  const { subject, roles } = identity;
  if (roles.length > 0 || subject.kind !== 'ServiceAccount' || !isApplication(right.resource)) return false;
  return namespace === undefined || namespace === subject.namespace;
}

const NOT_OURS =
  'But the program has no jobs in this namespace, which is that of the account itself: rights there come with what is installed there';

function isAtHome({ identity, namespace, program }: ForbiddenCase): boolean {
  return (
    program.isGiven &&
    namespace !== undefined &&
    namespace === identity.subject.namespace &&
    !program.hasJobNamespace(namespace)
  );
}

function noDriver(): string {
  const { why, instead } = REFUSED_TO_DRIVERS[0];
  return `But if it is the account that drivers run as, grant it nothing (${why}); ${instead}`;
}

/** Starting pods and writing their configuration, in its own namespace, is what a driver does. */
function isDriverLike({ identity, right, namespace }: ForbiddenCase): boolean {
  const { subject, roles } = identity;
  if (roles.length > 0 || subject.kind !== 'ServiceAccount' || subject.namespace !== namespace) return false;
  if (!hasRight(DRIVER_RIGHTS, right)) return false;
  const isCommon = right.resource === 'pods' && ['get', 'list', 'delete'].includes(right.verb);
  return subject.name === 'default' || !isCommon;
}

function driverLikeVerdict({ identity, right }: ForbiddenCase, intended: string | undefined): Verdict {
  const { subject } = identity;
  const reason = DRIVER_RIGHTS.find((driverRight) => hasRight([driverRight], right))?.reason;
  if (subject.name !== 'default') {
    return {
      program: intended,
      advice: `this is what a driver does (${reason}). The construct of the namespace makes an account with these rights, spark-driver, and applications run as it; to have "${subject.name}" for drivers, say so there`,
      remedies: [namespaceOfDriver(subject)],
    };
  }
  const jobNamespace = variableOf(subject.namespace ?? '');
  return {
    program: intended,
    advice: `this is what a driver does (${reason}), and "default" is the account of every pod that names none: the application does not say spec.driver.serviceAccount. Grant nothing to "default"; applications of this library name the driver's account of their namespace`,
    remedies: [{ code: `new SecureSparkApplication(chart, 'name', { jobNamespace: ${jobNamespace}, image, main });` }],
  };
}

/** The account's own name says more of the tool than the rest of the text. */
function toolsOf({ request, words }: ForbiddenCase): ReturnType<typeof toolsTold> {
  const own = toolsTold(request.user ?? '');
  return own.length > 0 ? own : toolsTold(words);
}

function isGranted({ program, namespace, request }: ForbiddenCase, right: GrantedRequest): boolean {
  const { verb, apiGroup } = right;
  const [resource, subresource] = right.resource.split('/');
  const question = { user: request.user ?? '', verb, apiGroup, resource, subresource, namespace };
  return namespace !== undefined && program.can(question).allowed;
}
