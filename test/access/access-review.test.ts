import { AccessReview } from '../../lib/access/access-review';
import { account, aggregatedRole, binding, clusterBinding, clusterRole, group, role, user } from './rbac-manifests';

const PODS = { apiGroups: [''], resources: ['pods'], verbs: ['get'] };

/** A review of one role with these rules in namespace `team-1`, bound to the user `jane` there. */
function withRules(...rules: object[]): AccessReview {
  return AccessReview.ofManifests([
    role('team-1', 'reader', rules),
    binding('team-1', 'readers', 'Role/reader', user('jane')),
  ]);
}

/** As `withRules`, in the whole cluster. */
function withClusterRules(...rules: object[]): AccessReview {
  return AccessReview.ofManifests([clusterRole('reader', rules), clusterBinding('readers', 'reader', user('jane'))]);
}

const inTeam = { user: 'jane', verb: 'get', resource: 'pods', namespace: 'team-1' };

describe('an answer', () => {
  it('names the binding, the role and the rule that allow, with their sources', () => {
    expect(withRules(PODS).can(inTeam)).toEqual({
      allowed: true,
      reason: 'RoleBinding team-1/readers gives Role team-1/reader to User jane',
      chains: [
        {
          subject: { kind: 'User', name: 'jane' },
          binding: 'RoleBinding team-1/readers',
          bindingSource: 'manifests[1]',
          role: 'Role team-1/reader',
          roleSource: 'manifests[0]',
          aggregatedFrom: undefined,
          rule: { apiGroups: [''], resources: ['pods'], verbs: ['get'], resourceNames: [], nonResourceUrls: [] },
        },
      ],
    });
  });

  it('says what is not allowed to whom', () => {
    expect(
      withRules(PODS).can({ ...inTeam, groups: ['devs'], apiGroup: 'apps', subresource: 'log', name: 'a' }),
    ).toEqual({
      allowed: false,
      reason: 'no binding lets jane (groups devs) get pods.apps/log "a" in namespace team-1',
      chains: [],
    });
  });

  it('has a chain for every binding that allows, those of the cluster first', () => {
    const review = AccessReview.ofManifests([
      role('team-1', 'reader', [PODS]),
      binding('team-1', 'readers', 'Role/reader', user('jane'), user('jane')),
      clusterRole('viewer', [PODS]),
      clusterBinding('viewers', 'viewer', user('jane')),
    ]);
    expect(review.can(inTeam).chains.map((chain) => chain.binding)).toEqual([
      'ClusterRoleBinding viewers',
      'RoleBinding team-1/readers',
    ]);
  });

  it('needs a resource or a path, and not both', () => {
    const review = withRules(PODS);
    expect(() => review.can({ user: 'jane', verb: 'get' })).toThrow(
      'AccessReview.can: the question to "get" names neither a resource nor a path; give one of them',
    );
    expect(() => review.can({ ...inTeam, path: '/metrics' })).toThrow(
      'AccessReview.can: the question to "get" names both the resource "pods" and the path "/metrics"; give one of them',
    );
  });

  it('is always yes for the group that no binding limits', () => {
    expect(withRules(PODS).can({ ...inTeam, verb: 'delete', groups: ['system:masters'] })).toEqual({
      allowed: true,
      reason: 'the group system:masters may do everything, without any binding',
      chains: [],
    });
  });
});

