/** A problem in one place, as data; it becomes text only where a person reads it. */
export interface Finding {
  /** The field, such as `spec.executor.template.spec.containers[1].securityContext`. */
  readonly path: string;
  /** The kind of problem, in kebab case; it is stable, so that waivers and tests can name it. */
  readonly code: string;
  readonly message: string;
  /** What to do about it. */
  readonly remedy?: string;
}

/** A finding as it reads in an error. */
export function findingText({ path, message, remedy }: Finding): string {
  return `${path} ${message}${remedy === undefined ? '' : `; ${remedy}`}`;
}
