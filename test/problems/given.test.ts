import { hasMember, isNamed, textProblems, told } from '../../lib/problems/given';

test.each<[unknown, string]>([
  [undefined, 'is not given'],
  [null, 'is null'],
  [0, 'is 0'],
  [false, 'is false'],
  ['', 'is ""'],
  ['a', 'is "a"'],
  [10n, 'is 10'],
  [[], 'is a list'],
  [{}, 'is an object'],
  [() => 1, 'is a function'],
])('%p is told in words', (value, words) => {
  expect(told(value)).toBe(words);
});

test('a text may be any text, and only an optional one may be missing', () => {
  expect(textProblems({ bucket: '', region: 'eu' }, ['bucket'], ['region', 'endpoint'])).toEqual([]);
  expect(textProblems({ bucket: 5, region: null }, ['bucket', 'account'], ['region', 'endpoint'])).toEqual([
    'bucket is 5; give a text',
    'account is not given; give a text',
    'region is null; give a text',
  ]);
  expect(textProblems(undefined, ['bucket'])).toEqual(['bucket is not given; give a text']);
});

test('an object of Kubernetes has a name', () => {
  const values = [{ name: 'keys' }, {}, { name: '' }, { name: null }, 'keys', null, undefined];
  expect(values.map(isNamed)).toEqual([true, false, false, false, false, false, false]);
});

test('an object of the library has what the library keeps there', () => {
  const values = [{ _store: {} }, { _store: undefined }, {}, 'text', null, undefined];
  expect(values.map((value) => hasMember(value, '_store'))).toEqual([true, false, false, false, false, false]);
});