describe('a rule', () => {
  it.each([
    [{ verbs: ['*'] }, {}, true],
    [{ verbs: ['list'] }, {}, false],
    [{ verbs: ['GET'] }, {}, false],
    [{ apiGroups: ['*'] }, { apiGroup: 'apps' }, true],
    [{ apiGroups: ['core'] }, {}, false],
    [{ apiGroups: ['*.k8s.io'] }, { apiGroup: 'a.k8s.io' }, false],
    [{ resources: ['*'] }, { subresource: 'log' }, true],
    [{ resources: ['pods'] }, { subresource: 'log' }, false],
    [{ resources: ['pods/log'] }, {}, false],
    [{ resources: ['pods/log'] }, { subresource: 'log' }, true],
    [{ resources: ['*/log'] }, { subresource: 'log' }, true],
    [{ resources: ['*/log'] }, { subresource: 'exec' }, false],
    [{ resources: ['pods/*'] }, { subresource: 'log' }, false],
    [{ resources: ['pods/*'] }, { subresource: '*' }, true],
    [{ resources: ['*/*'] }, { subresource: 'log' }, false],
    [{ resources: ['*/*'] }, { subresource: '*' }, true],
    [{ resourceNames: ['a'] }, { name: 'a' }, true],
    [{ resourceNames: ['a'] }, { name: 'b' }, false],
    [{ resourceNames: ['a'] }, {}, false],
    [{ resourceNames: ['*'] }, { name: 'a' }, false],
    [{ resourceNames: [''] }, {}, true],
    [{ resourceNames: [''] }, { name: 'a' }, false],
    [{ resourceNames: [] }, { name: 'a' }, true],
  ])('%j answers %j with %s', (rule, question, allowed) => {
    expect(withRules({ ...PODS, ...rule }).can({ ...inTeam, ...question }).allowed).toBe(allowed);
  });

  it.each(['list', 'watch', 'create', 'deletecollection'])('limited to names allows %s only by name', (verb) => {
    const review = withRules({ ...PODS, verbs: [verb], resourceNames: ['a'] });
    expect(review.can({ ...inTeam, verb }).allowed).toBe(false);
    expect(review.can({ ...inTeam, verb, name: 'a' }).allowed).toBe(true);
  });

  it('with several groups and resources allows each of their pairs', () => {
    const review = withRules({ ...PODS, apiGroups: ['', 'apps'], resources: ['pods', 'deployments'] });
    expect(review.can({ ...inTeam, apiGroup: 'apps' }).allowed).toBe(true);
  });

  it.each([
    ['/metrics', '/metrics', true],
    ['/metrics', '/metricsx', false],
    ['/metrics*', '/metricsx', true],
    ['/metrics*', '/metrics/cadvisor', true],
    ['/custom/**', '/custom/', true],
    ['/custom/**', '/custom', false],
    ['/logs/*', '/logs', false],
    ['*', '/anything', true],
    ['/a/*/c', '/a/b/c', false],
    ['/a/*/c', '/a/*/c', true],
    ['/a/*/c', '/a/*/cd', false],
  ])('for the path %s answers %s with %s', (url, path, allowed) => {
    const review = withClusterRules({ nonResourceURLs: [url], verbs: ['get'] });
    expect(review.can({ user: 'jane', verb: 'get', path }).allowed).toBe(allowed);
  });
});

