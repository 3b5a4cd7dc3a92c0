// #region report
import { App, Chart } from 'cdk8s';
import { AccessReport, AccessReportFormat, SparkJobNamespace, SparkOperator } from 'cdk8s-spark';

const app = new App();
const platform = new Chart(app, 'platform');
const clicks = new SparkJobNamespace(platform, 'clicks');
new SparkOperator(platform, 'operator', { jobNamespaces: [clicks] });

new AccessReport(app, 'access-report', { formats: [AccessReportFormat.HTML, AccessReportFormat.MARKDOWN] });
app.synth();
// #endregion
