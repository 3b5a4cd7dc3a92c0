import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { applyDefinitions, fileOf, kubectl, Outcome, remove, synthProgram, tryKubectl } from './support';

let files: string[] = [];

beforeAll(() => {
  files = synthProgram('examples/quickstart/main.ts');
  applyDefinitions(fileOf(files, '.crds.'));
  kubectl(['apply', '-f', fileOf(files, 'platform.k8s.')]);
  kubectl(['-n', 'spark-operator', 'scale', 'deployment', '--all', '--replicas=0']);
  tryKubectl(['create', 'namespace', 'other-team']);
});

afterAll(() => {
  tryKubectl(['delete', 'namespace', 'other-team']);
  remove(files);
});

/** `verb resource[.group][/subresource]` in a namespace; `''` asks for the whole cluster. */
function isAllowed(user: string, question: string, namespace: string): boolean {
  const [verb, target] = question.split(' ');
  const [resourceAndGroup, subresource] = target.split('/');
  const [resource, ...group] = resourceAndGroup.split('.');
  const [, , accountNamespace] = user.split(':');
  const review = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SubjectAccessReview',
    spec: {
      user,
      groups: ['system:serviceaccounts', `system:serviceaccounts:${accountNamespace}`, 'system:authenticated'],
      resourceAttributes: { verb, resource, group: group.join('.'), subresource, namespace },
    },
  };
  const { status } = JSON.parse(kubectl(['create', '-o', 'json', '-f', '-'], JSON.stringify(review))) as {
    status: { allowed: boolean };
  };
  return status.allowed;
}

const APPLICATIONS = 'sparkapplications.sparkoperator.k8s.io';

const IDENTITIES = {
  'system:serviceaccount:team-1:spark-driver': {
    may: [
      ...['create', 'get', 'list', 'watch', 'delete', 'deletecollection'].map((verb) => `${verb} pods`),
      'create configmaps',
      'deletecollection configmaps',
      'deletecollection services',
      'list persistentvolumeclaims',
      'deletecollection persistentvolumeclaims',
    ],
    mayNot: [
      ...['get', 'list', 'create', 'update', 'patch', 'delete'].map((verb) => `${verb} secrets`),
      ...['get', 'create', 'update', 'patch', 'delete'].map((verb) => `${verb} ${APPLICATIONS}`),
      ...['update', 'patch'].map((verb) => `${verb} pods`),
      ...['create pods/exec', 'create pods/portforward', 'create pods/attach', 'update pods/ephemeralcontainers'],
      ...['create services', 'update services', 'get configmaps', 'list configmaps', 'create persistentvolumeclaims'],
      ...[
        'create serviceaccounts/token',
        'impersonate serviceaccounts',
        'create rolebindings.rbac.authorization.k8s.io',
      ],
    ],
  },
  'system:serviceaccount:team-1:spark-executor': {
    may: [],
    mayNot: [
      'get pods',
      'list pods',
      'create pods',
      'get secrets',
      'get configmaps',
      `get ${APPLICATIONS}`,
      'list services',
    ],
  },
  'system:serviceaccount:airflow:airflow-worker': {
    may: [
      `create ${APPLICATIONS}`,
      `delete ${APPLICATIONS}`,
      `get ${APPLICATIONS}/status`,
      'get pods',
      'list pods',
      'get pods/log',
      'patch pods',
    ],
    mayNot: [
      ...[`update ${APPLICATIONS}`, `patch ${APPLICATIONS}`, `deletecollection ${APPLICATIONS}`],
      ...['create pods', 'delete pods', 'create pods/exec', 'get secrets', 'list secrets', 'get configmaps'],
      ...['create sparkconnects.sparkoperator.k8s.io', 'create rolebindings.rbac.authorization.k8s.io'],
    ],
  },
  'system:serviceaccount:spark-operator:spark-operator-controller': {
    may: [
      'create pods',
      'delete pods',
      'watch pods',
      `list ${APPLICATIONS}`,
      `update ${APPLICATIONS}/status`,
      'create services',
    ],
    mayNot: [
      ...[
        'get secrets',
        'list secrets',
        'create secrets',
        'create pods/exec',
        'update pods',
        'impersonate serviceaccounts',
      ],
      ...[
        'create roles.rbac.authorization.k8s.io',
        'create rolebindings.rbac.authorization.k8s.io',
        'create serviceaccounts/token',
      ],
      ...['create persistentvolumeclaims', 'create ingresses.networking.k8s.io'],
    ],
  },
  'system:serviceaccount:spark-operator:spark-operator-webhook': {
    may: [`list ${APPLICATIONS}`, `watch ${APPLICATIONS}`],
    mayNot: [
      'create pods',
      'get pods',
      'delete pods',
      'get secrets',
      'list secrets',
      `update ${APPLICATIONS}`,
      'get configmaps',
    ],
  },
};

