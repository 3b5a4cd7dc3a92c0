/** What is wrong with the addresses of package repositories. */
export function packageRepositoryProblems(repositories: readonly string[]): string[] {
  return repositories.flatMap((repository, index) => {
    const problem = repositoryProblem(repository);
    const problems = problem === undefined ? [] : [`packageRepositories: ${problem}`];
    if (repositories.indexOf(repository) !== index) {
      problems.push(`packageRepositories names "${repository}" twice: leave out one`);
    }
    return problems;
  });
}

function repositoryProblem(repository: string): string | undefined {
  const expected = 'expected the https address of a Maven repository, such as "https://maven.acme.dev/releases"';
  // Spark takes a list with commas, so one in an address would name a second repository.
  if (/[\s,]/.test(repository)) return `"${repository}" has a space or comma; ${expected}`;
  if (!URL.canParse(repository)) return `"${repository}" is no address; ${expected}`;
  const { protocol, username, password, search, hash } = new URL(repository);
  if (protocol !== 'https:')
    return `"${repository}" is not https, so what comes from it can be changed on its way; ${expected}`;
  if (username !== '' || password !== '') {
    return `"${new URL(repository).host}" is given with a user or password, which would stand in the manifest; ${expected}`;
  }
  if (search !== '' || hash !== '') return `"${repository}" has a query or fragment; ${expected}`;
  return undefined;
}
