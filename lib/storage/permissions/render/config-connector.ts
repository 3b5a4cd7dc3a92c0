import { gcsBindings, gcsMembers, roleName, WORKLOAD_IDENTITY_USER, workloadIdentityUsers } from '../gcs-bindings';
import { gcsBucketRules } from '../lifecycle';
import { KnownGcsAccess } from '../missing-facts';
import { accountAndProject, CloudManifest, numbered, withoutRepetitions } from './cloud-manifest';

const IAM = 'iam.cnrm.cloud.google.com/v1beta1';
const STORAGE = 'storage.cnrm.cloud.google.com/v1beta1';

/**
 * Objects of Google's Config Connector: custom roles, bindings and what else the accesses need.
 *
 * @param namespace where Config Connector looks for them
 * @see https://cloud.google.com/config-connector/docs/reference/resource-docs/iam/iamcustomrole
 * @see https://cloud.google.com/config-connector/docs/reference/resource-docs/iam/iampolicymember
 * @see https://cloud.google.com/config-connector/docs/reference/resource-docs/iam/iamserviceaccount
 * @see https://cloud.google.com/config-connector/docs/reference/resource-docs/storage/storagebucket
 */
export function configConnectorManifests(accesses: readonly KnownGcsAccess[], namespace: string): CloudManifest[] {
  return withoutRepetitions(
    accesses.flatMap((access) => [
      ...bucket(access, namespace),
      ...serviceAccount(access, namespace),
      ...bindings(access, namespace),
      ...workloadIdentity(access, namespace),
    ]),
  );
}

function bindings(access: KnownGcsAccess, namespace: string): CloudManifest[] {
  const members = gcsMembers(access.identity);
  return gcsBindings(access).flatMap(({ name, role, condition }) => [
    {
      apiVersion: IAM,
      kind: 'IAMCustomRole',
      metadata: { name: role.id, namespace, annotations: inProject(access.project) },
      spec: { title: role.title, description: role.reason, permissions: [...role.permissions], stage: 'GA' },
    },
    ...members.map((member, index) => ({
      apiVersion: IAM,
      kind: 'IAMPolicyMember',
      metadata: { name: numbered(`${access.name}-${name}`, index), namespace },
      spec: {
        member,
        role: roleName(access.project, role),
        resourceRef: { apiVersion: STORAGE, kind: 'StorageBucket', external: access.bucket },
        ...(condition === undefined ? {} : { condition: { ...condition } }),
      },
    })),
  ]);
}

function serviceAccount({ identity }: KnownGcsAccess, namespace: string): CloudManifest[] {
  if (identity.serviceAccount === undefined) return [];
  const [account, project] = accountAndProject(identity.serviceAccount);
  return [
    {
      apiVersion: IAM,
      kind: 'IAMServiceAccount',
      metadata: { name: account, namespace, annotations: inProject(project) },
      spec: { displayName: `Spark jobs of ${identity.namespace}` },
    },
  ];
}

function workloadIdentity({ name, identity }: KnownGcsAccess, namespace: string): CloudManifest[] {
  return workloadIdentityUsers(identity, identity.clusterProject).map((member, index) => ({
    apiVersion: IAM,
    kind: 'IAMPolicyMember',
    metadata: { name: numbered(`${name}-workload-identity`, index), namespace },
    spec: {
      member,
      role: WORKLOAD_IDENTITY_USER,
      resourceRef: {
        apiVersion: IAM,
        kind: 'IAMServiceAccount',
        name: accountAndProject(identity.serviceAccount ?? '')[0],
      },
    },
  }));
}

function bucket({ bucket: name, project, newBucket }: KnownGcsAccess, namespace: string): CloudManifest[] {
  if (newBucket === undefined) return [];
  return [
    {
      apiVersion: STORAGE,
      kind: 'StorageBucket',
      metadata: {
        name,
        namespace,
        // State outlives the object that stands for its bucket.
        annotations: { ...inProject(project), 'cnrm.cloud.google.com/deletion-policy': 'abandon' },
      },
      spec: {
        location: newBucket.location,
        uniformBucketLevelAccess: true,
        publicAccessPrevention: 'enforced',
        versioning: { enabled: true },
        lifecycleRule: gcsBucketRules(),
      },
    },
  ];
}

function inProject(project: string): { [name: string]: string } {
  return { 'cnrm.cloud.google.com/project-id': project };
}
