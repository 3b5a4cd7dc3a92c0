import { IConstruct } from 'constructs';

/**
 * Collects everything that is wrong with one construct, so that its user sees all of it at once.
 *
 * Each problem says what was given, what is expected and what to do; the construct's path comes first.
 */
export class Problems {
  private readonly found: string[] = [];

  public constructor(private readonly scope: IConstruct) {}

  public add(...problems: string[]): void {
    this.found.push(...problems);
  }

  public throwIfAny(): void {
    if (this.found.length === 1) fail(this.scope, this.found[0]);
    if (this.found.length > 1) {
      fail(this.scope, `${this.found.length} problems:\n${this.found.map((problem) => `  - ${problem}`).join('\n')}`);
    }
  }
}

/** Throws an error that starts with the construct's path. */
export function fail(scope: IConstruct, problem: string): never {
  throw new Error(`${scope.node.path}: ${problem}`);
}
