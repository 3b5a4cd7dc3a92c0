/**
 * Parts of expressions in CEL.
 *
 * @see https://kubernetes.io/docs/reference/using-api/cel/
 */

/** A text as CEL writes it. */
export function text(value: string): string {
  return JSON.stringify(value);
}

export function texts(values: readonly string[]): string {
  return `[${values.map(text).join(', ')}]`;
}

/** A map whose field may be missing or of another type: then an empty map stands in its place. */
export function mapAt(holder: string, field: string): string {
  const path = `${holder}.${field}`;
  return `(has(${path}) && type(${path}) == map ? ${path} : {})`;
}

/** The maps of a list whose field may be missing, of another type, or too long to be read: then the list is empty. */
export function mapsAt(holder: string, field: string, limit: number): string {
  const path = `${holder}.${field}`;
  return `(has(${path}) && type(${path}) == list && ${path}.size() <= ${limit} ? ${path}.filter(x, type(x) == map) : [])`;
}

/** The maps under a field of each map of a list. */
export function eachMapAt(list: string, field: string): string {
  return `${list}.filter(x, has(x.${field}) && type(x.${field}) == map).map(x, x.${field})`;
}

/** The lists under a field of each map of a list. */
export function eachListAt(list: string, field: string): string {
  return `${list}.filter(x, has(x.${field}) && type(x.${field}) == list).map(x, x.${field})`;
}

/** The field of a map if it is a text, else an empty one. */
export function textAt(holder: string, field: string): string {
  const path = `${holder}.${field}`;
  return `(has(${path}) && type(${path}) == string ? ${path} : '')`;
}

/** The name of a container or volume, as far as it has one. */
export function nameOf(holder: string): string {
  return `(has(${holder}.name) && type(${holder}.name) == string ? ${holder}.name : '?')`;
}

/** Whether a field has more items than are read. */
export function isTooLong(holder: string, field: string, limit: number): string {
  return `(${field} in ${holder} && type(${holder}[${field}]) == list && ${holder}[${field}].size() > ${limit})`;
}

/** An expression without the line breaks that make it readable here. */
export function oneLine(expression: string): string {
  return expression.trim().replace(/\s*\n\s*/g, ' ');
}
