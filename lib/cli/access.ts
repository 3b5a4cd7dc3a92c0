import * as fs from 'node:fs';
import { parseArgs } from 'node:util';
import { reportData } from '../access/report/collect-report';
import { AccessReportFormat, renderReport, reportFile } from '../access/report/format';
import { reviewFiles } from './access-files';
import { CommandError, CommandIo } from './command-io';

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
  const { values: options, positionals: files } = parseOptions(args);
  if (options.help === true) {
    io.out(USAGE);
    return 0;
  }
  if (files.length === 0) {
    throw new CommandError('no files are given; name what cdk8s synth has written, for example dist/');
  }
  const format = formatOf(options.format ?? AccessReportFormat.HTML);
  const output = options.output ?? (format === AccessReportFormat.HTML ? reportFile(format) : '-');
  const report = renderReport(reportData(reviewFiles(files, io)), format);
  if (output === '-') io.out(report);
  else {
    write(output, report);
    io.err(`wrote ${output}\n`);
  }
  return 0;
}

function parseOptions(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    throw new CommandError((error as Error).message);
  }
}

function formatOf(given: string): AccessReportFormat {
  const format = FORMATS.find((each) => each === given);
  if (format === undefined) throw new CommandError(`--format is "${given}"; expected ${FORMATS.join(', ')}`);
  return format;
}

function write(file: string, content: string): void {
  try {
    fs.writeFileSync(file, content);
  } catch (error) {
    throw new CommandError(`${file} cannot be written: ${(error as Error).message}`);
  }
}
