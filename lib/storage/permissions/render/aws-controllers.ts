import { trustPolicy } from '../aws-trust';
import { S3LifecycleRule, s3BucketRules } from '../lifecycle';
import { s3Policy } from '../s3-policy';
import { KnownS3Access } from '../missing-facts';
import { CloudManifest, namespacedName, objectName, withoutRepetitions } from './cloud-manifest';
import { IamRole, rolesWithManagedPolicies } from './iam-roles';

/**
 * Objects of AWS Controllers for Kubernetes (ACK): policies, roles and what else the accesses need.
 *
 * @param namespace where the controllers look for them
 * @see https://aws-controllers-k8s.github.io/community/reference/iam/v1alpha1/role/
 * @see https://aws-controllers-k8s.github.io/community/reference/iam/v1alpha1/policy/
 * @see https://aws-controllers-k8s.github.io/community/reference/s3/v1alpha1/bucket/
 * @see https://aws-controllers-k8s.github.io/community/reference/eks/v1alpha1/podidentityassociation/
 */
export function awsControllerManifests(accesses: readonly KnownS3Access[], namespace: string): CloudManifest[] {
  return withoutRepetitions([
    ...accesses.flatMap((access) => bucket(access, namespace)),
    ...accesses.map((access) => policy(access, namespace)),
    ...rolesWithManagedPolicies(accesses).flatMap((each) => [role(each, namespace), ...associations(each, namespace)]),
  ]);
}

function policy(access: KnownS3Access, namespace: string): CloudManifest {
  return {
    apiVersion: 'iam.services.k8s.aws/v1alpha1',
    kind: 'Policy',
    metadata: { name: access.name, namespace },
    spec: { name: access.name, policyDocument: JSON.stringify(s3Policy(access)) },
  };
}

function role({ identity, partition, accesses }: IamRole, namespace: string): CloudManifest {
  return {
    apiVersion: 'iam.services.k8s.aws/v1alpha1',
    kind: 'Role',
    metadata: { name: objectName(identity.role), namespace },
    spec: {
      name: identity.role,
      ...(identity.path === undefined ? {} : { path: identity.path }),
      assumeRolePolicyDocument: JSON.stringify(trustPolicy(identity, partition)),
      policyRefs: accesses.map(({ name }) => ({ from: { name } })),
    },
  };
}

function associations({ identity }: IamRole, namespace: string): CloudManifest[] {
  const { trust } = identity;
  if (trust.kind === 'irsa') return [];
  return identity.serviceAccounts.map((serviceAccount) => ({
    apiVersion: 'eks.services.k8s.aws/v1alpha1',
    kind: 'PodIdentityAssociation',
    metadata: { name: namespacedName(identity.namespace, serviceAccount), namespace },
    spec: {
      clusterName: trust.cluster,
      namespace: identity.namespace,
      serviceAccount,
      roleRef: { from: { name: objectName(identity.role) } },
    },
  }));
}

function bucket({ bucket: name, newBucket }: KnownS3Access, namespace: string): CloudManifest[] {
  if (newBucket === undefined) return [];
  return [
    {
      apiVersion: 's3.services.k8s.aws/v1alpha1',
      kind: 'Bucket',
      metadata: {
        name,
        namespace,
        annotations: {
          'services.k8s.aws/region': newBucket.location,
          // State outlives the object that stands for its bucket.
          'services.k8s.aws/deletion-policy': 'retain',
        },
      },
      spec: {
        name,
        // S3 refuses its first region as a constraint.
        ...(newBucket.location === 'us-east-1'
          ? {}
          : { createBucketConfiguration: { locationConstraint: newBucket.location } }),
        versioning: { status: 'Enabled' },
        ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
        publicAccessBlock: {
          blockPublicACLs: true,
          blockPublicPolicy: true,
          ignorePublicACLs: true,
          restrictPublicBuckets: true,
        },
        lifecycle: { rules: s3BucketRules().map(lifecycleRule) },
      },
    },
  ];
}

function lifecycleRule(rule: S3LifecycleRule): Record<string, unknown> {
  const { AbortIncompleteMultipartUpload: abort, NoncurrentVersionExpiration: old, Expiration: markers } = rule;
  return {
    id: rule.ID,
    status: rule.Status,
    filter: { prefix: rule.Filter.Prefix },
    ...(abort === undefined
      ? {}
      : { abortIncompleteMultipartUpload: { daysAfterInitiation: abort.DaysAfterInitiation } }),
    ...(old === undefined ? {} : { noncurrentVersionExpiration: { noncurrentDays: old.NoncurrentDays } }),
    ...(markers === undefined ? {} : { expiration: { expiredObjectDeleteMarker: true } }),
  };
}
