import { squeezed } from '../squeezed-text';

/** A text that is known, as data: what it means and what to do in the words of this library. */
export interface KnownText {
  /** Its own spaces are for its reader; named groups can be used in the sentences as `{name}`. */
  readonly pattern: RegExp;
  readonly what: string;
  readonly who?: string;
  readonly lacks?: string;
  readonly advice: string;
  /** The line of TypeScript that does it. */
  readonly code?: string;
  /** Says that a store refuses to write or delete: rights to read do not help. */
  readonly changes?: boolean;
  /** Says little: only of use where the text says nothing else. */
  readonly general?: boolean;
}

/** The texts with patterns for squeezed text. */
export function knownTexts(texts: readonly KnownText[]): readonly KnownText[] {
  return texts.map((text) => ({ ...text, pattern: squeezed(text.pattern) }));
}
