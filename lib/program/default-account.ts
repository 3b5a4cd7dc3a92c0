import { ApiObject } from 'cdk8s';
import { namespaceOf } from '../kubernetes/objects';

/** Annotations by which the clouds give a service account an identity. */
const IDENTITY_ANNOTATIONS = [
  'azure.workload.identity/client-id',
  'eks.amazonaws.com/role-arn',
  'iam.gke.io/gcp-service-account',
];

/** Why an object gives a cloud's identity to every pod that names no account, or `undefined`. */
export function defaultIdentityProblem(object: ApiObject): string | undefined {
  if (object.kind !== 'ServiceAccount' || object.name !== 'default') return undefined;
  const { annotations = {} } = object.metadata.toJson() as { annotations?: Record<string, string> };
  const annotation = IDENTITY_ANNOTATIONS.find((key) => key in annotations);
  if (annotation === undefined) return undefined;
  const namespace = namespaceOf(object);
  return (
    `${object.node.path}: the account "default"${namespace === undefined ? '' : ` of namespace "${namespace}"`} has the ` +
    `annotation ${annotation}, which gives the identity to every pod without an account: put it on an account of its own, ` +
    'or give the identity to the storage of a job'
  );
}
