import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ApiObject, App, Chart } from 'cdk8s';
import * as fc from 'fast-check';
import { AccessReview } from '../../lib/access/access-review';
import { account, binding, clusterBinding, clusterRole, role, user } from './rbac-manifests';

const RULE = { apiGroups: [''], resources: ['pods'], verbs: ['get'] };
const GOOD = [role('team-1', 'good', [RULE]), binding('team-1', 'good', 'Role/good', user('jane'))];
const question = { user: 'jane', verb: 'get', resource: 'pods', namespace: 'team-1' };

/** The problems of one manifest, beside others that are right and still count. */
function problemsOf(manifest: object): string[] {
  const review = AccessReview.ofManifests([...GOOD, manifest]);
  expect(review.can(question).allowed).toBe(true);
  return review.problems;
}

function withFiles(files: { [name: string]: string }): AccessReview {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'review-'));
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text);
  process.chdir(folder);
  return AccessReview.ofFiles(['.']);
}

const directory = process.cwd();
afterEach(() => process.chdir(directory));

describe('an object that the API server refuses is left out, and said', () => {
  const refused = (what: string): string =>
    `manifests[2]: ${what}; the API server refuses the object, so it is left out`;

  it.each<[object, string[]]>([
    [role('n', 'r', 'abc'), ['Role n/r: rules: is "abc"; expected a list of objects']],
    [
      role('n', 'r', [{ ...RULE, verbs: 5 }]),
      [
        'Role n/r: rules[0].verbs: is 5; expected a list of strings',
        'Role n/r: rules[0].verbs: is empty; expected one verb or more',
      ],
    ],
    [role('n', 'r', [{ ...RULE, verbs: ['get', true] }]), ['Role n/r: rules[0].verbs[1]: is true; expected a string']],
    [
      role('n', 'r', [{ ...RULE, apiGroups: [] }]),
      ['Role n/r: rules[0].apiGroups: is empty; expected one group or more, "" for the core group'],
    ],
    [
      role('n', 'r', [{ ...RULE, resources: undefined }]),
      ['Role n/r: rules[0].resources: is empty; expected one resource or more'],
    ],
    [
      role('n', 'r', [{ verbs: ['get'], nonResourceURLs: ['/metrics'] }]),
      ['Role n/r: rules[0].nonResourceURLs: is given in a Role; only a ClusterRole may have paths'],
    ],
    [
      clusterRole('r', [{ ...RULE, nonResourceURLs: ['/metrics'] }]),
      ['ClusterRole r: rules[0]: has both resources and nonResourceURLs; write two rules'],
    ],
    [
      role('n', 'a/b', []),
      ['Role n/a/b: metadata.name: is "a/b"; a name must not be "." or "..", or contain "/" or "%"'],
    ],
    [role('n', '', []), ['Role n/: metadata.name: is missing; expected the name of the object']],
    [
      { ...clusterRole('r', []), aggregationRule: {} },
      ['ClusterRole r: aggregationRule.clusterRoleSelectors: is empty; expected one selector or more'],
    ],
    [
      {
        ...clusterRole('r', []),
        aggregationRule: {
          clusterRoleSelectors: [{ matchExpressions: [{ key: 'a', operator: 'in', values: ['b'] }] }],
        },
      },
      [
        'ClusterRole r: aggregationRule.clusterRoleSelectors[0].matchExpressions[0].operator: is "in"; expected In, NotIn, Exists, DoesNotExist',
      ],
    ],
    [binding('n', 'b', 'role/r'), ['RoleBinding n/b: roleRef.kind: is "role"; expected Role or ClusterRole']],
    [
      { ...clusterBinding('b', 'r'), roleRef: { kind: 'Role', name: 'r' } },
      ['ClusterRoleBinding b: roleRef.kind: is "Role"; expected ClusterRole'],
    ],
    [
      { ...binding('n', 'b', 'Role/r'), roleRef: undefined },
      [
        'RoleBinding n/b: roleRef.kind: is ""; expected Role or ClusterRole',
        'RoleBinding n/b: roleRef.name: is missing; expected the name of a role',
      ],
    ],
    [
      clusterBinding('b', 'r', account(undefined, 'x')),
      ['ClusterRoleBinding b: subjects[0].namespace: is missing; name the namespace of the service account'],
    ],
    [
      binding('n', 'b', 'Role/r', { kind: 'user', name: 'x' }),
      ['RoleBinding n/b: subjects[0].kind: is "user"; expected ServiceAccount, User or Group'],
    ],
    [
      binding('n', 'b', 'Role/r', { kind: 'User', name: 5 }),
      [
        'RoleBinding n/b: subjects[0].name: is 5; expected a string',
        'RoleBinding n/b: subjects[0].name: is missing; expected the name of the subject',
      ],
    ],
    [
      binding('n', 'b', 'Role/r', account('n', 'A b')),
      [
        'RoleBinding n/b: subjects[0].name: is "A b"; the name of a service account has lower-case letters, digits, "-" and "." only',
      ],
    ],
    [
      binding('n', 'b', 'Role/r', { ...user('x'), apiGroup: 'v1' }),
      ['RoleBinding n/b: subjects[0].apiGroup: is "v1"; expected "rbac.authorization.k8s.io" for a User'],
    ],
  ])('%j', (manifest, problems) => {
    expect(problemsOf(manifest)).toEqual(problems.map(refused));
  });
});

