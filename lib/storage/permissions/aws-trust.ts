import { PolicyDocument } from './s3-policy';
import { KnownAwsIdentity } from './missing-facts';

/** Who may take a role: the named service accounts of one namespace of one cluster, and no one else. */
export function trustPolicy(
  { account, namespace, serviceAccounts, trust }: KnownAwsIdentity,
  partition = 'aws',
): PolicyDocument {
  const arn = `arn:${partition}`;
  return trust.kind === 'irsa'
    ? irsaTrust(`${arn}:iam::${account}:oidc-provider/${trust.issuer}`, trust.issuer, namespace, serviceAccounts)
    : podIdentityTrust(
        account,
        `${arn}:eks:${trust.region}:${account}:cluster/${trust.cluster}`,
        namespace,
        serviceAccounts,
      );
}

/** @see https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html */
function irsaTrust(provider: string, issuer: string, namespace: string, accounts: readonly string[]): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'ServiceAccounts',
        Effect: 'Allow',
        Principal: { Federated: provider },
        Action: ['sts:AssumeRoleWithWebIdentity'],
        Condition: {
          StringEquals: {
            [`${issuer}:aud`]: 'sts.amazonaws.com',
            [`${issuer}:sub`]: accounts.map((account) => `system:serviceaccount:${namespace}:${account}`),
          },
        },
      },
    ],
  };
}

/**
 * The session tags carry cluster, namespace and service account; without a condition on them, every association of the AWS
 * account could hand out the role.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html
 */
function podIdentityTrust(
  awsAccount: string,
  cluster: string,
  namespace: string,
  accounts: readonly string[],
): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'ServiceAccounts',
        Effect: 'Allow',
        Principal: { Service: 'pods.eks.amazonaws.com' },
        Action: ['sts:AssumeRole', 'sts:TagSession'],
        Condition: {
          StringEquals: {
            'aws:SourceAccount': awsAccount,
            'aws:RequestTag/eks-cluster-arn': cluster,
            'aws:RequestTag/kubernetes-namespace': namespace,
            'aws:RequestTag/kubernetes-service-account': [...accounts],
          },
        },
      },
    ],
  };
}
