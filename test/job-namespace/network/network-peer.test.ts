import { NetworkPeer } from '../../../lib/job-namespace/network/network-peer';

test.each(['10.20.0.0/16', '0.0.0.0/0', '10.0.0.1/32', '2001:db8::/32', '::/0'])('takes the CIDR %s', (cidr) => {
  expect(NetworkPeer.cidr(cidr)._render()).toEqual({ ipBlock: { cidr } });
});

test.each([
  ['10.0.0.1', '"10.0.0.1" has no mask; did you mean "10.0.0.1/32"?'],
  ['::1', '"::1" has no mask; did you mean "::1/128"?'],
  ['10.0.0.0/33', '"10.0.0.0/33" has the mask "33"; expected a number from 0 to 32'],
  ['10.0.0.0/', '"10.0.0.0/" has the mask ""; expected a number from 0 to 32'],
  ['10.0.0.0/8/9', '"10.0.0.0/8/9" has the mask "8/9"; expected a number from 0 to 32'],
  ['kafka/24', '"kafka/24" is no address; expected one with a mask, such as "10.20.0.0/16"'],
  ['', '"" is no address; expected one with a mask, such as "10.20.0.0/16"'],
])('refuses the CIDR "%s"', (cidr, problem) => {
  expect(() => NetworkPeer.cidr(cidr)).toThrow(new Error(`NetworkPeer.cidr: ${problem}`));
});

test('selects pods of a namespace by the label that Kubernetes puts on it', () => {
  const namespaceSelector = { matchLabels: { 'kubernetes.io/metadata.name': 'kafka' } };
  expect(NetworkPeer.podsOf('kafka')._render()).toEqual({ namespaceSelector });
  expect(NetworkPeer.podsOf('kafka', { app: 'broker' })._render()).toEqual({
    namespaceSelector,
    podSelector: { matchLabels: { app: 'broker' } },
  });
});

test('refuses what is no name of a namespace', () => {
  expect(() => NetworkPeer.podsOf('Kafka')).toThrow('NetworkPeer.podsOf: namespace "Kafka" is no DNS label');
});
