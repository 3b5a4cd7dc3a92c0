import { ISecret } from 'cdk8s-plus-28';
import { throwProblems } from '../../problems/errors';
import { NetworkPeer } from '../../job-namespace/network/network-peer';
import {
  AwsRoleOptions,
  AzureWorkloadIdentityOptions,
  checkOptions,
  EksPodIdentityOptions,
  GkePrincipalOptions,
  GkeWorkloadIdentityOptions,
} from './cloud-identity-options';
import { NamedRule } from './named-rule';
import { AwsPrincipal, AzurePrincipal, GcpPrincipal, IrsaTrust } from '../permissions/storage-access';
import { checkArguments } from '../../problems/property-checks';

/** How an identity is given, named as its factory. */
export type IdentityKind =
  | 'awsRole'
  | 'azureWorkloadIdentity'
  | 'eksPodIdentity'
  | 'gkePrincipal'
  | 'gkeWorkloadIdentity'
  | 'keyFile'
  | 'secret';

interface KeyFile {
  readonly secret: ISecret;
  readonly key: string;
}

/** What an identity needs of the pods and accounts of its jobs. */
interface IdentityFacts {
  readonly kind: IdentityKind;
  /** Whether each job needs accounts of its own, to which the cloud gives the identity. */
  readonly ownAccounts?: boolean;
  readonly accountAnnotations?: { readonly [annotation: string]: string };
  readonly podLabels?: { readonly [label: string]: string };
  readonly egress?: readonly NamedRule[];
  readonly secret?: ISecret;
  readonly keyFile?: KeyFile;
  readonly clientId?: string;
  readonly tenantId?: string;
  /** What the clouds know of it, where given: permissions are written for this. */
  readonly aws?: AwsPrincipal;
  /** The partition of the role. */
  readonly awsPartition?: string;
  readonly google?: GcpPrincipal;
  readonly azure?: AzurePrincipal;
}

/** Where GKE's metadata server answers: with Calico, and with Dataplane V2. */
const GKE_METADATA: readonly NamedRule[] = [
  { name: 'gke-metadata', rule: { peers: [NetworkPeer.cidr('169.254.169.252/32')], ports: [987, 988] } },
  { name: 'gke-metadata', rule: { peers: [NetworkPeer.cidr('169.254.169.254/32')], ports: [80, 8080] } },
];
const EKS_AGENT: readonly NamedRule[] = [
  {
    name: 'eks-pod-identity',
    rule: { peers: [NetworkPeer.cidr('169.254.170.23/32'), NetworkPeer.cidr('fd00:ec2::23/128')], ports: [80] },
  },
];
// These have host names only, which a network policy cannot name.
const AWS_STS: readonly NamedRule[] = [{ name: 'aws-sts', rule: { peers: [NetworkPeer.anywhere()], ports: [443] } }];
const AZURE_LOGIN: readonly NamedRule[] = [
  { name: 'azure-login', rule: { peers: [NetworkPeer.anywhere()], ports: [443] } },
];

const GOOGLE_ACCOUNT = /^[a-z][a-z0-9-]{4,28}[a-z0-9]@[a-z][a-z0-9.-]+\.iam\.gserviceaccount\.com$/;
const AWS_ROLE = /^arn:(aws(?:-[a-z]+)*):iam::(\d{12}):role(\/(?:[\w+=,.@-]+\/)*)([A-Za-z0-9][\w+=,.@-]{0,63})$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The identity with which jobs reach their storage.
 *
 * With an identity of the cloud each job runs under accounts of its own, `<name>-driver` and `<name>-executor`, so that the
 * cloud can tell jobs apart and give each only its own path. A Secret or a key file is the same for all jobs that have it, and
 * does not expire by itself.
 */
