import { AccessChain, AccessRequest } from '../access/rbac/access-question';
import { AccessReview } from '../access/access-review';
import { describeChain, describeResource, describeRule } from '../access/rbac/access-words';
import { reviewFiles } from './access-files';
import { CommandError, CommandIo, parseCommandLine } from './command-line';
import { answerReviews } from './reviews';
import { fieldOf, textOf, textsOf } from '../manifests/manifest-fields';
import { KNOWN_RESOURCES, KnownResource } from '../access/rbac/known-resources';
import { SourcedManifest } from '../manifests/manifest-source';

const USAGE = `Usage: cdk8s-spark can-i VERB RESOURCE[.GROUP][/SUBRESOURCE] [NAME] --as USER -f FILE [OPTIONS]
       cdk8s-spark can-i VERB /PATH --as USER -f FILE [OPTIONS]
       cdk8s-spark can-i --reviews FILE -f FILE

Asks whether somebody may do something, as kubectl auth can-i does, but of YAML files: nothing has to be applied.
Prints yes or no, and each binding that allows it. Only what stands in the files counts, not what the cluster grants.

  -f, --filename FILE        roles and bindings: a file, a folder, or - for standard input; may be repeated
      --as USER              who asks; a service account is system:serviceaccount:NAMESPACE:NAME, and has its groups
      --as-group GROUP       the groups that count instead; may be repeated. system:authenticated is always added
  -n, --namespace NAMESPACE  where; without it in all namespaces, or for an object of the cluster
  -A, --all-namespaces       in all namespaces, which is the default
      --subresource NAME     the same as /NAME after the resource
  -q, --quiet                no output but errors: the exit code is the answer
      --reviews FILE         answers many questions: reads the spec of a SubjectAccessReview as JSON from each line of a
                             file (- for standard input) and writes {"allowed": ..., "reason": ...} for each, in order.
                             Nothing is added to what a line says. A line that is no question is answered with an
                             evaluationError, and the exit code is 2
  -h, --help                 this text

A RESOURCE may be written as kubectl knows it: deploy and Deployment are deployments.apps, sparkapp is
sparkapplications.sparkoperator.k8s.io. Known are the kinds of Kubernetes, of the Spark operator, and those whose
definitions are among the files; any other name without GROUP is taken for one of the core group.

Exit code: 0 yes, 1 no, 2 error.
`;

const OPTIONS = {
  'all-namespaces': { type: 'boolean', short: 'A' },
  as: { type: 'string' },
  'as-group': { type: 'string', multiple: true },
  filename: { type: 'string', short: 'f', multiple: true },
  help: { type: 'boolean', short: 'h' },
  namespace: { type: 'string', short: 'n' },
  quiet: { type: 'boolean', short: 'q' },
  reviews: { type: 'string' },
  subresource: { type: 'string' },
} as const;

type Options = ReturnType<typeof parseCommandLine<typeof OPTIONS>>['values'];

const ACCOUNTS = 'system:serviceaccounts';

const AUTHENTICATED = 'system:authenticated';

const UNAUTHENTICATED = 'system:unauthenticated';

const ANONYMOUS = 'system:anonymous';

const ACCOUNT_USER = /^system:serviceaccount:([a-z0-9](?:[-a-z0-9]*[a-z0-9])?):[a-z0-9](?:[-.a-z0-9]*[a-z0-9])?$/;

/** A resource as it is asked for. */
interface NamedResource {
  readonly apiGroup: string;
  readonly resource: string;
  readonly subresource: string;
  /** Undefined where the resource is not known. */
  readonly namespaced?: boolean;
}

const VERSION = /^v\d+((alpha|beta)\d+)?$/;

/** `cdk8s-spark can-i`: 0 is yes, 1 is no. */
export function canI(args: string[], io: CommandIo): number {
  const { values: options, positionals } = parseCommandLine(args, OPTIONS);
  if (options.help === true) {
    io.out(USAGE);
    return 0;
  }
  if (options.reviews !== undefined) return answerFile(options, positionals, io);
  checkOptions(options);
  const user = options.as ?? '';
  const [verb, what, name] = positionals;
  if (positionals.length < 2 || positionals.length > 3) {
    throw new CommandError(`expected VERB RESOURCE [NAME], got ${positionals.length} arguments`);
  }
  const review = reviewFiles(options.filename ?? [], io);
  const request = what.startsWith('/')
    ? pathRequest(verb, what, name, options)
    : resourceRequest(verb, what, name, options, review, io);
  const answer = review.can({ ...request, user, groups: impersonatedGroups(user, options['as-group'] ?? []) });
  if (options.quiet !== true) {
    io.out(answer.allowed ? `yes\n${explain(answer.reason, answer.chains)}` : `no\n  ${answer.reason}\n`);
  }
  return answer.allowed ? 0 : 1;
}

function checkOptions(options: Options): void {
  if (options.as === undefined || options.as === '') {
    throw new CommandError('--as is required; say who asks, for example --as system:serviceaccount:airflow:worker');
  }
  if (options.namespace !== undefined && options['all-namespaces'] === true) {
    throw new CommandError('--namespace and --all-namespaces exclude each other');
  }
}

