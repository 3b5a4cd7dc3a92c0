import { Duration, Size } from 'cdk8s';
import { Cpu, Secret, ServiceAccount } from 'cdk8s-plus-28';
import { Cpu as NewerCpu } from 'cdk8s-plus-33';
import { runInNewContext } from 'node:vm';
import { checkArguments, isOfClass } from '../../lib/problems/property-checks';
import { messageOf, newChart } from '../job-namespace/manifests';

const problemsOf = (struct: string, value: unknown): string =>
  messageOf(() => checkArguments(struct, [newChart(), 'it', value], 'it'));
const ofNamespace = (value: unknown): string => problemsOf('new SparkJobNamespace', value);

describe('arguments', () => {
  test.each<[string, unknown]>([
    ['nothing for what is optional', undefined],
    ['an empty object', {}],
    ['properties that are undefined', { quota: undefined, nothing: undefined }],
    ['values of their types', { quota: { memory: Size.gibibytes(1), pods: 0 }, isolate: false, name: '', labels: {} }],
    ['values of newer lines of their packages', { quota: { cpu: NewerCpu.units(1) } }],
    ['objects of other realms', runInNewContext('({ quota: { pods: 1 }, packageRepositories: [] })')],
    ['objects without a prototype', Object.assign(Object.create(null), { name: 'a' })],
    [
      'objects of a class with such properties',
      {
        quota: new (class Quota {
          public readonly pods = 1;
          public readonly note = '';
        })(),
      },
    ],
  ])('may be %s', (_, props) => {
    expect(() => checkArguments('new SparkJobNamespace', [newChart(), 'it', props])).not.toThrow();
  });

  test('are refused all at once, each by its path, its value, its type and what to pass (case 11)', () => {
    const chart = newChart();
    const props = {
      quota: { memory: '160Gi', pods: '60' },
      isolate: 'no',
      limitRange: { cpu: { max: Size.gibibytes(1) } },
      labels: { team: 1 },
      packageRepositories: 'https://repo.acme.dev',
      allow: ['plain-secrets'],
      podSecurity: 'strict',
      nam: 'clicks',
    };
    expect(messageOf(() => checkArguments('new SparkJobNamespace', [chart, 'clicks', props]))).toBe(
      [
        'test/clicks: 9 problems:',
        '  - allow[0] is "plain-secrets" (string); pass a Relaxation, such as Relaxation.of(guarantee, reason)',
        '  - isolate is "no" (string); pass true or false',
        '  - limitRange.cpu.max is a Size; pass a Cpu, such as Cpu.units(2)',
        '  - packageRepositories is "https://repo.acme.dev" (string); pass a list of strings',
        '  - quota.memory is "160Gi" (string); pass a Size, such as Size.gibibytes(4)',
        '  - quota.pods is "60" (string); pass a number',
        '  - labels["team"] is 1 (number); pass a string',
        '  - podSecurity is "strict" (string); pass PodSecurityLevel.PRIVILEGED, PodSecurityLevel.BASELINE or PodSecurityLevel.RESTRICTED',
        '  - unknown property "nam"; did you mean "name"?',
      ].join('\n'),
    );
  });

  test.each<[string, unknown, string]>([
    ['null', null, 'it: props is null; pass an object with properties of SparkJobNamespaceProps, or leave it out'],
    ['a string', 'x', 'it: props is "x" (string); pass an object with properties of SparkJobNamespaceProps'],
    ['a list', [], 'it: props is a list; pass an object with properties of SparkJobNamespaceProps'],
    ['a Map', new Map(), 'it: props is a Map; pass an object with properties of SparkJobNamespaceProps'],
    ['a class', Cpu, 'it: props is a function; pass an object with properties of SparkJobNamespaceProps'],
    [
      'another value',
      Duration.days(1),
      'it: props is a Duration; pass an object with properties of SparkJobNamespaceProps',
    ],
  ])('in place of props cannot be %s', (_, props, message) => {
    expect(ofNamespace(props)).toBe(message);
  });

  test.each<[unknown, string]>([
    [{ name: NaN }, 'it: name is NaN; pass a string'],
    [
      { quota: { objectCounts: { secrets: 'hunter2' } } },
      'it: quota.objectCounts["secrets"] is a string; pass a number',
    ],
    [{ quota: { pods: 5n } }, 'it: quota.pods is 5 (bigint); pass a number'],
    [{ name: null }, 'it: name is null; pass a string, or leave it out'],
    [{ labels: { a: undefined } }, 'it: labels["a"] is required; pass a string'],
    [{ labels: new Map([['a', 'b']]) }, 'it: labels is a Map; pass an object whose values are strings'],
    [{ quota: 1 }, 'it: quota is 1 (number); pass an object with properties of JobNamespaceQuota'],
    [{ dns: { peers: [] } }, 'it: dns.ports is required; pass a list of numbers'],
    [{ quota: { memry: 1 } }, 'it: unknown property "quota.memry"; did you mean "quota.memory"?'],
    [
      { limitRange: { cpu: { zzzzzzzzz: 1 } } },
      'it: unknown property "limitRange.cpu.zzzzzzzzz"; the properties are defaultLimit, defaultRequest, max',
    ],
    [
      { name: { toString: () => 'a' } },
      'it: name is an object; pass a string, or leave it out'.replace(', or leave it out', ''),
    ],
    [
      { name: 'a', quota: { constructor: 1 } },
      'it: unknown property "quota.constructor"; the properties are cpu, ephemeralStorage, memory, objectCounts, persistentVolumeClaims, pods, storage',
    ],
  ])('%p are refused', (props, message) => {
    expect(ofNamespace(props)).toBe(message);
  });

  test('that are long are shown in part', () => {
    expect(ofNamespace({ isolate: 'x'.repeat(200) })).toBe(
      `it: isolate is "${'x'.repeat(79)}… (string); pass true or false`,
    );
  });

  test('by position are named too, and required properties of options where there are no options', () => {
    expect(messageOf(() => checkArguments('SparkImage.of', ['registry.acme.dev/a:1']))).toBe(
      'SparkImage.of: sparkVersion is required; pass a string',
    );
    expect(messageOf(() => checkArguments('SparkMain.java', ['local:///a.jar', { arguments: '--day 1' }]))).toBe(
      'SparkMain.java: mainClass is an object; pass a string',
    );
    expect(messageOf(() => checkArguments('new SparkOperator', ['platform', 1]))).toBe(
      'SparkOperator: 2 problems:\n  - scope is "platform" (string); pass a Construct, such as new Chart(app, \'jobs\')\n  - id is 1 (number); pass a string',
    );
  });

  test('are known of all that can be called', () => {
    expect(() => checkArguments('SparkImage.off', [])).toThrow(
      new Error('SparkImage.off has no property types; run npm run property-types'),
    );
  });
});

