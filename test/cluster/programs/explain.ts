import { Chart } from 'cdk8s';
import { ServiceAccount as Account } from 'cdk8s-plus-28';
import { SparkApp, SparkJobNamespace } from 'cdk8s-spark';

/** A namespace with an account of its own for drivers, to which nobody may submit yet. */
const app = new SparkApp();
const chart = new Chart(app, 'platform');
const explainJobs = new SparkJobNamespace(chart, 'explain-jobs', {
  driverServiceAccount: new Account(chart, 'spark-sa', {
    metadata: { name: 'spark-sa', namespace: 'explain-jobs' },
    automountToken: true,
  }),
});
void explainJobs;

app.synth();
