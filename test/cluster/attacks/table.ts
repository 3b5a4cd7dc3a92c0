import * as fs from 'node:fs';
import * as path from 'node:path';
import { ATTACK_GROUPS, AttackGroup } from './all';

const DOCUMENT = path.join(__dirname, '../../../docs/access.md');
const BEGIN = '<!-- attacks: written by test/cluster/attacks/table.ts -->';
const END = '<!-- end of attacks -->';
const HEADER = ['number', 'identity', 'tries to', 'outcome', 'tested under'];

/** A line of the table. */
export interface TableRow {
  readonly identity: string;
  readonly tries: string;
  readonly outcome: string;
  readonly tested: string;
}

const refusedBy = (by: string): string => (by === 'not there' ? 'refused: not there' : `refused by: ${by}`);
const outcomeOf = (refusal: { by: string } | undefined, limit: string | undefined): string =>
  refusal === undefined ? `known limit: ${limit}` : refusedBy(refusal.by);

export function rowsOf({ api = [], inPods = [], network = [] }: AttackGroup): TableRow[] {
  return [
    ...api.map(({ identity, tries, refusal, limit, only }) => ({
      identity,
      tries,
      outcome: outcomeOf(refusal, limit),
      tested: only ?? 'quickstart, two-teams',
    })),
    ...inPods.map(({ identity, tries, refusal, limit, isBehindNetwork }) => ({
      identity,
      tries,
      outcome: outcomeOf(refusal, limit),
      tested: isBehindNetwork === true ? 'quickstart, in a pod without policies' : 'quickstart, in its pod',
    })),
    ...network.map(({ identity, tries, limit }) => ({
      identity,
      tries,
      outcome: limit === undefined ? 'refused by: network policy' : `known limit: ${limit}`,
      tested: 'quickstart, two-teams',
    })),
  ];
}

export const ALL_ROWS: readonly TableRow[] = ATTACK_GROUPS.flatMap(rowsOf);

/** What stands in the document, with the tables as Markdown has them when nobody aligns them. */
export function section(): string {
  let number = 0;
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const tables = ATTACK_GROUPS.map((group) => {
    const lines = rowsOf(group).map(({ identity, tries, outcome, tested }) =>
      line([String(++number), identity, tries, outcome, tested]),
    );
    return [`### ${group.title}`, '', line(HEADER), line(HEADER.map(() => '---')), ...lines].join('\n');
  });
  return [summary(), ...tables].join('\n\n');
}

function summary(): string {
  const limits = ALL_ROWS.filter(({ outcome }) => outcome.startsWith('known limit'));
  return `${ALL_ROWS.length} attempts: ${ALL_ROWS.length - limits.length} are refused, ${limits.length} are known limits.`;
}

/** The same as it stands in the document, without what aligns its tables. */
export function sectionOfDocument(): string {
  const [, section] = fs.readFileSync(DOCUMENT, 'utf8').split(BEGIN);
  return section.split(END)[0].trim().replace(/ +\|/g, ' |').replace(/-{4,}/g, '---');
}

if (require.main === module) {
  const [before, rest] = fs.readFileSync(DOCUMENT, 'utf8').split(BEGIN);
  fs.writeFileSync(DOCUMENT, `${before}${BEGIN}\n\n${section()}\n\n${END}${rest.split(END)[1]}`);
}
