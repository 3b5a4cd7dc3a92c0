/** A role's Java options after those that the library sets. */
export function joinJavaOptions(given: readonly string[], own: readonly string[]): string {
  return [...own, ...given].join(' ');
}

/**
 * What is wrong with a role's Java options.
 *
 * @param role where the options were given, for the messages
 * @param given the user's options
 * @param own the library's, by what they set
 */
export function javaOptionProblems(role: string, given: readonly string[], own: readonly string[]): string[] {
  const sources = new Map(own.map((option) => [settingOf(option), `the library ("${option}")`]));
  return given.flatMap((option, index) => {
    const source = `${role}.javaOptions[${index}] ("${option}")`;
    if (!option.startsWith('-') || /\s/.test(option)) {
      return [
        `${source} is no single Java option; give each option as an item of its own, beginning with "-" and without blanks`,
      ];
    }
    if (/^-Xm[sx]/.test(option)) return [`${source} sets the heap, which Spark refuses; use ${role}.memory`];
    if (option.startsWith('-Dspark.')) {
      return [`${source} sets Spark's configuration, which Spark refuses for executors; use sparkConf`];
    }
    const setting = settingOf(option);
    const earlier = sources.get(setting);
    if (earlier !== undefined) return [`${source} and ${earlier} both set ${setting}; keep one of them`];
    sources.set(setting, source);
    return [];
  });
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
