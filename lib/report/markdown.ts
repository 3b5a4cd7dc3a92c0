import { findingText } from '../manifests/finding-codes';
import { markdown } from './escape';
import { findingGroups, NO_REASON, relaxationGroups, SEVERITY_WORDS } from './groups';
import { MATRIX_COLUMNS, MatrixEntry, matrixRows } from './matrix';
import { mermaidReport } from './mermaid';
import { AccessReportData } from './report-data';
import { count, firstOf, phrasesOf } from './words';

/** Longer tables are folded, so that a pull request stays readable. */
const MOST_ROWS = 20;
const MOST_NAMED = 8;

/** The report for a pull request, with its picture in Mermaid. */
export function markdownReport(data: AccessReportData): string {
  const sections = [
    '# Access report',
    'Who may do what, read from the manifests alone.',
    ...(data.problems.length === 0
      ? []
      : ['## Not read, or not certain', list(data.problems.map((finding) => markdown(findingText(finding))))]),
    '## Picture',
    `\`\`\`mermaid\n${mermaidReport(data)}\`\`\``,
    '## Ways to more rights',
    findings(data),
    '## Relaxed guarantees',
    relaxations(data),
    '## Notes',
    notes(data),
    '## Matrix',
    matrix(data),
    '## Rights',
    table(
      ['', 'Rights'],
      data.rights.map(({ id, rows }) => [id, markdown(phrasesOf(rows).join('; '))]),
    ),
  ];
  return `${sections.join('\n\n')}\n`;
}

function findings(data: AccessReportData): string {
  const groups = findingGroups(data).map(({ severity, title, steps, remedies, who }) =>
    [
      `- **${markdown(title)}** (${SEVERITY_WORDS[severity]}): ${markdown(firstOf(who, MOST_NAMED, '; '))}`,
      ...steps.map((step, index) => `  ${index + 1}. ${markdown(step)}`),
      '',
      `  What to do: ${markdown(firstOf(remedies, MOST_NAMED, '; '))}`,
    ].join('\n'),
  );
  return groups.length === 0 ? 'None found.' : groups.join('\n');
}

function relaxations(data: AccessReportData): string {
  const rows = relaxationGroups(data).map(({ guarantee, reason, places }) => [
    markdown(guarantee),
    reason === undefined ? `**${NO_REASON}**` : markdown(reason),
    markdown(firstOf(places, MOST_NAMED, '; ')),
  ]);
  return rows.length === 0 ? 'None.' : table(['Guarantee', 'Reason', 'Namespace: used by'], rows);
}

function notes(data: AccessReportData): string {
  const lines = data.notes.map(
    ({ title, text, places }) =>
      `**${markdown(title)}.** ${markdown(text)} ${markdown(firstOf(places, MOST_NAMED, '; '))}`,
  );
  return lines.length === 0 ? 'None.' : list(lines);
}

function matrix(data: AccessReportData): string {
  const rows = matrixRows(data);
  const columns = MATRIX_COLUMNS.filter(({ key }) => rows.some(({ cells }) => cells[key].length > 0));
  return table(
    ['Namespace', ...columns.map(({ title }) => title)],
    rows.map(({ title, cells }) => [markdown(title), ...columns.map(({ key }) => entries(cells[key]))]),
  );
}

function entries(cell: readonly MatrixEntry[]): string {
  return cell.map(({ label, rights }) => `${markdown(label)} ${rights ?? '(no rights)'}`).join('<br>');
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const whole = [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
  return rows.length <= MOST_ROWS
    ? whole
    : `<details><summary>${count(rows.length, 'row')}</summary>\n\n${whole}\n\n</details>`;
}
