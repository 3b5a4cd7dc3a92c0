import { html } from './escape';

/** Columns of the picture in CSS pixels. They are fixed, so the layout needs no graph library. */
export const LEFT = 250;
export const LANE_X = 360;
export const LANE = 760;
export const WIDTH = LANE_X + LANE;
export const LINE = 17;
export const GAP = 16;

/** How much of an em a character takes: of the fixed-width font, and about of the other. */
const MONO = 0.61;
const SANS = 0.56;
const PHRASE = 13 * SANS;

/** The kinds of text, with the width of a character. */
const KINDS = { name: 13 * MONO, title: 15 * MONO, minor: 12 * SANS, phrase: PHRASE };

export type TextKind = keyof typeof KINDS;

/** One line; what does not fit is cut, and whole in the tooltip. */
export function text(x: number, y: number, content: string, kind: TextKind, width: number, further = ''): string {
  const most = Math.max(Math.floor(width / KINDS[kind]), 2);
  const fits = content.length <= most;
  const whole = fits ? '' : `<title>${html(content)}</title>`;
  const shown = fits ? content : `${content.slice(0, most - 1)}…`;
  return `<text class="${kind}${further === '' ? '' : ` ${further}`}" x="${n(x)}" y="${n(y)}">${whole}${html(shown)}</text>`;
}

export function widthOf(content: string, kind: TextKind): number {
  return content.length * KINDS[kind];
}

export function phraseLines(x: number, y: number, phrases: readonly string[], width: number): string[] {
  return wrapped(phrases, width).map((line, index) => text(x, y + index * LINE, line, 'phrase', width + 20));
}

/** Phrases as lines that fit; those after the first of a phrase are indented. */
export function wrapped(phrases: readonly string[], width: number): string[] {
  const most = Math.floor(width / PHRASE);
  return phrases.flatMap((phrase) => {
    const lines: string[] = [];
    for (const word of phrase.split(' ')) {
      const last = lines[lines.length - 1];
      if (last === undefined) lines.push(word);
      else if (last.length + word.length < most) lines[lines.length - 1] = `${last} ${word}`;
      else lines.push(`\u2003${word}`);
    }
    return lines;
  });
}

export function arrow(kind: string, reads: boolean, way: string, x: number, y: number): string {
  const head = `<path class="head ${kind}" d="M${n(x - 9)} ${n(y - 5)}L${n(x)} ${n(y)}L${n(x - 9)} ${n(y + 5)}Z"/>`;
  return `<path class="edge ${kind}${reads ? ' reads' : ''}" d="${way}"/>${head}`;
}

/** Tenths of pixels, so that the bytes do not depend on the last digits of sums. */
export function n(pixels: number): string {
  return String(Math.round(pixels * 10) / 10);
}
