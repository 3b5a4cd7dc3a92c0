import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ApiObject, App, AppProps, Chart, Testing, YamlOutputType } from 'cdk8s';
import * as fc from 'fast-check';
import { SecureSparkApplication } from '../../lib/application/secure-spark-application';
import { SparkJobNamespace } from '../../lib/job-namespace/spark-job-namespace';
import { parseManifests } from '../../lib/manifests/manifest-source';
import { SparkOperator } from '../../lib/operator/spark-operator';
import { SparkApp } from '../../lib/program/spark-app';
import { IMAGE, PYTHON } from '../application/fixtures';
import { messageOf } from '../job-namespace/manifests';

/** Kinds in the order in which a cluster needs them, each with its group. */
const KINDS: [string, string][] = [
  ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
  ['v1', 'Namespace'],
  ['v1', 'ResourceQuota'],
  ['v1', 'ServiceAccount'],
  ['v1', 'Secret'],
  ['rbac.authorization.k8s.io/v1', 'Role'],
  ['rbac.authorization.k8s.io/v1', 'RoleBinding'],
  ['v1', 'Service'],
  ['apps/v1', 'Deployment'],
  ['admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration'],
  ['acme.dev/v1', 'Widget'],
  ['sparkoperator.k8s.io/v1beta2', 'SparkApplication'],
];
const TYPES = Object.values(YamlOutputType).filter((type): type is YamlOutputType => typeof type === 'number');

interface Written {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

function newApp(props: AppProps = {}): SparkApp {
  return new SparkApp({ outdir: path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'app-')), 'dist'), ...props });
}

function add(scope: Chart, apiVersion: string, kind: string, name = 'x', namespace?: string): ApiObject {
  return new ApiObject(scope, [apiVersion.split('/')[0], kind, name, namespace].join('-'), {
    apiVersion,
    kind,
    metadata: { name, namespace },
  });
}

function kindsOf(text: string): string[] {
  return text.split('\n').flatMap((line) => /^kind: (.*)/.exec(line)?.[1] ?? []);
}

/** Names and texts of all files below the output. */
function filesOf(app: App): Record<string, string> {
  app.synth();
  const files = fs
    .readdirSync(app.outdir, { recursive: true, encoding: 'utf8' })
    .filter((name) => fs.statSync(path.join(app.outdir, name)).isFile());
  return Object.fromEntries(
    files.sort().map((name) => [name, fs.readFileSync(path.join(app.outdir, name), 'utf8')] as const),
  );
}

/** An operator, its namespaces in one chart each or all in one, and a job in each. */
function platform(app: App, teams: readonly string[], oneChart = false): void {
  const chart = new Chart(app, 'platform');
  const jobNamespaces = teams.map(
    (team) => new SparkJobNamespace(oneChart ? chart : new Chart(app, `team-${team}`), team),
  );
  new SparkOperator(chart, 'operator', { jobNamespaces });
  for (const jobNamespace of jobNamespaces) {
    const jobs = new Chart(app, `jobs-${jobNamespace.name}`);
    new SecureSparkApplication(jobs, 'sessions', { jobNamespace, image: IMAGE, main: PYTHON });
  }
}

function identities(texts: Iterable<string>): string[] {
  return [...texts]
    .flatMap((text) => text.split(/^---\n/m))
    .filter((text) => text !== '')
    .map((text) => {
      const kind = /^kind: (.*)/m.exec(text)?.[1];
      const name = /^ {2}name: (.*)/m.exec(text)?.[1];
      const namespace = /^ {2}namespace: (.*)/m.exec(text)?.[1];
      return [kind, namespace, name].join(' ');
    })
    .sort();
}

