/** One of the five fields of a cron expression. */
interface CronField {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Names of the values, starting with `min`. */
  readonly names: readonly string[];
}

const FIELDS: readonly CronField[] = [
  { name: 'minute', min: 0, max: 59, names: [] },
  { name: 'hour', min: 0, max: 23, names: [] },
  { name: 'day of month', min: 1, max: 31, names: [] },
  {
    name: 'month',
    min: 1,
    max: 12,
    names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  },
  { name: 'day of week', min: 0, max: 6, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
];

const DAYS_OF_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The values of a field, or what is wrong with it. */
interface ParsedField {
  readonly values: readonly number[];
  /** Whether the field is unrestricted, so that only the other field of days decides. */
  readonly isAny: boolean;
  readonly problems: readonly string[];
}

/**
 * What is wrong with the five fields of a cron expression, with the remedy of each problem.
 *
 * It refuses everything that the controller's parser refuses, and what the parser accepts but no user can mean: an empty item
 * of a list, a value after `*-`, a step beyond the field, a date that never comes.
 *
 * @see https://pkg.go.dev/github.com/robfig/cron/v3#hdr-CRON_Expression_Format
 */
export function cronFieldProblems(text: string): string[] {
  const parts = text.trim().split(/[ \t]+/);
  if (parts.length !== FIELDS.length) {
    const hint = parts.length === FIELDS.length + 1 ? '; there is none for seconds' : '';
    return [`it has ${parts.length} fields; write 5, for ${FIELDS.map(({ name }) => name).join(', ')}${hint}`];
  }
  const parsed = FIELDS.map((field, index) => parseField(parts[index], field));
  const problems = parsed.flatMap((field) => field.problems);
  if (problems.length === 0 && !hasDate(parsed[2], parsed[3], parsed[4])) {
    return [
      `day of month "${parts[2]}" never comes in month "${parts[3]}", so that it never runs; correct one of them`,
    ];
  }
  return problems;
}

function parseField(text: string, field: CronField): ParsedField {
  const parts = text.split(',');
  if (parts.includes('')) {
    return { values: [], isAny: false, problems: [`${field.name} "${text}" has an empty part; leave out the comma`] };
  }
  const ranges = parts.map((part) => parseRange(part, field));
  return {
    values: ranges.flatMap((range) => range.values),
    isAny: ranges.some((range) => range.isAny),
    problems: ranges.flatMap((range) => range.problems),
  };
}

const RANGE = /^([^-/]+)(-([^-/]+))?(\/\+?(\d+))?$/;

function parseRange(text: string, field: CronField): ParsedField {
  const { name, min, max } = field;
  const refuse = (problem: string): ParsedField => ({
    values: [],
    isAny: false,
    problems: [`${name} "${text}" ${problem}`],
  });
  const [, first, , last, hasStep, stepText] = RANGE.exec(text) ?? [];
  if (first === undefined)
    return refuse('is none; write a value, *, a range such as 1-5, or one of them with a step such as */10');

  const isStar = first === '*' || first === '?';
  if (isStar && last !== undefined)
    return refuse(`has a value after ${first}-, which counts for nothing; write ${first}, or a range`);
  const start = isStar ? min : valueOf(first, field);
  // With a step, a single value starts a range to the maximum.
  const openEnd = isStar || hasStep !== undefined ? max : start;
  const end = last === undefined ? openEnd : valueOf(last, field);
  const step = Number(stepText ?? 1);
  if (start === undefined || end === undefined || start < min || end > max) {
    const sunday = name === 'day of week' && /\b7\b/.test(text) ? '; Sunday is 0' : '';
    const names = field.names.length === 0 ? '' : ` or ${field.names[0]} to ${field.names[field.names.length - 1]}`;
    return refuse(`is not within ${min} to ${max}${names}${sunday}`);
  }
  if (start > end) return refuse('ends before it begins; write two ranges with a comma between');
  if (step === 0) return refuse('has the step 0; write 1 or more');
  if (step > max - min + 1) {
    return refuse(
      `has a step beyond the field, so that only its first value counts; use CronSchedule.every for longer intervals`,
    );
  }
  const values = Array.from({ length: Math.floor((end - start) / step) + 1 }, (_, index) => start + index * step);
  return { values, isAny: isStar && step === 1, problems: [] };
}

function valueOf(text: string, { min, names }: CronField): number | undefined {
  if (/^\+?\d+$/.test(text)) return Number(text);
  const index = names.indexOf(text.toLowerCase());
  return index === -1 ? undefined : min + index;
}

/** Whether any date matches; if both fields of days are restricted, either of them is enough. */
function hasDate(days: ParsedField, months: ParsedField, weekdays: ParsedField): boolean {
  if (!weekdays.isAny && !days.isAny) return true;
  const earliest = Math.min(...days.values);
  return months.values.some((month) => earliest <= DAYS_OF_MONTHS[month - 1]);
}
