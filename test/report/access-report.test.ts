import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { SparkJobNamespace } from '../../lib';
import { AccessReport } from '../../lib/report/access-report';
import { AccessReportFormat } from '../../lib/report/format';

function program(): { app: App; chart: Chart } {
  const app = new App({ outdir: path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'report-')), 'dist') });
  const chart = new Chart(app, 'platform');
  new SparkJobNamespace(chart, 'clicks');
  return { app, chart };
}

describe('AccessReport', () => {
  test('is written beside the manifests by synth, and adds nothing to them', () => {
    const { app, chart } = program();
    const manifests = Testing.synth(chart);
    new AccessReport(app);
    expect(Testing.synth(chart)).toEqual(manifests);
    expect(fs.existsSync(app.outdir)).toBe(false);
    app.synth();
    expect(fs.readdirSync(app.outdir)).toEqual(['access-report.html', 'platform.k8s.yaml']);
    expect(fs.readFileSync(path.join(app.outdir, 'access-report.html'), 'utf8')).toContain('clicks');
  });

  test('is of the whole app, also of what is added after it, and from below a chart', () => {
    const { app, chart } = program();
    new AccessReport(chart);
    new SparkJobNamespace(new Chart(app, 'other'), 'billing');
    app.synth();
    const page = fs.readFileSync(path.join(app.outdir, 'access-report.html'), 'utf8');
    expect(['clicks', 'billing'].filter((name) => page.includes(`>${name}<`))).toEqual(['clicks', 'billing']);
  });

  test('is written in all formats, to the folder that is named', () => {
    const { app } = program();
    const folder = path.join(app.outdir, '..', 'review', 'access');
    const report = new AccessReport(app, 'report', { folder, formats: Object.values(AccessReportFormat) });
    app.synth();
    expect(fs.readdirSync(folder)).toEqual([
      'access-report.html',
      'access-report.md',
      'access-report.mmd',
      'access-report.txt',
    ]);
    expect(fs.readFileSync(path.join(folder, 'access-report.md'), 'utf8')).toBe(
      report.render(AccessReportFormat.MARKDOWN),
    );
  });

  test('two reports are both written', () => {
    const { app } = program();
    new AccessReport(app, 'page');
    new AccessReport(app, 'text', { formats: [AccessReportFormat.TEXT] });
    app.synth();
    expect(fs.readdirSync(app.outdir)).toEqual(['access-report.html', 'access-report.txt', 'platform.k8s.yaml']);
  });

  test('is not written by a program that fails', () => {
    const { app, chart } = program();
    new AccessReport(app);
    chart.node.addValidation({ validate: () => ['is wrong'] });
    expect(() => app.synth()).toThrow('[platform] is wrong');
    expect(fs.readdirSync(app.outdir)).toEqual([]);
  });

  test('has the same bytes each time', () => {
    const pages = [program(), program()].map(({ app }) => new AccessReport(app).render(AccessReportFormat.HTML));
    expect(pages[0]).toBe(pages[1]);
  });

  test('fails where it belongs to no app, or shall be written in no format', () => {
    class Root extends Construct {
      public constructor() {
        super(undefined as unknown as Construct, '');
      }
    }
    expect(() => new AccessReport(new Root(), 'report', { formats: [] })).toThrow(
      'report: 2 problems:\n' +
        '  - belongs to no app, so nothing would write it: give it the App, or a construct below one, as scope\n' +
        '  - formats is empty, so nothing would be written: name one or leave it out',
    );
  });
});
