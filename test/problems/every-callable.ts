import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, Chart, Duration, Size } from 'cdk8s';
import { PersistentVolumeAccessMode, PersistentVolumeClaim, Secret, User } from 'cdk8s-plus-28';
import * as library from '../../lib/index';
import { ENTRA, ROLE } from '../storage/storages';

/** What the arguments of the public API are made of, in one program. */
export class Fixture {
  public readonly chart = new Chart(new App(), 'test');
  public readonly jobNamespace = new library.SparkJobNamespace(this.chart, 'clicks', {
    allow: [library.Relaxation.of(library.Guarantee.NO_DEBUG_RIGHTS, 'tests')],
  });
  public readonly operator = new library.SparkOperator(this.chart, 'operator', { jobNamespaces: [this.jobNamespace] });
  public readonly storage = library.SparkStorage.s3(this.chart, 'checkpoints', {
    bucket: 'acme',
    prefix: 'p',
    identity: library.CloudIdentity.awsRole('arn:aws:iam::123456789012:role/sessions', {
      oidcIssuer: 'https://oidc.eks.eu-central-1.amazonaws.com/id/4D2E',
    }),
  });
  public readonly subject = User.fromName(this.chart, 'mira', 'mira@acme.dev');
  public readonly secret = Secret.fromSecretName(this.chart, 'keys', 'keys');
  public readonly claim = PersistentVolumeClaim.fromClaimName(this.chart, 'data', 'data');
  public readonly image = library.SparkImage.of('registry.acme.dev/sessions:1.4.0', { sparkVersion: '4.0.4' });
  public readonly main = library.SparkMain.python('local:///opt/app/sessions.py');
  public readonly job = { jobNamespace: this.jobNamespace, image: this.image, main: this.main };
  public readonly application = new library.SecureSparkApplication(this.chart, 'app', {
    ...this.job,
    storagePaths: [library.StoragePath.read(this.storage, 'raw')],
  });
  public readonly rule = { peers: [library.NetworkPeer.cidr('10.0.0.0/24')], ports: [443] };
  public readonly guard = new library.SparkAdmissionGuard(this.chart, 'guard', { namespace: 'guards', name: 'guards' });
  public readonly review = library.AccessReview.ofManifests([]);
  public readonly expectation = library.AccessExpectation.of(this.chart, { users: ['mira@acme.dev'] });
}

type Maker = (fixture: Fixture) => readonly unknown[];

const JAR = 'local:///opt/app/sessions.jar';
const ID = '00000000-1111-2222-3333-444444444444';
const SIZE = { size: Size.gibibytes(1) };
const inChart =
  (of: (fixture: Fixture) => unknown): Maker =>
  (fixture) => [fixture.chart, 'it', of(fixture)];

