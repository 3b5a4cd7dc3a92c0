import { Duration } from 'cdk8s';
import { PROPERTY_TYPES } from '../../lib/problems/property-types';
import { ARGUMENTS, callOf, Fixture, PATHS } from './every-callable';

/** A way to a property below an argument: names, list indices and keys of maps. */
type Way = readonly (string | number)[];

interface Property {
  readonly callable: string;
  readonly way: Way;
  readonly path: string;
  readonly type: string;
  readonly optional: boolean;
}

const CALLABLES = Object.keys(PROPERTY_TYPES.callables);
const WRONG: readonly unknown[] = ['no such value', 5, true, {}, [], () => 1, new Map(), Duration.days(1)];

/** Every argument, and every property below it. */
function propertiesOf(callable: string): Property[] {
  return Object.entries(PROPERTY_TYPES.callables[callable] ?? {}).flatMap(([name, type = ''], index) =>
    below({ callable, way: [index], path: name, type, optional: false }),
  );
}

function below({ callable, way, path, type: written }: Property): Property[] {
  const optional = written.endsWith('?');
  const type = optional ? written.slice(0, -1) : written;
  const self: Property = { callable, way, path, type, optional };
  if (type.endsWith('[]')) {
    return [self, ...below({ ...self, way: [...way, 0], path: `${path}[0]`, type: type.slice(0, -2) })];
  }
  if (type.startsWith('{')) {
    return [self, ...below({ ...self, way: [...way, 'key'], path: `${path}["key"]`, type: type.slice(1, -1) })];
  }
  const prefix = prefixOf(path);
  return [
    self,
    ...Object.entries(PROPERTY_TYPES.structs[type] ?? {}).flatMap(([name, propertyType = '']) =>
      below({ ...self, way: [...way, name], path: `${prefix}${name}`, type: propertyType }),
    ),
  ];
}

/** The properties of props and options are named alone. */
function prefixOf(path: string): string {
  return path === 'props' || path === 'options' ? '' : `${path}.`;
}

/** A copy of the arguments with a value at the end of a way; what is not there on the way is made. */
function changed(values: unknown, [step, ...rest]: Way, value: unknown): unknown {
  if (step === undefined) return value;
  const copy = (
    Array.isArray(values) || typeof step === 'number' ? [...((values ?? []) as unknown[])] : { ...(values as object) }
  ) as Record<string | number, unknown>;
  copy[step] = changed(copy[step], rest, value);
  return copy;
}

function fits(value: unknown, type: string): boolean {
  const { structs, objects } = PROPERTY_TYPES;
  if (type === 'any') return true;
  if (type.endsWith('[]')) return Array.isArray(value);
  if (type.startsWith('{') || structs[type] !== undefined)
    return (
      typeof value === 'object' &&
      !Array.isArray(value) &&
      !(value instanceof Map) &&
      Object.getPrototypeOf(value) === Object.prototype
    );
  if (objects.includes(type)) return typeof value === 'object' && !Array.isArray(value) && !(value instanceof Map);
  if (type === 'Duration') return value instanceof Duration;
  return typeof value === type;
}

async function errorOf(call: () => unknown): Promise<Error | undefined> {
  try {
    await call();
  } catch (error) {
    return error as Error;
  }
  return undefined;
}

/** The lines of an error, without its start, which has to be the path or the name of what is called. */
function linesOf(error: Error | undefined, { callable }: Property): string[] {
  if (error === undefined) return ['nothing was thrown'];
  const [className] = callable.replace(/^new /, '').split('.');
  const isMade = PROPERTY_TYPES.callables[callable]?.scope === 'Construct';
  const starts = isMade
    ? ['test/it: ', 'test: ', `${callable.replace(/^new /, '')}: `]
    : [`${PATHS[className] ?? callable.replace(/^new /, '')}: `];
  const start = starts.find((each) => error.message.startsWith(each));
  if (start === undefined || error.constructor !== Error) return [`${error.name}: ${error.message}`];
  return error.message
    .slice(start.length)
    .split('\n')
    .map((line) => line.replace(/^ {2}- /, ''));
}

test('each public constructor, factory and method has right arguments here, and takes them (case 11)', () => {
  expect(Object.keys(ARGUMENTS).sort()).toEqual([...CALLABLES].sort());
});

describe.each(CALLABLES)('%s', (callable) => {
  const properties = propertiesOf(callable);

  test('takes right arguments (case 11)', async () => {
    const fixture = new Fixture();
    expect(await errorOf(() => callOf(callable, fixture)(ARGUMENTS[callable](fixture)))).toBeUndefined();
  });

  test('says which property is wrong, what it is, and what to pass (case 11)', async () => {
    const { call, right } = prepared(callable);
    const missed = [];
    for (const property of properties) {
      for (const [value, start] of wrongValues(property)) {
        const lines = linesOf(await errorOf(() => call(changed(right, property.way, value))), property);
        if (!lines.some((line) => line.startsWith(start) && line.includes('; pass '))) missed.push({ start, lines });
      }
    }
    expect(missed).toEqual([]);
  });

  test('names the nearest of a property that it does not know (case 11)', async () => {
    const { call, right } = prepared(callable);
    const missed = [];
    for (const property of properties) {
      const prefix = prefixOf(property.path);
      for (const name of Object.keys(PROPERTY_TYPES.structs[property.type] ?? {})) {
        const misspelt = `${name}Q`;
        const lines = linesOf(await errorOf(() => call(changed(right, [...property.way, misspelt], 1))), property);
        const line = `unknown property "${prefix}${misspelt}"; did you mean "${prefix}${name}"?`;
        if (!lines.includes(line)) missed.push({ line, lines });
      }
    }
    expect(missed).toEqual([]);
  });
});

function prepared(callable: string): { call: (values: unknown) => unknown; right: readonly unknown[] } {
  const fixture = new Fixture();
  const call = callOf(callable, fixture);
  return { call: (values) => call(values as readonly unknown[]), right: ARGUMENTS[callable](fixture) };
}

/** Values that a property cannot have, with what the error says of them. */
function wrongValues({ path, type, optional }: Property): [unknown, string][] {
  if (type === 'any') return [];
  return [
    ...WRONG.filter((value) => !fits(value, type)).map((value): [unknown, string] => [value, `${path} is `]),
    [null, `${path} is null; pass `],
    ...(optional || PROPERTY_TYPES.structs[type] !== undefined
      ? []
      : [[undefined, `${path} is required; pass `] as [unknown, string]]),
  ];
}
