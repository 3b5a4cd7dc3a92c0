import * as fs from 'node:fs';
import * as path from 'node:path';
import { API_ATTACKS, sentenceOf } from './cluster/attacks/all';
import { NETWORK_ATTACKS } from './cluster/attacks/network';
import { POD_ATTACKS } from './cluster/attacks/node';
import { ALL_ROWS, section, sectionOfDocument } from './cluster/attacks/table';

const attempts = [...API_ATTACKS, ...POD_ATTACKS];

test('docs/access.md shows what is tried (npx tsx test/cluster/attacks/table.ts writes it)', () => {
  expect(sectionOfDocument()).toBe(section());
});

test('the README says how many things are tried', () => {
  expect(ALL_ROWS).toHaveLength(attempts.length + NETWORK_ATTACKS.length);
  const readme = fs.readFileSync(path.join(__dirname, '../README.md'), 'utf8');
  expect(readme).toContain(`[${ALL_ROWS.length} attempts](docs/access.md)`);
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
