import { parseQuantity } from '../../lib/kubernetes/quantity';

describe('a quantity of Kubernetes', () => {
  test.each<[string | number, number]>([
    ['0', 0],
    ['1', 1],
    [2, 2],
    ['100m', 0.1],
    ['1.5', 1.5],
    ['.5', 0.5],
    ['5.', 5],
    ['-1', -1],
    ['+1k', 1000],
    ['1M', 1e6],
    ['1Ki', 1024],
    ['2Gi', 2 ** 31],
    ['1e3', 1000],
    ['1E-1', 0.1],
    ['1E', 1e18],
    ['1Ei', 2 ** 60],
    ['5n', 5e-9],
  ])('%s is %d', (quantity, number) => {
    expect(parseQuantity(quantity)).toBeCloseTo(number, 12);
  });

  test.each(['', 'm', '1 Gi', '1K', '1mi', '1GiB', 'NaN', 'Infinity', '1e', '1e3Mi', '1..5'])(
    '%j is none',
    (quantity) => {
      expect(parseQuantity(quantity)).toBeUndefined();
    },
  );
});
