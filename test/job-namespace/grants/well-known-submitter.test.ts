import { Chart } from 'cdk8s';
import { SparkJobNamespace } from '../../../lib/job-namespace/spark-job-namespace';
import { SubmitterTool, WellKnownSubmitter } from '../../../lib/job-namespace/grants/well-known-submitter';
import { find, manifests, messageOf, names, newChart } from '../manifests';

const PODS = { apiGroups: [''], resources: ['pods'] };
const APPLICATIONS = { apiGroups: ['sparkoperator.k8s.io'], resources: ['sparkapplications'] };
const AIRFLOW_RULES = [
  { ...PODS, verbs: ['get', 'list', 'patch'] },
  { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
  { ...APPLICATIONS, verbs: ['create', 'delete'] },
  { ...APPLICATIONS, resources: ['sparkapplications/status'], verbs: ['get'] },
];

function granted(make: (chart: Chart) => WellKnownSubmitter): { account: string; rules: unknown } {
  const chart = newChart();
  const { role } = new SparkJobNamespace(chart, 'clicks').grants.submit(make(chart));
  const [subject] = find(chart, 'RoleBinding', role.name).subjects as { namespace: string; name: string }[];
  return { account: `${subject.namespace}/${subject.name}`, rules: find(chart, 'Role', role.name).rules };
}

describe("Airflow's", () => {
  const namespaceName = 'flows';

  test('worker is the account of the official chart, with the rights of the operator for Spark (row 7, row 8)', () => {
    expect(granted((chart) => WellKnownSubmitter.airflowWorker(chart, 'worker', { namespaceName }))).toEqual({
      account: 'flows/airflow-worker',
      rules: AIRFLOW_RULES,
    });
  });

  test('scheduler has the same rights, for the local executor', () => {
    expect(granted((chart) => WellKnownSubmitter.airflowScheduler(chart, 'scheduler', { namespaceName }))).toEqual({
      account: 'flows/airflow-scheduler',
      rules: AIRFLOW_RULES,
    });
  });

  test('triggerer waits for drivers and deletes them, and submits nothing', () => {
    expect(granted((chart) => WellKnownSubmitter.airflowTriggerer(chart, 'triggerer', { namespaceName }))).toEqual({
      account: 'flows/airflow-triggerer',
      rules: [{ ...PODS, verbs: ['delete', 'get'] }],
    });
  });

  test.each([
    ['prod-airflow', 'prod-airflow-worker'],
    ['airflow2', 'airflow2-worker'],
    ['prod', 'prod-airflow-worker'],
  ])('accounts are named after the release %s, and say that they are of Airflow', (release, name) => {
    const options = { namespaceName, release };
    expect(WellKnownSubmitter.airflowWorker(newChart(), 'worker', options).serviceAccountName).toBe(name);
  });
});

test('a workflow of Argo is the account that its chart can make, or a named one', () => {
  const rules = ['scheduledsparkapplications', 'sparkapplications'].map((kind) => ({
    ...APPLICATIONS,
    resources: [kind],
    verbs: ['create', 'delete', 'get', 'patch'],
  }));
  const argo = { namespaceName: 'argo' };
  expect(granted((chart) => WellKnownSubmitter.argoWorkflows(chart, 'argo', argo))).toEqual({
    account: 'argo/argo-workflow',
    rules,
  });
  const named = { ...argo, serviceAccountName: 'spark-workflows' };
  expect(granted((chart) => WellKnownSubmitter.argoWorkflows(chart, 'argo', named)).account).toBe(
    'argo/spark-workflows',
  );
});

test('a robot has what kubectl asks for', () => {
  const chart = newChart();
  const robot = WellKnownSubmitter.robot(chart, 'ci', { namespaceName: 'ci', serviceAccountName: 'deployer' });
  expect(robot.tools).toEqual([SubmitterTool.KUBECTL]);
  expect(
    granted((other) => WellKnownSubmitter.robot(other, 'ci', { namespaceName: 'ci', serviceAccountName: 'deployer' })),
  ).toMatchObject({ account: 'ci/deployer', rules: { length: 4 } });
});

test('tools that are named replace the known ones, and further calls add to them', () => {
  const chart = newChart();
  const clicks = new SparkJobNamespace(chart, 'clicks');
  const worker = WellKnownSubmitter.airflowWorker(chart, 'worker', { namespaceName: 'airflow' });
  clicks.grants.submit(worker, { tools: [SubmitterTool.AIRFLOW_SENSOR] });
  const name = 'spark-submit-airflow-airflow-worker';
  expect(find(chart, 'Role', name).rules).toEqual([{ ...APPLICATIONS, verbs: ['get'] }]);
  clicks.grants.submit(worker);
  expect(find(chart, 'Role', name).rules).toContainEqual({ ...APPLICATIONS, verbs: ['create', 'delete', 'get'] });
});

test('nothing is written for an account that somebody else makes, and its tools are a copy', () => {
  const chart = newChart();
  const worker = WellKnownSubmitter.airflowWorker(chart, 'worker', { namespaceName: 'airflow' });
  expect(manifests(chart)).toEqual([]);
  worker.tools.push(SubmitterTool.KUBECTL);
  expect(worker.tools).toEqual([SubmitterTool.AIRFLOW]);
  expect(names(chart, 'ServiceAccount')).toEqual([]);
});

test('names that Kubernetes refuses are errors', () => {
  const options = { namespaceName: 'CI', serviceAccountName: 'a_b' };
  expect(messageOf(() => WellKnownSubmitter.robot(newChart(), 'ci', options))).toBe(
    [
      'test/ci: 2 problems:',
      '  - namespaceName is "CI"; give a name of at most 63 lower-case letters, digits and "-" between them',
      '  - serviceAccountName is "a_b"; give a name of at most 63 lower-case letters, digits and "-" between them',
    ].join('\n'),
  );
});