describe('SparkApp writes documents (row 71)', () => {
  test('in apply order, whatever the order of construction', () => {
    for (const kinds of [KINDS, [...KINDS].reverse()]) {
      const app = newApp();
      const chart = new Chart(app, 'test');
      for (const [apiVersion, kind] of kinds) add(chart, apiVersion, kind);
      expect(kindsOf(filesOf(app)['test.k8s.yaml'])).toEqual(KINDS.map(([, kind]) => kind));
    }
  });

  test('of one kind in the order of their namespaces and names', () => {
    const app = newApp();
    const chart = new Chart(app, 'test');
    for (const name of ['c', 'a', 'b']) add(chart, 'v1', 'ServiceAccount', name, 'two');
    add(chart, 'v1', 'ServiceAccount', 'z', 'one');
    expect(identities([app.synthYaml()])).toHaveLength(4);
    expect(app.synthYaml().match(/name: .*/g)).toEqual(['name: z', 'name: a', 'name: b', 'name: c']);
  });

  test('in one order over all charts, with the namespaces of later charts before the rights in them', () => {
    const app = newApp({ yamlOutputType: YamlOutputType.FILE_PER_APP });
    add(new Chart(app, 'a'), 'rbac.authorization.k8s.io/v1', 'Role', 'x', 'late');
    add(new Chart(app, 'z'), 'v1', 'Namespace', 'late');
    expect(kindsOf(filesOf(app)['app.k8s.yaml'])).toEqual(['Namespace', 'Role']);
    expect(kindsOf(app.synthYaml())).toEqual(['Namespace', 'Role']);
  });

  test('after those that they depend on, between objects, constructs and charts', () => {
    const app = newApp();
    const chart = new Chart(app, 'test');
    const other = new Chart(app, 'other');
    const namespace = add(chart, 'v1', 'Namespace');
    namespace.addDependency(add(chart, 'apps/v1', 'Deployment'));
    chart.addDependency(other);
    add(other, 'acme.dev/v1', 'Widget');
    add(new Chart(other, 'nested'), 'acme.dev/v1', 'Gadget');
    expect(kindsOf(app.synthYaml())).toEqual(['Gadget', 'Widget', 'Deployment', 'Namespace']);
  });

  test('and refuses dependencies in a circle, with their paths', () => {
    const app = newApp();
    const chart = new Chart(app, 'test');
    const [one, two] = [add(chart, 'v1', 'ConfigMap', 'one'), add(chart, 'v1', 'ConfigMap', 'two')];
    one.addDependency(two);
    two.addDependency(one);
    expect(messageOf(() => app.synthYaml())).toBe(
      'Dependency cycle detected: test/v1-ConfigMap-one- => test/v1-ConfigMap-two- => test/v1-ConfigMap-one-',
    );
  });

  test('with the same bytes as cdk8s where the order is the same', () => {
    const texts = [newApp(), new App({ outdir: fs.mkdtempSync(path.join(os.tmpdir(), 'app-')) })].map((app) => {
      new SparkJobNamespace(new Chart(app, 'team'), 'clicks');
      return filesOf(app)['team.k8s.yaml'].split('---\n').sort();
    });
    expect(texts[0]).toEqual(texts[1]);
  });

  test('that kubectl reads as they were given, whatever text is in them', () => {
    const special = fc.constantFrom(
      'y',
      'NO',
      '-_0',
      '0775',
      '0o17',
      '1_000',
      '1:30',
      '2026-01-01',
      '~',
      '=',
      '<<',
      '.5',
      '+1',
      '',
    );
    const text = fc.oneof(special, fc.string(), fc.string({ unit: 'grapheme' }));
    const key = fc.oneof(special, fc.stringMatching(/^[A-Za-z0-9_.-]{1,9}$/));
    const values = fc.dictionary(key, fc.oneof(text, fc.integer(), fc.boolean()), { noNullPrototype: true });
    fc.assert(
      fc.property(values, (data) => {
        const app = new SparkApp();
        const object = new ApiObject(new Chart(app, 'test'), 'x', { apiVersion: 'v1', kind: 'ConfigMap', data });
        const { manifests, findings } = parseManifests('app.yaml', app.synthYaml());
        expect(findings).toEqual([]);
        expect(manifests.map(({ manifest }) => manifest)).toEqual([object.toJson()]);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('SparkApp names files', () => {
  test.each(TYPES)('under output type %i so that every object is written (case 1)', (yamlOutputType) => {
    const expected = newApp();
    platform(expected, ['clicks', 'orders', 'ads'], true);
    const app = newApp({ yamlOutputType });
    platform(app, ['clicks', 'orders', 'ads'], true);
    expect(identities(Object.values(filesOf(app)))).toEqual(identities([expected.synthYaml()]));
  });

  test.each(TYPES)('under output type %i so that a further team renames none (case 3)', (yamlOutputType) => {
    const [before, after] = [
      ['clicks', 'orders'],
      ['ads', 'clicks', 'orders', 'zoo'],
    ].map((teams) => {
      const app = newApp({ yamlOutputType });
      platform(app, teams);
      return Object.keys(filesOf(app));
    });
    expect(before.filter((name) => !after.includes(name))).toEqual([]);
    expect(before.filter((name) => /(^|\/)\d/.test(name))).toEqual([]);
  });

  test.each([
    [YamlOutputType.FILE_PER_APP, ['app.k8s.yaml']],
    [YamlOutputType.FILE_PER_CHART, ['platform.k8s.yaml', 'platform.nested.k8s.yaml']],
    [
      YamlOutputType.FILE_PER_RESOURCE,
      [
        'Namespace.clicks.k8s.yaml',
        'clicks.Role.reader-d8554253.k8s.yaml',
        'clicks.Role.reader.k8s.yaml',
        'clicks.Service.serving.knative.dev.web.k8s.yaml',
        'clicks.Service.web.k8s.yaml',
      ],
    ],
  ])('by type %i after the app, the chart, or namespace, kind and name', (yamlOutputType, expected) => {
    const app = newApp({ yamlOutputType });
    const chart = new Chart(app, 'platform');
    add(new Chart(chart, 'nested'), 'v1', 'Namespace', 'clicks', 'ignored');
    add(chart, 'rbac.authorization.k8s.io/v1', 'Role', 'reader', 'clicks');
    add(chart, 'rbac.authorization.k8s.io/v1', 'Role', 'Reader', 'clicks');
    add(chart, 'v1', 'Service', 'web', 'clicks');
    add(chart, 'serving.knative.dev/v1', 'Service', 'web', 'clicks');
    expect(Object.keys(filesOf(app))).toEqual(expected);
  });

  test('with the extension that the app is given', () => {
    const app = newApp({ outputFileExtension: '.yaml' });
    new Chart(app, 'a');
    expect(filesOf(app)).toEqual({ 'a.yaml': '' });
  });
});

describe('SparkApp', () => {
  test('writes nothing where a construct is not valid, and says all that is wrong', () => {
    const app = newApp();
    const chart = new Chart(app, 'test');
    chart.node.addValidation({ validate: () => ['one', 'two'] });
    expect(messageOf(() => app.synth())).toBe(
      'Validation failed with the following errors:\n  [test] one\n  [test] two',
    );
    expect(fs.existsSync(app.outdir)).toBe(false);
  });

  test('validates each construct once, however many charts there are', () => {
    const app = newApp();
    let times = 0;
    for (const id of ['a', 'b', 'c']) new Chart(app, id);
    app.node.addValidation({ validate: () => ((times += 1), []) });
    app.synth();
    expect(times).toBe(1);
  });

  test('records the paths of constructs for plugins as App does, where it is asked to', () => {
    const texts = [SparkApp, App].map((type) => {
      const app = new type({ outdir: fs.mkdtempSync(path.join(os.tmpdir(), 'app-')), recordConstructMetadata: true });
      add(new Chart(app, 'test'), 'v1', 'Namespace');
      return filesOf(app)['construct-metadata.json'];
    });
    expect(texts[0]).toBe(texts[1]);
    const app = newApp({ recordConstructMetadata: false });
    new Chart(app, 'test');
    expect(Object.keys(filesOf(app))).toEqual(['test.k8s.yaml']);
  });

  test('leaves the order of Testing.synth to cdk8s', () => {
    const chart = new Chart(newApp(), 'test');
    add(chart, 'apps/v1', 'Deployment');
    add(chart, 'v1', 'Namespace');
    expect((Testing.synth(chart) as Written[]).map(({ kind }) => kind)).toEqual(['Deployment', 'Namespace']);
  });
});
