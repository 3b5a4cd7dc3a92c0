/** One rule of the guard, as data. */
export interface GuardRule {
  /** The name of the CEL variable with the offenders. */
  readonly name: string;
  /** A CEL list of strings: each field that breaks the rule, with its value. It is empty if the application keeps the rule. */
  readonly offenders: string;
  /** What is wrong with such a field; it continues the sentence that the field starts. */
  readonly refusal: string;
  /** What to do instead. */
  readonly remedy: string;
}

/** Rules of one topic, which render one ValidatingAdmissionPolicy. */
export interface GuardTopic {
  /** The suffix of the policy's name. */
  readonly name: string;
  readonly rules: readonly GuardRule[];
}
