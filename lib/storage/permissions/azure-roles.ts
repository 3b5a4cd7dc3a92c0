import { checkAccess } from './access-problems';
import { grantGroups } from './grant-groups';
import { AzureAccess, AzureIdentity } from './storage-access';

export interface AzureRole {
  /** Unique in the tenant. */
  readonly name: string;
  readonly description: string;
  readonly dataActions: readonly string[];
}

/** A role that the identity has on the container. */
export interface AzureAssignment {
  /** Tells the assignments of one access apart: a DNS label. */
  readonly name: string;
  readonly role: AzureRole;
  readonly condition: string;
}

/** A container, and where it lies. */
export interface ContainerPlace {
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly account: string;
  readonly container: string;
}

const BLOBS = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs';
const READ = [`${BLOBS}/read`];
/** `move` renames, as each commit of a checkpoint does. */
const WRITE = [`${BLOBS}/write`, `${BLOBS}/add/action`, `${BLOBS}/delete`, `${BLOBS}/move/action`];
const CLEAR = [`${BLOBS}/delete`];

/** The version of the condition's language. */
export const CONDITION_VERSION = '2.0';

/** @see https://learn.microsoft.com/azure/role-based-access-control/conditions-faq */
const MAX_CONDITION = 8192;

/**
 * The least assignments on the container, each of a custom role and with a condition on paths.
 *
 * The built-in role Storage Blob Data Contributor would do for the data, but also deletes and makes containers.
 *
 * @see https://learn.microsoft.com/azure/storage/blobs/storage-auth-abac-attributes
 * @see https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/storage
 */
export function azureAssignments(access: AzureAccess): AzureAssignment[] {
  checkAccess(access);
  const { readWrite, read, clear } = grantGroups(access.grants);
  const assignments = [
    ...assignment(access, 'read-write', [...READ, ...WRITE], readWrite, [
      onPaths([reads()], readWrite),
      lists(readWrite),
      onPaths(WRITE.map(action), readWrite),
    ]),
    ...assignment(access, 'read', READ, read, [onPaths([reads()], read), lists(read)]),
    // Listing is the same action as reading: all of it but listing is refused.
    ...assignment(access, 'clear', [...READ, ...CLEAR], clear, [
      `(!(${reads()}))`,
      lists(clear),
      onPaths(CLEAR.map(action), clear),
    ]),
  ];
  for (const { name, condition } of assignments) {
    if (condition.length <= MAX_CONDITION) continue;
    throw new Error(
      `storage access "${access.name}": the condition of "${name}" has ${condition.length} characters; at most ` +
        `${MAX_CONDITION} are possible: give some of the jobs a storage with an identity of its own, which may name the same ` +
        'container and prefix; one job alone can name a path above several of those that it reads or writes',
    );
  }
  return assignments;
}

/** Where roles can be assigned: in the resource group of the storage account. */
export function assignableScope({ subscription, resourceGroup }: ContainerPlace): string {
  return `/subscriptions/${subscription}/resourceGroups/${resourceGroup}`;
}

export function containerId(place: ContainerPlace): string {
  const storage = `${assignableScope(place)}/providers/Microsoft.Storage/storageAccounts/${place.account}`;
  return `${storage}/blobServices/default/containers/${place.container}`;
}

export function identityId(subscription: string, identity: AzureIdentity): string {
  const group = `/subscriptions/${subscription}/resourceGroups/${identity.resourceGroup}`;
  return `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${identity.name}`;
}

/**
 * What a federated credential says of one Kubernetes account.
 *
 * @see https://learn.microsoft.com/azure/aks/workload-identity-overview
 */
export function federatedCredentials(identity: AzureIdentity): FederatedCredential[] {
  return identity.serviceAccounts.map((account) => ({
    name: `${identity.namespace}-${account.replace(/\./g, '-')}`,
    issuer: identity.issuer,
    subject: `system:serviceaccount:${identity.namespace}:${account}`,
    audiences: ['api://AzureADTokenExchange'],
  }));
}

export interface FederatedCredential {
  readonly name: string;
  readonly issuer: string;
  readonly subject: string;
  readonly audiences: readonly string[];
}

function assignment(
  access: AzureAccess,
  name: string,
  dataActions: readonly string[],
  paths: readonly string[],
  conditions: readonly string[],
): AzureAssignment[] {
  if (paths.length === 0) return [];
  const { account } = access;
  const role: AzureRole = {
    name: `Spark blobs ${name} on ${account}`,
    description: `Data of the storage account ${account} for Spark jobs; assigned with a condition on paths`,
    dataActions,
  };
  return [{ name, role, condition: conditions.join(' AND ') }];
}

function action(name: string): string {
  return `ActionMatches{'${name}'}`;
}

function reads(): string {
  return `${action(READ[0])} AND NOT SubOperationMatches{'Blob.List'}`;
}

/** Each of the actions is only on the paths: the directory itself, and what is beneath it. */
function onPaths(actions: readonly string[], paths: readonly string[]): string {
  return only(actions, '@Resource', `${BLOBS}:path`, paths);
}

/** Listing names a directory or the beginning of names. */
function lists(paths: readonly string[]): string {
  return only([`${action(READ[0])} AND SubOperationMatches{'Blob.List'}`], '@Request', `${BLOBS}:prefix`, paths);
}

function only(actions: readonly string[], source: string, attribute: string, paths: readonly string[]): string {
  const others = actions.map((each) => `!(${each})`).join(' AND ');
  const value = `${source}[${attribute}]`;
  const within = paths.flatMap((path) => [`${value} StringEquals '${path}'`, `${value} StringStartsWith '${path}/'`]);
  return `((${others}) OR (${within.join(' OR ')}))`;
}

/** Rights of one directory in an account with a hierarchical namespace. */
export interface AclEntry {
  /** Without a slash at its beginning; empty for the root of the container. */
  readonly path: string;
  /** As POSIX writes them: `rwx`, `r-x` or `--x`. */
  readonly permissions: string;
  /** Also for everything beneath, and for what will be made there. */
  readonly recursive: boolean;
}

/**
 * Access control lists that do the same as the role assignments, which are then not needed: an assignment that allows
 * something is not limited by a list. They work only where the account has a hierarchical namespace.
 *
 * @see https://learn.microsoft.com/azure/storage/blobs/data-lake-storage-access-control
 */
export function azureAcl(access: AzureAccess): AclEntry[] {
  checkAccess(access);
  const { readWrite, read } = grantGroups(access.grants);
  const directories = [
    ...readWrite.map((path) => ({ path, permissions: 'rwx', recursive: true })),
    ...read.map((path) => ({ path, permissions: 'r-x', recursive: true })),
  ];
  const parents = new Set(directories.flatMap(({ path }) => parentsOf(path)));
  // A directory that is granted itself keeps the greater right.
  for (const { path } of directories) parents.delete(path);
  return [...[...parents].sort().map((path) => ({ path, permissions: '--x', recursive: false })), ...directories];
}

/** Lists have one right for creating and deleting, so they cannot allow deleting alone. */
export function canBeListed({ grants }: AzureAccess): boolean {
  return grantGroups(grants).clear.length === 0;
}

/** The root and every directory above. */
function parentsOf(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index).join('/'));
}
