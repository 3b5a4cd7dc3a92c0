/**
 * A string that is the same for two values only if they are deeply equal plain data, so that it can be their key in a map.
 * `undefined` where the value contains a function or an instance of a class, since these can hold state that is not visible.
 */
export function plainText(value: unknown): string | undefined {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value === 'boolean' || value === undefined || value === null) return String(value);
  if (typeof value !== 'object') return undefined;
  const isList = Array.isArray(value);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (!isList && prototype !== Object.prototype && prototype !== null) return undefined;
  const parts: string[] = [];
  for (const key of Object.keys(value)) {
    const text = plainText((value as Record<string, unknown>)[key]);
    if (text === undefined) return undefined;
    parts.push(isList ? text : `${JSON.stringify(key)}:${text}`);
  }
  return isList ? `[${parts.join()}]` : `{${parts.join()}}`;
}
