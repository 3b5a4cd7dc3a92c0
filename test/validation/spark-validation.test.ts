import * as fs from 'node:fs';
import * as path from 'node:path';
import { load } from 'js-yaml';
import { RULES } from '../../lib/validation/rules/all-rules';
import { SparkValidation } from '../../lib/validation/spark-validation';
import { namespace, plainProgram } from './plain-program';
import { validate } from './validate';

describe('a violation', () => {
  test('has rule, reason and fix, and each resource with its construct, file and places', async () => {
    const manifests = plainProgram({
      SparkApplication: ({ spec }) => {
        spec.mode = 'client';
        spec.proxyUser = 'hdfs';
      },
      ScheduledSparkApplication: ({ spec }) => (spec.template.mode = 'client'),
    });
    const { report } = await validate(manifests, {}, { pi: { path: 'jobs/pi/Resource' } });
    const manifestPath = expect.stringMatching(/program\.yaml$/) as string;
    expect(report.violations).toEqual([
      {
        ruleName: 'submission-is-ordinary',
        recommendation:
          'An application is submitted in cluster mode, as itself, with a class of its own. In client mode its driver would run in the controller of the operator; with proxyUser the controller would act as another user; and the shells of Spark read the arguments of the application as options of spark-submit.',
        fix: 'Leave out mode and proxyUser, and name a class of the application as mainClass.',
        violatingConstructs: [
          {
            resourceName: 'pi',
            constructPath: 'jobs/pi/Resource',
            manifestPath,
            locations: ['spec.mode: is "client"', 'spec.proxyUser: is "hdfs"'],
          },
          {
            resourceName: 'nightly',
            constructPath: undefined,
            manifestPath,
            locations: ['spec.template.mode: is "client"'],
          },
        ],
      },
    ]);
  });

  test('of a name that several resources have never shows the construct of another one', async () => {
    const other = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'pi', namespace: 'jobs' } };
    const manifests = plainProgram({ SparkApplication: ({ spec }) => (spec.mode = 'client') }, other);
    const { report } = await validate(manifests, {}, { pi: { path: 'web/pi' } });
    expect(report.violations[0].violatingConstructs).toMatchObject([
      { resourceName: 'SparkApplication jobs/pi', constructPath: undefined },
    ]);
  });
});

describe('the log', () => {
  const platformElsewhere = plainProgram().filter(({ kind }) => kind !== 'Namespace');

  test('says which namespaces are made elsewhere, so that they are not checked', async () => {
    const { success, log } = await validate(platformElsewhere);
    expect(success).toBe(true);
    expect(log).toEqual(['Not checked: namespace jobs itself, because these manifests do not make it']);
  });

  test('says nothing of them where no rule looks at namespaces', async () => {
    const rules = {
      'namespace-enforces-pod-security': false,
      'namespace-is-isolated': false,
      'guard-is-bound': false,
    };
    expect((await validate(platformElsewhere, { rules })).log).toEqual([]);
  });

  test('says nothing of namespaces without jobs', async () => {
    expect((await validate([namespace()])).log).toEqual([]);
  });
});

describe('a rule', () => {
  const manifests = plainProgram({ SparkApplication: ({ spec }) => (spec.mode = 'client') });

  test('is on by default, and by true', async () => {
    const { found, report } = await validate(manifests, { rules: { 'submission-is-ordinary': true } });
    expect(found).toEqual(['submission-is-ordinary: pi: spec.mode: is "client"']);
    expect(report.summary.metadata).toMatchObject({ 'Rules that are on': '33' });
  });

  test('is off by false', async () => {
    const { found, report } = await validate(manifests, { rules: { 'submission-is-ordinary': false } });
    expect(found).toEqual([]);
    expect(report.summary.metadata).toMatchObject({ 'Rules that are on': '32' });
  });

  test.each(RULES)('$name is told in sentences', ({ name, sentence, reason, fix }) => {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    for (const text of [sentence, reason, fix]) expect(text).toMatch(/^\p{Lu}.*\.$/u);
  });

  test('has a name of its own', () => {
    expect(new Set(RULES.map(({ name }) => name)).size).toBe(RULES.length);
  });
});

describe('docs/validation.md', () => {
  const document = fs.readFileSync(path.join(__dirname, '../../docs/validation.md'), 'utf8');

  test('lists every rule with its sentence, in the order of the report', () => {
    const rows = [...document.matchAll(/^\| `([a-z]+(?:-[a-z]+)+|encryption)` +\| (.*?) +\|/gm)].map(
      ([, name, sentence]) => ({
        name,
        sentence,
      }),
    );
    expect(rows).toEqual(RULES.map(({ name, sentence }) => ({ name, sentence })));
  });

  test('shows configurations that are taken', () => {
    const blocks = [...document.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, yaml]) => load(yaml) as Configuration);
    const configured = blocks.flatMap(({ validations }) => validations ?? []);
    expect(configured.length).toBeGreaterThan(1);
    for (const { class: name, properties } of configured) {
      expect(name).toBe('SparkValidation');
      expect(() => new SparkValidation(properties)).not.toThrow();
    }
  });
});

interface Configuration {
  readonly validations?: readonly { class: string; properties?: object }[];
}
