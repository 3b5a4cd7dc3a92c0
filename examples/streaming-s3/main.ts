import * as path from 'node:path';
import { Chart, Duration, Size } from 'cdk8s';
import { ConfigMap, Cpu, Secret, Volume } from 'cdk8s-plus-28';
import {
  Checkpoint,
  CloudIdentity,
  NetworkPeer,
  SparkApp,
  SparkImage,
  SparkJobNamespace,
  SparkMain,
  SparkOperator,
  SparkStorage,
  StoragePath,
  StreamingSparkApplication,
} from 'cdk8s-spark';

// On AWS; or on a store of your own, with the keys in the Secret "s3-keys".
const { S3_ENDPOINT, KAFKA_BOOTSTRAP_SERVERS = 'kafka-bootstrap.kafka:9092', KAFKA_CIDR } = process.env;
const brokers = KAFKA_CIDR === undefined ? NetworkPeer.podsOf('kafka') : NetworkPeer.cidr(KAFKA_CIDR);
// Spark with hadoop-aws, the AWS SDK and spark-sql-kafka in its folder of JARs.
const { SPARK_IMAGE = 'registry.acme.dev/spark-connectors:4.0.4' } = process.env;

const app = new SparkApp();
const platform = new Chart(app, 'platform');
const streams = new SparkJobNamespace(platform, 'streams');
new SparkOperator(platform, 'operator', { jobNamespaces: [streams] });

const jobs = new Chart(app, 'jobs', { namespace: streams.name });
jobs.addDependency(platform);

const store = SparkStorage.s3(jobs, 'store', {
  region: 'eu-central-1',
  endpoint: S3_ENDPOINT,
  bucket: 'acme-streams',
  prefix: 'checkpoints/prod-eu',
  identity:
    S3_ENDPOINT === undefined
      ? CloudIdentity.awsRole('arn:aws:iam::123456789012:role/clicks')
      : CloudIdentity.secret(Secret.fromSecretName(jobs, 's3-keys', 's3-keys')),
});
const output = StoragePath.fileSink(store, 'out/clicks');

// A small program can come with the manifests; a larger one is part of the image.
const program = new ConfigMap(jobs, 'program', { metadata: { name: 'records-program' } });
program.addFile(path.join(__dirname, '../streaming/records.py'));

new StreamingSparkApplication(jobs, 'clicks', {
  jobNamespace: streams,
  image: SparkImage.of(SPARK_IMAGE, { sparkVersion: '4.0.4' }),
  main: SparkMain.python('local:///opt/app/records.py', {
    arguments: [`--output=${output.uri}`, `--servers=${KAFKA_BOOTSTRAP_SERVERS}`, '--topic=clicks'],
  }),
  driver: {
    coreRequest: Cpu.millis(250),
    memory: Size.mebibytes(512),
    volumeMounts: [{ path: '/opt/app', volume: Volume.fromConfigMap(jobs, 'program-files', program), readOnly: true }],
  },
  executor: { coreRequest: Cpu.millis(250), memory: Size.mebibytes(512) },
  checkpoint: Checkpoint.on(store),
  storagePaths: [output],
  kafka: { peers: [brokers], ports: [Number(KAFKA_BOOTSTRAP_SERVERS.split(':').at(-1))] },
  triggerInterval: Duration.seconds(10),
  maxOffsetsPerTrigger: 10_000,
});

app.synth();
