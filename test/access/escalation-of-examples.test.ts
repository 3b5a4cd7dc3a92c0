import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { AccessSubject } from '../../lib/access/rbac/access-question';
import { AccessReview } from '../../lib/access/access-review';
import { sparkIdentities } from '../../lib/access/rbac/spark-identities';

/** Reviews what an example writes. */
async function review(example: string): Promise<AccessReview> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'escalation-'));
  process.env.CDK8S_OUTDIR = folder;
  try {
    jest.resetModules();
    await import(path.join(__dirname, `../../examples/${example}/main.ts`));
    return AccessReview.ofFiles([folder]);
  } finally {
    delete process.env.CDK8S_OUTDIR;
    fs.rmSync(folder, { recursive: true });
  }
}

/** Every escalation of every identity: `airflow/airflow-worker: change-pods in clicks as spark-driver`. */
function found(one: AccessReview): Set<string> {
  const subjects = [...one._subjects(), ...sparkIdentities(one._policy, one._manifests).map(({ subject }) => subject)];
  return new Set(
    subjects.flatMap((subject) =>
      one
        .canEscalate(subject)
        .map(
          ({ way, namespace, stronger }) =>
            `${words(subject)}: ${way} ${namespace === '' ? 'in the cluster' : `in ${namespace}`}${stronger === undefined ? '' : ` as ${words(stronger)}`}`,
        ),
    ),
  );
}

function words({ kind, namespace, name }: AccessSubject): string {
  return kind === 'ServiceAccount' ? `${namespace}/${name}` : name;
}

/** The operator's own, which anybody has to trust who runs it. */
const OPERATOR = {
  // With WebhookCertificates.certManager() it has neither.
  'spark-operator/spark-operator-webhook: change-requests in the cluster':
    'it writes its certificate authority into its own configuration, by name',
  'spark-operator/spark-operator-webhook: read-requests in the cluster':
    'it writes its certificate authority into its own configuration, by name',
};

/** The operator's in a job namespace. */
function controllerIn(namespace: string): Record<string, string> {
  const controller = 'spark-operator/spark-operator-controller';
  return {
    [`${controller}: create-pods in ${namespace} as ${namespace}/spark-driver`]: 'it starts the drivers',
    [`${controller}: write-applications in ${namespace} as ${namespace}/spark-driver`]:
      'it writes the runs of schedules, whose drivers it starts anyway',
  };
}

const KNOWN: { readonly [example: string]: Record<string, string> } = {
  quickstart: {
    ...OPERATOR,
    ...controllerIn('team-1'),
    'airflow/airflow-worker: write-applications in team-1 as team-1/spark-driver':
      'to submit is to run code as the drivers; the guard admits no other account',
    'airflow/airflow-worker: change-pods in team-1 as team-1/spark-driver':
      'Airflow labels the driver of a failed job, and RBAC cannot limit a patch to labels; it may submit drivers anyway',
  },
  'two-teams': {
    ...OPERATOR,
    ...controllerIn('clicks'),
    ...controllerIn('billing'),
    'airflow/airflow-worker: write-applications in clicks as clicks/spark-driver':
      'to submit is to run code as the drivers; the guard admits no other account',
    'airflow/airflow-worker: change-pods in clicks as clicks/spark-driver':
      'Airflow labels the driver of a failed job, and RBAC cannot limit a patch to labels; it may submit drivers anyway',
    'acme:billing-engineers: write-applications in billing as billing/spark-driver':
      'to submit is to run code as the drivers; the guard admits no other account',
  },
};

test.each(Object.entries(KNOWN))(
  '%s has these escalations, each with its reason, and no others',
  async (example, known) => {
    expect([...found(await review(example))].sort()).toEqual(Object.keys(known).sort());
  },
);

test('drivers and executors have none', async () => {
  for (const example of Object.keys(KNOWN)) {
    const one = await review(example);
    const jobs = sparkIdentities(one._policy, one._manifests).filter(
      ({ role }) => role === 'driver' || role === 'executor',
    );
    expect(jobs.length).toBeGreaterThan(0);
    for (const { subject } of jobs) expect([subject, one.canEscalate(subject)]).toEqual([subject, []]);
  }
});

test('without a guard, who submits gets into the controller and into every account', async () => {
  const one = await review('quickstart');
  const manifests = one._manifests.map(({ manifest }) => manifest);
  const unguarded = AccessReview.ofManifests(
    manifests.filter(({ kind }) => kind !== 'ValidatingAdmissionPolicyBinding'),
  );
  expect([...found(unguarded)].filter((line) => line.startsWith('airflow/')).sort()).toEqual([
    'airflow/airflow-worker: change-pods in team-1 as team-1/spark-driver',
    'airflow/airflow-worker: enter-controller in team-1 as spark-operator/spark-operator-controller',
    'airflow/airflow-worker: write-applications in team-1 as team-1/spark-driver',
  ]);
});
