import { PolicyDocument, s3Policy } from '../../lib/storage/permissions/s3-policy';
import { StorageUse } from '../../lib/storage/permissions/storage-access';

export const CONNECTORS_IMAGE = 'localhost/spark-connectors:4.0.4';
export const BUCKET = 'acme-streams';

/** The least policy of a job: its checkpoint and its output. */
export function policyOf(checkpoint: string, output: string): PolicyDocument {
  return s3Policy({
    store: 's3',
    name: 'streams',
    bucket: BUCKET,
    grants: [
      { path: checkpoint, use: StorageUse.CHECKPOINT },
      { path: output, use: StorageUse.READ_WRITE },
    ],
    identity: {
      account: '123456789012',
      role: 'streams',
      namespace: 'streams',
      serviceAccounts: ['spark-driver', 'spark-executor'],
      trust: { kind: 'podIdentity', region: 'eu-central-1', cluster: 'test' },
    },
  });
}