describe('what means something else than it seems is said, and counts as the API server takes it', () => {
  it('a field that no role has', () => {
    const review = AccessReview.ofManifests([
      role('team-1', 'r', [{ ...RULE, resourceName: ['a'] }]),
      binding('team-1', 'b', 'Role/r', user('jane')),
    ]);
    expect(review.problems).toEqual([
      'manifests[0]: Role team-1/r: rules[0].resourceName: is no field that Kubernetes knows, and is ignored; expected verbs, apiGroups, resources, resourceNames, nonResourceURLs',
    ]);
    expect(review.can({ ...question, name: 'b' }).allowed).toBe(true);
  });

  it('a role without a namespace', () => {
    const review = AccessReview.ofManifests([
      { ...role('', 'r', [RULE]), metadata: { name: 'r' } },
      binding('default', 'b', 'Role/r', user('jane')),
    ]);
    expect(review.problems).toEqual([
      'manifests[0]: Role default/r: metadata.namespace: is missing; the object gets the namespace of whoever applies it, and "default" is taken here; name the namespace',
    ]);
    expect(review.can({ ...question, namespace: 'default' }).allowed).toBe(true);
  });

  it('a role twice: the later one counts', () => {
    const review = AccessReview.ofManifests([...GOOD, role('team-1', 'good', [{ ...RULE, verbs: ['list'] }])]);
    expect(review.problems).toEqual([
      'manifests[2]: Role team-1/good: stands in manifests[0] too; this later one counts',
    ]);
    expect(review.can(question).allowed).toBe(false);
    expect(review.can({ ...question, verb: 'list' }).allowed).toBe(true);
  });

  it('a binding twice: the later one counts', () => {
    const review = AccessReview.ofManifests([...GOOD, binding('team-1', 'good', 'Role/good', user('bob'))]);
    expect(review.problems).toEqual([
      'manifests[2]: RoleBinding team-1/good: stands in manifests[1] too; this later one counts',
    ]);
    expect(review.can(question).allowed).toBe(false);
    expect(review.can({ ...question, user: 'bob' }).allowed).toBe(true);
  });

  it('a binding twice with another role: the first one counts, for that cannot be changed', () => {
    expect(problemsOf(binding('team-1', 'good', 'ClusterRole/view', user('bob')))).toEqual([
      'manifests[2]: RoleBinding team-1/good: stands in manifests[1] too, with Role "good"; that one counts, for the role of a binding cannot be changed',
    ]);
  });
});

