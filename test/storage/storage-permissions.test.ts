import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { AccessReview } from '../../lib/access/access-review';
import { SecureSparkApplication } from '../../lib/application/secure-spark-application';
import { CronSchedule } from '../../lib/application/schedule/cron-schedule';
import { ScheduledSparkApplication } from '../../lib/application/scheduled-spark-application';
import { SparkApplication } from '../../lib/application/spark-application';
import { StreamingSparkApplication } from '../../lib/application/streaming-spark-application';
import { PodSecurityLevel } from '../../lib/kubernetes/pod-security-level';
import { SparkJobNamespace } from '../../lib/job-namespace/spark-job-namespace';
import { SparkStorage, ISparkStorage } from '../../lib/storage/spark-storage';
import { CloudIdentity } from '../../lib/storage/identity/cloud-identity';
import { PermissionFormat } from '../../lib/storage/permissions/permission-manifests';
import { StoragePermissions, StoragePermissionsProps } from '../../lib/storage/storage-permissions';
import { IMAGE, PYTHON } from '../application/fixtures';
import { manifests, messageOf, newChart } from '../job-namespace/manifests';
import { PREFIX, STORAGES } from './storages';
import { Checkpoint } from '../../lib/application/storage/checkpoint';

const WITH_TRUST = CloudIdentity.awsRole('arn:aws:iam::123456789012:role/sessions', {
  oidcIssuer: 'https://oidc.eks.eu-central-1.amazonaws.com/id/4D2E',
});
const PRINCIPAL = CloudIdentity.gkePrincipal({ clusterProject: 'acme-clusters', clusterProjectNumber: '123' });
const { CONTROLLERS, CROSSPLANE } = PermissionFormat;

function s3(chart: Chart, identity = WITH_TRUST): ISparkStorage {
  return SparkStorage.s3(chart, 's3', { bucket: 'acme-streams', prefix: PREFIX, identity });
}

function gcs(chart: Chart, newBucket = true): ISparkStorage {
  return SparkStorage.gcs(chart, 'gcs', {
    bucket: 'acme-streams',
    project: 'acme-data',
    prefix: PREFIX,
    newBucket: newBucket ? { location: 'EU' } : undefined,
    identity: PRINCIPAL,
  });
}

function azure(chart: Chart): ISparkStorage {
  return SparkStorage.azure(chart, 'azure', {
    subscription: '0a1b2c3d-0000-4000-8000-000000000001',
    resourceGroup: 'streams',
    account: 'acmestreams',
    container: 'state',
    prefix: PREFIX,
    identity: CloudIdentity.azureWorkloadIdentity(
      '00000000-1111-2222-3333-444444444444',
      '55555555-6666-7777-8888-999999999999',
      { identityName: 'sessions', resourceGroup: 'identities', oidcIssuer: 'https://oidc.example/0001/' },
    ),
  });
}

/** An application for each storage, and their permissions in a chart beside. */
function permissionsOf(
  storages: ((chart: Chart) => ISparkStorage)[],
  props: Partial<StoragePermissionsProps> & { chartNamespace?: string } = {},
): Chart {
  const app = new App();
  const jobs = new Chart(app, 'jobs');
  const jobNamespace = new SparkJobNamespace(jobs, 'clicks');
  const applications = storages.map((storage, index) => {
    const checkpoint = Checkpoint.on(storage(jobs));
    return new SecureSparkApplication(jobs, `job-${index}`, { jobNamespace, image: IMAGE, main: PYTHON, checkpoint });
  });
  const { chartNamespace, ...given } = props;
  const chart = new Chart(app, 'cloud', { namespace: chartNamespace });
  const { format = CONTROLLERS } = given;
  const namespace = format === CONTROLLERS && chartNamespace === undefined ? 'cloud' : undefined;
  new StoragePermissions(chart, 'permissions', { applications, format, namespace, ...given });
  return chart;
}

