/** A bucket that is created when the permissions on it are applied, and never by a job. */
export interface NewBucket {
  /** Its location: a region of AWS such as `eu-central-1`, a location of Google Cloud such as `europe-west1` or `EU`. */
  readonly location: string;
}

export function newBucketProblems(newBucket: NewBucket | undefined): string[] {
  if (newBucket === undefined) return [];
  const { location } = newBucket;
  if (/^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/.test(location)) return [];
  return [`newBucket.location is ${JSON.stringify(location)}; give a region or location such as "eu-central-1"`];
}

/** The use of the objects beneath a path. */
export enum StorageUse {
  /** The state of a streaming query: it is read, written, replaced and cleared. */
  CHECKPOINT = 'checkpoint',
  /** Input that is only read. */
  READ = 'read',
  /** Output. A commit also lists and copies files, so the rights are those to read and write. */
  WRITE = 'write',
  /** Data that is both read and written. */
  READ_WRITE = 'readWrite',
  /** Output of a streaming query's file sink, which keeps a log of its files next to them. */
  FILE_SINK = 'fileSink',
  /** Objects that are no longer needed are listed and deleted, and neither read nor written. */
  CLEAN_UP = 'cleanUp',
}

/** A path of a bucket or container, and its use. */
export interface StorageGrant {
  /** Without a slash at its beginning or end: `checkpoints/clicks/sessions`. */
  readonly path: string;
  readonly use: StorageUse;
  /**
   * Objects are written as multipart uploads that may be given up: by the abortable checkpoint manager or by a committer of
   * S3A. Only on S3.
   *
   * @default false
   */
  readonly multipart?: boolean;
}

/** The service accounts of one namespace that share a cloud identity, such as a job's driver and executors. */
export interface WorkloadAccounts {
  readonly namespace: string;
  readonly serviceAccounts: readonly string[];
}

export interface S3Target {
  readonly store: 's3';
  readonly bucket: string;
  /**
   * The partition of all ARNs.
   *
   * @default aws
   */
  readonly partition?: string;
  /** Given if the bucket is to be created too. */
  readonly newBucket?: NewBucket;
}

export interface GcsTarget {
  readonly store: 'gcs';
  readonly bucket: string;
  /** The id of the project that holds the custom roles, which is the bucket's. */
  readonly project?: string;
  /**
   * Listing, which is checked on the bucket, is limited to the paths by the attribute `objectListPrefix`. Google documents the
   * attribute for credential access boundaries; on the policy of a bucket, try it before you rely on it.
   *
   * @default false: names of objects (and no contents) can be listed in the whole bucket
   */
  readonly limitListing?: boolean;
  /** Given if the bucket is to be created too. */
  readonly newBucket?: NewBucket;
}

export interface AzureTarget {
  readonly store: 'azure';
  /** The id of the subscription that holds the storage account. */
  readonly subscription?: string;
  readonly resourceGroup?: string;
  readonly account: string;
  readonly container: string;
}

export type StorageTarget = S3Target | GcsTarget | AzureTarget;

interface NamedAccess {
  /** Names files, policies and manifests: `clicks.sessions`. */
  readonly name: string;
  readonly grants: readonly StorageGrant[];
}

/**
 * What an IAM role may do in a bucket of S3. Without an identity it is for any role or user that the policy is attached to.
 */
export interface S3Access extends NamedAccess, S3Target {
  readonly identity?: AwsIdentity;
}

/**
 * What a principal of Google Cloud may do in a bucket of Cloud Storage. Without an identity, the principal is given when it is
 * applied.
 */
export interface GcsAccess extends NamedAccess, GcsTarget {
  readonly identity?: GcpIdentity;
}

/** What a managed identity may do in a container. Without an identity, the principal is given when it is applied. */
export interface AzureAccess extends NamedAccess, AzureTarget {
  readonly identity?: AzureIdentity;
}

export type StorageAccess = S3Access | GcsAccess | AzureAccess;

/** What AWS knows of an identity. */
export interface AwsPrincipal {
  /** The id of the account, twelve digits. */
  readonly account: string;
  /** The name of the role, without its path. */
  readonly role: string;
  /**
   * The path of the role, with a slash at both ends.
   *
   * @default /
   */
  readonly path?: string;
  /** What the role trusts. Without it the role exists already and only gets the policy. */
  readonly trust?: IrsaTrust | PodIdentityTrust;
}

/** An IAM role, and the accounts that assume it. */
export interface AwsIdentity extends WorkloadAccounts, AwsPrincipal {}

/** Pods assume the role with their service account's token (IRSA). */
export interface IrsaTrust {
  readonly kind: 'irsa';
  /** The issuer of the cluster's tokens, without `https://`: `oidc.eks.eu-west-1.amazonaws.com/id/4D2E`. */
  readonly issuer: string;
}

/** Pods assume the role through the agent of EKS Pod Identity. */
export interface PodIdentityTrust {
  readonly kind: 'podIdentity';
  readonly region: string;
  readonly cluster: string;
}

/** What Google Cloud knows of an identity. */
export interface GcpPrincipal {
  /** The id of the cluster's project, which names the pool of its workloads. Without `serviceAccount` it is needed. */
  readonly clusterProject?: string;
  /** The number of the cluster's project. Without `serviceAccount` it is needed. */
  readonly clusterProjectNumber?: string;
  /**
   * The e-mail address of a Google service account that the accounts act as.
   *
   * @default - the Kubernetes service accounts are principals of their own
   */
  readonly serviceAccount?: string;
}

export interface GcpIdentity extends WorkloadAccounts, GcpPrincipal {}

/** What Azure knows of a user-assigned managed identity, in the subscription of the storage account. */
export interface AzurePrincipal {
  readonly name: string;
  readonly resourceGroup: string;
  /** The issuer of the cluster's tokens, as Azure shows it, with `https://`. */
  readonly issuer: string;
}

/** A user-assigned managed identity, and who acts as it. */
export interface AzureIdentity extends WorkloadAccounts, AzurePrincipal {}
