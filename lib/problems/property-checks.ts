import { throwProblems } from './errors';
import { nearestName } from './nearest-name';
import { PROPERTY_TYPES } from './property-types';
import { expected, given } from './value-words';

/** A problem of a value, or of something in it. */
interface Problem {
  /** Where it is below the value that was checked: `executor.memory`, `arguments[0]`, or nothing for the value itself. */
  readonly path: string;
  readonly line: (path: string) => string;
}

type Check = (value: unknown) => readonly Problem[];

const NONE: readonly Problem[] = [];
const JSII_TYPE = Symbol.for('jsii.rtti');
const checks = new Map<string, Check>();

/**
 * Throws if an argument of a public constructor, factory or method is missing, unknown or of a wrong type, also deep inside
 * props. The TypeScript compiler finds most of these; programs in JavaScript and Python have no compiler.
 *
 * @param callable the name in property-types.json, such as `new SparkOperator` or `SparkImage.of`
 * @param values the arguments
 * @param source the start of the error message, if it is not the construct's path or the name of the callable
 */
export function checkArguments(callable: string, values: readonly unknown[], source?: string): void {
  const parameters = PROPERTY_TYPES.callables[callable];
  if (parameters === undefined) throw new Error(`${callable} has no property types; run npm run property-types`);
  const problems = Object.entries(parameters).flatMap(([name, type = ''], index) =>
    argumentProblems(name, type, values[index]),
  );
  if (problems.length === 0) return;
  throwProblems(
    source ?? (parameters.scope === 'Construct' ? pathOf(values) : undefined) ?? callable.replace(/^new /, ''),
    problems.map(({ path, line }) => line(path)),
  );
}

/** Whether a value is an instance of a class, from any copy of its package. A minifier changes its name, but not jsii's. */
export function isOfClass(value: unknown, name: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  for (let each: object | null = value; each !== null; each = Object.getPrototypeOf(each) as object | null) {
    const { constructor: type } = each as { readonly constructor?: { name?: unknown; [JSII_TYPE]?: { fqn?: string } } };
    if (type?.name === name || type?.[JSII_TYPE]?.fqn?.endsWith(`.${name}`) === true) return true;
  }
  return false;
}

/** Problems in `props` and `options` are named without the parameter: `driver.memory`, not `props.driver.memory`. */
function argumentProblems(name: string, type: string, value: unknown): readonly Problem[] {
  const properties = PROPERTY_TYPES.structs[type];
  if (name !== 'props' && name !== 'options') return problemsAt(name, type, value);
  if (value === undefined && properties !== undefined) {
    const missing = problemsOf(type, {});
    return missing.length === 0 ? problemsAt(name, type, value) : missing;
  }
  return problemsOf(type, value).map((problem) => (problem.path === '' ? { ...problem, path: name } : problem));
}

/** The path of the new construct, if the arguments are a scope and an id. */
function pathOf([scope, id]: readonly unknown[]): string | undefined {
  if (!isOfClass(scope, 'Construct')) return undefined;
  const { path } = (scope as { readonly node: { readonly path: string } }).node;
  return [path, id].filter((part) => typeof part === 'string' && part !== '').join('/');
}

function problemsAt(name: string, type: string, value: unknown): readonly Problem[] {
  const problems = problemsOf(type, value);
  return problems.length === 0 ? NONE : problems.map(({ path, line }) => ({ path: joined(name, path), line }));
}

function joined(name: string, path: string): string {
  return path === '' || path.startsWith('[') ? `${name}${path}` : `${name}.${path}`;
}

function problemsOf(type: string, value: unknown): readonly Problem[] {
  let check = checks.get(type);
  if (check === undefined) {
    check = checkOf(type);
    checks.set(type, check);
  }
  return check(value);
}

function checkOf(type: string): Check {
  if (type.endsWith('?')) return optionalCheck(type.slice(0, -1));
  if (type.endsWith('[]')) return listCheck(type, type.slice(0, -2));
  if (type.startsWith('{')) return mapCheck(type, type.slice(1, -1));
  const properties = PROPERTY_TYPES.structs[type];
  if (properties !== undefined) return structCheck(type, properties);
  const fits = testOf(type);
  return (value) => (fits(value) ? NONE : [wrong(type, value)]);
}

