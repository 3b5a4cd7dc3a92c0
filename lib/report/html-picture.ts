import { html } from './escape';
import { fold, heading, scrolled } from './html-parts';
import { drawnNamespaces, FOLD_FROM, isShort, overview, picture } from './picture';
import { AccessReportData, ReportNamespace } from './report-data';
import { svg } from './svg';
import { count } from './words';

const LEGEND = `<ul class="legend">
<li><b class="submitter">Submitters</b> write applications</li>
<li><b class="operator">The operator</b> starts their drivers</li>
<li><b class="run">Drivers</b> start executors</li>
<li><b class="other">Others</b> have rights too</li>
<li>A dashed arrow only reads</li>
</ul>`;

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
