import * as fs from 'node:fs';
import * as path from 'node:path';
import { AccessSubject } from '../../../lib/access/rbac/access-question';
import { AccessReview } from '../../../lib/access/access-review';
import { Escalation, EscalationSeverity, EscalationWay } from '../../../lib/access/escalation/escalation';
import { annotationOf, PARAMETER_KIND } from '../../../lib/admission-guard/guard-parameters';
import { GUARD_TOPICS } from '../../../lib/admission-guard/guard-policy';
import { ESCALATION_WAYS } from '../../../lib/access/escalation/escalation-ways';
import { account, binding, clusterBinding, clusterRole, group, role, user } from '../rbac-manifests';

const JANE: AccessSubject = { kind: 'User', name: 'jane' };
const RBAC = 'rbac.authorization.k8s.io';
const SPARK = 'sparkoperator.k8s.io';
const ADMISSION = 'admissionregistration.k8s.io';

function can(verbs: string, resources: string, apiGroup = '', ...resourceNames: string[]): object {
  const names = resourceNames.length === 0 ? {} : { resourceNames };
  return { verbs: verbs.split(' '), apiGroups: [apiGroup], resources: resources.split(' '), ...names };
}

/** The account `strong` of `team-1`, which may read Secrets. */
const STRONG = [
  role('team-1', 'strong', [can('get', 'secrets')]),
  binding('team-1', 'strong', 'Role/strong', account('team-1', 'strong')),
];

function inTeam(...rules: object[]): object[] {
  return [role('team-1', 'jane', rules), binding('team-1', 'jane', 'Role/jane', user('jane'))];
}

function inCluster(...rules: object[]): object[] {
  return [clusterRole('jane', rules), clusterBinding('jane', 'jane', user('jane'))];
}

function escalations(manifests: readonly object[], subject = JANE): Escalation[] {
  return AccessReview.ofManifests([...manifests]).canEscalate(subject);
}

/** What is found, in short: `create-pods in team-1 as strong`. */
function found(manifests: readonly object[], subject = JANE): string[] {
  return escalations(manifests, subject).map(({ way, severity, namespace, stronger }) =>
    [
      way,
      ...(severity === EscalationSeverity.HIGH ? [] : [`(${severity})`]),
      ...(namespace === '' ? ['in the cluster'] : [`in ${namespace}`]),
      ...(stronger === undefined ? [] : [`as ${stronger.name}`]),
    ].join(' '),
  );
}

test('an escalation says how, where, what is gained, whose it is, through which binding, and what to do', () => {
  expect(escalations([...STRONG, ...inTeam(can('create get', 'pods'))])).toEqual([
    {
      way: EscalationWay.CREATE_PODS,
      severity: EscalationSeverity.HIGH,
      namespace: 'team-1',
      rights: 'create pods',
      gain: 'the rights of ServiceAccount team-1/strong, among them get secrets in namespace team-1',
      stronger: { kind: 'ServiceAccount', namespace: 'team-1', name: 'strong' },
      chains: [
        {
          subject: { kind: 'User', name: 'jane' },
          binding: 'RoleBinding team-1/jane',
          bindingSource: 'manifests[3]',
          role: 'Role team-1/jane',
          roleSource: 'manifests[2]',
          aggregatedFrom: undefined,
          rule: {
            apiGroups: [''],
            resources: ['pods'],
            verbs: ['create', 'get'],
            resourceNames: [],
            nonResourceUrls: [],
          },
        },
      ],
      remedy:
        'keep stronger accounts out of the namespace, or give this right in a namespace of its own; RBAC cannot limit as whom pods run',
    },
  ]);
});

interface Twins {
  /** What gives the way. */
  readonly may: readonly object[];
  readonly found: readonly string[];
  /** What is next to it and gives nothing. */
  readonly mayNot: readonly object[];
}

const ONLY_TEAM_1 = {
  matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['team-1'] }],
};

function notIn(...values: string[]): object {
  return { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values };
}

