import * as fs from 'node:fs';
import * as path from 'node:path';
import { AccessReview } from '../lib/access/access-review';
import { AccessReportFormat, renderReport } from '../lib/report/format';
import { reportData } from '../lib/report/collect-report';

const README = path.join(__dirname, '..', 'README.md');
const BEGIN = '<!-- picture of dist/: npm run picture -->';
const END = '<!-- end of the picture -->';

/** The README with the picture of these manifests in place of the one that it has. */
export function withPicture(readme: string, manifests: string): string {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin === -1 || end < begin)
    throw new Error(`README.md: expected the lines "${BEGIN}" and "${END}"; put them back`);
  const picture = renderReport(reportData(AccessReview.ofFiles([manifests])), AccessReportFormat.MERMAID);
  return `${readme.slice(0, begin)}${BEGIN}\n\n\`\`\`mermaid\n${picture}\`\`\`\n\n${readme.slice(end)}`;
}

if (require.main === module) fs.writeFileSync(README, withPicture(fs.readFileSync(README, 'utf8'), 'dist'));
