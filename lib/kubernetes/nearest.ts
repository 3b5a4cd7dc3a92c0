/** The name in a list that a misspelled name most likely means, or `undefined`. */
export function nearest(given: string, names: readonly string[]): string | undefined {
  const wanted = given.toLowerCase();
  const ranked = names
    .map((name) => ({ name, distance: distance(wanted, name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  if (best === undefined) return undefined;
  const longest = Math.max(given.length, best.name.length);
  return best.distance <= Math.max(1, Math.floor(longest / 3)) ? best.name : undefined;
}

/** The edits from one string to the other; two swapped letters count as one edit. */
function distance(from: string, to: string): number {
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= from.length; row++) {
    rows.push([row]);
    for (let column = 1; column <= to.length; column++) {
      const cost = from[row - 1] === to[column - 1] ? 0 : 1;
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      rows[row].push(
        Math.min(
          rows[row - 1][column] + 1,
          rows[row][column - 1] + 1,
          rows[row - 1][column - 1] + cost,
          swapped ? rows[row - 2][column - 2] + 1 : Infinity,
        ),
      );
    }
  }
  return rows[from.length][to.length];
}
