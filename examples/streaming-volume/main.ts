import * as path from 'node:path';
import { Chart, Duration, Size } from 'cdk8s';
import { ConfigMap, Cpu, PersistentVolumeAccessMode, PersistentVolumeClaim, Volume } from 'cdk8s-plus-28';
import {
  Checkpoint,
  SparkApp,
  SparkImage,
  SparkJobNamespace,
  SparkMain,
  SparkOperator,
  SparkStorage,
  StoragePath,
  StreamingSparkApplication,
} from 'cdk8s-spark';

const app = new SparkApp();
const platform = new Chart(app, 'platform');
const streams = new SparkJobNamespace(platform, 'streams');
new SparkOperator(platform, 'operator', { jobNamespaces: [streams] });

// Driver and executors may be on several nodes, and all of them write. It stays when a job goes.
const volume = new PersistentVolumeClaim(platform, 'volume', {
  metadata: { name: 'streams', namespace: streams.name },
  accessModes: [PersistentVolumeAccessMode.READ_WRITE_MANY],
  storage: Size.gibibytes(10),
});

const jobs = new Chart(app, 'jobs', { namespace: streams.name });
jobs.addDependency(platform);

const store = SparkStorage.persistentVolumeClaim(jobs, 'store', {
  claim: volume,
  mountPath: '/var/streams',
  prefix: 'checkpoints',
});
const output = StoragePath.fileSink(store, 'out/ticks');

// A small program can come with the manifests; a larger one is part of the image.
const program = new ConfigMap(jobs, 'program', { metadata: { name: 'records-program' } });
program.addFile(path.join(__dirname, '../streaming/records.py'));

new StreamingSparkApplication(jobs, 'ticks', {
  jobNamespace: streams,
  image: SparkImage.of('docker.io/apache/spark:4.0.4', { sparkVersion: '4.0.4' }),
  // Without a topic the program makes records of its own.
  main: SparkMain.python('local:///opt/app/records.py', { arguments: [`--output=${output.uri}`] }),
  driver: {
    coreRequest: Cpu.millis(250),
    memory: Size.mebibytes(512),
    volumeMounts: [{ path: '/opt/app', volume: Volume.fromConfigMap(jobs, 'program-files', program), readOnly: true }],
  },
  executor: { coreRequest: Cpu.millis(250), memory: Size.mebibytes(512) },
  checkpoint: Checkpoint.on(store),
  storagePaths: [output],
  triggerInterval: Duration.seconds(10),
  stopWithin: Duration.minutes(1),
});

app.synth();
