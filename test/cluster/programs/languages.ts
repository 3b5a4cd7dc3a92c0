import { Chart } from 'cdk8s';
import { SecureSparkApplication, SparkApp, SparkImage, SparkJobNamespace, SparkMain, SparkOperator } from 'cdk8s-spark';

/** Jobs in the languages that the tests do not run. */
const app = new SparkApp();
const platform = new Chart(app, 'platform');
const languages = new SparkJobNamespace(platform, 'languages');
new SparkOperator(platform, 'operator', { jobNamespaces: [languages] });

const jobs = new Chart(app, 'jobs');
jobs.addDependency(platform);
const image = SparkImage.of('docker.io/apache/spark:4.0.4', { sparkVersion: '4.0.4' });
new SecureSparkApplication(jobs, 'scala', {
  jobNamespace: languages,
  image,
  main: SparkMain.scala('local:///opt/app/sessions_2.13-1.4.0.jar', 'dev.acme.Sessions'),
});
new SecureSparkApplication(jobs, 'r', {
  jobNamespace: languages,
  image,
  main: SparkMain.r('local:///opt/app/sessions.R'),
});

app.synth();
