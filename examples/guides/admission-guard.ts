import { Chart } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import { Guarantee, Relaxation, SparkAdmissionGuard, SparkApp, SparkJobNamespace, SparkOperator } from 'cdk8s-spark';

const app = new SparkApp();
const platform = new Chart(app, 'platform');

// #region admission
const clicks = new SparkJobNamespace(platform, 'clicks', {
  packageRepositories: ['https://maven.acme.dev/releases'],
  allow: [Relaxation.of(Guarantee.READ_ONLY_ROOT_FILESYSTEM, 'the invoice renderer unpacks fonts beside its binary')],
  admission: {
    imageRepositories: ['registry.acme.dev/clicks'],
    fileSchemes: ['s3a'],
    packages: ['org.acme:'],
    sparkConf: ['spark.acme.', 'spark.kubernetes.executor.podNamePrefix'],
    secrets: [Secret.fromSecretName(platform, 'warehouse', 'warehouse')],
    priorityClasses: ['batch'],
    tolerations: ['acme.dev/spark'],
  },
});
// #endregion

new SparkOperator(platform, 'operator', { jobNamespaces: [clicks] });

const shared = new Chart(app, 'shared');
const reports = new SparkJobNamespace(shared, 'reports');

// #region guard
new SparkAdmissionGuard(shared, 'guard', { namespace: 'platform-system', jobNamespaces: [reports] });
// #endregion

// A cluster of Kubernetes 1.29 is an app of its own.
const oldCluster = new SparkApp({ outdir: `${app.outdir}/old` });
const old = new Chart(oldCluster, 'old');
const billing = new SparkJobNamespace(old, 'billing');

// #region off
new SparkOperator(old, 'operator', { jobNamespaces: [billing], admissionGuard: false });
// #endregion

const wideCluster = new SparkApp({ outdir: `${app.outdir}/wide` });
const cluster = new Chart(wideCluster, 'cluster');
const sales = new SparkJobNamespace(cluster, 'sales');

// #region wide
const wide = new SparkOperator(cluster, 'operator', {
  watchAllNamespaces: true,
  admission: { imageRepositories: ['registry.acme.dev'] },
});
wide.admissionGuard?.addJobNamespace(sales);
// #endregion

app.synth();
oldCluster.synth();
wideCluster.synth();
