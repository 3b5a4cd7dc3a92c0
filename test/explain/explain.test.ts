import { AccessReview } from '../../lib/access/access-review';
import { explainText } from '../../lib/explain/explain-text';
import { ExplainedProgram } from '../../lib/explain/explained-program';
import { Explanation } from '../../lib/explain/explanation';
import { KNOWN_ERRORS } from './explain-texts';

const NO_PROGRAM = new ExplainedProgram(AccessReview._of([]));

const sentences = (explanations: readonly Explanation[]): string =>
  explanations
    .flatMap(({ what, who, lacks, program, advice, remedies = [] }) => [
      ...[what, who, lacks, program, advice],
      ...remedies.flatMap(({ when, code }) => [when, code]),
    ])
    .filter((sentence) => sentence !== undefined)
    .join('\n');

describe('every text that is recorded', () => {
  it.each(KNOWN_ERRORS.map((error) => [error.from, error.text, error] as const))(
    'is explained: %s: %s',
    (_, text, { kind, says }) => {
      const explanations = explainText(text, NO_PROGRAM);
      expect(explanations.map((explanation) => explanation.kind)).toEqual([kind]);
      for (const sentence of says) expect(sentences(explanations)).toContain(sentence);
    },
  );
});
