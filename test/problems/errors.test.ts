import { fail, Problems, throwProblems } from '../../lib/problems/errors';
import { newChart } from '../job-namespace/manifests';

describe('problems of a construct', () => {
  test('are thrown once, after its path', () => {
    const problems = new Problems(newChart());
    problems.add('a is 1; give 2');
    expect(() => problems.throwIfAny()).toThrow(new Error('test: a is 1; give 2'));
    problems.add('b is 1; give 2', 'c is 1; give 2');
    expect(() => problems.throwIfAny()).toThrow(
      new Error('test: 3 problems:\n  - a is 1; give 2\n  - b is 1; give 2\n  - c is 1; give 2'),
    );
  });

  test('are none where none is added', () => {
    expect(() => new Problems(newChart()).throwIfAny()).not.toThrow();
  });

  test('may end at once', () => {
    expect(() => fail(newChart(), 'no')).toThrow(new Error('test: no'));
  });
});

describe('problems of a value', () => {
  test('are thrown after its factory', () => {
    expect(() => throwProblems('SparkImage.of', [])).not.toThrow();
    expect(() => throwProblems('SparkImage.of', ['a'])).toThrow(new Error('SparkImage.of: a'));
    expect(() => throwProblems('SparkImage.of', ['a', 'b'])).toThrow(
      new Error('SparkImage.of: 2 problems:\n  - a\n  - b'),
    );
  });
});
