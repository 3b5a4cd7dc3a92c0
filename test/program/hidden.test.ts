import { Hidden } from '../../lib/program/hidden';

const COLOUR = new Hidden<string>('Wall');

test('what is hidden in an object is found again, also by another copy of the library', () => {
  const wall = {};
  COLOUR.set(wall, 'green');

  expect(COLOUR.of(wall)).toBe('green');
  expect(new Hidden<string>('Wall').of(wall)).toBe('green');
});

test('it is no property that a user would see', () => {
  const wall = { height: 3 };
  COLOUR.set(wall, 'green');

  expect(Object.keys(wall)).toEqual(['height']);
  expect(JSON.stringify(wall)).toBe('{"height":3}');
});

test.each([{}, [], undefined, null, 'wall', 3])('%j has nothing hidden', (value) => {
  expect(COLOUR.has(value)).toBe(false);
});

test('an object that a user made by hand is refused by the name of its class', () => {
  expect(() => COLOUR.of({})).toThrow(
    'an object is used as a Wall that was not made by this library; pass one of Wall',
  );
});
