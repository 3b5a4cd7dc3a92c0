import { trustPolicy } from '../../../lib/storage/permissions/aws-trust';
import { podIdentityAccess, s3Access } from './accesses';

describe('who may take a role', () => {
  test('is with IRSA a token of the named service accounts, for the audience of AWS (row 39)', () => {
    expect(trustPolicy(s3Access().identity)).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'ServiceAccounts',
          Effect: 'Allow',
          Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/4D2E' },
          Action: ['sts:AssumeRoleWithWebIdentity'],
          Condition: {
            StringEquals: {
              'oidc.eks.eu-west-1.amazonaws.com/id/4D2E:aud': 'sts.amazonaws.com',
              'oidc.eks.eu-west-1.amazonaws.com/id/4D2E:sub': [
                'system:serviceaccount:clicks:sessions-driver',
                'system:serviceaccount:clicks:sessions-executor',
              ],
            },
          },
        },
      ],
    });
  });

  test('is with Pod Identity the agent, for the named service accounts of the one cluster', () => {
    expect(trustPolicy(podIdentityAccess().identity)).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'ServiceAccounts',
          Effect: 'Allow',
          Principal: { Service: 'pods.eks.amazonaws.com' },
          Action: ['sts:AssumeRole', 'sts:TagSession'],
          Condition: {
            StringEquals: {
              'aws:SourceAccount': '111122223333',
              'aws:RequestTag/eks-cluster-arn': 'arn:aws:eks:eu-west-1:111122223333:cluster/streams',
              'aws:RequestTag/kubernetes-namespace': 'clicks',
              'aws:RequestTag/kubernetes-service-account': ['sessions-driver', 'sessions-executor'],
            },
          },
        },
      ],
    });
  });
});
