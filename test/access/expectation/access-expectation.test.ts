import { App, Chart, Testing } from 'cdk8s';
import { Group, ServiceAccount } from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { AccessExpectation } from '../../../lib/access/expectation/access-expectation';
import { AccessReview } from '../../../lib/access/access-review';
import { EscalationWay } from '../../../lib/access/escalation/escalation';
import { describeRight, parseRights } from '../../../lib/access/expectation/expected-right';
import { IdentityExpectation } from '../../../lib/access/expectation/identity-expectation';
import { KNOWN_RESOURCES } from '../../../lib/access/rbac/known-resources';
import { SparkJobNamespace } from '../../../lib/job-namespace/spark-job-namespace';
import { BatchScheduler } from '../../../lib/operator/batch-scheduler';
import { SparkOperator } from '../../../lib/operator/spark-operator';
import { messageOf } from '../../job-namespace/manifests';
import { account, binding, clusterBinding, clusterRole, group, role, user } from '../rbac-manifests';

function can(verbs: string, resources: string, apiGroup = '', ...resourceNames: string[]): object {
  const names = resourceNames.length === 0 ? {} : { resourceNames };
  return { verbs: verbs.split(' '), apiGroups: [apiGroup], resources: resources.split(' '), ...names };
}

function expectation(...manifests: object[]): AccessExpectation {
  return AccessExpectation.ofReview(AccessReview.ofManifests(manifests), {
    namespaces: ['team-1', 'team-2', 'team-3', 'team-7', 'a'],
    users: ['jane', 'mira'],
  });
}

/** What jane may do who has these rules in team-1. */
function jane(...rules: object[]): IdentityExpectation {
  return expectation(role('team-1', 'jane', rules), binding('team-1', 'jane', 'Role/jane', user('jane'))).user('jane');
}

/** What jane may do who has these rules in the whole cluster. */
function janeOfAll(...rules: object[]): IdentityExpectation {
  return expectation(clusterRole('jane', rules), clusterBinding('jane', 'jane', user('jane'))).user('jane');
}

const GIVEN = 'RoleBinding team-1/jane (manifests[1]) gives it';

describe('may', () => {
  it.each([
    ['get pods in team-1', [can('get', 'pods')]],
    ['get, list pods, pods/log in team-1', [can('get list', 'pods pods/log')]],
    ['get secrets "a" in team-1', [can('get', 'secrets', '', 'a', 'b')]],
    ['get secrets "a" in team-1', [can('*', '*', '*')]],
    ['get pods/log in team-1', [can('get', '*/log')]],
    ['create deployments in team-1', [can('create', 'deployments', 'apps')]],
    ['create sparkapplications in team-1', [can('create', 'sparkapplications', 'sparkoperator.k8s.io')]],
    ['create workflows.argoproj.io in team-1', [can('create', 'workflows', 'argoproj.io')]],
    ['get pods in any namespace', [can('get', 'pods')]],
    ['* * in team-1', [can('*', '*', '*')]],
    ['patch namespaces "team-1" in team-1', [can('patch', 'namespaces', '', 'team-1')]],
  ])('"%s" holds where the right is there', (right, rules) => {
    expect(() => jane(...rules).may([right])).not.toThrow();
  });

  it.each([
    ['get pods in team-1', 'get pods in team-1', [can('list', 'pods')]],
    ['get pods in team-2', 'get pods in team-2', [can('get', 'pods')]],
    ['get pods in all namespaces', 'get pods in all namespaces', [can('get', 'pods')]],
    ['list pods in any namespace', 'list pods in any namespace', [can('get', 'pods')]],
    ['get pods/log in team-1', 'get pods/log in team-1', [can('get', 'pods')]],
    ['get secrets in team-1', 'get secrets in team-1', [can('get', 'secrets', '', 'a')]],
    ['* pods in team-1', '* pods in team-1', [can('get list', 'pods')]],
    ['create jobs in team-1', 'create jobs in team-1', [can('create', 'jobs')]],
  ])('"%s" fails where it is not', (right, words, rules) => {
    expect(messageOf(() => jane(...rules).may([right]))).toBe(
      `jane may not ${words}, which is expected: no binding gives it`,
    );
  });

  it('knows rights in all namespaces, on objects of the cluster and on paths', () => {
    const rules = [can('get', 'pods nodes'), { verbs: ['get'], nonResourceURLs: ['/metrics/*'] }];
    expect(() =>
      janeOfAll(...rules).may([
        'get pods in all namespaces',
        'get pods in team-7',
        'get nodes',
        'get /metrics/cadvisor',
      ]),
    ).not.toThrow();
    expect(messageOf(() => janeOfAll(...rules).may(['list nodes', 'get /version']))).toBe(
      [
        'jane: 2 problems:',
        '  - may not list nodes, which is expected: no binding gives it',
        '  - may not get /version, which is expected: no binding gives it',
      ].join('\n'),
    );
  });
});

