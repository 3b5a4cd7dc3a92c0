import { Chart, Duration, Size } from 'cdk8s';
import { PersistentVolumeAccessMode, PersistentVolumeClaim, Secret } from 'cdk8s-plus-28';
import {
  Checkpoint,
  CheckpointRetention,
  CheckpointRetentionProps,
  CloudIdentity,
  SecureSparkApplication,
  SparkApp,
  SparkImage,
  SparkJobNamespace,
  SparkMain,
  SparkStorage,
} from 'cdk8s-spark';

/** Clean-ups of a bucket and of a claim. The jobs are never started: their checkpoints are written by the test. */
const endpoint = process.env.S3_ENDPOINT ?? 'http://127.0.0.1:9000';
const image = SparkImage.of('localhost/spark-connectors:4.0.4', { sparkVersion: '4.0.4' });

const app = new SparkApp();
const platform = new Chart(app, 'platform');
const jobs = new Chart(app, 'jobs');

const secret = (name: string): CloudIdentity => CloudIdentity.secret(Secret.fromSecretName(platform, name, name));
const bucket = SparkStorage.s3(platform, 'bucket', {
  endpoint,
  bucket: 'clean-up-test',
  prefix: 'checkpoints/prod',
  identity: secret('jobs-keys'),
});
const onBucket: Omit<CheckpointRetentionProps, 'namespaces'> = {
  storage: bucket,
  after: Duration.days(30),
  image,
  identity: secret('clean-up-keys'),
};
new CheckpointRetention(platform, 'clean-up-test', { ...onBucket, namespaces: ['clean-up-jobs'] });

const namespace = new SparkJobNamespace(platform, 'clean-up-jobs');
const claim = new PersistentVolumeClaim(platform, 'state', {
  metadata: { name: 'state', namespace: namespace.name },
  accessModes: [PersistentVolumeAccessMode.READ_WRITE_MANY],
  storage: Size.gibibytes(1),
});
const volume = SparkStorage.persistentVolumeClaim(platform, 'volume', { claim, prefix: 'checkpoints' });
new CheckpointRetention(platform, 'clean-up-volume', {
  storage: volume,
  namespaces: [namespace.name],
  after: Duration.days(30),
  image,
});

const common = { jobNamespace: namespace, image, main: SparkMain.python('local:///opt/app/job.py') };
for (const storage of [bucket, volume]) {
  const kind = storage.node.id;
  new SecureSparkApplication(jobs, `live-${kind}`, { ...common, checkpoint: Checkpoint.on(storage) });
  new SecureSparkApplication(jobs, `versions-${kind}`, {
    ...common,
    checkpoint: Checkpoint.on(storage, { version: 2 }),
  });
}

app.synth();
