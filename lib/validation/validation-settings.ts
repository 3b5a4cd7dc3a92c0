import { PodSecurityLevel } from '../kubernetes/pod-security-level';
import { throwProblems } from '../problems/errors';
import { RULES } from './rules/all-rules';
import { FINDING_CODES } from '../manifests/finding-codes';
import { RuleSettings } from './validated-program';

/** A rule that one resource need not keep. */
export interface ValidationWaiver {
  /** The rule, or the code of one kind of fault that it finds, such as `role-not-found`. */
  readonly rule: string;

  /**
   * The resource: kind, namespace and name, such as `SparkApplication team-1/pi` or `ClusterRole backup`, or the path of its
   * construct, such as `jobs/pi/Resource`.
   */
  readonly resource: string;

  /** The reason, for the readers of the validation's log. */
  readonly reason: string;
}

/** Properties of the validation, as they stand in `cdk8s.yaml`. */
export interface SparkValidationProps {
  /**
   * Rules to turn off, with `false`.
   *
   * @default - all rules are on
   */
  readonly rules?: { readonly [rule: string]: boolean };

  /**
   * The standard that pods have to meet and namespaces to enforce: `restricted` or `baseline`.
   *
   * @default 'restricted'
   */
  readonly podSecurity?: PodSecurityLevel;

  /**
   * Registries that images come from, or repositories and folders of them: `registry.acme.dev`, `docker.io/apache/spark`.
   *
   * @default - any
   */
  readonly registries?: string[];

  /**
   * Keys of Spark's configuration that no-sparkconf-escape lets pass; Hadoop's with `spark.hadoop.` before them. A key that
   * ends with `.` stands for all keys with this prefix.
   *
   * @default - none
   */
  readonly sparkConf?: string[];

  /**
   * Whether the operator runs its webhook. Without it the fields securityContext and podSecurityContext of driver and executor
   * change nothing, and templates count alone.
   *
   * @default true
   */
  readonly webhook?: boolean;

  /**
   * Rules that single resources need not keep.
   *
   * @default - none
   */
  readonly waivers?: ValidationWaiver[];
}

/** The properties, checked and with their defaults. */
export interface ValidationSettings extends RuleSettings {
  /** The names of the rules that are off. */
  readonly off: ReadonlySet<string>;
  readonly waivers: readonly ValidationWaiver[];
}

const WAIVER = ['rule', 'resource', 'reason'] as const;

/** Reads the properties, and looks at what their types do not say. */
export function validationSettings(props: SparkValidationProps): ValidationSettings {
  const { rules = {}, podSecurity = PodSecurityLevel.RESTRICTED, webhook = true } = props;
  const { registries = [], sparkConf = [], waivers = [] } = props;
  throwProblems('SparkValidation', [
    ...Object.keys(rules).flatMap((rule) => ruleProblems(`properties.rules.${rule}`, rule)),
    ...([PodSecurityLevel.RESTRICTED, PodSecurityLevel.BASELINE].includes(podSecurity)
      ? []
      : [`properties.podSecurity: is "${podSecurity}"; expected restricted or baseline`]),
    ...waivers.flatMap((waiver, index) => waiverProblems(waiver, `properties.waivers[${index}]`)),
  ]);
  const off = new Set(Object.keys(rules).filter((rule) => !rules[rule]));
  return { off, podSecurity, webhook, registries, sparkConf, waivers };
}

/** What is wrong with the name of a rule. */
function ruleProblems(where: string, rule: string): string[] {
  return RULES.some(({ name }) => name === rule)
    ? []
    : [`${where}: there is no rule "${rule}"; expected one of ${RULES.map(({ name }) => name).join(', ')}`];
}

/** What is wrong with the name of what a waiver waives: a rule, or the code of one kind of fault. */
export function waivedProblems(where: string, name: string): string[] {
  return Object.hasOwn(FINDING_CODES, name) ? [] : ruleProblems(where, name);
}

function waiverProblems(waiver: ValidationWaiver, where: string): string[] {
  return [
    ...WAIVER.filter((field) => (waiver[field] ?? '').trim() === '').map((field) =>
      field === 'reason'
        ? `${where}.reason: is missing; say why ${waiver.resource ?? 'the resource'} need not keep ${waiver.rule ?? 'the rule'}`
        : `${where}.${field}: is missing; a waiver has rule, resource and reason`,
    ),
    ...(waiver.rule === undefined ? [] : waivedProblems(`${where}.rule`, waiver.rule)),
  ];
}
