import { KnownAzureAccess, knownAccesses, KnownGcsAccess, KnownS3Access } from './missing-facts';
import { StorageAccess } from './storage-access';
import { together } from './together';
import { awsControllerManifests } from './render/aws-controllers';
import { azureServiceOperatorManifests } from './render/azure-service-operator';
import { CloudManifest } from './render/cloud-manifest';
import { configConnectorManifests } from './render/config-connector';
import { crossplaneAwsManifests } from './render/crossplane-aws';
import { crossplaneGcpManifests } from './render/crossplane-gcp';

/** The controllers whose objects hold the permissions. */
export enum PermissionFormat {
  /** AWS Controllers for Kubernetes, Config Connector and Azure Service Operator: the controllers that each cloud provides. */
  CONTROLLERS = 'controllers',
  /** Crossplane's providers for AWS and Google Cloud. */
  CROSSPLANE = 'crossplane',
}

/** The controllers that read the objects. */
export const CONTROLLERS = [
  'aws-controllers',
  'config-connector',
  'azure-service-operator',
  'crossplane-aws',
  'crossplane-gcp',
] as const;

/** The objects for one cloud, under the name of what reads them. */
export interface ControllerObjects {
  readonly controller: (typeof CONTROLLERS)[number];
  readonly manifests: readonly CloudManifest[];
}

/**
 * The permissions of all accesses as objects of cloud controllers, in order of their names.
 *
 * @param namespace where the objects stand; those of Crossplane are of the whole cluster
 */
export function permissionManifests(
  accesses: readonly StorageAccess[],
  format: PermissionFormat,
  namespace: string,
): ControllerObjects[] {
  const { s3, gcs, azure } = knownByStore(accesses);
  if (format === PermissionFormat.CONTROLLERS) {
    return [
      { controller: 'aws-controllers', manifests: awsControllerManifests(s3, namespace) },
      { controller: 'config-connector', manifests: configConnectorManifests(gcs, namespace) },
      { controller: 'azure-service-operator', manifests: azureServiceOperatorManifests(azure, namespace) },
    ];
  }
  if (azure.length > 0) {
    throw new Error(
      `storage access "${azure[0].name}": there are no objects of Crossplane for Azure here; ` +
        `use the format "${PermissionFormat.CONTROLLERS}", or files`,
    );
  }
  return [
    { controller: 'crossplane-aws', manifests: crossplaneAwsManifests(s3) },
    { controller: 'crossplane-gcp', manifests: crossplaneGcpManifests(gcs) },
  ];
}

function knownByStore(accesses: readonly StorageAccess[]) {
  const { s3, gcs, azure } = together(accesses);
  const known = knownAccesses([...s3, ...gcs, ...azure]);
  return {
    s3: known.filter((access): access is KnownS3Access => access.store === 's3'),
    gcs: known.filter((access): access is KnownGcsAccess => access.store === 'gcs'),
    azure: known.filter((access): access is KnownAzureAccess => access.store === 'azure'),
  };
}
