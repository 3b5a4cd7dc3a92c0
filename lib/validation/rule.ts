import { Guarantee } from '../guarantees/relaxation';
import { Finding } from '../manifests/finding';
import { ValidatedProgram } from './validated-program';

export interface ValidationRule {
  /** Readable, in kebab case; it is part of the name of the annotation that waives the rule. */
  readonly name: string;
  /** What holds where the rule is kept, as a sentence. */
  readonly sentence: string;
  /** Why that matters, as a sentence. */
  readonly reason: string;
  /** What to do where it is broken. */
  readonly fix: string;
  /** The guarantee that the namespace of an application may allow to be relaxed, which waives the rule there. */
  readonly relaxedBy?: Guarantee;
  readonly check: (program: ValidatedProgram) => Finding[];
}