function answerFile(options: Options, positionals: readonly string[], io: CommandIo): number {
  const { reviews = '', filename = [], quiet, ...others } = options;
  const excluded = [...positionals, ...Object.keys(others).map((name) => `--${name}`)];
  if (excluded.length > 0) {
    throw new CommandError(`with --reviews, the questions stand in the file; leave out ${excluded.join(' ')}`);
  }
  if (reviews === '-' && filename.includes('-')) {
    throw new CommandError('--reviews and -f cannot both read standard input');
  }
  return answerReviews(reviews, reviewFiles(filename, io), quiet === true ? { ...io, out: () => undefined } : io);
}

function pathRequest(verb: string, path: string, name: string | undefined, options: Options): AccessRequest {
  const without = [name, options.subresource, options.namespace].find((given) => given !== undefined);
  if (without === undefined) return { verb, path };
  throw new CommandError(
    `${path} is a path of the API server, which has no "${without}": no name, subresource or namespace`,
  );
}

function resourceRequest(
  verb: string,
  what: string,
  name: string | undefined,
  options: Options,
  review: AccessReview,
  io: CommandIo,
): AccessRequest {
  const named = namedResource(what, review._manifests);
  const { apiGroup, resource } = named;
  if (named.subresource !== '' && options.subresource !== undefined) {
    throw new CommandError(`${what} names a subresource already; leave out --subresource`);
  }
  const subresource = options.subresource ?? named.subresource;
  const text = describeResource(resource, apiGroup);
  if (named.namespaced === undefined && apiGroup === '' && resource !== '*') {
    io.err(`warning: no resource "${resource}" is known; it is taken for one of the core group\n`);
  }
  if (named.namespaced === false && options.namespace !== undefined) {
    io.err(`warning: ${text} are not in a namespace; leave out --namespace\n`);
  }
  return { verb, apiGroup, resource, subresource, name, namespace: options.namespace };
}

function explain(reason: string, chains: readonly AccessChain[]): string {
  if (chains.length === 0) return `  ${reason}\n`;
  return chains
    .map((chain) =>
      [
        `  ${describeChain(chain)}`,
        `    binding: ${chain.bindingSource}`,
        `    role:    ${chain.roleSource}`,
        `    rule:    ${describeRule(chain.rule)}\n`,
      ].join('\n'),
    )
    .join('');
}

/**
 * The groups that a request carries which is made as another user.
 *
 * @param user whom it is made as
 * @param given the groups that it is made as; without any, a service account has its own
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation
 */
export function impersonatedGroups(user: string, given: readonly string[]): string[] {
  const groups = given.length > 0 ? [...given] : accountGroups(user);
  if (groups.includes(UNAUTHENTICATED)) return groups;
  if (user === ANONYMOUS) return [...groups, UNAUTHENTICATED];
  return groups.includes(AUTHENTICATED) ? groups : [...groups, AUTHENTICATED];
}

function accountGroups(user: string): string[] {
  const account = ACCOUNT_USER.exec(user);
  return account === null ? [] : [ACCOUNTS, `${ACCOUNTS}:${account[1]}`];
}

/**
 * What `NAME[.GROUP][/SUBRESOURCE]` stands for. Names are completed as kubectl does, which knows short names, singulars and,
 * for a name without a group, the group; unlike kubectl from a list and the given definitions, not from a cluster.
 */
function namedResource(text: string, manifests: readonly SourcedManifest[]): NamedResource {
  const slash = text.indexOf('/');
  const subresource = slash < 0 ? '' : text.slice(slash + 1);
  const [name, ...rest] = (slash < 0 ? text : text.slice(0, slash)).split('.');
  if (rest.length > 0 && VERSION.test(rest[0])) rest.shift();
  const apiGroup = rest.length > 0 ? rest.join('.') : undefined;
  if (name === '*') return { apiGroup: apiGroup ?? '', resource: '*', subresource };
  const known = [...KNOWN_RESOURCES, ...definedResources(manifests)].find(
    (one) => (apiGroup === undefined || one.apiGroup === apiGroup) && namesOf(one).includes(name.toLowerCase()),
  );
  if (known === undefined) return { apiGroup: apiGroup ?? '', resource: name, subresource };
  return { apiGroup: known.apiGroup, resource: known.resource, subresource, namespaced: known.namespaced };
}

function namesOf({ resource, kind, shortNames }: KnownResource): string[] {
  return [resource, kind.toLowerCase(), ...shortNames];
}

/** What the custom resource definitions among the manifests define. */
function definedResources(manifests: readonly SourcedManifest[]): KnownResource[] {
  return manifests
    .map(({ manifest }) => manifest)
    .filter(({ kind }) => kind === 'CustomResourceDefinition')
    .map(({ spec }) => ({
      apiGroup: textOf(spec, 'group') ?? '',
      resource: textOf(spec, 'names', 'plural') ?? '',
      kind: textOf(spec, 'names', 'kind') ?? '',
      shortNames: textsOf(spec, 'names', 'shortNames'),
      namespaced: fieldOf(spec, 'scope') !== 'Cluster',
    }));
}
