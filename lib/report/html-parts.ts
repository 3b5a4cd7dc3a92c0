import { html } from './escape';

/** From this many on, a list is folded. */
const MOST_SHOWN = 4;
const MOST_INLINE = 12;

export function heading(id: string, title: string, text: string): string {
  return `<h2 id="${id}-title">${html(title)}</h2>\n<p class="minor">${html(text)}</p>`;
}

export function name(text: string): string {
  return `<span class="name">${html(text)}</span>`;
}

/** A table in a box that scrolls by itself, also with the keyboard. */
export function scrolled(label: string, content: string, kind = ''): string {
  return `<div class="scroll${kind}" role="region" aria-label="${html(label)}" tabindex="0">\n${content}\n</div>`;
}

/** Items of markup; many of them are folded under their number. */
export function folded(items: readonly string[], what: string): string {
  const list = `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;
  return items.length <= MOST_SHOWN
    ? list
    : `<details><summary>${items.length} ${html(what)}</summary>${list}</details>`;
}

/** Short texts one after the other; many of them are folded under their number. */
export function inline(texts: readonly string[], what: string): string {
  const list = `<ul class="inline">${texts.map((text) => `<li>${name(text)}</li>`).join('')}</ul>`;
  return texts.length <= MOST_INLINE
    ? list
    : `<details><summary>${texts.length} ${html(what)}</summary>${list}</details>`;
}

/** Content that search opens; many entries are folded from the start. */
export function fold(summary: string, content: string, open: boolean): string {
  return `<details class="card" data-fold${open ? ' open' : ''}><summary>${html(summary)}</summary>\n${content}\n</details>`;
}
