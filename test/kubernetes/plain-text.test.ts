import { isDeepStrictEqual } from 'node:util';
import { EnvValue, k8s } from 'cdk8s-plus-28';
import fc from 'fast-check';
import { plainText } from '../../lib/kubernetes/plain-text';

const VALUES = fc.anything({
  maxDepth: 3,
  key: fc.constantFrom('a', 'b', 'a,b', 'a":1', '__proto__'),
  values: [fc.constantFrom('', '1', 'a', '","', undefined, null, true, 1, -0, 0, Number.NaN, Infinity)],
});

describe('the text of plain data', () => {
  test('is the same for two values only if they are the same', () => {
    fc.assert(
      fc.property(VALUES, VALUES, (one, other) => {
        expect(plainText(one) !== plainText(other) || isDeepStrictEqual(one, other)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test.each<[string, unknown, unknown]>([
    ['a number and its text', 1, '1'],
    ['a field without a value and no field', { a: undefined }, {}],
    ['nothing and null', undefined, null],
    ['a list and an object with its places', ['a'], { 0: 'a' }],
    ['zero and minus zero', 0, -0],
    ['one text with a comma and two texts', ['a,b'], ['a', 'b']],
    ['a text like an object and that object', '{"a":1}', { a: 1 }],
  ])('tells apart %s', (_title, one, other) => {
    expect(plainText(one)).not.toBe(plainText(other));
  });

  test.each<[string, unknown]>([
    ['a quantity', { cpu: k8s.Quantity.fromString('1') }],
    ['a variable of cdk8s-plus', { env: { JOB: EnvValue.fromValue('a') } }],
    ['a function', [() => 1]],
    ['a symbol', [Symbol('a')]],
    ['a large integer', [1n]],
    ['a date', { since: new Date(0) }],
  ])('is none where %s is part of it, for another may hold something else', (_title, value) => {
    expect(plainText(value)).toBeUndefined();
  });
});
