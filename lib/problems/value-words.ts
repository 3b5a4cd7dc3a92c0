import { PROPERTY_TYPES } from './property-types';

const MAX_SHOWN = 80;

const PRIMITIVES: { readonly [type: string]: { readonly one: string; readonly many: string } | undefined } = {
  string: { one: 'a string', many: 'strings' },
  number: { one: 'a number', many: 'numbers' },
  boolean: { one: 'true or false', many: 'true or false' },
  any: { one: 'a value', many: 'values' },
};

/** What was passed, with its type where the value does not show it: `is "4g" (string)`, `is a Size`, `is required`. */
export function given(value: unknown): string {
  if (value === undefined) return 'is required';
  if (value === null || Number.isNaN(value)) return `is ${value}`;
  if (typeof value === 'function') return 'is a function';
  if (Array.isArray(value)) return 'is a list';
  if (typeof value === 'object') return `is ${article(className(value))}`;
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  const shown = text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
  return `is ${shown} (${typeof value})`;
}

/** What to pass for a type of property-types.json: `a Size, such as Size.gibibytes(4)`. */
export function expected(type: string): string {
  if (type.endsWith('[]')) return `a list of ${many(type.slice(0, -2))}${suchAs(type, (example) => `[${example}]`)}`;
  if (type.startsWith('{')) {
    return `an object whose values are ${many(type.slice(1, -1))}${suchAs(type, (example) => `{ name: ${example} }`)}`;
  }
  const { structs, enums, objects } = PROPERTY_TYPES;
  const properties = structs[type];
  if (properties !== undefined) return `an object with ${propertiesToPass(type, properties)}`;
  const members = enums[type];
  if (members !== undefined) return anyOf(Object.keys(members).map((member) => `${type}.${member}`));
  if (objects.includes(type)) return `an object of type ${type}`;
  return PRIMITIVES[type]?.one ?? `${article(type)}${suchAs(type, (example) => example)}`;
}

function propertiesToPass(type: string, properties: { readonly [name: string]: string | undefined }): string {
  const required = Object.keys(properties).filter((name) => properties[name]?.endsWith('?') === false);
  if (required.length === 0) return `properties of ${type}`;
  return [required.slice(0, -1).join(', '), ...required.slice(-1)].filter((part) => part !== '').join(' and ');
}

function many(type: string): string {
  const inner = type.replace(/[{}[\]]/g, '');
  if (inner !== type) return type.endsWith('[]') ? `lists of ${many(inner)}` : 'objects';
  if (PROPERTY_TYPES.enums[type] !== undefined) return expected(type);
  return PRIMITIVES[type]?.many ?? type;
}

/** An example of an item of a list or map, or of an instance of a class. */
function suchAs(type: string, form: (example: string) => string): string {
  const example = PROPERTY_TYPES.examples[type.replace(/[{}[\]]/g, '')];
  return example === undefined ? '' : `, such as ${form(example)}`;
}

function anyOf(names: readonly string[]): string {
  return names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} or ${names[names.length - 1]}`;
}

function className(value: object): string {
  const { constructor: type } = value as { readonly constructor?: { readonly name?: unknown } };
  const name = type?.name;
  return typeof name === 'string' && name !== '' && name !== 'Object' ? name : 'object';
}

function article(name: string): string {
  return `${/^[aeiou]/i.test(name) ? 'an' : 'a'} ${name}`;
}
