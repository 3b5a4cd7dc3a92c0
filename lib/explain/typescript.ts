import { AccessSubject } from '../access/rbac/access-question';

/** Names that no variable can have. */
const RESERVED = new Set(
  'await break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield'.split(
    ' ',
  ),
);

/** The variable that a program would have for something of this name: `team-1` is `team1`. */
export function variableOf(name: string): string {
  const [first, ...rest] = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  if (first === undefined) return 'jobNamespace';
  const variable = [first.toLowerCase(), ...rest.map((word) => word[0].toUpperCase() + word.slice(1))].join('');
  return /^\d/.test(variable) || RESERVED.has(variable)
    ? `the${variable[0].toUpperCase()}${variable.slice(1)}`
    : variable;
}

export function quote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n')}'`;
}

/** An expression for a subject that the program need not have made. */
export function subjectExpression({ kind, name, namespace }: AccessSubject): string {
  if (kind !== 'ServiceAccount') return `${kind}.fromName(chart, ${quote(dnsName(name) || 'subject')}, ${quote(name)})`;
  const id = namespace === undefined || name.startsWith(namespace) ? name : `${namespace}-${name}`;
  return `ServiceAccount.fromServiceAccountName(chart, ${quote(id)}, ${quote(name)}, { namespaceName: ${quote(namespace ?? '')} })`;
}

/** An object literal of options, or nothing. */
export function optionsArgument(options: readonly string[]): string {
  return options.length === 0 ? '' : `, { ${options.join(', ')} }`;
}

/** Lower-case letters, digits and `-`. */
function dnsName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
