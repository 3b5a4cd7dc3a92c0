import { FiledManifest, Finding } from '../manifests/finding';
import { ResourceNames } from './resource-names';
import { RULES } from './rules/all-rules';
import { ValidatedProgram } from './validated-program';
import { ValidationViolation } from './validation-context';
import { Waivers } from './waivers';

/** What rules find in a program. */
export interface Evaluation {
  readonly violations: readonly ValidationViolation[];
  /** What is waived, each with its reason, as the log shows it. */
  readonly waived: readonly string[];
  /** What is waived without need. */
  readonly unused: readonly string[];
}

/** Asks all rules that are on, and sets aside what is waived. */
export function evaluate(
  program: ValidatedProgram,
  off: ReadonlySet<string>,
  waivers: Waivers,
  names: ResourceNames,
): Evaluation {
  const violations: ValidationViolation[] = [];
  const waived: string[] = [];
  for (const rule of RULES.filter(({ name }) => !off.has(name))) {
    const open: Finding[] = [];
    const places = new Map<string, string>();
    for (const finding of rule.check(program)) {
      const { manifest, location, code } = finding;
      const waiver = waivers.waiverOf(rule, manifest, code);
      if (waiver === undefined) open.push(finding);
      else {
        const what = `${waiver.name} for ${names.describe(manifest)}, because ${waiver.reason}`;
        places.set(what, `${places.get(what) ?? ''}\n  > ${location}`);
      }
    }
    waived.push(...[...places].map(([what, where]) => `${what}${where}`));
    const { name: ruleName, sentence, reason, fix } = rule;
    violations.push(...violation({ ruleName, recommendation: `${sentence} ${reason}`, fix }, open, names));
  }
  const unsound = {
    ruleName: 'waivers-have-reasons',
    recommendation:
      'A waiver names a rule and gives a reason. Without one nobody can tell later whether it is still needed.',
    fix: 'Write the reason as the value of the annotation.',
  };
  violations.push(...violation(unsound, waivers.unsound, names));
  return { violations, waived, unused: waivers.unused };
}

function violation(
  rule: Omit<ValidationViolation, 'violatingResources'>,
  findings: readonly Finding[],
  names: ResourceNames,
): ValidationViolation[] {
  const violatingResources = [...byManifest(findings)].map(([manifest, locations]) => ({
    resourceName: names.reportedAs(manifest),
    locations,
    manifestPath: manifest.path,
  }));
  return violatingResources.length === 0 ? [] : [{ ...rule, violatingResources }];
}

function byManifest(findings: readonly Finding[]): Map<FiledManifest, string[]> {
  const found = new Map<FiledManifest, string[]>();
  for (const { manifest, location } of findings) {
    const locations = found.get(manifest);
    if (locations === undefined) found.set(manifest, [location]);
    else locations.push(location);
  }
  return found;
}
