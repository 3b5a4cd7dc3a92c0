import { Explanation, Remedy } from './explanation';
import { importsOf } from './imports';

const INDENT = '    ';

/** An explanation for a terminal. */
export function explanationText({
  kind,
  what,
  who,
  lacks,
  program,
  advice,
  remedies = [],
  variables,
}: Explanation): string {
  const facts = [
    ['who', who],
    ['lacks', lacks],
    ['program', program],
    ['do', advice],
  ].filter(([, fact]) => fact !== undefined);
  const imports = importsOf(remedies.map(({ code }) => code).join('\n'));
  return [
    `${kind}: ${what}`,
    ...facts.map(([name = '', fact]) => `  ${name.padEnd(9)}${fact}`),
    ...(remedies.length === 0
      ? []
      : ['', ...imports.map((line) => `${INDENT}${line}`), ...remedies.flatMap(remedyLines)]),
    ...(variables === undefined ? [] : ['', `  Here ${variables}.`]),
    '',
  ].join('\n');
}

function remedyLines({ when, code }: Remedy): string[] {
  return [...(when === undefined ? [] : [`${INDENT}// ${when}`]), `${INDENT}${code}`];
}
