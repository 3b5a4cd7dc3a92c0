/** Text as HTML has it, in elements and in quoted attributes. */
export function html(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Text as one cell of a Markdown table, or inside a line; nothing in it is markup. */
export function markdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]()#+!|<>&~]/g, (character) =>
      character === '_' ? character : `&#${character.charCodeAt(0)};`,
    );
}

/** Text inside a quoted label of Mermaid, which knows only entities. */
export function mermaid(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[#"'`<>&;{}[\]|\\]/g, (character) => `#${character.charCodeAt(0)};`);
}

/** Text as a terminal shows it: no control characters. */
export function plain(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}
