// Programs in JavaScript are not checked for types, and may give anything or nothing in place of a property.

/** What is given, as messages tell it: `is not given`, `is 5`, `is "text"`. */
export function told(value: unknown): string {
  if (value === undefined) return 'is not given';
  if (Array.isArray(value)) return 'is a list';
  if (typeof value === 'function') return 'is a function';
  if (typeof value === 'object' && value !== null) return 'is an object';
  return `is ${typeof value === 'string' ? JSON.stringify(value) : String(value)}`;
}

/** What is wrong with properties that are texts; their form is looked at elsewhere. */
export function textProblems(
  props: object | undefined,
  required: readonly string[],
  optional: readonly string[] = [],
): string[] {
  const values = (props ?? {}) as Readonly<Record<string, unknown>>;
  return [
    ...required.filter((name) => typeof values[name] !== 'string'),
    ...optional.filter((name) => values[name] !== undefined && typeof values[name] !== 'string'),
  ].map((name) => `${name} ${told(values[name])}; give a text`);
}

/** Whether a value is an object of Kubernetes by its name, such as a Secret or a claim. */
export function isNamed(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { name } = value as { readonly name?: unknown };
  return name !== undefined && name !== null && name !== '';
}

/** Whether a value has what the library keeps in its own objects under this name. */
export function hasMember(value: unknown, name: string): boolean {
  return typeof value === 'object' && value !== null && (value as Record<string, unknown>)[name] !== undefined;
}
