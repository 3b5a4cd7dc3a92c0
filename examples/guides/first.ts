// #region first
import { Chart } from 'cdk8s';
import { SecureSparkApplication, SparkApp, SparkImage, SparkJobNamespace, SparkMain, SparkOperator } from 'cdk8s-spark';

const app = new SparkApp();
const chart = new Chart(app, 'spark');
const clicks = new SparkJobNamespace(chart, 'clicks');
new SparkOperator(chart, 'operator', { jobNamespaces: [clicks] });
new SecureSparkApplication(chart, 'sessions', {
  jobNamespace: clicks,
  image: SparkImage.of('registry.acme.dev/sessions:1.4.0', { sparkVersion: '4.0.4' }),
  main: SparkMain.python('local:///opt/app/sessions.py'),
});
app.synth();
// #endregion
