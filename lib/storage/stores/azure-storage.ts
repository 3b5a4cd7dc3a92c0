import { NetworkPeer, NetworkRule } from '../../job-namespace/network/network-peer';
import { CloudIdentity, IdentityKind, identityProblems } from '../identity/cloud-identity';
import { bareNameProblem, SparkStorageOptions, Store } from './store';

/** Properties of checkpoint storage on Azure Data Lake Storage. */
export interface AzureStorageProps extends SparkStorageOptions {
  /** The storage account's name. Its hierarchical namespace must be on: checkpoints need an atomic rename. */
  readonly account: string;

  /** The container's name. It must exist; no job may create one. */
  readonly container: string;

  /**
   * The id of the storage account's subscription, a UUID.
   *
   * @default - given when the permissions are applied
   */
  readonly subscription?: string;

  /**
   * The resource group of the storage account.
   *
   * @default - given when the permissions are applied
   */
  readonly resourceGroup?: string;

  /** The identity with which jobs reach the container: `CloudIdentity.azureWorkloadIdentity` or `.secret`. */
  readonly identity: CloudIdentity;

  /**
   * Peers and ports at which pods reach the store.
   *
   * @default - every address, on port 443
   */
  readonly egress?: NetworkRule;
}

const IDENTITIES: readonly IdentityKind[] = ['azureWorkloadIdentity', 'secret'];
const SECRET_VARIABLES = ['AZURE_CLIENT_ID', 'AZURE_CLIENT_SECRET', 'AZURE_TENANT_ID'];
/** Where the webhook of Azure Workload Identity mounts the token. */
const TOKEN_FILE = '/var/run/secrets/azure/tokens/azure-identity-token';
const PROVIDER_PACKAGE = 'org.apache.hadoop.fs.azurebfs.oauth2';

export function azureStore(props: AzureStorageProps): Store {
  const { account, container, subscription, resourceGroup, identity, egress } = props;
  const host = `${account}.dfs.core.windows.net`;
  const root = `abfss://${container}@${host}`;
  const kind = identity?._facts.kind;
  const isWorkloadIdentity = kind === 'azureWorkloadIdentity';
  return {
    root,
    place: root,
    identity,
    target: { store: 'azure', subscription, resourceGroup, account, container },
    needsHadoop34: isWorkloadIdentity ? `the Hadoop of older ones does not know CloudIdentity.${kind}` : undefined,
    secretVariables: kind === 'secret' ? SECRET_VARIABLES : [],
    credentials: [...SECRET_VARIABLES, 'AZURE_FEDERATED_TOKEN_FILE', `fs.azure.account.key.${host}`],
    variables: {},
    egress: [
      { name: 'azure-storage', rule: egress ?? { peers: [NetworkPeer.anywhere()], ports: [443] } },
      // With the identity's own password the token comes from there as well.
      ...(kind === 'secret' ? [{ name: 'azure-login', rule: { peers: [NetworkPeer.anywhere()], ports: [443] } }] : []),
    ],
    problems: [
      ...accountProblems(account),
      ...containerProblems(container),
      ...subscriptionProblems(subscription),
      ...resourceGroupProblems(resourceGroup),
      ...identityProblems(identity, IDENTITIES),
    ],
    withIdentity: (another) => azureStore({ ...props, identity: another }),
    configuration: () => ({
      [`spark.hadoop.fs.azure.account.auth.type.${host}`]: 'OAuth',
      ...(isWorkloadIdentity ? workloadIdentity(host, identity) : clientSecret(host)),
      // Known, so that no job needs the right to ask for the root's access list.
      'spark.hadoop.fs.azure.account.hns.enabled': 'true',
      'spark.hadoop.fs.azure.createRemoteFileSystemDuringInitialization': 'false',
      'spark.hadoop.fs.azure.buffer.dir': '/tmp/abfs',
    }),
  };
}

function workloadIdentity(host: string, { _facts: { clientId = '', tenantId = '' } }: CloudIdentity) {
  return {
    [`spark.hadoop.fs.azure.account.oauth.provider.type.${host}`]: `${PROVIDER_PACKAGE}.WorkloadIdentityTokenProvider`,
    [`spark.hadoop.fs.azure.account.oauth2.client.id.${host}`]: clientId,
    [`spark.hadoop.fs.azure.account.oauth2.msi.tenant.${host}`]: tenantId,
    [`spark.hadoop.fs.azure.account.oauth2.token.file.${host}`]: TOKEN_FILE,
  };
}

/** Hadoop itself reads the variables, in each pod. */
function clientSecret(host: string) {
  return {
    [`spark.hadoop.fs.azure.account.oauth.provider.type.${host}`]: `${PROVIDER_PACKAGE}.ClientCredsTokenProvider`,
    [`spark.hadoop.fs.azure.account.oauth2.client.id.${host}`]: '${env.AZURE_CLIENT_ID}',
    [`spark.hadoop.fs.azure.account.oauth2.client.secret.${host}`]: '${env.AZURE_CLIENT_SECRET}',
    [`spark.hadoop.fs.azure.account.oauth2.client.endpoint.${host}`]:
      'https://login.microsoftonline.com/${env.AZURE_TENANT_ID}/oauth2/token',
  };
}

/** https://learn.microsoft.com/azure/storage/common/storage-account-overview#storage-account-name */
function accountProblems(account: string): string[] {
  if (/^[a-z0-9]{3,24}$/.test(account)) return [];
  return [
    `account is "${account}", no name of a storage account; use 3 to 24 lower-case letters and digits, without a host`,
  ];
}

/** https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata */
function containerProblems(container: string): string[] {
  const bare = bareNameProblem('container', container, 'abfss');
  if (bare !== undefined) return [bare];
  if (/^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/.test(container)) return [];
  return [
    `container is "${container}", no name of a container; use 3 to 63 lower-case letters, digits and single "-", ` +
      'a letter or digit at both ends',
  ];
}

function subscriptionProblems(subscription: string | undefined): string[] {
  if (subscription === undefined || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(subscription)) return [];
  return [`subscription is "${subscription}"; give its id, a UUID such as "00000000-1111-2222-3333-444444444444"`];
}

/** https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftresources */
function resourceGroupProblems(group: string | undefined): string[] {
  if (group === undefined || /^[A-Za-z0-9_.()-]{0,89}[A-Za-z0-9_()-]$/.test(group)) return [];
  return [`resourceGroup is "${group}", no name of a resource group; give one such as "streams"`];
}
