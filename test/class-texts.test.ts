import * as fs from 'node:fs';
import * as path from 'node:path';
import ts from 'typescript';

const ROOT = path.join(__dirname, '..');
const LIB = path.join(ROOT, 'lib');
const PRELUDE_FILE = path.join(__dirname, 'prelude-of-examples.ts');

/** An example, and the class, property or method in whose text it stands. */
interface Example {
  readonly owner: string;
  readonly code: string;
}

/** What every example may use without an import or a declaration. Of a name in two packages, it means the library's. */
const PRELUDE = `
export * from 'cdk8s';
export * from 'cdk8s-plus-28';
export * from 'cdk8s-spark';
export { ConcurrencyPolicy, RestartPolicy, SeccompProfile } from 'cdk8s-spark';
declare global {
  const chart: import('cdk8s').Chart;
  const clicks: import('cdk8s-spark').SparkJobNamespace;
  const image: import('cdk8s-spark').SparkImage;
}
`;

const TEXTS = fs
  .readdirSync(LIB, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .sort()
  .map((file) => fs.readFileSync(path.join(LIB, file), 'utf8'))
  .filter((text) => text.includes('@example'));
const EXAMPLES = TEXTS.flatMap(examplesOf);
const WRONG: Example = { owner: 'Wrong', code: "new SparkJobNamespace(chart, 'orders', { pods: 60 });" };

describe('texts of the public API', () => {
  const program = programOf([...EXAMPLES, WRONG]);

  test('each exported construct has exactly one example', () => {
    const constructs = exportedConstructs(program);
    expect(constructs).toEqual(expect.arrayContaining(['Grant', 'SparkApp', 'SparkJobNamespace', 'SparkStorage']));
    expect(constructs).not.toContain('Checkpoint');
    expect(constructs.filter((name) => countAt(name, EXAMPLES) !== 1)).toEqual([]);
  });

  test('an example counts for the class or member in whose text it stands, and each counts', () => {
    const found = examplesOf(`
      /** Text. */
      export class None {}
      /**
       * Text.
       *
       * @example new Two();
       * @example new Two();
       */
      export class Two {}
      export class Member {
        /** @example new Member().size; */
        public readonly size = 1;
      }`);
    expect(['None', 'Two', 'Member', 'Member.size'].map((owner) => countAt(owner, found))).toEqual([0, 2, 0, 1]);
  });

  test('every example compiles', () => {
    expect(EXAMPLES).toHaveLength(TEXTS.join('\n').match(/@example\b/g)?.length ?? 0);
    expect(errorsOf(program, 'prelude', PRELUDE_FILE)).toEqual([]);
    expect(EXAMPLES.flatMap(({ owner }, index) => errorsOf(program, owner, fileOf(index)))).toEqual([]);
  });

  test('an example that does not compile is an error with the name of its class', () => {
    expect(errorsOf(program, WRONG.owner, fileOf(EXAMPLES.length))).toEqual([
      expect.stringMatching(/^Wrong: .*'pods' does not exist in type 'SparkJobNamespaceProps'/),
    ]);
  });
});

function countAt(owner: string, examples: readonly Example[]): number {
  return examples.filter((example) => example.owner === owner).length;
}

function examplesOf(text: string): Example[] {
  const visit = (node: ts.Node, scope: readonly string[]): Example[] => {
    const owner = isNamed(node) ? [...scope, node.name?.getText() ?? 'constructor'] : scope;
    const tags = node
      .getChildren()
      .filter(ts.isJSDoc)
      .flatMap(({ tags: all = [] }) => all.filter(({ tagName }) => tagName.text === 'example'));
    const own = tags.map(({ comment }) => ({ owner: owner.join('.'), code: ts.getTextOfJSDocComment(comment) ?? '' }));
    return [...own, ...childrenOf(node).flatMap((child) => visit(child, owner))];
  };
  return visit(parse('text.ts', text), []);
}

function isNamed(node: ts.Node): node is ts.DeclarationStatement | ts.ClassElement | ts.TypeElement | ts.EnumMember {
  const isType = ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isEnumDeclaration(node);
  return isType || ts.isClassElement(node) || ts.isTypeElement(node) || ts.isEnumMember(node);
}

function childrenOf(node: ts.Node): ts.Node[] {
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => void children.push(child));
  return children;
}

function parse(name: string, text: string): ts.SourceFile {
  return ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
}

/** One program of all examples, with the library from its sources. */
function programOf(examples: readonly Example[]): ts.Program {
  const { config } = ts.readConfigFile(path.join(ROOT, 'tsconfig.dev.json'), (name) => ts.sys.readFile(name)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const sources = new Map([
    [PRELUDE_FILE, PRELUDE],
    ...examples.map(({ code }, index) => [fileOf(index), `${code}\n${importOf(code)}`] as const),
  ]);
  const host = ts.createCompilerHost(options);
  const { getSourceFile, readFile, fileExists } = host;
  host.fileExists = (name) => sources.has(name) || fileExists(name);
  host.readFile = (name) => sources.get(name) ?? readFile(name);
  host.getSourceFile = (name, ...rest) => {
    const source = sources.get(name);
    return source === undefined ? getSourceFile(name, ...rest) : parse(name, source);
  };
  const roots = [path.join(LIB, 'index.ts'), ...sources.keys()];
  return ts.createProgram(roots, { ...options, noUnusedLocals: false, skipLibCheck: true }, host);
}

/** Nothing is written there, but the folder must exist: the compiler resolves modules in no other. */
function fileOf(index: number): string {
  return path.join(__dirname, `example-${index}-of-texts.ts`);
}

/** Classes, interfaces and enumerations begin with a capital letter, as nothing else in an example does. */
function importOf(code: string): string {
  const namesIn = (node: ts.Node): string[] => {
    if (!ts.isIdentifier(node)) return childrenOf(node).flatMap(namesIn);
    const isMember = ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
    return !isMember && /^[A-Z]/.test(node.text) ? [node.text] : [];
  };
  return `import { ${[...new Set(namesIn(parse('example.ts', code)))].join(', ')} } from './prelude-of-examples';`;
}

function exportedConstructs(program: ts.Program): string[] {
  const checker = program.getTypeChecker();
  const index = program.getSourceFile(path.join(LIB, 'index.ts'));
  const api = index && checker.getSymbolAtLocation(index);
  if (api === undefined) throw new Error('lib/index.ts is not a module');
  const isConstruct = (type: ts.Type): boolean =>
    type.symbol.name === 'Construct' || (type.isClass() && checker.getBaseTypes(type).some(isConstruct));
  return checker
    .getExportsOfModule(api)
    .map((symbol) => ((symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol)))
    .filter((symbol) => (symbol.flags & ts.SymbolFlags.Class) !== 0)
    .filter((symbol) => isConstruct(checker.getDeclaredTypeOfSymbol(symbol)))
    .map(({ name }) => name)
    .sort();
}

function errorsOf(program: ts.Program, owner: string, name: string): string[] {
  const file = program.getSourceFile(name);
  return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
    ({ messageText }) => `${owner}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
  );
}
