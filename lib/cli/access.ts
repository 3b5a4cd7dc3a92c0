import * as fs from 'node:fs';
import { reportData } from '../report/collect-report';
import { AccessReportFormat, renderReport, reportFile } from '../report/format';
import { reviewFiles } from './access-files';
import { CommandError, CommandIo, formatOf, orCommandError, parseCommandLine } from './command-line';

const FORMATS = Object.values(AccessReportFormat);

const USAGE = `Usage: cdk8s-spark access FILE... [OPTIONS]

Shows who may do what, as YAML files say it: a picture, a matrix, ways to more rights and relaxed guarantees.
A FILE is a file, a folder, or - for standard input. Only what stands in the files counts, not what the cluster grants.

      --format FORMAT  ${FORMATS.join(', ')}; html unless said
  -o, --output FILE    where to write it, - for standard output. Without it a page is written to
                       ${reportFile(AccessReportFormat.HTML)}, and any other format to standard output
  -h, --help           this text

Exit code: 0 the report is written, 2 error.
`;

const OPTIONS = {
  format: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  output: { type: 'string', short: 'o' },
} as const;

/** `cdk8s-spark access` */
export function access(args: string[], io: CommandIo): number {
  const { values: options, positionals: files } = parseCommandLine(args, OPTIONS);
  if (options.help === true) {
    io.out(USAGE);
    return 0;
  }
  if (files.length === 0) {
    throw new CommandError('no files are given; name what cdk8s synth has written, for example dist/');
  }
  const format = formatOf(FORMATS, options.format ?? AccessReportFormat.HTML);
  const output = options.output ?? (format === AccessReportFormat.HTML ? reportFile(format) : '-');
  const report = renderReport(reportData(reviewFiles(files, io)), format);
  if (output === '-') io.out(report);
  else {
    orCommandError(() => fs.writeFileSync(output, report), `${output} cannot be written: `);
    io.err(`wrote ${output}\n`);
  }
  return 0;
}
