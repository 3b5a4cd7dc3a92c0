import { AccessReview } from '../../lib/access/access-review';
import { EscalationWay } from '../../lib/access/escalation/escalation';
import { binding, clusterRole, account, role } from '../access/rbac-manifests';
import { Answer, ApiServer, Credentials, Request } from './api-server';
import { kubectl, tryKubectl, until } from './support';

/**
 * Ways to more rights, each really gone with the token of an account of its own; and beside it an account that lacks a part of
 * what it takes, and is refused. Both must be what the review says of them.
 */
const RUN = Date.now().toString(36);
const TEAM = `escalate-${RUN}`;
const POWERFUL = `escalate-${RUN}-powerful`;
const RBAC = 'rbac.authorization.k8s.io';

const CORE = `/api/v1/namespaces/${TEAM}`;
const RIGHTS = `/apis/${RBAC}/v1/namespaces/${TEAM}`;
const NOT_HELD = 'is attempting to grant RBAC permissions not currently held';

interface Rule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
}

function can(verbs: string, resource: string, apiGroup = '', ...resourceNames: string[]): Rule {
  const names = resourceNames.length === 0 ? {} : { resourceNames };
  return { verbs: verbs.split(' '), apiGroups: [apiGroup], resources: [resource], ...names };
}

interface Gained {
  readonly credentials: Credentials;
  readonly headers?: Record<string, string>;
}

/** One account, what it does, and whether that makes it stronger. */
interface Attempt {
  readonly account: string;
  readonly rules: readonly Rule[];
  readonly call: Request;
  /** Undefined where it is none. */
  readonly way?: EscalationWay;
  /** The words of a refusal. */
  readonly refusal?: string;
  /** With what it can read Secrets afterwards, which it could not before; the same credentials for its own. */
  readonly credentials?: (own: Credentials, answer: Answer) => Gained;
}

const asItself = (own: Credentials): Gained => ({ credentials: own });

const container = { name: 'main', image: 'registry.acme.dev/none:1', imagePullPolicy: 'Never' };
const pod = (name: string): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: TEAM },
  spec: { serviceAccountName: 'strong', containers: [container] },
});
const post = (path: string, body: object): Request => ({ method: 'POST', path, body });
const patch = (path: string, body: object, type = 'application/merge-patch+json'): Request => ({
  ...{ method: 'PATCH', path, body, headers: { 'Content-Type': type } },
});
const bindingTo = (name: string, subject: string): Request =>
  post(`${RIGHTS}/rolebindings`, binding(TEAM, name, `ClusterRole/${POWERFUL}`, account(TEAM, subject)));

const asStrong = { 'Impersonate-User': `system:serviceaccount:${TEAM}:strong` };