describe.each(Object.entries(IDENTITIES))('%s', (user, { may, mayNot }) => {
  it('may do in the job namespace what it must, and nothing where it must nothing (rows 1, 7, 8)', () => {
    expect(may.length === 0).toBe(user.endsWith('spark-executor'));
    expect(may.filter((question) => !isAllowed(user, question, 'team-1'))).toEqual([]);
  });

  it('is refused everything else there', () => {
    expect(mayNot.filter((question) => isAllowed(user, question, 'team-1'))).toEqual([]);
  });

  it('is refused everything in a namespace of others, and in the cluster (row 13)', () => {
    const questions = [...may, ...mayNot];
    expect(questions.filter((question) => isAllowed(user, question, 'other-team'))).toEqual([]);
    expect(questions.filter((question) => isAllowed(user, question, ''))).toEqual([]);
  });
});

describe('with its token', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tokens-'));

  function as(namespace: string, account: string, args: readonly string[], input?: string): Outcome {
    const file = path.join(folder, account);
    const config = JSON.parse(kubectl(['config', 'view', '--raw', '--minify', '-o', 'json'])) as {
      users: { name: string; user: object }[];
    };
    const token = kubectl(['-n', namespace, 'create', 'token', account]).trim();
    config.users[0].user = { token };
    fs.writeFileSync(file, JSON.stringify(config), { mode: 0o600 });
    return tryKubectl(['--kubeconfig', file, ...args], input);
  }

  const asDriver = (args: readonly string[], input?: string): Outcome => as('team-1', 'spark-driver', args, input);

  it('a driver lists the pods of its namespace', () => {
    expect(asDriver(['-n', 'team-1', 'get', 'pods'])).toMatchObject({ code: 0 });
  });

  it.each([
    ['read secrets', ['-n', 'team-1', 'get', 'secrets']],
    ['list pods of another team', ['-n', 'other-team', 'get', 'pods']],
    ['write applications', ['-n', 'team-1', 'delete', APPLICATIONS, '--all']],
    ['make a service with a node port', ['-n', 'team-1', 'create', 'service', 'nodeport', 'door', '--tcp=80:80']],
    ['make a token of another account', ['-n', 'team-1', 'create', 'token', 'spark-executor']],
    [
      'widen its own rights',
      ['-n', 'team-1', 'create', 'rolebinding', 'more', '--clusterrole=admin', '--serviceaccount=team-1:spark-driver'],
    ],
  ])('a driver is forbidden to %s', (_, args) => {
    const outcome = asDriver(args);
    expect(outcome.code).not.toBe(0);
    expect(outcome.stderr).toContain('forbidden');
  });

  it('a driver cannot start a pod on the node: Pod Security refuses it (row 14)', () => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'escape', namespace: 'team-1' },
      spec: {
        hostPID: true,
        containers: [{ name: 'escape', image: 'docker.io/apache/spark:4.0.4', securityContext: { privileged: true } }],
      },
    };
    const outcome = asDriver(['create', '--dry-run=server', '-f', '-'], JSON.stringify(pod));
    expect(outcome.stderr).toContain('violates PodSecurity "restricted:v1.28"');
  });

  it('an executor is forbidden to list pods', () => {
    expect(as('team-1', 'spark-executor', ['-n', 'team-1', 'get', 'pods']).stderr).toContain('forbidden');
  });
});

it('no service of the job namespace gets a node port or a load balancer', () => {
  const outcome = tryKubectl(['-n', 'team-1', 'create', 'service', 'nodeport', 'door', '--tcp=80:80']);
  expect(outcome.stderr).toContain('exceeded quota: spark-services');
});
