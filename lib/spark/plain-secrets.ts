/** What a word in a name ends with that tells of a secret: `password`, and `pgpassword` too. */
const TELLING_END = /(password|passwd|pwd|passphrase|secret|token|credentials?|apikey|accesskey|secretkey|privatekey)$/;
/** Two words that tell of a secret together. */
const TELLING_PAIRS = new Set([
  'api key',
  'access key',
  'private key',
  'account key',
  'secret key',
  'shared key',
  'sas key',
]);
/** A name that ends so stands for something about a secret, and not for the secret. */
const HARMLESS_ENDS = new Set([
  ...['algorithm', 'alias', 'bits', 'class', 'count', 'dir', 'enabled', 'endpoint', 'file', 'id', 'interval', 'length'],
  ...['limit', 'mechanism', 'name', 'path', 'provider', 'providers', 'ratio', 'ref', 'regex', 'renewal', 'size'],
  ...['timeout', 'ttl', 'type', 'uri', 'url', 'version'],
]);
/** How a variable of the environment stands in place of a value; each place knows its own way alone. */
export const REFERENCE = {
  /** Environment and arguments of a container. */
  kubernetes: /^\$\(\w+\)$/,
  /** Spark's configuration. */
  spark: /^\$\{env:\w+\}$/,
  /** Hadoop's configuration, which Spark hands on as it is. */
  hadoop: /^\$\{env\.\w+\}$/,
};

/** Whether the name of an environment variable, configuration key or argument tells that its value is a secret. */
export function tellsOfSecret(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  if (HARMLESS_ENDS.has(words[words.length - 1])) return false;
  return words.some((word, index) => TELLING_END.test(word) || TELLING_PAIRS.has(`${word} ${words[index + 1]}`));
}

/** Whether a value would be a secret in plain text: it is under a telling name, and not empty or a reference. */
export function isPlainSecret(name: string, value: string | undefined, reference?: RegExp): boolean {
  return value !== undefined && value !== '' && reference?.test(value) !== true && tellsOfSecret(name);
}

/** The names among arguments whose values would be secrets in plain text: `--token=x`, `--token x` and `token=x`. */
export function tellingArguments(given: readonly string[]): string[] {
  return given.flatMap((argument, index) => {
    const [, dashes, name, value] = /^(-{0,2})([A-Za-z][-\w.]*)(?:=(.*))?$/s.exec(argument) ?? [];
    if (name === undefined || (dashes === '' && value === undefined)) return [];
    const next = given[index + 1]?.startsWith('-') === true ? undefined : given[index + 1];
    return isPlainSecret(name, value ?? next, REFERENCE.kubernetes) ? [name] : [];
  });
}
