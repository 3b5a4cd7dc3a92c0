import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, Chart, Testing } from 'cdk8s';
import { ISubject, ServiceAccount } from 'cdk8s-plus-28';
import { CronSchedule } from '../../lib/application/schedule/cron-schedule';
import { ScheduledSparkApplication } from '../../lib/application/scheduled-spark-application';
import { SecureSparkApplication } from '../../lib/application/secure-spark-application';
import { SparkImage } from '../../lib/spark/spark-image';
import { SparkMain } from '../../lib/spark/spark-main';
import { Guarantee, Relaxation } from '../../lib/guarantees/relaxation';
import { SparkJobNamespace } from '../../lib/job-namespace/spark-job-namespace';
import { WellKnownSubmitter } from '../../lib/job-namespace/grants/well-known-submitter';
import { applyDefinitions, kubectl, Outcome, tryKubectl } from './support';

/**
 * Every grant with the token of its subject. No operator runs: the applications are only stored, and pods that sleep stand in
 * for drivers and executors, since rights on them follow from their names alone.
 */
const JOBS = 'grants-jobs';
const OTHER = 'grants-other';
const PEOPLE = 'grants-people';
const IMAGE = 'docker.io/apache/spark:4.0.4';
const RAW = `/apis/sparkoperator.k8s.io/v1beta2/namespaces/${JOBS}/sparkapplications`;

type Manifest = Record<string, unknown> & { metadata: { name: string } };

const accounts: string[] = [];
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'grants-'));
let applications: Manifest[] = [];

function account(chart: Chart, name: string): ISubject {
  accounts.push(name);
  return ServiceAccount.fromServiceAccountName(chart, `account-${name}`, name, { namespaceName: PEOPLE });
}

function submitter(known: WellKnownSubmitter): WellKnownSubmitter {
  accounts.push(known.serviceAccountName);
  return known;
}

/** The namespaces, the applications and all grants. */
function program(): Manifest[] {
  const chart = new Chart(new App(), 'grants');
  const allow = [Relaxation.of(Guarantee.NO_DEBUG_RIGHTS, 'this test opens a shell')];
  const jobs = new SparkJobNamespace(chart, JOBS, { allow });
  new SparkJobNamespace(chart, OTHER);
  const image = SparkImage.of(IMAGE, { sparkVersion: '4.0.4' });
  const main = SparkMain.python('local:///opt/app/sessions.py');
  const props = { jobNamespace: jobs, image, main };
  const sessions = new SecureSparkApplication(chart, 'sessions', props);
  new SecureSparkApplication(chart, 'other', props);
  const nightly = new ScheduledSparkApplication(chart, 'nightly', {
    ...props,
    schedule: CronSchedule.cron('0 2 * * *'),
  });

  for (const right of ['submit', 'view', 'operate', 'debug'] as const) {
    jobs.grants[right](account(chart, `${right}s-all`));
    sessions.grants[right](account(chart, `${right}s-one`));
  }
  nightly.grants.operate(account(chart, 'operates-schedule'));
  const airflow = { namespaceName: PEOPLE };
  jobs.grants.submit(submitter(WellKnownSubmitter.airflowWorker(chart, 'worker', airflow)));
  jobs.grants.submit(submitter(WellKnownSubmitter.airflowTriggerer(chart, 'triggerer', airflow)));
  jobs.grants.submit(submitter(WellKnownSubmitter.argoWorkflows(chart, 'argo', { namespaceName: PEOPLE })));
  const robot = { namespaceName: PEOPLE, serviceAccountName: 'robot' };
  jobs.grants.submit(submitter(WellKnownSubmitter.robot(chart, 'robot', robot)));
  return Testing.synth(chart) as Manifest[];
}