/** An admission guard of `team-1` that admits these accounts; or without the binding of one of its policies. */
function guard(accounts: string, withoutTopic?: string, namespaceSelector: object = ONLY_TEAM_1): object[] {
  return [
    {
      ...PARAMETER_KIND,
      metadata: {
        namespace: 'guards',
        name: 'guard-team-1',
        annotations: {
          [annotationOf('driver-accounts')]: accounts,
          [annotationOf('executor-accounts')]: 'spark-executor',
        },
      },
    },
    ...GUARD_TOPICS.flatMap(({ name: topic }) => [
      {
        apiVersion: `${ADMISSION}/v1`,
        kind: 'ValidatingAdmissionPolicy',
        metadata: { name: `guard-${topic}`, labels: { 'app.kubernetes.io/name': 'spark-admission-guard' } },
        spec: { failurePolicy: 'Fail', paramKind: PARAMETER_KIND },
      },
      ...(topic === withoutTopic
        ? []
        : [
            {
              apiVersion: `${ADMISSION}/v1`,
              kind: 'ValidatingAdmissionPolicyBinding',
              metadata: { name: `guard-${topic}-team-1` },
              spec: {
                policyName: `guard-${topic}`,
                validationActions: ['Deny'],
                paramRef: { name: 'guard-team-1', namespace: 'guards', parameterNotFoundAction: 'Deny' },
                matchResources: { namespaceSelector },
              },
            },
          ]),
    ]),
  ];
}

/** An operator's controller with rights of its own on the applications of `team-1`. */
const CONTROLLER = [
  {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: {
      namespace: 'operator',
      name: 'ctl',
      labels: { 'app.kubernetes.io/name': 'spark-operator', 'app.kubernetes.io/component': 'controller' },
    },
  },
  role('team-1', 'ctl', [can('list watch', 'sparkapplications', SPARK)]),
  binding('team-1', 'ctl', 'Role/ctl', account('operator', 'ctl')),
];

function namespace(labels: object): object {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team-1', labels } };
}

function tokenSecret(name: string, accountName: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'kubernetes.io/service-account-token',
    metadata: { namespace: 'team-1', name, annotations: { 'kubernetes.io/service-account.name': accountName } },
  };
}

const POWERFUL = clusterRole('powerful', [can('get', 'secrets')]);
const POWERLESS = clusterRole('powerless', [can('create', 'rolebindings', RBAC)]);

