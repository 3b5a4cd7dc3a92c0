import * as fs from 'node:fs';
import * as library from '../lib/index';

/**
 * Writes lib/problems/property-types.json: the types of all properties and parameters of the public API, as
 * jsii has found them in `.jsii`, and what they refer to in other libraries.
 */
interface TypeReference {
  readonly primitive?: string;
  readonly fqn?: string;
  readonly collection?: { readonly kind: 'array' | 'map'; readonly elementtype: TypeReference };
}

interface Value {
  readonly name: string;
  readonly type: TypeReference;
  readonly optional?: boolean;
  readonly static?: boolean;
  readonly const?: boolean;
  readonly locationInModule?: { readonly line: number };
}

interface Method {
  readonly name: string;
  readonly static?: boolean;
  readonly parameters?: readonly Value[];
  readonly returns?: { readonly type: TypeReference };
  readonly locationInModule?: { readonly line: number };
}

interface Type {
  readonly assembly: string;
  readonly fqn: string;
  readonly name: string;
  readonly kind: 'class' | 'enum' | 'interface';
  readonly datatype?: boolean;
  readonly abstract?: boolean;
  readonly base?: string;
  readonly interfaces?: readonly string[];
  readonly initializer?: { readonly parameters?: readonly Value[] };
  readonly methods?: readonly Method[];
  readonly properties?: readonly Value[];
}

const DEPENDENCIES = ['cdk8s', 'cdk8s-plus-28', 'constructs'];
const MODULES: Readonly<Record<string, unknown>> = { 'cdk8s-spark': library, ...required(DEPENDENCIES) };

/** Examples of the classes and interfaces of other libraries; those of this one are found by their factories. */
const EXAMPLES: Readonly<Record<string, string>> = {
  Construct: "new Chart(app, 'jobs')",
  IConstruct: 'new App()',
  Cpu: 'Cpu.units(2)',
  Duration: 'Duration.minutes(10)',
  EnvFrom: 'Env.fromSecret(secret)',
  EnvValue: "EnvValue.fromValue('eu')",
  IPersistentVolumeClaim: "PersistentVolumeClaim.fromClaimName(this, 'data', 'data')",
  ISecret: "Secret.fromSecretName(this, 'keys', 'keys')",
  IServiceAccount: "ServiceAccount.fromServiceAccountName(this, 'jobs', 'jobs', { namespaceName: 'team-1' })",
  ISubject: "User.fromName(this, 'mira', 'mira@acme.dev')",
  Size: 'Size.gibibytes(4)',
  Volume: "Volume.fromEmptyDir(this, 'data', 'data')",
};

const types = new Map(
  ['.jsii', ...DEPENDENCIES.map((name) => `node_modules/${name}/.jsii`)].flatMap((file) => {
    const assembly = JSON.parse(fs.readFileSync(file, 'utf8')) as { readonly types: Readonly<Record<string, Type>> };
    return Object.entries(assembly.types);
  }),
);
const own = [...types.values()].filter(({ assembly }) => assembly === 'cdk8s-spark');
const reached = new Map<string, Type>();

const [, , output] = process.argv;
fs.writeFileSync(output, `${JSON.stringify(propertyTypes(), null, 2)}\n`);

function propertyTypes(): object {
  const callables = sorted(own.filter(({ kind }) => kind === 'class').flatMap(callablesOf));
  const all = [...reached.values()];
  const named = (kept: (type: Type) => boolean, of: (type: Type) => unknown): object =>
    sorted(all.filter(kept).map((type) => [nameOf(type), of(type)]));
  return {
    callables,
    structs: named(isStruct, (struct) => Object.fromEntries(propertiesOf(struct).map(typed))),
    enums: named(({ kind }) => kind === 'enum', membersOf),
    interfaces: named((type) => type.kind === 'interface' && type.datatype !== true, requiredMembersOf),
    classes: all
      .filter(({ kind }) => kind === 'class')
      .map(nameOf)
      .sort(),
    objects: all.filter(isRaw).map(nameOf).sort(),
    examples: named((type) => type.kind !== 'enum' && type.datatype !== true, exampleOf),
  };
}

/** What can be called, with its parameters: `new SparkOperator`, `SparkImage.of`, `SparkOperator.addJobNamespace`. */
function callablesOf({ name, abstract, initializer, methods = [] }: Type): [string, object][] {
  return [
    ...(initializer === undefined || abstract === true ? [] : [{ called: `new ${name}`, ...initializer }]),
    ...methods.map((method) => ({ called: `${name}.${method.name}`, ...method })),
  ].flatMap(({ called, parameters = [] }) =>
    parameters.length === 0 ? [] : [[called, Object.fromEntries(parameters.map(typed))] as [string, object]],
  );
}

