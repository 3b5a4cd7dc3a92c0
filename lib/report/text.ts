import { findingText } from '../manifests/finding-codes';
import { plain } from './escape';
import { findingGroups, NO_REASON, relaxationGroups, SEVERITY_WORDS } from './groups';
import { MATRIX_COLUMNS, MatrixEntry, matrixRows } from './matrix';
import { AccessReportData } from './report-data';
import { firstOf, phrasesOf } from './words';

const MOST_NAMED = 8;

export function textReport(data: AccessReportData): string {
  const sections: [string, string[]][] = [
    ...(data.problems.length === 0
      ? []
      : [['NOT READ, OR NOT CERTAIN', data.problems.map(findingText)] as [string, string[]]]),
    ['WHO MAY DO WHAT WHERE', matrix(data)],
    ['RIGHTS', rights(data)],
    ['WAYS TO MORE RIGHTS', findings(data)],
    ['RELAXED GUARANTEES', relaxations(data)],
    ['NOTES', notes(data)],
  ];
  return sections
    .map(([title, lines]) => [title, ...lines.map((line) => `  ${plain(line)}`)].join('\n'))
    .map((section) => `${section}\n`)
    .join('\n');
}

function matrix(data: AccessReportData): string[] {
  return matrixRows(data).flatMap(({ title, facts, cells }) => [
    `${title}${facts === '' ? '' : ` (${facts})`}`,
    ...MATRIX_COLUMNS.flatMap(({ key, title: column }) => cells[key].map((entry) => entryLine(column, entry))),
  ]);
}

function entryLine(column: string, { label, rights: id, phrases }: MatrixEntry): string {
  const what = id === undefined ? 'no rights' : `${id.padEnd(4)} ${phrases.join('; ')}`;
  return `  ${column.toLowerCase().padEnd(11)} ${label.padEnd(40)} ${what}`;
}

function rights(data: AccessReportData): string[] {
  return data.rights.flatMap(({ id, rows }) =>
    phrasesOf(rows).map((phrase, index) => `${(index === 0 ? id : '').padEnd(4)} ${phrase}`),
  );
}

function findings(data: AccessReportData): string[] {
  const lines = findingGroups(data).flatMap(({ severity, title, steps, remedies, who }) => [
    `${title} (${SEVERITY_WORDS[severity]})`,
    ...who.slice(0, MOST_NAMED).map((one) => `  ${one}`),
    ...(who.length > MOST_NAMED ? [`  and ${who.length - MOST_NAMED} more`] : []),
    ...steps.map((step, index) => `  ${index + 1}. ${step}`),
    `  what to do: ${firstOf(remedies, MOST_NAMED, '; ')}`,
  ]);
  return lines.length === 0 ? ['None found.'] : lines;
}

function relaxations(data: AccessReportData): string[] {
  const lines = relaxationGroups(data).flatMap(({ guarantee, reason, places }) => [
    `${guarantee}: ${reason ?? NO_REASON.toUpperCase()}`,
    ...places.map((place) => `  ${place}`),
  ]);
  return lines.length === 0 ? ['None.'] : lines;
}

function notes(data: AccessReportData): string[] {
  const lines = data.notes.flatMap(({ title, text, places }) => [
    `${title}: ${firstOf(places, MOST_NAMED, '; ')}`,
    `  ${text}`,
  ]);
  return lines.length === 0 ? ['None.'] : lines;
}
