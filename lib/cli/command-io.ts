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
