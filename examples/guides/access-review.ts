import { Chart } from 'cdk8s';
import { ServiceAccount } from 'cdk8s-plus-28';
import { AccessReview, SparkApp, SparkJobNamespace } from 'cdk8s-spark';

const app = new SparkApp();
const platform = new Chart(app, 'platform');
const clicks = new SparkJobNamespace(platform, 'clicks');
clicks.grants.submit(
  ServiceAccount.fromServiceAccountName(platform, 'airflow', 'airflow-worker', { namespaceName: 'airflow' }),
);

// #region diff
const before = AccessReview.ofFiles(['dist/']);
const review = AccessReview.ofApp(app);
for (const { gained, subject, right, namespace } of AccessReview.diff(before, review)) {
  console.log(`${gained ? '+' : '-'} ${subject.name}: ${right} in ${namespace === '' ? 'all namespaces' : namespace}`);
}
// #endregion

app.synth();
