import * as path from 'node:path';
import { Chart, Size } from 'cdk8s';
import { ConfigMap, Cpu, Secret, Volume } from 'cdk8s-plus-28';
import {
  Checkpoint,
  CloudIdentity,
  NetworkPeer,
  SecureSparkApplication,
  SparkApp,
  SparkImage,
  SparkJobNamespace,
  SparkMain,
  SparkOperator,
  SparkStorage,
  StoragePath,
} from 'cdk8s-spark';
import { BUCKET, CONNECTORS_IMAGE, JOBS, NAMESPACE, outputOf, PREFIX } from '../removed-actions';

/** One job many times, each with keys of its own. */
const app = new SparkApp();
const platform = new Chart(app, 'platform');
const streams = new SparkJobNamespace(platform, NAMESPACE);
new SparkOperator(platform, 'operator', { jobNamespaces: [streams], webhook: { replicas: 1 } });

const { KAFKA_BOOTSTRAP_SERVERS = '', KAFKA_CIDR = '' } = process.env;
streams.allowEgress('kafka', {
  peers: [NetworkPeer.cidr(KAFKA_CIDR)],
  ports: [Number(KAFKA_BOOTSTRAP_SERVERS.split(':')[1])],
});

const jobs = new Chart(app, 'jobs', { namespace: NAMESPACE });
jobs.addDependency(platform);
const program = new ConfigMap(jobs, 'program', { metadata: { name: 'records-program' } });
program.addFile(path.join(__dirname, '../../../examples/streaming/records.py'));

for (const name of JOBS) {
  const store = SparkStorage.s3(jobs, `${name}-store`, {
    region: 'eu-central-1',
    endpoint: process.env.S3_ENDPOINT,
    bucket: BUCKET,
    prefix: PREFIX,
    identity: CloudIdentity.secret(Secret.fromSecretName(jobs, `${name}-secret`, `s3-keys-${name}`)),
  });
  const output = StoragePath.fileSink(store, outputOf(name));
  const small = { coreRequest: Cpu.millis(50), memory: Size.mebibytes(512) };
  new SecureSparkApplication(jobs, name, {
    jobNamespace: streams,
    image: SparkImage.of(CONNECTORS_IMAGE, { sparkVersion: '4.0.4' }),
    main: SparkMain.python('local:///opt/app/records.py', {
      arguments: [
        `--output=${output.uri}`,
        `--servers=${KAFKA_BOOTSTRAP_SERVERS}`,
        '--topic=clicks',
        '--available-now',
      ],
    }),
    driver: {
      ...small,
      volumeMounts: [
        { path: '/opt/app', volume: Volume.fromConfigMap(jobs, `${name}-files`, program), readOnly: true },
      ],
    },
    executor: small,
    checkpoint: Checkpoint.on(store),
    storagePaths: [output],
  });
}

app.synth();