const WAYS: { readonly [way in EscalationWay]: Twins } = {
  [EscalationWay.CREATE_PODS]: {
    may: [...STRONG, ...inTeam(can('create', 'pods'))],
    found: ['create-pods in team-1 as strong'],
    mayNot: [...STRONG, ...inTeam(can('create', 'pods', 'apps'), can('get delete', 'pods'))],
  },
  [EscalationWay.WRITE_WORKLOADS]: {
    may: [...STRONG, ...inTeam(can('patch', 'deployments', 'apps'))],
    found: ['write-workloads in team-1 as strong'],
    mayNot: [...STRONG, ...inTeam(can('patch', 'deployments/scale', 'apps'), can('patch', 'jobs', 'batch'))],
  },
  [EscalationWay.WRITE_APPLICATIONS]: {
    may: [...STRONG, ...inTeam(can('create', 'sparkapplications', SPARK))],
    found: ['write-applications in team-1 as strong'],
    mayNot: [...STRONG, ...guard('spark-driver'), ...inTeam(can('create', 'sparkapplications', SPARK))],
  },
  [EscalationWay.ENTER_CONTROLLER]: {
    may: [...CONTROLLER, ...inTeam(can('create', 'sparkconnects', SPARK))],
    found: ['enter-controller in team-1 as ctl'],
    mayNot: [...CONTROLLER, ...guard('spark-driver'), ...inTeam(can('create', 'sparkconnects', SPARK))],
  },
  [EscalationWay.CHANGE_PODS]: {
    may: [...STRONG, ...inTeam(can('patch', 'pods'))],
    found: ['change-pods in team-1 as strong'],
    mayNot: [...STRONG, ...inTeam(can('patch update', 'pods/status'))],
  },
  [EscalationWay.DEBUG_PODS]: {
    may: [...STRONG, ...inTeam(can('patch', 'pods/ephemeralcontainers'))],
    found: ['debug-pods in team-1 as strong'],
    mayNot: [...STRONG, ...inTeam(can('get', 'pods/ephemeralcontainers'))],
  },
  [EscalationWay.ENTER_PODS]: {
    // A shell is a websocket, and a websocket is a get.
    may: [...STRONG, ...inTeam(can('get', 'pods/exec'))],
    found: ['enter-pods in team-1 as strong'],
    mayNot: [...STRONG, ...inTeam(can('get', 'pods pods/log'), can('list', 'pods/exec pods/attach'))],
  },
  [EscalationWay.REACH_PORTS]: {
    may: inTeam(can('create', 'pods/portforward')),
    found: ['reach-ports (medium) in team-1'],
    mayNot: inTeam(can('get create', 'services')),
  },
  [EscalationWay.CREATE_TOKENS]: {
    may: [...STRONG, ...inTeam(can('create', 'serviceaccounts/token', '', 'strong', 'weak'))],
    found: ['create-tokens in team-1 as strong'],
    mayNot: [
      ...STRONG,
      ...inTeam(can('create', 'serviceaccounts/token', '', 'weak'), can('create', 'serviceaccounts')),
    ],
  },
  [EscalationWay.READ_SECRETS]: {
    may: [tokenSecret('strong-token', 'strong'), ...STRONG, ...inTeam(can('get', 'secrets', '', 'strong-token'))],
    found: ['read-secrets in team-1 as strong'],
    mayNot: [tokenSecret('strong-token', 'strong'), ...STRONG, ...inTeam(can('get', 'secrets', '', 'other'))],
  },
  [EscalationWay.MAKE_TOKEN_SECRETS]: {
    may: [
      binding('team-1', 'strong', 'ClusterRole/admin', account('team-1', 'strong')),
      ...inTeam(can('create', 'secrets'), can('get', 'secrets', '', 'mine')),
    ],
    found: ['make-token-secrets in team-1 as strong'],
    mayNot: [
      binding('team-1', 'strong', 'ClusterRole/admin', account('team-1', 'strong')),
      ...inTeam(can('create', 'secrets', '', 'mine'), can('get', 'secrets', '', 'mine')),
    ],
  },
  [EscalationWay.BIND_ROLES]: {
    may: [POWERFUL, ...inTeam(can('create', 'rolebindings', RBAC), can('bind', 'clusterroles', RBAC, 'powerful'))],
    found: ['bind-roles in team-1'],
    mayNot: [POWERFUL, ...inTeam(can('create update patch', 'rolebindings', RBAC))],
  },
  [EscalationWay.ESCALATE_ROLES]: {
    may: inTeam(can('escalate update', 'roles', RBAC, 'jane')),
    found: ['escalate-roles in team-1'],
    mayNot: inTeam(can('create update patch', 'roles', RBAC)),
  },
  [EscalationWay.IMPERSONATE]: {
    may: [...STRONG, ...inTeam(can('impersonate', 'serviceaccounts'))],
    found: ['impersonate in team-1 as strong'],
    mayNot: [...STRONG, ...inTeam(can('impersonate', 'serviceaccounts', '', 'weak'), can('get', 'serviceaccounts'))],
  },
  [EscalationWay.IMPERSONATE_FIELDS]: {
    may: inCluster(
      can('impersonate', 'users', '', 'mira'),
      can('impersonate', 'userextras/scopes', 'authentication.k8s.io'),
    ),
    found: ['impersonate-fields (medium) in the cluster'],
    // A request with a field names a user too.
    mayNot: inCluster(can('impersonate', 'userextras/scopes', 'authentication.k8s.io')),
  },
  [EscalationWay.CHANGE_REQUESTS]: {
    may: inCluster(can('update', 'mutatingwebhookconfigurations', ADMISSION, 'one')),
    found: ['change-requests in the cluster'],
    mayNot: [
      ...inCluster(can('get delete', 'mutatingwebhookconfigurations', ADMISSION)),
      ...inTeam(can('update', 'mutatingwebhookconfigurations', ADMISSION)),
    ],
  },
  [EscalationWay.READ_REQUESTS]: {
    may: inCluster(can('create', 'validatingwebhookconfigurations', ADMISSION)),
    found: ['read-requests in the cluster'],
    mayNot: inCluster(can('list watch', 'validatingwebhookconfigurations', ADMISSION)),
  },
  [EscalationWay.WEAKEN_POLICIES]: {
    may: inCluster(can('delete', 'validatingadmissionpolicybindings', ADMISSION)),
    found: ['weaken-policies in the cluster'],
    mayNot: inCluster(can('create get', 'validatingadmissionpolicies validatingadmissionpolicybindings', ADMISSION)),
  },
  [EscalationWay.RELABEL_NAMESPACES]: {
    may: inTeam(can('patch', 'namespaces', '', 'team-1')),
    found: ['relabel-namespaces in team-1'],
    mayNot: inTeam(can('get', 'namespaces'), can('patch', 'namespaces', '', 'team-2')),
  },
  [EscalationWay.ENTER_NODES]: {
    may: [namespace({}), ...inTeam(can('create', 'pods'))],
    found: ['enter-nodes in team-1'],
    mayNot: [namespace({ 'pod-security.kubernetes.io/enforce': 'baseline' }), ...inTeam(can('create', 'pods'))],
  },
  [EscalationWay.CREATE_VOLUMES]: {
    may: inCluster(can('create', 'persistentvolumes')),
    found: ['create-volumes in the cluster'],
    mayNot: inCluster(can('create', 'persistentvolumeclaims'), can('get', 'persistentvolumes')),
  },
  [EscalationWay.REACH_KUBELETS]: {
    may: inCluster(can('get', 'nodes/proxy')),
    found: ['reach-kubelets in the cluster'],
    mayNot: inCluster(can('get', 'nodes nodes/metrics nodes/stats')),
  },
  [EscalationWay.APPROVE_CERTIFICATES]: {
    may: inCluster(
      can('update', 'certificatesigningrequests/approval', 'certificates.k8s.io'),
      can('approve', 'signers', 'certificates.k8s.io', 'kubernetes.io/kube-apiserver-client'),
    ),
    found: ['approve-certificates in the cluster'],
    mayNot: inCluster(
      can('update', 'certificatesigningrequests/approval', 'certificates.k8s.io'),
      can('approve', 'signers', 'certificates.k8s.io', 'acme.dev/web'),
    ),
  },
  [EscalationWay.REPLACE_APIS]: {
    may: inCluster(can('patch', 'apiservices', 'apiregistration.k8s.io')),
    found: ['replace-apis in the cluster'],
    mayNot: inCluster(can('get', 'apiservices', 'apiregistration.k8s.io')),
  },
  [EscalationWay.CHANGE_DEFINITIONS]: {
    may: inCluster(can('update', 'customresourcedefinitions', 'apiextensions.k8s.io')),
    found: ['change-definitions in the cluster'],
    mayNot: inCluster(can('get list', 'customresourcedefinitions', 'apiextensions.k8s.io')),
  },
};

