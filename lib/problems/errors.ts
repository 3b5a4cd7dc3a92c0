import { IConstruct } from 'constructs';

/**
 * Collects all problems of one construct, so that its user sees them all at once.
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
    throwProblems(this.scope.node.path, this.found);
  }
}

/** Throws an error that starts with the construct's path. */
export function fail(scope: IConstruct, problem: string): never {
  throw new Error(`${scope.node.path}: ${problem}`);
}

/**
 * Throws one error for all problems, if there are any.
 *
 * @param source the construct's path, or the factory of a value that is not a construct
 * @param problems what is wrong
 */
export function throwProblems(source: string, problems: readonly string[]): void {
  if (problems.length === 1) throw new Error(`${source}: ${problems[0]}`);
  if (problems.length > 1) {
    throw new Error(
      `${source}: ${problems.length} problems:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
    );
  }
}