const ATTEMPTS: readonly Attempt[] = [
  {
    account: 'creates-pods',
    rules: [can('create', 'pods')],
    call: post(`${CORE}/pods`, pod('created')),
    way: EscalationWay.CREATE_PODS,
  },
  {
    account: 'creates-pods-by-name',
    rules: [can('create', 'pods', '', 'named')],
    call: post(`${CORE}/pods`, pod('named')),
    refusal: 'cannot create resource "pods"',
  },
  {
    account: 'applies-pods-by-name',
    rules: [can('create patch', 'pods', '', 'applied')],
    call: patch(`${CORE}/pods/applied?fieldManager=test`, pod('applied'), 'application/apply-patch+yaml'),
    way: EscalationWay.CREATE_PODS,
  },
  {
    account: 'changes-pods',
    rules: [can('patch', 'pods')],
    call: patch(
      `${CORE}/pods/running`,
      { spec: { containers: [{ name: 'main', image: 'registry.acme.dev/other:1' }] } },
      'application/strategic-merge-patch+json',
    ),
    way: EscalationWay.CHANGE_PODS,
  },
  {
    account: 'labels-pods-status',
    rules: [can('patch', 'pods/status')],
    call: patch(`${CORE}/pods/running`, { metadata: { labels: { a: 'b' } } }),
    refusal: 'cannot patch resource "pods"',
  },
  {
    account: 'debugs-pods',
    rules: [can('patch', 'pods/ephemeralcontainers')],
    call: patch(
      `${CORE}/pods/running/ephemeralcontainers`,
      { spec: { ephemeralContainers: [{ ...container, name: 'shell' }] } },
      'application/strategic-merge-patch+json',
    ),
    way: EscalationWay.DEBUG_PODS,
  },
  {
    account: 'writes-jobs',
    rules: [can('create', 'jobs', 'batch')],
    call: post(`/apis/batch/v1/namespaces/${TEAM}/jobs`, {
      metadata: { name: 'created', namespace: TEAM },
      spec: { template: { spec: { serviceAccountName: 'strong', restartPolicy: 'Never', containers: [container] } } },
    }),
    way: EscalationWay.WRITE_WORKLOADS,
  },
  {
    account: 'creates-tokens',
    rules: [can('create', 'serviceaccounts/token', '', 'strong')],
    call: post(`${CORE}/serviceaccounts/strong/token`, {}),
    way: EscalationWay.CREATE_TOKENS,
    credentials: (_own, { text }) => ({
      credentials: { token: (JSON.parse(text) as { status: { token: string } }).status.token },
    }),
  },
  {
    account: 'creates-weak-tokens',
    rules: [can('create', 'serviceaccounts/token', '', 'default')],
    call: post(`${CORE}/serviceaccounts/strong/token`, {}),
    refusal: 'cannot create resource "serviceaccounts/token"',
  },
  {
    account: 'binds',
    rules: [can('create', 'rolebindings', RBAC), can('bind', 'clusterroles', RBAC, POWERFUL)],
    call: bindingTo('bound', 'binds'),
    way: EscalationWay.BIND_ROLES,
    credentials: asItself,
  },
  {
    account: 'binds-only-what-it-holds',
    rules: [can('create', 'rolebindings', RBAC)],
    call: bindingTo('not-bound', 'binds-only-what-it-holds'),
    refusal: NOT_HELD,
  },
  {
    account: 'joins-a-binding',
    rules: [can('patch', 'rolebindings', RBAC), can('bind', 'clusterroles', RBAC, POWERFUL)],
    call: patch(`${RIGHTS}/rolebindings/powerful`, { subjects: [account(TEAM, 'joins-a-binding')] }),
    way: EscalationWay.BIND_ROLES,
    credentials: asItself,
  },
  {
    account: 'joins-no-binding',
    rules: [can('patch', 'rolebindings', RBAC)],
    call: patch(`${RIGHTS}/rolebindings/powerful`, { subjects: [account(TEAM, 'joins-no-binding')] }),
    refusal: NOT_HELD,
  },
  {
    account: 'escalates',
    rules: [can('patch escalate', 'roles', RBAC, 'escalates')],
    call: patch(`${RIGHTS}/roles/escalates`, { rules: [can('list', 'secrets')] }),
    way: EscalationWay.ESCALATE_ROLES,
    credentials: asItself,
  },
  {
    account: 'writes-roles',
    rules: [can('patch', 'roles', RBAC)],
    call: patch(`${RIGHTS}/roles/writes-roles`, { rules: [can('list', 'secrets')] }),
    refusal: NOT_HELD,
  },
  {
    account: 'impersonates',
    rules: [can('impersonate', 'serviceaccounts', '', 'strong')],
    call: { method: 'GET', path: `${CORE}/secrets`, headers: asStrong },
    way: EscalationWay.IMPERSONATE,
    credentials: (own) => ({ credentials: own, headers: asStrong }),
  },
  {
    account: 'impersonates-others',
    rules: [can('impersonate', 'serviceaccounts', '', 'default'), can('impersonate', 'users')],
    call: { method: 'GET', path: `${CORE}/secrets`, headers: asStrong },
    refusal: 'cannot impersonate resource "serviceaccounts"',
  },
  {
    account: 'reads-a-token',
    rules: [can('get', 'secrets', '', 'strong-token')],
    call: { method: 'GET', path: `${CORE}/secrets/strong-token` },
    way: EscalationWay.READ_SECRETS,
    credentials: (_own, answer) => ({ credentials: tokenIn(answer) }),
  },
  {
    account: 'reads-another-secret',
    rules: [can('get', 'secrets', '', 'other')],
    call: { method: 'GET', path: `${CORE}/secrets/strong-token` },
    refusal: 'cannot get resource "secrets"',
  },
  {
    account: 'relabels',
    rules: [can('patch', 'namespaces')],
    call: patch(`/api/v1/namespaces/${TEAM}`, {
      metadata: { labels: { 'pod-security.kubernetes.io/warn': 'baseline' } },
    }),
    way: EscalationWay.RELABEL_NAMESPACES,
  },
  {
    account: 'relabels-another',
    rules: [can('patch', 'namespaces', '', 'default')],
    call: patch('/api/v1/namespaces/default', {
      metadata: { labels: { 'pod-security.kubernetes.io/warn': 'baseline' } },
    }),
    refusal: 'cannot patch resource "namespaces"',
  },
];

