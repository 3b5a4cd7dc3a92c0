/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const PREFIX = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const MAX_NAME_LENGTH = 63;
const MAX_PREFIX_LENGTH = 253;

export function labelProblems(what: string, labels: { readonly [label: string]: string } = {}): string[] {
  return labelMistakes(labels).map((mistake) => `${what} ${mistake}`);
}

/** What is wrong with the keys of labels or annotations. */
export function keyProblems(what: string, ...keys: string[]): string[] {
  return keyMistakes(keys).map((mistake) => `${what} ${mistake}`);
}

/** What is wrong with labels, for callers that name the field themselves. */
export function labelMistakes(labels: { readonly [label: string]: string }): string[] {
  return Object.entries(labels).flatMap(([key, value]) => {
    if (value === '' || isLabelName(value)) return keyMistakes([key]);
    return [
      ...keyMistakes([key]),
      `"${key}" has the value "${value}"; use at most ${MAX_NAME_LENGTH} letters, digits and - _ . between them`,
    ];
  });
}

/** What is wrong with keys, for callers that name the field themselves. */
export function keyMistakes(keys: readonly string[]): string[] {
  return keys
    .filter((key) => !isLabelKey(key))
    .map(
      (key) =>
        `"${key}" is no possible key; use at most ${MAX_NAME_LENGTH} letters, digits and - _ . between them, ` +
        'after a DNS name and a slash if need be',
    );
}

export function isLabelKey(key: string): boolean {
  const slash = key.indexOf('/');
  if (slash === -1) return isLabelName(key);
  const prefix = key.slice(0, slash);
  return prefix.length <= MAX_PREFIX_LENGTH && PREFIX.test(prefix) && isLabelName(key.slice(slash + 1));
}

export function isLabelName(text: string): boolean {
  return text.length <= MAX_NAME_LENGTH && NAME.test(text);
}
