import { htmlReport } from './html';
import { markdownReport } from './markdown';
import { mermaidReport } from './mermaid';
import { AccessReportData } from './report-data';
import { textReport } from './text';

/** The format of an access report. */
export enum AccessReportFormat {
  /** One page that needs no network: for reviewers and auditors. */
  HTML = 'html',
  /** Tables and the picture in Mermaid: for a pull request. */
  MARKDOWN = 'markdown',
  /** The picture alone, as Mermaid draws it. */
  MERMAID = 'mermaid',
  /** For a terminal. */
  TEXT = 'text',
}

const FORMATS: {
  readonly [format in AccessReportFormat]: {
    readonly file: string;
    readonly render: (data: AccessReportData) => string;
  };
} = {
  [AccessReportFormat.HTML]: { file: 'access-report.html', render: htmlReport },
  [AccessReportFormat.MARKDOWN]: { file: 'access-report.md', render: markdownReport },
  [AccessReportFormat.MERMAID]: { file: 'access-report.mmd', render: mermaidReport },
  [AccessReportFormat.TEXT]: { file: 'access-report.txt', render: textReport },
};

export function renderReport(data: AccessReportData, format: AccessReportFormat): string {
  return FORMATS[format].render(data);
}

/** The file that a report is written to unless another one is named. */
export function reportFile(format: AccessReportFormat): string {
  return FORMATS[format].file;
}
