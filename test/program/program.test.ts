import { ApiObject, App, Chart, YamlOutputType } from 'cdk8s';
import { SparkJobNamespace } from '../../lib/job-namespace/spark-job-namespace';
import { fieldOf } from '../../lib/manifests/manifest-fields';
import { parseManifests } from '../../lib/manifests/manifest-source';
import { SparkOperatorCrds } from '../../lib/operator/install/crds';
import { SparkOperator } from '../../lib/operator/spark-operator';
import { Program } from '../../lib/program/program';
import { SparkApp } from '../../lib/program/spark-app';
import { AccessReport } from '../../lib/report/access-report';
import { messageOf } from '../job-namespace/manifests';

function add(chart: Chart, id: string, kind: string, name: string, apiVersion = 'v1'): void {
  new ApiObject(chart, id, { apiVersion, kind, metadata: { name } });
}

function twoCharts(first = {}, second = {}): [App, Chart, Chart] {
  const app = new App();
  const charts: [Chart, Chart] = [new Chart(app, 'a', first), new Chart(app, 'b', second)];
  Program.of(charts[0]);
  return [app, ...charts];
}

describe('a program', () => {
  test('is one for all charts of an app', () => {
    const [, a, b] = twoCharts();
    expect(Program.of(a)).toBe(Program.of(b));
    expect(Program.of(new Chart(new App(), 'a'))).not.toBe(Program.of(a));
  });

  test('writes no object twice, from whichever charts (row 48)', () => {
    const [app, a, b] = twoCharts();
    add(a, 'x', 'ConfigMap', 'settings');
    add(b, 'y', 'ConfigMap', 'settings');
    expect(messageOf(() => app.synthYaml())).toBe(
      'Validation failed with the following errors:\n' +
        '  [SparkProgram] a/x and b/y write the same object, ConfigMap "settings": give one of them another name',
    );
  });

  test('writes no object of the cluster twice, from charts of two namespaces (row 48)', () => {
    const [app, a, b] = twoCharts({ namespace: 'one' }, { namespace: 'two' });
    add(a, 'x', 'ClusterRole', 'reader', 'rbac.authorization.k8s.io/v1');
    add(b, 'y', 'ClusterRole', 'reader', 'rbac.authorization.k8s.io/v1');
    expect(messageOf(() => app.synthYaml())).toContain('a/x and b/y write the same object, ClusterRole "reader":');
  });

  test.each([
    ['names', ['ConfigMap', 'a', 'v1'], ['ConfigMap', 'b', 'v1'], {}],
    ['kinds', ['ConfigMap', 'a', 'v1'], ['Secret', 'a', 'v1'], {}],
    ['groups', ['Widget', 'a', 'acme.dev/v1'], ['Widget', 'a', 'other.dev/v1'], {}],
    ['namespaces', ['ConfigMap', 'a', 'v1'], ['ConfigMap', 'a', 'v1'], { namespace: 'two' }],
  ])('tells objects apart by their %s', (_what, first, second, props) => {
    const [app, a, b] = twoCharts({}, props);
    add(a, 'x', first[0], first[1], first[2]);
    add(b, 'y', second[0], second[1], second[2]);
    expect(() => app.synthYaml()).not.toThrow();
  });

  test('takes two versions of one group for the same object', () => {
    const [app, a, b] = twoCharts();
    add(a, 'x', 'Widget', 'w', 'acme.dev/v1');
    add(b, 'y', 'Widget', 'w', 'acme.dev/v2');
    expect(messageOf(() => app.synthYaml())).toContain('write the same object, Widget "w"');
  });

  test('knows which namespaces nobody watches, once somebody watches', () => {
    const [, a] = twoCharts();
    const program = Program.of(a);
    expect(program.isUnwatched('clicks')).toBe(false);
    program.addWatcher({ node: a.node, watches: (namespace) => namespace === 'clicks' });
    expect(program.isUnwatched('clicks')).toBe(false);
    expect(program.isUnwatched('orders')).toBe(true);
  });
});

