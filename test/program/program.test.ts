import { ApiObject, App, Chart } from 'cdk8s';
import { Program } from '../../lib/program/program';
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