describe('mayNot', () => {
  it.each([
    ['get secrets in team-1', [can('list', 'secrets')]],
    ['get secrets in team-2', [can('get', 'secrets')]],
    ['get pods in all namespaces', [can('get', 'pods')]],
    ['get secrets "b" in team-1', [can('get', 'secrets', '', 'a')]],
    ['get pods/exec in team-1', [can('get', 'pods pods/log')]],
    ['* secrets in any namespace', [can('*', 'configmaps')]],
    ['get jobs in team-1', [can('get', 'jobs')]],
  ])('"%s" holds where the right is not there', (right, rules) => {
    expect(() => jane(...rules).mayNot([right])).not.toThrow();
  });

  it.each([
    ['get secrets in team-1', 'get secrets in team-1', [can('get', 'secrets')]],
    ['get secrets in team-1', 'get secrets "a" in team-1', [can('get', 'secrets', '', 'a')]],
    ['get secrets "a" in team-1', 'get secrets in team-1', [can('get', 'secrets')]],
    ['* secrets in any namespace', 'watch secrets in team-1', [can('watch', 'secrets')]],
    ['get * in team-1', 'get pods/log in team-1', [can('get', 'pods/log')]],
    ['get pods/exec in team-1', 'get */exec in team-1', [can('get', '*/exec')]],
    ['create jobs in team-1', '* * in team-1', [can('*', '*', '*')]],
  ])('"%s" fails where "%s" is there', (right, words, rules) => {
    expect(messageOf(() => jane(...rules).mayNot([right]))).toBe(`jane may ${words}, which is not expected: ${GIVEN}`);
  });

  it('fails on a right in all namespaces too', () => {
    expect(messageOf(() => janeOfAll(can('get list', 'secrets')).mayNot(['list, get secrets in team-1']))).toBe(
      'jane may get, list secrets in all namespaces, which is not expected: ClusterRoleBinding jane (manifests[1]) gives it',
    );
  });

  it('covers paths', () => {
    const paths = { verbs: ['get'], nonResourceURLs: ['/metrics/*'] };
    expect(() => janeOfAll(paths).mayNot(['get /version', 'get /metrics'])).not.toThrow();
    expect(messageOf(() => janeOfAll(paths).mayNot(['get /metrics/cadvisor']))).toBe(
      'jane may get /metrics/*, which is not expected: ClusterRoleBinding jane (manifests[1]) gives it',
    );
    expect(messageOf(() => janeOfAll(paths).mayNot(['get /*']))).toContain('may get /metrics/*');
  });
});