describe.each(Object.entries(WAYS))('%s', (_way, twins) => {
  it('is found where the rights are enough', () => {
    expect(found(twins.may)).toEqual(twins.found);
  });

  it('is not found where they are not', () => {
    expect(found(twins.mayNot)).toEqual([]);
  });
});

test('every way has its requests and a remedy', () => {
  for (const [way, { requests, remedy }] of Object.entries(ESCALATION_WAYS)) {
    expect([way, requests.length > 0 || way === EscalationWay.ENTER_NODES, remedy.length > 20]).toEqual([
      way,
      true,
      true,
    ]);
  }
});

test('every way is in the documentation', () => {
  const text = fs.readFileSync(path.join(__dirname, '../../../docs/access-review.md'), 'utf8');
  const [, section] = text.split('## Ways to more rights');
  const documented = [...section.matchAll(/^\| `([a-z-]+)` +\|/gm)].map(([, way]) => way);
  expect(documented).toEqual(Object.values(EscalationWay));
});

describe('what is stronger', () => {
  const createPods = can('create', 'pods');

  it.each([
    ['holds no more', [can('create', 'pods')]],
    ['holds a part of it by name', [can('create', 'pods', '', 'a')]],
  ])('is no account that %s', (_what, rules) => {
    expect(
      found([
        role('team-1', 'other', rules),
        binding('team-1', 'other', 'Role/other', account('team-1', 'other')),
        ...inTeam(createPods),
      ]),
    ).toEqual([]);
  });

  it.each([
    ['another verb', [can('get', 'pods')]],
    ['another resource', [can('create', 'services')]],
    ['another group', [can('create', 'pods', 'metrics.k8s.io')]],
    ['a subresource', [can('create', 'pods/exec')]],
    ['any verb', [can('*', 'pods')]],
  ])('is an account that holds %s', (_what, rules) => {
    expect(
      found([
        role('team-1', 'other', rules),
        binding('team-1', 'other', 'Role/other', account('team-1', 'other')),
        ...inTeam(createPods),
      ]),
    ).toEqual(['create-pods in team-1 as other']);
  });

  it('is an account that holds the same in another namespace too', () => {
    const other = [clusterRole('pods', [createPods]), clusterBinding('other', 'pods', account('team-1', 'other'))];
    expect(found([...other, ...inTeam(createPods)])).toEqual(['create-pods in team-1 as other']);
    expect(found([...other, ...inCluster(createPods)])).toEqual([]);
  });

  it('is no account of another namespace', () => {
    const other = [
      role('team-2', 'other', [can('get', 'secrets')]),
      binding('team-2', 'other', 'Role/other', account('team-2', 'other')),
    ];
    expect(found([...other, ...inTeam(createPods)])).toEqual([]);
  });

  it('is not the subject itself', () => {
    const strong = { kind: 'ServiceAccount', namespace: 'team-1', name: 'strong' };
    const pods = [
      role('team-1', 'pods', [createPods]),
      binding('team-1', 'pods', 'Role/pods', account('team-1', 'strong')),
    ];
    expect(found([...STRONG, ...pods], strong)).toEqual([]);
    expect(found([...STRONG, ...pods], { kind: 'User', name: 'system:serviceaccount:team-1:strong' })).toEqual([]);
  });

  it('is an account without a binding, where its groups hold more', () => {
    const group1 = binding('team-1', 'all', 'Role/strong', group('system:serviceaccounts:team-1'));
    expect(found([STRONG[0], group1, ...inTeam(createPods)])).toEqual(['create-pods in team-1 as default']);
  });

  it('is nobody for who holds everything', () => {
    expect(found([...STRONG, clusterBinding('jane', 'cluster-admin', user('jane'))])).toEqual([]);
    expect(found([...STRONG, ...inTeam(createPods)], { kind: 'Group', name: 'system:masters' })).toEqual([]);
  });
});

