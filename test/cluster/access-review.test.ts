import * as fc from 'fast-check';
import { AccessQuestion, AccessRule } from '../../lib/access/rbac/access-question';
import { AccessReview } from '../../lib/access/access-review';
import { BUILT_IN_ROLES } from '../../lib/access/rbac/built-in-roles';
import { RbacReader } from '../../lib/access/rbac/rbac-reader';
import { aggregatedRole, binding, clusterBinding, clusterRole, role, user } from '../access/rbac-manifests';
import { RandomPolicy, Written } from '../access/random-policy';
import { Answer, ApiServer, dryRun, Request } from './api-server';
import { kubectl, tryKubectl } from './support';

const POLICIES = 35;
const QUESTIONS_OF_EACH = 600;
const AT_ONCE = 20;

/** The same policies and questions on every run; other ones with FAST_CHECK_SEED. */
const SEED = POLICIES * Number(process.env.FAST_CHECK_SEED ?? 1);

const RBAC_PATH = '/apis/rbac.authorization.k8s.io/v1';
const LABEL = 'cdk8s-spark-access-review';

/** Differs on every run, so that nothing of an earlier one is in the way. */
const run = `review-${Date.now().toString(36)}`;
const prefixes = Array.from({ length: POLICIES }, (_, index) => `${run}-${index}`);

const server = new ApiServer();
let policies: Written[][] = [];
let review: AccessReview;

beforeAll(async () => {
  const namespaces = ['a', 'b', 'c', 'last'].map((name) => `${run}-${name}`);
  await inTurns(namespaces, (name) => create({ kind: 'Namespace', metadata: { name } }));
  policies = prefixes.map(
    (prefix, index) => fc.sample(new RandomPolicy(prefix, run).manifests(), { numRuns: 1, seed: SEED + index })[0],
  );
  const existing = JSON.parse(
    kubectl(['get', 'clusterroles,clusterrolebindings,roles,rolebindings', '--all-namespaces', '-o', 'json']),
  ) as { items: Written[] };
  await inTurns(policies.flat(), create);
  await untilInEffect();
  review = AccessReview.ofManifests([...existing.items, ...policies.flat()]);
});

afterAll(async () => {
  const all = `labelSelector=${LABEL}=${run}`;
  for (const kind of ['clusterrolebindings', 'clusterroles']) {
    await server.ask(server.admin, { method: 'DELETE', path: `${RBAC_PATH}/${kind}?${all}` });
  }
  tryKubectl(['delete', 'namespace', '--wait=false', '-l', `${LABEL}=${run}`]);
  server.close();
});

it('answers as the API server does', async () => {
  const questions = prefixes.flatMap((prefix, index) =>
    fc.sample(
      new RandomPolicy(prefix, run).question(
        policies[index],
        'system:authenticated',
        'system:unauthenticated',
        'system:serviceaccounts',
      ),
      { numRuns: QUESTIONS_OF_EACH, seed: SEED + index },
    ),
  );
  const disagreements: { question: AccessQuestion; expected: boolean; reason: string }[] = [];
  let allowed = 0;
  await inTurns(questions, async (question) => {
    const expected = await askServer(question);
    const answer = review.can(question);
    if (expected) allowed++;
    if (answer.allowed !== expected) disagreements.push({ question, expected, reason: answer.reason });
  });
  expect(disagreements).toEqual([]);
  expect(questions.length).toBeGreaterThanOrEqual(20_000);
  // Questions that are all refused would prove nothing.
  expect(allowed / questions.length).toBeGreaterThan(0.1);
});

