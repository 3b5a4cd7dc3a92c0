import * as path from 'node:path';
import { Chart, Duration, Size } from 'cdk8s';
import { ConfigMap, Cpu, PersistentVolumeAccessMode, PersistentVolumeClaim, Volume } from 'cdk8s-plus-28';
import {
  Checkpoint,
  RestartPolicy,
  SparkApp,
  SparkImage,
  SparkJobNamespace,
  SparkMain,
  SparkStorage,
  StoragePath,
  StreamingSparkApplication,
} from 'cdk8s-spark';

/** A stream beside that of examples/streaming-volume, on its volume, whose checkpoint Spark finds by the query's name. */
const app = new SparkApp();
// The namespace is there already; just what is in the other chart is applied.
const streams = new SparkJobNamespace(new Chart(app, 'platform'), 'streams');
const jobs = new Chart(app, 'jobs', { namespace: streams.name });
const store = SparkStorage.persistentVolumeClaim(jobs, 'store', {
  claim: PersistentVolumeClaim.fromClaimName(jobs, 'volume', 'streams'),
  accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY,
  mountPath: '/var/streams',
  prefix: 'checkpoints',
});
const output = StoragePath.fileSink(store, 'out/named');
const program = new ConfigMap(jobs, 'program', { metadata: { name: 'named-query-program' } });
program.addFile(path.join(__dirname, 'named-query.py'));

new StreamingSparkApplication(jobs, 'named', {
  jobNamespace: streams,
  image: SparkImage.of('docker.io/apache/spark:4.0.4', { sparkVersion: '4.0.4' }),
  main: SparkMain.python('local:///opt/app/named-query.py', { arguments: [output.uri] }),
  driver: {
    coreRequest: Cpu.millis(250),
    memory: Size.mebibytes(512),
    volumeMounts: [{ path: '/opt/app', volume: Volume.fromConfigMap(jobs, 'program-files', program), readOnly: true }],
  },
  executor: { coreRequest: Cpu.millis(250), memory: Size.mebibytes(512) },
  checkpoint: Checkpoint.on(store, { namedQueries: true }),
  storagePaths: [output],
  gracefulStop: false,
  restartPolicy: RestartPolicy.always({ interval: Duration.seconds(1) }),
});

app.synth();
