import { keyProblems, labelProblems } from '../../lib/kubernetes/labels';

describe('labels', () => {
  test.each<[Record<string, string>]>([
    [{}],
    [{ team: 'clicks' }],
    [{ 'app.kubernetes.io/name': '' }],
    [{ A_b: '1.2-3_x' }],
    [{ [`${'a'.repeat(60)}.b/${'c'.repeat(63)}`]: 'd'.repeat(63) }],
  ])('%j are possible', (labels) => {
    expect(labelProblems('labels', labels)).toEqual([]);
  });

  test.each(['', '/a', 'a/', 'a/b/c', 'A.b/c', '-a', 'a b', 'a'.repeat(64), `${'a.'.repeat(127)}b/c`])(
    'have no key %j',
    (key) => {
      expect(labelProblems('labels', { [key]: 'x' })).toEqual(keyProblems('labels', key));
      expect(keyProblems('labels', key)).toEqual([
        `labels "${key}" is no possible key; use at most 63 letters, digits and - _ . between them, ` +
          'after a DNS name and a slash if need be',
      ]);
    },
  );

  test.each([' ', 'a b', '-a', 'a/b', 'ä', 'a'.repeat(64)])('have no value %j', (value) => {
    expect(labelProblems('labels', { team: value })).toEqual([
      `labels "team" has the value "${value}"; use at most 63 letters, digits and - _ . between them`,
    ]);
  });

  test('may be none', () => {
    expect(labelProblems('labels')).toEqual([]);
  });
});
