import { evaluate } from './evaluation';
import { readFiledManifests } from '../manifests/finding';
import { ResourceNames } from './resource-names';
import { RULES } from './rules/all-rules';
import { NAMESPACE_RULES, namespacesElsewhere } from './rules/namespace-rules';
import { validatedProgram } from './validated-program';
import { IValidationContext } from './validation-context';
import { SparkValidationProps, ValidationSettings, validationSettings } from './validation-settings';
import { Waivers } from './waivers';
import { checkArguments } from '../problems/property-checks';

/**
 * A validation plugin of cdk8s-cli: with it, `cdk8s synth` checks who may do what, and how Spark jobs are hardened, in
 * everything that a program writes, with the constructs of this library or without them. Name it in `validations` of
 * `cdk8s.yaml`, with the package `./node_modules/cdk8s-spark` and its version.
 *
 * A rule that a resource need not keep is waived with a reason: by the annotation `cdk8s-spark/waive-<rule>` of the resource,
 * or in the properties. What the namespace of an application allows to be relaxed (`SparkJobNamespaceProps.allow`) needs no
 * other waiver. The log lists everything that is waived.
 *
 * @see https://cdk8s.io/docs/latest/cli/synth/
 */
export class SparkValidation {
  private readonly settings: ValidationSettings;

  /**
   * @param props which rules hold, and for what
   * @throws if a property is unknown or has the wrong type, a rule does not exist, or a waiver gives no reason
   */
  public constructor(props: SparkValidationProps = {}) {
    checkArguments('new SparkValidation', [props]);
    this.settings = validationSettings(props);
  }

  /**
   * Validates the manifests of a program and submits the report.
   *
   * @param context what cdk8s-cli gives
   */
  public async validate(context: IValidationContext): Promise<void> {
    checkArguments('SparkValidation.validate', [context]);
    const { report, logger } = context;
    const { manifests, unread } = readFiledManifests(context.manifests);
    const program = validatedProgram(manifests, unread, this.settings);
    const names = new ResourceNames(manifests, context.metadata ?? {});
    const waivers = new Waivers(manifests, this.settings.waivers, names);
    const { violations, waived, unused } = evaluate(program, this.settings.off, waivers, names);

    for (const violation of violations) report.addViolation(violation);
    for (const waiver of waived) logger.log(`Waived: ${waiver}`);
    for (const waiver of unused) logger.log(`Unused waiver: ${waiver}; nothing there breaks the rule, so remove it`);
    const looksAtNamespaces = NAMESPACE_RULES.some(({ name }) => !this.settings.off.has(name));
    for (const namespace of looksAtNamespaces ? namespacesElsewhere(program) : []) {
      logger.log(`Not checked: namespace ${namespace} itself, because these manifests do not make it`);
    }
    report.submit(violations.length === 0 ? 'success' : 'failure', {
      'Rules that are on': String(RULES.length - this.settings.off.size),
      Waived: String(waived.length),
      'Unused waivers': String(unused.length),
    });
  }
}