function pod(name: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: JOBS, labels: { 'spark-role': name.endsWith('-driver') ? 'driver' : 'executor' } },
    spec: {
      serviceAccountName: 'spark-executor',
      terminationGracePeriodSeconds: 0,
      securityContext: { runAsNonRoot: true, runAsUser: 185, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'spark-kubernetes-driver',
          image: IMAGE,
          imagePullPolicy: 'IfNotPresent',
          command: ['sh', '-c', 'echo it runs; exec python3 -m http.server 4040'],
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        },
      ],
    },
  };
}

function application(name: string): string {
  const [found] = applications.filter(({ metadata }) => metadata.name === 'sessions');
  return JSON.stringify({ ...found, metadata: { ...found.metadata, name } });
}

function list(items: readonly object[]): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}

/** Writes a kubeconfig with the token of an account. */
function writeConfig(name: string): void {
  const config = JSON.parse(kubectl(['config', 'view', '--raw', '--minify', '-o', 'json'])) as {
    users: { user: object }[];
  };
  config.users[0].user = { token: kubectl(['-n', PEOPLE, 'create', 'token', name]).trim() };
  fs.writeFileSync(path.join(folder, name), JSON.stringify(config), { mode: 0o600 });
}

/** One command as its user types it; `<` gives it an application of that name. */
function as(name: string, command: string): Outcome {
  const [words, input] = command.split(' < ');
  const args = ['--kubeconfig', path.join(folder, name), '-n', JOBS, ...words.split(' ')];
  return tryKubectl(args, input === undefined ? undefined : application(input));
}

beforeAll(() => {
  applyDefinitions('crds');
  const written = program();
  applications = written.filter(({ kind }) => String(kind).endsWith('SparkApplication'));
  kubectl(['create', 'namespace', PEOPLE]);
  kubectl(['apply', '-f', '-'], list(written));
  const pods = ['sessions-driver', 'other-driver', 'sessions-exec-1', 'sessions-exec-2'].map(pod);
  kubectl(['apply', '-f', '-'], list(pods));
  const people = accounts.map((name) => ({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name, namespace: PEOPLE },
  }));
  kubectl(['apply', '-f', '-'], list(people));
  accounts.forEach(writeConfig);
  kubectl(['-n', JOBS, 'wait', '--for=condition=Ready', '--timeout=120s', 'pod', '--all']);
});

afterAll(() => {
  fs.rmSync(folder, { recursive: true });
  tryKubectl(['delete', 'namespace', JOBS, OTHER, PEOPLE, '--timeout=120s']);
});

const WAIT = 'wait --for=jsonpath={.spec.mode}=cluster --timeout=5s sparkapplication/';
const SUSPEND = '--type=merge -p {"spec":{"suspend":true}}';

const READS_ALL = [
  'get sparkapplications,scheduledsparkapplications,sparkconnects',
  'get sparkapplication sessions',
  'get sparkapplication sessions --subresource=status',
  'describe sparkapplication sessions',
  `${WAIT}sessions`,
  'events',
  'get pods',
  'describe pod sessions-driver',
  'logs sessions-driver',
  'logs sessions-exec-1',
  'logs -l spark-role=driver',
];
const READS_ONE = [
  'get sparkapplication sessions',
  'get sparkapplication sessions --subresource=status',
  'describe sparkapplication sessions',
  `${WAIT}sessions`,
];
const READS_DRIVER = ['get pod sessions-driver', 'describe pod sessions-driver', 'logs sessions-driver'];
const SHELL = ['exec sessions-driver -- true', 'port-forward sessions-driver :4040'];
const OTHERS = [
  'exec other-driver -- true',
  'port-forward other-driver :4040',
  'logs other-driver',
  'get pod other-driver',
];
const STRONG = [
  'get secrets',
  'get configmaps',
  'create token spark-driver',
  'create rolebinding more --clusterrole=admin --serviceaccount=grants-people:robot',
  'patch sparkapplication sessions --subresource=status --type=merge -p {"status":{}}',
  'patch role spark-driver --type=merge -p {"rules":[]}',
  'run shell --image=docker.io/apache/spark:4.0.4',
  'attach sessions-driver',
  `delete --raw ${RAW}`,
  `-n ${OTHER} get sparkapplications`,
  `-n ${OTHER} get pods`,
];
const WRITES_ONE = [`patch sparkapplication sessions ${SUSPEND}`, 'delete sparkapplication sessions'];

