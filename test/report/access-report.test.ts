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
  test('is written beside the manifests, and adds nothing to them', () => {
    const { app, chart } = program();
    const manifests = Testing.synth(chart);
    const report = new AccessReport(app);
    expect(Testing.synth(chart)).toEqual(manifests);
    app.synth();
    expect(fs.readdirSync(app.outdir)).toEqual(['platform.k8s.yaml']);
    expect(report.write()).toEqual([path.join(app.outdir, 'access-report.html')]);
    expect(fs.readdirSync(app.outdir)).toEqual(['access-report.html', 'platform.k8s.yaml']);
    expect(fs.readFileSync(path.join(app.outdir, 'access-report.html'), 'utf8')).toContain('clicks');
  });

  test('is of the whole app, also of what is added after it, and from below a chart', () => {
    const { app, chart } = program();
    const report = new AccessReport(chart);
    new SparkJobNamespace(new Chart(app, 'other'), 'billing');
    const page = report.render(AccessReportFormat.HTML);
    expect(['clicks', 'billing'].filter((name) => page.includes(`>${name}<`))).toEqual(['clicks', 'billing']);
  });

  test('is written in all formats, to the folder that is named', () => {
    const { app } = program();
    const folder = path.join(app.outdir, '..', 'review', 'access');
    const report = new AccessReport(app, { formats: Object.values(AccessReportFormat) });
    expect(report.write(folder).map((file) => path.relative(folder, file))).toEqual([
      'access-report.html',
      'access-report.md',
      'access-report.mmd',
      'access-report.txt',
    ]);
    expect(fs.readFileSync(path.join(folder, 'access-report.md'), 'utf8')).toBe(
      report.render(AccessReportFormat.MARKDOWN),
    );
  });

  test('has the same bytes each time, whatever the order of construction', () => {
    const pages = [
      ['clicks', 'billing'],
      ['billing', 'clicks'],
    ].map((names) => {
      const app = new App();
      for (const name of names) new SparkJobNamespace(new Chart(app, name), name);
      return new AccessReport(app).render(AccessReportFormat.HTML);
    });
    expect(pages[0]).toBe(pages[1]);
  });

  test('fails where it belongs to no app, or shall be written in no format', () => {
    class Root extends Construct {
      public constructor() {
        super(undefined as unknown as Construct, '');
      }
    }
    expect(() => new AccessReport(new Root(), { formats: [] })).toThrow(
      'AccessReport: 2 problems:\n' +
        '  - the scope belongs to no app: pass the App, or a construct below one\n' +
        '  - formats is empty, so nothing would be written: name one or leave it out',
    );
  });
});
