import { App, Chart } from 'cdk8s';
import { ServiceAccount } from 'cdk8s-plus-28';
import { dump } from 'js-yaml';
import { SparkJobNamespace, SparkOperator } from '../../lib';
import { AccessReview } from '../../lib/access/access-review';
import { explainApplication, explainText } from '../../lib/explain/explain-text';
import { ExplainedProgram } from '../../lib/explain/explained-program';
import { Explanation } from '../../lib/explain/explanation';

const app = new App();
const chart = new Chart(app, 'platform');
const clicks = new SparkJobNamespace(chart, 'clicks', {
  driverServiceAccount: new ServiceAccount(chart, 'streams', {
    metadata: {
      name: 'streams',
      namespace: 'clicks',
      annotations: {
        'iam.gke.io/gcp-service-account': 'streams@acme.iam.gserviceaccount.com',
        'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/streams',
      },
    },
  }),
});
new SparkOperator(chart, 'operator', { jobNamespaces: [clicks] });
const PROGRAM = new ExplainedProgram(AccessReview.ofApp(app));
const NO_PROGRAM = new ExplainedProgram(AccessReview._of([]));

function application(status?: object, spec: object = {}): Record<string, unknown> {
  return {
    apiVersion: 'sparkoperator.k8s.io/v1beta2',
    kind: 'SparkApplication',
    metadata: { name: 'pi', namespace: 'clicks' },
    spec,
    status,
  };
}

function explained(text: string, program = PROGRAM): Explanation {
  const explanations = explainText(text, program);
  expect(explanations).toHaveLength(1);
  return explanations[0];
}

describe('the status of an application', () => {
  const message =
    'failed to submit spark application: failed to run spark-submit: pods "pi-driver" is forbidden: violates PodSecurity "restricted:latest": seccompProfile (pod or container "spark-kubernetes-driver" must set seccompProfile)';

  it.each([
    ['JSON', (object: object) => JSON.stringify(object, undefined, 4)],
    ['YAML', (object: object) => dump(object)],
    ['YAML of a list', (object: object) => dump({ apiVersion: 'v1', kind: 'List', items: [object] })],
  ])('is read from %s', (_, write) => {
    const failed = application({ applicationState: { state: 'SUBMISSION_FAILED', errorMessage: message } });
    expect(explained(write(failed)).lacks).toBe('no right; the pod breaks the rules of seccompProfile');
  });

  it('is what counts, not what stands in the specification', () => {
    const spec = { arguments: ['Read-only file system'] };
    const running = application({ applicationState: { state: 'RUNNING' } }, spec);
    expect(explained(JSON.stringify(running)).what).toBe(
      'the application "pi" of namespace "clicks" is RUNNING: nothing has failed',
    );
  });

  it('that is missing means that no operator looks at it (row 11)', () => {
    expect(explained(JSON.stringify(application())).program).toBe('has the namespace among those of its operator');
    const elsewhere = JSON.stringify(application()).replace('"clicks"', '"reports"');
    const explanation = explained(elsewhere);
    expect(explanation.program).toBe('does not have the namespace among those of its operator');
    expect(explanation.remedies?.map(({ code }) => code)).toEqual([
      "const reports = new SparkJobNamespace(chart, 'reports');",
      'operator.addJobNamespace(reports);',
    ]);
    expect(explained(elsewhere, NO_PROGRAM).program).toBeUndefined();
  });

  it('that says nothing of use is explained by the log of the driver', () => {
    const failed = application({
      applicationState: { state: 'FAILED', errorMessage: 'driver container failed with ExitCode: 1, Reason: Error' },
    });
    expect(explainApplication(failed, [], PROGRAM).map(({ what }) => what)).toEqual([
      'the job itself ended with exit code 1; the status does not say why',
    ]);
    expect(
      explainApplication(failed, ['java.nio.file.FileSystemException: /tmp/a: Read-only file system'], PROGRAM).map(
        ({ what }) => what,
      ),
    ).toEqual(['something writes into the root file system, which is read-only']);
  });

  it('of a driver that was killed for its memory says so', () => {
    expect(explained('driver container failed with ExitCode: 137, Reason: OOMKilled').lacks).toBe('memory');
  });

  it('with a message that is not known is unknown', () => {
    expect(explainText(JSON.stringify(application({ applicationState: { state: 'FAILED' } })), PROGRAM)).toEqual([]);
  });
});

describe('a 403 of a bucket', () => {
  const gcs = (principal: string, permission: string): string =>
    `"message" : "${principal} does not have ${permission} access to the Google Cloud Storage object."`;

  it('names the account whose cloud identity it is (row 38)', () => {
    const explanation = explained(gcs('streams@acme.iam.gserviceaccount.com', 'storage.objects.delete'));
    expect(explanation.who).toBe(
      'streams@acme.iam.gserviceaccount.com, the cloud identity of ServiceAccount clicks/streams (driver)',
    );
    expect(explanation.lacks).toBe('storage.objects.delete on the bucket');
    expect(explanation.advice).toContain('not storage.admin');
  });

  it('of a role of AWS names the account too (row 38)', () => {
    const text =
      'User: arn:aws:sts::123456789012:assumed-role/streams/aws-sdk-java-1 is not authorized to perform: s3:DeleteObject on resource: "arn:aws:s3:::acme/checkpoints/x" because no identity-based policy allows the s3:DeleteObject action';
    const explanation = explained(text);
    expect(explanation.who).toBe('streams, the cloud identity of ServiceAccount clicks/streams (driver)');
    expect(explanation.lacks).toBe('s3:DeleteObject');
  });

  it('never asks for the right to make buckets (row 40)', () => {
    const explanation = explained(
      'Error: streams@acme.iam.gserviceaccount.com does not have storage.buckets.create access to the Google Cloud project. Permission denied.',
    );
    expect(explanation.lacks).toContain('no job should be given it or storage.admin');
    expect(explanation.advice).toContain('a missing one is made by an administrator');
  });

  it('of the identity of the nodes says that the account has none of its own (row 38)', () => {
    const explanation = explained(gcs('1234-compute@developer.gserviceaccount.com', 'storage.objects.get'));
    expect(explanation.who).toContain('looks like the identity of the nodes, not of the job');
  });

  it('of an identity that the program does not have says so', () => {
    expect(explained(gcs('other@acme.iam.gserviceaccount.com', 'storage.objects.get')).who).toContain(
      'a cloud identity that no account of the program has',
    );
    expect(explained(gcs('other@acme.iam.gserviceaccount.com', 'storage.objects.get'), NO_PROGRAM).who).toBe(
      'the cloud identity other@acme.iam.gserviceaccount.com',
    );
  });

  it('that asks for more than objects is not to be granted', () => {
    expect(explained(gcs('streams@acme.iam.gserviceaccount.com', 'storage.buckets.list')).advice).toMatch(
      /^do not grant it; jobs need rights on objects only/,
    );
  });
});
