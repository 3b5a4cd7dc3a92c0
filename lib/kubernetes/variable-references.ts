/** A variable as a container has it. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly value?: string;
}

/** `$(NAME)`, but not `$$(NAME)`, which stands for the text itself. */
const REFERENCE = /(?<!\$)(?:\$\$)*\$\((\w+)\)/g;

/**
 * The variables whose values refer to one that stands after them in the list: Kubernetes replaces only those before.
 *
 * @returns the variable that refers, and the one that it refers to
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
 */
export function forwardReferences(variables: readonly EnvironmentVariable[]): [string, string][] {
  return variables.flatMap(({ name, value }, index) => {
    if (typeof value !== 'string') return [];
    const [before, after] = [variables.slice(0, index), variables.slice(index)].map(
      (list) => new Set(list.map((each) => each.name)),
    );
    return [...value.matchAll(REFERENCE)]
      .map(([, referred]) => referred)
      .filter((referred) => after.has(referred) && !before.has(referred))
      .map((referred): [string, string] => [name, referred]);
  });
}
