import { Chart, Duration } from 'cdk8s';
import { PersistentVolumeAccessMode, PersistentVolumeClaim, Secret } from 'cdk8s-plus-28';
import {
  Checkpoint,
  CheckpointRetention,
  CloudIdentity,
  CronSchedule,
  NetworkPeer,
  RestartPolicy,
  ScheduledSparkApplication,
  SecureSparkApplication,
  SparkApp,
  SparkImage,
  SparkJobNamespace,
  SparkMain,
  SparkOperator,
  SparkStorage,
  StoragePath,
} from 'cdk8s-spark';

const app = new SparkApp();
const chart = new Chart(app, 'storage');
const clicks = new SparkJobNamespace(chart, 'clicks');
new SparkOperator(chart, 'operator', { jobNamespaces: [clicks] });
const image = SparkImage.of('registry.acme.dev/streams:2.1.0', { sparkVersion: '4.0.4' });

// #region checkpoint
const checkpoints = SparkStorage.s3(chart, 'checkpoints', {
  bucket: 'acme-streams',
  prefix: 'checkpoints/prod-eu',
  region: 'eu-central-1',
  identity: CloudIdentity.awsRole('arn:aws:iam::123456789012:role/sessions'),
});

new SecureSparkApplication(chart, 'sessions', {
  jobNamespace: clicks,
  image,
  main: SparkMain.python('local:///opt/app/sessions.py', {
    arguments: ['--checkpoint', SparkMain.CHECKPOINT_LOCATION],
  }),
  restartPolicy: RestartPolicy.always({ interval: Duration.seconds(30) }),
  checkpoint: Checkpoint.on(checkpoints),
});
// #endregion

// #region scheduled
new ScheduledSparkApplication(chart, 'totals', {
  jobNamespace: clicks,
  image,
  main: SparkMain.python('local:///opt/app/totals.py'),
  schedule: CronSchedule.cron('*/10 * * * *'),
  checkpoint: Checkpoint.on(checkpoints, { version: 2 }),
});
// #endregion

// #region reader
new SecureSparkApplication(chart, 'inspect', {
  jobNamespace: clicks,
  image,
  main: SparkMain.python('local:///opt/app/inspect_state.py'),
  checkpoint: Checkpoint.readOnly(checkpoints, 'sessions'),
});
// #endregion

// #region clouds
SparkStorage.gcs(chart, 'on-google', {
  bucket: 'acme-streams',
  prefix: 'checkpoints/prod-eu',
});

SparkStorage.azure(chart, 'on-azure', {
  account: 'acmestreams',
  container: 'state',
  prefix: 'checkpoints/prod-eu',
  identity: CloudIdentity.azureWorkloadIdentity(
    '00000000-1111-2222-3333-444444444444',
    '55555555-6666-7777-8888-999999999999',
  ),
});
// #endregion

// #region own-store
SparkStorage.s3(chart, 'on-minio', {
  endpoint: 'http://minio.store.svc:9000',
  bucket: 'streams',
  prefix: 'checkpoints/prod-eu',
  identity: CloudIdentity.secret(Secret.fromSecretName(chart, 'minio', 'minio-keys')),
  egress: { peers: [NetworkPeer.podsOf('store', { app: 'minio' })], ports: [9000] },
});

SparkStorage.hdfs(chart, 'on-hdfs', {
  nameNode: 'hdfs://namenode.hdfs:8020',
  prefix: 'checkpoints/prod-eu',
  user: 'streams',
});
// #endregion

// #region claim
SparkStorage.persistentVolumeClaim(chart, 'on-a-volume', {
  claim: PersistentVolumeClaim.fromClaimName(chart, 'state', 'state'),
  accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY,
  prefix: 'checkpoints',
});
// #endregion

// #region data
const lake = SparkStorage.s3(chart, 'lake', {
  bucket: 'acme-lake',
  prefix: 'checkpoints/prod-eu',
  region: 'eu-central-1',
  identity: CloudIdentity.awsRole('arn:aws:iam::123456789012:role/sessions'),
});
const clicksIn = StoragePath.read(lake, 'raw/clicks');
const sessionsOut = StoragePath.write(lake, 'out/sessions');

new SecureSparkApplication(chart, 'count-sessions', {
  jobNamespace: clicks,
  image,
  main: SparkMain.python('local:///opt/app/count_sessions.py', { arguments: [clicksIn.uri, sessionsOut.uri] }),
  storagePaths: [clicksIn, sessionsOut],
  eventLog: { storage: lake, path: 'event-logs' },
});
// #endregion

// #region kafka
new SecureSparkApplication(chart, 'from-kafka', {
  jobNamespace: clicks,
  image,
  main: SparkMain.python('local:///opt/app/from_kafka.py'),
  checkpoint: Checkpoint.on(checkpoints),
  kafka: { peers: [NetworkPeer.podsOf('kafka', { 'strimzi.io/name': 'events-kafka' })], ports: [9093] },
});
// #endregion

// #region clean-up
new CheckpointRetention(chart, 'state-clean-up', {
  storage: checkpoints,
  namespaces: [clicks.name],
  after: Duration.days(60),
  image,
  identity: CloudIdentity.awsRole('arn:aws:iam::123456789012:role/state-clean-up'),
  dryRun: true,
});
// #endregion

app.synth();