describe('mayOnly', () => {
  const rules = [can('get list', 'pods'), can('get', 'pods/log'), can('patch', 'configmaps', '', 'a')];

  it('holds where the rights are exactly these, however they are written', () => {
    expect(() =>
      jane(...rules).mayOnly(['get pods, pods/log in team-1', 'list pods in team-1', 'patch configmaps "a" in team-1']),
    ).not.toThrow();
    expect(() => jane().mayOnly([])).not.toThrow();
  });

  it('lists what is too much and what is missing, all at once, with the binding', () => {
    expect(messageOf(() => jane(...rules).mayOnly(['get pods in team-1', 'get services in team-1']))).toBe(
      [
        'jane: 4 problems:',
        `  - may list pods in team-1, which is not expected: ${GIVEN}`,
        `  - may get pods/log in team-1, which is not expected: ${GIVEN}`,
        `  - may patch configmaps "a" in team-1, which is not expected: ${GIVEN}`,
        '  - may not get services in team-1, which is expected: no binding gives it',
      ].join('\n'),
    );
  });

  it('names every binding that gives a right, those of groups too', () => {
    const [reader, readers] = [role('team-1', 'reader', [can('get', 'pods')]), 'Role/reader'];
    const one = expectation(
      reader,
      binding('team-1', 'a', readers, account('ci', 'robot')),
      binding('team-1', 'b', readers, group('system:serviceaccounts:ci')),
    );
    expect(messageOf(() => one.serviceAccount('ci', 'robot').mayOnly([]))).toBe(
      'system:serviceaccount:ci:robot may get pods in team-1, which is not expected: ' +
        'RoleBinding team-1/a (manifests[1]) and RoleBinding team-1/b (manifests[2]) give it',
    );
  });

  it('fails on a place that is none', () => {
    expect(messageOf(() => jane(...rules).mayOnly(['get pods in any namespace']))).toBe(
      'AccessExpectation.mayOnly: right "get pods in any namespace" names no namespace; say in which it is held',
    );
  });
});

describe('mayOnlyIn', () => {
  it('holds where every right is in these namespaces', () => {
    expect(() => jane(can('*', '*', '*')).mayOnlyIn(['team-1', 'team-2'])).not.toThrow();
    expect(() => jane().mayOnlyIn([])).not.toThrow();
  });

  it('fails on another namespace', () => {
    expect(messageOf(() => jane(can('get', 'pods')).mayOnlyIn(['team-2', 'team-3']))).toBe(
      `jane may get pods in team-1, which is outside of team-2, team-3: ${GIVEN}`,
    );
  });

  it('fails on a right in all namespaces, on objects of the cluster and on paths', () => {
    const rules = [can('get', 'pods nodes'), { verbs: ['get'], nonResourceURLs: ['/metrics'] }];
    const given = 'which is outside of team-1: ClusterRoleBinding jane (manifests[1]) gives it';
    expect(messageOf(() => janeOfAll(...rules).mayOnlyIn(['team-1']))).toBe(
      [
        'jane: 3 problems:',
        `  - may get pods in all namespaces, ${given}`,
        `  - may get nodes, ${given}`,
        `  - may get /metrics, ${given}`,
      ].join('\n'),
    );
  });
});

