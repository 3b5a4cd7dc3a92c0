/** Whether a key is the one that a pattern names; a pattern that ends with `.` stands for every key that begins so. */
export function matchesKey(key: string, pattern: string): boolean {
  return pattern.endsWith('.') ? key.startsWith(pattern) : key === pattern;
}

/** Whether one of the patterns names the key. */
export function holdsKey(patterns: readonly string[], key: string): boolean {
  return patterns.some((pattern) => matchesKey(key, pattern));
}

/** One expression for patterns in which `*` stands for anything, or nothing. */
export function anyOf(patterns: readonly string[]): RegExp {
  const alternatives = patterns.map((pattern) =>
    pattern
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*'),
  );
  return new RegExp(`^(?:${alternatives.join('|')})$`, 's');
}
