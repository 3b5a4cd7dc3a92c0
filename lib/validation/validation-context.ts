/** A resource that breaks a rule. */
export interface ValidationViolatingResource {
  /** Its name; with kind and namespace before it where several resources of the program have this name. */
  readonly resourceName: string;
  /** Each place in it that breaks the rule, with what is wrong there. */
  readonly locations: string[];
  /** The file that it stands in. */
  readonly manifestPath: string;
}

/** A broken rule, with all resources that break it. */
export interface ValidationViolation {
  /** The rule. */
  readonly ruleName: string;
  /** What the rule asks for, and why. */
  readonly recommendation: string;
  /** What to do. */
  readonly fix: string;
  /** The resources that break it. */
  readonly violatingResources: ValidationViolatingResource[];
}

/** The construct that a resource comes from. */
export interface ValidationConstruct {
  /** Its path in the program. */
  readonly path: string;
}

/** Takes what a validation finds. */
export interface IValidationReport {
  /**
   * Adds a broken rule.
   *
   * @param violation the rule and what breaks it
   */
  addViolation(violation: ValidationViolation): void;

  /**
   * Ends the report.
   *
   * @param status `success` or `failure`
   * @param metadata what else its summary shows
   */
  submit(status: string, metadata?: { readonly [key: string]: string }): void;
}

/** Takes messages for the user who runs the validation. */
export interface IValidationLogger {
  /**
   * Shows a message.
   *
   * @param message the message
   */
  log(message: string): void;
}

/**
 * What cdk8s-cli passes to a validation: this library's view of its `ValidationContext`, so that only programs that use it
 * need cdk8s-cli.
 *
 * @see https://cdk8s.io/docs/latest/cli/synth/
 */
export interface IValidationContext {
  /** The files that synth wrote. */
  readonly manifests: string[];
  /**
   * The construct of each resource, by the resource's name.
   *
   * @default - not known
   */
  readonly metadata?: { readonly [resourceName: string]: ValidationConstruct };
  /** Takes what is found. */
  readonly report: IValidationReport;
  /** Takes messages. */
  readonly logger: IValidationLogger;
}