describe('names that no manifest has (case 14)', () => {
  const manifests = [
    role('analytics', 'jane', [can('get', 'pods')]),
    binding('analytics', 'jane', 'Role/jane', user('jane'), group('devs'), account('ci', 'robot')),
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'idle', namespace: 'web' } },
    {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'c', namespace: 'web' },
      spec: { jobTemplate: { spec: { template: { spec: { serviceAccountName: 'cron' } } } } },
    },
  ];
  const one = AccessExpectation.ofReview(AccessReview.ofManifests(manifests));

  it.each<[string, () => unknown, string]>([
    [
      'mayNot',
      () => one.user('jane').mayNot(['get pods in analytcs']),
      'namespace "analytcs" is not known: no manifest names it. Did you mean "analytics"? If it is right, declare it with { namespaces: [\'analytcs\'] }',
    ],
    [
      'mayOnlyIn',
      () => one.user('jane').mayOnlyIn(['analytics', 'analytic']),
      'namespace "analytic" is not known: no manifest names it. Did you mean "analytics"? If it is right, declare it with { namespaces: [\'analytic\'] }',
    ],
    [
      'may',
      () => one.user('jane').may(['get pods in xyzzy-1']),
      'namespace "xyzzy-1" is not known: no manifest names it. If it is right, declare it with { namespaces: [\'xyzzy-1\'] }',
    ],
    [
      'user',
      () => one.user('jaen'),
      'user "jaen" is not known: no manifest names it. Did you mean "jane"? If it is right, declare it with { users: [\'jaen\'] }',
    ],
    [
      'user',
      () => one.user('jane', ['dev']),
      'group "dev" is not known: no manifest names it. Did you mean "devs"? If it is right, declare it with { groups: [\'dev\'] }',
    ],
    [
      'group',
      () => one.group('devz'),
      'group "devz" is not known: no manifest names it. Did you mean "devs"? If it is right, declare it with { groups: [\'devz\'] }',
    ],
    [
      'serviceAccount',
      () => one.serviceAccount('ci', 'robots'),
      'service account "ci/robots" is not known: no manifest names it. Did you mean "ci/robot"? If it is right, declare it with { serviceAccounts: [\'ci/robots\'] }',
    ],
    [
      'identity',
      () => one.identity(Group.fromName(new Chart(new App(), 'c'), 'g', 'devss')),
      'group "devss" is not known: no manifest names it. Did you mean "devs"? If it is right, declare it with { groups: [\'devss\'] }',
    ],
  ])('are an error of %s, with the nearest that it has', (method, check, problem) => {
    expect(messageOf(check)).toBe(`AccessExpectation.${method}: ${problem}`);
  });

  it('are none where a manifest has them: as a namespace, in a binding, as an account or as that of a pod', () => {
    expect(() => {
      one.user('jane').mayOnlyIn(['analytics', 'ci', 'web', 'kube-system', 'default']);
      one.group('devs').mayNot(['get pods in web']);
      one.serviceAccount('ci', 'robot').may(['get pods in analytics']);
      one.user('system:serviceaccount:ci:robot').may(['get pods in analytics']);
      one.serviceAccount('web', 'idle').mayOnly([]);
      one.serviceAccount('web', 'cron').mayOnly([]);
      one.serviceAccount('web', 'default').mayOnly([]);
      one.group('system:authenticated').mayOnly([]);
      one.group('system:serviceaccounts:web').mayOnly([]);
      one.user('system:anonymous').mayOnly([]);
    }).not.toThrow();
  });

  it('are none where they are declared', () => {
    const declared = AccessExpectation.ofReview(AccessReview.ofManifests(manifests), {
      namespaces: ['xyzzy-1'],
      serviceAccounts: ['argo/server'],
      users: ['ben'],
      groups: ['ops'],
    });
    expect(() => {
      declared.user('ben', ['ops']).mayNot(['get pods in xyzzy-1', 'get pods in argo']);
      declared.serviceAccount('argo', 'server').mayOnly([]);
    }).not.toThrow();
  });

  it('are declared with a namespace where they are accounts', () => {
    const review = AccessReview.ofManifests([]);
    expect(messageOf(() => AccessExpectation.ofReview(review, { serviceAccounts: ['server'] }))).toBe(
      'AccessExpectation: serviceAccounts has "server"; write it as <namespace>/<name>',
    );
  });
});

