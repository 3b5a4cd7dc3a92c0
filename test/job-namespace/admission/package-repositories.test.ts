import { SparkJobNamespace } from '../../../lib/job-namespace/spark-job-namespace';
import { messageOf, newChart } from '../manifests';

const EXPECTED = 'expected the https address of a Maven repository, such as "https://maven.acme.dev/releases"';

function refusal(...packageRepositories: string[]): string {
  return messageOf(() => new SparkJobNamespace(newChart(), 'clicks', { packageRepositories }));
}

test('there are none by default', () => {
  expect(new SparkJobNamespace(newChart(), 'clicks').packageRepositories).toEqual([]);
});

test('https addresses are taken as they are', () => {
  const packageRepositories = ['https://maven.acme.dev/releases', 'https://10.0.0.5:8443/m2/'];
  const namespace = new SparkJobNamespace(newChart(), 'clicks', { packageRepositories });
  expect(namespace.packageRepositories).toEqual(packageRepositories);
});

test.each([
  ['http://maven.acme.dev', '"http://maven.acme.dev" is not https, so what comes from it can be changed on its way'],
  ['file:///etc', '"file:///etc" is not https, so what comes from it can be changed on its way'],
  ['maven.acme.dev', '"maven.acme.dev" is no address'],
  ['', '"" is no address'],
  ['https://a.dev,https://b.dev', '"https://a.dev,https://b.dev" has a space or comma'],
  ['https://a.dev/ b', '"https://a.dev/ b" has a space or comma'],
  ['https://a.dev/?x=1', '"https://a.dev/?x=1" has a query or fragment'],
  ['https://a.dev/#x', '"https://a.dev/#x" has a query or fragment'],
])('"%s" is refused', (repository, problem) => {
  expect(refusal(repository)).toBe(`test/clicks: packageRepositories: ${problem}; ${EXPECTED}`);
});

test('a password is refused and not repeated in the message', () => {
  expect(refusal('https://ada:hunter2@maven.acme.dev/')).toBe(
    `test/clicks: packageRepositories: "maven.acme.dev" is given with a user or password, which would stand in the manifest; ${EXPECTED}`,
  );
});

test('one is named once', () => {
  expect(refusal('https://a.dev', 'https://b.dev', 'https://a.dev')).toBe(
    'test/clicks: packageRepositories names "https://a.dev" twice: leave out one',
  );
});
