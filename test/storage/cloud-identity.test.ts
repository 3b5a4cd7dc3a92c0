import { Secret } from 'cdk8s-plus-28';
import { CloudIdentity } from '../../lib/storage/cloud-identity';
import { messageOf, newChart } from '../job-namespace/manifests';

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
});
