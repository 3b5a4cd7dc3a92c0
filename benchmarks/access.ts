import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ApiObject, ApiObjectProps, App, Chart } from 'cdk8s';
import { dump } from 'js-yaml';
import { AccessQuestion } from '../lib/access/rbac/access-question';
import { AccessReview } from '../lib/access/access-review';

/** Measures the access review: how long it takes to build one, and to ask it. The median of the rounds counts. */
const NAMESPACES = 1_000;
const BINDINGS_OF_EACH = 10;
const ROLES_OF_EACH = 2;
const QUESTIONS = 100_000;
const ROUNDS = Number(process.env.ROUNDS ?? 5);

const GROUP = 'rbac.authorization.k8s.io';

function manifestsOf(namespace: string): ApiObjectProps[] {
  const metadata = (name: string): ApiObjectProps['metadata'] => ({ namespace, name });
  const rules = [
    { apiGroups: [''], resources: ['pods', 'services', 'configmaps'], verbs: ['get', 'list', 'watch', 'create'] },
    { apiGroups: ['sparkoperator.k8s.io'], resources: ['sparkapplications'], verbs: ['get', 'list', 'create'] },
    { apiGroups: [''], resources: ['secrets'], verbs: ['get'], resourceNames: ['key'] },
  ];
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    ...names('role', ROLES_OF_EACH).map((name) => ({
      apiVersion: `${GROUP}/v1`,
      kind: 'Role',
      metadata: metadata(name),
      rules,
    })),
    ...names('identity', BINDINGS_OF_EACH).map((name, index) => ({
      apiVersion: `${GROUP}/v1`,
      kind: 'RoleBinding',
      metadata: metadata(name),
      roleRef: { apiGroup: GROUP, kind: 'Role', name: `role-${index % ROLES_OF_EACH}` },
      subjects: [
        { kind: 'ServiceAccount', namespace, name },
        { apiGroup: GROUP, kind: 'Group', name: 'auditors' },
      ],
    })),
  ];
}

function names(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
}

function question(index: number): AccessQuestion {
  const namespace = `team-${index % NAMESPACES}`;
  return {
    user: `system:serviceaccount:${namespace}:identity-${index % BINDINGS_OF_EACH}`,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated', 'auditors'],
    verb: index % 2 === 0 ? 'create' : 'delete',
    apiGroup: 'sparkoperator.k8s.io',
    resource: 'sparkapplications',
    namespace: `team-${(index + (index % 3)) % NAMESPACES}`,
  };
}

function median(action: () => void): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    action();
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)];
}

const namespaces = Array.from({ length: NAMESPACES }, (_, index) => manifestsOf(`team-${index}`));
const manifests = namespaces.flat();

const app = new App();
const chart = new Chart(app, 'rights');
for (const [index, manifest] of manifests.entries()) new ApiObject(chart, `object-${index}`, manifest);

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'access-'));
for (const [index, objects] of namespaces.entries()) {
  fs.writeFileSync(path.join(folder, `team-${index}.yaml`), objects.map((object) => dump(object)).join('---\n'));
}

const review = AccessReview.ofManifests(manifests);
const later = AccessReview.ofManifests(manifests.filter((_, index) => index % 100 !== 2));
const questions = Array.from({ length: QUESTIONS }, (_, index) => question(index));
if (review.problems.length > 0) throw new Error(review.problems[0]);

const milliseconds = (time: number): string => `${Math.round(time)} ms`;
const rows = [
  ['build from objects', milliseconds(median(() => AccessReview.ofManifests(manifests)))],
  ['build from a program', milliseconds(median(() => AccessReview.ofApp(app)))],
  ['build from YAML files', milliseconds(median(() => AccessReview.ofFiles([folder])))],
  ['`can`', `${((1000 * median(() => questions.forEach((one) => review.can(one)))) / QUESTIONS).toFixed(1)} µs`],
  [
    '`whoCan` in one namespace',
    milliseconds(median(() => review.whoCan({ verb: 'get', resource: 'pods', namespace: 'team-1' }))),
  ],
  ['`diff`', milliseconds(median(() => AccessReview.diff(review, later)))],
];
fs.rmSync(folder, { recursive: true });
console.log(['| what | time |', '| --- | --- |', ...rows.map(([what, time]) => `| ${what} | ${time} |`)].join('\n'));
