import { createHash } from 'node:crypto';
import { html } from './escape';
import { findingsSection, notesSection, pictureSection, problemsSection, relaxationsSection } from './html-sections';
import { identitiesSection, matrixSection, rightsSection } from './html-matrix';
import { AccessReportData } from './report-data';
import { SCRIPT } from './script';
import { STYLE } from './style';
import { count } from './words';

/** One page with everything in it: no request leaves it, and no text of a manifest is markup. */
export function htmlReport(data: AccessReportData): string {
  const sections = [
    { id: 'problems', title: 'Not read', body: problemsSection(data) },
    { id: 'picture', title: 'Picture', body: pictureSection(data) },
    { id: 'findings', title: 'Escalation', body: findingsSection(data) },
    { id: 'relaxations', title: 'Relaxed', body: relaxationsSection(data) },
    { id: 'notes', title: 'Notes', body: notesSection(data) },
    { id: 'matrix', title: 'Matrix', body: matrixSection(data) },
    { id: 'rights', title: 'Rights', body: rightsSection(data) },
    { id: 'identities', title: 'Identities', body: identitiesSection(data) },
  ].filter(({ body }) => body !== '');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${hash(STYLE)}'; script-src '${hash(SCRIPT)}'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>Access report</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
<header><div class="wrap">
<h1>Access report</h1>
<p>Who may do what, read from the manifests alone. What a cluster grants by itself, and what others have applied to it, is not in here.</p>
${tiles(data)}
</div></header>
<div class="bar"><div class="wrap">
<nav aria-label="Sections">${sections.map(({ id, title }) => `<a href="#${id}">${title}</a>`).join('')}</nav>
<form class="search" role="search" hidden>
<label for="search">Search</label>
<input id="search" type="search" placeholder="namespace, identity" aria-keyshortcuts="/" autocomplete="off">
<output for="search" aria-live="polite"></output>
</form>
<fieldset><legend>Colors</legend>
<label><input type="radio" name="scheme" id="scheme-auto" checked>Auto</label>
<label><input type="radio" name="scheme" id="scheme-light">Light</label>
<label><input type="radio" name="scheme" id="scheme-dark">Dark</label>
</fieldset>
</div></div>
<main class="wrap" id="main" tabindex="-1">
${sections.map(({ id, body }) => `<section id="${id}" aria-labelledby="${id}-title">\n${body}\n</section>`).join('\n')}
</main>
<footer><div class="wrap"><p>Written by cdk8s-spark. The same manifests give the same page.</p></div></footer>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

function tiles(data: AccessReportData): string {
  const { namespaces, identities, rights, findings, relaxations, notes, problems } = data;
  const jobs = namespaces.filter(({ kind }) => kind === 'jobs').length;
  const unallowed = relaxations.filter(({ reason }) => reason === undefined).length;
  const high = findings.filter(({ severity }) => severity === 'high').length;
  const tile = (number: number, one: string, many: string, href: string, alert = false): string => {
    const [value, ...words] = count(number, one, many).split(' ');
    return `<li${alert ? ' class="alert"' : ''}><strong>${value}</strong><a href="#${href}">${html(words.join(' '))}</a></li>`;
  };
  return `<ul class="tiles">
${[
  tile(jobs, 'job namespace', 'job namespaces', 'picture'),
  tile(identities.length, 'identity', 'identities', 'identities'),
  tile(rights.length, 'set of rights', 'different sets of rights', 'rights'),
  tile(high, 'serious way to escalate', 'serious ways to escalate', 'findings', high > 0),
  tile(relaxations.length, 'relaxed guarantee', 'relaxed guarantees', 'relaxations', unallowed > 0),
  tile(notes.length, 'note', 'notes', 'notes'),
  ...(problems.length > 0
    ? [tile(problems.length, 'problem of reading', 'problems of reading', 'problems', true)]
    : []),
].join('\n')}
</ul>`;
}

/** The name of the only style and the only script that the page's policy lets run. */
function hash(content: string): string {
  return `sha256-${createHash('sha256').update(content).digest('base64')}`;
}
