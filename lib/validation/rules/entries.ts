import { fieldOf } from '../../manifests/manifest-fields';

/** Keys and texts of the object at a path; what is no text counts as an empty one. */
export function textEntriesOf(value: unknown, ...path: string[]): [string, string][] {
  const found = fieldOf(value, ...path);
  if (typeof found !== 'object' || found === null || Array.isArray(found)) return [];
  return Object.entries(found).map(([key, item]) => [key, typeof item === 'string' ? item : '']);
}
