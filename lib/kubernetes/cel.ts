/**
 * Parts of expressions in CEL.
 *
 * @see https://kubernetes.io/docs/reference/using-api/cel/
 */

/** A string literal of CEL. */
export function text(value: string): string {
  return JSON.stringify(value);
}

export function texts(values: readonly string[]): string {
  return `[${values.map(text).join(', ')}]`;
}

/** A map in a field; an empty map if the field is missing or has another type. */
export function mapAt(holder: string, field: string): string {
  const path = `${holder}.${field}`;
  return `(has(${path}) && type(${path}) == map ? ${path} : {})`;
}

/** The maps of a list in a field; an empty list if the field is missing, has another type or is longer than the limit. */
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

/** A field of a map if it is a string, else an empty string. */
export function textAt(holder: string, field: string): string {
  const path = `${holder}.${field}`;
  return `(has(${path}) && type(${path}) == string ? ${path} : '')`;
}

/** The name of a container or volume, or an empty string. */
export function nameOf(holder: string): string {
  return `(has(${holder}.name) && type(${holder}.name) == string ? ${holder}.name : '?')`;
}

/** Whether a list has more items than the guard reads. */
export function isTooLong(holder: string, field: string, limit: number): string {
  return `(${field} in ${holder} && type(${holder}[${field}]) == list && ${holder}[${field}].size() > ${limit})`;
}

/** An expression without the line breaks that make it readable in the source. */
export function oneLine(expression: string): string {
  return expression.trim().replace(/\s*\n\s*/g, ' ');
}
