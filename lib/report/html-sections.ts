import { findingText } from '../manifests/finding-codes';
import { html } from './escape';
import { FindingGroup, findingGroups, NO_REASON, RelaxationGroup, relaxationGroups, SEVERITY_WORDS } from './groups';
import { fold, folded, heading, inline, name, scrolled } from './html-parts';
import { AccessReportData, ReportNamespace } from './report-data';
import { drawnNamespaces, FOLD_FROM, isShort, overview, picture } from './picture';
import { svg } from './svg';
import { count } from './words';

const LEGEND = `<ul class="legend">
<li><b class="submitter">Submitters</b> write applications</li>
<li><b class="operator">The operator</b> starts their drivers</li>
<li><b class="run">Drivers</b> start executors</li>
<li><b class="other">Others</b> have rights too</li>
<li>A dashed arrow only reads</li>
</ul>`;

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

export function findingsSection(data: AccessReportData): string {
  const groups = findingGroups(data);
  return [
    heading(
      'findings',
      'Ways to more rights',
      'Rights that lead to more rights than their own. By design is what Spark on Kubernetes cannot do without: who submits runs code as the drivers of the namespace, and the operator starts them.',
    ),
    groups.length === 0 ? '<p class="card">None found.</p>' : groups.map(card).join('\n'),
  ].join('\n');
}

function card({ severity, title, steps, remedies, who }: FindingGroup): string {
  return `<div class="card" data-row>
<h3><span class="tag ${severity}">${SEVERITY_WORDS[severity]}</span> ${html(title)}</h3>
${folded(who.map(html), 'times')}
<details><summary>${who.length > 1 ? 'How the first goes' : 'How it goes'}</summary><ol>${steps.map((step) => `<li>${html(step)}</li>`).join('')}</ol></details>
<p><b>What to do:</b> ${html(remedies[0])}</p>
${remedies.length > 1 ? folded(remedies.slice(1).map(html), 'other ways out') : ''}
</div>`;
}

export function pictureSection(data: AccessReportData): string {
  const shown = drawnNamespaces(data);
  const whole = overview(data);
  const title = 'Who reaches which namespace';
  const text =
    shown.length >= FOLD_FROM
      ? 'Namespaces where the same identities have the same rights are drawn as one. Each of them alone, with all rights, is below.'
      : 'From the left: who has rights, in which namespace, and what runs there under which account.';
  return [
    heading('picture', title, text),
    LEGEND,
    scrolled('Picture of namespaces and identities', svg(whole, title)),
    ...(isShort(whole) || shown.length >= FOLD_FROM ? [each(data, shown)] : []),
  ].join('\n');
}

function each(data: AccessReportData, namespaces: readonly ReportNamespace[]): string {
  const cards = namespaces.map((namespace) => {
    const { name, kind } = namespace;
    const applications = data.applications.filter((application) => application.namespace === name).length;
    const identities = data.grants.filter((grant) => grant.namespace === name).length;
    const facts = `${count(identities, 'identity', 'identities')}, ${count(applications, 'application')}`;
    const drawing = svg(picture(data, [namespace], false), `Who reaches ${name}`);
    return (
      `<details class="card" data-row><summary><span class="name">${html(name)}</span> ` +
      `<span class="does">${kind === 'jobs' ? facts : `not for jobs; ${facts}`}</span></summary>\n` +
      `${scrolled(`Picture of ${name}`, drawing, ' plain')}\n</details>`
    );
  });
  return fold(`Each of the ${namespaces.length} namespaces`, `<div class="cards">\n${cards.join('\n')}\n</div>`, false);
}
