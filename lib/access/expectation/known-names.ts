import { fieldOf, textOf } from '../../manifests/manifest-fields';
import { nameOf, namespaceOf } from '../../manifests/manifest-names';
import { Manifest } from '../../manifests/manifest-source';
import { nearestName } from '../../problems/nearest-name';
import { AccessReview } from '../access-review';
import { AccessSubject } from '../rbac/access-question';
import { describeSubject, normalSubject } from '../rbac/rbac-subjects';
import { sparkIdentities } from '../rbac/spark-identities';

/** What exists in addition to the manifests, so that expectations may name it. */
export interface AccessExpectationProps {
  /**
   * Namespaces that no manifest names. Those of every cluster, such as `kube-system`, need not be here.
   *
   * @default - none
   */
  readonly namespaces?: string[];

  /**
   * Service accounts that no manifest names, as `<namespace>/<name>`.
   *
   * @default - none
   */
  readonly serviceAccounts?: string[];

  /**
   * Users that no binding names.
   *
   * @default - none
   */
  readonly users?: string[];

  /**
   * Groups that no binding names.
   *
   * @default - none
   */
  readonly groups?: string[];
}

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces */
const NAMESPACES = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

/** https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings */
const USERS = ['anonymous', 'kube-controller-manager', 'kube-proxy', 'kube-scheduler'];

const GROUPS = ['authenticated', 'masters', 'nodes', 'serviceaccounts', 'unauthenticated'];

const ACCOUNTS_OF = 'system:serviceaccounts:';

/** Where the pod of a workload stands. */
const POD_SPECS = [
  ['spec'],
  ['spec', 'template', 'spec'],
  ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
] as const;

const WORDS: { readonly [kind: string]: { readonly what: string; readonly list: keyof AccessExpectationProps } } = {
  ServiceAccount: { what: 'service account', list: 'serviceAccounts' },
  User: { what: 'user', list: 'users' },
  Group: { what: 'group', list: 'groups' },
};

/** The namespaces and identities that an expectation may name: a misspelt one holds nothing, so it would pass any test. */
export class KnownNames {
  private readonly namespaces: ReadonlySet<string>;
  private readonly subjects: ReadonlyMap<string, AccessSubject>;

  public constructor(review: AccessReview, props: AccessExpectationProps) {
    const manifests = review._manifests.map(({ manifest }) => manifest);
    const found = [
      ...review._policy.bindings.flatMap(({ subjects }) => subjects),
      ...sparkIdentities(review._policy, review._manifests).map(({ subject }) => subject),
      ...manifests.flatMap(accountsOf),
      ...declared(props),
    ].map(normalSubject);
    this.namespaces = new Set([
      ...NAMESPACES,
      ...review._namespaces(),
      ...found.flatMap(({ namespace }) => (namespace === undefined ? [] : [namespace])),
      ...(props.namespaces ?? []),
    ]);
    const ofEveryCluster = [
      ...USERS.map((name) => ({ kind: 'User', name: `system:${name}` })),
      ...GROUPS.map((name) => ({ kind: 'Group', name: `system:${name}` })),
      ...[...this.namespaces].flatMap((namespace) => [
        { kind: 'ServiceAccount', namespace, name: 'default' },
        { kind: 'Group', name: `${ACCOUNTS_OF}${namespace}` },
      ]),
    ];
    this.subjects = new Map([...found, ...ofEveryCluster].map((subject) => [describeSubject(subject), subject]));
  }

  /** What is wrong with the namespaces that an expectation names. */
  public namespaceProblems(names: readonly string[]): string[] {
    return [...new Set(names)]
      .filter((name) => !this.namespaces.has(name))
      .map(
        (name) =>
          `namespace "${name}" is not known: no manifest names it.${meant(name, [...this.namespaces])} If it is right, declare it with { namespaces: ['${name}'] }`,
      );
  }

  /** What is wrong with the identities that an expectation names. */
  public subjectProblems(subjects: readonly AccessSubject[]): string[] {
    return subjects
      .map(normalSubject)
      .filter((subject) => !this.subjects.has(describeSubject(subject)))
      .map((subject) => {
        const alike = [...this.subjects.values()].filter(({ kind }) => kind === subject.kind).map(nameIn);
        const { what, list } = WORDS[subject.kind];
        const name = nameIn(subject);
        return `${what} "${name}" is not known: no manifest names it.${meant(name, alike)} If it is right, declare it with { ${list}: ['${name}'] }`;
      });
  }
}

function declared({ serviceAccounts = [], users = [], groups = [] }: AccessExpectationProps): AccessSubject[] {
  return [
    ...serviceAccounts.map((account) => {
      const [namespace, name] = account.split('/');
      return { kind: 'ServiceAccount', namespace, name };
    }),
    ...users.map((name) => ({ kind: 'User', name })),
    ...groups.map((name) => ({ kind: 'Group', name })),
  ];
}

/** Accounts that a manifest makes, or that its pods run as. */
function accountsOf(manifest: Manifest): AccessSubject[] {
  const ofPods = POD_SPECS.map((path) => textOf(fieldOf(manifest, ...path), 'serviceAccountName'));
  return [manifest.kind === 'ServiceAccount' ? nameOf(manifest) : undefined, ...ofPods]
    .filter((name) => name !== undefined)
    .map((name) => ({ kind: 'ServiceAccount', namespace: namespaceOf(manifest), name }));
}

function nameIn({ kind, namespace, name }: AccessSubject): string {
  return kind === 'ServiceAccount' ? `${namespace}/${name}` : name;
}

function meant(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
}