describe('the subject', () => {
  const robot = { kind: 'ServiceAccount', namespace: 'ci', name: 'robot' };
  const createPods = role('team-1', 'pods', [can('create', 'pods')]);

  it.each([
    ['system:serviceaccounts', robot],
    ['system:serviceaccounts:ci', robot],
    ['system:authenticated', robot],
    ['system:authenticated', JANE],
    ['system:authenticated', { kind: 'Group', name: 'devs' }],
    ['system:serviceaccounts', { kind: 'Group', name: 'system:serviceaccounts:ci' }],
  ])('holds what %s does', (name, subject) => {
    const all = binding('team-1', 'all', 'Role/pods', group(name));
    expect(found([...STRONG, createPods, all], subject)).toEqual(['create-pods in team-1 as strong']);
  });

  it.each([
    ['system:serviceaccounts:other', robot],
    ['system:serviceaccounts', JANE],
    ['system:unauthenticated', JANE],
    ['devs', JANE],
  ])('does not hold what %s does, if it is not in that group by itself', (name, subject) => {
    const all = binding('team-1', 'all', 'Role/pods', group(name));
    expect(found([...STRONG, createPods, all], subject)).toEqual([]);
  });
});

describe('names', () => {
  it('are needed to create an object by name: only a patch carries one', () => {
    const create = can('create', 'pods', '', 'a');
    expect(found([...STRONG, ...inTeam(create)])).toEqual([]);
    expect(found([...STRONG, ...inTeam(create, can('patch', 'pods', '', 'b'))])).toEqual([
      'change-pods in team-1 as strong',
    ]);
    expect(found([...STRONG, ...inTeam(create, can('patch', 'pods', '', 'a'))])).toEqual([
      'create-pods in team-1 as strong',
      'change-pods in team-1 as strong',
    ]);
  });

  it('that are empty fit every request without a name, and no other', () => {
    expect(found([...STRONG, ...inTeam(can('create', 'pods', '', ''))])).toEqual(['create-pods in team-1 as strong']);
    expect(found([...STRONG, ...inTeam(can('patch', 'pods', '', ''))])).toEqual([]);
  });
});

