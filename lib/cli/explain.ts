import { AccessReview } from '../access/access-review';
import { explainApplication, explainText } from '../explain/explain-text';
import { ExplainedProgram } from '../explain/explained-program';
import { Explanation, explanationText } from '../explain/explanation';
import { reviewFiles } from './access-files';
import { CommandError, CommandIo, parseCommandLine } from './command-line';
import { spawnSync } from 'node:child_process';
import { Manifest, parseManifests } from '../manifests/manifest-source';
import { fieldOf, listOf, textOf } from '../manifests/manifest-fields';

const USAGE = `Usage: cdk8s-spark explain [TEXT] [-f FILE] [OPTIONS]
       cdk8s-spark explain --application NAME -n NAMESPACE [-f FILE] [OPTIONS]

Explains an error of Spark on Kubernetes: a Forbidden message, a refusal of Pod Security, a webhook or an admission policy, a
403 of a bucket, or the status of a failed application. Says whose error it is, what is missing, whether the program intends
that, and the line of TypeScript that gives it; or who should act instead, where it should not be given.
TEXT may be cut, wrapped, escaped, or part of a log; without it, or with -, it is read from standard input.

  -f, --filename FILE        the manifests of the program: a file, a folder, or - for standard input; may be repeated.
                             Without them nobody can tell who is who, but for the accounts of this library by their names
      --application NAME     reads the application of this name with kubectl: its status, the end of its driver's log, and
                             the events of both
      --context CONTEXT      the context of the kubeconfig, with --application
  -n, --namespace NAMESPACE  the namespace of the application; or the one that TEXT is about, where it is cut off
  -h, --help                 this text

Exit code: 0 explained, 1 the text is unknown, 2 error.
`;

const OPTIONS = {
  application: { type: 'string' },
  context: { type: 'string' },
  filename: { type: 'string', short: 'f', multiple: true },
  help: { type: 'boolean', short: 'h' },
  namespace: { type: 'string', short: 'n' },
} as const;

type Options = ReturnType<typeof parseCommandLine<typeof OPTIONS>>['values'];

/** How much of the driver's log is read. */
const LOG_LINES = 300;

interface ApplicationPlace {
  readonly name: string;
  readonly namespace: string;
  /** The context of the kubeconfig; the current one if absent. */
  readonly context?: string;
}

/** An application, and what its driver left. */
interface ClusterApplication {
  readonly application: Manifest;
  /** The end of the driver's log, and the events of the application and of its driver. */
  readonly messages: readonly string[];
  /** What could not be read. */
  readonly problems: readonly string[];
}

/** The way to the cluster. */
export const cluster = {
  kubectl(args: readonly string[]): { readonly code: number; readonly stdout: string; readonly stderr: string } {
    const { status, stdout, stderr, error } = spawnSync('kubectl', args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
    if (error !== undefined) throw new CommandError(`kubectl cannot be run: ${error.message}`);
    return { code: status ?? 1, stdout, stderr };
  },
};

/** `cdk8s-spark explain`: 0 is explained, 1 is unknown. */
export function explain(args: string[], io: CommandIo): number {
  const { values: options, positionals } = parseCommandLine(args, OPTIONS);
  if (options.help === true) {
    io.out(USAGE);
    return 0;
  }
  checkOptions(options, positionals);
  const explanations =
    options.application === undefined
      ? explainText(givenText(positionals, io), programOf(options, io), options.namespace)
      : explainOfCluster(options.application, options, io);
  if (explanations.length === 0) {
    io.out(
      'unknown: nothing in this is a problem that is known. Give the whole message, with the lines around it, or the\n' +
        'application by its name: cdk8s-spark explain --application NAME -n NAMESPACE\n',
    );
    return 1;
  }
  io.out(explanations.map(explanationText).join('\n'));
  return 0;
}

function checkOptions(
  { application, context, namespace, filename = [] }: Options,
  positionals: readonly string[],
): void {
  if (application === undefined) {
    if (context !== undefined) throw new CommandError('--context is for --application, which is not given');
    if (isStandardInput(positionals) && filename.includes('-')) {
      throw new CommandError('text and manifests cannot both be read from standard input; name a file for one of them');
    }
    return;
  }
  if (positionals.length > 0) throw new CommandError('give a text or --application, not both');
  if (namespace === undefined)
    throw new CommandError(`--application ${application} needs its namespace: give -n NAMESPACE`);
}

function isStandardInput(positionals: readonly string[]): boolean {
  return positionals.length === 0 || (positionals.length === 1 && positionals[0] === '-');
}

function givenText(positionals: readonly string[], io: CommandIo): string {
  const text = isStandardInput(positionals) ? io.readStandardInput() : positionals.join(' ');
  if (text.trim() === '')
    throw new CommandError('the text is empty; give the error as an argument or on standard input');
  return text;
}

function programOf({ filename }: Options, io: CommandIo): ExplainedProgram {
  return new ExplainedProgram(filename === undefined ? AccessReview._of([]) : reviewFiles(filename, io));
}

function explainOfCluster(name: string, options: Options, io: CommandIo): Explanation[] {
  const { namespace = '', context } = options;
  const program = programOf(options, io);
  const { application, messages, problems } = readClusterApplication({ name, namespace, context });
  for (const problem of problems) io.err(`not read: ${problem}\n`);
  return explainApplication(application, messages, program);
}

/** Reads an application with kubectl, with the rights of the user who runs the command. */
function readClusterApplication({ name, namespace, context }: ApplicationPlace): ClusterApplication {
  const place = [...(context === undefined ? [] : ['--context', context]), '-n', namespace];
  const found = cluster.kubectl([...place, 'get', 'sparkapplications.sparkoperator.k8s.io', name, '-o', 'json']);
  if (found.code !== 0)
    throw new CommandError(`application "${name}" of namespace "${namespace}": ${found.stderr.trim()}`);
  const [application] = parseManifests('kubectl get', found.stdout).manifests.map(({ manifest }) => manifest);
  const driver = textOf(application, 'status', 'driverInfo', 'podName') ?? `${name}-driver`;
  const log = cluster.kubectl([...place, 'logs', driver, '-c', 'spark-kubernetes-driver', `--tail=${LOG_LINES}`]);
  const events = [name, driver].map((object) =>
    cluster.kubectl([...place, 'get', 'events', `--field-selector=involvedObject.name=${object}`, '-o', 'json']),
  );
  return {
    application,
    messages: [
      ...(log.code === 0 ? [log.stdout] : []),
      ...events.flatMap(({ code, stdout }) => (code === 0 ? eventMessages(stdout) : [])),
    ],
    problems: [log, ...events].filter(({ code }) => code !== 0).map(({ stderr }) => stderr.trim()),
  };
}

function eventMessages(json: string): string[] {
  const events = listOf(JSON.parse(json), 'items');
  return events.filter((event) => fieldOf(event, 'type') === 'Warning').map((event) => textOf(event, 'message') ?? '');
}
