import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { dump } from 'js-yaml';
import { canI } from '../../lib/cli/can-i';
import { CommandError } from '../../lib/cli/command-line';
import { account, binding, clusterBinding, clusterRole, group, role, user } from '../access/rbac-manifests';

const SPARK = 'sparkoperator.k8s.io';

const MANIFESTS = [
  role('team-1', 'submit', [
    { apiGroups: [SPARK], resources: ['sparkapplications', 'sparkapplications/status'], verbs: ['get', 'create'] },
    { apiGroups: [''], resources: ['pods', 'pods/log'], verbs: ['get'], resourceNames: ['pi-driver'] },
  ]),
  binding('team-1', 'submitters', 'Role/submit', account('airflow', 'worker'), user('jane')),
  clusterRole('nodes', [
    { apiGroups: [''], resources: ['nodes'], verbs: ['list'] },
    { apiGroups: ['acme.dev'], resources: ['widgets'], verbs: ['get'] },
    { nonResourceURLs: ['/metrics'], verbs: ['get'] },
  ]),
  clusterBinding('nodes', 'nodes', user('jane')),
  clusterBinding('workers', 'nodes', group('system:serviceaccounts:airflow')),
];

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'can-i-'));
const file = path.join(folder, 'rights.yaml');
fs.writeFileSync(file, MANIFESTS.map((manifest) => dump(manifest)).join('---\n'));

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function run(args: string[], input = ''): Outcome {
  let out = '';
  let err = '';
  const code = canI(args, {
    readStandardInput: () => input,
    out: (text) => (out += text),
    err: (text) => (err += text),
  });
  return { code, out, err };
}

/** Asks the file, as `verb resource [name] [options]`. */
function ask(question: string): Outcome {
  return run([...question.split(' '), '-f', file]);
}

const WORKER = '--as system:serviceaccount:airflow:worker';

