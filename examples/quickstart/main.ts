import { Chart, Size } from 'cdk8s';
import { Cpu, ServiceAccount } from 'cdk8s-plus-28';
import {
  SecureSparkApplication,
  SparkApp,
  SparkImage,
  SparkJobNamespace,
  SparkMain,
  SparkOperator,
  SubmitterTool,
} from 'cdk8s-spark';

const app = new SparkApp();

const platform = new Chart(app, 'platform');
const team1 = new SparkJobNamespace(platform, 'team-1');
new SparkOperator(platform, 'operator', { jobNamespaces: [team1] });

// Airflow lives in a namespace of its own and may submit to this one, and to nothing else.
const airflow = ServiceAccount.fromServiceAccountName(platform, 'airflow', 'airflow-worker', {
  namespaceName: 'airflow',
});
team1.grants.submit(airflow, { tools: [SubmitterTool.AIRFLOW] });

const jobs = new Chart(app, 'jobs');
jobs.addDependency(platform);
new SecureSparkApplication(jobs, 'pi', {
  jobNamespace: team1,
  image: SparkImage.of('docker.io/apache/spark:4.0.4', { sparkVersion: '4.0.4' }),
  main: SparkMain.python('local:///opt/spark/examples/src/main/python/pi.py', { arguments: ['10'] }),
  // Small enough for a cluster on one's own machine.
  driver: { coreRequest: Cpu.millis(250), memory: Size.mebibytes(512) },
  executor: { instances: 1, coreRequest: Cpu.millis(250), memory: Size.mebibytes(512) },
});

app.synth();
