import { containerId, identityId } from './azure-roles';
import { AzureAccess, GcsAccess, S3Access, StorageAccess } from './storage-access';
import { awsFiles } from './render/aws-files';
import { awsControllerManifests } from './render/aws-controllers';
import { azureFiles } from './render/azure-files';
import { azureServiceOperatorManifests } from './render/azure-service-operator';
import { configConnectorManifests } from './render/config-connector';
import { crossplaneAwsManifests } from './render/crossplane-aws';
import { crossplaneGcpManifests } from './render/crossplane-gcp';
import { CloudManifest } from './render/cloud-manifest';
import { gcpFiles } from './render/gcp-files';
import { manifestFile, PermissionFile } from './render/permission-file';

/** How permissions are applied. */
export enum PermissionFormat {
  /** Policies as files, and scripts of the clouds' command lines. */
  FILES = 'files',
  /** Config Connector, AWS Controllers for Kubernetes and Azure Service Operator: what each cloud makes itself. */
  CONTROLLERS = 'controllers',
  CROSSPLANE = 'crossplane',
}

/**
 * The permissions of all accesses, in order of their names.
 *
 * @param namespace where the objects of cloud controllers stand
 */
export function permissionFiles(
  accesses: readonly StorageAccess[],
  format: PermissionFormat,
  namespace: string,
): PermissionFile[] {
  const { s3, gcs, azure } = byStore(accesses);
  if (format === PermissionFormat.FILES) return [...awsFiles(s3), ...gcpFiles(gcs), ...azureFiles(azure)];
  if (format === PermissionFormat.CONTROLLERS) {
    return manifestFiles({
      'aws-controllers.yaml': awsControllerManifests(s3, namespace),
      'config-connector.yaml': configConnectorManifests(gcs, namespace),
      'azure-service-operator.yaml': azureServiceOperatorManifests(azure, namespace),
    });
  }
  if (azure.length > 0) {
    throw new Error(
      `storage access "${azure[0].name}": there are no objects of Crossplane for Azure here; ` +
        `use the format "${PermissionFormat.CONTROLLERS}" or "${PermissionFormat.FILES}"`,
    );
  }
  return manifestFiles({
    'crossplane-aws.yaml': crossplaneAwsManifests(s3),
    'crossplane-gcp.yaml': crossplaneGcpManifests(gcs),
  });
}

function byStore(accesses: readonly StorageAccess[]) {
  const names = accesses.map(({ name }) => name);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) {
    throw new Error(`storage access "${repeated}": two have this name; give each one of its own`);
  }
  const sorted = [...accesses].sort((a, b) => (a.name < b.name ? -1 : 1));
  const azure = sorted.filter((access): access is AzureAccess => access.store === 'azure');
  checkAssignments(azure);
  return {
    s3: sorted.filter((access): access is S3Access => access.store === 's3'),
    gcs: sorted.filter((access): access is GcsAccess => access.store === 'gcs'),
    azure,
  };
}

/** Azure knows one assignment of a role to an identity in one place. */
function checkAssignments(accesses: readonly AzureAccess[]): void {
  const found = new Map<string, string>();
  for (const access of accesses) {
    const key = `${identityId(access)} ${containerId(access)}`;
    const other = found.get(key);
    if (other !== undefined) {
      throw new Error(
        `storage permissions: "${other}" and "${access.name}" are of one identity in one container, for which Azure takes one ` +
          'assignment of a role; put their grants into one access',
      );
    }
    found.set(key, access.name);
  }
}

function manifestFiles(files: { readonly [path: string]: readonly CloudManifest[] }): PermissionFile[] {
  return Object.entries(files).flatMap(([path, manifests]) =>
    manifests.length === 0 ? [] : [manifestFile(path, manifests)],
  );
}
