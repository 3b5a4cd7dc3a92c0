import { AccessRule } from '../../access/rbac/access-question';
import { FindingCode, textInManifest } from '../../manifests/finding-codes';
import { Manifest } from '../../manifests/manifest-source';
import { ValidationRule } from '../rule';
import { Finding } from '../../manifests/finding';
import { ValidatedProgram } from '../validated-program';

const RBAC_KINDS: readonly unknown[] = ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'];
const KUBERNETES_ROLE: FindingCode = 'kubernetes-role-not-found';
const ALMIGHTY = 'cluster-admin';

/** Subjects that stand for many identities at once. */
const EVERYONE: Readonly<Record<string, string>> = {
  'Group system:authenticated': 'everybody with a credential of the cluster',
  'Group system:unauthenticated': 'everybody without a credential',
  'Group system:serviceaccounts': 'all pods of the cluster',
  'User system:anonymous': 'everybody without a credential',
};
const ACCOUNTS_OF_NAMESPACE = 'system:serviceaccounts:';

/** Roles and bindings, for any subject. */
export const ROLE_RULES: readonly ValidationRule[] = [
  {
    name: 'no-wildcard-verbs',
    sentence: 'Roles name their verbs.',
    reason:
      'A wildcard includes verbs that nobody thinks of, such as escalate, bind and impersonate, and those to come.',
    fix: 'List the verbs that are really used.',
    check: (program) => wildcards(program, ({ verbs }) => verbs.includes('*'), 'verbs'),
  },
  {
    name: 'no-wildcard-resources',
    sentence: 'Roles name their API groups, resources and paths.',
    reason: 'A wildcard includes secrets, shells in pods and every kind that is installed later.',
    fix: 'List the resources that are really used.',
    check: (program) =>
      wildcards(
        program,
        ({ apiGroups, resources, nonResourceUrls }) =>
          [...apiGroups, ...resources, ...nonResourceUrls].some((item) => item === '*' || item.startsWith('*/')),
        'resources',
      ),
  },
  {
    name: 'no-everyone-bindings',
    sentence: 'Roles are bound to chosen identities, and not to everybody.',
    reason: 'The groups that Kubernetes itself forms hold drivers and executors too, and whoever joins later.',
    fix: 'Bind the role to the accounts, users or groups that need it.',
    check: (program) =>
      program.review._policy.bindings.flatMap(({ source, subjects }) =>
        subjects.flatMap(({ kind, name }, index) => {
          const who = whoIs(kind, name);
          return who === undefined ? [] : at(program, source, `subjects[${index}]: "${name}" is ${who}`);
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

function wildcards(program: ValidatedProgram, isWild: (rule: AccessRule) => boolean, what: string): Finding[] {
  const { roles, bindings } = program.review._policy;
  return [
    ...roles.flatMap(({ source, rules }) =>
      rules.flatMap((rule, index) =>
        isWild(rule) ? at(program, source, `rules[${index}]: has a wildcard among its ${what}`) : [],
      ),
    ),
    ...bindings
      .filter(({ roleKind, roleName }) => roleKind === 'ClusterRole' && roleName === ALMIGHTY)
      .flatMap(({ source }) =>
        at(program, source, `roleRef: ClusterRole ${ALMIGHTY} has a wildcard among its ${what}`),
      ),
  ];
}

/** In the manifest of a source; roles that are built into Kubernetes have none. */
function at({ manifestBySource }: ValidatedProgram, source: string, location: string): Finding[] {
  const manifest = manifestBySource.get(source);
  return manifest === undefined ? [] : [{ manifest, location }];
}

function whoIs(kind: string, name: string): string | undefined {
  return kind === 'Group' && name.startsWith(ACCOUNTS_OF_NAMESPACE)
    ? `all pods of namespace ${name.slice(ACCOUNTS_OF_NAMESPACE.length)}`
    : EVERYONE[`${kind} ${name}`];
}

/** What the review finds. Roles of Kubernetes' own components are in every cluster, and in no program. */
function reviewFindings({ review, manifestBySource }: ValidatedProgram): Finding[] {
  return review._findings.flatMap((finding) => {
    const manifest = manifestBySource.get(finding.source);
    if (manifest === undefined || finding.code === KUBERNETES_ROLE) return [];
    return [{ manifest, location: textInManifest(finding), code: finding.code }];
  });
}

function isRbac({ kind }: Manifest): boolean {
  return RBAC_KINDS.includes(kind);
}
