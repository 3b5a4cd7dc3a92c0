/** Endings of words that indicate a secret: `password`, and `pgpassword` too. */
const TELLING_END =
  /(passwords?|passwd|pwd|passphrase|secret|token|credentials?|apikey|accesskey|secretkey|privatekey|authorization)$/;
/** A part of every name that can indicate a secret; most names have none and need no closer look. */
const TELLING = /pass|pwd|secret|token|credential|key|authorization/i;
/** Two words that indicate a secret together. */
const TELLING_PAIRS = new Set([
  'api key',
  'access key',
  'private key',
  'account key',
  'secret key',
  'shared key',
  'sas key',
  'encryption key',
]);
/** Words that, after a word for a secret, name something about the secret and not the secret itself. */
const HARMLESS = new Set([
  ...['age', 'algorithm', 'alias', 'arn', 'at', 'attempts', 'audience', 'binding', 'bits', 'bucket', 'class', 'cost'],
  ...['count', 'dir', 'directory', 'disabled', 'duration', 'enable', 'enabled', 'endpoint', 'expiration', 'expires'],
  ...['expiry', 'file', 'folder', 'format', 'header', 'host', 'id', 'interval', 'issuer', 'kind', 'length', 'lifetime'],
  ...[
    'limit',
    'location',
    'manager',
    'max',
    'mechanism',
    'min',
    'mode',
    'mount',
    'name',
    'namespace',
    'path',
    'period',
  ],
  ...['policy', 'port', 'prefix', 'project', 'provider', 'providers', 'ratio', 'realm', 'ref', 'regex', 'region'],
  ...['renew', 'renewal', 'renewer', 'required', 'resource', 'retries', 'rotation', 'scheme', 'scope', 'scopes'],
  ...['server', 'service', 'size', 'store', 'strategy', 'suffix', 'table', 'timeout', 'topic', 'ttl', 'type', 'uri'],
  ...['url', 'usage', 'version', 'wait'],
]);

/**
 * Whether an unknown name indicates that its value is a secret: it has a word for a secret, and no later word that names only
 * something about it.
 */
export function tellsOfSecret(name: string): boolean {
  if (!TELLING.test(name)) return false;
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const lastHarmless = words.map((word) => HARMLESS.has(word)).lastIndexOf(true);
  return words.some(
    (word, index) =>
      index > lastHarmless && (TELLING_END.test(word) || TELLING_PAIRS.has(`${word} ${words[index + 1]}`)),
  );
}