function told(chart: Chart): string[] {
  return manifests(chart).map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`);
}

function ids(chart: Chart): string[] {
  return chart.node
    .findAll()
    .filter((each) => ApiObject.isApiObject(each))
    .map(({ node }) => node.path);
}

describe('permissions on storage', () => {
  test('are objects of the clouds’ own controllers, with readable ids and names', () => {
    const chart = permissionsOf([s3, (jobs) => gcs(jobs), azure]);

    expect(told(chart).sort()).toEqual([
      'FederatedIdentityCredential cloud/clicks.job-2-driver',
      'FederatedIdentityCredential cloud/clicks.job-2-executor',
      'IAMCustomRole cloud/spark.objects.list',
      'IAMCustomRole cloud/spark.objects.read',
      'IAMCustomRole cloud/spark.objects.readwrite',
      'IAMPolicyMember cloud/clicks.job-1-list',
      'IAMPolicyMember cloud/clicks.job-1-list-2',
      'IAMPolicyMember cloud/clicks.job-1-read',
      'IAMPolicyMember cloud/clicks.job-1-read-2',
      'IAMPolicyMember cloud/clicks.job-1-read-write',
      'IAMPolicyMember cloud/clicks.job-1-read-write-2',
      'Policy cloud/clicks.job-0',
      'Role cloud/sessions',
      'RoleAssignment cloud/sessions-acmestreams-state-read-write',
      'RoleDefinition cloud/spark-blobs-read-write-on-acmestreams',
      'StorageBucket cloud/acme-streams',
    ]);
    expect(ids(chart)).toEqual(
      expect.arrayContaining([
        'cloud/permissions/aws-controllers/Policy-clicks.job-0',
        'cloud/permissions/config-connector/StorageBucket-acme-streams',
        'cloud/permissions/azure-service-operator/RoleDefinition-spark-blobs-read-write-on-acmestreams',
      ]),
    );
  });

  test('are objects of Crossplane, of the whole cluster whatever the chart’s namespace', () => {
    expect(
      told(permissionsOf([s3, (jobs) => gcs(jobs)], { format: CROSSPLANE, chartNamespace: 'cloud' })).sort(),
    ).toEqual([
      'Bucket /acme-streams',
      'BucketIAMMember /clicks.job-1-list',
      'BucketIAMMember /clicks.job-1-list-2',
      'BucketIAMMember /clicks.job-1-read',
      'BucketIAMMember /clicks.job-1-read-2',
      'BucketIAMMember /clicks.job-1-read-write',
      'BucketIAMMember /clicks.job-1-read-write-2',
      'Policy /clicks.job-0',
      'ProjectIAMCustomRole /spark.objects.list',
      'ProjectIAMCustomRole /spark.objects.read',
      'ProjectIAMCustomRole /spark.objects.readwrite',
      'Role /sessions',
      'RolePolicyAttachment /clicks.job-0',
    ]);
  });

  test('give each application just its own paths, and one role to all that share it', () => {
    const one = newChart();
    const jobNamespace = new SparkJobNamespace(one, 'clicks');
    const common = { jobNamespace, image: IMAGE, main: PYTHON, checkpoint: Checkpoint.on(s3(one)) };
    const applications = ['sessions', 'totals'].map((name) => new SecureSparkApplication(one, name, common));
    new StoragePermissions(one, 'permissions', { applications, format: CONTROLLERS, namespace: 'cloud' });

    const found = manifests(one).filter(({ apiVersion }) => apiVersion === 'iam.services.k8s.aws/v1alpha1');
    expect(
      found
        .filter(({ kind }) => kind === 'Policy')
        .map(({ spec }) => (spec as { policyDocument: string }).policyDocument.match(/clicks\/\w+/g))
        .map((paths) => [...new Set(paths)]),
    ).toEqual([['clicks/sessions'], ['clicks/totals']]);
    expect(found.filter(({ kind }) => kind === 'Role').map(({ metadata }) => metadata.name)).toEqual(['sessions']);
  });

  test('stand in the chart’s namespace, unless another one is given', () => {
    const own = new Set(told(permissionsOf([s3], { chartNamespace: 'acks' })).map((each) => each.split(/[ /]/)[1]));
    const given = permissionsOf([s3], { chartNamespace: 'acks', namespace: 'other' });

    expect([...own]).toEqual(['acks']);
    expect(told(given).sort()).toEqual(['Policy other/clicks.job-0', 'Role other/sessions']);
  });

  test('are the same each time', () => {
    expect(Testing.synth(permissionsOf([s3, azure]))).toEqual(Testing.synth(permissionsOf([s3, azure])));
  });

  test('give no right in the cluster, which a review can tell', () => {
    for (const format of [CONTROLLERS, CROSSPLANE]) {
      const review = AccessReview.ofManifests(Testing.synth(permissionsOf([s3], { format })) as object[]);

      expect(review.problems).toEqual([]);
    }
  });

  test.each<[string, () => Chart, string]>([
    [
      'no application',
      () => permissionsOf([]),
      'cloud/permissions: applications is empty; name those that use storage',
    ],
    [
      'an application that needs none',
      () => permissionsOf([s3, STORAGES.hdfs]),
      'cloud/permissions: applications[1], jobs/job-1, uses no storage of a cloud, so it needs no permissions; leave it out, ' +
        'or give it checkpoint with storage on GCS, S3 or Azure',
    ],
    [
      'no namespace',
      () => permissionsOf([s3], { namespace: undefined }),
      "cloud/permissions: namespace is not given, and the chart has none; give that of the cloud controllers' objects",
    ],
    [
      'a namespace that is none',
      () => permissionsOf([s3], { namespace: 'The Cloud' }),
      'cloud/permissions: namespace "The Cloud" is no DNS label',
    ],
    [
      'a namespace of objects that have none',
      () => permissionsOf([s3], { format: CROSSPLANE, namespace: 'cloud' }),
      'cloud/permissions: namespace is "cloud", but the objects of Crossplane are of the whole cluster; leave it out',
    ],
    [
      'Azure with Crossplane',
      () => permissionsOf([azure], { format: CROSSPLANE }),
      'cloud/permissions: storage access "clicks.job-0": there are no objects of Crossplane for Azure here; ' +
        'use the format "controllers", or files',
    ],
    [
      'a role of which it is not known whom it trusts',
      () => permissionsOf([STORAGES.s3]),
      'cloud/permissions: storage permissions: "clicks.job-0": whose tokens its role trusts is not known; ' +
        'give oidcIssuer to CloudIdentity.awsRole',
    ],
    [
      'a bucket without its project and principals',
      () => permissionsOf([STORAGES.gcs]),
      [
        'cloud/permissions: storage permissions: 2 problems:',
        '  - "clicks.job-0": the bucket\'s project is not known; give project to the storage',
        '  - "clicks.job-0": the principals of its jobs are not known; give the storage CloudIdentity.gkePrincipal with ' +
          'clusterProject and clusterProjectNumber, or CloudIdentity.gkeWorkloadIdentity',
      ].join('\n'),
    ],
    [
      'a container without its place and identity',
      () => permissionsOf([STORAGES.azure]),
      [
        'cloud/permissions: storage permissions: 3 problems:',
        '  - "clicks.job-0": the account\'s subscription is not known; give subscription to the storage',
        '  - "clicks.job-0": the account\'s resource group is not known; give resourceGroup to the storage',
        '  - "clicks.job-0": the managed identity of its jobs is not known; give CloudIdentity.azureWorkloadIdentity the ' +
          'options identityName, resourceGroup and oidcIssuer',
      ].join('\n'),
    ],
    [
      'a role that nobody knows',
      () => permissionsOf([(jobs) => s3(jobs, CloudIdentity.eksPodIdentity())]),
      'cloud/permissions: storage permissions: "clicks.job-0": the role of its jobs is not known; give the storage ' +
        'CloudIdentity.awsRole with oidcIssuer, or CloudIdentity.eksPodIdentity with roleArn, cluster and region',
    ],
    [
      'a Google account of which it is not known who acts as it',
      () =>
        permissionsOf([
          (jobs) =>
            SparkStorage.gcs(jobs, 'gcs', {
              bucket: 'acme-streams',
              project: 'acme-data',
              prefix: PREFIX,
              identity: CloudIdentity.gkeWorkloadIdentity('sessions@acme-1.iam.gserviceaccount.com'),
            }),
        ]),
      'cloud/permissions: storage permissions: "clicks.job-0": the cluster\'s project is not known; ' +
        'give clusterProject to CloudIdentity.gkeWorkloadIdentity',
    ],
  ])('are refused for %s', (_what, make, message) => {
    expect(messageOf(make)).toContain(message);
  });

  test('are refused with an application twice', () => {
    const chart = newChart();
    const jobNamespace = new SparkJobNamespace(chart, 'clicks');
    const job = new SecureSparkApplication(chart, 'sessions', {
      jobNamespace,
      image: IMAGE,
      main: PYTHON,
      checkpoint: Checkpoint.on(s3(chart)),
    });
    const make = () =>
      new StoragePermissions(chart, 'permissions', {
        applications: [job, job],
        format: CONTROLLERS,
        namespace: 'cloud',
      });

    expect(messageOf(make)).toBe('test/permissions: applications[1], test/sessions, is there twice; leave it out once');
  });
});

test('are those of applications of every kind', () => {
  const chart = newChart();
  const jobNamespace = new SparkJobNamespace(chart, 'clicks', { podSecurity: PodSecurityLevel.BASELINE });
  const checkpoint = Checkpoint.on(s3(chart));
  const props = { jobNamespace, image: IMAGE, main: PYTHON, checkpoint };
  const applications = [
    new SecureSparkApplication(chart, 'secure', props),
    new SparkApplication(chart, 'plain', props),
    new StreamingSparkApplication(chart, 'stream', props),
    new ScheduledSparkApplication(chart, 'schedule', { ...props, schedule: CronSchedule.cron('@daily') }),
  ];
  new StoragePermissions(chart, 'permissions', { applications, format: CONTROLLERS, namespace: 'cloud' });
  const policies = manifests(chart).filter(({ kind }) => kind === 'Policy');
  expect(policies.map(({ metadata }) => metadata.name).sort()).toEqual([
    'clicks.plain',
    'clicks.schedule',
    'clicks.secure',
    'clicks.stream',
  ]);
});

test('permissions are for users of storage, and not for any construct (case 11)', () => {
  const chart = newChart();
  const props = { applications: [chart], format: CONTROLLERS };
  expect(messageOf(() => new StoragePermissions(chart, 'permissions', props))).toBe(
    'test/permissions: applications[0] is a Chart; pass an application or a CheckpointRetention',
  );
});