describe('a program of App', () => {
  const perResource = [YamlOutputType.FILE_PER_RESOURCE, YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE];

  function twoRoles(app: App): App {
    const chart = new Chart(app, 'a');
    Program.of(chart);
    for (const namespace of ['one', 'two']) {
      const metadata = { name: 'reader', namespace };
      new ApiObject(chart, namespace, { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata });
    }
    return app;
  }

  test.each([
    [perResource[0], 'dist/Role.reader.k8s.yaml'],
    [perResource[1], 'Role.reader.k8s.yaml in the folder of chart a'],
  ])(
    'refuses two objects that type %i makes one file, and names both, the file and the ways out (case 1)',
    (type, file) => {
      expect(messageOf(() => twoRoles(new App({ yamlOutputType: type })).synthYaml())).toBe(
        'Validation failed with the following errors:\n' +
          `  [SparkProgram] a/one and a/two would be one file, ${file}, and only the last be left: use SparkApp in place of ` +
          'App, which writes the namespace into names of files, or another yamlOutputType, FILE_PER_CHART or FILE_PER_APP',
      );
    },
  );

  test.each([YamlOutputType.FILE_PER_APP, YamlOutputType.FILE_PER_CHART])(
    'may hold them under output type %i, which loses none (case 1)',
    (yamlOutputType) => {
      expect(() => twoRoles(new App({ yamlOutputType })).synthYaml()).not.toThrow();
    },
  );

  test.each(perResource)('may hold them under output type %i, as SparkApp (case 1)', (yamlOutputType) => {
    expect(() => twoRoles(new SparkApp({ yamlOutputType })).synthYaml()).not.toThrow();
  });

  test('may hold them in two charts where each chart has a folder, and not where all share one (case 1)', () => {
    const synth = (yamlOutputType: YamlOutputType) => () => {
      const app = new App({ yamlOutputType });
      for (const id of ['a', 'b']) new SparkJobNamespace(new Chart(app, id), id);
      app.synthYaml();
    };
    expect(synth(perResource[1])).not.toThrow();
    expect(messageOf(synth(perResource[0]))).toMatch(
      /^ {2}\[SparkProgram\] a\/a\/\S+ and b\/b\/\S+ would be one file, dist\/\S+ \(and \d+ more of a\/a and b\/b\), and/m,
    );
  });
});

test('a program of App creates namespaces before what is in them, so that its one file can be applied', () => {
  const app = new App({ yamlOutputType: YamlOutputType.FILE_PER_APP });
  const chart = new Chart(app, 'a');
  const jobNamespaces = ['one', 'two'].map((name) => new SparkJobNamespace(chart, name));
  new SparkOperator(chart, 'operator', { jobNamespaces, crds: SparkOperatorCrds.none() });
  const { manifests } = parseManifests('app.yaml', app.synthYaml());
  const known = new Set<unknown>();
  const early = manifests.filter(({ manifest }) => {
    if (manifest.kind === 'Namespace') known.add(fieldOf(manifest, 'metadata', 'name'));
    const namespace = fieldOf(manifest, 'metadata', 'namespace');
    return namespace !== undefined && !known.has(namespace);
  });
  expect(early).toEqual([]);
  expect([...known].sort()).toEqual(['one', 'spark-operator', 'two']);
});

describe('the state of a program', () => {
  test('is found by its symbol, also by another copy of the library', () => {
    const app = new App();
    const program = Program.of(new Chart(app, 'a'));
    expect(Symbol.for('cdk8s-spark.Program') in program).toBe(true);
    jest.isolateModules(() => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      const copy = require('../../lib/program/program') as typeof import('../../lib/program/program');
      expect(copy.Program).not.toBe(Program);
      expect(copy.Program.of(app)).toBe(program);
    });
  });

  test('is not taken from a construct that only has its name', () => {
    const app = new App();
    new Chart(app, 'SparkProgram');
    expect(messageOf(() => Program.of(new Chart(app, 'a')))).toBe(
      'SparkProgram: constructs of cdk8s-spark keep what they know of each other under this id: give yours another id',
    );
  });

  test('leaves the methods of the app and its nodes as they are', () => {
    const app = new App();
    const chart = new Chart(app, 'a');
    new SparkJobNamespace(chart, 'clicks');
    new AccessReport(app);
    expect(
      [app, app.node, chart, chart.node]
        .flatMap((each) => Object.keys(each))
        .filter((key) => key === 'findAll' || key === 'synth'),
    ).toEqual([]);
  });
});
