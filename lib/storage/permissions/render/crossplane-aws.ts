import { trustPolicy } from '../aws-trust';
import { S3LifecycleRule, s3BucketRules } from '../lifecycle';
import { s3Policy } from '../s3-policy';
import { KnownS3Access } from '../missing-facts';
import { CloudManifest, namespacedName, objectName, withoutRepetitions } from './cloud-manifest';
import { IamRole, rolesWithManagedPolicies } from './iam-roles';

const IAM = 'iam.aws.upbound.io/v1beta1';

/**
 * Objects of Crossplane's provider for AWS, cluster-scoped, which Crossplane 1 and 2 know.
 *
 * @see https://marketplace.upbound.io/providers/upbound/provider-aws-iam
 * @see https://marketplace.upbound.io/providers/upbound/provider-aws-s3
 * @see https://marketplace.upbound.io/providers/upbound/provider-aws-eks
 */
export function crossplaneAwsManifests(accesses: readonly KnownS3Access[]): CloudManifest[] {
  return withoutRepetitions([
    ...accesses.flatMap(bucket),
    ...accesses.flatMap((access) => [policy(access), attachment(access)]),
    ...rolesWithManagedPolicies(accesses).flatMap((each) => [role(each), ...associations(each)]),
  ]);
}

function policy(access: KnownS3Access): CloudManifest {
  return {
    apiVersion: IAM,
    kind: 'Policy',
    metadata: { name: access.name },
    spec: { forProvider: { policy: JSON.stringify(s3Policy(access)) } },
  };
}

function attachment({ name, identity }: KnownS3Access): CloudManifest {
  return {
    apiVersion: IAM,
    kind: 'RolePolicyAttachment',
    metadata: { name },
    spec: { forProvider: { policyArnRef: { name }, roleRef: { name: objectName(identity.role) } } },
  };
}

function role({ identity, partition }: IamRole): CloudManifest {
  return {
    apiVersion: IAM,
    kind: 'Role',
    metadata: {
      name: objectName(identity.role),
      annotations: { 'crossplane.io/external-name': identity.role },
    },
    spec: {
      forProvider: {
        ...(identity.path === undefined ? {} : { path: identity.path }),
        assumeRolePolicy: JSON.stringify(trustPolicy(identity, partition)),
      },
    },
  };
}

function associations({ identity }: IamRole): CloudManifest[] {
  const { trust } = identity;
  if (trust.kind === 'irsa') return [];
  return identity.serviceAccounts.map((serviceAccount) => ({
    apiVersion: 'eks.aws.upbound.io/v1beta1',
    kind: 'PodIdentityAssociation',
    metadata: { name: namespacedName(identity.namespace, serviceAccount) },
    spec: {
      forProvider: {
        region: trust.region,
        clusterName: trust.cluster,
        namespace: identity.namespace,
        serviceAccount,
        roleArnRef: { name: objectName(identity.role) },
      },
    },
  }));
}

function bucket({ bucket: name, newBucket }: KnownS3Access): CloudManifest[] {
  if (newBucket === undefined) return [];
  const region = newBucket.location;
  const part = (apiVersion: string, kind: string, suffix: string, settings: object): CloudManifest => ({
    apiVersion,
    kind,
    metadata: { name: `${name}-${suffix}` },
    spec: { forProvider: { region, bucketRef: { name }, ...settings } },
  });
  return [
    {
      apiVersion: 's3.aws.upbound.io/v1beta2',
      kind: 'Bucket',
      metadata: { name },
      // State outlives the object that stands for its bucket.
      spec: { deletionPolicy: 'Orphan', forProvider: { region } },
    },
    part('s3.aws.upbound.io/v1beta2', 'BucketVersioning', 'versioning', {
      versioningConfiguration: { status: 'Enabled' },
    }),
    part('s3.aws.upbound.io/v1beta2', 'BucketOwnershipControls', 'ownership', {
      rule: { objectOwnership: 'BucketOwnerEnforced' },
    }),
    part('s3.aws.upbound.io/v1beta1', 'BucketPublicAccessBlock', 'public-access', {
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    }),
    part('s3.aws.upbound.io/v1beta2', 'BucketLifecycleConfiguration', 'lifecycle', {
      rule: s3BucketRules().map(lifecycleRule),
    }),
  ];
}

function lifecycleRule(rule: S3LifecycleRule): Record<string, unknown> {
  const { AbortIncompleteMultipartUpload: abort, NoncurrentVersionExpiration: old, Expiration: markers } = rule;
  return {
    id: rule.ID,
    status: rule.Status,
    filter: [{ prefix: rule.Filter.Prefix }],
    ...(abort === undefined
      ? {}
      : { abortIncompleteMultipartUpload: [{ daysAfterInitiation: abort.DaysAfterInitiation }] }),
    ...(old === undefined ? {} : { noncurrentVersionExpiration: [{ noncurrentDays: old.NoncurrentDays }] }),
    ...(markers === undefined ? {} : { expiration: [{ expiredObjectDeleteMarker: true }] }),
  };
}
