/** A literal, as JSON, a shell, HTML or a chat program may have written it in place of the character. */
const WRITTEN: readonly (readonly [RegExp, string])[] = [
  // Colours of a terminal.
  [/\u001b\[[0-9;]*m/g, ''],
  [/\\+u00(22|27|3c|3e|26|3C|3E)/g, '&#x$1;'],
  [/&(?:#34|#x22|quot);|[“”„]/g, '"'],
  [/&(?:#39|#x27|apos);|[‘’]/g, "'"],
  [/&(?:lt|#x3[cC]);/g, '<'],
  [/&(?:gt|#x3[eE]);/g, '>'],
  [/&(?:amp|#x26);/g, '&'],
  // A line break that JSON wrote, also in JSON within JSON; a backslash before a quote, a slash or the end of a line.
  [/\\+[nrt]/g, ' '],
  [/\\+(?=["'/\s])/g, ''],
  [/…/g, '...'],
];

/**
 * The text without escapes and without any white space. Terminals, mails and logs break lines anywhere, within words too;
 * without white space the same message is the same text, however it was wrapped.
 */
export function squeeze(text: string): string {
  return WRITTEN.reduce((rest, [written, literal]) => rest.replace(written, literal), text).replace(/\s+/g, '');
}

/** A pattern for squeezed text; its own spaces are there for its reader. */
export function squeezed(pattern: RegExp): RegExp {
  return new RegExp(pattern.source.replace(/ /g, ''), pattern.flags);
}

/** The words after a phrase of a text, as far as they can be read as they were written. */
export function wordsAfter(text: string, phrase: string): string {
  const flat = WRITTEN.reduce((rest, [written, literal]) => rest.replace(written, literal), text).replace(/\s+/g, ' ');
  const start = flat.indexOf(phrase);
  return flat
    .slice(start === -1 ? 0 : start + phrase.length)
    .trim()
    .slice(0, 400);
}

/** A place of a text that a pattern fits. */
export interface Passage {
  readonly groups: { readonly [group: string]: string | undefined };
  /** What follows, up to the next such place. */
  readonly rest: string;
}

const MAX_REST = 4000;

/** The places that a global pattern fits. */
export function passages(text: string, pattern: RegExp): Passage[] {
  const matches = [...text.matchAll(pattern)];
  return matches.map((match, index) => {
    const start = match.index + match[0].length;
    const end = matches[index + 1]?.index ?? text.length;
    return { groups: match.groups ?? {}, rest: text.slice(start, Math.min(end, start + MAX_REST)) };
  });
}
