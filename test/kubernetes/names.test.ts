import fc from 'fast-check';
import { labelProblem, serviceNameProblem } from '../../lib/kubernetes/names';

describe('a DNS label', () => {
  test.each(['a', '1', 'a-1', 'a'.repeat(63)])('is %s', (name) => {
    expect(labelProblem('the name', name)).toBeUndefined();
  });

  test.each(['', 'A', 'a_b', 'a.b', '-a', 'a-', 'ä', 'a\n'])('is not %j', (name) => {
    expect(labelProblem('the name', name)).toBe(
      `the name "${name}" is no DNS label; use lower-case letters, digits and "-", start and end with a letter or ` +
        'digit: set one with the name property',
    );
  });

  test('has at most so many characters', () => {
    expect(labelProblem('the name', 'a'.repeat(64))).toBe(
      `the name "${'a'.repeat(64)}" has 64 characters; at most 63 are possible: choose a shorter one with the name property`,
    );
    expect(labelProblem('the name', 'aaa', 2)).toContain('has 3 characters; at most 2 are possible');
  });

  test('of a service starts with a letter', () => {
    expect(serviceNameProblem('the name', 'a1')).toBeUndefined();
    expect(serviceNameProblem('the name', '1a')).toContain('"1a" is no DNS label');
    expect(labelProblem('the name', '1a')).toBeUndefined();
  });

  test('is never refused for one that Kubernetes takes, nor the other way round', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[aZ0\-_.]{0,70}$/), (name) => {
        const isLabel = name.length <= 63 && /^[a0]([a0-]*[a0])?$/.test(name);
        expect(labelProblem('the name', name) === undefined).toBe(isLabel);
      }),
    );
  });
});
