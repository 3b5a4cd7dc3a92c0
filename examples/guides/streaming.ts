import { Chart, Duration, Size } from 'cdk8s';
import {
  Checkpoint,
  CloudIdentity,
  CronSchedule,
  NetworkPeer,
  ScheduledSparkApplication,
  SparkApp,
  SparkImage,
  SparkJobNamespace,
  SparkMain,
  SparkOperator,
  SparkStorage,
  StateStore,
  StreamingSparkApplication,
} from 'cdk8s-spark';

const app = new SparkApp();
const chart = new Chart(app, 'streaming');
const clicks = new SparkJobNamespace(chart, 'clicks');
new SparkOperator(chart, 'operator', { jobNamespaces: [clicks] });
const image = SparkImage.of('registry.acme.dev/streams:2.1.0', { sparkVersion: '4.0.4' });

// #region stream
const checkpoints = SparkStorage.s3(chart, 'checkpoints', {
  bucket: 'acme-streams',
  prefix: 'checkpoints/prod-eu',
  region: 'eu-central-1',
  identity: CloudIdentity.awsRole('arn:aws:iam::123456789012:role/sessions'),
});

new StreamingSparkApplication(chart, 'sessions', {
  jobNamespace: clicks,
  image,
  main: SparkMain.python('local:///opt/app/sessions.py'),
  checkpoint: Checkpoint.on(checkpoints),
  kafka: { peers: [NetworkPeer.cidr('10.20.0.0/24')], ports: [9092] },
  triggerInterval: Duration.seconds(30),
  maxOffsetsPerTrigger: 500_000,
  stopWithin: Duration.minutes(5),
});
// #endregion

// #region state
new StreamingSparkApplication(chart, 'carts', {
  jobNamespace: clicks,
  image,
  main: SparkMain.python('local:///opt/app/carts.py'),
  checkpoint: Checkpoint.on(checkpoints),
  stateStore: StateStore.ROCKSDB,
  minBatchesToRetain: 20,
  executor: { instances: 3, memory: Size.gibibytes(4), memoryOverhead: Size.gibibytes(3) },
});
// #endregion

// #region scheduled
new ScheduledSparkApplication(chart, 'totals', {
  jobNamespace: clicks,
  image,
  main: SparkMain.python('local:///opt/app/totals.py'),
  schedule: CronSchedule.cron('*/10 * * * *'),
  checkpoint: Checkpoint.on(checkpoints),
});
// #endregion

// #region anew
new StreamingSparkApplication(chart, 'visits', {
  jobNamespace: clicks,
  image,
  main: SparkMain.python('local:///opt/app/visits.py'),
  checkpoint: Checkpoint.on(checkpoints, { version: 2 }),
});
// #endregion

// #region prometheus
clicks.allowIngress('prometheus', {
  peers: [NetworkPeer.podsOf('monitoring', { 'app.kubernetes.io/name': 'prometheus' })],
  ports: [4040],
});
// #endregion

app.synth();
