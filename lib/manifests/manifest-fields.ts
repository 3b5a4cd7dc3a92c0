/** Reads unchecked manifests: what is not of the expected type counts as absent. */

/** The field at a path, or `undefined`. */
export function fieldOf(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>((found, key) => (isObject(found) ? found[key] : undefined), value);
}

/** The text at a path, or `undefined`. */
export function textOf(value: unknown, ...path: string[]): string | undefined {
  const found = fieldOf(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

/** The list at a path; an empty one if it is absent. */
export function listOf(value: unknown, ...path: string[]): readonly unknown[] {
  const found = fieldOf(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** The texts of a list at a path. */
export function textsOf(value: unknown, ...path: string[]): string[] {
  return listOf(value, ...path).filter((item) => typeof item === 'string');
}

/** Keys and texts of the object at a path; what is not a text counts as an empty one. */
export function textEntriesOf(value: unknown, ...path: string[]): [string, string][] {
  const found = fieldOf(value, ...path);
  if (!isObject(found)) return [];
  return Object.entries(found).map(([key, item]) => [key, typeof item === 'string' ? item : '']);
}

/** An object, not a list. */
export function isObject(value: unknown): value is { readonly [field: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
