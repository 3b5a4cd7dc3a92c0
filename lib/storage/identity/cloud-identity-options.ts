import { throwProblems } from '../../problems/errors';

/** Facts of IAM roles for service accounts besides the role. With them, the permissions include the role itself. */
export interface AwsRoleOptions {
  /**
   * The issuer of the cluster's tokens, as `aws eks describe-cluster` shows it:
   * `https://oidc.eks.eu-central-1.amazonaws.com/id/4D2E`.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/enable-iam-roles-for-service-accounts.html
   */
  readonly oidcIssuer: string;
}

/** Facts of an association of EKS Pod Identity. With them, the permissions include the role and the association. */
export interface EksPodIdentityOptions {
  /** The role, for example `arn:aws:iam::123456789012:role/sessions`. */
  readonly roleArn: string;

  /** The cluster's name. */
  readonly cluster: string;

  /** The cluster's region, for example `eu-central-1`. */
  readonly region: string;
}

/** Names the principals of a GKE cluster, so that the permissions can be bound to them. */
export interface GkePrincipalOptions {
  /** The id of the cluster's project, for example `acme-clusters`. */
  readonly clusterProject: string;

  /** The number of the cluster's project, which `gcloud projects describe` shows. */
  readonly clusterProjectNumber: string;
}

/** Names the accounts of a GKE cluster that act as a Google service account. */
export interface GkeWorkloadIdentityOptions {
  /** The id of the cluster's project, for example `acme-clusters`. */
  readonly clusterProject: string;
}

/** Names a managed identity of Azure. With it, the permissions include the identity's trust in each job's own accounts. */
export interface AzureWorkloadIdentityOptions {
  /** The name of the user-assigned managed identity, in the subscription of the storage account. */
  readonly identityName: string;

  /** The resource group of the managed identity. */
  readonly resourceGroup: string;

  /**
   * The issuer of the cluster's tokens, as `az aks show` shows it: with `https://`, and the slash at its end.
   *
   * @see https://learn.microsoft.com/azure/aks/use-oidc-issuer
   */
  readonly oidcIssuer: string;
}

interface Form {
  readonly pattern: RegExp;
  readonly example: string;
}

const PROJECT: Form = { pattern: /^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/, example: 'acme-clusters' };

/** The form of each option, wherever it is given. */
const FORMS: Readonly<Record<string, Form>> = {
  cluster: { pattern: /^[A-Za-z0-9][\w-]{0,99}$/, example: 'prod-eu' },
  clusterProject: PROJECT,
  clusterProjectNumber: { pattern: /^\d+$/, example: '123456789012' },
  identityName: { pattern: /^[A-Za-z0-9][\w-]{2,127}$/, example: 'sessions' },
  oidcIssuer: {
    pattern: /^https:\/\/[a-z0-9.-]+(\/[A-Za-z0-9._-]+)*\/?$/,
    example: 'https://oidc.eks.eu-central-1.amazonaws.com/id/4D2E',
  },
  region: { pattern: /^[a-z0-9]+(-[a-z0-9]+)*$/, example: 'eu-central-1' },
  resourceGroup: { pattern: /^[A-Za-z0-9_.()-]{0,89}[A-Za-z0-9_()-]$/, example: 'identities' },
};

/** Throws if an option has a form that the clouds do not accept. */
export function checkOptions(factory: string, options: object | undefined, names: readonly string[]): void {
  if (options === undefined) return;
  const values = options as Readonly<Record<string, string>>;
  throwProblems(
    `CloudIdentity.${factory}`,
    names
      .map((name) => ({ name, value: values[name], ...FORMS[name] }))
      .filter(({ value, pattern }) => !pattern.test(value))
      .map(({ name, value, example }) => `${name} is ${JSON.stringify(value)}; give one such as "${example}"`),
  );
}
