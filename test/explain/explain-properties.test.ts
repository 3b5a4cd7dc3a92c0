import * as fc from 'fast-check';
import { AccessReview } from '../../lib/access/access-review';
import { explainText } from '../../lib/explain/explain-text';
import { ExplainedProgram } from '../../lib/explain/explained-program';
import { KNOWN_ERRORS } from './explain-texts';

const NO_PROGRAM = new ExplainedProgram(AccessReview._of([]));

const knownText = fc.constantFrom(...KNOWN_ERRORS.map(({ text }) => text));

/** As a terminal does: at a fixed width, also within words. */
const hardWrapped = fc.tuple(fc.integer({ min: 1, max: 90 }), fc.constantFrom('\n', '\r\n', '\n    ')).map(
  ([width, end]) =>
    (text: string): string =>
      text.match(new RegExp(`.{1,${width}}`, 'gs'))?.join(end) ?? '',
);
/** As an editor or YAML does: between words. */
const softWrapped = fc.constantFrom('\n', '\n\t', '  ', ' \n ').map(
  (end) =>
    (text: string): string =>
      text.replaceAll(' ', end),
);
const asJson = (text: string): string => JSON.stringify(text).slice(1, -1);
const escaped = fc.constantFrom(
  (text: string): string => text,
  asJson,
  (text: string): string => asJson(asJson(text)),
  (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;'),
  (text: string): string => text.replaceAll('"', '&#34;').replaceAll("'", '&#39;'),
  (text: string): string => text.replace(/"([^"]*)"/g, '“$1”'),
  (text: string): string => asJson(text).replaceAll('<', '\\u003c').replaceAll('\\"', '\\u0022'),
  (text: string): string => `\u001b[31m${text}\u001b[0m`,
);
const wrapped = fc.oneof(hardWrapped, softWrapped);

test('a known text is explained alike however it is wrapped and escaped', () => {
  fc.assert(
    fc.property(knownText, wrapped, escaped, (text, wrap, escape) => {
      const expected = explainText(text, NO_PROGRAM);
      expect(explainText(escape(wrap(text)), NO_PROGRAM)).toEqual(expected);
    }),
    { numRuns: 1000 },
  );
});

test('a known text that is escaped, and then wrapped between words, is explained alike', () => {
  fc.assert(
    fc.property(knownText, softWrapped, escaped, (text, wrap, escape) => {
      expect(explainText(wrap(escape(text)), NO_PROGRAM)).toEqual(explainText(text, NO_PROGRAM));
    }),
  );
});

const garbage = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 500 }),
  fc.lorem({ maxCount: 60 }),
  fc.json(),
  fc.stringMatching(/^[a-z.:/" ]{0,300}$/),
);

test('garbage is unknown, and never an error', () => {
  fc.assert(
    fc.property(garbage, (text) => {
      expect(explainText(text, NO_PROGRAM)).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});

const words = fc.constantFrom(
  ...['cannot', 'get', 'create', 'resource', '"pods"', 'User', '"a"', 'is forbidden:', 'in API group', '""', 'RBAC:'],
  ...['denied the request:', 'admission webhook', 'violates PodSecurity', '"restricted:latest"', '{', '}', '\\', '\\"'],
  ...['apiVersion: sparkoperator.k8s.io/v1beta2', 'kind: SparkApplication', 'status:', '\n', 'S3Exception:', '403'],
);

test('words of errors in any order are never an error of the command', () => {
  fc.assert(
    fc.property(fc.array(words, { maxLength: 30 }), (parts) => {
      expect(() => explainText(parts.join(' '), NO_PROGRAM)).not.toThrow();
    }),
    { numRuns: 1000 },
  );
});

test('a part of a Forbidden message is unknown or a Forbidden message', () => {
  const messages = fc.constantFrom(...KNOWN_ERRORS.filter(({ kind }) => kind === 'forbidden').map(({ text }) => text));
  fc.assert(
    fc.property(messages, fc.nat(), fc.nat(), (text, a, b) => {
      const [start, end] = [a % text.length, b % text.length].sort((x, y) => x - y);
      const kinds = explainText(text.slice(start, end), NO_PROGRAM).map(({ kind }) => kind);
      expect(['', 'forbidden']).toContain(kinds.join());
    }),
    { numRuns: 1000 },
  );
});

test('a megabyte of log is read in a second', () => {
  const line =
    '26/11/21 14:00:00 INFO TaskSetManager: Finished task 1.0 in stage 3.0 (TID 7) in 12 ms on 10.0.0.1 (1/2) ';
  const log =
    line.repeat(10_000) + 'a'.repeat(100_000) + '"'.repeat(10_000) + 'java.io.IOException: Read-only file system';
  const start = performance.now();
  expect(explainText(log, NO_PROGRAM)).toHaveLength(1);
  expect(performance.now() - start).toBeLessThan(1000);
});
