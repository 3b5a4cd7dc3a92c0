import * as fs from 'node:fs';
import * as path from 'node:path';

const ROOT = path.join(__dirname, '..');
export const LIB = path.join(ROOT, 'lib');
const DOCUMENT = path.join(ROOT, 'CONTRIBUTING.md');
const BEGIN = '<!-- rooms of lib: npx tsx --tsconfig tsconfig.dev.json scripts/rooms.ts -->';
const END = '<!-- end of the rooms -->';

export const files = fs
  .readdirSync(LIB, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && file !== 'index.ts')
  .sort();

export interface Arrow {
  readonly from: string;
  readonly to: string;
}

/** What the files import of each other, as `from file` and `to file` below lib. */
export const imports: readonly Arrow[] = files.flatMap((from) =>
  [...fs.readFileSync(path.join(LIB, from), 'utf8').matchAll(/ from '(\.[^']+)'/g)]
    .map(([, target]) => ({ from, to: path.posix.join(path.posix.dirname(from), target) }))
    .filter(({ to }) => !to.startsWith('..')),
);

/** The sibling folders that two files lie in; none where one of the files lies beside the folder of the other. */
function siblings({ from, to }: Arrow): Arrow | undefined {
  const [a, b] = [from.split('/'), to.split('/')];
  const depth = a.findIndex((part, index) => part !== b[index]) + 1;
  if (depth === a.length || depth === b.length) return undefined;
  return { from: a.slice(0, depth).join('/'), to: b.slice(0, depth).join('/') };
}

/** Every arrow between rooms once, in order. */
export function arrowsOf(all: readonly Arrow[]): string[] {
  const arrows = all.flatMap((each) => siblings(each) ?? []).map(({ from, to }) => `${from} --> ${to}`);
  return [...new Set(arrows)].sort();
}

/** The arrows from which others lead back to their beginning. */
export function circlesOf(arrows: readonly string[]): string[] {
  const pairs = arrows.map((arrow) => arrow.split(' --> ') as [string, string]);
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
    pairs.some(([a, b]) => a === from && (b === to || (!seen.has(b) && reaches(b, to, seen.add(b)))));
  return pairs.filter(([from, to]) => reaches(to, from)).map(([from, to]) => `${from} --> ${to}`);
}

/** Without the arrows that others together say already, so that a picture can be read. */
function withoutDetours(arrows: readonly string[]): string[] {
  const reach = (from: string, to: string, direct: boolean): boolean =>
    arrows
      .filter((arrow) => arrow.startsWith(`${from} --> `))
      .map((arrow) => arrow.split(' --> ')[1])
      .some((next) => (next === to ? direct : reach(next, to, true)));
  return arrows.filter((arrow) => {
    const [from, to] = arrow.split(' --> ');
    return !reach(from, to, false);
  });
}

/** The picture of the folders of lib, as the document has it. */
export function picture(): string {
  const arrows = withoutDetours(arrowsOf(imports).filter((arrow) => !arrow.includes('/')));
  return ['```mermaid', 'flowchart TB', ...arrows.map((arrow) => `  ${arrow}`), '```'].join('\n');
}

export function pictureOfDocument(): string {
  const [, rest = ''] = fs.readFileSync(DOCUMENT, 'utf8').split(BEGIN);
  return rest.split(END)[0].trim();
}

if (require.main === module) {
  const [before, rest] = fs.readFileSync(DOCUMENT, 'utf8').split(BEGIN);
  fs.writeFileSync(DOCUMENT, `${before}${BEGIN}\n\n${picture()}\n\n${END}${rest.split(END)[1]}`);
}
