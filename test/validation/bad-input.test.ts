import fc from 'fast-check';
import { SparkValidation } from '../../lib/validation/spark-validation';
import { SparkValidationProps } from '../../lib/validation/validation-settings';
import { messageOf } from '../job-namespace/manifests';
import { plainProgram } from './plain-program';
import { validate, validateFiles } from './validate';

describe('manifests', () => {
  test('that cannot be read are told by file, document and line, and the rest is checked', async () => {
    const sound = JSON.stringify(plainProgram({ SparkApplication: ({ spec }) => (spec.mode = 'client') })[6]);
    const { found, success } = await validate(`a: [\n---\n${sound}\n---\njust a text\n`, {
      rules: { encryption: false },
    });
    expect(found.map((each) => each.replace(/\/\S*\//g, ''))).toEqual([
      expect.stringMatching(
        /^manifests-are-understood: program.yaml: program.yaml, document 1: broken YAML: .*, line 2$/,
      ),
      'manifests-are-understood: program.yaml: program.yaml, document 3: is a string; expected an object with apiVersion and kind',
      'submission-is-ordinary: pi: spec.mode: is "client"',
    ]);
    expect(success).toBe(false);
  });

  test('that are not there are told', async () => {
    const { found } = await validateFiles(['/nowhere/program.yaml']);
    expect(found).toEqual([
      'manifests-are-understood: /nowhere/program.yaml: /nowhere/program.yaml: no file or folder that can be read; name what cdk8s synth has written',
    ]);
  });

  test('in a list are checked one by one', async () => {
    const items = plainProgram({ SparkApplication: ({ spec }) => (spec.mode = 'client') });
    const { found } = await validate([{ apiVersion: 'v1', kind: 'List', items }]);
    expect(found).toEqual(['submission-is-ordinary: pi: spec.mode: is "client"']);
  });

  test('may be none', async () => {
    const { found, success } = await validateFiles([]);
    expect(found).toEqual([]);
    expect(success).toBe(true);
  });

  test('with anything in place of any field never end the validation', async () => {
    const paths = plainProgram().flatMap((manifest, index) =>
      pathsOf(manifest).map((path) => [String(index), ...path]),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), anything, async (path, value) => {
        const { report } = await validate(replaced(plainProgram(), path, value) as unknown[]);
        expect(['success', 'failure']).toContain(report.summary.status);
      }),
      { numRuns: 600 },
    );
  });

  test('with a wrong type in a security context are never taken for hardened', async () => {
    const at = ['6', 'spec', 'driver', 'template', 'spec'];
    const context = [...at, 'containers', '0', 'securityContext'];
    const fields = [
      [...context],
      ...['allowPrivilegeEscalation', 'readOnlyRootFilesystem', 'capabilities'].map((field) => [...context, field]),
      ...['runAsNonRoot', 'seccompProfile'].map((field) => [...at, 'securityContext', field]),
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...fields),
        fc.constantFrom<unknown>('true', 'false', 0, 1, [], null),
        async (path, value) => {
          const { success } = await validate(replaced(plainProgram(), path, value) as unknown[]);
          expect(success).toBe(false);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('properties', () => {
  const thrownBy = (props: unknown): string => messageOf(() => new SparkValidation(props as SparkValidationProps));

  test('are all checked before anything is validated', () => {
    expect(
      thrownBy({
        rule: {},
        webhook: 'no',
        podSecurity: 'strict',
        registries: 'registry.acme.dev',
        rules: { encryption: 'off' },
      }),
    ).toBe(
      [
        'SparkValidation: 5 problems:',
        '  - podSecurity is "strict" (string); pass PodSecurityLevel.PRIVILEGED, PodSecurityLevel.BASELINE or PodSecurityLevel.RESTRICTED',
        '  - registries is "registry.acme.dev" (string); pass a list of strings',
        '  - rules["encryption"] is a string; pass true or false',
        '  - webhook is "no" (string); pass true or false',
        '  - unknown property "rule"; did you mean "rules"?',
      ].join('\n'),
    );
  });

  test('name rules that there are', () => {
    expect(thrownBy({ rules: { encrypted: false } })).toMatch(
      /^SparkValidation: properties.rules.encrypted: there is no rule "encrypted"; expected one of driver-is-not-default-account, /,
    );
  });

  test('give a reason with each waiver', () => {
    expect(thrownBy({ waivers: [{ rule: 'encryption', resource: 'SparkApplication jobs/pi', reason: ' ' }] })).toBe(
      'SparkValidation: properties.waivers[0].reason: is missing; say why SparkApplication jobs/pi need not keep encryption',
    );
  });

  test('name rule and resource of each waiver', () => {
    expect(thrownBy({ waivers: [{ reason: 'x' }] })).toBe(
      [
        'SparkValidation: 2 problems:',
        '  - waivers[0].resource is required; pass a string',
        '  - waivers[0].rule is required; pass a string',
      ].join('\n'),
    );
  });

  test.each([[5], ['x'], [[]]])('are an object, and not %j', (props) => {
    expect(thrownBy(props)).toMatch(
      /^SparkValidation: props is .*; pass an object with properties of SparkValidationProps$/,
    );
  });

  test('may be left out', () => {
    expect(() => new SparkValidation()).not.toThrow();
  });

  test('with anything in place of them are refused with a message, or taken', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('rules', 'podSecurity', 'registries', 'sparkConf', 'webhook', 'waivers'),
        anything,
        (property, value) => {
          expect(outcomeOf({ [property]: value })).toMatch(/^(taken$|SparkValidation: )/);
        },
      ),
    );
  });
});

function outcomeOf(props: SparkValidationProps): string {
  try {
    new SparkValidation(props);
    return 'taken';
  } catch (error) {
    return (error as Error).message;
  }
}

const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>('*', '__proto__', { __proto__: null, constructor: 1 }, [null], { name: null }, -1, 1e99),
);

/** The paths of all fields and items. */
function pathsOf(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [[key], ...pathsOf(item).map((path) => [key, ...path])]);
}

/** A copy with another value at a path. */
function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[key] = replaced(copy[key], rest, by);
  return copy;
}