/** Right arguments of everything in the public API that takes any. */
export const ARGUMENTS: Readonly<Record<string, Maker>> = {
  'AccessExpectation.controllerOf': ({ operator }) => [operator],
  'AccessExpectation.driverOf': ({ jobNamespace }) => [jobNamespace],
  'AccessExpectation.executorOf': ({ jobNamespace }) => [jobNamespace],
  'AccessExpectation.group': () => ['system:masters'],
  'AccessExpectation.identity': ({ subject }) => [subject],
  'AccessExpectation.of': ({ chart }) => [chart],
  'AccessExpectation.ofReview': ({ review }) => [review],
  'AccessExpectation.serviceAccount': () => ['clicks', 'spark-driver'],
  'AccessExpectation.user': () => ['system:kube-scheduler', []],
  'AccessExpectation.webhookOf': ({ operator }) => [operator],
  'AccessReport.render': () => [library.AccessReportFormat.TEXT],
  'AccessReport.write': () => [fs.mkdtempSync(path.join(os.tmpdir(), 'report-'))],
  'AccessReview.can': () => [{ user: 'mira', verb: 'get', resource: 'pods' }],
  'AccessReview.canEscalate': () => [{ kind: 'User', name: 'mira' }, []],
  'AccessReview.diff': ({ review }) => [review, review],
  'AccessReview.ofApp': ({ chart }) => [chart],
  'AccessReview.ofFiles': () => [[]],
  'AccessReview.ofManifests': () => [[{ kind: 'Pod' }]],
  'AccessReview.whoCan': () => [{ verb: 'get', resource: 'pods' }],
  'ApplicationGrants.debug': ({ subject }) => [subject],
  'ApplicationGrants.operate': ({ subject }) => [subject],
  'ApplicationGrants.submit': ({ subject }) => [subject],
  'ApplicationGrants.view': ({ subject }) => [subject],
  'BatchScheduler.coscheduling': () => ['scheduler'],
  'Checkpoint.on': ({ storage }) => [storage],
  'Checkpoint.readOnly': ({ storage }) => [storage, 'sessions'],
  'CloudIdentity.awsRole': () => ['arn:aws:iam::123456789012:role/sessions'],
  'CloudIdentity.azureWorkloadIdentity': () => [ID, ID],
  'CloudIdentity.eksPodIdentity': () => [],
  'CloudIdentity.gkePrincipal': () => [],
  'CloudIdentity.gkeWorkloadIdentity': () => ['sessions@acme-1.iam.gserviceaccount.com'],
  'CloudIdentity.keyFile': ({ secret }) => [secret, 'key.json'],
  'CloudIdentity.secret': ({ secret }) => [secret],
  'CronSchedule.cron': () => ['0 2 * * *'],
  'CronSchedule.every': () => [Duration.hours(1)],
  'EmptyDirExporter.ofMetric': () => [{ name: 'used', namespaceLabel: 'ns', podLabel: 'pod', volumeLabel: 'volume' }],
  'Encryption.fromSecret': ({ secret }) => [secret, 'key'],
  'IdentityExpectation.except': () => ['get pods in clicks', 'tests'],
  'IdentityExpectation.may': () => [['create pods in clicks']],
  'IdentityExpectation.mayEscalateOnlyBy': () => [[library.EscalationWay.CREATE_PODS]],
  'IdentityExpectation.mayNot': () => [['get secrets in clicks']],
  'IdentityExpectation.mayOnly': () => [[]],
  'IdentityExpectation.mayOnlyIn': () => [['clicks']],
  'JobNamespaceGrants.debug': ({ subject }) => [subject],
  'JobNamespaceGrants.operate': ({ subject }) => [subject],
  'JobNamespaceGrants.submit': ({ subject }) => [subject],
  'JobNamespaceGrants.view': ({ subject }) => [subject],
  'LocalDirectories.emptyDir': () => [{ sizeLimit: Size.gibibytes(1) }],
  'LocalDirectories.ephemeralClaim': () => [SIZE],
  'LocalDirectories.onDemandClaim': () => [SIZE],
  'NetworkPeer.cidr': () => ['10.0.0.0/24'],
  'NetworkPeer.podsOf': () => ['kafka'],
  'OperatorLogLevel.of': () => ['info'],
  'Relaxation.of': () => [library.Guarantee.ENCRYPTION, 'tests'],
  'RestartPolicy.always': () => [],
  'RestartPolicy.onFailure': () => [],
  'SeccompProfile.localhost': () => ['profiles/spark.json'],
  'SparkAdmissionGuard.addExistingJobNamespace': () => ['other'],
  'SparkAdmissionGuard.addJobNamespace': ({ chart }) => [new library.SparkJobNamespace(chart, 'guarded')],
  'SparkAdmissionGuard.guards': () => ['clicks'],
  'SparkImage.of': () => ['registry.acme.dev/sessions:1.4.0', { sparkVersion: '4.0.4' }],
  'SparkJobNamespace.addToExistingNamespace': inChart(() => ({
    name: 'existing',
    podSecurity: library.PodSecurityLevel.RESTRICTED,
  })),
  'SparkJobNamespace.allowEgress': ({ rule }) => ['kafka', rule],
  'SparkJobNamespace.allowIngress': ({ rule }) => ['metrics', rule],
  'SparkMain.java': () => [JAR, 'org.acme.Sessions'],
  'SparkMain.python': () => ['local:///opt/app/sessions.py'],
  'SparkMain.r': () => ['local:///opt/app/sessions.R'],
  'SparkMain.scala': () => [JAR, 'org.acme.Sessions'],
  'SparkOperator.addExistingJobNamespace': () => ['other'],
  'SparkOperator.addJobNamespace': ({ chart }) => [new library.SparkJobNamespace(chart, 'watched')],
  'SparkOperator.watches': () => ['clicks'],
  'SparkOperatorCrds.fromFolder': () => ['crds'],
  'SparkStorage.azure': inChart(() => ({
    account: 'acmestreams',
    container: 'state',
    prefix: 'p',
    identity: ENTRA,
  })),
  'SparkStorage.gcs': inChart(() => ({ bucket: 'acme', prefix: 'p' })),
  'SparkStorage.hdfs': inChart(() => ({ nameNode: 'hdfs://namenode.hdfs:8020', prefix: 'p' })),
  'SparkStorage.location': () => ['clicks', 'sessions'],
  'SparkStorage.persistentVolumeClaim': inChart(({ claim }) => ({
    claim,
    prefix: 'p',
    accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY,
  })),
  'SparkStorage.s3': inChart(() => ({ bucket: 'acme', prefix: 'p', identity: ROLE })),
  'SparkValidation.validate': () => [{ manifests: [], logger: {}, report: { submit: (): void => undefined } }],
  'StoragePath.fileSink': ({ storage }) => [storage, 'out'],
  'StoragePath.read': ({ storage }) => [storage, 'raw'],
  'StoragePath.readWrite': ({ storage }) => [storage, 'tables'],
  'StoragePath.write': ({ storage }) => [storage, 'out'],
  'WebhookCertificates.certManager': () => [],
  'WellKnownSubmitter.airflowScheduler': inChart(() => ({ namespaceName: 'airflow' })),
  'WellKnownSubmitter.airflowTriggerer': inChart(() => ({ namespaceName: 'airflow' })),
  'WellKnownSubmitter.airflowWorker': inChart(() => ({ namespaceName: 'airflow' })),
  'WellKnownSubmitter.argoWorkflows': inChart(() => ({ namespaceName: 'argo' })),
  'WellKnownSubmitter.robot': inChart(() => ({ namespaceName: 'ci', serviceAccountName: 'deployer' })),
  'WritableDirectory.claim': ({ claim }) => ['/data', claim],
  'WritableDirectory.emptyDir': () => ['/data', { sizeLimit: Size.gibibytes(1) }],
  'WritableDirectory.ephemeralClaim': () => ['/data', SIZE],
  'new AccessReport': ({ chart }) => [chart, {}],
  'new CheckpointRetention': inChart(({ storage, image }) => ({
    storage,
    image,
    namespaces: ['clicks'],
    after: Duration.days(30),
    identity: library.CloudIdentity.awsRole('arn:aws:iam::123456789012:role/cleaner'),
  })),
  'new ScheduledSparkApplication': inChart(({ job }) => ({ ...job, schedule: library.CronSchedule.cron('@daily') })),
  'new SecureSparkApplication': inChart(({ job }) => job),
  'new SparkAdmissionGuard': inChart(() => ({ namespace: 'more-guards', name: 'more-guards' })),
  'new SparkApplication': inChart(({ chart, job }) => ({
    ...job,
    jobNamespace: new library.SparkJobNamespace(chart, 'plain', { podSecurity: library.PodSecurityLevel.BASELINE }),
  })),
  'new SparkApp': () => [{}],
  'new SparkJobNamespace': inChart(() => ({})),
  'new SparkOperator': inChart(() => ({ name: 'second', namespace: 'second' })),
  'new SparkValidation': () => [{}],
  'new StoragePermissions': inChart(({ application }) => ({
    applications: [application],
    format: library.PermissionFormat.CROSSPLANE,
  })),
  'new StreamingSparkApplication': inChart(({ job, storage }) => ({
    ...job,
    checkpoint: library.Checkpoint.on(storage),
  })),
};