describe('an exception (case 25)', () => {
  const crds = can('get', 'customresourcedefinitions', 'apiextensions.k8s.io', 'podgroups.scheduling.volcano.sh');
  const right = 'get customresourcedefinitions "podgroups.scheduling.volcano.sh"';
  const all = janeOfAll(crds, can('list', 'nodes'));

  it('lets one right pass, and no other', () => {
    expect(() => janeOfAll(crds).except(right, 'Volcano').mayOnlyIn(['team-1'])).not.toThrow();
    expect(messageOf(() => all.except(right, 'Volcano').mayOnlyIn(['team-1']))).toBe(
      'jane may list nodes, which is outside of team-1: ClusterRoleBinding jane (manifests[1]) gives it',
    );
    expect(() => all.except(right, 'Volcano').except('list nodes', 'topology').mayOnlyIn(['team-1'])).not.toThrow();
  });

  it('counts for mayNot and mayOnly too', () => {
    const accepted = all.except(right, 'Volcano');
    expect(() => accepted.mayNot(['get customresourcedefinitions']).mayOnly(['list nodes'])).not.toThrow();
    expect(() => all.mayNot(['get customresourcedefinitions'])).toThrow('may get customresourcedefinitions');
    expect(() => all.mayOnly(['list nodes'])).toThrow('may get customresourcedefinitions');
  });

  it('leaves the identity without it as it was', () => {
    janeOfAll(crds).except(right, 'Volcano');
    expect(() => all.mayOnlyIn(['team-1'])).toThrow('2 problems');
  });

  it.each([
    [
      'list pods in team-1',
      'a job',
      'jane may not list pods in team-1, which is expected: no binding gives it; remove the exception',
    ],
    [right, ' ', `AccessExpectation.except: right "${right}" has no reason; say why it is accepted`],
    ['* nodes', 'all', 'AccessExpectation.except: right "* nodes" is not one right; name verb, resource and namespace'],
    [
      'get * in team-1',
      'all',
      'AccessExpectation.except: right "get * in team-1" is not one right; name verb, resource and namespace',
    ],
    [
      'get pods in any namespace',
      'all',
      'AccessExpectation.except: right "get pods in any namespace" is not one right; name verb, resource and namespace',
    ],
  ])('is held, is one right and has a reason: %s, "%s"', (given, reason, problem) => {
    expect(messageOf(() => all.except(given, reason))).toBe(problem);
  });

  it('is what the controller needs with Volcano: one right on the cluster, and nothing else outside of the job namespaces', () => {
    const chart = new Chart(new App(), 'c');
    const jobs = new SparkJobNamespace(chart, 'jobs');
    const operator = new SparkOperator(chart, 'operator', {
      jobNamespaces: [jobs],
      batchSchedulers: [BatchScheduler.VOLCANO],
    });
    const controller = AccessExpectation.of(chart).controllerOf(operator);
    expect(() => controller.mayOnlyIn(['jobs', 'spark-operator'])).toThrow('may get customresourcedefinitions');
    expect(() =>
      controller.except(right, 'looks whether Volcano is installed').mayOnlyIn(['jobs', 'spark-operator']),
    ).not.toThrow();
  });
});

describe('cannotEscalate', () => {
  const strong = [
    role('team-1', 'strong', [can('get', 'secrets')]),
    binding('team-1', 'strong', 'Role/strong', account('team-1', 'strong')),
    role('team-1', 'jane', [can('create', 'pods')]),
    binding('team-1', 'jane', 'Role/jane', group('devs')),
  ];

  it('holds where there is no way', () => {
    expect(() => jane(can('create', 'pods')).cannotEscalate()).not.toThrow();
  });

  it('says the way, what is gained, the binding and what to do', () => {
    expect(
      messageOf(() =>
        expectation(...strong)
          .group('devs')
          .cannotEscalate(),
      ),
    ).toBe(
      'group devs can escalate (create-pods) by create pods in team-1 to the rights of ServiceAccount team-1/strong, ' +
        'among them get secrets in namespace team-1: RoleBinding team-1/jane (manifests[3]) gives it; keep stronger ' +
        'accounts out of the namespace, or give this right in a namespace of its own; RBAC cannot limit as whom pods run',
    );
  });

  it('counts the groups of a user', () => {
    expect(() =>
      expectation(...strong)
        .user('mira')
        .cannotEscalate(),
    ).not.toThrow();
    expect(
      messageOf(() =>
        expectation(...strong)
          .user('mira', ['devs'])
          .cannotEscalate(),
      ),
    ).toMatch(/^mira \(groups devs\) can escalate \(create-pods\)/);
  });

  it('leaves out the ways that are known', () => {
    const devs = expectation(...strong).group('devs');
    expect(() => devs.mayEscalateOnlyBy([EscalationWay.CREATE_PODS])).not.toThrow();
    expect(messageOf(() => devs.mayEscalateOnlyBy([EscalationWay.CHANGE_PODS]))).toContain('(create-pods)');
  });
});

