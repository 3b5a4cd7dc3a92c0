import { listOf, textOf, textsOf } from '../../manifests/manifest-fields';
import { Manifest } from '../../manifests/manifest-source';
import { ValidationRule } from '../rule';
import { Finding } from '../../manifests/finding';
import { ValidatedProgram } from '../validated-program';
import { inManifests } from './findings';

const ROLES = ['Role', 'ClusterRole'];
const BINDINGS = ['RoleBinding', 'ClusterRoleBinding'];
const ALMIGHTY = 'cluster-admin';

/** Subjects that many have without having been chosen. */
const EVERYONE: Readonly<Record<string, string>> = {
  'Group system:authenticated': 'everybody with a credential of the cluster',
  'Group system:unauthenticated': 'everybody without a credential',
  'Group system:serviceaccounts': 'all pods of the cluster',
  'User system:anonymous': 'everybody without a credential',
};
const ACCOUNTS_OF_NAMESPACE = 'system:serviceaccounts:';

/** Roles and bindings, whoever they are for. */
export const ROLE_RULES: readonly ValidationRule[] = [
  {
    name: 'no-wildcard-verbs',
    sentence: 'Roles name their verbs.',
    reason:
      'A wildcard includes verbs that nobody thinks of, such as escalate, bind and impersonate, and those to come.',
    fix: 'List the verbs that are really used.',
    check: (program) => wildcards(program, (rule) => textsOf(rule, 'verbs').includes('*'), 'verbs'),
  },
  {
    name: 'no-wildcard-resources',
    sentence: 'Roles name their API groups, resources and paths.',
    reason: 'A wildcard includes secrets, shells in pods and every kind that is installed later.',
    fix: 'List the resources that are really used.',
    check: (program) =>
      wildcards(
        program,
        (rule) =>
          [...textsOf(rule, 'apiGroups'), ...textsOf(rule, 'resources'), ...textsOf(rule, 'nonResourceURLs')].some(
            (item) => item === '*' || item.startsWith('*/'),
          ),
        'resources',
      ),
  },
  {
    name: 'no-everyone-bindings',
    sentence: 'Roles are bound to chosen identities, and not to everybody.',
    reason: 'The groups that Kubernetes itself forms hold drivers and executors too, and whoever joins later.',
    fix: 'Bind the role to the accounts, users or groups that need it.',
    check: (program) =>
      inManifests(program, BINDINGS, (binding) =>
        listOf(binding, 'subjects').flatMap((subject, index) => {
          const name = textOf(subject, 'name') ?? '';
          const who = whoIs(textOf(subject, 'kind') ?? '', name);
          return who === undefined ? [] : [`subjects[${index}]: "${name}" is ${who}`];
        }),
      ),
  },
  {
    name: 'bindings-resolve',
    sentence: 'Roles and bindings are such as the API server accepts, and mean what they seem to mean.',
    reason:
      'A binding to a role that is not there grants nothing, and a job fails with Forbidden; a misspelt field is ignored.',
    fix: 'Correct the field, or add the role to the program.',
    check: (program) => reviewFindings(program).filter(({ manifest }) => isRbac(manifest.manifest)),
  },
  {
    name: 'manifests-are-understood',
    sentence: 'Every manifest can be read and is of a known kind.',
    reason: 'What cannot be read is not checked.',
    fix: 'Correct the manifest.',
    check: (program) => [
      ...program.unread,
      ...reviewFindings(program).filter(({ manifest }) => !isRbac(manifest.manifest)),
    ],
  },
];

function wildcards(program: ValidatedProgram, isWild: (rule: unknown) => boolean, what: string): Finding[] {
  return [
    ...inManifests(program, ROLES, (role) =>
      listOf(role, 'rules').flatMap((rule, index) =>
        isWild(rule) ? [`rules[${index}]: has a wildcard among its ${what}`] : [],
      ),
    ),
    ...inManifests(program, BINDINGS, (binding) =>
      textOf(binding, 'roleRef', 'name') === ALMIGHTY && textOf(binding, 'roleRef', 'kind') === 'ClusterRole'
        ? [`roleRef: ClusterRole ${ALMIGHTY} has a wildcard among its ${what}`]
        : [],
    ),
  ];
}

function whoIs(kind: string, name: string): string | undefined {
  return kind === 'Group' && name.startsWith(ACCOUNTS_OF_NAMESPACE)
    ? `all pods of namespace ${name.slice(ACCOUNTS_OF_NAMESPACE.length)}`
    : EVERYONE[`${kind} ${name}`];
}

/** What the review says, each with the manifest whose source it begins with. */
function reviewFindings({ review, manifestBySource }: ValidatedProgram): Finding[] {
  return review.problems.flatMap((problem) => {
    const end = [...problem.matchAll(/: /g)]
      .map(({ index }) => index)
      .find((at) => manifestBySource.has(problem.slice(0, at)));
    const manifest = manifestBySource.get(problem.slice(0, end));
    if (end === undefined || manifest === undefined || namesRoleOfKubernetes(manifest.manifest, problem)) return [];
    return [{ manifest, location: problem.slice(end + ': '.length) }];
  });
}

/** Roles of Kubernetes' own components are in every cluster, and in no program. */
function namesRoleOfKubernetes(binding: Manifest, problem: string): boolean {
  return (
    problem.includes(': roleRef: ') &&
    problem.includes('is not among the manifests') &&
    textOf(binding, 'roleRef', 'name')?.startsWith('system:') === true
  );
}

function isRbac({ kind }: Manifest): boolean {
  return [...ROLES, ...BINDINGS].some((each) => each === kind);
}
