import * as fc from 'fast-check';
import { AccessQuestion } from '../../lib/access/rbac/access-question';
import { aggregatedRole, binding, clusterBinding, clusterRole, role } from './rbac-manifests';

/** A manifest as it is written. */
export interface Written {
  readonly [field: string]: unknown;
}

const VERBS = ['get', 'list', 'watch', 'create', 'delete', 'deletecollection', '*', 'GET', 'impersonate', ''];
const GROUPS = [
  '',
  'apps',
  'sparkoperator.k8s.io',
  'rbac.authorization.k8s.io',
  '*',
  'core',
  'v1',
  'apps/v1',
  '*.k8s.io',
];
const PLAIN = ['pods', 'secrets', 'sparkapplications', '*', 'Pods', '', 'pods/', '/log', '**', 'po*'];
const PARTS = [
  'pods/log',
  'sparkapplications/status',
  'pods/*',
  '*/log',
  '*/*',
  '*/',
  '/',
  'pods/log/x',
  '*/log/x',
  '/*',
];
const NAMES = ['a', 'b', '', '*', 'app-*', 'app-1', 'A', 'a/b'];
const URLS = [
  ...['*', '/metrics', '/metrics*', '/metrics/', '/metrics/*', '/custom/**', '/logs/*', '/a/*/c', '/*', '**', ''],
  ...['metrics', '/Metrics', '/a/b*/c*'],
];
const PATHS = [
  ...[
    '/metrics',
    '/metricsx',
    '/metrics/',
    '/metrics/cadvisor',
    '/custom/',
    '/custom',
    '/custom/x',
    '/logs',
    '/logs/x',
  ],
  ...['/a/b/c', '/a/*/c', '/a/*/cd', '/', '', 'metrics', '/Metrics', '*', '/a/b*/cd'],
];

/** Roles and bindings with everything that is easily misread, and questions that meet them. */
export class RandomPolicy {
  private readonly namespaces: readonly string[];
  private readonly users: readonly string[];
  private readonly groups: readonly string[];

  /**
   * @param prefix of the names, so that several policies stand in one cluster
   * @param place prefix of the namespaces, which several policies may share
   */
  public constructor(
    private readonly prefix: string,
    place = prefix,
  ) {
    this.namespaces = ['a', 'b', 'c'].map((name) => `${place}-${name}`);
    const accounts = this.namespaces.slice(0, 2).flatMap((namespace) => [`${namespace}:x`, `${namespace}:y`]);
    this.users = [
      ...['jane', 'Jane', 'bob:1', '*'].map((name) => `${prefix}-${name}`),
      ...accounts.map((account) => `system:serviceaccount:${account}`),
      `system:serviceaccount:${place}-a`,
      '*',
    ];
    this.groups = [
      ...['devs', 'Devs', 'ops'].map((name) => `${prefix}-${name}`),
      ...this.namespaces.map((namespace) => `system:serviceaccounts:${namespace}`),
      '*',
    ];
  }

