import { Finding } from '../problems/finding';
import { nearest } from './nearest';
import { parseQuantity } from './quantity';

/**
 * The type of a field: `string`, `boolean`, `number`, `int32`, `int64`, `quantity`, `int-or-string`, `object` with any fields
 * or the name of a type; an enumeration of values; or a list or map of a type.
 */
export type FieldType =
  string | { readonly values: readonly string[] } | { readonly list: FieldType } | { readonly map: FieldType };

/** The fields of an object. */
export interface ObjectType {
  readonly required?: readonly string[];
  readonly fields: Readonly<Record<string, FieldType>>;
}

/** An object of a manifest. */
export interface Fields {
  readonly [field: string]: unknown;
}

/** A problem that a schema cannot express, at a field of an object or at the object itself. */
export interface ObjectProblem {
  readonly field?: string;
  readonly message: string;
  readonly remedy?: string;
}

export interface SchemaContext {
  readonly types: Readonly<Record<string, ObjectType>>;
  /** What the API server requires of objects in addition to the schema, by type. */
  readonly rules: Readonly<Record<string, (value: Fields) => readonly ObjectProblem[]>>;
}

/** What is wrong with a value of a manifest, by its schema and rules. As in the API server, `null` is a missing field. */
export function schemaProblems(context: SchemaContext, value: unknown, type: FieldType, path: string): Finding[] {
  if (value === undefined || value === null) return [];
  if (typeof type === 'string') {
    return type in context.types ? objectProblems(context, value, type, path) : scalarProblems(value, type, path);
  }
  if ('values' in type) return valueProblems(value, type.values, path);
  if ('list' in type) {
    if (!Array.isArray(value)) return [wrongType(value, 'a list', path)];
    return value.flatMap((item, index) => schemaProblems(context, item, type.list, `${path}[${index}]`));
  }
  if (!isFields(value)) return [wrongType(value, 'an object', path)];
  return Object.entries(value).flatMap(([key, item]) => schemaProblems(context, item, type.map, `${path}["${key}"]`));
}

function objectProblems(context: SchemaContext, value: unknown, name: string, path: string): Finding[] {
  if (!isFields(value)) return [wrongType(value, 'an object', path)];
  const { required = [], fields } = context.types[name];
  const problems: Finding[] = [];
  for (const field of required) {
    if (value[field] !== undefined && value[field] !== null) continue;
    problems.push({ path: join(path, field), code: 'field-is-required', message: 'is required', remedy: 'set it' });
  }
  for (const [field, item] of Object.entries(value)) {
    if (item === undefined) continue;
    if (Object.hasOwn(fields, field)) problems.push(...schemaProblems(context, item, fields[field], join(path, field)));
    else problems.push(unknownField(field, Object.keys(fields), join(path, field)));
  }
  // Rules expect fields of the right type; wrong types are reported already.
  if (problems.length > 0) return problems;
  return (context.rules[name]?.(value) ?? []).map(({ field, message, remedy }) => ({
    path: field === undefined ? path : join(path, field),
    code: 'field-is-refused',
    message,
    remedy,
  }));
}

/** A field that the API does not have; the API server would drop it in silence. */
export function unknownField(field: string, known: readonly string[], path: string): Finding {
  const meant = nearest(field, known);
  return {
    path,
    code: 'field-is-unknown',
    message: 'is no field there, and the cluster would ignore it in silence',
    remedy: meant === undefined ? 'move it to where it belongs, or leave it out' : `did you mean "${meant}"?`,
  };
}

const INTEGERS: Readonly<Record<string, number>> = { int32: 2 ** 31, int64: 2 ** 63 };

function scalarProblems(value: unknown, type: string, path: string): Finding[] {
  if (type in INTEGERS) {
    if (typeof value !== 'number') return [wrongType(value, 'a whole number', path)];
    const limit = INTEGERS[type];
    if (Number.isInteger(value) && value >= -limit && value < limit) return [];
    return [{ path, code: 'value-is-impossible', message: `is ${value}`, remedy: 'pass a whole number' }];
  }
  if (type === 'int-or-string') {
    return typeof value === 'string' || Number.isInteger(value)
      ? []
      : [wrongType(value, 'a whole number or a string', path)];
  }
  if (type === 'quantity') return quantityProblems(value, path);
  if (type === 'object') return isFields(value) ? [] : [wrongType(value, 'an object', path)];
  return typeof value === type ? [] : [wrongType(value, `a ${type}`, path)];
}

function quantityProblems(value: unknown, path: string): Finding[] {
  if (typeof value !== 'string' && typeof value !== 'number') {
    return [wrongType(value, 'a quantity, such as "500m" or "1Gi"', path)];
  }
  if (parseQuantity(value) !== undefined) return [];
  const remedy = 'pass a number with a suffix of Kubernetes, such as "500m", "1Gi" or "1G"';
  return [{ path, code: 'value-is-impossible', message: `is "${value}", which is no quantity`, remedy }];
}

function valueProblems(value: unknown, values: readonly string[], path: string): Finding[] {
  if (typeof value !== 'string') return [wrongType(value, 'a string', path)];
  // The API server takes an empty optional field for a missing one; a rule reports it where it does not.
  if (value === '' || values.includes(value)) return [];
  return [
    {
      path,
      code: 'value-is-impossible',
      message: `is "${value}"`,
      remedy: `pass ${oneOf(values)}`,
    },
  ];
}

/** `"a", "b" or "c"`. */
export function oneOf(values: readonly string[]): string {
  const quoted = values.filter((value) => value !== '').map((value) => `"${value}"`);
  return [quoted.slice(0, -1).join(', '), quoted.at(-1)].filter((part) => part !== '').join(' or ');
}

function wrongType(value: unknown, expected: string, path: string): Finding {
  return { path, code: 'type-is-wrong', message: `is ${typeOf(value)}`, remedy: `pass ${expected}` };
}

/** A value with its type, such as `the string "2"`. */
export function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) {
    const made = value.constructor?.name;
    return made === undefined || made === 'Object' ? 'an object' : `an object of class ${made}`;
  }
  return `the ${typeof value} ${typeof value === 'string' ? JSON.stringify(value) : String(value)}`;
}

/** Whether a value is a plain object; an instance of a class has fields that are not part of a manifest. */
function isFields(value: unknown): value is Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function join(path: string, field: string): string {
  return path === '' ? field : `${path}.${field}`;
}
