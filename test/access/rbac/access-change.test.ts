import * as fc from 'fast-check';
import { AccessRule } from '../../../lib/access/rbac/access-question';
import { AccessReview } from '../../../lib/access/access-review';
import { userNameOf } from '../../../lib/access/rbac/rbac-subjects';
import { account, binding, clusterBinding, clusterRole, group, role, user } from '../rbac-manifests';
import { RandomPolicy, Written } from '../random-policy';

const PODS = { apiGroups: [''], resources: ['pods'], verbs: ['get'] };

/** The changes from one set of manifests to another, one a line. */
function changes(before: object[], after: object[]): string[] {
  return AccessReview.diff(AccessReview.ofManifests(before), AccessReview.ofManifests(after)).map(
    ({ subject, gained, namespace, right }) =>
      `${subject.name} ${gained ? '+' : '-'} ${namespace || 'everywhere'}: ${right}`,
  );
}

/** Rules of jane in `team-1`. */
function inTeam(...rules: object[]): object[] {
  return [role('team-1', 'r', rules), binding('team-1', 'b', 'Role/r', user('jane'))];
}

/** Rules of jane everywhere. */
function everywhere(...rules: object[]): object[] {
  return [clusterRole('r', rules), clusterBinding('b', 'r', user('jane'))];
}