describe('a guard', () => {
  const create = can('create', 'sparkapplications', SPARK);
  const patch = can('patch', 'sparkapplications', SPARK);

  it('leaves the accounts that it admits', () => {
    expect(found([...STRONG, ...guard('spark-driver\nstrong'), ...inTeam(create)])).toEqual([
      'write-applications in team-1 as strong',
    ]);
  });

  it('leaves nothing to who may change applications and not create them', () => {
    expect(found([...STRONG, ...guard('strong'), ...inTeam(patch)])).toEqual([]);
    expect(found([...STRONG, ...inTeam(patch)])).toEqual(['write-applications in team-1 as strong']);
  });

  it('is as good as none where a policy of it is not bound', () => {
    expect(found([...STRONG, ...guard('spark-driver', 'hardening'), ...inTeam(create)])).toEqual([
      'write-applications in team-1 as strong',
    ]);
  });

  it.each([
    ['that is for all namespaces', { matchExpressions: [] }, []],
    ['that leaves out others', { matchExpressions: [notIn('team-2')] }, []],
    [
      'that leaves it out',
      { matchExpressions: [notIn('team-1', 'team-2')] },
      ['write-applications in team-1 as strong'],
    ],
    [
      'that asks for a label, which may go',
      { matchLabels: { guarded: 'yes' }, matchExpressions: [notIn('team-2')] },
      ['write-applications in team-1 as strong'],
    ],
    [
      'that asks for its name and a label',
      { ...ONLY_TEAM_1, matchLabels: { guarded: 'yes' } },
      ['write-applications in team-1 as strong'],
    ],
  ])('is looked for in a binding %s', (_, selector, expected) => {
    expect(found([...STRONG, ...guard('spark-driver', undefined, selector), ...inTeam(create)])).toEqual(expected);
  });

  it('can be turned off where its parameters stand', () => {
    const writes = [
      role('guards', 'jane', [can('update', 'roles', RBAC, 'guard-team-1')]),
      binding('guards', 'jane', 'Role/jane', user('jane')),
    ];
    expect(found([...guard('spark-driver'), ...writes])).toEqual(['weaken-policies in guards']);
    expect(found(writes)).toEqual([]);
  });
});

describe('Secrets', () => {
  it('may hold tokens that the manifests do not show', () => {
    expect(found([...STRONG, ...inTeam(can('list', 'secrets'))])).toEqual([
      'read-secrets (medium) in team-1 as strong',
    ]);
  });

  it('of a name that the manifests do not show are taken to hold none', () => {
    expect(found([...STRONG, ...inTeam(can('get', 'secrets', '', 'other'))])).toEqual([]);
  });
});

describe('roles', () => {
  const write = can('create', 'rolebindings', RBAC);

  it('that hold no more are no gain', () => {
    expect(found([POWERLESS, ...inTeam(write, can('bind', 'clusterroles', RBAC, 'powerless'))])).toEqual([]);
  });

  it('that are not known are told apart', () => {
    const [escalation] = escalations(inTeam(write, can('bind', 'clusterroles', RBAC, 'elsewhere')));
    expect(escalation).toMatchObject({
      way: EscalationWay.BIND_ROLES,
      severity: EscalationSeverity.MEDIUM,
      gain: 'the rights of ClusterRole elsewhere in namespace team-1, which are not known: it is not among the manifests',
    });
  });

  it('of any name are every right, since every cluster has cluster-admin', () => {
    const [escalation] = escalations(inTeam(write, can('bind', 'clusterroles', RBAC)));
    expect(escalation.gain).toBe('every right in namespace team-1');
  });

  it('of a namespace are those that it has', () => {
    const rules = inTeam(write, can('bind', 'roles', RBAC));
    expect(found(rules)).toEqual([]);
    expect(escalations([...STRONG, ...rules]).map(({ gain }) => gain)).toEqual([
      'the rights of Role team-1/strong, among them get secrets in namespace team-1',
    ]);
  });

  it('can be bound in the cluster only with a right on its bindings', () => {
    const bind = can('bind', 'clusterroles', RBAC, 'powerful');
    const gains = escalations([POWERFUL, ...inCluster(can('create', 'clusterrolebindings', RBAC), bind)]);
    expect(gains.map(({ gain }) => gain)).toEqual([
      'the rights of ClusterRole powerful in the cluster, among them get secrets in all namespaces',
    ]);
    expect(found([POWERFUL, ...inCluster(bind)])).toEqual([]);
  });

  it('are not escalated where the verb is on one and the right to write on another', () => {
    expect(found(inTeam(can('escalate', 'roles', RBAC, 'a'), can('update', 'roles', RBAC, 'b')))).toEqual([]);
  });
});

