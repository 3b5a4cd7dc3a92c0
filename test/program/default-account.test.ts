import { ServiceAccount } from 'cdk8s-plus-28';
import { Program } from '../../lib/program/program';
import { manifests, messageOf, newChart } from '../job-namespace/manifests';

const ROLE = { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/sessions' };

function synthWith(name: string, annotations: Record<string, string>): void {
  const chart = newChart();
  Program.of(chart);
  new ServiceAccount(chart, 'account', { metadata: { name, namespace: 'clicks', annotations } });
  manifests(chart);
}

describe('the account "default"', () => {
  test('has no identity of a cloud', () => {
    expect(messageOf(() => synthWith('default', ROLE))).toContain(
      'test/account/Resource: the account "default" of namespace "clicks" has the annotation eks.amazonaws.com/role-arn, ' +
        'which gives the identity to every pod without an account: put it on an account of its own, or give the identity ' +
        'to the storage of a job',
    );
  });

  test('may have other annotations, and other accounts an identity', () => {
    expect(() => synthWith('default', { 'acme.dev/owner': 'clicks' })).not.toThrow();
    expect(() => synthWith('etl', ROLE)).not.toThrow();
  });
});
