// #region report
import { Chart } from 'cdk8s';
import { AccessReport, AccessReportFormat, SparkApp, SparkJobNamespace, SparkOperator } from 'cdk8s-spark';

const app = new SparkApp();
const platform = new Chart(app, 'platform');
const clicks = new SparkJobNamespace(platform, 'clicks');
new SparkOperator(platform, 'operator', { jobNamespaces: [clicks] });

app.synth();
new AccessReport(app, { formats: [AccessReportFormat.HTML, AccessReportFormat.MARKDOWN] }).write();
// #endregion
