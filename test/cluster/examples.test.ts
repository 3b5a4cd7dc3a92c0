import { Yaml } from 'cdk8s';
import {
  applyDefinitions,
  fileOf,
  kubectl,
  KubeObject,
  remove,
  synthProgram,
  tryKubectl,
  untilUnchanged,
} from './support';

/** The operator's own definitions, a folder of YAML files. */
const OFFICIAL = process.env.SPARK_OPERATOR_CRDS;
const WEBHOOKS = 'mutatingwebhookconfiguration,validatingwebhookconfiguration';

function useOfficial(): void {
  if (OFFICIAL === undefined)
    throw new Error("set SPARK_OPERATOR_CRDS to a folder with the operator's own definitions");
  kubectl(['apply', '--server-side', '--force-conflicts', '-f', OFFICIAL]);
}

// Scala and R jobs are asked for admission only: the images of the tests have neither a Scala job nor R.
const PROGRAMS = [
  'examples/quickstart/main.ts',
  'examples/two-teams/main.ts',
  'examples/streaming-s3/main.ts',
  'examples/streaming-gcs/main.ts',
  'examples/streaming-volume/main.ts',
  'test/cluster/programs/languages.ts',
];

function objectsOf(file: string, kind: RegExp): KubeObject[] {
  return (Yaml.load(file) as KubeObject[]).filter((object) => kind.test(object.kind));
}

/** The applications of a file, without what else they need. */
function applicationsOf(file: string): KubeObject[] {
  return objectsOf(file, /SparkApplication$/);
}

describe.each(PROGRAMS)('%s', (program) => {
  let files: string[] = [];
  let jobs = '';

  beforeAll(() => {
    files = synthProgram(program);
    jobs = fileOf(files, 'jobs.k8s.');
    applyDefinitions(fileOf(files, '.crds.'));
    kubectl(['apply', '--validate=strict', '-f', fileOf(files, 'platform.k8s.')]);
    // Pods are asked for by themselves, and only with accounts that are there.
    for (const account of objectsOf(jobs, /^ServiceAccount$/)) kubectl(['apply', '-f', '-'], JSON.stringify(account));
    // What is asked here is what the API server says by itself, with no operator to answer for its webhooks.
    kubectl(['delete', WEBHOOKS, 'spark-operator-webhook']);
    kubectl(['-n', 'spark-operator', 'scale', 'deployment', '--all', '--replicas=0']);
  });

  afterAll(() => {
    applyDefinitions(fileOf(files, '.crds.'));
    remove(files);
  });

  it('is accepted with strict validation under our definitions', () => {
    expect(tryKubectl(['apply', '--validate=strict', '--dry-run=server', '-f', jobs])).toMatchObject({
      code: 0,
      stderr: '',
    });
  });

  it('is refused with a field that no definition has', () => {
    const [job] = applicationsOf(jobs);
    const wrong = { ...job, spec: { ...job.spec, sparkVersoin: '4.0.4' } };
    const outcome = tryKubectl(['apply', '--validate=strict', '--dry-run=server', '-f', '-'], JSON.stringify(wrong));
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain('unknown field "spec.sparkVersoin"');
  });

  it('changes nothing when it is applied twice', async () => {
    const stable = files.filter((file) => file !== jobs);
    for (const file of stable) kubectl(['apply', '-f', file]);
    for (const file of stable) await untilUnchanged(file);
    kubectl(['delete', WEBHOOKS, 'spark-operator-webhook']);
  });

  it('is accepted with strict validation under the official definitions', () => {
    useOfficial();
    expect(tryKubectl(['apply', '--validate=strict', '--dry-run=server', '-f', jobs])).toMatchObject({
      code: 0,
      stderr: '',
    });
  });

  it('has pods of both roles that restricted admits', () => {
    for (const { metadata, spec } of applicationsOf(jobs)) {
      const application = (spec.template ?? spec) as Record<'driver' | 'executor', { template: { spec: object } }>;
      for (const role of ['driver', 'executor'] as const) {
        const outcome = tryKubectl(
          ['create', '--dry-run=server', '-f', '-'],
          podOf(metadata, role, application[role].template.spec),
        );
        expect({ role, ...outcome }).toMatchObject({ code: 0, stderr: '' });
      }
    }
  });

  it('has namespaces that refuse the same pods without their security context', () => {
    const [{ metadata, spec }] = applicationsOf(jobs);
    const application = (spec.template ?? spec) as { driver: { template: { spec: object } } };
    const bare = { ...application.driver.template.spec, securityContext: {} };
    const outcome = tryKubectl(['create', '--dry-run=server', '-f', '-'], podOf(metadata, 'driver', bare));
    expect(outcome.stderr).toContain('violates PodSecurity "restricted:v1.28"');
  });
});

/** A pod as Spark makes it of a template: with image, requests and limits. */
function podOf(metadata: KubeObject['metadata'], role: string, spec: object): string {
  const { containers, ...rest } = spec as { containers: { resources?: Record<'requests' | 'limits', object> }[] };
  const [spark, ...others] = containers;
  const amounts = { cpu: '1', memory: '1433Mi' };
  const resources = {
    requests: { ...amounts, ...spark.resources?.requests },
    limits: { ...amounts, ...spark.resources?.limits },
  };
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...metadata, name: `${metadata.name}-${role}`, labels: { 'spark-role': role } },
    spec: { ...rest, containers: [{ ...spark, image: 'docker.io/apache/spark:4.0.4', resources }, ...others] },
  });
}
