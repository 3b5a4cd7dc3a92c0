/** What somebody does with the objects beneath a path. */
export enum StorageUse {
  /** The state of a streaming query: it is read, written, replaced and cleared. */
  CHECKPOINT = 'checkpoint',
  /** Input that is only read. */
  READ = 'read',
  /** Output that is written and cleared, and never read. */
  WRITE = 'write',
  /** Output that is also read, as by the file sink of a streaming query, which keeps its own log beside the data. */
  READ_WRITE = 'readWrite',
}

/** A path of a bucket or container, and what somebody does beneath it. */
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

interface NamedAccess {
  /** Names files, policies and manifests: a DNS label, such as `clicks-sessions`. */
  readonly name: string;
  readonly grants: readonly StorageGrant[];
}

/** What an IAM role may do in a bucket of S3. */
export interface S3Access extends NamedAccess {
  readonly store: 's3';
  readonly bucket: string;
  /** Present when the bucket is to be made, too. */
  readonly newBucket?: NewBucket;
  readonly identity: AwsIdentity;
}

/** What a principal of Google Cloud may do in a bucket of Cloud Storage. */
export interface GcsAccess extends NamedAccess {
  readonly store: 'gcs';
  readonly bucket: string;
  /** The id of the project that holds the custom roles, which is the bucket's. */
  readonly project: string;
  /**
   * Listing, which is checked on the bucket, is limited to the paths by the attribute `objectListPrefix`. Google documents the
   * attribute for credential access boundaries; on the policy of a bucket, try it before you rely on it.
   *
   * @default false: names of objects (and no contents) can be listed in the whole bucket
   */
  readonly limitListing?: boolean;
  /** Present when the bucket is to be made, too. */
  readonly newBucket?: NewBucket;
  readonly identity: GcpIdentity;
}

/** What a managed identity may do in a container of Azure Blob Storage. */
export interface AzureAccess extends NamedAccess {
  readonly store: 'azure';
  /** The id of the subscription that holds the storage account. */
  readonly subscription: string;
  readonly resourceGroup: string;
  /** The storage account. */
  readonly account: string;
  readonly container: string;
  readonly identity: AzureIdentity;
}

export type StorageAccess = S3Access | GcsAccess | AzureAccess;

export interface NewBucket {
  /** The region on AWS, the location on Google Cloud. */
  readonly location: string;
}

/** An IAM role. */
export interface AwsIdentity extends WorkloadAccounts {
  /** The id of the account, twelve digits. */
  readonly account: string;
  /**
   * The partition of all ARNs.
   *
   * @default aws
   */
  readonly partition?: string;
  /** The name of the role. */
  readonly role: string;
  readonly trust: IrsaTrust | PodIdentityTrust;
}

/** Pods take the role with their service account's token (IRSA). */
export interface IrsaTrust {
  readonly kind: 'irsa';
  /** The issuer of the cluster's tokens, without `https://`: `oidc.eks.eu-west-1.amazonaws.com/id/4D2E`. */
  readonly issuer: string;
}

/** Pods take the role through the agent of EKS Pod Identity. */
export interface PodIdentityTrust {
  readonly kind: 'podIdentity';
  readonly region: string;
  readonly cluster: string;
}

/** Workload Identity Federation for GKE. */
export interface GcpIdentity extends WorkloadAccounts {
  /** The id of the cluster's project, which names the pool of its workloads. */
  readonly clusterProject: string;
  /** The number of the cluster's project. Without `serviceAccount` it is needed. */
  readonly clusterProjectNumber?: string;
  /**
   * The e-mail address of a Google service account that the accounts act as.
   *
   * @default - the Kubernetes service accounts are principals of their own
   */
  readonly serviceAccount?: string;
}

/** A user-assigned managed identity, in the subscription of the storage account. */
export interface AzureIdentity extends WorkloadAccounts {
  readonly name: string;
  readonly resourceGroup: string;
  /** The issuer of the cluster's tokens, as Azure shows it, with `https://`. */
  readonly issuer: string;
}
