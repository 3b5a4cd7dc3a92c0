import * as path from 'node:path';
import { Chart, Size } from 'cdk8s';
import { ConfigMap, Cpu, Volume } from 'cdk8s-plus-28';
import {
  Checkpoint,
  CronSchedule,
  NetworkPeer,
  ScheduledSparkApplication,
  SparkApp,
  SparkImage,
  SparkJobNamespace,
  SparkMain,
  SparkOperator,
  SparkStorage,
  StoragePath,
} from 'cdk8s-spark';

const app = new SparkApp();
const platform = new Chart(app, 'platform');
const streams = new SparkJobNamespace(platform, 'streams', {
  quota: { cpu: Cpu.units(8), memory: Size.gibibytes(32) },
});
new SparkOperator(platform, 'operator', { jobNamespaces: [streams] });

const jobs = new Chart(app, 'jobs', { namespace: streams.name });
jobs.addDependency(platform);

// The job's own accounts, clicks-driver and clicks-executor, are the principals that the bucket's rights are bound to.
const store = SparkStorage.gcs(jobs, 'store', { bucket: 'acme-streams', prefix: 'checkpoints/prod-eu' });
const output = StoragePath.fileSink(store, 'out/clicks');

// A small program can come with the manifests; a larger one is part of the image.
const program = new ConfigMap(jobs, 'program', { metadata: { name: 'records-program' } });
program.addFile(path.join(__dirname, '../streaming/records.py'));

// Every ten minutes it reads what is there and ends; nothing runs in between. A run that takes longer leaves out the next.
new ScheduledSparkApplication(jobs, 'clicks', {
  jobNamespace: streams,
  // Spark with gcs-connector and spark-sql-kafka in its folder of JARs.
  image: SparkImage.of('registry.acme.dev/spark-connectors:4.0.4', { sparkVersion: '4.0.4' }),
  main: SparkMain.python('local:///opt/app/records.py', {
    arguments: [`--output=${output.uri}`, '--servers=kafka-bootstrap.kafka:9092', '--topic=clicks', '--available-now'],
  }),
  driver: {
    memory: Size.gibibytes(2),
    volumeMounts: [{ path: '/opt/app', volume: Volume.fromConfigMap(jobs, 'program-files', program), readOnly: true }],
  },
  executor: { instances: 2, memory: Size.gibibytes(4) },
  schedule: CronSchedule.cron('*/10 * * * *'),
  checkpoint: Checkpoint.on(store),
  storagePaths: [output],
  kafka: { peers: [NetworkPeer.podsOf('kafka')], ports: [9092] },
});

app.synth();