describe('a binding', () => {
  it.each([
    ['a user', user('jane'), { user: 'jane' }, true],
    ['a user of another case', user('Jane'), { user: 'jane' }, false],
    ['the user *, which is a name like any other', user('*'), { user: 'jane' }, false],
    ['a group of the request', group('devs'), { user: 'jane', groups: ['devs'] }, true],
    ['a group that the request does not carry', group('system:authenticated'), { user: 'jane' }, false],
    ['the group *', group('*'), { user: 'jane', groups: ['devs'] }, false],
    ['a user who is called like a group', user('devs'), { user: 'jane', groups: ['devs'] }, false],
    ['a service account', account('airflow', 'worker'), { user: 'system:serviceaccount:airflow:worker' }, true],
    [
      'a service account by its user name',
      user('system:serviceaccount:airflow:worker'),
      { user: 'system:serviceaccount:airflow:worker' },
      true,
    ],
    [
      'a service account of another namespace',
      account('team-1', 'worker'),
      { user: 'system:serviceaccount:airflow:worker' },
      false,
    ],
    [
      'a service account without a namespace: of its own',
      account(undefined, 'worker'),
      { user: 'system:serviceaccount:team-1:worker' },
      true,
    ],
    [
      "a service account's groups only if they are carried",
      group('system:serviceaccounts:airflow'),
      { user: 'system:serviceaccount:airflow:worker' },
      false,
    ],
    [
      'a group by the name of an account, which is no account',
      group('system:serviceaccount:airflow:worker'),
      { user: 'system:serviceaccount:airflow:worker' },
      false,
    ],
    ['a user with a namespace, which means nothing', { ...user('jane'), namespace: 'team-2' }, { user: 'jane' }, true],
  ])('is for %s', (_, subject, asker, allowed) => {
    const review = AccessReview.ofManifests([
      role('team-1', 'reader', [PODS]),
      binding('team-1', 'readers', 'Role/reader', subject),
    ]);
    expect(review.can({ ...inTeam, ...asker }).allowed).toBe(allowed);
  });

  it('says of a group by the name of an account that it is a group', () => {
    const review = AccessReview.ofManifests([
      role('team-1', 'reader', [PODS]),
      binding('team-1', 'readers', 'Role/reader', group('system:serviceaccount:airflow:worker')),
    ]);
    const request = { verb: 'get', resource: 'pods', namespace: 'team-1' };
    expect(review.whoCan(request).map(({ subject }) => subject)).toEqual([
      { kind: 'Group', name: 'system:serviceaccount:airflow:worker' },
    ]);
  });

  it('of a namespace allows nothing in another one, and nothing in all', () => {
    const review = withRules(PODS);
    expect(review.can({ ...inTeam, namespace: 'team-2' }).allowed).toBe(false);
    expect(review.can({ ...inTeam, namespace: '' }).allowed).toBe(false);
  });

  it('of the cluster allows the same everywhere', () => {
    const review = withClusterRules(PODS);
    expect(review.can(inTeam).allowed).toBe(true);
    expect(review.can({ ...inTeam, namespace: undefined }).allowed).toBe(true);
  });

  it('of a namespace may name a cluster role, without its paths', () => {
    const review = AccessReview.ofManifests([
      clusterRole('reader', [PODS, { nonResourceURLs: ['*'], verbs: ['*'] }]),
      binding('team-1', 'readers', 'ClusterRole/reader', user('jane')),
    ]);
    expect(review.can(inTeam).chains).toEqual([expect.objectContaining({ role: 'ClusterRole reader' })]);
    expect(review.can({ user: 'jane', verb: 'get', path: '/metrics' }).allowed).toBe(false);
  });

  it('names a role of its own namespace only', () => {
    const review = AccessReview.ofManifests([
      role('team-2', 'reader', [PODS]),
      binding('team-1', 'readers', 'Role/reader', user('jane')),
    ]);
    expect(review.can(inTeam).allowed).toBe(false);
    expect(review.problems).toEqual([
      'manifests[1]: RoleBinding team-1/readers: roleRef: Role team-1/reader is not among the manifests, so its rules are not known and count for nothing',
    ]);
  });
});

