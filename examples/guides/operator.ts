import { Chart, Size } from 'cdk8s';
import { Cpu, Secret } from 'cdk8s-plus-28';
import {
  NetworkPeer,
  SparkApp,
  SparkJobNamespace,
  SparkOperator,
  SparkOperatorCrds,
  WebhookCertificates,
} from 'cdk8s-spark';

const app = new SparkApp();
const platform = new Chart(app, 'platform');
const clicks = new SparkJobNamespace(platform, 'clicks');
const billing = new SparkJobNamespace(platform, 'billing');

// #region install
const operator = new SparkOperator(platform, 'operator', {
  jobNamespaces: [clicks],
  admission: { imageRepositories: ['registry.acme.dev'] },
});
operator.addJobNamespace(billing);
operator.addExistingJobNamespace('reports');
// #endregion

const production = new SparkApp();
const spark = new Chart(production, 'spark');
const team = new SparkJobNamespace(spark, 'sessions');

// #region production
new SparkOperator(spark, 'operator', {
  jobNamespaces: [team],
  image: 'registry.acme.dev/mirror/spark-operator:2.5.2',
  imagePullSecrets: [Secret.fromSecretName(spark, 'registry', 'registry-credentials')],
  controller: {
    replicas: 2,
    workers: 20,
    resources: {
      cpu: { request: Cpu.units(2), limit: Cpu.units(8) },
      memory: { request: Size.gibibytes(8), limit: Size.gibibytes(8) },
    },
  },
  certificates: WebhookCertificates.certManager({ issuer: { kind: 'ClusterIssuer', name: 'acme-internal' } }),
  podMonitor: { labels: { release: 'prometheus' } },
  apiServer: { peers: [NetworkPeer.cidr('10.0.0.1/32')], ports: [443] },
  argoCd: true,
});
// #endregion

const elsewhere = new SparkApp();
const shared = new Chart(elsewhere, 'shared');
const reports = new SparkJobNamespace(shared, 'reports');

// #region definitions
new SparkOperator(shared, 'operator', { jobNamespaces: [reports], crds: SparkOperatorCrds.none() });
// #endregion

for (const each of [app, production, elsewhere]) each.synth();
