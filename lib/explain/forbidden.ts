import { describeSubject } from '../access/rbac/rbac-subjects';
import { ExplainedProgram } from './explained-program';
import { Explanation } from './explanation';
import { APPLY, declaration, ForbiddenCase, questionOf, rightOf, variablesOf, Verdict } from './forbidden-case';
import { driverVerdict, executorVerdict } from './forbidden-driver';
import { ForbiddenRequest } from './forbidden-message';
import { operatorVerdict } from './operator-remedy';
import { outsideVerdict } from './forbidden-outside';
import { grantAdvice, narrowestGrant, toolsTold } from './grant-remedy';
import { describeIdentity, describeRequest, listed } from './phrases';
import { REFUSED_RIGHTS, refusedRight } from './refused-rights';
import { optionsArgument, variableOf } from './typescript';

/**
 * Explains a Forbidden message of the API server's authorizer.
 *
 * @param request what the message says
 * @param program who is who and what is intended
 * @param words the text of the message, for what it says of the tool that asks
 * @param usualNamespace the namespace, if the message does not say one
 */
export function explainForbidden(
  request: ForbiddenRequest,
  program: ExplainedProgram,
  words: string,
  usualNamespace?: string,
): Explanation {
  const namespace = request.namespace ?? usualNamespace;
  const lacks = describeRequest({ ...request, namespace });
  const known = {
    kind: 'forbidden' as const,
    what: `the API server refuses ${request.user ?? 'somebody'} to ${lacks}`,
    lacks,
  };
  const missing = missingParts(request, namespace);
  const note =
    missing.length === 0 ? '' : `the text does not say ${listed(missing)}: give all of it for a definite answer`;
  const { user } = request;
  if (user === undefined || (request.resource === undefined && request.path === undefined)) {
    const verdict = cutVerdict(request, program, words, namespace);
    return { ...known, ...withNote(verdict, note), variables: variablesOf(verdict.remedies, namespace) };
  }
  const identity = program.identify(user);
  const verdict = verdictOf({ request, identity, right: rightOf(request), namespace, program, words });
  return {
    ...known,
    who: describeIdentity(identity, program.isGiven),
    ...withNote(verdict, note),
    variables: variablesOf(verdict.remedies, namespace),
  };
}

function verdictOf(asked: ForbiddenCase): Verdict {
  return kubernetesOwn(asked) ?? grantedAlready(asked) ?? missingRole(asked.request) ?? byRole(asked);
}

function kubernetesOwn({ identity }: ForbiddenCase): Verdict | undefined {
  const { kind, name, namespace } = identity.subject;
  if (name === 'system:anonymous') {
    return {
      advice:
        'the request carried no credential, or one that the API server does not know: look at the token or the kubeconfig of the client. Grant nothing to system:anonymous, which is everybody',
    };
  }
  const isOfCluster = kind === 'User' ? name.startsWith('system:') : namespace?.startsWith('kube-') === true;
  if (!isOfCluster) return undefined;
  return {
    advice: `${name} is one of Kubernetes' own identities, whose rights come from the cluster; nothing of a Spark program grants it anything`,
  };
}

/** The program may grant it already; then the cluster is not what the program says. */
function grantedAlready(asked: ForbiddenCase): Verdict | undefined {
  const { program, identity, request } = asked;
  if (!program.isGiven || (asked.namespace === undefined && request.path === undefined)) return undefined;
  const answer = program.can(questionOf(asked));
  if (answer.allowed) {
    const source = answer.chains.length === 0 ? '' : ` (${answer.chains[0].bindingSource})`;
    return {
      program: `grants it already: ${answer.reason}${source}`,
      advice: `the cluster is not up to date, or something else has changed it: ${APPLY}`,
    };
  }
  const groups = program.groupsThatCan(questionOf(asked));
  if (identity.subject.kind !== 'User' || groups.length === 0) return undefined;
  return {
    program: `grants it to ${listed(groups.map(describeSubject))}; the message does not tell the groups of ${request.user}`,
    advice: `if ${request.user} should be in one of them, make it a member where the users of your cluster come from; if it is in one, ${APPLY}`,
  };
}

function missingRole({ missingRole: role }: ForbiddenRequest): Verdict | undefined {
  if (role === undefined) return undefined;
  return {
    advice: `a binding names the ${role}, which does not exist, so it gives nothing. This library makes Role and RoleBinding together: ${APPLY}. A binding made by hand needs its role, or goes`,
  };
}

function byRole(asked: ForbiddenCase): Verdict {
  const { roles } = asked.identity;
  if (roles.includes('operator-controller')) return operatorVerdict(asked, 'operator-controller');
  if (roles.includes('operator-webhook')) return operatorVerdict(asked, 'operator-webhook');
  if (roles.includes('driver')) return driverVerdict(asked);
  if (roles.includes('executor')) return executorVerdict(asked);
  return outsideVerdict(asked);
}

/** A text that lacks who asks, or for what. */
function cutVerdict(request: ForbiddenRequest, program: ExplainedProgram, words: string, namespace?: string): Verdict {
  const ofRole = missingRole(request);
  if (ofRole !== undefined || request.resource === undefined) return ofRole ?? { advice: '' };
  const right = rightOf(request);
  const told = toolsTold(words);
  const grant = narrowestGrant(right, told, () => false);
  if (grant === undefined) {
    const refused = refusedRight(REFUSED_RIGHTS, right.verb, right.resource);
    return { advice: refused === undefined ? '' : `${refused.why}; ${refused.instead}` };
  }
  const line = `${variableOf(namespace ?? '')}.grants.${grant.method}(subject${optionsArgument(grant.options)});`;
  return {
    advice: `${grantAdvice(grant, told)}. Drivers and executors have rights of their own and are granted nothing`,
    remedies: [...declaration(namespace, program), { code: line }],
  };
}

function withNote(verdict: Verdict, note: string): Verdict {
  return { ...verdict, advice: [verdict.advice, note].filter((sentence) => sentence !== '').join('. ') };
}

function missingParts({ user, resource, path }: ForbiddenRequest, namespace?: string): string[] {
  const who = user === undefined ? ['who asks'] : [];
  if (path !== undefined) return who;
  return [
    ...who,
    ...(resource === undefined ? ['for which resource'] : []),
    ...(namespace === undefined ? ['in which namespace'] : []),
  ];
}