function typed({ name, type, optional }: Value): [string, string] {
  return [name, `${textOf(type)}${optional === true ? '?' : ''}`];
}

function textOf({ primitive, collection, fqn = '' }: TypeReference): string {
  if (collection !== undefined) {
    const element = textOf(collection.elementtype);
    // A manifest may be anything: what is wrong with it is said where it is read.
    if (collection.kind === 'map' && element === 'any') return element;
    return collection.kind === 'array' ? `${element}[]` : `{${element}}`;
  }
  return primitive ?? nameOf(reach(fqn));
}

/** Notes a type that a property or parameter has, and those of its own properties. */
function reach(fqn: string): Type {
  const type = typeOf(fqn);
  const before = reached.get(nameOf(type)) ?? type;
  if (before !== type) throw new Error(`two types have the name ${nameOf(type)}: ${type.fqn} and ${before.fqn}`);
  if (!reached.has(nameOf(type))) {
    reached.set(nameOf(type), type);
    if (isStruct(type)) propertiesOf(type).forEach(typed);
  }
  return type;
}

function typeOf(fqn: string): Type {
  const type = types.get(fqn);
  if (type === undefined) throw new Error(`${fqn} is in none of the assemblies`);
  return type;
}

/** The name without that of its module. */
function nameOf({ fqn, assembly }: Type): string {
  return fqn.slice(assembly.length + 1);
}

/** The generated objects of Kubernetes' API, whose fields are looked at where pods are. */
function isRaw(type: Type): boolean {
  return nameOf(type).startsWith('k8s.');
}

function isStruct(type: Type): boolean {
  return type.datatype === true && !isRaw(type);
}

function propertiesOf({ interfaces = [], properties = [] }: Type): readonly Value[] {
  return [...interfaces.flatMap((base) => propertiesOf(typeOf(base))), ...properties];
}

/** What tells an object of an interface; the kind of an object of Kubernetes, for example Secret for ISecret. */
function requiredMembersOf(type: Type): object {
  const members = membersWithBases(type).filter(({ optional }) => optional !== true);
  const names = [...new Set(members.map(({ name }) => name))].sort();
  return isResource(type) ? { members: names, kind: type.name.slice(1) } : { members: names };
}

function membersWithBases({ interfaces = [], properties = [], methods = [] }: Type): readonly Partial<Value>[] {
  return [...interfaces.flatMap((base) => membersWithBases(typeOf(base))), ...properties, ...methods];
}

function isResource({ name, interfaces = [] }: Type): boolean {
  return name === 'IResource' || interfaces.some((base) => isResource(typeOf(base)));
}

/** The values of an enumeration; an assembly has only their names. */
function membersOf({ assembly, name }: Type): unknown {
  const members = (MODULES[assembly] as Readonly<Record<string, object>>)[name];
  // TypeScript maps the numbers of an enumeration back to its names.
  return Object.fromEntries(Object.entries(members).filter(([member]) => !/^\d+$/.test(member)));
}

/** How a value is had: by a constructor, or by the constant or factory that stands first. */
function exampleOf(type: Type): string | undefined {
  const known = EXAMPLES[type.name];
  if (known !== undefined) return known;
  const maker = own.find(
    ({ fqn, abstract, interfaces = [], initializer }) =>
      initializer !== undefined && abstract !== true && (fqn === type.fqn || interfaces.includes(type.fqn)),
  );
  if (maker !== undefined) return `new ${maker.name}(${names(maker.initializer?.parameters)})`;
  const candidates = own.filter(({ kind }) => kind === 'class').flatMap((each) => waysTo(type, each));
  const [first] = candidates.sort((one, other) => one.line - other.line);
  if (first !== undefined) return first.text;
  return undefined;
}

function waysTo({ fqn }: Type, { name, properties = [], methods = [] }: Type): { line: number; text: string }[] {
  return [
    ...properties
      .filter((each) => each.const === true && each.type.fqn === fqn)
      .map((each) => ({ line: each.locationInModule?.line ?? 0, text: `${name}.${each.name}` })),
    ...methods
      .filter((each) => each.static === true && each.returns?.type.fqn === fqn)
      .map((each) => ({
        line: each.locationInModule?.line ?? 0,
        text: `${name}.${each.name}(${names(each.parameters)})`,
      })),
  ];
}

function names(parameters: readonly Value[] = []): string {
  return parameters
    .filter(({ optional }) => optional !== true)
    .map(({ name }) => name)
    .join(', ');
}

function sorted(entries: readonly (readonly [string, unknown])[]): object {
  return Object.fromEntries([...entries].sort(([one], [other]) => (one < other ? -1 : 1)));
}

function required(modules: readonly string[]): Record<string, unknown> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return Object.fromEntries(modules.map((name) => [name, require(name) as unknown]));
}
