/** Kubernetes takes an empty list for a given one; a field without items is left out. */
export function nonEmpty<T>(items: T[]): T[] | undefined {
  return items.length === 0 ? undefined : items;
}