export class CloudIdentity {
  /**
   * A Google service account that each job's own accounts may impersonate, by the annotation `iam.gke.io/gcp-service-account`.
   *
   * @param email the Google service account, for example `sessions@acme.iam.gserviceaccount.com`
   * @param options what names the cluster's accounts; without it, they are given when the permissions are applied
   * @throws if it is not the address of a service account, or an option has another form
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity
   */
  public static gkeWorkloadIdentity(email: string, options?: GkeWorkloadIdentityOptions): CloudIdentity {
    checkArguments('CloudIdentity.gkeWorkloadIdentity', [email, options]);
    if (!GOOGLE_ACCOUNT.test(email)) {
      throw new Error(
        `CloudIdentity.gkeWorkloadIdentity: "${email}" is no Google service account; ` +
          'give its address, such as "sessions@acme.iam.gserviceaccount.com"',
      );
    }
    checkOptions('gkeWorkloadIdentity', options, ['clusterProject']);
    const accountAnnotations = { 'iam.gke.io/gcp-service-account': email };
    return new CloudIdentity({
      kind: 'gkeWorkloadIdentity',
      ownAccounts: true,
      accountAnnotations,
      egress: GKE_METADATA,
      google: { serviceAccount: email, clusterProject: options?.clusterProject },
    });
  }

  /**
   * Each job's own accounts themselves, which GKE's workload identity pool knows as principals. Rights on the bucket are bound
   * to them directly; no Google service account is needed.
   *
   * @param options what names the principals; without it, they are given when the permissions are applied
   * @throws if an option has another form
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity
   */
  public static gkePrincipal(options?: GkePrincipalOptions): CloudIdentity {
    checkArguments('CloudIdentity.gkePrincipal', [options]);
    checkOptions('gkePrincipal', options, ['clusterProject', 'clusterProjectNumber']);
    const google = options && {
      clusterProject: options.clusterProject,
      clusterProjectNumber: options.clusterProjectNumber,
    };
    return new CloudIdentity({ kind: 'gkePrincipal', ownAccounts: true, egress: GKE_METADATA, google });
  }

  /**
   * An AWS role that each job's own accounts may assume through the cluster's OIDC provider, by the annotation
   * `eks.amazonaws.com/role-arn`. The webhook of EKS mounts the token for it, which is not a token for the Kubernetes API.
   *
   * @param roleArn the role, for example `arn:aws:iam::123456789012:role/sessions`
   * @param options the issuer of the tokens that the role trusts; without it, the role exists already and trusts the accounts
   * @throws if it is not the ARN of a role, or an option has another form
   * @see https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
   */
  public static awsRole(roleArn: string, options?: AwsRoleOptions): CloudIdentity {
    checkArguments('CloudIdentity.awsRole', [roleArn, options]);
    const { awsPartition, aws } = awsRole('awsRole', roleArn);
    checkOptions('awsRole', options, ['oidcIssuer']);
    return new CloudIdentity({
      kind: 'awsRole',
      ownAccounts: true,
      accountAnnotations: { 'eks.amazonaws.com/role-arn': roleArn },
      egress: AWS_STS,
      awsPartition,
      aws: options === undefined ? aws : { ...aws, trust: irsaTrust(options.oidcIssuer) },
    });
  }

  /**
   * The AWS role that is associated with each job's own accounts in EKS. The association is made there, by namespace and name
   * of the account; the account itself needs no annotation. Needs Spark 4.0 or newer.
   *
   * @param options the role and the cluster; without it, they are given when the permissions are applied
   * @throws if an option has another form
   * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html
   */
  public static eksPodIdentity(options?: EksPodIdentityOptions): CloudIdentity {
    checkArguments('CloudIdentity.eksPodIdentity', [options]);
    const facts = { kind: 'eksPodIdentity', ownAccounts: true, egress: EKS_AGENT } as const;
    if (options === undefined) return new CloudIdentity(facts);
    checkOptions('eksPodIdentity', options, ['cluster', 'region']);
    const { roleArn, region, cluster } = options;
    const { awsPartition, aws } = awsRole('eksPodIdentity', roleArn);
    return new CloudIdentity({
      ...facts,
      awsPartition,
      aws: { ...aws, trust: { kind: 'podIdentity', region, cluster } },
    });
  }