describe('a cluster role that aggregates', () => {
  const rule = (resource: string): object => ({ ...PODS, resources: [resource] });
  const canGet = (...manifests: object[]): string[] => {
    const review = AccessReview.ofManifests([...manifests, clusterBinding('b', 'whole', user('jane'))]);
    return ['pods', 'secrets', 'services'].filter(
      (resource) => review.can({ user: 'jane', verb: 'get', resource }).allowed,
    );
  };

  it('has the rules of all that any of its selectors picks, and loses its own', () => {
    expect(
      canGet(
        aggregatedRole('whole', [{ part: 'a' }, { part: 'b' }], {}, [rule('services')]),
        clusterRole('a', [rule('pods')], { part: 'a' }),
        clusterRole('b', [rule('secrets')], { part: 'b' }),
      ),
    ).toEqual(['pods', 'secrets']);
  });

  it('says whose rule it is', () => {
    const review = AccessReview.ofManifests([
      aggregatedRole('whole', [{ part: 'a' }]),
      clusterRole('a', [rule('pods')], { part: 'a' }),
      clusterBinding('b', 'whole', user('jane')),
    ]);
    expect(review.can({ user: 'jane', verb: 'get', resource: 'pods' })).toMatchObject({
      reason: 'ClusterRoleBinding b gives ClusterRole whole to User jane, which has it from ClusterRole a',
      chains: [{ aggregatedFrom: 'ClusterRole a', role: 'ClusterRole whole' }],
    });
  });

  it('keeps its own rules where it picks nothing, or only roles without rules', () => {
    expect(canGet(aggregatedRole('whole', [{ part: 'a' }], {}, [rule('services')]))).toEqual(['services']);
    expect(
      canGet(aggregatedRole('whole', [{ part: 'a' }], {}, [rule('services')]), clusterRole('a', [], { part: 'a' })),
    ).toEqual(['services']);
  });

  it('does not pick itself', () => {
    expect(
      canGet(
        aggregatedRole('whole', [{ part: 'a' }], { part: 'a' }, [rule('services')]),
        clusterRole('a', [rule('pods')], { part: 'a' }),
      ),
    ).toEqual(['pods']);
  });

  it('picks through chains and circles', () => {
    expect(
      canGet(
        aggregatedRole('whole', [{ part: 'a' }], { part: 'b' }),
        aggregatedRole('a', [{ part: 'b' }], { part: 'a' }),
        clusterRole('b', [rule('pods')], { part: 'b' }),
      ),
    ).toEqual(['pods']);
  });

  it('has everything that can stay in a circle, which is said', () => {
    const manifests = [
      aggregatedRole('whole', [{ part: 'a' }], { part: 'b' }, [rule('pods')]),
      aggregatedRole('a', [{ part: 'b' }], { part: 'a' }, [rule('services')]),
    ];
    expect(canGet(...manifests)).toEqual(['pods', 'services']);
    expect(AccessReview.ofManifests(manifests).problems).toEqual([
      'manifests[0]: ClusterRole whole: aggregates in a circle with a; which of their own rules stay is a matter of timing, so all are taken; write rules into roles that do not aggregate',
      'manifests[1]: ClusterRole a: aggregates in a circle with whole; which of their own rules stay is a matter of timing, so all are taken; write rules into roles that do not aggregate',
    ]);
  });

  it('is as it stands in a cluster, where the controller has filled it', () => {
    const manifests = [
      aggregatedRole('whole', [{ part: 'a' }], { part: 'b' }, [rule('pods')]),
      aggregatedRole('a', [{ part: 'b' }], { part: 'a' }, [rule('pods')]),
    ];
    expect(canGet(...manifests)).toEqual(['pods']);
    expect(AccessReview.ofManifests(manifests).problems).toEqual([]);
  });

  it.each([
    [{ key: 'part', operator: 'In', values: ['a', 'x'] }, ['pods']],
    [{ key: 'part', operator: 'NotIn', values: ['b'] }, ['pods', 'services']],
    [{ key: 'part', operator: 'Exists' }, ['pods', 'secrets']],
    [{ key: 'part', operator: 'DoesNotExist' }, ['services']],
  ])('picks by the expression %j', (expression, expected) => {
    const selector = { matchLabels: { of: 'test' }, matchExpressions: [expression] };
    expect(
      canGet(
        { ...aggregatedRole('whole', []), aggregationRule: { clusterRoleSelectors: [selector] } },
        clusterRole('a', [rule('pods')], { of: 'test', part: 'a' }),
        clusterRole('b', [rule('secrets')], { of: 'test', part: 'b' }),
        clusterRole('c', [rule('services')], { of: 'test' }),
        clusterRole('other', [{ ...PODS, resources: ['*'] }], { part: 'c' }),
      ),
    ).toEqual(expected);
  });
});

