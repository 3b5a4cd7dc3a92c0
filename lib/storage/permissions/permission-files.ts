import { CONTROLLERS, PermissionFormat, permissionManifests } from './permission-manifests';
import { StorageAccess } from './storage-access';
import { together } from './together';
import { awsFiles } from './render/aws-files';
import { azureFiles } from './render/azure-files';
import { gcpFiles } from './render/gcp-files';
import { manifestFile, PermissionFile } from './render/permission-file';

/** Policies as files, and scripts of the clouds' command lines. */
export const FILES = 'files' as const;

/** How permissions are written. */
export type FileFormat = typeof FILES | PermissionFormat;
export const FILE_FORMATS: readonly FileFormat[] = [FILES, ...Object.values(PermissionFormat)];

/**
 * The permissions of all accesses, in order of their names.
 *
 * @param namespace where the objects of cloud controllers stand
 */
export function permissionFiles(
  accesses: readonly StorageAccess[],
  format: FileFormat,
  namespace: string,
): PermissionFile[] {
  if (format === FILES) {
    const { s3, gcs, azure } = together(accesses);
    return [...awsFiles(s3), ...gcpFiles(gcs), ...azureFiles(azure)];
  }
  return permissionManifests(accesses, format, namespace).flatMap(({ controller, manifests }) =>
    manifests.length === 0 ? [] : [manifestFile(manifestPath(controller), manifests)],
  );
}

/** Whether a file is named as those of objects are. */
export function isManifestFile(name: string): boolean {
  return CONTROLLERS.some((controller) => manifestPath(controller) === name);
}

function manifestPath(controller: string): string {
  return `${controller}.yaml`;
}
