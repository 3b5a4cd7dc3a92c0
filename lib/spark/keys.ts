/** Whether a key matches a pattern; a pattern that ends with `.` matches every key with this prefix. */
export function matchesKey(key: string, pattern: string): boolean {
  return pattern.endsWith('.') ? key.startsWith(pattern) : key === pattern;
}

/** Whether a key matches one of the patterns. */
export function holdsKey(patterns: readonly string[], key: string): boolean {
  return patterns.some((pattern) => matchesKey(key, pattern));
}

/** One regular expression for all patterns; `*` matches anything, also nothing. */
export function anyOf(patterns: readonly string[]): RegExp {
  const alternatives = patterns.map((pattern) =>
    pattern
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*'),
  );
  return new RegExp(`^(?:${alternatives.join('|')})$`, 's');
}