describe('an object', () => {
  const rule = { verbs: ['get'], apiGroups: [''], resources: ['pods'], resourceNames: ['a'] };
  const paths = { verbs: ['get'], nonResourceURLs: ['/metrics'] };
  const subjects = [
    { kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'jane' },
    { kind: 'ServiceAccount', apiGroup: '', name: 'x', namespace: 'default' },
  ];
  const selector = { matchLabels: { a: 'b' }, matchExpressions: [{ key: 'a', operator: 'In', values: ['b'] }] };
  const whole: Written[] = [
    role('default', 'odd', [rule]),
    clusterRole('odd', [rule, paths], { a: 'b' }),
    { ...clusterRole('odd', []), aggregationRule: { clusterRoleSelectors: [selector] } },
    binding('default', 'odd', 'Role/odd', ...subjects),
    clusterBinding('odd', 'odd', ...subjects),
  ];
  const values = [
    ...[
      undefined,
      null,
      '',
      'a',
      'A/b',
      '..',
      '%',
      5,
      true,
      [],
      ['a'],
      [null],
      [5],
      [['a']],
      [{}],
      {},
      { a: 'b' },
      { a: 5 },
    ],
    ...['User', 'Group', 'ServiceAccount', 'Role', 'ClusterRole', 'user', 'In', 'Exists', 'rbac.authorization.k8s.io'],
    ...[
      'x'.repeat(64),
      'x'.repeat(254),
      'a.b',
      'a_b',
      '-a',
      'a b',
      { 'a/b/c': 'd' },
      { a: 'b c' },
      { 'A.b/C_d': 'E-f' },
    ],
  ];

  it('is left out where the API server refuses it, and nowhere else', async () => {
    const variants = whole.flatMap((manifest) =>
      pathsOf(manifest).flatMap((path) =>
        values.map((value) => ({ path, value, manifest: withValue(manifest, path, value) })),
      ),
    );
    const disagreements: object[] = [];
    let refusals = 0;
    await inTurns(variants, async ({ path, value, manifest }) => {
      const { status, message } = await server.ask(server.admin, dryRun(creation(manifest)));
      const problems = AccessReview.ofManifests([manifest]).problems.filter((problem) => problem.includes('refuses'));
      if (status !== 201) refusals++;
      if ((status === 201) !== (problems.length === 0)) {
        disagreements.push({
          path: path.join('.'),
          value,
          kind: manifest.kind,
          message: status === 201 ? 'accepted' : message,
          problems,
        });
      }
    });
    expect(disagreements).toEqual([]);
    expect(refusals).toBeGreaterThan(variants.length / 4);
  });
});

it('knows the roles that every cluster has', () => {
  const existing = JSON.parse(kubectl(['get', 'clusterroles', '-o', 'json'])) as { items: Written[] };
  const names = new Set(BUILT_IN_ROLES.map(({ name }) => name));
  const isBuiltIn = ({ metadata }: Written): boolean => names.has((metadata as { name: string }).name);
  const ours = BUILT_IN_ROLES.map(({ name, rules }) => [name, rightsIn(rules)]);
  const roles = new RbacReader(existing.items.filter(isBuiltIn).map((manifest) => ({ source: '', manifest }))).roles;
  const theirs = roles.map(({ name, rules, selectors }) => [name, rightsIn(selectors === undefined ? rules : [])]);
  expect(Object.fromEntries(ours)).toEqual(Object.fromEntries(theirs));
});

function rightsIn(rules: readonly AccessRule[]): string[] {
  const rights = rules.flatMap(({ verbs, apiGroups, resources, nonResourceUrls }) =>
    verbs.flatMap((verb) => [
      ...apiGroups.flatMap((apiGroup) => resources.map((resource) => `${verb} ${apiGroup}/${resource}`)),
      ...nonResourceUrls.map((url) => `${verb} ${url}`),
    ]),
  );
  return [...new Set(rights)].sort();
}

/** The path of every field and item but those that say what and where the object is. */
function pathsOf(value: unknown, path: readonly string[] = []): string[][] {
  const here = ['', 'apiVersion', 'kind', 'metadata', 'metadata.namespace'].includes(path.join('.')) ? [] : [[...path]];
  if (typeof value !== 'object' || value === null) return here;
  return [...here, ...Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, key]))];
}

