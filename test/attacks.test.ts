import { API_ATTACKS, sentenceOf } from './cluster/attacks/all';
import { NETWORK_ATTACKS } from './cluster/attacks/network';
import { POD_ATTACKS } from './cluster/attacks/node';
import { letsThrough, NetworkPolicy } from './cluster/attacks/policies';
import { ALL_ROWS, section, sectionOfDocument } from './cluster/attacks/table';

const attempts = [...API_ATTACKS, ...POD_ATTACKS];

test('docs/access.md shows what is tried (npx tsx test/cluster/attacks/table.ts writes it)', () => {
  expect(sectionOfDocument()).toBe(section());
});

test('100 or more things are tried, connections not counted', () => {
  expect(ALL_ROWS.filter(({ isCounted }) => isCounted)).toHaveLength(attempts.length);
  expect(attempts.length).toBeGreaterThanOrEqual(100);
});

test('nothing is tried twice', () => {
  const sentences = [...attempts, ...NETWORK_ATTACKS].map(sentenceOf);
  expect(sentences.filter((sentence, index) => sentences.indexOf(sentence) !== index)).toEqual([]);
});

test('each attempt is either refused, in words that are looked for, or a known limit with its reason', () => {
  const unclear = attempts.filter(({ refusal, limit }) =>
    refusal === undefined ? limit === undefined || limit === '' : limit !== undefined || refusal.words === '',
  );
  expect(unclear.map(sentenceOf)).toEqual([]);
});

test('what is not refused by RBAC is shown to be admitted without what is bad about it', () => {
  const alone = attempts.filter(
    ({ refusal, harmless }) => refusal !== undefined && refusal.by !== 'RBAC' && harmless === undefined,
  );
  expect(alone.map(sentenceOf)).toEqual([
    // There is no such socket that would be harmless.
    "a driver may try to ask the container runtime for a container, by the node's socket",
  ]);
});

describe('the judge of network policies', () => {
  const deny: NetworkPolicy = {
    metadata: { namespace: 'a' },
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
  };
  const open: NetworkPolicy = {
    metadata: { namespace: 'a' },
    spec: {
      podSelector: { matchLabels: { role: 'driver' } },
      policyTypes: ['Egress'],
      egress: [{ ports: [{ port: 443 }] }],
    },
  };
  const [driver, other] = [
    { namespace: 'a', labels: { role: 'driver' } },
    { namespace: 'b', labels: {} },
  ];

  test('lets everything through where no policy selects a pod', () => {
    expect(letsThrough([], driver, other, 80)).toBe(true);
  });

  test('lets nothing through where a policy has no rule', () => {
    expect(letsThrough([deny], driver, other, 443)).toBe(false);
    expect(letsThrough([deny], other, driver, 443)).toBe(false);
  });

  test('lets through what one of several policies lets through', () => {
    expect(letsThrough([deny, open], driver, other, 443)).toBe(true);
    expect(letsThrough([deny, open], driver, other, 80)).toBe(false);
  });
});
