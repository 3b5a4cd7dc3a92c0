import { GUARD_TOPICS } from '../admission-guard/guard-policy';
import { GuardRule } from '../guarantees/guard-rule';
import { ExplainedProgram } from './explained-program';
import { Explanation, Remedy } from './explanation';
import { Passage, passages, squeeze, squeezed, wordsAfter } from './squeezed-text';
import { quote } from './typescript';

const DENIAL = squeezed(
  /ValidatingAdmissionPolicy '(?<name> [^']{1,253})' (?: with binding '(?<binding> [^']{1,253})' )? denied request :?/g,
);
const NO_PARAMETERS = squeezed(/no params found for policy binding/);

/** The rules of this library's guard, as their refusals stand in squeezed text. */
const RULES = GUARD_TOPICS.flatMap(({ rules }) => rules).map((rule) => ({
  rule,
  refusal: squeeze(`${rule.refusal}; ${rule.remedy}`),
}));

/** By the name of a rule, the list of a namespace that holds exactly what its messages quote. */
const LISTS: { readonly [rule: string]: string } = {
  mainFile: 'fileSchemes',
  dependencyFiles: 'fileSchemes',
  packages: 'packages',
  sparkConfKeys: 'sparkConf',
  sparkConfValues: 'sparkConf',
  hadoopConfKeys: 'hadoopConf',
  pullSecrets: 'secrets',
  mountedSecrets: 'secrets',
  environmentSecrets: 'secrets',
  ingressSecrets: 'secrets',
  imageRepositories: 'imageRepositories',
  priorityClasses: 'priorityClasses',
  schedulers: 'schedulers',
};

/** A field that breaks a rule of the guard. */
interface BrokenRule {
  readonly rule: GuardRule;
  readonly field: string;
}

/** Explains denials of admission policies, those of this library's guard by their rules. */
export function explainAdmissionPolicies(text: string, program: ExplainedProgram, original: string): Explanation[] {
  return passages(text, DENIAL).map((passage) => explanation(passage, program, original));
}

function explanation(
  { groups: { name = '', binding }, rest }: Passage,
  program: ExplainedProgram,
  original: string,
): Explanation {
  const isOurs = program.hasPolicy(name);
  const broken = brokenRule(rest);
  const refuses = `the admission policy ${name}${binding === undefined ? '' : ` (binding ${binding})`} refuses`;
  const common = {
    kind: 'admission-policy' as const,
    what: `${refuses} the application`,
    who: 'whoever writes the application; no right is missing',
    program: program.isGiven ? intention(isOurs) : undefined,
  };
  if (broken !== undefined) {
    return {
      ...common,
      lacks: `${broken.field} ${broken.rule.refusal}`,
      advice: `${broken.rule.remedy}. The namespace decides what is allowed there, not who submits`,
      remedies: allowance(broken),
      variables: allowance(broken).length === 0 ? undefined : 'it is a property of the SparkJobNamespace',
    };
  }
  if (NO_PARAMETERS.test(rest)) {
    return {
      ...common,
      lacks: 'the parameters of the namespace, without which everything is denied',
      advice:
        "apply the program: the parameters are a Role without rights for each job namespace, in the operator's namespace, where no identity of a job can write",
    };
  }
  return {
    ...common,
    what: `${refuses} the object`,
    lacks:
      rest === ''
        ? 'what the policy wants; the text is cut before it says so'
        : wordsAfter(original, 'denied request:'),
    advice: 'change the object as the message says; whoever made the policy can say what it allows',
  };
}

function intention(isOurs: boolean): string {
  return isOurs
    ? 'has this policy: it is meant to refuse that'
    : 'does not have this policy: somebody else made it, or the cluster is of another version of the program';
}

function brokenRule(rest: string): BrokenRule | undefined {
  const found = RULES.map(({ rule, refusal }) => ({ rule, start: rest.indexOf(refusal) })).find(
    ({ start }) => start >= 0,
  );
  if (found === undefined) return undefined;
  // The one space that a field has, before its value.
  const field = rest.slice(0, found.start).replace(/^([^"[]+)"/, '$1 "');
  return { rule: found.rule, field: field === 'Afield' ? 'a field' : field };
}

/** The line on the namespace that allows it, where it is a matter of a list. */
function allowance({ rule, field }: BrokenRule): Remedy[] {
  const list = Object.hasOwn(LISTS, rule.name) ? LISTS[rule.name] : undefined;
  const value = /"([^"]+)"/.exec(field)?.[1];
  if (value === undefined || list === undefined) return [];
  if (list === 'fileSchemes' && !/^(?!file:)[a-z0-9]+:\/\//.test(value)) return [];
  return [
    {
      when: 'if all submitters of the namespace may use it',
      code: `admission: { ${list}: [${allowedValue(list, value)}] },`,
    },
  ];
}

function allowedValue(list: string, value: string): string {
  if (list === 'secrets') return `Secret.fromSecretName(chart, ${quote(value)}, ${quote(value)})`;
  if (list === 'fileSchemes') return quote(value.split(':')[0]);
  if (list === 'imageRepositories') return quote(value.replace(/@.*$/, '').replace(/:[^:/]*$/, ''));
  return quote(value);
}
