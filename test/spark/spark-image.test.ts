import { Chart, Testing } from 'cdk8s';
import { ImagePullPolicy, Secret } from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { imageReferenceProblems, parseImageReference, pinProblem } from '../../lib/kubernetes/image-reference';
import { SparkImage } from '../../lib/spark/spark-image';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

test('fills in what the images of the Spark project have', () => {
  expect(SparkImage.of('registry.acme.dev/sessions:1.4.0', { sparkVersion: '4.0.4' })).toMatchObject({
    reference: 'registry.acme.dev/sessions:1.4.0',
    sparkVersion: '4.0.4',
    scalaVersion: '2.13',
    javaVersion: 17,
    userId: 185,
  });
  expect(SparkImage.of('acme/x:1', { sparkVersion: '3.5.1' })).toMatchObject({ scalaVersion: '2.12', javaVersion: 11 });
  expect(SparkImage.of('acme/x:1', { sparkVersion: '4.1.1' })).toMatchObject({ scalaVersion: '2.13', javaVersion: 21 });
});

test('keeps what is given', () => {
  const chart = new Chart(Testing.app(), 'chart');
  const secret = Secret.fromSecretName(chart, 'pull', 'registry');
  const secrets = [secret];
  const image = SparkImage.of('acme/x:1', {
    sparkVersion: '3.5.1',
    scalaVersion: '2.13',
    javaVersion: 17,
    pythonVersion: '3.10',
    pullPolicy: ImagePullPolicy.ALWAYS,
    pullSecrets: secrets,
    userId: 0,
  });
  secrets.pop();
  image.pullSecrets.pop();
  expect(image).toMatchObject({
    scalaVersion: '2.13',
    javaVersion: 17,
    pythonVersion: '3.10',
    pullPolicy: 'Always',
    userId: 0,
  });
  expect(image.pullSecrets).toEqual([secret]);
});

test.each([
  ['spark', 'docker.io', 'library/spark', undefined, undefined],
  ['apache/spark:4.0.4', 'docker.io', 'apache/spark', '4.0.4', undefined],
  ['docker.io/spark:4.0.4', 'docker.io', 'library/spark', '4.0.4', undefined],
  ['localhost/x', 'localhost', 'x', undefined, undefined],
  ['localhost:5000/x', 'localhost:5000', 'x', undefined, undefined],
  ['host:5000/a/b:tag', 'host:5000', 'a/b', 'tag', undefined],
  ['Host/a:tag', 'Host', 'a', 'tag', undefined],
  ['[2001:db8::1]:5000/a:tag', '[2001:db8::1]:5000', 'a', 'tag', undefined],
  ['registry.acme.dev/a__b/c.d-e', 'registry.acme.dev', 'a__b/c.d-e', undefined, undefined],
  [`acme.dev/a:1.0@${DIGEST}`, 'acme.dev', 'a', '1.0', DIGEST],
  [`a@${DIGEST}`, 'docker.io', 'library/a', undefined, DIGEST],
])('reads %s', (reference, registry, repository, tag, digest) => {
  const {
    registry: readRegistry,
    repository: readRepository,
    tag: readTag,
    digest: readDigest,
  } = SparkImage.of(reference, {
    sparkVersion: '4.0.4',
  });
  expect([readRegistry, readRepository, readTag, readDigest]).toEqual([registry, repository, tag, digest]);
});

test.each([
  ['', 'the image is empty; name one, such as registry.acme.dev/sessions:1.4.0'],
  ['Sessions:1', 'the image "Sessions:1" is no image reference; write [registry[:port]/]repository[:tag][@digest]'],
  ['acme.dev/Sessions:1', 'is no image reference'],
  ['acme.dev/:1', 'is no image reference'],
  ['acme.dev//a:1', 'is no image reference'],
  ['https://acme.dev/a:1', 'is no image reference'],
  ['acme.dev:port/a:1', 'is no image reference'],
  ['a b:1', 'is no image reference'],
  [' a:1', 'is no image reference'],
  ['a\n:1', 'is no image reference'],
  ['a_-b:1', 'is no image reference'],
  [`${'a'.repeat(256)}:1`, 'is no image reference'],
  ['a:', 'the tag "" is none; use at most 128 letters, digits and . _ -, not first . or -'],
  ['a:-x', 'the tag "-x" is none'],
  [`a:${'x'.repeat(129)}`, 'is none; use at most 128'],
  ['a:1\n', 'the tag "1\\n" is none'],
  ['a@sha256:abc', 'the digest "sha256:abc" is none; write sha256: and 64 hexadecimal digits in lower case'],
  [`a@${DIGEST.toUpperCase()}`, 'is none; write sha256:'],
  [`a@${DIGEST}@${DIGEST}`, 'is none; write sha256:'],
  ['a@', 'the digest "" is none'],
])('refuses the reference %j', (reference, fault) => {
  expect(() => SparkImage.of(reference, { sparkVersion: '4.0.4' })).toThrow(fault);
});

