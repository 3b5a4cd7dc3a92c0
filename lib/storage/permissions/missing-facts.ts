import { throwProblems } from '../../problems/errors';
import {
  AwsIdentity,
  AzureAccess,
  AzureIdentity,
  GcpIdentity,
  GcsAccess,
  S3Access,
  StorageAccess,
} from './storage-access';

export interface KnownAwsIdentity extends AwsIdentity {
  readonly trust: NonNullable<AwsIdentity['trust']>;
}

/** An access with every fact that an object of a cloud controller needs. */
export interface KnownS3Access extends S3Access {
  readonly identity: KnownAwsIdentity;
}

export interface KnownGcsAccess extends GcsAccess {
  readonly project: string;
  readonly identity: GcpIdentity & { readonly clusterProject: string };
}

export interface KnownAzureAccess extends AzureAccess {
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly identity: AzureIdentity;
}

export type KnownAccess = KnownS3Access | KnownGcsAccess | KnownAzureAccess;

/** The accesses, if every fact is known. Otherwise throws one error that says what to give, and where. */
export function knownAccesses(accesses: readonly StorageAccess[]): KnownAccess[] {
  const missing = accesses.map((access) => ({ access, facts: missingFacts(access) }));
  throwProblems(
    'storage permissions',
    missing.flatMap(({ access, facts }) => facts.map((fact) => `"${access.name}": ${fact}`)),
  );
  return accesses as readonly KnownAccess[] as KnownAccess[];
}

/** Whether every fact is known that creating the role needs. */
export function hasTrust(access: S3Access): access is KnownS3Access {
  return access.identity?.trust !== undefined;
}

function missingFacts(access: StorageAccess): string[] {
  if (access.store === 's3') return missingOfS3(access);
  if (access.store === 'gcs') return missingOfGcs(access);
  return missingOfAzure(access);
}

function missingOfS3({ identity }: S3Access): string[] {
  if (identity === undefined) {
    return [
      'the role of its jobs is not known; give the storage CloudIdentity.awsRole with oidcIssuer, or ' +
        'CloudIdentity.eksPodIdentity with roleArn, cluster and region',
    ];
  }
  if (identity.trust !== undefined) return [];
  return ['whose tokens its role trusts is not known; give oidcIssuer to CloudIdentity.awsRole'];
}

function missingOfGcs({ project, identity }: GcsAccess): string[] {
  return [
    ...(project === undefined ? ["the bucket's project is not known; give project to the storage"] : []),
    ...(identity === undefined
      ? [
          'the principals of its jobs are not known; give the storage CloudIdentity.gkePrincipal with clusterProject and ' +
            'clusterProjectNumber, or CloudIdentity.gkeWorkloadIdentity',
        ]
      : identity.clusterProject === undefined
        ? ["the cluster's project is not known; give clusterProject to CloudIdentity.gkeWorkloadIdentity"]
        : []),
  ];
}

function missingOfAzure({ subscription, resourceGroup, identity }: AzureAccess): string[] {
  return [
    ...(subscription === undefined
      ? ["the account's subscription is not known; give subscription to the storage"]
      : []),
    ...(resourceGroup === undefined
      ? ["the account's resource group is not known; give resourceGroup to the storage"]
      : []),
    ...(identity === undefined
      ? [
          'the managed identity of its jobs is not known; give CloudIdentity.azureWorkloadIdentity the options identityName, ' +
            'resourceGroup and oidcIssuer',
        ]
      : []),
  ];
}
