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
