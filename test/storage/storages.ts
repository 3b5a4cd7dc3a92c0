import { Chart } from 'cdk8s';
import { PersistentVolumeAccessMode, PersistentVolumeClaim, Secret } from 'cdk8s-plus-28';
import { SparkStorage, ISparkStorage } from '../../lib/storage/spark-storage';
import { CloudIdentity } from '../../lib/storage/identity/cloud-identity';

export const ROLE = CloudIdentity.awsRole('arn:aws:iam::123456789012:role/sessions');
export const ENTRA = CloudIdentity.azureWorkloadIdentity(
  '00000000-1111-2222-3333-444444444444',
  '55555555-6666-7777-8888-999999999999',
);

export const PREFIX = 'checkpoints/prod-eu';

/** One storage of each kind. */
export const STORAGES: Readonly<Record<string, (chart: Chart) => ISparkStorage>> = {
  gcs: (chart) => SparkStorage.gcs(chart, 'checkpoints', { bucket: 'acme-streams', prefix: PREFIX }),
  s3: (chart) => SparkStorage.s3(chart, 'checkpoints', { bucket: 'acme-streams', prefix: PREFIX, identity: ROLE }),
  azure: (chart) =>
    SparkStorage.azure(chart, 'checkpoints', {
      account: 'acmestreams',
      container: 'state',
      prefix: PREFIX,
      identity: ENTRA,
    }),
  hdfs: (chart) => SparkStorage.hdfs(chart, 'checkpoints', { nameNode: 'hdfs://namenode.hdfs:8020', prefix: PREFIX }),
  persistentVolumeClaim: (chart) =>
    SparkStorage.persistentVolumeClaim(chart, 'checkpoints', {
      claim: PersistentVolumeClaim.fromClaimName(chart, 'claim', 'state'),
      accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY,
      prefix: PREFIX,
    }),
};

export function secretOf(chart: Chart): CloudIdentity {
  return CloudIdentity.secret(Secret.fromSecretName(chart, 'secret', 'store-keys'));
}
