import { Chart, Size } from 'cdk8s';
import { Cpu, Group, ServiceAccount } from 'cdk8s-plus-28';
import {
  AccessExpectation,
  AccessReview,
  BatchScheduler,
  EscalationWay,
  SparkApp,
  SparkJobNamespace,
  SparkOperator,
  SubmitterTool,
} from 'cdk8s-spark';

const app = new SparkApp();

// #region program
const platform = new Chart(app, 'platform');
const clicks = new SparkJobNamespace(platform, 'clicks', {
  quota: { cpu: Cpu.units(40), memory: Size.gibibytes(160), pods: 60 },
});
const operator = new SparkOperator(platform, 'operator', {
  jobNamespaces: [clicks],
  batchSchedulers: [BatchScheduler.VOLCANO],
});

const airflow = ServiceAccount.fromServiceAccountName(platform, 'airflow', 'airflow-worker', {
  namespaceName: 'airflow',
});
clicks.grants.submit(airflow, { tools: [SubmitterTool.AIRFLOW] });
clicks.grants.view(Group.fromName(platform, 'engineers', 'acme:clicks-engineers'));
// #endregion

// #region review
const review = AccessReview.ofApp(app);

const answer = review.can({
  user: 'system:serviceaccount:airflow:airflow-worker',
  verb: 'create',
  apiGroup: 'sparkoperator.k8s.io',
  resource: 'sparkapplications',
  namespace: 'clicks',
});
if (!answer.allowed) throw new Error(answer.reason);

const readers = review.whoCan({ verb: 'get', resource: 'secrets', namespace: 'clicks' });
if (readers.length > 0) throw new Error(`${readers[0].subject.name} reads the Secrets of clicks`);

const driver = { kind: 'ServiceAccount', namespace: 'clicks', name: 'spark-driver' };
for (const { way, gain, remedy } of review.canEscalate(driver)) {
  throw new Error(`a driver gets ${gain} (${way}): ${remedy}`);
}
// #endregion

// #region expectation
const access = AccessExpectation.of(app);

access
  .driverOf(clicks)
  .may(['create, delete pods in clicks'])
  .mayNot(['get secrets in any namespace', 'create services in any namespace'])
  .mayOnlyIn(['clicks'])
  .cannotEscalate();

access.executorOf(clicks).mayOnly([]);

access
  .identity(airflow)
  .mayOnly([
    'create, delete sparkapplications in clicks',
    'get sparkapplications/status in clicks',
    'get, list, patch pods in clicks',
    'get pods/log in clicks',
  ])
  .mayEscalateOnlyBy([EscalationWay.WRITE_APPLICATIONS, EscalationWay.CHANGE_PODS]);

access.group('acme:clicks-engineers').mayNot(['create, patch, delete * in any namespace']).cannotEscalate();

access
  .controllerOf(operator)
  .except('get customresourcedefinitions "podgroups.scheduling.volcano.sh"', 'looks whether Volcano is installed')
  .mayOnlyIn(['clicks', 'spark-operator']);
// #endregion

app.synth();