  /**
   * A managed identity or application of Microsoft Entra that trusts each job's own accounts. Needs Spark 4.0 or newer.
   *
   * @param clientId the identity's client id, a UUID
   * @param tenantId its tenant's id, a UUID
   * @param options what names the managed identity; without it, it is given when the permissions are applied
   * @throws if one of them is not a UUID, or an option has another form
   * @see https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html
   */
  public static azureWorkloadIdentity(
    clientId: string,
    tenantId: string,
    options?: AzureWorkloadIdentityOptions,
  ): CloudIdentity {
    checkArguments('CloudIdentity.azureWorkloadIdentity', [clientId, tenantId, options]);
    for (const [what, id] of Object.entries({ clientId, tenantId })) {
      if (!UUID.test(id)) {
        throw new Error(
          `CloudIdentity.azureWorkloadIdentity: the ${what} is "${id}"; ` +
            'give a UUID such as "00000000-1111-2222-3333-444444444444"',
        );
      }
    }
    checkOptions('azureWorkloadIdentity', options, ['identityName', 'resourceGroup', 'oidcIssuer']);
    return new CloudIdentity({
      kind: 'azureWorkloadIdentity',
      ownAccounts: true,
      accountAnnotations: {
        'azure.workload.identity/client-id': clientId,
        'azure.workload.identity/tenant-id': tenantId,
      },
      // The webhook looks at the pods; the account alone is not enough.
      podLabels: { 'azure.workload.identity/use': 'true' },
      egress: AZURE_LOGIN,
      clientId,
      tenantId,
      azure: options && {
        name: options.identityName,
        resourceGroup: options.resourceGroup,
        issuer: options.oidcIssuer,
      },
    });
  }

  /**
   * Credentials from a Secret in the job's namespace, as environment variables by reference. Its keys are the variables'
   * names: `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` for S3; `AZURE_CLIENT_ID`, `AZURE_CLIENT_SECRET` and
   * `AZURE_TENANT_ID` for Azure.
   *
   * @param secret the Secret
   * @throws if it is not a Secret with a name
   */
  public static secret(secret: ISecret): CloudIdentity {
    checkArguments('CloudIdentity.secret', [secret]);
    return new CloudIdentity({ kind: 'secret', secret });
  }

  /**
   * A key file of a Google service account, from a Secret in the job's namespace. Anyone who has the file acts as the account
   * for as long as the key exists; prefer `gkePrincipal`.
   *
   * @param secret the Secret
   * @param key the key in the Secret; its value is the JSON file
   * @throws if it is not a Secret with a name, or the key is not a valid key of a Secret
   */
  public static keyFile(secret: ISecret, key: string): CloudIdentity {
    checkArguments('CloudIdentity.keyFile', [secret, key]);
    throwProblems('CloudIdentity.keyFile', keyProblems(key));
    return new CloudIdentity({ kind: 'keyFile', keyFile: { secret, key } });
  }

  /** @internal */
  public readonly _facts: IdentityFacts;

  private constructor(facts: IdentityFacts) {
    this._facts = facts;
  }
}

function keyProblems(key: string): string[] {
  if (/^[-._a-zA-Z0-9]+$/.test(key) && !/^\.(\.|$)/.test(key)) return [];
  return [
    `the key is ${JSON.stringify(key)}; give a key of the Secret: letters, digits, "-", "_" and ".", ` +
      'not "." alone or ".." at its beginning',
  ];
}

/** What is wrong with an identity for a store that accepts only some kinds. */
export function identityProblems(identity: CloudIdentity | undefined, known: readonly IdentityKind[]): string[] {
  const names = known.map((kind) => `CloudIdentity.${kind}`).join(', ');
  if (identity === undefined) {
    return [`identity is not given, so that pods would take that of their node; give one of ${names}`];
  }
  const { kind } = identity._facts;
  return known.includes(kind) ? [] : [`identity is CloudIdentity.${kind}, which does not fit; give one of ${names}`];
}

function awsRole(factory: string, arn: string): { awsPartition: string; aws: AwsPrincipal } {
  const found = AWS_ROLE.exec(arn);
  if (found === null) {
    throw new Error(
      `CloudIdentity.${factory}: "${arn}" is no ARN of a role; give one such as "arn:aws:iam::123456789012:role/sessions"`,
    );
  }
  const [, awsPartition, account, path, role] = found;
  return { awsPartition, aws: { account, role, ...(path === '/' ? {} : { path }) } };
}

/** AWS names the providers of tokens without scheme and last slash. */
function irsaTrust(issuer: string): IrsaTrust {
  return { kind: 'irsa', issuer: issuer.replace(/^https:\/\/|\/$/g, '') };
}
