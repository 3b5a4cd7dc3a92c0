/** An environment variable of a container. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly value?: string;
}

/** `$(NAME)`, but not `$$(NAME)`, which stands for the text itself. */
const REFERENCE = /(?<!\$)(?:\$\$)*\$\((\w+)\)/g;

/**
 * Variables that refer to a later one in the list: Kubernetes replaces only references to earlier variables.
 *
 * @returns pairs of the variable that refers and the variable that it refers to
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