describe('a role that every cluster has', () => {
  it.each([
    ['cluster-admin', { verb: 'escalate', apiGroup: 'x', resource: 'anything' }, true],
    ['admin', { verb: 'create', apiGroup: 'rbac.authorization.k8s.io', resource: 'rolebindings' }, true],
    ['edit', { verb: 'create', apiGroup: 'rbac.authorization.k8s.io', resource: 'rolebindings' }, false],
    ['edit', { verb: 'get', resource: 'secrets' }, true],
    ['view', { verb: 'get', resource: 'secrets' }, false],
    ['view', { verb: 'get', resource: 'pods' }, true],
  ])('is known: %s and %j', (name, request, allowed) => {
    const review = AccessReview.ofManifests([binding('team-1', 'b', `ClusterRole/${name}`, user('jane'))]);
    expect(review.problems).toEqual([]);
    expect(review.can({ ...request, user: 'jane', namespace: 'team-1' }).allowed).toBe(allowed);
  });

  it('has also the rules that a manifest adds to it', () => {
    const review = AccessReview.ofManifests([
      binding('team-1', 'b', 'ClusterRole/admin', user('jane')),
      clusterRole('spark-view', [{ ...PODS, resources: ['sparkapplications'] }], {
        'rbac.authorization.k8s.io/aggregate-to-view': 'true',
      }),
    ]);
    expect(review.can({ ...inTeam, resource: 'sparkapplications' }).chains).toEqual([
      expect.objectContaining({
        role: 'ClusterRole admin',
        roleSource: 'built into Kubernetes',
        aggregatedFrom: 'ClusterRole spark-view',
      }),
    ]);
  });

  it('is what the manifests say where they have it', () => {
    const review = AccessReview.ofManifests([
      clusterRole('cluster-admin', [PODS]),
      binding('team-1', 'b', 'ClusterRole/cluster-admin', user('jane')),
    ]);
    expect(review.can(inTeam).allowed).toBe(true);
    expect(review.can({ ...inTeam, resource: 'secrets' }).allowed).toBe(false);
  });
});

describe('who can', () => {
  const review = AccessReview.ofManifests([
    role('team-1', 'reader', [PODS]),
    clusterRole('reader', [PODS]),
    binding('team-1', 'b', 'Role/reader', user('zoe'), account('airflow', 'worker'), group('devs')),
    binding('team-2', 'b', 'ClusterRole/reader', user('bob')),
    clusterBinding('c', 'reader', user('system:serviceaccount:airflow:worker'), group('ops')),
  ]);

  it('is everybody whom a binding names, once and sorted, with all the bindings', () => {
    const holders = review.whoCan({ verb: 'get', resource: 'pods', namespace: 'team-1' });
    expect(holders.map(({ subject, chains }) => [subject, chains.map((chain) => chain.binding)])).toEqual([
      [{ kind: 'Group', name: 'devs' }, ['RoleBinding team-1/b']],
      [{ kind: 'Group', name: 'ops' }, ['ClusterRoleBinding c']],
      [
        { kind: 'ServiceAccount', namespace: 'airflow', name: 'worker' },
        ['ClusterRoleBinding c', 'RoleBinding team-1/b'],
      ],
      [{ kind: 'User', name: 'zoe' }, ['RoleBinding team-1/b']],
    ]);
  });

  it('is nobody where nobody may', () => {
    expect(review.whoCan({ verb: 'delete', resource: 'pods', namespace: 'team-1' })).toEqual([]);
  });

  it('needs a resource or a path', () => {
    expect(() => review.whoCan({ verb: 'get' })).toThrow('AccessReview.whoCan: the question to "get" names neither');
  });
});

describe('what is handed out', () => {
  it('can be changed without changing the review, and so can what was given', () => {
    const rule = { apiGroups: [''], resources: ['pods'], verbs: ['get'] };
    const review = withRules(rule);
    rule.verbs.push('delete');
    const [chain] = review.can(inTeam).chains;
    chain.rule.verbs.push('delete');
    review.problems.push('x');
    expect(review.can({ ...inTeam, verb: 'delete' }).allowed).toBe(false);
    expect(review.problems).toEqual([]);
  });
});