describe('can-i', () => {
  it('prints yes with every binding that allows it, where it stands, and the rule', () => {
    expect(ask(`create sparkapplications.${SPARK} ${WORKER} -n team-1`)).toEqual({
      code: 0,
      out: [
        'yes',
        '  RoleBinding team-1/submitters gives Role team-1/submit to ServiceAccount airflow/worker',
        `    binding: ${file}, document 2`,
        `    role:    ${file}, document 1`,
        `    rule:    get, create sparkapplications.${SPARK}, sparkapplications.${SPARK}/status`,
        '',
      ].join('\n'),
      err: '',
    });
  });

  it('prints no with what is missing', () => {
    expect(ask('delete sparkapplications --as jane -n team-1')).toEqual({
      code: 1,
      out: `no\n  no binding lets jane (groups system:authenticated) delete sparkapplications.${SPARK} in namespace team-1\n`,
      err: '',
    });
  });

  it.each([
    [`get sparkapplications.${SPARK}/status ${WORKER} -n team-1`, 0],
    [`get sparkapplications.${SPARK} ${WORKER} -n team-1 --subresource status`, 0],
    [`get sparkapplications.${SPARK} pi ${WORKER} -n team-1`, 0],
    [`get sparkapplications.v1beta2.${SPARK} ${WORKER} -n team-1`, 0],
    [`get sparkapplications.other.io ${WORKER} -n team-1`, 1],
    [`get sparkapplications ${WORKER} -n team-2`, 1],
    [`get sparkapplications ${WORKER}`, 1],
    [`get sparkapplications ${WORKER} -A`, 1],
    [`get pods/log pi-driver ${WORKER} -n team-1`, 0],
    [`get pods/log other ${WORKER} -n team-1`, 1],
    [`get pods ${WORKER} -n team-1`, 1],
    ['list nodes --as jane', 0],
    ['list nodes --as jane -A', 0],
    ['get widgets.acme.dev --as jane', 0],
    ['get /metrics --as jane', 0],
    ['post /metrics --as jane', 1],
    ['get /metrics/x --as jane', 1],
    ['* * --as jane', 1],
  ])('%s: exit code %i', (question, code) => {
    expect(ask(question).code).toBe(code);
  });

  it.each(['sparkapp', 'sparkapplication', 'SparkApplication', 'sparkapplications'])(
    'knows %s as kubectl does',
    (name) => {
      expect(ask(`get ${name} ${WORKER} -n team-1`)).toMatchObject({ code: 0, err: '' });
    },
  );

  it('knows the resources that the files define', () => {
    const definition = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'widgets.acme.dev' },
      spec: { group: 'acme.dev', scope: 'Cluster', names: { plural: 'widgets', kind: 'Widget', shortNames: ['wd'] } },
    };
    expect(run(['get', 'wd', '--as', 'jane', '-f', file, '-f', '-'], dump(definition))).toMatchObject({
      code: 0,
      err: '',
    });
  });

  it('says what it takes an unknown resource for', () => {
    expect(ask('get widgets --as jane')).toMatchObject({
      code: 1,
      err: 'warning: no resource "widgets" is known; it is taken for one of the core group\n',
    });
  });

  it('says that an object of the cluster is in no namespace', () => {
    expect(ask('list nodes --as jane -n team-1')).toMatchObject({
      code: 0,
      err: 'warning: nodes are not in a namespace; leave out --namespace\n',
    });
  });

  it('prints nothing with --quiet', () => {
    expect(ask('list nodes --as jane -q')).toEqual({ code: 0, out: '', err: '' });
    expect(ask('list nodes --as bob --quiet')).toEqual({ code: 1, out: '', err: '' });
  });

  it('counts the groups of a service account, unless others are given', () => {
    expect(ask(`list nodes ${WORKER}`).code).toBe(0);
    expect(ask(`list nodes ${WORKER} --as-group devs`).code).toBe(1);
    expect(ask('list nodes --as bob --as-group devs --as-group system:serviceaccounts:airflow').code).toBe(0);
  });

  it('says what is wrong with the files and answers from the rest', () => {
    const broken = path.join(folder, 'broken.txt');
    fs.writeFileSync(broken, 'a: [\n');
    expect(run(['list', 'nodes', '--as', 'jane', '-f', broken, '-f', file])).toMatchObject({
      code: 0,
      err: `problem: ${broken}, document 1: broken YAML: deficient indentation, line 2\n`,
    });
  });

  it('explains itself', () => {
    expect(run(['--help'])).toMatchObject({ code: 0, out: expect.stringMatching(/^Usage: cdk8s-spark can-i VERB/) });
  });

  it.each([
    [
      ['get', 'pods', '-f', file],
      '--as is required; say who asks, for example --as system:serviceaccount:airflow:worker',
    ],
    [['get', '--as', 'x', '-f', file], 'expected VERB RESOURCE [NAME], got 1 arguments'],
    [['get', 'pods', 'a', 'b', '--as', 'x', '-f', file], 'expected VERB RESOURCE [NAME], got 4 arguments'],
    [['get', 'pods', '--as', 'x'], 'no files are given; name them with -f, for example -f dist/'],
    [
      ['get', 'pods', '--as', 'x', '-f', '/nowhere'],
      '/nowhere: no file or folder that can be read; name what cdk8s synth has written',
    ],
    [['get', 'pods', '--as', 'x', '-f', file, '--nope'], /^Unknown option '--nope'/],
    [['get', 'pods', '--as', '-f', file], /^Option '--as' argument is ambiguous/],
    [
      ['get', 'pods', '--as', 'x', '-f', file, '-A', '-n', 'team-1'],
      '--namespace and --all-namespaces exclude each other',
    ],
    [
      ['get', 'pods/log', '--as', 'x', '-f', file, '--subresource', 'log'],
      'pods/log names a subresource already; leave out --subresource',
    ],
    [
      ['get', '/metrics', 'a', '--as', 'x', '-f', file],
      '/metrics is a path of the API server, which has no "a": no name, subresource or namespace',
    ],
    [
      ['get', '--reviews', file, '-f', file, '--as', 'x'],
      'with --reviews, the questions stand in the file; leave out get --as',
    ],
    [['--reviews', '-', '-f', '-'], '--reviews and -f cannot both read standard input'],
    [['--reviews', '/nowhere', '-f', file], /^\/nowhere: cannot be read: ENOENT/],
  ])('refuses %j', (args, message) => {
    expect(() => run(args)).toThrow(CommandError);
    expect(() => run(args)).toThrow(message);
  });
});