function withValue(manifest: Written, path: readonly string[], value: unknown): Written {
  const copy = JSON.parse(JSON.stringify(manifest)) as Written;
  const parent = path
    .slice(0, -1)
    .reduce((object, key) => object[key] as Record<string, unknown>, copy as Record<string, unknown>);
  parent[path[path.length - 1]] = value;
  return JSON.parse(JSON.stringify(copy)) as Written;
}

async function askServer({
  user: name,
  groups,
  path,
  verb,
  apiGroup,
  ...attributes
}: AccessQuestion): Promise<boolean> {
  const answer = await server.ask(server.admin, {
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/subjectaccessreviews',
    body: {
      spec: {
        user: name,
        groups,
        ...(path === undefined
          ? { resourceAttributes: { verb, group: apiGroup, ...attributes } }
          : { nonResourceAttributes: { verb, path } }),
      },
    },
  });
  expectCreated(answer);
  return (JSON.parse(answer.text) as { status: { allowed: boolean } }).status.allowed;
}

async function create(manifest: Written): Promise<void> {
  const { metadata } = manifest as { metadata: { labels?: object } };
  const labels = { ...metadata.labels, [LABEL]: run };
  expectCreated(await server.ask(server.admin, creation({ ...manifest, metadata: { ...metadata, labels } })));
}

function creation(manifest: Written): Request {
  const { namespace } = manifest.metadata as { namespace?: string };
  const kind = String(manifest.kind);
  const place = namespace === undefined ? '' : `/namespaces/${namespace}`;
  const path = kind === 'Namespace' ? '/api/v1/namespaces' : `${RBAC_PATH}${place}/${kind.toLowerCase()}s`;
  return { method: 'POST', path, body: manifest };
}

function expectCreated({ status, message }: Answer): void {
  if (status !== 201) throw new Error(`the API server answers ${status}: ${message}`);
}

/** The last object of each kind is known to the authorizer, and the controller has filled every role that aggregates. */
async function untilInEffect(): Promise<void> {
  const rules = (resource: string): object[] => [{ apiGroups: [run], resources: [resource], verbs: ['get'] }];
  await create(clusterRole(`${run}-last`, rules('part'), { [run]: 'last' }));
  await create(aggregatedRole(`${run}-whole`, [{ [run]: 'last' }]));
  await create(role(`${run}-last`, 'last', rules('one')));
  await create(binding(`${run}-last`, 'last', 'Role/last', user(run)));
  await create(clusterBinding(`${run}-last`, `${run}-whole`, user(run)));
  for (const [resource, namespace] of Object.entries({ part: '', one: `${run}-last` })) {
    const question = { user: run, verb: 'get', apiGroup: run, resource, namespace };
    for (const end = Date.now() + 60_000; !(await askServer(question));) {
      if (Date.now() > end) throw new Error(`the right to ${resource} is not in effect after 60 s`);
      await pause(100);
    }
  }
  for (let before = '', now = await aggregatedRules(); before !== now; now = await aggregatedRules()) {
    before = now;
    await pause(2000);
  }
}

async function aggregatedRules(): Promise<string> {
  const { text } = await server.ask(server.admin, {
    method: 'GET',
    path: `${RBAC_PATH}/clusterroles?labelSelector=${LABEL}=${run}`,
  });
  const { items } = JSON.parse(text) as { items: { metadata: { name: string }; rules?: object[] }[] };
  return JSON.stringify(items.map(({ metadata, rules }) => [metadata.name, rules]));
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Does something with each item, with some of them at once. */
async function inTurns<T>(items: readonly T[], action: (item: T) => Promise<void>): Promise<void> {
  const open = [...items].reverse();
  const worker = async (): Promise<void> => {
    for (let item = open.pop(); item !== undefined; item = open.pop()) await action(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
