import * as fc from 'fast-check';
import { operatorImageProblem } from '../../lib/operator/releases';
import { podOf, refusal, written } from './support';

const DIGEST = `sha256:${'0a'.repeat(32)}`;

test('both components run the official image of the release', () => {
  const manifests = written();
  const images = ['controller', 'webhook'].map((component) => podOf(manifests, component).containers[0].image);
  expect(images).toEqual(Array(2).fill('ghcr.io/kubeflow/spark-operator/controller:2.5.2'));
});

test('both components run the image that is given', () => {
  const manifests = written({ image: `registry.acme.dev:5000/spark-operator@${DIGEST}` });
  const images = ['controller', 'webhook'].map((component) => podOf(manifests, component).containers[0].image);
  expect(images).toEqual(Array(2).fill(`registry.acme.dev:5000/spark-operator@${DIGEST}`));
});

test.each(['2.4.0', 'v2.5.2', '', 'constructor'])(
  'refuses the release "%s", whose flags and rights are unknown',
  (version) => {
    expect(refusal({ version })).toBe(
      `platform/operator: version "${version}" is no release of the operator that this library knows; known are 2.5.2: use one of them, and image for a build of your own`,
    );
  },
);

test.each([
  'registry.acme.dev/spark-operator:2.5.2',
  'registry.acme.dev:5000/spark-operator:2.5.2-acme.1',
  `spark-operator@${DIGEST}`,
  `spark-operator:latest@${DIGEST}`,
])('takes the pinned image %s', (image) => {
  expect(operatorImageProblem(image, '2.5.2')).toBeUndefined();
});

test.each([
  'spark-operator',
  'registry.acme.dev:5000/spark-operator',
  'spark-operator:latest',
  'spark-operator@sha256:0a',
  '',
])('refuses the image "%s", which is not pinned', (image) => {
  expect(refusal({ image })).toBe(
    `platform/operator: image "${image}" is not pinned; a tag other than "latest" or a digest is expected: write it as registry/name:tag or registry/name@sha256:<64 hex digits>`,
  );
});

test('refuses an image of another release than the one whose flags and rights are written', () => {
  expect(refusal({ image: 'registry.acme.dev/spark-operator:2.4.0' })).toBe(
    'platform/operator: image "registry.acme.dev/spark-operator:2.4.0" is of release 2.4.0, but version is 2.5.2, whose flags and rights are written; let both name the same release',
  );
});

test('no image without a tag or digest is taken, whatever its registry and path', () => {
  const part = fc.stringMatching(/^[a-z0-9]{1,8}$/);
  const registry = fc.oneof(
    part,
    fc.tuple(part, fc.integer({ min: 1, max: 65535 })).map(([host, port]) => `${host}:${port}`),
  );
  fc.assert(
    fc.property(registry, fc.array(part, { minLength: 1, maxLength: 3 }), (host, path) => {
      const name = [host, ...path].join('/');
      return (
        operatorImageProblem(name, '2.5.2') !== undefined && operatorImageProblem(`${name}:1.0`, '2.5.2') === undefined
      );
    }),
  );
});
