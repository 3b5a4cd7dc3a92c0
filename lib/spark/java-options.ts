/**
 * Joins a role's Java options with those that the library sets.
 *
 * @param role where the options were given, for the messages
 * @param given the user's options
 * @param own the library's, by what they set
 * @param problems receives what is wrong
 */
export function mergeJavaOptions(
  role: string,
  given: readonly string[],
  own: readonly string[],
  problems: string[],
): string {
  const sources = new Map(own.map((option) => [settingOf(option), `the library ("${option}")`]));
  for (const [index, option] of given.entries()) {
    const source = `${role}.javaOptions[${index}] ("${option}")`;
    if (!option.startsWith('-') || /\s/.test(option)) {
      problems.push(
        `${source} is no single Java option; give each option as an item of its own, beginning with "-" and without blanks`,
      );
      continue;
    }
    if (/^-Xm[sx]/.test(option)) {
      problems.push(`${source} sets the heap, which Spark refuses; use ${role}.memory`);
      continue;
    }
    if (option.startsWith('-Dspark.')) {
      problems.push(`${source} sets Spark's configuration, which Spark refuses for executors; use sparkConf`);
      continue;
    }
    const setting = settingOf(option);
    const earlier = sources.get(setting);
    if (earlier === undefined) sources.set(setting, source);
    else problems.push(`${source} and ${earlier} both set ${setting}; keep one of them`);
  }
  return [...own, ...given].join(' ');
}

/**
 * What an option sets: `-Dkey=1` and `-Dkey=2` are two sources for one key, and so are `-XX:+Flag` and `-XX:-Flag`, and
 * `-Xss1m` and `-Xss2m`.
 */
function settingOf(option: string): string {
  if (option.startsWith('-XX:')) return option.replace(/^-XX:[+-]?/, '-XX:').replace(/=.*$/s, '');
  if (option.startsWith('-D')) return option.replace(/=.*$/s, '');
  return option.replace(/^(-X[a-z]+)\d.*$/, '$1');
}
