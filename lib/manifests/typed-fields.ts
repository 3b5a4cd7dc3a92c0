import { isObject } from './manifest-fields';

/**
 * The type of a field: one of JSON, a list of a type, an object with some fields, or one with any fields of a type. Of an
 * `object` nothing more is asked.
 */
export type Shape =
  | 'boolean'
  | 'number'
  | 'object'
  | 'string'
  | { readonly list: Shape }
  | { readonly fields: { readonly [field: string]: Shape } }
  | { readonly values: Shape };

/**
 * Reads unchecked values: keeps what has the expected type, leaves out the rest and notes it. `null` counts as no field, as
 * for the API server.
 */
export class TypedFields {
  /** What has another type, with its path. */
  public readonly mistakes: string[] = [];

  /** The value, or as much of it as is of its type; what is read has only the fields that the shape names. */
  public read<T>(value: unknown, shape: Shape, path: string): T | undefined {
    return this.valueOf(value, shape, path) as T | undefined;
  }

  private valueOf(value: unknown, shape: Shape, path: string): unknown {
    if (value === undefined || value === null) return undefined;
    if (typeof shape === 'string') {
      const isRight = shape === 'object' ? isObject(value) : typeof value === shape;
      return isRight ? value : this.mistake(value, shape === 'object' ? 'an object' : `a ${shape}`, path);
    }
    if ('list' in shape) {
      if (!Array.isArray(value)) return this.mistake(value, 'a list', path);
      return value
        .map((item, index) => this.valueOf(item, shape.list, `${path}[${index}]`))
        .filter((item) => item !== undefined);
    }
    if (!isObject(value)) return this.mistake(value, 'an object', path);
    const typeOf = (field: string): Shape => ('fields' in shape ? shape.fields[field] : shape.values);
    return Object.fromEntries(
      Object.keys(value)
        .filter((field) => 'values' in shape || Object.hasOwn(shape.fields, field))
        .map((field) => [field, this.valueOf(value[field], typeOf(field), `${path}.${field}`)])
        .filter(([, item]) => item !== undefined),
    );
  }

  private mistake(value: unknown, expected: string, path: string): undefined {
    this.mistakes.push(`${path}: is ${describe(value)}; expected ${expected}`);
    return undefined;
  }
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