/** Objects whose methods are called. */
const RECEIVERS: Readonly<Record<string, (fixture: Fixture) => object>> = {
  AccessExpectation: ({ expectation }) => expectation,
  AccessReport: ({ chart }) => new library.AccessReport(chart),
  AccessReview: ({ review }) => review,
  ApplicationGrants: ({ application }) => application.grants,
  'IdentityExpectation.mayOnly': ({ expectation, jobNamespace }) => expectation.executorOf(jobNamespace),
  IdentityExpectation: ({ expectation, jobNamespace }) => expectation.driverOf(jobNamespace),
  JobNamespaceGrants: ({ jobNamespace }) => jobNamespace.grants,
  SparkAdmissionGuard: ({ guard }) => guard,
  SparkJobNamespace: ({ jobNamespace }) => jobNamespace,
  SparkOperator: ({ operator }) => operator,
  SparkStorage: ({ storage }) => storage,
  SparkValidation: () => new library.SparkValidation(),
};

/** The start of errors of what belongs to a construct; others start with the name of what is called. */
export const PATHS: Readonly<Record<string, string>> = {
  ApplicationGrants: 'test/app',
  JobNamespaceGrants: 'test/clicks',
  SparkAdmissionGuard: 'test/guard',
  SparkJobNamespace: 'test/clicks',
  SparkOperator: 'test/operator',
  SparkStorage: 'test/checkpoints',
};

/** Calls something of the public API by its name. */
export function callOf(callable: string, fixture: Fixture): (values: readonly unknown[]) => unknown {
  const [className, method] = callable.replace(/^new /, '').split('.');
  const type = (library as unknown as Record<string, new (...values: readonly unknown[]) => object>)[className];
  if (method === undefined) return (values) => new type(...values);
  const receiver = (method in type ? type : (RECEIVERS[callable] ?? RECEIVERS[className])(fixture)) as Record<
    string,
    (...values: readonly unknown[]) => unknown
  >;
  return (values) => receiver[method](...values);
}
