import * as fs from 'node:fs';
import * as path from 'node:path';
import { ATTACK_GROUPS, AttackGroup } from './all';

const DOCUMENT = path.join(__dirname, '../../../docs/access.md');
const BEGIN = '<!-- attacks: written by test/cluster/attacks/table.ts -->';
const END = '<!-- end of attacks -->';
const HEADER = ['number', 'identity', 'tries to', 'outcome', 'tested under'];

/** A line of the table. Connections are not counted. */
export interface TableRow {
  readonly identity: string;
  readonly tries: string;
  readonly outcome: string;
  readonly tested: string;
  readonly isCounted: boolean;
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
      isCounted: true,
    })),
    ...inPods.map(({ identity, tries, refusal, limit }) => ({
      identity,
      tries,
      outcome: outcomeOf(refusal, limit),
      tested: 'quickstart, in its pod',
      isCounted: true,
    })),
    ...network.map(({ identity, tries, limit }) => ({
      identity,
      tries,
      outcome: limit === undefined ? 'refused by: network policy' : `known limit: ${limit}`,
      tested: 'quickstart, two-teams; not enforced on the test cluster',
      isCounted: false,
    })),
  ];
}

export const ALL_ROWS: readonly TableRow[] = ATTACK_GROUPS.flatMap(rowsOf);

/** What stands in the document, with the tables as Markdown has them when nobody aligns them. */
export function section(): string {
  let number = 0;
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const tables = ATTACK_GROUPS.map((group) => {
    const lines = rowsOf(group).map(({ identity, tries, outcome, tested, isCounted }) =>
      line([isCounted ? String(++number) : '-', identity, tries, outcome, tested]),
    );
    return [`### ${group.title}`, '', line(HEADER), line(HEADER.map(() => '---')), ...lines].join('\n');
  });
  return [summary(), ...tables].join('\n\n');
}

function summary(): string {
  const counted = ALL_ROWS.filter(({ isCounted }) => isCounted);
  const limits = counted.filter(({ outcome }) => outcome.startsWith('known limit'));
  return `${counted.length} attempts: ${counted.length - limits.length} are refused, ${limits.length} are known limits.`;
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
