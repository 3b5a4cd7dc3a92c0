import { html } from './escape';
import { fold, folded, heading, name, scrolled } from './html-parts';
import { MATRIX_COLUMNS, MatrixEntry, MatrixRow, matrixRows } from './matrix';
import { AccessReportData, ReportGrant, ReportIdentity, ReportRights } from './report-data';
import { count, groupBy, phrasesOf, placeWord, ROLE_WORDS, subjectWord } from './words';

/** From this many rows on, a table is folded. */
const MOST_ROWS = 30;

export function matrixSection(data: AccessReportData): string {
  const rows = matrixRows(data);
  const columns = MATRIX_COLUMNS.filter(({ key }) => rows.some(({ cells }) => cells[key].length > 0));
  const table = scrolled(
    'Matrix of namespaces and identities',
    `<table class="matrix"><thead><tr><th scope="col">Namespace</th>${columns.map(({ key, title }) => `<th scope="col" class="${key}">${title}</th>`).join('')}</tr></thead>
<tbody>
${rows
  .map((row) =>
    matrixRow(
      row,
      columns.map(({ key }) => row.cells[key]),
    ),
  )
  .join('\n')}
</tbody></table>`,
  );
  return [
    heading(
      'matrix',
      'Who may do what where',
      'One row for each namespace, one column for each kind of identity. The same rights have the same number everywhere.',
    ),
    rows.length > MOST_ROWS ? fold(count(rows.length, 'row'), table, false) : table,
  ].join('\n');
}

function matrixRow({ namespace, title, facts }: MatrixRow, cells: readonly (readonly MatrixEntry[])[]): string {
  const head = `${namespace === '' ? html(title) : name(title)}${facts === '' ? '' : `<div class="does">${html(facts)}</div>`}`;
  return `<tr data-row><th scope="row">${head}</th>${cells.map((cell) => `<td>${entries(cell)}</td>`).join('')}</tr>`;
}

function entries(cell: readonly MatrixEntry[]): string {
  if (cell.length === 0) return '<span class="does">nobody</span>';
  const items = cell.map(({ label, rights, phrases }) =>
    rights === undefined
      ? `<li>${name(label)} <span class="none">no rights</span></li>`
      : `<li>${name(label)} <a href="#${rights}">${rights}</a><div class="does">${phrases.map(html).join('; ')}</div></li>`,
  );
  return `<ul class="bare">${items.join('')}</ul>`;
}

export function rightsSection(data: AccessReportData): string {
  return [
    heading(
      'rights',
      'Rights in full',
      'Every different set of rights once, however many identities have it. What is the same everywhere has to be read once.',
    ),
    ...data.rights.map((set) => rightsCard(data, set)),
  ].join('\n');
}

function rightsCard({ grants }: AccessReportData, { id, rows }: ReportRights): string {
  const holders = grants.filter(({ rights }) => rights === id);
  const identities = new Set(holders.map(({ identity }) => identity)).size;
  const places = new Set(holders.map(({ namespace }) => namespace));
  const where = places.has('') && places.size === 1 ? 'the whole cluster' : count(places.size, 'namespace');
  return `<details class="card" id="${id}"><summary><b>${id}</b> <span class="does">${count(identities, 'identity', 'identities')}, ${where}: ${html(phrasesOf(rows).join('; '))}</span></summary>
${scrolled(
  `Rights ${id}`,
  `<table><thead><tr><th scope="col">Resource or path</th><th scope="col">API group</th><th scope="col">Verbs</th><th scope="col">Only these objects</th></tr></thead>
<tbody>${rows
    .map(
      ({ apiGroup, resource, verbs, names }) =>
        `<tr><th scope="row">${name(resource)}</th><td>${apiGroup === '' ? '<span class="does">core</span>' : name(apiGroup)}</td><td>${name(verbs.join(', '))}</td><td>${names.map(name).join(', ')}</td></tr>`,
    )
    .join('\n')}</tbody></table>`,
)}
</details>`;
}

export function identitiesSection(data: AccessReportData): string {
  const grantsOf = groupBy(data.grants, ({ identity }) => identity);
  const table = scrolled(
    'Identities',
    `<table><thead><tr><th scope="col">Identity</th><th scope="col">For Spark</th><th scope="col">Where, with which rights, by which binding</th></tr></thead>
<tbody>
${data.identities.map((identity) => identityRow(identity, grantsOf.get(identity.key) ?? [])).join('\n')}
</tbody></table>`,
  );
  return [
    heading('identities', 'Identities', 'Each account, user and group, and the bindings that its rights come from.'),
    data.identities.length > MOST_ROWS
      ? fold(count(data.identities.length, 'identity', 'identities'), table, false)
      : table,
  ].join('\n');
}

function identityRow({ subject, roles }: ReportIdentity, grants: readonly ReportGrant[]): string {
  const ways = grants.map(
    ({ namespace, rights, bindings }) =>
      `${name(placeWord(namespace))} <a href="#${rights}">${rights}</a> <span class="does">${bindings
        .map(({ binding, role, bindingSource }) => html(`${binding} to ${role} (${bindingSource})`))
        .join('; ')}</span>`,
  );
  return (
    `<tr data-row><th scope="row">${name(subjectWord(subject))}</th><td>${html(roles.map((role) => ROLE_WORDS[role]).join(', '))}</td>` +
    `<td>${ways.length === 0 ? '<span class="none">no rights</span>' : folded(ways, 'places')}</td></tr>`
  );
}