function wrong(type: string, value: unknown, alternative = '', said = given(value)): Problem {
  return { path: '', line: (path) => `${path} ${said}; pass ${expected(type)}${alternative}` };
}

function optionalCheck(type: string): Check {
  return (value) => {
    if (value === undefined) return NONE;
    return value === null ? [wrong(type, value, ', or leave it out')] : problemsOf(type, value);
  };
}

function listCheck(type: string, element: string): Check {
  return (value) => {
    if (!Array.isArray(value)) return [wrong(type, value)];
    return flatMap(value, (each, index) => problemsAt(`[${index}]`, element, each));
  };
}

function mapCheck(type: string, element: string): Check {
  return (value) => {
    if (!isObject(value) || !isPlain(value)) return [wrong(type, value)];
    return flatMap(Object.entries(value), ([key, each]) =>
      problemsOfEntry(element, each).map(({ path, line }) => ({
        path: joined(`[${JSON.stringify(key)}]`, path),
        line,
      })),
    );
  };
}

/** Does not show a string in a map, since it may be a secret, such as a password in `env`. */
function problemsOfEntry(type: string, value: unknown): readonly Problem[] {
  const problems = problemsOf(type, value);
  return problems.length > 0 && typeof value === 'string' ? [wrong(type, value, '', 'is a string')] : problems;
}

function structCheck(type: string, properties: { readonly [name: string]: string | undefined }): Check {
  const known = Object.entries(properties).map(([name, propertyType = '']) => ({ name, propertyType }));
  return (value) => {
    if (!isObject(value) || !(isPlain(value) || known.some(({ name }) => name in value))) return [wrong(type, value)];
    const values = value as Readonly<Record<string, unknown>>;
    return [
      ...flatMap(known, ({ name, propertyType }) => problemsAt(name, propertyType, values[name])),
      // An instance of a user's class may have further members.
      ...(isPlain(value) ? unknownProperties(values, properties) : NONE),
    ];
  };
}

function unknownProperties(
  values: Readonly<Record<string, unknown>>,
  properties: Readonly<Record<string, unknown>>,
): readonly Problem[] {
  return flatMap(Object.keys(values), (key) => {
    if (values[key] === undefined || Object.hasOwn(properties, key)) return NONE;
    const names = Object.keys(properties);
    const nearest = nearestName(key, names);
    const remedy = (parent: string): string =>
      nearest === undefined ? `the properties are ${names.join(', ')}` : `did you mean "${parent}${nearest}"?`;
    return [
      { path: key, line: (path) => `unknown property "${path}"; ${remedy(path.slice(0, path.length - key.length))}` },
    ];
  });
}

function testOf(type: string): (value: unknown) => boolean {
  const { enums, interfaces, classes } = PROPERTY_TYPES;
  const members = enums[type];
  if (members !== undefined) {
    const values = new Set<unknown>(Object.values(members));
    return (value) => values.has(value);
  }
  const shape = interfaces[type];
  if (shape !== undefined) return (value) => isObject(value) && hasShape(value, shape.members, shape.kind);
  if (classes.includes(type)) return (value) => isOfClass(value, type);
  if (type === 'any') return () => true;
  return ['string', 'number', 'boolean'].includes(type) ? (value) => typeof value === type : isObject;
}

function hasShape(value: object, members: readonly string[], kind: string | undefined): boolean {
  if (!members.every((member) => member in value)) return false;
  if (kind === undefined) return true;
  const object = value as { readonly kind?: unknown; readonly name?: unknown };
  return object.kind === kind && typeof object.name === 'string' && object.name !== '';
}

/** Whether a value has properties; lists, maps and sets have contents instead. */
function isObject(value: unknown): value is object {
  return typeof value === 'object' && Object.prototype.toString.call(value) === '[object Object]';
}

/** Whether a value is an object literal, from any realm. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Like `flatMap`, but allocates nothing for items without problems. */
function flatMap<T>(items: readonly T[], of: (item: T, index: number) => readonly Problem[]): readonly Problem[] {
  let found: Problem[] | undefined;
  items.forEach((item, index) => {
    const problems = of(item, index);
    if (problems.length > 0) (found ??= []).push(...problems);
  });
  return found ?? NONE;
}
