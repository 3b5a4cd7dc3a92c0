import { Hardening, HardeningPoint } from '../../lib/guarantees/hardening';

const FACTORIES: [HardeningPoint, (reason: string) => Hardening][] = [
  [HardeningPoint.READ_ONLY_ROOT_FILESYSTEM, Hardening.writableRootFilesystem],
  [HardeningPoint.NO_EXECUTOR_API_TOKEN, Hardening.executorApiToken],
  [HardeningPoint.PINNED_IMAGES, Hardening.unpinnedImages],
  [HardeningPoint.NO_PLAIN_SECRETS, Hardening.plainSecrets],
  [HardeningPoint.ENCRYPTION, Hardening.unencrypted],
  [HardeningPoint.NO_DEBUG_RIGHTS, Hardening.debugRights],
];

test.each(FACTORIES)('the permission to relax %s has its reason', (point, allow) => {
  expect(allow('legacy image')).toMatchObject({ point, reason: 'legacy image' });
});

test.each(FACTORIES)('nobody relaxes %s without a reason', (point, allow) => {
  expect(() => allow(' ')).toThrow(
    `Hardening: the reason for relaxing ${point} is empty; say why this namespace needs it`,
  );
});

test('there is one for every guarantee that can be relaxed', () => {
  expect(FACTORIES.map(([point]) => point).sort()).toEqual(Object.values(HardeningPoint).sort());
});
