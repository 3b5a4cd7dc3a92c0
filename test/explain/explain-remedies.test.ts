import * as path from 'node:path';
import ts from 'typescript';
import { AccessReview } from '../../lib/access/access-review';
import { explainText } from '../../lib/explain/explain-text';
import { ExplainedProgram } from '../../lib/explain/explained-program';
import { importsOf } from '../../lib/explain/explanation';
import { KNOWN_ERRORS } from './explain-texts';

const ROOT = path.join(__dirname, '../..');
const NO_PROGRAM = new ExplainedProgram(AccessReview._of([]));

/** Errors whose explanations have lines of their own, beside those that are recorded. */
const OTHERS = [
  ...['spark-driver', 'spark-executor', 'default', 'other'].flatMap((account) =>
    [
      ...['create resource "pods" in API group ""', 'create resource "persistentvolumeclaims" in API group ""'],
      ...['patch resource "pods" in API group ""', 'get resource "pods/log" in API group ""'],
      'delete resource "scheduledsparkapplications" in API group "sparkoperator.k8s.io"',
    ].map((request) => `User "system:serviceaccount:team-1:${account}" cannot ${request} in the namespace "team-1"`),
  ),
  ...['spark-operator-controller', 'spark-operator-webhook'].flatMap((account) =>
    [
      ...['create resource "pods" in API group "" in the namespace "team-1"'],
      ...['list resource "sparkapplications" in API group "sparkoperator.k8s.io" at the cluster scope'],
      ...['create resource "podgroups" in API group "scheduling.volcano.sh" in the namespace "team-1"'],
      ...['list resource "resourcequotas" in API group "" in the namespace "team-1"'],
      ...['delete resource "services" in API group "" in the namespace "team-1"'],
      ...['create resource "persistentvolumeclaims" in API group "" in the namespace "team-1"'],
    ].map((request) => `User "system:serviceaccount:spark-operator:${account}" cannot ${request}`),
  ),
  'User "mira@acme.dev" cannot create resource "pods/exec" in API group "" in the namespace "team-1"',
  'User "system:serviceaccount:argo:workflow" cannot create resource "sparkapplications" in API group "sparkoperator.k8s.io" in the namespace "team-1"',
];

/** Everything that the lines speak of and that the program has. */
const PROGRAM_HAS = `
import { Chart } from 'cdk8s';
import { IPersistentVolumeClaim, ISecret, ISubject } from 'cdk8s-plus-28';
import { SecureSparkApplicationProps, SparkImage, SparkJobNamespaceProps, SparkOperatorProps } from 'cdk8s-spark';
import * as library from 'cdk8s-spark';
declare const chart: Chart;
declare const claim: IPersistentVolumeClaim;
declare const image: SparkImage;
declare const jobNamespace: library.SparkJobNamespace;
declare const main: library.SparkMain;
declare const operator: library.SparkOperator;
declare const secret: ISecret;
declare const subject: ISubject;
declare const team1: library.SparkJobNamespace;
`;

test('every line that is printed compiles in a program, with the imports that are printed', () => {
  const lines = [...KNOWN_ERRORS.map(({ text }) => text), ...OTHERS].map((text) =>
    explainText(text, NO_PROGRAM).flatMap(({ remedies = [] }) => remedies.map(({ code }) => code)),
  );
  const blocks = [...new Set(lines.filter((block) => block.length > 0).map((block) => block.join('\n')))];
  const statements = blocks.filter((block) => !block.startsWith('import '));
  expect(statements.length).toBeGreaterThan(30);
  const imports = importsOf(statements.join('\n'));
  const source = [...imports, PROGRAM_HAS, ...statements.map((block) => `{\n${asStatement(block)}\n}`)].join('\n');
  expect(compilerErrors(source)).toEqual([]);
}, 120_000);

/** A property stands in the object of its construct. */
function asStatement(block: string): string {
  if (!block.endsWith(',')) return block;
  return `void ({ ${block} } satisfies Partial<SecureSparkApplicationProps> | SparkJobNamespaceProps | SparkOperatorProps);`;
}

function compilerErrors(source: string): string[] {
  const file = path.join(ROOT, 'test/access/printed-lines.ts');
  const { config } = ts.readConfigFile(path.join(ROOT, 'tsconfig.dev.json'), (name) => ts.sys.readFile(name)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const host = ts.createCompilerHost(options);
  const { getSourceFile, readFile, fileExists } = host;
  host.fileExists = (name) => name === file || fileExists(name);
  host.readFile = (name) => (name === file ? source : readFile(name));
  host.getSourceFile = (name, ...rest) =>
    name === file ? ts.createSourceFile(name, source, rest[0]) : getSourceFile(name, ...rest);
  const program = ts.createProgram([file], { ...options, noUnusedLocals: false, skipLibCheck: true }, host);
  return [...program.getSyntacticDiagnostics(), ...program.getSemanticDiagnostics(program.getSourceFile(file))].map(
    ({ messageText, start = 0 }) =>
      `${ts.flattenDiagnosticMessageText(messageText, '\n')} at ${source.slice(start, start + 80)}`,
  );
}