describe('impersonation', () => {
  const mira = [role('team-1', 'mira', [can('get', 'secrets')]), binding('team-1', 'mira', 'Role/mira', user('mira'))];
  const leads = binding('team-1', 'leads', 'Role/mira', group('leads'));

  it('of users and groups is compared right by right', () => {
    expect(
      found([
        ...mira,
        leads,
        ...inCluster(can('impersonate', 'users', '', 'mira', 'nobody'), can('impersonate', 'groups', '', 'leads')),
      ]),
    ).toEqual(['impersonate in the cluster as leads', 'impersonate in the cluster as mira']);
  });

  it('of a group alone is refused by the API server', () => {
    expect(found([...mira, leads, ...inCluster(can('impersonate', 'groups'))])).toEqual([]);
  });

  it('of anybody is the right of everybody', () => {
    expect(escalations(inCluster(can('impersonate', 'users groups'))).map(({ gain }) => gain)).toEqual([
      'the rights of every group, also of system:masters, which may do everything',
      'the rights of every user',
    ]);
  });

  it('of users and groups counts in the whole cluster only', () => {
    expect(found([...mira, ...inTeam(can('impersonate', 'users'))])).toEqual([]);
  });
});

describe('impersonation for single requests, since Kubernetes 1.36', () => {
  const AUTHENTICATION = 'authentication.k8s.io';
  const mira = [
    role('team-1', 'mira', [can('get list', 'secrets'), can('get', 'configmaps')]),
    binding('team-1', 'mira', 'Role/mira', user('mira'), group('leads'), account('team-1', 'strong')),
  ];
  const asMira = can('impersonate:user-info', 'users', AUTHENTICATION, 'mira');
  const gains = (...rules: object[]): string[] =>
    escalations([...mira, ...inCluster(...rules)]).map(({ gain }) => gain);

  it('gives what the other holds of what may be asked for', () => {
    expect(gains(asMira, can('impersonate-on:user-info:get', 'secrets'))).toEqual([
      'what User mira may do of get secrets in all namespaces, among that get secrets in namespace team-1',
    ]);
    expect(escalations([...mira, ...inCluster(asMira, can('impersonate-on:user-info:get', 'secrets'))])).toMatchObject([
      {
        way: EscalationWay.IMPERSONATE,
        severity: EscalationSeverity.HIGH,
        stronger: { kind: 'User', name: 'mira' },
        rights: 'impersonate:user-info users.authentication.k8s.io "mira"; impersonate-on:user-info:get secrets',
      },
    ]);
  });

  it.each([
    ['without a right on what', [asMira]],
    ['without a right on whom', [can('impersonate-on:user-info:get', 'secrets')]],
    ['for what the other does not hold', [asMira, can('impersonate-on:user-info:delete', 'secrets')]],
    ['for another resource', [asMira, can('impersonate-on:user-info:get', 'pods')]],
    [
      'for what is held anyway',
      [asMira, can('impersonate-on:user-info:get', 'secrets'), can('get list', 'secrets configmaps')],
    ],
    ['for requests as an account', [asMira, can('impersonate-on:serviceaccount:get', 'secrets')]],
    [
      'on the core group, which has no such verb',
      [can('impersonate:user-info', 'users', '', 'mira'), can('impersonate-on:user-info:get', 'secrets')],
    ],
    [
      'as a group alone',
      [can('impersonate:user-info', 'groups', AUTHENTICATION, 'leads'), can('impersonate-on:user-info:get', 'secrets')],
    ],
  ])('gives nothing %s', (_, rules) => {
    expect(gains(...rules)).toEqual([]);
  });

  it('counts groups beside a user, and accounts in their namespace', () => {
    const nobody = can('impersonate:user-info', 'users', AUTHENTICATION, 'nobody');
    const leads = can('impersonate:user-info', 'groups', AUTHENTICATION, 'leads');
    expect(gains(nobody, leads, can('impersonate-on:user-info:list', 'secrets'))).toEqual([
      'what Group leads may do of list secrets in all namespaces, among that list secrets in namespace team-1',
    ]);
    const strong = [
      can('impersonate:serviceaccount', 'serviceaccounts', AUTHENTICATION, 'strong'),
      can('impersonate-on:serviceaccount:get', 'configmaps'),
    ];
    expect(escalations([...mira, ...inTeam(...strong)]).map(({ namespace, gain }) => [namespace, gain])).toEqual([
      [
        'team-1',
        'what ServiceAccount team-1/strong may do of get configmaps in namespace team-1, among that get configmaps in namespace team-1',
      ],
    ]);
  });

  it('is of everybody where no name limits it', () => {
    const anybody = can('impersonate:user-info', 'users', AUTHENTICATION);
    expect(gains(anybody, can('impersonate-on:user-info:get', 'secrets'))).toEqual([
      'what every user may do of get secrets in all namespaces',
    ]);
  });
});

