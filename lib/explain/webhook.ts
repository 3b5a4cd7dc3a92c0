import { OWNED_KEYS } from '../spark/owned-configuration';
import { matchesKey } from '../spark/keys';
import { Explanation } from './explanation';
import { explainKnownText } from './known-failure';
import { KnownText } from './known-texts/known-text';
import { CALL_TEXTS, DENIAL_TEXTS } from './known-texts/webhook-texts';
import { Passage, passages, squeezed, wordsAfter } from './squeezed-text';

const DENIAL = squeezed(/admission webhook (?: "(?<name> [^"]{1,253})" | \.\.\.) denied the request:/g);
const CALL = squeezed(/failed calling webhook (?: "(?<name> [^"]{1,253})" | \.\.\.)?/g);
const KEY = squeezed(/sparkConf key "(?<key> [^"]{1,253})" is not allowed/);
const OPERATOR = /\.sparkoperator\.k8s\.io$/;

/** Explains denials by webhooks, and webhooks that cannot be called. */
export function explainWebhooks(text: string, original: string): Explanation[] {
  const explained = [
    ...passages(text, DENIAL).map((passage) => denial(passage, original)),
    ...passages(text, CALL).flatMap(({ rest }) => firstKnown(CALL_TEXTS, rest) ?? []),
  ];
  if (explained.length > 0) return explained;
  // Its text stands also without the webhook's: in the operator's log, and where a text is cut.
  const key = refusedKey(text);
  return key === undefined ? [] : [key];
}

function denial({ groups: { name }, rest }: Passage, original: string): Explanation {
  const known = refusedKey(rest) ?? firstKnown(DENIAL_TEXTS, rest);
  if (known !== undefined) return known;
  const isOperators = name !== undefined && OPERATOR.test(name);
  return {
    kind: 'webhook',
    what: isOperators
      ? "the operator's webhook refuses the object"
      : `the webhook ${name ?? '(cut)'} refuses the object`,
    who: 'whoever writes the object; no right is missing',
    lacks: `what the webhook says in its own words: ${wordsAfter(original, 'denied the request:')}`,
    advice: isOperators
      ? 'the operator says what is wrong; the typed properties of this library cannot write it, so look at template, JSON patches and manifests written by hand'
      : 'the webhook is none of the Spark operator: its owner knows the rule',
  };
}

function firstKnown(texts: readonly KnownText[], rest: string): Explanation | undefined {
  for (const known of texts) {
    const match = known.pattern.exec(rest);
    if (match !== null) return explainKnownText('webhook', known, match);
  }
  return undefined;
}

/** The keys that the operator refuses are those that this library owns, each with what to use instead. */
function refusedKey(text: string): Explanation | undefined {
  const key = KEY.exec(text)?.groups?.key;
  if (key === undefined) return undefined;
  const owned = OWNED_KEYS.find(({ key: pattern }) => matchesKey(key, pattern));
  return {
    kind: 'webhook',
    what: `the operator's webhook refuses the configuration key ${key}`,
    who: 'whoever writes the application; no right is missing',
    lacks: 'nothing: the key is not to be set in sparkConf',
    advice:
      owned === undefined
        ? 'take the key out of sparkConf; what it sets has a field of its own in the application'
        : `take the key out of sparkConf: ${owned.remedy}. Synth refuses the key with the same advice`,
  };
}