  /** Every object once, in an order in which all can be created. */
  public manifests(): fc.Arbitrary<Written[]> {
    const roleNames = ['r1', 'r2', 'r3'].map((name) => `${this.prefix}-${name}`);
    const roles = this.namespaces.flatMap((namespace) =>
      roleNames.slice(0, 2).map((name) => this.rules(false).map((rules) => role(namespace, name, rules))),
    );
    const clusterRoles = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => this.clusterRole(number));
    const clusterRoleNames = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) => this.clusterRoleName(number));
    const bindings = this.namespaces.flatMap((namespace) =>
      [1, 2, 3, 4].map((number) =>
        fc
          .tuple(
            fc.constantFrom(
              ...roleNames.map((name) => `Role/${name}`),
              ...clusterRoleNames.map((name) => `ClusterRole/${name}`),
            ),
            fc.array(this.subject(true), { maxLength: 3 }),
          )
          .map(([roleName, subjects]) => binding(namespace, `${this.prefix}-b${number}`, roleName, ...subjects)),
      ),
    );
    const clusterBindings = [1, 2, 3, 4].map((number) =>
      fc
        .tuple(fc.constantFrom(...clusterRoleNames), fc.array(this.subject(false), { maxLength: 3 }))
        .map(([name, subjects]) => clusterBinding(`${this.prefix}-b${number}`, name, ...subjects)),
    );
    return fc.tuple(...roles, ...clusterRoles, ...bindings, ...clusterBindings);
  }

  /**
   * Half of the questions are random; the others ask for what some binding gives, with one or two things changed.
   *
   * @param moreGroups groups of others that a request may carry too
   */
  public question(manifests: readonly Written[], ...moreGroups: string[]): fc.Arbitrary<AccessQuestion> {
    const random = this.randomQuestion(moreGroups);
    const given = givenRights(manifests);
    if (given.length === 0) return random;
    const fields = fc.subarray(['user', 'groups', 'verb', 'apiGroup', 'resource', 'subresource', 'name', 'namespace'], {
      maxLength: 2,
    });
    const changed = fc.tuple(fc.constantFrom(...given), random, fields).map(([right, other, names]) => ({
      ...right,
      ...only(other, right.path === undefined ? names : ['verb', 'path']),
    }));
    return fc.oneof(random, changed);
  }

  private randomQuestion(moreGroups: readonly string[]): fc.Arbitrary<AccessQuestion> {
    const who = fc.record({
      user: fc.constantFrom(...this.users, `${this.prefix}-nobody`),
      groups: fc.array(fc.constantFrom(...this.groups, ...moreGroups), { maxLength: 3 }),
    });
    const onResource = fc.record({
      verb: fc.constantFrom(...VERBS),
      apiGroup: fc.constantFrom(...GROUPS),
      resource: fc.constantFrom(...PLAIN),
      subresource: fc.constantFrom('', 'log', 'status', '*', 'log/x', '/'),
      name: fc.constantFrom(...NAMES),
      namespace: fc.constantFrom(...this.namespaces, ''),
    });
    const onPath = fc.record({ verb: fc.constantFrom('get', 'post', '*', ''), path: fc.constantFrom(...PATHS) });
    const request = fc.oneof({ weight: 5, arbitrary: onResource }, { weight: 1, arbitrary: onPath });
    return fc.tuple(who, request).map(([one, what]) => ({ ...one, ...what }));
  }

  /**
   * Roles 1 and 2 are plain, 3 may be without rules, and the others aggregate: 4 to 6 in chains and circles, 7 and 8 are
   * written with rules of their own. Those are in no circle, for which of these stay in one is a matter of timing.
   */
  private clusterRole(number: number): fc.Arbitrary<Written> {
    const name = this.clusterRoleName(number);
    const part = `${this.prefix}/part`;
    const parts = fc.constantFrom('1', '2', '3').map((value) => ({ [part]: value }));
    const labels = fc.option(parts).map((given): object => ({ [`${this.prefix}/of`]: 'policy', ...given }));
    if (number <= 3) {
      const rules = number < 3 ? this.rules(true) : fc.oneof(fc.constant([]), this.rules(true));
      return fc.tuple(rules, labels).map(([given, own]) => clusterRole(name, given, own));
    }
    const selectors = fc.array<object>(parts, { minLength: 1, maxLength: 2 });
    if (number <= 6) {
      const operators = fc.constantFrom(undefined, 'NotIn', 'Exists', 'DoesNotExist');
      return fc
        .tuple(selectors, labels, operators)
        .map(([selected, own, operator]) => this.withExpression(aggregatedRole(name, selected, own), operator));
    }
    const nothing = fc.constant<object[]>([{ [part]: 'none' }]);
    return fc
      .tuple(fc.oneof(selectors, nothing), this.rules(true))
      .map(([selected, rules]) => aggregatedRole(name, selected, {}, rules));
  }

  /** With one selector more, by an expression; it keeps to the roles of this policy. */
  private withExpression(aggregated: Written, operator: string | undefined): Written {
    if (operator === undefined) return aggregated;
    const key = `${this.prefix}/part`;
    const expression = operator === 'NotIn' ? { key, operator, values: ['1', '3'] } : { key, operator };
    const selector = { matchExpressions: [{ key: `${this.prefix}/of`, operator: 'Exists' }, expression] };
    const { clusterRoleSelectors } = aggregated.aggregationRule as { clusterRoleSelectors: object[] };
    return { ...aggregated, aggregationRule: { clusterRoleSelectors: [selector, ...clusterRoleSelectors] } };
  }

  private clusterRoleName(number: number): string {
    return `${this.prefix}:c${number}`;
  }

  private rules(ofCluster: boolean): fc.Arbitrary<object[]> {
    const some = (values: readonly string[], minLength = 1): fc.Arbitrary<string[]> =>
      fc.array(fc.constantFrom(...values), { minLength, maxLength: 4 });
    const onResources = fc.record({
      verbs: some(VERBS),
      apiGroups: some(GROUPS),
      resources: fc.oneof(some(PLAIN), some(PARTS)),
      resourceNames: fc.oneof(fc.constant([]), some(NAMES, 0)),
    });
    const onPaths = fc.record({ verbs: some(['get', 'post', '*', '']), nonResourceURLs: some(URLS) });
    return fc.array(ofCluster ? fc.oneof(onResources, onResources, onPaths) : onResources, {
      minLength: 1,
      maxLength: 3,
    });
  }

  private subject(namespaced: boolean): fc.Arbitrary<object> {
    const own = fc.constantFrom(...this.namespaces);
    return fc.oneof(
      fc.record({ kind: fc.constant('User'), name: fc.constantFrom(...this.users) }),
      fc.record({ kind: fc.constant('User'), name: fc.constantFrom(...this.users), namespace: own }),
      fc.record({ kind: fc.constant('Group'), name: fc.constantFrom(...this.groups) }),
      fc.record({
        kind: fc.constant('ServiceAccount'),
        name: fc.constantFrom('x', 'y'),
        namespace: namespaced ? fc.option(own, { nil: undefined }) : own,
      }),
    );
  }
}