describe('wildcards', () => {
  it('stand for what they cover', () => {
    expect(found([...STRONG, ...inTeam({ verbs: ['*'], apiGroups: ['*'], resources: ['*/exec'] })])).toEqual([
      'enter-pods in team-1 as strong',
    ]);
  });

  it('in one namespace are every way there, and none to what is held already', () => {
    const outside = [
      role('team-2', 'strong', [can('get', 'secrets')]),
      binding('team-2', 'strong', 'Role/strong', account('team-1', 'strong')),
    ];
    const everything = inTeam({ verbs: ['*'], apiGroups: ['*'], resources: ['*'] });
    expect(found(everything)).toEqual(['reach-ports (medium) in team-1', 'relabel-namespaces in team-1']);
    expect(new Set(found([...outside, ...everything]))).toEqual(
      new Set([
        'create-pods in team-1 as strong',
        'write-workloads in team-1 as strong',
        'write-applications in team-1 as strong',
        'change-pods in team-1 as strong',
        'debug-pods in team-1 as strong',
        'enter-pods in team-1 as strong',
        'reach-ports (medium) in team-1',
        'create-tokens in team-1 as strong',
        'read-secrets (medium) in team-1 as strong',
        'make-token-secrets in team-1 as strong',
        'impersonate in team-1 as strong',
        'relabel-namespaces in team-1',
      ]),
    );
  });
});

describe('rights in the whole cluster', () => {
  it('are told in each namespace with a stronger account', () => {
    const other = [
      role('team-2', 'other', [can('get', 'secrets')]),
      binding('team-2', 'other', 'Role/other', account('team-2', 'other')),
    ];
    expect(found([...STRONG, ...other, ...inCluster(can('create', 'pods'))])).toEqual([
      'create-pods in team-1 as strong',
      'create-pods in team-2 as other',
    ]);
  });

  it('are told once where they give the same everywhere', () => {
    const both = [...inCluster(can('create', 'pods/portforward')), ...inTeam(can('get', 'configmaps'))];
    expect(found(both)).toEqual(['reach-ports (medium) in the cluster']);
  });
});

test('1,000 namespaces with their identities take a few seconds', () => {
  const manifests = Array.from({ length: 1000 }, (_, index) => `team-${index}`).flatMap((name) => [
    role(name, 'driver', [can('create get list watch delete', 'pods'), can('create', 'configmaps')]),
    binding(name, 'driver', 'Role/driver', account(name, 'driver')),
    role(name, 'submit', [can('create patch', 'sparkapplications', SPARK), can('get', 'pods')]),
    binding(name, 'submit', 'Role/submit', account('airflow', `worker-${name}`)),
    role(name, 'controller', [can('create delete', 'pods'), can('list watch', 'sparkapplications', SPARK)]),
    binding(name, 'controller', 'Role/controller', account('operator', 'controller')),
  ]);
  const review = AccessReview.ofManifests([
    ...manifests,
    // As every cluster has it.
    clusterRole('discovery', [{ verbs: ['get'], nonResourceURLs: ['/api', '/api/*'] }]),
    clusterBinding('discovery', 'discovery', group('system:authenticated')),
  ]);
  const subjects = review._subjects();
  const start = Date.now();
  const count = subjects.reduce((sum, subject) => sum + review.canEscalate(subject).length, 0);
  expect(subjects).toHaveLength(2002);
  expect(count).toBe(2000);
  expect(Date.now() - start).toBeLessThan(10_000);
});