interface Rights {
  readonly may: readonly string[];
  readonly mayNot: readonly string[];
}

const SUBJECTS: { readonly [account: string]: Rights } = {
  'views-all': {
    may: READS_ALL,
    mayNot: [...STRONG, ...SHELL, ...WRITES_ONE, 'create -f - < fresh', 'delete pod sessions-driver'],
  },
  'views-one': {
    may: [...READS_ONE, ...READS_DRIVER],
    mayNot: [
      ...STRONG,
      ...SHELL,
      ...OTHERS,
      ...WRITES_ONE,
      'get sparkapplications',
      'get sparkapplication other',
      'get scheduledsparkapplication nightly',
      'get pods',
      'events',
      'logs sessions-exec-1',
      'logs -l spark-role=driver',
    ],
  },
  'operates-all': {
    may: [
      'get sparkapplications,scheduledsparkapplications,sparkconnects',
      `patch sparkapplication sessions ${SUSPEND}`,
      'patch sparkapplication sessions --type=merge -p {"spec":{"suspend":false}}',
      `patch scheduledsparkapplication nightly ${SUSPEND}`,
      `${WAIT}sessions`,
      'delete sparkapplication sessions other',
      'delete scheduledsparkapplication nightly',
    ],
    mayNot: [
      ...STRONG,
      ...SHELL,
      ...READS_DRIVER,
      'create -f - < fresh',
      'apply --server-side -f - < fresh',
      'replace -f - < sessions',
      'delete pod sessions-driver',
      'events',
    ],
  },
  'operates-one': {
    may: [...READS_ONE, `patch sparkapplication sessions ${SUSPEND}`, 'delete sparkapplication sessions'],
    mayNot: [
      ...STRONG,
      ...SHELL,
      ...READS_DRIVER,
      'get sparkapplications',
      `patch sparkapplication other ${SUSPEND}`,
      `patch scheduledsparkapplication nightly ${SUSPEND}`,
      'delete sparkapplication other',
      'replace -f - < sessions',
      'create -f - < fresh',
    ],
  },
  'operates-schedule': {
    may: [
      'get scheduledsparkapplication nightly',
      `patch scheduledsparkapplication nightly ${SUSPEND}`,
      'delete scheduledsparkapplication nightly',
    ],
    mayNot: [...STRONG, ...WRITES_ONE, ...READS_ONE.slice(0, 2), ...READS_DRIVER, 'get scheduledsparkapplications'],
  },
  'debugs-all': {
    may: [
      'get pods',
      'exec sessions-driver -- true',
      'exec sessions-exec-1 -- true',
      'exec other-driver -- true',
      'cp sessions-driver:/etc/hostname /dev/null',
    ],
    mayNot: [
      ...STRONG,
      ...WRITES_ONE,
      'logs sessions-driver',
      'get sparkapplication sessions',
      'delete pod sessions-driver',
    ],
  },
  'debugs-one': {
    may: ['get pod sessions-driver', 'exec sessions-driver -- true'],
    mayNot: [...STRONG, ...OTHERS, ...WRITES_ONE, 'get pods', 'exec sessions-exec-1 -- true', 'logs sessions-driver'],
  },
  'submits-all': {
    may: [
      'create -f - < fresh',
      'apply -f - < fresh',
      'get sparkapplications',
      `${WAIT}fresh`,
      `patch sparkapplication sessions ${SUSPEND}`,
      'delete sparkapplication fresh sessions',
    ],
    mayNot: [...STRONG, ...SHELL, ...READS_DRIVER, 'get pods', 'events', 'replace -f - < other'],
  },
  'submits-one': {
    may: [
      ...READS_ONE,
      'apply --server-side --force-conflicts -f - < sessions',
      'delete sparkapplication sessions',
      'apply --server-side -f - < sessions',
      'apply --server-side -f - < sessions',
    ],
    mayNot: [
      ...STRONG,
      ...SHELL,
      ...READS_DRIVER,
      'create -f - < fresh',
      'apply -f - < fresh',
      'apply --server-side -f - < fresh',
      'apply --server-side --force-conflicts -f - < other',
      'get sparkapplications',
      'delete sparkapplication other',
    ],
  },
  'airflow-worker': {
    may: [
      'get pods -l spark-role=driver',
      'create -f - < fresh',
      'get sparkapplication fresh --subresource=status',
      'get pod sessions-driver',
      'logs sessions-driver',
      'label pod sessions-driver already_checked=True --overwrite',
      'delete sparkapplication fresh --wait=false',
    ],
    mayNot: [
      ...STRONG,
      ...SHELL,
      'get sparkapplication sessions',
      'get sparkapplications',
      `patch sparkapplication sessions ${SUSPEND}`,
      'delete pod sessions-driver',
      'events',
    ],
  },
  'airflow-triggerer': {
    may: ['get pod sessions-exec-2', 'delete pod sessions-exec-2 --wait=false'],
    mayNot: [
      ...STRONG,
      ...SHELL,
      'create -f - < fresh',
      'get sparkapplication sessions --subresource=status',
      'delete sparkapplication sessions',
      'get pods',
      'logs sessions-driver',
      'label pod sessions-driver already_checked=True --overwrite',
    ],
  },
  'argo-workflow': {
    may: ['create -f - < fresh', 'get sparkapplication fresh', 'apply -f - < fresh', 'delete sparkapplication fresh'],
    mayNot: [...STRONG, ...SHELL, ...READS_DRIVER, 'get sparkapplications', 'get pods', 'replace -f - < other'],
  },
  robot: {
    may: [
      'apply -f - < fresh',
      'apply -f - < fresh',
      'diff -f - < fresh',
      `${WAIT}fresh`,
      'get sparkapplication fresh --subresource=status',
      'delete sparkapplication fresh',
    ],
    mayNot: [...STRONG, ...SHELL, ...READS_DRIVER, 'get pods', 'events'],
  },
};

