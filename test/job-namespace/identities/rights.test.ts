import * as fc from 'fast-check';
import { policyRules } from '../../../lib/job-namespace/identities/rights';

const right = fc.record({
  apiGroups: fc.subarray(['', 'apps'], { minLength: 1 }),
  resources: fc.subarray(['pods', 'pods/log', 'configmaps'], { minLength: 1 }),
  verbs: fc.subarray(['get', 'list', 'create'], { minLength: 1 }),
  reason: fc.constant('a test'),
});

function triples(rules: { apiGroups?: readonly string[]; resources?: readonly string[]; verbs: readonly string[] }[]) {
  const all = rules.flatMap(({ apiGroups = [], resources = [], verbs }) =>
    apiGroups.flatMap((group) => resources.flatMap((resource) => verbs.map((verb) => `${group} ${resource} ${verb}`))),
  );
  return [...new Set(all)].sort();
}

test('rules give the rights that are named, and no other', () => {
  fc.assert(
    fc.property(fc.array(right), (rights) => {
      expect(triples(policyRules(rights))).toEqual(triples(rights));
    }),
  );
});

test('rules do not depend on the order of rights, nor on repetition', () => {
  fc.assert(
    fc.property(fc.array(right), (rights) => {
      expect(policyRules([...rights].reverse().concat(rights))).toEqual(policyRules(rights));
    }),
  );
});
