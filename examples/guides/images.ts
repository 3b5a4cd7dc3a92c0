import { Chart } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import { SecureSparkApplication, SparkApp, SparkImage, SparkJobNamespace, SparkMain, SparkOperator } from 'cdk8s-spark';

const app = new SparkApp();
const chart = new Chart(app, 'images');

// #region image
const image = SparkImage.of('registry.acme.dev/sessions:1.4.0', {
  sparkVersion: '3.5.6',
  scalaVersion: '2.12',
  javaVersion: 17,
  pythonVersion: '3.11',
  userId: 1000,
  pullSecrets: [Secret.fromSecretName(chart, 'registry', 'registry-credentials')],
});
// #endregion

// #region repositories
const clicks = new SparkJobNamespace(chart, 'clicks', {
  packageRepositories: ['https://maven.acme.dev/releases'],
});
new SecureSparkApplication(chart, 'sessions', {
  jobNamespace: clicks,
  image,
  main: SparkMain.python('local:///opt/app/sessions.py'),
  dependencies: {
    jars: ['local:///opt/app/lib/click-model_2.12-2.0.1.jar'],
    pyFiles: ['local:///opt/app/lib/common.zip'],
    packages: ['org.apache.spark:spark-avro_2.12:3.5.6'],
    repositories: ['https://maven.acme.dev/releases'],
  },
});
// #endregion

new SparkOperator(chart, 'operator', { jobNamespaces: [clicks] });

app.synth();