describe('can-i --reviews', () => {
  const answers = (...lines: string[]): Outcome & { answers: unknown[] } => {
    const outcome = run(['--reviews', '-', '-f', file], lines.map((line) => `${line}\n`).join(''));
    return {
      ...outcome,
      answers: outcome.out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    };
  };
  const review = (spec: object): string => JSON.stringify(spec);
  const list = { verb: 'list', resource: 'nodes' };

  it('answers each line in order, and adds no group', () => {
    const worker = 'system:serviceaccount:airflow:worker';
    const outcome = answers(
      review({ user: 'jane', resourceAttributes: list }),
      review({ user: worker, resourceAttributes: list }),
      review({ user: worker, groups: ['system:serviceaccounts:airflow'], resourceAttributes: list }),
      review({ groups: ['system:serviceaccounts:airflow'], nonResourceAttributes: { verb: 'get', path: '/metrics' } }),
      review({
        user: 'jane',
        resourceAttributes: {
          verb: 'get',
          group: SPARK,
          resource: 'sparkapplications',
          subresource: 'status',
          name: 'a',
          namespace: 'team-1',
          version: 'v1',
        },
      }),
    );
    expect(outcome).toMatchObject({ code: 0, err: '' });
    expect(outcome.answers).toEqual([
      { allowed: true, reason: 'ClusterRoleBinding nodes gives ClusterRole nodes to User jane' },
      { allowed: false, reason: `no binding lets ${worker} list nodes in all namespaces` },
      {
        allowed: true,
        reason: 'ClusterRoleBinding workers gives ClusterRole nodes to Group system:serviceaccounts:airflow',
      },
      {
        allowed: true,
        reason: 'ClusterRoleBinding workers gives ClusterRole nodes to Group system:serviceaccounts:airflow',
      },
      { allowed: true, reason: 'RoleBinding team-1/submitters gives Role team-1/submit to User jane' },
    ]);
  });

  it('completes no name: a resource without its group is one of the core group', () => {
    const { answers: given } = answers(
      review({ user: 'jane', resourceAttributes: { verb: 'get', resource: 'sparkapplications', namespace: 'team-1' } }),
    );
    expect(given).toEqual([
      { allowed: false, reason: 'no binding lets jane get sparkapplications in namespace team-1' },
    ]);
  });

  it.each<[string, string]>([
    ['{', 'is no JSON: '],
    ['', 'is no JSON: '],
    ['[]', 'is no object; expected the spec of a SubjectAccessReview'],
    [review({ resourceAttributes: list }), 'user: is missing; expected a user or groups'],
    [review({ user: 'x' }), 'resourceAttributes: is missing, like nonResourceAttributes; expected one of them'],
    [
      review({ user: 'x', resourceAttributes: list, nonResourceAttributes: {} }),
      'resourceAttributes: stands beside nonResourceAttributes; expected one of them',
    ],
    [
      review({ user: 'x', resourceAttributes: { ...list, name: 5 } }),
      'resourceAttributes.name: is 5; expected a string',
    ],
    [review({ user: 'x', groups: 'devs', resourceAttributes: list }), 'groups: is "devs"; expected a list of strings'],
  ])('answers %j with an error in its place', (line, message) => {
    const good = review({ user: 'jane', resourceAttributes: list });
    const outcome = answers(good, line, good);
    expect(outcome.code).toBe(2);
    expect(outcome.err).toContain(`standard input, line 2: ${message}`);
    expect(outcome.answers).toEqual([
      expect.objectContaining({ allowed: true }),
      { allowed: false, reason: '', evaluationError: expect.stringContaining(message) },
      expect.objectContaining({ allowed: true }),
    ]);
  });

  it('says which fields no review has, and answers', () => {
    const outcome = answers(review({ user: 'jane', group: ['devs'], resourceAttributes: list }));
    expect(outcome).toMatchObject({ code: 0, answers: [expect.objectContaining({ allowed: true })] });
    expect(outcome.err).toMatch(/^standard input, line 1: group: is no field that Kubernetes knows, and is ignored;/);
  });

  it('answers nothing where nothing is asked', () => {
    expect(run(['--reviews', '-', '-f', file], '')).toEqual({ code: 0, out: '', err: '' });
  });
});