describe('an object of Kubernetes', () => {
  test('is of its kind, and has the members of its interface', () => {
    const chart = newChart();
    const account = ServiceAccount.fromServiceAccountName(chart, 'account', 'account');
    expect(() => checkArguments('CloudIdentity.secret', [Secret.fromSecretName(chart, 'keys', 'keys')])).not.toThrow();
    const remedy = "pass an ISecret, such as Secret.fromSecretName(this, 'keys', 'keys')";
    for (const [value, given] of [
      [account, 'an ImportedServiceAccount'],
      [{}, 'an object'],
      ['keys', '"keys" (string)'],
    ]) {
      expect(messageOf(() => checkArguments('CloudIdentity.secret', [value]))).toBe(
        `CloudIdentity.secret: secret is ${given}; ${remedy}`,
      );
    }
    const claim = {
      apiGroup: '',
      apiVersion: 'v1',
      envValue: 1,
      kind: 'Secrets',
      name: 'keys',
      node: 1,
      resourceType: 'secrets',
      with: 1,
    };
    expect(messageOf(() => checkArguments('CloudIdentity.secret', [claim]))).toBe(
      `CloudIdentity.secret: secret is an object; ${remedy}`,
    );
  });
});

describe('a value of a class', () => {
  test('may come from another copy of its package, of a subclass, and of a minified one', () => {
    class Size {}
    class Small extends Size {}
    class Minified {}
    Object.defineProperty(Minified, Symbol.for('jsii.rtti'), { value: { fqn: 'cdk8s.Size' } });
    expect([new Size(), new Small(), new Minified()].map((each) => isOfClass(each, 'Size'))).toEqual([
      true,
      true,
      true,
    ]);
  });

  test('is no text, no class and no value of another class', () => {
    const values = ['4g', null, undefined, 4, {}, Size, Cpu.units(1), Object.create(null)];
    expect(values.filter((each) => isOfClass(each, 'Size'))).toEqual([]);
  });
});
