/**
 * Throws one error for all problems of a value that has no construct, and so no path; `factory` takes the path's place.
 */
export function throwProblems(factory: string, problems: readonly string[]): void {
  if (problems.length === 1) throw new Error(`${factory}: ${problems[0]}`);
  if (problems.length > 1) {
    throw new Error(
      `${factory}: ${problems.length} problems:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
    );
  }
}