test('reads back what references are made of', () => {
  const word = fc.stringMatching(/^[a-z0-9]{1,8}$/);
  const parts = fc.record({
    registry: fc.constantFrom('localhost', 'host:5000', 'acme.dev', 'docker.io', '10.0.0.1:80'),
    repository: fc.array(word, { minLength: 2, maxLength: 4 }).map((path) => path.join('/')),
    tag: fc.option(fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}$/), { nil: undefined }),
    digest: fc.option(fc.constant(DIGEST), { nil: undefined }),
  });
  fc.assert(
    fc.property(parts, ({ registry, repository, tag, digest }) => {
      const reference = `${registry}/${repository}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
      expect(imageReferenceProblems(reference)).toEqual([]);
      expect(parseImageReference(reference)).toEqual({ registry, repository, tag, digest });
    }),
  );
});

test.each(['a:1.0', 'a:4.0.4-python3', `a@${DIGEST}`, `a:latest@${DIGEST}`])('%s is pinned', (reference) => {
  const image = SparkImage.of(reference, { sparkVersion: '4.0.4' });
  expect(image.isPinned).toBe(true);
  expect(image._pinProblem()).toBeUndefined();
});

test.each([
  ['localhost:5000/a', 'has no tag'],
  ['a:latest', 'has the tag latest'],
])('%s is not pinned', (reference, fault) => {
  const image = SparkImage.of(reference, { sparkVersion: '4.0.4' });
  expect(image.isPinned).toBe(false);
  expect(image._pinProblem()).toBe(
    `the image "${reference}" ${fault}, so that a restart may run another program; give it a tag of its version or a digest`,
  );
  expect(pinProblem(reference)).toBe(image._pinProblem());
});

test.each(['spark', 'apache/spark', 'docker.io/apache/spark', 'docker.io/library/spark'])(
  'refuses versions that contradict the tag of %s',
  (repository) => {
    const reference = `${repository}:3.5.1-scala2.12-java17-python3-ubuntu`;
    expect(() => SparkImage.of(reference, { sparkVersion: '3.5.3', scalaVersion: '2.13', javaVersion: 11 })).toThrow(
      new Error(
        [
          'SparkImage.of: 3 problems:',
          '  - sparkVersion is 3.5.3, but the tag "3.5.1-scala2.12-java17-python3-ubuntu" says 3.5.1; correct one of them',
          '  - scalaVersion is 2.13, but the tag "3.5.1-scala2.12-java17-python3-ubuntu" says 2.12; correct one of them',
          '  - javaVersion is 11, but the tag "3.5.1-scala2.12-java17-python3-ubuntu" says 17; correct one of them',
        ].join('\n'),
      ),
    );
  },
);

test('believes the tag of an image of the Spark project where nothing is given', () => {
  const image = SparkImage.of('apache/spark:3.5.1-scala2.12-java17-python3-ubuntu', { sparkVersion: '3.5.1' });
  expect(image).toMatchObject({ scalaVersion: '2.12', javaVersion: 17 });
});

test('reads nothing into the tags of other images', () => {
  expect(SparkImage.of('acme/spark:3.5.1-java8', { sparkVersion: '4.0.4' }).javaVersion).toBe(17);
  expect(SparkImage.of('registry.acme.dev/apache/spark:3.5.1', { sparkVersion: '4.0.4' }).sparkVersion).toBe('4.0.4');
});

test.each([-1, 1.5, Number.NaN, 2 ** 31])('refuses the user number %d', (userId) => {
  expect(() => SparkImage.of('a:1', { sparkVersion: '4.0.4', userId })).toThrow(
    new Error(`SparkImage.of: userId is ${userId}; give the number of the image's user, from 0 to 2147483647`),
  );
});

test('tells problems of reference and versions at once', () => {
  expect(() => SparkImage.of('A', { sparkVersion: '4.0' })).toThrow(
    /^SparkImage\.of: 2 problems:\n {2}- the image "A" is no image reference.*\n {2}- the Spark version "4\.0" is not exact/,
  );
});
