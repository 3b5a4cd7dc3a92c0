/** The Java options of the library, followed by those of the user. */
export function joinJavaOptions(given: readonly string[], own: readonly string[]): string {
  return [...own, ...given].join(' ');
}

/**
 * What is wrong with a role's Java options.
 *
 * @param role the role that has the options, for the messages
 * @param given the user's options
 * @param own the library's options
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
 * The setting that an option changes: `-Dkey=1` and `-Dkey=2` set the same one, and so do `-XX:+Flag` and `-XX:-Flag`, or
 * `-Xss1m` and `-Xss2m`.
 */
function settingOf(option: string): string {
  if (option.startsWith('-XX:')) return option.replace(/^-XX:[+-]?/, '-XX:').replace(/=.*$/s, '');
  if (option.startsWith('-D')) return option.replace(/=.*$/s, '');
  return option.replace(/^(-X[a-z]+)\d.*$/, '$1');
}
