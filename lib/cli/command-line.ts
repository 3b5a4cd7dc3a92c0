import { parseArgs, ParseArgsConfig } from 'node:util';

/** What a command reads from and writes to. */
export interface CommandIo {
  readonly readStandardInput: () => string;
  /** Writes to the standard output; the text ends its own lines. */
  readonly out: (text: string) => void;
  /** Writes to the standard error output; the text ends its own lines. */
  readonly err: (text: string) => void;
}

/** Wrong arguments, or input that cannot be read: said on the standard error output, with exit code 2. */
export class CommandError extends Error {}

type CommandOptions = NonNullable<ParseArgsConfig['options']>;

interface CommandConfig<T extends CommandOptions> {
  args: string[];
  options: T;
  allowPositionals: true;
  strict: true;
}

/** Options and further arguments of a command; those that it does not know are an error of its user. */
export function parseCommandLine<T extends CommandOptions>(
  args: string[],
  options: T,
): ReturnType<typeof parseArgs<CommandConfig<T>>> {
  return orCommandError(() => parseArgs({ args, options, allowPositionals: true, strict: true }));
}

/** The format that `--format` names. */
export function formatOf<T extends string>(formats: readonly T[], given: string): T {
  const format = formats.find((each) => each === given);
  if (format === undefined) throw new CommandError(`--format is "${given}"; expected ${formats.join(', ')}`);
  return format;
}

/** Turns what goes wrong into an error of the command's user. */
export function orCommandError<T>(action: () => T, prefix = ''): T {
  try {
    return action();
  } catch (error) {
    throw new CommandError(`${prefix}${(error as Error).message}`);
  }
}
