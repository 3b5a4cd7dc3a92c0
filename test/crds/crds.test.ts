import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Testing } from 'cdk8s';
import {
  KubeScheduledSparkApplication,
  KubeSparkApplication,
  KubeSparkConnect,
  SparkApplicationSpecType,
} from '../../imports/sparkoperator.k8s.io';
import { nodesOf, preservedPaths, readDefinitions, schemaOf } from './definitions';

const root = join(__dirname, '../..');
const definitions = readDefinitions(join(root, 'crds'));
const kinds = ['ScheduledSparkApplication', 'SparkApplication', 'SparkConnect'];

/** kubectl keeps the applied object in an annotation, and all annotations together are limited to this. */
const ANNOTATION_LIMIT = 262_144;

/** Pod structures of Kubernetes in the driver and the executor of an application. */
const POD_STRUCTURES = [
  'affinity',
  'dnsConfig',
  'envFrom[]',
  'env[]',
  'hostAliases[]',
  'initContainers[]',
  'lifecycle',
  'podSecurityContext',
  'securityContext',
  'sidecars[]',
  'template',
  'tolerations[]',
  'volumeMounts[]',
];

describe('custom resource definitions', () => {
  test('there is one for each kind of the operator', () => {
    expect(Object.keys(definitions).sort()).toEqual(kinds);
  });

  test.each([
    ['SparkApplication', 'sparkapplications', 'sparkapp', 'v1beta2'],
    ['ScheduledSparkApplication', 'scheduledsparkapplications', 'scheduledsparkapp', 'v1beta2'],
    ['SparkConnect', 'sparkconnects', 'sparkconn', 'v1alpha1'],
  ])('%s is %s, in short %s, in version %s', (kind, plural, shortName, version) => {
    const { metadata, spec } = definitions[kind];
    expect(metadata.name).toBe(`${plural}.sparkoperator.k8s.io`);
    expect(spec).toMatchObject({
      group: 'sparkoperator.k8s.io',
      scope: 'Namespaced',
      names: { kind, listKind: `${kind}List`, plural, singular: kind.toLowerCase(), shortNames: [shortName] },
    });
    expect(spec.versions).toEqual([
      expect.objectContaining({ name: version, served: true, storage: true, subresources: { status: {} } }),
    ]);
  });

  test.each(kinds)('%s fits client-side apply ten times over (row 49)', (kind) => {
    expect(JSON.stringify(definitions[kind]).length).toBeLessThan(ANNOTATION_LIMIT / 10);
  });

  test.each(kinds)('%s has the approval that the API server asks for in groups under k8s.io', (kind) => {
    expect(definitions[kind].metadata.annotations).toEqual({
      'api-approved.kubernetes.io': expect.stringMatching(/^https:\/\//),
    });
  });

  test('the template of a scheduled application is the spec of an application', () => {
    const scheduled = schemaOf(definitions.ScheduledSparkApplication).properties?.spec.properties?.template;
    expect(scheduled).toEqual(schemaOf(definitions.SparkApplication).properties?.spec);
  });

  test('only pod structures of Kubernetes are objects of any content in an application', () => {
    expect(preservedPaths(schemaOf(definitions.SparkApplication)).sort()).toEqual([
      ...POD_STRUCTURES.map((field) => `spec.driver.${field}`),
      ...POD_STRUCTURES.map((field) => `spec.executor.${field}`),
      'spec.volumes[]',
    ]);
  });

  test('only pod templates and the Service are objects of any content in a Connect server', () => {
    expect(preservedPaths(schemaOf(definitions.SparkConnect)).sort()).toEqual([
      'spec.executor.template',
      'spec.server.service.spec',
      'spec.server.service.status',
      'spec.server.template',
    ]);
  });
});

describe.each(kinds)('the schema of %s is structural', (kind) => {
  const nodes = [...nodesOf(schemaOf(definitions[kind]))];

  test('every node has a type, or is an integer or a string', () => {
    const untyped = nodes.filter(([, node]) => !node.type && !node['x-kubernetes-int-or-string']);
    expect(untyped).toEqual([]);
  });

  test('every object names its fields, is a map, keeps any content, or is the metadata', () => {
    const empty = nodes
      .filter(([, node]) => node.type === 'object')
      .filter(([, node]) => !node.properties && !node.additionalProperties)
      .filter(([, node]) => !node['x-kubernetes-preserve-unknown-fields']);
    expect(empty.map(([path]) => path)).toEqual(['metadata']);
  });

  test('every array has items, and only arrays have them', () => {
    expect(nodes.filter(([, node]) => (node.type === 'array') !== (node.items !== undefined))).toEqual([]);
  });

  test('an object of any content names no field, because the importer would drop all others', () => {
    const named = nodes
      .filter(([, node]) => node['x-kubernetes-preserve-unknown-fields'])
      .filter(([, node]) => node.properties ?? node.additionalProperties);
    expect(named).toEqual([]);
  });

  test('every required field exists', () => {
    const missing = nodes.flatMap(([path, { properties, required = [] }]) =>
      properties ? required.filter((field) => !(field in properties)).map((field) => `${path}.${field}`) : [],
    );
    expect(missing).toEqual([]);
  });

  test('every value of an enumeration is a string', () => {
    const values = nodes.flatMap(([, node]) => (node.enum ?? []) as unknown[]);
    expect(values.filter((value) => typeof value !== 'string')).toEqual([]);
  });
});

describe('imports', () => {
  test('are what the definitions generate, in one module for all kinds (row 68)', () => {
    const folder = mkdtempSync(join(tmpdir(), 'imports-'));
    execFileSync('npm', ['run', 'import'], { cwd: root, env: { ...process.env, IMPORTS: folder }, stdio: 'pipe' });
    const generated = readFolder(folder);
    rmSync(folder, { recursive: true });
    expect(Object.keys(generated).sort()).toEqual(['definitions.json', 'sparkoperator.k8s.io.ts']);
    expect(readFolder(join(root, 'imports'))).toEqual(generated);
  }, 60_000);

  test('name the kinds of the definitions', () => {
    const imported = [KubeScheduledSparkApplication, KubeSparkApplication, KubeSparkConnect].map(({ GVK }) => GVK);
    expect(imported).toEqual(
      kinds.map((kind) => ({ apiVersion: `sparkoperator.k8s.io/${definitions[kind].spec.versions[0].name}`, kind })),
    );
  });

  test('render pod structures as they were given (row 67)', () => {
    const chart = Testing.chart();
    const pod = {
      affinity: { nodeAffinity: {} },
      env: [{ name: 'A', value: '' }],
      sidecars: [{ name: 'proxy', image: 'proxy:1', securityContext: { privileged: false } }],
      template: { spec: { containers: [{ name: 'spark-kubernetes-driver' }] } },
    };
    const spec = {
      type: SparkApplicationSpecType.PYTHON,
      sparkVersion: '4.0.4',
      mainApplicationFile: 'local:///opt/app/main.py',
      volumes: [{ name: 'scratch', emptyDir: { sizeLimit: '1Gi' } }],
      driver: pod,
      executor: pod,
    };
    new KubeSparkApplication(chart, 'app', { metadata: { name: 'app' }, spec });
    expect(Testing.synth(chart)[0].spec).toEqual({ ...spec, type: 'Python' });
  });
});

function readFolder(folder: string): Record<string, string> {
  return Object.fromEntries(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}
