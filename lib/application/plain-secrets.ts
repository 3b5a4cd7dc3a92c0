/** Words in a name that tell of a secret. */
const TELLING = new Set([
  'password',
  'passwd',
  'pwd',
  'passphrase',
  'secret',
  'token',
  'credential',
  'credentials',
  'apikey',
]);
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
const HARMLESS_ENDS = new Set(
  'file path dir provider providers class enabled name type id url uri endpoint length size timeout interval ttl limit count bits algorithm alias ref version renewal ratio'.split(
    ' ',
  ),
);

/** Whether the name of an environment variable, configuration key or argument tells that its value is a secret. */
export function tellsOfSecret(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  if (HARMLESS_ENDS.has(words[words.length - 1])) return false;
  return words.some((word, index) => TELLING.has(word) || TELLING_PAIRS.has(`${word} ${words[index + 1]}`));
}

/** The names among a job's arguments whose values would be secrets in plain text: `--token=x` and `--token x`. */
export function tellingArguments(jobArguments: readonly string[]): string[] {
  return jobArguments.flatMap((argument, index) => {
    const option = /^--?([A-Za-z][-\w.]*)(=.+)?$/.exec(argument);
    if (option === null || !tellsOfSecret(option[1])) return [];
    const next = jobArguments[index + 1];
    const hasValue = option[2] !== undefined || (next !== undefined && !next.startsWith('-'));
    return hasValue ? [option[1]] : [];
  });
}
