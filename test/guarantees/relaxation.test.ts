import { Guarantee, Relaxation } from '../../lib/guarantees/relaxation';

const GUARANTEES = Object.values(Guarantee);

test.each(GUARANTEES)('the permission to relax %s has its reason', (guarantee) => {
  expect(Relaxation.of(guarantee, 'legacy image')).toMatchObject({ guarantee, reason: 'legacy image' });
});

test.each(GUARANTEES)('%s is not relaxed without a reason', (guarantee) => {
  expect(() => Relaxation.of(guarantee, ' ')).toThrow(
    `Relaxation: the reason for relaxing ${guarantee} is empty; say why this namespace needs it`,
  );
});
