import { html } from './escape';
import { FindingGroup, findingGroups, SEVERITY_WORDS } from './groups';
import { folded, heading } from './html-parts';
import { AccessReportData } from './report-data';

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
