/** What a text turned out to be. */
export type ExplanationKind =
  'forbidden' | 'pod-security' | 'webhook' | 'admission-policy' | 'cloud-storage' | 'application' | 'known-failure';

/** A line of TypeScript to write into the program. */
export interface Remedy {
  /** When to write it, if not always. */
  readonly when?: string;
  readonly code: string;
}

/** One problem of a text, explained. */
export interface Explanation {
  readonly kind: ExplanationKind;
  /** What happened, in one sentence. */
  readonly what: string;
  /** Whose problem it is: one of the identities of the program, or one that it does not know. */
  readonly who?: string;
  /** What that identity lacks. */
  readonly lacks?: string;
  /** Whether the program intends that it has it. */
  readonly program?: string;
  /** What to do; where a right should not be granted, who should act instead. */
  readonly advice: string;
  /** The lines that do it; of several, the one that fits. */
  readonly remedies?: readonly Remedy[];
  /** What the variables in the lines stand for. */
  readonly variables?: string;
}

const INDENT = '    ';

/** The names that lines of explanations use, by the package that has them; all others are of this library. */
const PACKAGES: { readonly [name: string]: readonly string[] } = {
  cdk8s: ['Size'],
  'cdk8s-plus-28': ['Cpu', 'EnvFrom', 'EnvValue', 'Group', 'Secret', 'ServiceAccount', 'User'],
  'cdk8s-spark': [
    ...['ApplicationKind', 'BatchScheduler', 'LocalDirectories', 'SecureSparkApplication', 'SparkJobNamespace'],
    ...['SparkMain', 'SparkOperator', 'StoragePath', 'SubmitterTool', 'WebhookCertificates', 'WritableDirectory'],
  ],
};

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

/** The imports that some lines of code need. */
export function importsOf(code: string): string[] {
  if (code.startsWith('import ')) return [];
  return Object.entries(PACKAGES).flatMap(([name, members]) => {
    const used = members.filter((member) => new RegExp(`(?<![\\w.'])${member}[.(]`).test(code));
    return used.length === 0 ? [] : [`import { ${used.join(', ')} } from '${name}';`];
  });
}
