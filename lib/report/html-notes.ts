import { findingText } from '../manifests/finding-codes';
import { html } from './escape';
import { NO_REASON, RelaxationGroup, relaxationGroups } from './groups';
import { folded, heading, inline, name, scrolled } from './html-parts';
import { AccessReportData } from './report-data';

export function problemsSection({ problems }: AccessReportData): string {
  if (problems.length === 0) return '';
  return [
    heading('problems', 'Not read, or not certain', 'The report is about the rest.'),
    `<div class="card">${folded(
      problems.map((finding) => html(findingText(finding))),
      'problems',
    )}</div>`,
  ].join('\n');
}

export function relaxationsSection(data: AccessReportData): string {
  const rows = relaxationGroups(data).map(relaxationRow);
  return [
    heading(
      'relaxations',
      'Relaxed guarantees',
      'What namespaces allow their applications to do without, why, and which applications do, as their manifests show.',
    ),
    rows.length === 0
      ? '<p class="card">None: every guarantee holds in every job namespace.</p>'
      : scrolled(
          'Relaxed guarantees',
          `<table><thead><tr><th scope="col">Guarantee</th><th scope="col">Reason</th><th scope="col">Namespace: used by</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table>`,
        ),
  ].join('\n');
}

function relaxationRow({ guarantee, reason, places }: RelaxationGroup): string {
  const why = reason === undefined ? `<span class="tag high">${NO_REASON}</span>` : html(reason);
  return `<tr data-row><th scope="row">${html(guarantee)}</th><td>${why}</td><td>${folded(places.map(name), 'namespaces')}</td></tr>`;
}

export function notesSection({ notes }: AccessReportData): string {
  return [
    heading('notes', 'What else to know', 'What these manifests leave open, or leave to others.'),
    notes.length === 0
      ? '<p class="card">Nothing.</p>'
      : notes
          .map(
            ({ title, text, places }) =>
              `<div class="card" data-row><h3>${html(title)}</h3><p>${html(text)}</p>${inline(places, 'places')}</div>`,
          )
          .join('\n'),
  ].join('\n');
}
