import { gcsBindings, gcsMembers, roleName, WORKLOAD_IDENTITY_USER, workloadIdentityUsers } from '../gcs-bindings';
import { gcsBucketRules } from '../lifecycle';
import { KnownGcsAccess } from '../missing-facts';
import { accountAndProject, CloudManifest, numbered, withoutRepetitions } from './cloud-manifest';

/**
 * Objects of Crossplane's provider for Google Cloud, cluster-scoped, which Crossplane 1 and 2 know.
 *
 * @see https://marketplace.upbound.io/providers/upbound/provider-gcp-cloudplatform
 * @see https://marketplace.upbound.io/providers/upbound/provider-gcp-storage
 */
export function crossplaneGcpManifests(accesses: readonly KnownGcsAccess[]): CloudManifest[] {
  return withoutRepetitions(
    accesses.flatMap((access) => [...bucket(access), ...bindings(access), ...workloadIdentity(access)]),
  );
}

function bindings(access: KnownGcsAccess): CloudManifest[] {
  const members = gcsMembers(access.identity);
  return gcsBindings(access).flatMap(({ name, role, condition }) => [
    {
      apiVersion: 'cloudplatform.gcp.upbound.io/v1beta1',
      kind: 'ProjectIAMCustomRole',
      // The name is the role's id in the project.
      metadata: { name: role.id },
      spec: {
        forProvider: {
          project: access.project,
          title: role.title,
          description: role.reason,
          permissions: [...role.permissions],
        },
      },
    },
    ...members.map((member, index) => ({
      apiVersion: 'storage.gcp.upbound.io/v1beta2',
      kind: 'BucketIAMMember',
      metadata: { name: numbered(`${access.name}-${name}`, index) },
      spec: {
        forProvider: {
          bucket: access.bucket,
          role: roleName(access.project, role),
          member,
          ...(condition === undefined ? {} : { condition: { ...condition } }),
        },
      },
    })),
  ]);
}

function workloadIdentity({ name, identity }: KnownGcsAccess): CloudManifest[] {
  const email = identity.serviceAccount ?? '';
  const [, project] = accountAndProject(email);
  return workloadIdentityUsers(identity, identity.clusterProject).map((member, index) => ({
    apiVersion: 'cloudplatform.gcp.upbound.io/v1beta2',
    kind: 'ServiceAccountIAMMember',
    metadata: { name: numbered(`${name}-workload-identity`, index) },
    spec: {
      forProvider: {
        serviceAccountId: `projects/${project}/serviceAccounts/${email}`,
        role: WORKLOAD_IDENTITY_USER,
        member,
      },
    },
  }));
}

function bucket({ bucket: name, project, newBucket }: KnownGcsAccess): CloudManifest[] {
  if (newBucket === undefined) return [];
  return [
    {
      apiVersion: 'storage.gcp.upbound.io/v1beta2',
      kind: 'Bucket',
      metadata: { name },
      spec: {
        // State outlives the object that stands for its bucket.
        deletionPolicy: 'Orphan',
        forProvider: {
          project,
          location: newBucket.location,
          uniformBucketLevelAccess: true,
          publicAccessPrevention: 'enforced',
          versioning: { enabled: true },
          lifecycleRule: gcsBucketRules(),
        },
      },
    },
  ];
}
