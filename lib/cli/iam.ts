import * as fs from 'node:fs';
import * as path from 'node:path';
import { fieldOf } from '../manifests/manifest-fields';
import { namespaceOf } from '../manifests/manifest-names';
import { findingText } from '../manifests/finding-codes';
import { parseManifests, SourcedManifest } from '../manifests/manifest-source';
import { ACCESS_ANNOTATION, readAccessAnnotation } from '../storage/permissions/access-annotation';
import { FILE_FORMATS, FILES, isManifestFile, permissionFiles } from '../storage/permissions/permission-files';
import { PermissionFormat } from '../storage/permissions/permission-manifests';
import { PermissionFile, SCRIPTS } from '../storage/permissions/render/permission-file';
import { StorageAccess } from '../storage/permissions/storage-access';
import { textsOf } from './access-files';
import { CommandError, CommandIo, formatOf, orCommandError, parseCommandLine } from './command-line';

const USAGE = `Usage: cdk8s-spark iam FILE... -o FOLDER [OPTIONS]

Writes the least permissions that the applications in YAML files need on their storage, to be read and applied by
somebody who administers the cloud. A FILE is a file, a folder, or - for standard input.

  -o, --output FOLDER    where to write them; never a folder that is also read, which GitOps tools apply whole
      --format FORMAT    files        policies, and scripts of aws, gcloud and az (unless said)
                         controllers  objects of AWS Controllers for Kubernetes, Config Connector and Azure Service Operator
                         crossplane   objects of Crossplane, for AWS and Google Cloud
      --namespace NAME   where the objects of cloud controllers stand; needed with that format
  -h, --help             this text

Files of an earlier run in FOLDER that would be left over are an error, and nothing is written.

Exit code: 0 the files are written, 2 error.
`;

const OPTIONS = {
  format: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  namespace: { type: 'string' },
  output: { type: 'string', short: 'o' },
} as const;

/** `cdk8s-spark iam` */
export function iam(args: string[], io: CommandIo): number {
  const { values: options, positionals: files } = parseCommandLine(args, OPTIONS);
  if (options.help === true) {
    io.out(USAGE);
    return 0;
  }
  if (files.length === 0) {
    throw new CommandError('no files are given; name what cdk8s synth has written, for example dist/');
  }
  const format = formatOf(FILE_FORMATS, options.format ?? FILES);
  const output = outputOf(options.output, files);
  const namespace = options.namespace ?? '';
  if (format === PermissionFormat.CONTROLLERS && namespace === '') {
    throw new CommandError(`--format ${format} needs --namespace, the namespace of the cloud controllers' objects`);
  }
  const accesses = accessesOf(files, io);
  const written = orCommandError(() => permissionFiles(accesses, format, namespace));
  checkLeftOver(output, written);
  for (const file of written) {
    write(path.join(output, file.path), file.content);
    io.err(`wrote ${path.join(output, file.path)}\n`);
  }
  return 0;
}

function outputOf(output: string | undefined, files: readonly string[]): string {
  if (output === undefined) throw new CommandError('no folder is given; name one with -o, for example -o iam/');
  const read = files.find((file) => file !== '-' && !path.relative(file, output).startsWith('..'));
  if (read !== undefined) {
    throw new CommandError(
      `--output ${output} is in ${read}, which may be applied as a whole; name a folder beside it`,
    );
  }
  return output;
}

/** A permission that is missing shows only when the job fails: nothing is written while something is wrong. */
function accessesOf(files: readonly string[], io: CommandIo): StorageAccess[] {
  const found = textsOf(files, io).map(({ file, text }) => parseManifests(file, text));
  const read = found.flatMap(({ manifests }) => manifests).map(accessesOfManifest);
  const problems = [
    ...found.flatMap(({ findings }) => findings.map(findingText)),
    ...read.flatMap((each) => each.problems),
  ];
  if (problems.length > 0) throw new CommandError(problems.join('\n'));
  const accesses = read.flatMap((each) => each.accesses);
  if (accesses.length === 0) {
    throw new CommandError(
      `no object has the annotation ${ACCESS_ANNOTATION}: no application says which storage it uses`,
    );
  }
  return accesses;
}

function accessesOfManifest({ source, manifest }: SourcedManifest): { accesses: StorageAccess[]; problems: string[] } {
  const text = fieldOf(manifest, 'metadata', 'annotations', ACCESS_ANNOTATION);
  if (text === undefined) return { accesses: [], problems: [] };
  if (typeof text !== 'string') return { accesses: [], problems: [`${source}: ${ACCESS_ANNOTATION} is no text`] };
  const { accesses, problems } = readAccessAnnotation(text, namespaceOf(manifest));
  return { accesses, problems: problems.map((problem) => `${source}: ${problem}`) };
}

/** The script of a job that is gone would give its rights again, and a role back the trust that it had. */
function checkLeftOver(output: string, written: readonly PermissionFile[]): void {
  const paths = new Set(written.map((file) => file.path));
  const found = orCommandError(() => (fs.existsSync(output) ? fs.readdirSync(output, { withFileTypes: true }) : []));
  const leftOver = found.flatMap((entry) => {
    if (!entry.isDirectory()) return isManifestFile(entry.name) && !paths.has(entry.name) ? [entry.name] : [];
    const stale = SCRIPTS.map((script) => `${entry.name}/${script}`).filter(
      (script) => fs.existsSync(path.join(output, script)) && !paths.has(script),
    );
    return stale.length > 0 && !paths.has(`${entry.name}/apply.sh`) ? [entry.name] : stale;
  });
  if (leftOver.length === 0) return;
  throw new CommandError(
    `of an earlier run, ${leftOver.map((name) => path.join(output, name)).join(', ')} would be left over, and applying it ` +
      'would give again what no application asks for any more; take back in the cloud what it gave, and remove it, or name ' +
      'another folder with -o',
  );
}

function write(file: string, content: string): void {
  orCommandError(() => {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
    if (file.endsWith('.sh')) fs.chmodSync(file, 0o755);
  }, `${file} cannot be written: `);
}
