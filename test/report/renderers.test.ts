import { createHash } from 'node:crypto';
import { htmlReport } from '../../lib/report/html';
import { markdownReport } from '../../lib/report/markdown';
import { mermaidReport } from '../../lib/report/mermaid';
import { AccessReportData } from '../../lib/report/report-data';
import { textReport } from '../../lib/report/text';
import { application, binding, namespace, reportOf, role } from './manifests';
import { hostileData } from './programs';

const SMALL = reportOf(
  namespace('clicks', { 'cdk8s-spark/may-relax-pinned-images': 'tags move in the lab' }),
  application('clicks', 'sessions', { image: 'registry.acme.dev/sessions:latest' }),
  role('clicks', 'submit', {
    apiGroups: ['sparkoperator.k8s.io'],
    resources: ['sparkapplications'],
    verbs: ['create', 'delete', 'get'],
  }),
  binding('clicks', 'submit', 'airflow/worker'),
);
const FINDING = {
  severity: 'high' as const,
  title: 'reads tokens',
  identity: 'ServiceAccount airflow/worker',
  gain: 'the rights of backup',
  steps: ['reads a secret', 'uses the token'],
  remedy: 'take get on secrets away',
};
const FOUND: AccessReportData = {
  ...SMALL,
  findings: [
    { ...FINDING, severity: 'medium', title: 'creates pods', namespace: 'clicks' },
    { ...FINDING, namespace: 'clicks' },
    { ...FINDING, namespace: '' },
  ],
};
const RENDERERS = { html: htmlReport, markdown: markdownReport, mermaid: mermaidReport, text: textReport };

describe.each(Object.entries(RENDERERS))('%s', (_, render) => {
  test('has the same bytes each time, without a time in them', () => {
    expect(render(FOUND)).toBe(render(FOUND));
    expect(render(FOUND)).not.toContain(String(new Date().getFullYear()));
  });

  test('names who, where and what', () => {
    const text = render(SMALL);
    for (const part of [
      'worker',
      'airflow',
      'clicks',
      'sessions',
      'spark-driver',
      'spark-executor',
      'creates, deletes, reads applications',
    ]) {
      expect(text).toContain(part);
    }
  });

  test('renders a report of nothing', () => {
    expect(render(reportOf())).not.toContain('undefined');
  });
});