interface WrittenRule {
  readonly verbs: string[];
  readonly apiGroups?: string[];
  readonly resources?: string[];
  readonly resourceNames?: string[];
  readonly nonResourceURLs?: string[];
}

/** What the bindings seem to give: a question for each subject and rule, and for a role that aggregates each rule of all. */
function givenRights(manifests: readonly Written[]): AccessQuestion[] {
  const metadataOf = (manifest: Written): { name: string; namespace?: string } =>
    manifest.metadata as { name: string; namespace?: string };
  const rulesOf = (manifest: Written): WrittenRule[] => (manifest.rules ?? []) as WrittenRule[];
  return manifests.flatMap((manifest) => {
    if (manifest.roleRef === undefined) return [];
    const { namespace = '' } = metadataOf(manifest);
    const roleRef = manifest.roleRef as { kind: string; name: string };
    const named = manifests.filter((one) => one.kind === roleRef.kind && metadataOf(one).name === roleRef.name);
    const rules = named.flatMap((one) =>
      one.aggregationRule === undefined
        ? rulesOf(one)
        : manifests.filter(({ kind }) => kind === one.kind).flatMap(rulesOf),
    );
    const subjects = manifest.subjects as { kind: string; name: string; namespace?: string }[];
    return subjects.flatMap((subject) =>
      rules.map((rule) => ({ ...asker(subject, namespace), ...asked(rule, namespace) })),
    );
  });
}

function asker(
  subject: { kind: string; name: string; namespace?: string },
  bindingNamespace: string,
): { user: string; groups: string[] } {
  const { kind, name, namespace = bindingNamespace } = subject;
  if (kind === 'Group') return { user: 'somebody', groups: [name] };
  return { user: kind === 'User' ? name : `system:serviceaccount:${namespace}:${name}`, groups: [] };
}

function asked(rule: WrittenRule, namespace: string): Omit<AccessQuestion, 'user'> {
  const some = ([first = '']: string[] = [], anything = 'a'): string => (first === '*' ? anything : first);
  const verb = some(rule.verbs, 'get');
  if (rule.nonResourceURLs !== undefined) return { verb, path: some(rule.nonResourceURLs, '/x') };
  const [resource, ...subresource] = some(rule.resources, 'pods').split('/');
  return {
    verb,
    apiGroup: some(rule.apiGroups, 'apps'),
    resource: resource === '*' ? 'pods' : resource,
    subresource: subresource.join('/'),
    name: some(rule.resourceNames),
    namespace,
  };
}

function only(question: AccessQuestion, fields: readonly string[]): Partial<AccessQuestion> {
  return Object.fromEntries(Object.entries(question).filter(([field]) => fields.includes(field)));
}
