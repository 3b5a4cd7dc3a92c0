import * as fs from 'node:fs';
import * as path from 'node:path';
import { Chart, Duration, Size } from 'cdk8s';
import { ConfigMap, Cpu, IConfigMap, Secret, Volume, VolumeMount } from 'cdk8s-plus-28';
import {
  CronSchedule,
  Encryption,
  LocalDirectories,
  RestartPolicy,
  ScheduledSparkApplication,
  SecureSparkApplication,
  SecureSparkApplicationProps,
  SparkApp,
  SparkImage,
  SparkJobNamespace,
  SparkMain,
  SparkOperator,
  WritableDirectory,
} from 'cdk8s-spark';

/** Jobs whose runs the cluster tests look at. */
const app = new SparkApp();
const platform = new Chart(app, 'platform');
const runs = new SparkJobNamespace(platform, 'runs');
new SparkOperator(platform, 'operator', { jobNamespaces: [runs], webhook: { replicas: 1 } });

const jobs = new Chart(app, 'jobs', { namespace: 'runs' });
jobs.addDependency(platform);

const scripts = new ConfigMap(jobs, 'scripts', { metadata: { name: 'scripts', namespace: 'runs' } });
for (const script of ['containers.py', 'shuffle.py']) {
  scripts.addData(script, fs.readFileSync(path.join(__dirname, script), 'utf8'));
}
new Secret(jobs, 'key', {
  metadata: { name: 'spark-key', namespace: 'runs' },
  stringData: { secret: 'only-for-this-test' },
});

function filesOf(id: string, configMap: IConfigMap): VolumeMount {
  return { path: '/opt/app', volume: Volume.fromConfigMap(jobs, `${id}-files`, configMap) };
}

const small = { coreRequest: Cpu.millis(150), memory: Size.mebibytes(512) };
const common: Omit<SecureSparkApplicationProps, 'main'> = {
  jobNamespace: runs,
  image: SparkImage.of('docker.io/apache/spark:4.0.4', { sparkVersion: '4.0.4' }),
};

new SecureSparkApplication(jobs, 'inspect', {
  ...common,
  main: SparkMain.python('local:///opt/app/containers.py'),
  driver: { ...small, volumeMounts: [filesOf('inspect', scripts)] },
  executor: small,
  writableDirectories: [WritableDirectory.emptyDir('/scratch', { sizeLimit: Size.mebibytes(16), inMemory: true })],
});

// The test builds the JAR and puts it into this config map.
const jar = ConfigMap.fromConfigMapName(jobs, 'jar', 'jar');
new SecureSparkApplication(jobs, 'java', {
  ...common,
  main: SparkMain.java('local:///opt/app/count.jar', 'test.Count', { arguments: ['1000'] }),
  driver: { ...small, volumeMounts: [filesOf('java', jar)] },
  executor: { ...small, volumeMounts: [filesOf('java-executor', jar)] },
});

// Volume claims on demand for both roles, and the key of a Secret.
const claim = LocalDirectories.onDemandClaim({ size: Size.gibibytes(1), storageClassName: 'standard' });
new SecureSparkApplication(jobs, 'claims', {
  ...common,
  main: SparkMain.python('local:///opt/app/shuffle.py'),
  driver: { ...small, volumeMounts: [filesOf('claims', scripts)], localDirectories: claim },
  executor: { ...small, localDirectories: claim },
  // Spark asks for ReadWriteOncePod, which only CSI drivers have.
  sparkConf: { 'spark.kubernetes.legacy.useReadWriteOnceAccessMode': 'true' },
  encryption: Encryption.fromSecret(Secret.fromSecretName(jobs, 'spark-key', 'spark-key'), 'secret'),
});

// Fails once on purpose, so that the operator starts it again; it goes away by itself afterwards.
new SecureSparkApplication(jobs, 'restarted', {
  ...common,
  main: SparkMain.python('local:///opt/app/shuffle.py', { arguments: ['fail'] }),
  driver: { ...small, volumeMounts: [filesOf('restarted', scripts)] },
  executor: small,
  restartPolicy: RestartPolicy.onFailure({ retries: 1, interval: Duration.seconds(1) }),
  timeToLive: Duration.seconds(5),
});

new ScheduledSparkApplication(jobs, 'scheduled', {
  ...common,
  main: SparkMain.python('local:///opt/spark/examples/src/main/python/pi.py'),
  driver: small,
  executor: small,
  schedule: CronSchedule.every(Duration.seconds(20)),
  successfulRunHistoryLimit: 1,
});

app.synth();
