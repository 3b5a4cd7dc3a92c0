/** Leaves out a list without items, since an empty list in a manifest can mean something else than no list. */
export function nonEmpty<T>(items: T[]): T[] | undefined {
  return items.length === 0 ? undefined : items;
}
