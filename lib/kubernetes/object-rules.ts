import { Fields, ObjectProblem, oneOf } from './schema-problems';

/** A rule that the API server applies to an object in addition to its schema. */
export type ObjectRule = (value: Fields) => ObjectProblem | undefined;

/** Whether a field is set; the API server treats `null` as a missing field. */
export function isSet(value: Fields, field: string): boolean {
  return value[field] !== undefined && value[field] !== null;
}

/** Fields that must not be the empty string. */
export function filled(...fields: string[]): ObjectRule {
  return (value) => {
    const empty = fields.find((field) => value[field] === '');
    return empty === undefined ? undefined : { field: empty, message: 'is empty', remedy: 'set it' };
  };
}

/** A field has one of the values. */
export function among(field: string, values: readonly string[]): ObjectRule {
  return (value) =>
    !isSet(value, field) || values.includes(value[field] as string)
      ? undefined
      : { field, message: `is "${value[field] as string}"`, remedy: `pass ${oneOf(values)}` };
}

/** A number lies in a range. */
export function between(field: string, least: number, most = Infinity): ObjectRule {
  return (value) => {
    const number = value[field];
    if (typeof number !== 'number' || (number >= least && number <= most)) return undefined;
    const range = most === Infinity ? `at least ${least}` : `from ${least} to ${most}`;
    return { field, message: `is ${number}`, remedy: `pass a whole number, ${range}` };
  };
}

/** A string has a valid form. */
export function form(field: string, isRight: (text: string) => boolean, remedy: string): ObjectRule {
  return (value) => {
    const text = value[field];
    return typeof text !== 'string' || isRight(text) ? undefined : { field, message: `is "${text}"`, remedy };
  };
}

/** Two fields exclude each other. */
export function notBoth(first: string, second: string): ObjectRule {
  return (value) =>
    isFilled(value, first) && isFilled(value, second)
      ? { message: `sets both ${first} and ${second}`, remedy: 'keep one of them' }
      : undefined;
}

/** Exactly one of the fields is set. */
export function exactlyOne(fields: readonly string[]): ObjectRule {
  return (value) => oneAtMost(fields)(value) ?? oneAtLeast(fields)(value);
}

export function oneAtMost(fields: readonly string[]): ObjectRule {
  return (value) => {
    const set = fields.filter((field) => isSet(value, field));
    return set.length < 2 ? undefined : { message: `sets both ${set[0]} and ${set[1]}`, remedy: 'keep one of them' };
  };
}

function oneAtLeast(fields: readonly string[]): ObjectRule {
  return (value) =>
    fields.some((field) => isSet(value, field))
      ? undefined
      : { message: `sets none of ${fields.join(', ')}`, remedy: 'set one of them' };
}

/** A field is set only where a condition holds. */
export function onlyWith(field: string, condition: (value: Fields) => boolean, remedy: string): ObjectRule {
  return (value) =>
    isFilled(value, field) && !condition(value)
      ? { field, message: `is ${JSON.stringify(value[field])}`, remedy }
      : undefined;
}

/** Whether a field is set to something else than an empty string or list. */
export function isFilled(value: Fields, field: string): boolean {
  const item = value[field];
  return isSet(value, field) && item !== '' && !(Array.isArray(item) && item.length === 0);
}

/** The items of a list; an empty list if the field is not a list. */
export function itemsOf(value: Fields, field: string): readonly Fields[] {
  const items = value[field];
  return Array.isArray(items) ? (items as Fields[]) : [];
}