const tokenSecret = {
  apiVersion: 'v1',
  kind: 'Secret',
  type: 'kubernetes.io/service-account-token',
  metadata: {
    namespace: TEAM,
    name: 'strong-token',
    annotations: { 'kubernetes.io/service-account.name': 'strong' },
  },
};

/** Everything that the review and the cluster are given. */
const MANIFESTS: readonly object[] = [
  {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: TEAM, labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } },
  },
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { namespace: TEAM, name: 'strong' } },
  tokenSecret,
  clusterRole(POWERFUL, [can('list', 'secrets')]),
  role(TEAM, 'strong', [can('list', 'secrets')]),
  binding(TEAM, 'strong', 'Role/strong', account(TEAM, 'strong')),
  binding(TEAM, 'powerful', `ClusterRole/${POWERFUL}`, account(TEAM, 'strong')),
  ...ATTEMPTS.flatMap(({ account: name, rules }) => [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { namespace: TEAM, name } },
    role(TEAM, name, rules),
    binding(TEAM, name, `Role/${name}`, account(TEAM, name)),
  ]),
];

const server = new ApiServer();
const review = AccessReview.ofManifests([...MANIFESTS]);
const tokens = new Map<string, Credentials>();

function tokenIn({ text }: Answer): Credentials {
  const { data } = JSON.parse(text) as { data: { token: string } };
  return { token: Buffer.from(data.token, 'base64').toString() };
}

/** A new right takes a moment. */
async function statusSoon(expected: number, { credentials, headers }: Gained): Promise<number> {
  let status = 0;
  for (let tries = 0; status !== expected && tries < 50; tries++) {
    if (tries > 0) await new Promise((resolve) => setTimeout(resolve, 100));
    status = await statusOfSecrets(credentials, headers);
  }
  return status;
}

async function statusOfSecrets(credentials: Credentials, headers?: Record<string, string>): Promise<number> {
  return (await server.ask(credentials, { method: 'GET', path: `${CORE}/secrets`, headers })).status;
}

beforeAll(async () => {
  kubectl(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: MANIFESTS }));
  for (const { account: name } of ATTEMPTS) {
    const { text } = await server.ask(server.admin, post(`${CORE}/serviceaccounts/${name}/token`, {}));
    tokens.set(name, { token: (JSON.parse(text) as { status: { token: string } }).status.token });
  }
  kubectl(['apply', '-f', '-'], JSON.stringify(pod('running')));
  await until('the token of the Secret', 30, () =>
    kubectl(['-n', TEAM, 'get', 'secret', 'strong-token', '-o', 'jsonpath={.data}']).includes('"token"'),
  );
});

afterAll(() => {
  tryKubectl(['delete', 'namespace', TEAM, '--wait=false']);
  tryKubectl(['delete', 'clusterrole', POWERFUL, '--ignore-not-found']);
  server.close();
});

const succeeding = ATTEMPTS.filter(({ way }) => way !== undefined);
const refused = ATTEMPTS.filter(({ way }) => way === undefined);

it.each(succeeding)('$account gets more: $way', async ({ account: name, call, way, credentials }) => {
  const own = tokens.get(name) ?? {};
  expect(await statusOfSecrets(own)).toBe(403);
  const answer = await server.ask(own, call);
  const isNew = call.method === 'POST' || way === EscalationWay.CREATE_PODS;
  expect(answer).toMatchObject({ status: isNew ? 201 : 200 });
  // Who runs a pod as another account has its rights there, and none by the own token.
  const gained = credentials?.(own, answer) ?? { credentials: own };
  const expected = credentials === undefined ? 403 : 200;
  expect(await statusSoon(expected, gained)).toBe(expected);
  expect(waysOf(name)).toContain(way);
});

it.each(refused)('$account does not: $refusal', async ({ account: name, call, refusal }) => {
  const answer = await server.ask(tokens.get(name) ?? {}, call);
  expect(answer).toMatchObject({ status: 403, message: expect.stringContaining(refusal ?? '') });
  expect(waysOf(name)).toEqual([]);
});

it('nobody acts as a group alone', async () => {
  const headers = { 'Impersonate-Group': 'system:masters' };
  const answer = await server.ask(server.admin, { method: 'GET', path: `${CORE}/secrets`, headers });
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.message).toContain('without impersonating a user');
});

function waysOf(name: string): EscalationWay[] {
  return review.canEscalate({ kind: 'ServiceAccount', namespace: TEAM, name }).map(({ way }) => way);
}
