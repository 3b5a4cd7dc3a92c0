/** One rule of the guard: data alone, rendered elsewhere. */
export interface GuardRule {
  /** The name of the variable that holds what breaks the rule. */
  readonly name: string;
  /** A CEL list of texts, each a field that breaks the rule, with its value. It is empty where the rule is kept. */
  readonly offenders: string;
  /** What is wrong with such a field. It goes on where the field ends. */
  readonly refusal: string;
  /** What to do instead. */
  readonly remedy: string;
}

/** Rules on one topic, which become one policy of the cluster. */
export interface GuardTopic {
  /** The end of the policy's name. */
  readonly name: string;
  readonly rules: readonly GuardRule[];
}