describe('html', () => {
  const page = htmlReport(FOUND);

  test('names its only style and its only script by their hashes, and allows nothing else', () => {
    const [policy] = page.match(/(?<=Content-Security-Policy" content=")[^"]*/) ?? [];
    const [style, script] = ['style', 'script'].map((tag) => {
      const contents = [...page.matchAll(new RegExp(`<${tag}>(.*?)</${tag}>`, 'gs'))].map(([, content]) => content);
      expect(contents).toHaveLength(1);
      return `sha256-${createHash('sha256').update(contents[0]).digest('base64')}`;
    });
    expect(policy).toBe(
      `default-src 'none'; style-src '${style}'; script-src '${script}'; img-src data:; base-uri 'none'; form-action 'none'`,
    );
  });

  test('refers to nothing outside of itself', () => {
    const targets = [...page.matchAll(/(?:href|src|action|data)="([^"]*)"/g)].map(([, target]) => target);
    expect(targets.filter((target) => !target.startsWith('#') && target !== 'data:,')).toEqual([]);
    expect(page).not.toMatch(/url\(|@import|https?:/);
  });

  test('leads only to places that it has, and has each id once', () => {
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    const links = [...page.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id);
    expect(links.filter((link) => !ids.includes(link))).toEqual([]);
    expect(ids).toEqual([...new Set(ids)]);
  });

  test('has no attribute that the policy would refuse', () => {
    expect(page).not.toMatch(/ (style|on\w+)="/);
  });

  test('escapes everything that stands in manifests', () => {
    const hostile = htmlReport(hostileData());
    expect(
      hostile
        .match(/<(script|img|style|title)[ >]/g)
        ?.filter((tag) => tag !== '<title>')
        .sort(),
    ).toEqual(['<script>', '<style>']);
    expect(hostile).toContain('&#60;script&#62;document.title=&#34;owned&#34;');
  });

  test('says the same finding once, with all whom it is about, the serious ones first', () => {
    const titles = [...page.matchAll(/<h3><span class="tag (\w+)">[^<]*<\/span> ([^<]*)/g)].map(
      ([, ...found]) => found,
    );
    expect(titles).toEqual([
      ['high', 'reads tokens'],
      ['medium', 'creates pods'],
    ]);
    expect(page).toContain('airflow/worker in the whole cluster: gains the rights of backup');
  });

  test('says so where there is nothing to find', () => {
    expect(htmlReport({ ...SMALL, findings: [] })).toContain('None found.');
    expect(page).not.toContain('None found.');
  });

  test('shows a relaxation without a reason as one that nobody allowed', () => {
    expect(page).toContain('tags move in the lab');
    expect(page).not.toContain('not allowed by the namespace');
    const unallowed = reportOf(namespace('clicks'), application('clicks', 'sessions', { image: 'a' }));
    expect(htmlReport(unallowed)).toContain('<span class="tag high">not allowed by the namespace</span>');
  });
});

test('mermaid is a flow chart of who reaches what', () => {
  expect(mermaidReport(SMALL)).toBe(`flowchart LR
  subgraph h1["namespace airflow"]
    i1(["worker"]):::submitter
  end
  subgraph n1["clicks<br/>Pod Security restricted, not isolated"]
    a1["applications<br/>sessions"]
    d1["drivers as<br/>spark-driver"]
    e1["executors as<br/>spark-executor<br/>no rights"]
  end
  i1 -->|"creates, deletes, reads applications"| a1
  a1 --> d1
  d1 -->|"no rights"| e1
  classDef submitter fill:#f3ecfa,stroke:#6a3a9e,color:#18202c
`);
});

test('mermaid keeps hostile text inside its labels', () => {
  const lines = mermaidReport(hostileData()).split('\n');
  expect(lines.filter((line) => /<(?!br\/>)|script>|`/.test(line))).toEqual([]);
  expect(lines.filter((line) => (line.match(/"/g) ?? []).length % 2 === 1)).toEqual([]);
});

test('markdown has no markup of manifests, and no broken table', () => {
  const text = markdownReport(hostileData());
  expect(text).not.toMatch(/<(script|img|title|style)/);
  const rows = text.split('\n').filter((line) => line.startsWith('|'));
  for (const row of rows) expect(row.endsWith(' |')).toBe(true);
});

test('text is what a terminal shows', () => {
  expect(textReport(FOUND)).toMatchInlineSnapshot(`
   "WHO MAY DO WHAT WHERE
     clicks (restricted)
       submitters  airflow/worker                           R1   creates, deletes, reads applications
       drivers     spark-driver                             no rights
       executors   spark-executor                           no rights

   RIGHTS
     R1   creates, deletes, reads applications

   WAYS TO MORE RIGHTS
     reads tokens (serious)
       airflow/worker in clicks: gains the rights of backup
       airflow/worker in the whole cluster: gains the rights of backup
       1. reads a secret
       2. uses the token
       what to do: take get on secrets away
     creates pods (watch)
       airflow/worker in clicks: gains the rights of backup
       1. reads a secret
       2. uses the token
       what to do: take get on secrets away

   RELAXED GUARANTEES
     pinned images: tags move in the lab
       clicks: SparkApplication sessions

   NOTES
     No network policy closes the namespace: clicks
       Its pods may connect to any address, and any pod may connect to them.
     No operator in these manifests: clicks
       Whether an operator watches these namespaces cannot be told from here; without one nothing happens to applications.
     No admission guard: clicks
       Whoever may submit can write by hand what the properties of this library refuse; Pod Security, quota and network policies still hold. The right to operate is then equal to the right to submit. The guard needs Kubernetes 1.30.
     One namespace, one level of trust: clicks
       Whoever may create pods in a namespace may run them as any of its accounts and mount any of its secrets. Drivers may create pods.
   "
  `);
});

test('text has no control characters of manifests', () => {
  const subject = { ...SMALL.identities[0].subject, name: 'a\u001b[31mred' };
  const data = { ...SMALL, identities: [{ ...SMALL.identities[0], subject }] };
  expect(textReport(data)).toContain('a\ufffd[31mred');
  expect(textReport(data)).not.toContain('\u001b');
});