describe('what cannot be evaluated is said', () => {
  it.each<[object, string[]]>([
    [{}, ['apiVersion: is missing; expected a string', 'kind: is missing; expected a string']],
    [{ apiVersion: 1, kind: 'Role' }, ['apiVersion: is 1; expected a string']],
    [{ apiVersion: 'v1', kind: null }, ['kind: is null; expected a string']],
    [
      { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Rolle' },
      [
        'kind: "Rolle" is no kind of rbac.authorization.k8s.io/v1; expected Role, ClusterRole, RoleBinding, ClusterRoleBinding',
      ],
    ],
    [
      { apiVersion: 'rbac.authorization.k8s.io/v1beta1', kind: 'Role' },
      [
        'apiVersion: Role of "rbac.authorization.k8s.io/v1beta1" is not evaluated; expected rbac.authorization.k8s.io/v1',
      ],
    ],
    [
      { apiVersion: 'authorization.openshift.io/v1', kind: 'RoleBinding' },
      [
        'apiVersion: RoleBinding of "authorization.openshift.io/v1" is not evaluated; expected rbac.authorization.k8s.io/v1',
      ],
    ],
    [{ apiVersion: 'v1', kind: 'Podd' }, ['kind: "Podd" is no kind of v1 that is known, and is ignored']],
  ])('%j', (manifest, problems) => {
    expect(problemsOf(manifest)).toEqual(problems.map((problem) => `manifests[2]: ${problem}`));
  });

  it('but not what has nothing to do with rights', () => {
    expect(problemsOf({ apiVersion: 'v1', kind: 'Secret', metadata: 5 })).toEqual([]);
    expect(problemsOf({ apiVersion: 'acme.dev/v1', kind: 'Widget' })).toEqual([]);
    expect(problemsOf({ apiVersion: 'iam.services.k8s.aws/v1alpha1', kind: 'Role' })).toEqual([]);
    expect(problemsOf({ apiVersion: 'iam.aws.upbound.io/v1beta1', kind: 'Role' })).toEqual([]);
  });

  it('a manifest that is none', () => {
    const review = AccessReview.ofManifests([
      ...GOOD,
      null as unknown as object,
      [] as object,
      'x' as unknown as object,
    ]);
    expect(review.problems).toEqual([
      'manifests[2]: is nothing; expected an object with apiVersion and kind',
      'manifests[3]: is a list; expected an object with apiVersion and kind',
      'manifests[4]: is a string; expected an object with apiVersion and kind',
    ]);
    expect(review.can(question).allowed).toBe(true);
  });

  it('never ends in an error, whatever the manifests are', () => {
    const odd = fc.anything({ maxDepth: 2 });
    const manifest = fc.record(
      {
        apiVersion: fc.constantFrom('rbac.authorization.k8s.io/v1', 'v1'),
        kind: fc.constantFrom('Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding', 'Namespace', 'List'),
        metadata: fc.oneof(odd, fc.record({ name: fc.oneof(odd, fc.constant('a')), namespace: odd, labels: odd })),
        rules: fc.oneof(odd, fc.array(fc.record({ verbs: odd, apiGroups: odd, resources: odd, resourceNames: odd }))),
        aggregationRule: fc.oneof(
          odd,
          fc.record({
            clusterRoleSelectors: fc.oneof(odd, fc.array(fc.record({ matchLabels: odd, matchExpressions: odd }))),
          }),
        ),
        roleRef: fc.oneof(odd, fc.record({ kind: odd, name: odd, apiGroup: odd })),
        subjects: fc.oneof(odd, fc.array(fc.record({ kind: odd, name: odd, namespace: odd }))),
        items: odd,
      },
      { requiredKeys: ['apiVersion', 'kind'] },
    );
    fc.assert(
      fc.property(fc.array(manifest), (manifests) => {
        const review = AccessReview.ofManifests([...GOOD, ...manifests]);
        review._namespaces();
        return review.can(question).allowed;
      }),
      { numRuns: 1000 },
    );
  });
});

describe('files', () => {
  const yaml = (name: string, ...more: string[]): string =>
    [
      'apiVersion: rbac.authorization.k8s.io/v1',
      'kind: Role',
      `metadata: { namespace: team-1, name: ${name} }`,
      'rules:',
      ...more,
    ].join('\n');
  const rule = '  - { apiGroups: [""], resources: [pods], verbs: [get] }';
  const roleBinding = (roleName: string): string =>
    [
      'apiVersion: rbac.authorization.k8s.io/v1',
      'kind: RoleBinding',
      'metadata: { namespace: team-1, name: b }',
      `roleRef: { kind: Role, name: ${roleName} }`,
      'subjects: [{ kind: User, name: jane }]',
    ].join('\n');

  it('are named with the document in every chain', () => {
    const review = withFiles({ 'a.yaml': `# Rights.\n---\n${yaml('r', rule)}\n---\n${roleBinding('r')}\n` });
    expect(review.problems).toEqual([]);
    expect(review.can(question).chains).toEqual([
      expect.objectContaining({ roleSource: 'a.yaml, document 1', bindingSource: 'a.yaml, document 2' }),
    ]);
  });

  it('with broken documents are said, and all the others count', () => {
    const review = withFiles({
      'a.yaml': `name: "never closed\n---\n${yaml('r', rule)}\n---\n- a\n---\nx: *nothing\n---\n${roleBinding('r')}\n`,
      'b.yml': 'a: &a [*a]\n',
      'c.json': '{"kind": ',
    });
    expect(review.can(question).allowed).toBe(true);
    expect(review.problems).toEqual([
      'a.yaml, document 1: broken YAML: deficient indentation, line 2',
      'a.yaml, document 4: broken YAML: unidentified alias "nothing", line 11',
      'a.yaml, document 3: is a list; expected an object with apiVersion and kind',
      'b.yml, document 1: broken YAML: Converting circular structure to JSON',
      expect.stringMatching(/^c.json, document 1: broken YAML: /),
    ]);
  });

  it('are read as kubectl reads them: yes is a boolean, a time is none, and the last of two equal keys counts', () => {
    const review = withFiles({
      'a.yaml': [
        yaml('r', rule, '  - { apiGroups: [""], resources: [yes], verbs: [get] }'),
        yaml('2024-01-01', rule).replace('kind: Role', 'kind: Role\nkind: Role'),
        roleBinding('2024-01-01'),
      ].join('\n---\n'),
    });
    expect(review.can(question).allowed).toBe(true);
    expect(review.problems).toEqual([
      'a.yaml, document 2: a key is given twice, line 10; the last one counts',
      'a.yaml, document 1: Role team-1/r: rules[1].resources[0]: is true; expected a string; the API server refuses the object, so it is left out',
    ]);
  });

  it('may hold lists, whose items need not say their kind', () => {
    const { apiVersion, metadata, rules } = role('team-1', 'r', [RULE]);
    const list = { apiVersion, kind: 'RoleList', items: [{ metadata, rules }] };
    const review = withFiles({
      'a.json': JSON.stringify({
        apiVersion: 'v1',
        kind: 'List',
        items: [list, binding('team-1', 'b', 'Role/r', user('jane')), 5],
      }),
    });
    expect(review.can(question).chains).toEqual([
      expect.objectContaining({
        roleSource: 'a.json, document 1, items[0], items[0]',
        bindingSource: 'a.json, document 1, items[1]',
      }),
    ]);
    expect(review.problems).toEqual([
      'a.json, document 1, items[2]: is a number; expected an object with apiVersion and kind',
    ]);
  });

  it('that are not there are said', () => {
    expect(AccessReview.ofFiles(['/nowhere']).problems).toEqual([
      '/nowhere: no file or folder that can be read; name what cdk8s synth has written',
    ]);
    expect(withFiles({ 'a.txt': 'x' }).problems).toEqual(['.: holds no .yaml, .yml or .json file']);
  });
});

describe('a program', () => {
  it('is reviewed with all of its objects, also those that are not of this library', () => {
    const chart = new Chart(new App(), 'rights');
    for (const [index, manifest] of GOOD.entries()) new ApiObject(chart, `object-${index}`, manifest as never);
    const review = AccessReview.ofApp(chart.node.root);
    expect(review.problems).toEqual([]);
    expect(review.can(question).chains).toEqual([
      expect.objectContaining({ bindingSource: 'rights/object-1', roleSource: 'rights/object-0' }),
    ]);
  });
});
