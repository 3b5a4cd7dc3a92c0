// #region output
import { Chart, YamlOutputType } from 'cdk8s';
import { SparkApp, SparkJobNamespace, SparkOperator } from 'cdk8s-spark';

const app = new SparkApp({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });
const clicks = new SparkJobNamespace(new Chart(app, 'team-clicks'), 'clicks');
const orders = new SparkJobNamespace(new Chart(app, 'team-orders'), 'orders');
new SparkOperator(new Chart(app, 'platform'), 'operator', { jobNamespaces: [clicks, orders] });
app.synth();
// #endregion