test('every account of the program is asked', () => {
  expect(Object.keys(SUBJECTS).sort()).toEqual([...accounts].sort());
});

describe.each(Object.entries(SUBJECTS))('%s', (name, { may, mayNot }) => {
  beforeAll(() => {
    kubectl(['apply', '--server-side', '--force-conflicts', '-f', '-'], list(applications));
  });

  it('is refused what was not granted (rows 7, 8)', () => {
    const allowed = mayNot
      .map((command) => ({ command, ...as(name, command) }))
      .filter(
        ({ code, stderr }) =>
          code === 0 || !stderr.includes(`forbidden: User "system:serviceaccount:${PEOPLE}:${name}"`),
      );
    expect(allowed).toEqual([]);
  });

  it('does what was granted (rows 7, 8)', () => {
    const refused = may
      .map((command) => ({ command, ...as(name, command) }))
      .filter(({ code, stderr }) => code !== 0 || stderr.includes('forbidden'));
    expect(refused).toEqual([]);
  });
});

it.each(['debugs-all', 'debugs-one'])('%s reads a page of the driver through a forwarded port', async (name) => {
  const args = ['--kubeconfig', path.join(folder, name), '-n', JOBS, 'port-forward', 'sessions-driver', ':4040'];
  const forward = spawn('kubectl', args);
  try {
    const port = await new Promise<string>((resolve, reject) => {
      forward.stdout.on('data', (data: Buffer) => {
        const found = /127\.0\.0\.1:(\d+) ->/.exec(data.toString())?.[1];
        if (found !== undefined) resolve(found);
      });
      forward.stderr.on('data', (data: Buffer) => reject(new Error(data.toString())));
    });
    const { status } = await fetch(`http://127.0.0.1:${port}/`);
    expect(status).toBe(200);
  } finally {
    forward.kill();
  }
});
