import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { SecureSparkApplication } from '../../lib/application/secure-spark-application';
import { SparkJobNamespace } from '../../lib/job-namespace/spark-job-namespace';
import { Program } from '../../lib/program/program';
import { IMAGE, PYTHON } from '../application/fixtures';

/** Kinds in the order in which a cluster needs them, each with its group. */
const KINDS: [string, string][] = [
  ['v1', 'Namespace'],
  ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
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

function add(chart: Chart, apiVersion: string, kind: string, name = 'x'): ApiObject {
  return new ApiObject(chart, `${kind}-${name}`, { apiVersion, kind, metadata: { name } });
}

function order(chart: Chart): string[] {
  return Testing.synth(chart).map(({ kind, metadata }) => `${kind} ${metadata.name}`);
}

describe('documents of a chart (row 71)', () => {
  test('are in apply order, whatever the order of construction', () => {
    const expected = KINDS.map(([, kind]) => `${kind} x`);
    for (const kinds of [KINDS, [...KINDS].reverse()]) {
      const chart = new Chart(new App(), 'test');
      Program.of(chart);
      for (const [apiVersion, kind] of kinds) add(chart, apiVersion, kind);
      expect(order(chart)).toEqual(expected);
    }
  });

  test('of one kind are in the order of their names', () => {
    const chart = new Chart(new App(), 'test');
    Program.of(chart);
    for (const name of ['c', 'a', 'b']) add(chart, 'v1', 'ServiceAccount', name);
    expect(order(chart)).toEqual(['ServiceAccount a', 'ServiceAccount b', 'ServiceAccount c']);
  });

  test('obey dependencies first', () => {
    const chart = new Chart(new App(), 'test');
    Program.of(chart);
    const namespace = add(chart, 'v1', 'Namespace');
    namespace.addDependency(add(chart, 'apps/v1', 'Deployment'));
    expect(order(chart)).toEqual(['Deployment x', 'Namespace x']);
  });

  test('that are added after the first synthesis are in order too', () => {
    const chart = new Chart(new App(), 'test');
    Program.of(chart);
    add(chart, 'apps/v1', 'Deployment');
    expect(order(chart)).toEqual(['Deployment x']);
    add(chart, 'v1', 'Namespace');
    expect(order(chart)).toEqual(['Namespace x', 'Deployment x']);
  });

  test('are in one order over charts that are not related', () => {
    const synth = (ids: string[]): string => {
      const app = new App();
      for (const id of ids) {
        const chart = new Chart(app, id);
        Program.of(chart);
        add(chart, 'v1', 'ServiceAccount', id);
      }
      return app.synthYaml();
    };
    expect(synth(['b', 'a', 'c'])).toBe(synth(['c', 'b', 'a']));
  });
});

test('charts with applications come after those that they need, whatever their names', () => {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'charts-'));
  const app = new App({ outdir });
  const jobs = new Chart(app, 'a-jobs');
  const jobNamespace = new SparkJobNamespace(new Chart(app, 'z-platform'), 'clicks');
  const definitions = new Chart(app, 'm-definitions');
  new ApiObject(definitions, 'x', { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' });
  definitions.addDependency(new Chart(app, 'b-empty'));
  new SecureSparkApplication(jobs, 'sessions', { jobNamespace, image: IMAGE, main: PYTHON });
  app.synth();
  const written = fs.readdirSync(outdir).map((file) => file.replace(/-c[0-9a-f]{7}|\.k8s\.yaml/g, ''));
  expect(written.sort()).toEqual(['0000-b-empty', '0001-m-definitions', '0002-z-platform', '0003-a-jobs']);
});
