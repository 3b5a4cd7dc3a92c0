import { AccessReview } from '../access/access-review';
import { findingText } from '../manifests/finding-codes';
import { parseManifests, readFiles } from '../manifests/manifest-source';
import { CommandError, CommandIo } from './command-line';

/**
 * Reviews the files and folders that a command names; `-` is the standard input.
 *
 * A file that cannot be read is an error. What is wrong in a file goes to the standard error output, and the rest counts.
 */
export function reviewFiles(paths: readonly string[], io: CommandIo): AccessReview {
  if (paths.length === 0) throw new CommandError('no files are given; name them with -f, for example -f dist/');
  const found = textsOf(paths, io).map(({ file, text }) => parseManifests(file, text));
  const review = AccessReview._of(
    found.flatMap(({ manifests }) => manifests),
    found.flatMap(({ findings }) => findings),
  );
  for (const finding of review._findings) io.err(`problem: ${findingText(finding)}\n`);
  return review;
}

/** The texts of the files and folders that a command names; `-` is the standard input. */
export function textsOf(paths: readonly string[], io: CommandIo): { file: string; text: string }[] {
  return paths.flatMap((path) => {
    if (path === '-') return [{ file: 'standard input', text: io.readStandardInput() }];
    const { files, findings } = readFiles([path]);
    if (findings.length > 0) throw new CommandError(findings.map(findingText).join('\n'));
    return files;
  });
}
