import * as path from 'node:path';
import { App, Chart, Size } from 'cdk8s';
import { ConfigMap, Cpu, Secret, Volume } from 'cdk8s-plus-28';
import {
  CheckpointStorage,
  CloudIdentity,
  SecureSparkApplication,
  SparkImage,
  SparkJobNamespace,
  SparkMain,
  SparkOperator,
} from 'cdk8s-spark';
import { JOBS, NAMESPACE, outputOf, PREFIX } from '../removed-actions';
import { BUCKET, CONNECTORS_IMAGE } from '../stream-policy';

/** One job many times, each with keys of its own. */
const app = new App();
const platform = new Chart(app, 'platform');
const streams = new SparkJobNamespace(platform, NAMESPACE);
new SparkOperator(platform, 'operator', { jobNamespaces: [streams], webhook: { replicas: 1 } });

const jobs = new Chart(app, 'jobs', { namespace: NAMESPACE });
jobs.addDependency(platform);
const program = new ConfigMap(jobs, 'program', { metadata: { name: 'records-program' } });
program.addFile(path.join(__dirname, '../../../examples/streaming/records.py'));

for (const name of JOBS) {
  const small = { coreRequest: Cpu.millis(50), memory: Size.mebibytes(512) };
  new SecureSparkApplication(jobs, name, {
    jobNamespace: streams,
    image: SparkImage.of(CONNECTORS_IMAGE, { sparkVersion: '4.0.4' }),
    main: SparkMain.python('local:///opt/app/records.py', {
      arguments: [
        `--output=s3a://${BUCKET}/${outputOf(name)}`,
        `--servers=${process.env.KAFKA_BOOTSTRAP_SERVERS}`,
        '--topic=clicks',
      ],
    }),
    driver: {
      ...small,
      volumeMounts: [
        { path: '/opt/app', volume: Volume.fromConfigMap(jobs, `${name}-files`, program), readOnly: true },
      ],
    },
    executor: small,
    checkpoint: CheckpointStorage.s3(jobs, `${name}-checkpoints`, {
      region: 'eu-central-1',
      endpoint: process.env.S3_ENDPOINT,
      bucket: BUCKET,
      prefix: PREFIX,
      identity: CloudIdentity.secret(Secret.fromSecretName(jobs, `${name}-secret`, `s3-keys-${name}`)),
    }),
  });
}

app.synth();
