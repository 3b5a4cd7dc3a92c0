import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart, Testing, Yaml, YamlOutputType } from 'cdk8s';
import { SparkJobNamespace } from '../../../lib/job-namespace/spark-job-namespace';
import { SparkOperatorCrds } from '../../../lib/operator/install/crds';
import { SparkOperator } from '../../../lib/operator/spark-operator';
import { SparkOperatorProps } from '../../../lib/operator/spark-operator-props';
import { Manifest, messageOf } from '../support';

const APPLICATIONS = ['scheduledsparkapplications', 'sparkapplications', 'sparkconnects'];

function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'crds-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

function definition(name: string): string {
  return `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: ${name}\n`;
}

function definitions(props: SparkOperatorProps): Manifest[] {
  const chart = new Chart(new App(), 'platform', { namespace: 'operators', labels: { team: 'data' } });
  const operator = new SparkOperator(chart, 'operator', {
    ...props,
    jobNamespaces: [new SparkJobNamespace(chart, 'clicks')],
  });
  return Testing.synth(operator.node.findChild('crds') as Chart);
}

test('the definitions of this library are written by default, small enough for client-side apply (row 20, row 49)', () => {
  const written = definitions({});
  expect(written.map(({ metadata }) => metadata.name).sort()).toEqual(
    APPLICATIONS.map((plural) => `${plural}.sparkoperator.k8s.io`),
  );
  for (const object of written) expect(JSON.stringify(object).length).toBeLessThan(262_144);
});

test('definitions belong to no namespace and bear the labels of the chart', () => {
  const [object] = definitions({
    crds: SparkOperatorCrds.fromFolder(folderWith({ 'a.yaml': definition('a.acme.dev') })),
  });
  expect(object.metadata).toEqual({ name: 'a.acme.dev', labels: { team: 'data' } });
});

test('definitions stand in a file of their own, which comes first (row 71)', () => {
  const app = new App({ yamlOutputType: YamlOutputType.FILE_PER_CHART });
  const chart = new Chart(app, 'platform');
  new SparkOperator(chart, 'operator', { jobNamespaces: [new SparkJobNamespace(chart, 'clicks')] });
  app.synthYaml();
  expect(app.charts.map(({ node }) => node.path).sort()).toEqual(['platform', 'platform/operator/crds']);
  expect(Testing.synth(chart).map(({ kind }) => kind)).not.toContain('CustomResourceDefinition');
});

test('the definitions of a folder are written, from all its YAML files', () => {
  const folder = folderWith({
    'b.yml': definition('b.acme.dev'),
    'a.yaml': `${definition('a.acme.dev')}---\n${definition('c.acme.dev')}`,
    'README.md': 'not read',
  });
  const names = definitions({ crds: SparkOperatorCrds.fromFolder(folder) }).map(({ metadata }) => metadata.name);
  expect(names.sort()).toEqual(['a.acme.dev', 'b.acme.dev', 'c.acme.dev']);
});

test('Argo CD is told to apply definitions first and on its server side, and never to prune them (row 49)', () => {
  const crds = SparkOperatorCrds.fromFolder(folderWith({ 'a.yaml': definition('a.acme.dev') }));
  expect(definitions({ crds, argoCd: true })[0].metadata.annotations).toEqual({
    'argocd.argoproj.io/sync-wave': '-1',
    'argocd.argoproj.io/sync-options': 'ServerSideApply=true,Prune=false',
  });
  expect(definitions({ crds })[0].metadata.annotations).toBeUndefined();
});

test('none are written if they come from elsewhere', () => {
  const chart = new Chart(new App(), 'platform');
  const jobNamespaces = [new SparkJobNamespace(chart, 'clicks')];
  const operator = new SparkOperator(chart, 'operator', { jobNamespaces, crds: SparkOperatorCrds.none() });
  expect(operator.node.tryFindChild('crds')).toBeUndefined();
});

test('refuses a folder without YAML files', () => {
  const folder = folderWith({ 'README.md': '' });
  expect(messageOf(() => SparkOperatorCrds.fromFolder(folder))).toBe(
    `SparkOperatorCrds: the folder "${folder}" has no .yaml file; custom resource definitions are expected there: give their folder, or use SparkOperatorCrds.bundled()`,
  );
});

test('refuses a folder that is not there', () => {
  expect(messageOf(() => SparkOperatorCrds.fromFolder('/no/such/folder'))).toContain(
    'the folder "/no/such/folder" has no .yaml file',
  );
});

test('refuses other kinds of objects among the definitions', () => {
  const folder = folderWith({ 'a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: token\n' });
  expect(messageOf(() => definitions({ crds: SparkOperatorCrds.fromFolder(folder) }))).toBe(
    `SparkOperatorCrds: "${join(folder, 'a.yaml')}" holds Secret "token"; only objects of kind CustomResourceDefinition are expected: move it elsewhere`,
  );
});

test('refuses definitions that are broken YAML, and names file, document and line', () => {
  const folder = folderWith({ 'a.yaml': `${definition('a.acme.dev')}---\nkind: [` });
  expect(messageOf(() => definitions({ crds: SparkOperatorCrds.fromFolder(folder) }))).toMatch(
    /^SparkOperatorCrds: custom resource definitions are expected, but .*a\.yaml, document 2: broken YAML: .*, line \d+$/,
  );
});

test('the definitions are written with the values that kubectl reads in their files', () => {
  for (const object of definitions({})) {
    const [plural] = object.metadata.name.split('.');
    const [inFile] = Yaml.load(join('crds', `${plural}.yaml`)) as Manifest[];
    expect(object).toEqual({ ...inFile, metadata: { ...inFile.metadata, labels: { team: 'data' } } });
  }
});
