import { checkArguments } from '../problems/property-checks';

/**
 * How much controller and webhook log.
 *
 * The operator's releases 2.x know three levels of the five that Java's logging knows, so `WARN` logs errors only and `TRACE`
 * is no more than `DEBUG`.
 */
export class OperatorLogLevel {
  /** Errors only. */
  public static readonly ERROR = new OperatorLogLevel('ERROR', 1, 'error');
  /** Warnings and errors; the operator has no level of warnings, so errors only. */
  public static readonly WARN = new OperatorLogLevel('WARN', 2, 'error');
  /** What happens to each application. */
  public static readonly INFO = new OperatorLogLevel('INFO', 3, 'info');
  /** Every step. */
  public static readonly DEBUG = new OperatorLogLevel('DEBUG', 4, 'debug');
  /** Every step; the operator has no finer level than `DEBUG`. */
  public static readonly TRACE = new OperatorLogLevel('TRACE', 5, 'debug');

  /**
   * The level of a name in upper or lower case, or of the scale of the operator's releases 1.x, from `1` (errors) to `5` (trace).
   *
   * @param text for example `INFO`, `info` or `3`
   * @throws if the text is neither
   */
  public static of(text: string): OperatorLogLevel {
    checkArguments('OperatorLogLevel.of', [text]);
    const levels = [
      OperatorLogLevel.ERROR,
      OperatorLogLevel.WARN,
      OperatorLogLevel.INFO,
      OperatorLogLevel.DEBUG,
      OperatorLogLevel.TRACE,
    ];
    const found = levels.find(({ name, scale }) => [name, name.toLowerCase(), String(scale)].includes(text));
    if (found !== undefined) return found;
    const names = levels.map(({ name }) => name).join(', ');
    throw new Error(
      `OperatorLogLevel.of: "${text}" is no log level; use one of ${names}, in upper or lower case, or 1 (ERROR) to 5 (TRACE)`,
    );
  }

  private constructor(
    /** The name, in upper case. */
    public readonly name: string,
    /** The level on the scale of the operator's releases 1.x, from 1 to 5. */
    public readonly scale: number,
    /** The level as releases 2.x take it: `error`, `info` or `debug`. */
    public readonly zap: string,
  ) {}
}