describe('somebody without a credential', () => {
  const heldBy = (name: string): AccessExpectation =>
    expectation(clusterRole('r', [can('get', 'secrets')]), clusterBinding('b', 'r', group(name)));

  it('is in system:unauthenticated, and everybody else in system:authenticated', () => {
    const right = ['get secrets in all namespaces'];
    expect(() => heldBy('system:unauthenticated').user('system:anonymous').mayOnly(right)).not.toThrow();
    expect(() => heldBy('system:unauthenticated').user('jane').mayOnly([])).not.toThrow();
    expect(() => heldBy('system:authenticated').user('jane').mayOnly(right)).not.toThrow();
    expect(() => heldBy('system:authenticated').user('system:anonymous').mayOnly([])).not.toThrow();
  });
});

describe('a role that is not known', () => {
  const one = expectation(binding('team-1', 'b', 'ClusterRole/elsewhere', user('jane'))).user('jane');
  const unknown =
    'jane has what ClusterRole elsewhere allows, which is not known, since it is not among the manifests: RoleBinding team-1/b (manifests[0]) gives it';

  it.each([
    ['mayNot', () => one.mayNot(['get pods in team-2'])],
    ['mayOnly', () => one.mayOnly([])],
    ['mayOnlyIn', () => one.mayOnlyIn(['team-2'])],
    ['cannotEscalate', () => one.cannotEscalate()],
  ])('rules nothing out for %s', (_method, check) => {
    expect(messageOf(check)).toBe(unknown);
  });

  it('is no matter elsewhere, for others, and where Kubernetes has it', () => {
    expect(() => one.mayOnlyIn(['team-1'])).not.toThrow();
    const others = expectation(
      binding('team-1', 'b', 'ClusterRole/elsewhere', user('mira')),
      binding('team-1', 'c', 'ClusterRole/view', user('jane')),
    );
    expect(() => others.user('jane').mayNot(['get secrets in team-1'])).not.toThrow();
  });
});

