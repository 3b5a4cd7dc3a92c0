import { Secret } from 'cdk8s-plus-28';
import { CloudIdentity } from '../../../lib/storage/identity/cloud-identity';
import { messageOf, newChart } from '../../job-namespace/manifests';

describe('an identity', () => {
  test.each([
    'arn:aws:iam::123456789012:role/sessions',
    'arn:aws-cn:iam::123456789012:role/team/sessions',
    'arn:aws-us-gov:iam::123456789012:role/a.b+c=d,e@f_g-h',
  ])('may be the role %s', (arn) => {
    expect(() => CloudIdentity.awsRole(arn)).not.toThrow();
  });

  test.each(['sessions', 'arn:aws:iam::12345:role/sessions', 'arn:aws:iam::123456789012:user/sessions'])(
    'may not be the role %s',
    (arn) => {
      expect(messageOf(() => CloudIdentity.awsRole(arn))).toBe(
        `CloudIdentity.awsRole: "${arn}" is no ARN of a role; give one such as "arn:aws:iam::123456789012:role/sessions"`,
      );
    },
  );

  test('may be a Google service account', () => {
    expect(() => CloudIdentity.gkeWorkloadIdentity('sessions@acme-1.iam.gserviceaccount.com')).not.toThrow();
  });

  test.each(['sessions', 'me@acme.dev', 'sessions@acme.iam.gserviceaccount.com.evil.dev'])(
    'may not be the Google service account %s',
    (email) => {
      expect(messageOf(() => CloudIdentity.gkeWorkloadIdentity(email))).toBe(
        `CloudIdentity.gkeWorkloadIdentity: "${email}" is no Google service account; ` +
          'give its address, such as "sessions@acme.iam.gserviceaccount.com"',
      );
    },
  );

  test('of Azure has two UUIDs', () => {
    const id = '00000000-1111-2222-3333-444444444444';
    expect(messageOf(() => CloudIdentity.azureWorkloadIdentity('me', id))).toContain(
      'CloudIdentity.azureWorkloadIdentity: the clientId is "me"; give a UUID',
    );
    expect(messageOf(() => CloudIdentity.azureWorkloadIdentity(id, 'acme'))).toContain('the tenantId is "acme"');
  });

  test('in a key file is under a key of a Secret', () => {
    const secret = Secret.fromSecretName(newChart(), 'secret', 'key');
    expect(messageOf(() => CloudIdentity.keyFile(secret, '../key'))).toContain(
      'CloudIdentity.keyFile: the key is "../key"',
    );
  });

  const role = 'arn:aws:iam::123456789012:role/sessions';
  const id = '00000000-1111-2222-3333-444444444444';
  const google = 'sessions@acme-1.iam.gserviceaccount.com';
  const managed = { identityName: 'sessions', resourceGroup: 'identities', oidcIssuer: 'https://oidc.example/0001/' };
  const pods = { roleArn: role, cluster: 'prod', region: 'eu-central-1' };
  const cluster = { clusterProject: 'acme-clusters', clusterProjectNumber: '123456789012' };

  test.each<[string, () => CloudIdentity]>([
    ['awsRole', () => CloudIdentity.awsRole(role, { oidcIssuer: 'https://oidc.eks.eu-west-1.amazonaws.com/id/4D2E' })],
    ['eksPodIdentity', () => CloudIdentity.eksPodIdentity(pods)],
    ['gkePrincipal', () => CloudIdentity.gkePrincipal(cluster)],
    ['gkeWorkloadIdentity', () => CloudIdentity.gkeWorkloadIdentity(google, { clusterProject: 'acme.dev:clusters' })],
    ['azureWorkloadIdentity', () => CloudIdentity.azureWorkloadIdentity(id, id, managed)],
  ])('by CloudIdentity.%s may say what permissions need', (_factory, make) => {
    expect(make).not.toThrow();
  });

  test.each<[string, () => CloudIdentity, string]>([
    [
      'awsRole',
      () => CloudIdentity.awsRole(role, { oidcIssuer: 'oidc.eks.eu-west-1.amazonaws.com/id/4D2E' }),
      'oidcIssuer is "oidc.eks.eu-west-1.amazonaws.com/id/4D2E"; give one such as "https://oidc.eks.eu-central-1.amazonaws.com/id/4D2E"',
    ],
    [
      'eksPodIdentity',
      () => CloudIdentity.eksPodIdentity({ ...pods, roleArn: 'sessions' }),
      '"sessions" is no ARN of a role; give one such as "arn:aws:iam::123456789012:role/sessions"',
    ],
    [
      'eksPodIdentity',
      () => CloudIdentity.eksPodIdentity({ ...pods, cluster: 'a b' }),
      'cluster is "a b"; give one such as "prod-eu"',
    ],
    [
      'eksPodIdentity',
      () => CloudIdentity.eksPodIdentity({ ...pods, region: 'Frankfurt' }),
      'region is "Frankfurt"; give one such as "eu-central-1"',
    ],
    [
      'gkePrincipal',
      () => CloudIdentity.gkePrincipal({ ...cluster, clusterProjectNumber: 'acme' }),
      'clusterProjectNumber is "acme"; give one such as "123456789012"',
    ],
    [
      'gkeWorkloadIdentity',
      () => CloudIdentity.gkeWorkloadIdentity(google, { clusterProject: 'a' }),
      'clusterProject is "a"; give one such as "acme-clusters"',
    ],
    [
      'azureWorkloadIdentity',
      () => CloudIdentity.azureWorkloadIdentity(id, id, { ...managed, identityName: 'a/b' }),
      'identityName is "a/b"; give one such as "sessions"',
    ],
    [
      'azureWorkloadIdentity',
      () => CloudIdentity.azureWorkloadIdentity(id, id, { ...managed, resourceGroup: '' }),
      'resourceGroup is ""; give one such as "identities"',
    ],
    [
      'azureWorkloadIdentity',
      () => CloudIdentity.azureWorkloadIdentity(id, id, { ...managed, oidcIssuer: 'oidc' }),
      'oidcIssuer is "oidc"; give one such as "https://oidc.eks.eu-central-1.amazonaws.com/id/4D2E"',
    ],
  ])('by CloudIdentity.%s is refused with facts of another form', (factory, make, problem) => {
    expect(messageOf(make)).toBe(`CloudIdentity.${factory}: ${problem}`);
  });
});
