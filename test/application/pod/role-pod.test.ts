import { App, Chart, JsonPatch, Size, Testing } from 'cdk8s';
import { ServiceAccount } from 'cdk8s-plus-28';
import {
  ISparkJobNamespace,
  SecureSparkApplication,
  SparkApplication,
  SparkImage,
  SparkJobNamespace,
  SparkMain,
} from 'cdk8s-spark';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: { readonly executor: { readonly template: { readonly spec: Record<string, unknown> } } };
}

const image = SparkImage.of('docker.io/apache/spark:4.0.4', { sparkVersion: '4.0.4' });
const main = SparkMain.python('local:///opt/app/job.py');

function program(): { chart: Chart; jobNamespace: ISparkJobNamespace } {
  const chart = new Chart(new App(), 'jobs');
  const jobNamespace = new SparkJobNamespace(chart, 'team-1');
  new SecureSparkApplication(chart, 'usual', { jobNamespace, image, main });
  return { chart, jobNamespace };
}

function applicationsOf(chart: Chart): Record<string, Manifest> {
  const manifests = (Testing.synth(chart) as Manifest[]).filter(({ kind }) => kind === 'SparkApplication');
  return Object.fromEntries(manifests.map((manifest) => [manifest.metadata.name, manifest]));
}

it('a JSON patch of one application leaves the pods of the others alone', () => {
  const { chart, jobNamespace } = program();
  const before = applicationsOf(chart).usual;
  const other = new SecureSparkApplication(chart, 'other', { jobNamespace, image, main });
  other.apiObject.addJsonPatch(JsonPatch.add('/spec/executor/template/spec/hostNetwork', true));
  const after = applicationsOf(chart);
  expect(after.usual).toEqual(before);
  expect(after.other.spec.executor.template.spec.hostNetwork).toBe(true);
});

it('a plain application shares nothing with a secure one', () => {
  const { chart, jobNamespace } = program();
  const open = SparkJobNamespace.addToExistingNamespace(chart, 'open', {
    name: 'open',
    podSecurity: jobNamespace.podSecurity,
  });
  expect(() => new SparkApplication(chart, 'plain', { jobNamespace: open, image, main })).toThrow(
    'jobs/plain: 2 problems:',
  );
});

it('applications of two namespaces have the accounts of their own', () => {
  const { chart } = program();
  const executorServiceAccount = ServiceAccount.fromServiceAccountName(chart, 'account', 'quiet', {
    namespaceName: 'team-2',
  });
  const jobNamespace = new SparkJobNamespace(chart, 'team-2', { executorServiceAccount });
  new SecureSparkApplication(chart, 'there', { jobNamespace, image, main });
  const { usual, there } = applicationsOf(chart);
  expect(usual.spec.executor.template.spec.serviceAccountName).toBe('spark-executor');
  expect(there.spec.executor.template.spec.serviceAccountName).toBe('quiet');
});

it('what is wrong with the pods of all applications is said for each', () => {
  const chart = new Chart(new App(), 'jobs');
  const jobNamespace = new SparkJobNamespace(chart, 'team-1', { limitRange: { memory: { max: Size.gibibytes(1) } } });
  for (const name of ['first', 'second']) {
    expect(() => new SecureSparkApplication(chart, name, { jobNamespace, image, main })).toThrow(
      `jobs/${name}: 2 problems:`,
    );
  }
});