describe('a right', () => {
  const form =
    'write it as VERB[, VERB] RESOURCE[.GROUP][/SUBRESOURCE] ["NAME"] in NAMESPACE, such as: get, list pods in team-1';

  it.each([
    ['', `cannot be read; ${form}`],
    ['get', `cannot be read; ${form}`],
    ['get pods of team-1', `cannot be read; ${form}`],
    [
      'read pods in team-1',
      'has the verb "read"; verbs are get, list, watch, create, update, patch, delete, deletecollection, bind, escalate, impersonate, approve, sign, attest, use, *',
    ],
    ['get pod in team-1', 'has the resource "pod"; write it in plural, as roles have it: pods'],
    ['get deploy in team-1', 'has the resource "deploy"; write it in plural, as roles have it: deployments'],
    [
      'get workflows in team-1',
      'has the resource "workflows", which Kubernetes does not have; write a custom resource with its group, such as workflows.acme.dev',
    ],
    ['get pods.apps in team-1', 'has the resource "pods", which the group apps does not have'],
    ['get pods/logs in team-1', `has the subresource "logs", which pods do not have; ${form}`],
    ['get secrets', 'has no place; add "in <namespace>", "in all namespaces" or "in any namespace"'],
    ['get nodes in team-1', 'has a place; nodes are in no namespace, so leave "in team-1" out'],
    ['get /metrics in team-1', 'has a place; the path /metrics is in no namespace, so leave "in team-1" out'],
    ['get pods in Team-1', `has the namespace "Team-1", which is no name of one; ${form}`],
    ['get pods in every namespace', `has the namespace "every namespace", which is no name of one; ${form}`],
  ])('"%s" is refused', (text, problem) => {
    expect(messageOf(() => jane().may([text]))).toBe(`AccessExpectation.may: right "${text}" ${problem}`);
  });

  it('that is wrong is told with all others that are', () => {
    expect(messageOf(() => jane().mayNot(['get pod in a', 'get pods in a', 'get secrets']))).toBe(
      [
        'AccessExpectation.mayNot: 2 problems:',
        '  - right "get pod in a" has the resource "pod"; write it in plural, as roles have it: pods',
        '  - right "get secrets" has no place; add "in <namespace>", "in all namespaces" or "in any namespace"',
      ].join('\n'),
    );
  });

  it('of an error can be copied into an expectation', () => {
    const resource = fc
      .constantFrom(...KNOWN_RESOURCES, { apiGroup: 'argoproj.io', resource: 'workflows', namespaced: true })
      .chain(({ apiGroup, resource: name, namespaced }) =>
        fc.record({
          apiGroup: fc.constant(apiGroup),
          resource: fc.constantFrom(name, `${name}/status`),
          namespace: namespaced ? fc.constantFrom('', 'team-1') : fc.constant(''),
          verb: fc.constantFrom('get', 'create', '*'),
          name: fc.constantFrom(undefined, 'a', 'system:a/b'),
        }),
      );
    fc.assert(
      fc.property(resource, (right) => {
        expect(parseRights([describeRight(right)])).toEqual({
          rights: [{ ...right, path: undefined, inAnyNamespace: false }],
          problems: [],
        });
      }),
    );
  });
});

describe('identities of a program', () => {
  const app = Testing.app();
  const platform = new Chart(app, 'platform');
  const team1 = new SparkJobNamespace(platform, 'team-1');
  const operator = new SparkOperator(platform, 'operator', { jobNamespaces: [team1] });
  const airflow = ServiceAccount.fromServiceAccountName(platform, 'airflow', 'worker', { namespaceName: 'airflow' });
  team1.grants.submit(airflow);
  const expectations = AccessExpectation.of(app, { groups: ['nobody'] });

  it('are its drivers, executors, controllers, webhooks and those with a grant', () => {
    expect(() => {
      expectations.driverOf(team1).may(['create pods in team-1']).mayOnlyIn(['team-1']).cannotEscalate();
      expectations.executorOf(team1).mayOnly([]);
      expectations.controllerOf(operator).mayOnlyIn(['team-1', 'spark-operator']);
      expectations.webhookOf(operator).may(['update secrets "spark-operator-webhook-certs" in spark-operator']);
      expectations.identity(airflow).may(['create sparkapplications in team-1']).mayOnlyIn(['team-1']);
      expectations.identity(Group.fromName(platform, 'nobody', 'nobody')).mayOnly([]);
    }).not.toThrow();
  });

  it('have bindings with the path of their construct', () => {
    expect(messageOf(() => expectations.driverOf(team1).mayNot(['create pods in team-1']))).toBe(
      'system:serviceaccount:team-1:spark-driver may create pods in team-1, which is not expected: ' +
        'RoleBinding team-1/spark-driver (platform/team-1/spark-driver-role-binding) gives it',
    );
  });

  it('fail that are nobody', () => {
    const chart = new Chart(new App(), 'c');
    const without = new SparkOperator(chart, 'operator', { webhookEnabled: false });
    expect(messageOf(() => AccessExpectation.of(chart).webhookOf(without))).toBe(
      'AccessExpectation.webhookOf: c/operator has no webhook; leave the expectation out',
    );
    const nowhere = new ServiceAccount(chart, 'nowhere', { metadata: { name: 'nowhere' } });
    expect(messageOf(() => AccessExpectation.of(chart).identity(nowhere))).toBe(
      'AccessExpectation.identity: service account "nowhere" has no namespace; give it one, or name both with serviceAccount',
    );
  });
});