describe('a difference', () => {
  it('says who gained and lost what where, as data', () => {
    const worker = account('airflow', 'worker');
    const reader = role('team-1', 'reader', [{ ...PODS, resources: ['pods', 'pods/log'], verbs: ['list', 'get'] }]);
    const before = [reader, binding('team-1', 'b', 'Role/reader', user('jane'))];
    const after = [reader, binding('team-1', 'b', 'Role/reader', worker)];
    expect(AccessReview.diff(AccessReview.ofManifests(before), AccessReview.ofManifests(after))).toEqual([
      {
        subject: { kind: 'ServiceAccount', namespace: 'airflow', name: 'worker' },
        gained: true,
        namespace: 'team-1',
        right: 'get, list pods',
      },
      {
        subject: { kind: 'ServiceAccount', namespace: 'airflow', name: 'worker' },
        gained: true,
        namespace: 'team-1',
        right: 'get, list pods/log',
      },
      { subject: { kind: 'User', name: 'jane' }, gained: false, namespace: 'team-1', right: 'get, list pods' },
      { subject: { kind: 'User', name: 'jane' }, gained: false, namespace: 'team-1', right: 'get, list pods/log' },
    ]);
  });

  it.each<[string, object[], object[], string[]]>([
    ['a verb more', inTeam(PODS), inTeam({ ...PODS, verbs: ['get', 'list'] }), ['jane + team-1: list pods']],
    [
      'a group of another API',
      inTeam(PODS),
      inTeam({ ...PODS, apiGroups: ['apps'] }),
      ['jane - team-1: get pods', 'jane + team-1: get pods.apps'],
    ],
    [
      'a name less',
      inTeam({ ...PODS, resourceNames: ['a', 'b'] }),
      inTeam({ ...PODS, resourceNames: ['a'] }),
      ['jane - team-1: get pods "b"'],
    ],
    ['all names instead of one', inTeam({ ...PODS, resourceNames: ['a'] }), inTeam(PODS), ['jane + team-1: get pods']],
    ['one name instead of all', inTeam(PODS), inTeam({ ...PODS, resourceNames: ['a'] }), ['jane - team-1: get pods']],
    ['the whole cluster instead of one namespace', inTeam(PODS), everywhere(PODS), ['jane + everywhere: get pods']],
    ['one namespace instead of the whole cluster', everywhere(PODS), inTeam(PODS), ['jane - everywhere: get pods']],
    ['every verb instead of one', inTeam(PODS), inTeam({ ...PODS, verbs: ['*', 'get'] }), ['jane + team-1: * pods']],
    [
      'every subresource of a kind',
      inTeam({ ...PODS, resources: ['pods/log'] }),
      inTeam({ ...PODS, resources: ['*/log'] }),
      ['jane + team-1: get */log'],
    ],
    [
      'a path',
      everywhere(PODS),
      everywhere(PODS, { verbs: ['get'], nonResourceURLs: ['/metrics'] }),
      ['jane + everywhere: get /metrics'],
    ],
    [
      'a wider path',
      everywhere({ verbs: ['get'], nonResourceURLs: ['/a/b', '/a/c*'] }),
      everywhere({ verbs: ['get'], nonResourceURLs: ['/a/*'] }),
      ['jane + everywhere: get /a/*'],
    ],
    [
      'a path that a RoleBinding cannot give',
      inTeam(PODS),
      [
        ...inTeam(PODS),
        clusterRole('p', [{ verbs: ['get'], nonResourceURLs: ['*'] }]),
        binding('team-1', 'p', 'ClusterRole/p', user('jane')),
      ],
      [],
    ],
    [
      'a role that is gone, with its binding still there',
      inTeam(PODS),
      inTeam(PODS).slice(1),
      ['jane - team-1: get pods'],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(changes(before, after)).toEqual(expected);
  });

  it.each<[string, object[], object[]]>([
    [
      'in other rules',
      inTeam({ ...PODS, resources: ['pods', 'services'] }),
      inTeam({ ...PODS, resources: ['services'] }, PODS),
    ],
    [
      'in another role by another binding',
      inTeam(PODS),
      [clusterRole('other', [PODS]), binding('team-1', 'other', 'ClusterRole/other', user('jane'))],
    ],
    ['in a rule that another one covers', inTeam(PODS), inTeam(PODS, { ...PODS, resourceNames: ['a'] })],
    [
      'by the user name of an account',
      [role('n', 'r', [PODS]), binding('n', 'b', 'Role/r', account('n', 'x'))],
      [role('n', 'r', [PODS]), binding('n', 'b', 'Role/r', user('system:serviceaccount:n:x'))],
    ],
    [
      'with a path that ends in more stars',
      everywhere({ verbs: ['get'], nonResourceURLs: ['/a/*'] }),
      everywhere({ verbs: ['get'], nonResourceURLs: ['/a/**'] }),
    ],
  ])('is none where the same is written %s', (_, before, after) => {
    expect(changes(before, after)).toEqual([]);
    expect(changes(after, before)).toEqual([]);
  });

  it('keeps a group apart from a user of that name', () => {
    const of = (subject: object): object[] => [role('n', 'r', [PODS]), binding('n', 'b', 'Role/r', subject)];
    expect(changes(of(group('x')), of(user('x')))).toEqual(['x - n: get pods', 'x + n: get pods']);
  });

  const policy = new RandomPolicy('p');

  it('is there for everybody whose answers differ', () => {
    const worlds = fc
      .tuple(policy.manifests(), policy.manifests())
      .chain(([before, after]) =>
        fc.tuple(fc.constant([before, after]), fc.array(policy.question(before), { minLength: 20, maxLength: 20 })),
      );
    fc.assert(
      fc.property(worlds, ([[before, after], questions]) => {
        const [was, is] = [before, after].map((manifests) => AccessReview.ofManifests(manifests));
        const changed = AccessReview.diff(was, is);
        for (const asked of questions) {
          const question = { ...asked, groups: [] };
          const now = is.can(question).allowed;
          if (was.can(question).allowed === now) continue;
          const own = changed.filter(
            ({ subject }) => subject.kind !== 'Group' && userNameOf(subject) === question.user,
          );
          expect(own.map(({ gained }) => gained)).toContain(now);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is none however the rules are cut and ordered', () => {
    fc.assert(
      fc.property(policy.manifests(), (manifests) => {
        const rewritten = [...manifests].reverse().map((manifest) => ({ ...manifest, rules: cut(manifest) }));
        expect(changes(manifests, rewritten)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

/** The same rules, each with one of everything, in another order. */
function cut({ rules }: Written): Partial<AccessRule>[] | undefined {
  const given = rules as
    | {
        verbs: string[];
        apiGroups?: string[];
        resources?: string[];
        resourceNames?: string[];
        nonResourceURLs?: string[];
      }[]
    | undefined;
  return given
    ?.flatMap(({ verbs, apiGroups = [], resources = [], resourceNames, nonResourceURLs = [] }) =>
      verbs.flatMap((verb) => [
        ...apiGroups.flatMap((apiGroup) =>
          resources.map((resource) => ({ verbs: [verb], apiGroups: [apiGroup], resources: [resource], resourceNames })),
        ),
        ...nonResourceURLs.map((url) => ({ verbs: [verb], nonResourceURLs: [url] })),
      ]),
    )
    .reverse();
}
