import { Secret } from 'cdk8s-plus-28';
import { SparkStorage, ISparkStorage } from '../../lib/storage/spark-storage';
import { CloudIdentity } from '../../lib/storage/identity/cloud-identity';
import { StorageUse } from '../../lib/storage/permissions/storage-access';
import { storageAccessesOf, storageAccessOf } from '../../lib/storage/storage-access-of';
import { messageOf, newChart } from '../job-namespace/manifests';
import { PREFIX, secretOf, STORAGES } from './storages';
import { placementOf } from '../../lib/storage/placement';

const ACCOUNTS = { namespace: 'clicks', serviceAccounts: ['sessions-driver', 'sessions-executor'] };
const SESSIONS = { name: 'sessions', ...ACCOUNTS };
const GRANTS = [{ path: 'checkpoints/prod-eu/clicks/sessions', use: StorageUse.CHECKPOINT }];

const ROLE = 'arn:aws:iam::123456789012:role/sessions';
const ISSUER = 'https://oidc.eks.eu-central-1.amazonaws.com/id/4D2E';
const [CLIENT, TENANT] = ['00000000-1111-2222-3333-444444444444', '55555555-6666-7777-8888-999999999999'];

function onS3(identity: CloudIdentity, region?: string): ISparkStorage {
  return SparkStorage.s3(newChart(), 'checkpoints', { bucket: 'acme-streams', prefix: PREFIX, identity, region });
}

function onGcs(identity?: CloudIdentity): ISparkStorage {
  return SparkStorage.gcs(newChart(), 'checkpoints', {
    bucket: 'acme-streams',
    project: 'acme-data',
    newBucket: { location: 'EU' },
    limitListing: true,
    prefix: PREFIX,
    identity,
  });
}

function onAzure(identity: CloudIdentity): ISparkStorage {
  return SparkStorage.azure(newChart(), 'checkpoints', {
    subscription: CLIENT,
    resourceGroup: 'streams',
    account: 'acmestreams',
    container: 'state',
    prefix: PREFIX,
    identity,
  });
}

function identityIn(storage: ISparkStorage): unknown {
  return storageAccessOf(placementOf(storage).store, SESSIONS, GRANTS)?.identity;
}

describe('the access of a job in a store', () => {
  test('has the store, the paths, and a name of the namespace and the job', () => {
    expect(storageAccessOf(placementOf(onS3(CloudIdentity.awsRole(ROLE))).store, SESSIONS, GRANTS)).toMatchObject({
      store: 's3',
      name: 'clicks.sessions',
      bucket: 'acme-streams',
      partition: 'aws',
      grants: GRANTS,
    });
    expect(storageAccessOf(placementOf(onGcs()).store, SESSIONS, GRANTS)).toEqual({
      store: 'gcs',
      name: 'clicks.sessions',
      bucket: 'acme-streams',
      project: 'acme-data',
      newBucket: { location: 'EU' },
      limitListing: true,
      grants: GRANTS,
    });
    expect(
      storageAccessOf(
        placementOf(onAzure(CloudIdentity.azureWorkloadIdentity(CLIENT, TENANT))).store,
        SESSIONS,
        GRANTS,
      ),
    ).toEqual({
      store: 'azure',
      name: 'clicks.sessions',
      subscription: CLIENT,
      resourceGroup: 'streams',
      account: 'acmestreams',
      container: 'state',
      grants: GRANTS,
    });
  });

  test.each(['hdfs', 'persistentVolumeClaim'])('is none on %s, where no cloud gives permissions', (kind) => {
    expect(storageAccessOf(placementOf(STORAGES[kind](newChart())).store, SESSIONS, GRANTS)).toBeUndefined();
  });

  test.each<[string, () => ISparkStorage, object]>([
    [
      'CloudIdentity.awsRole',
      () => onS3(CloudIdentity.awsRole(ROLE, { oidcIssuer: ISSUER })),
      {
        account: '123456789012',
        role: 'sessions',
        trust: { kind: 'irsa', issuer: 'oidc.eks.eu-central-1.amazonaws.com/id/4D2E' },
      },
    ],
    [
      'CloudIdentity.awsRole without oidcIssuer',
      () => onS3(CloudIdentity.awsRole('arn:aws:iam::123456789012:role/team/a/sessions')),
      { account: '123456789012', role: 'sessions', path: '/team/a/' },
    ],
    [
      'CloudIdentity.eksPodIdentity',
      () => onS3(CloudIdentity.eksPodIdentity({ roleArn: ROLE, cluster: 'prod', region: 'eu-central-1' })),
      {
        account: '123456789012',
        role: 'sessions',
        trust: { kind: 'podIdentity', region: 'eu-central-1', cluster: 'prod' },
      },
    ],
    [
      'CloudIdentity.gkePrincipal',
      () => onGcs(CloudIdentity.gkePrincipal({ clusterProject: 'acme-clusters', clusterProjectNumber: '123' })),
      { clusterProject: 'acme-clusters', clusterProjectNumber: '123' },
    ],
    [
      'CloudIdentity.gkeWorkloadIdentity',
      () =>
        onGcs(
          CloudIdentity.gkeWorkloadIdentity('sessions@acme-1.iam.gserviceaccount.com', {
            clusterProject: 'acme-clusters',
          }),
        ),
      { serviceAccount: 'sessions@acme-1.iam.gserviceaccount.com', clusterProject: 'acme-clusters' },
    ],
    [
      'CloudIdentity.gkeWorkloadIdentity without clusterProject',
      () => onGcs(CloudIdentity.gkeWorkloadIdentity('sessions@acme-1.iam.gserviceaccount.com')),
      { serviceAccount: 'sessions@acme-1.iam.gserviceaccount.com' },
    ],
    [
      'CloudIdentity.azureWorkloadIdentity',
      () =>
        onAzure(
          CloudIdentity.azureWorkloadIdentity(CLIENT, TENANT, {
            identityName: 'sessions',
            resourceGroup: 'identities',
            oidcIssuer: 'https://oidc.example/0001/',
          }),
        ),
      { name: 'sessions', resourceGroup: 'identities', issuer: 'https://oidc.example/0001/' },
    ],
  ])('has with %s the identity that the cloud knows, and who has it', (_what, storage, identity) => {
    expect(identityIn(storage())).toEqual({ ...ACCOUNTS, ...identity });
  });

  test('has no identity where it is not known, or is whoever has a Secret or a key file', () => {
    const chart = newChart();
    const keyFile = CloudIdentity.keyFile(Secret.fromSecretName(chart, 'keys', 'keys'), 'key.json');

    expect(
      [
        onS3(CloudIdentity.eksPodIdentity()),
        onS3(secretOf(chart)),
        onGcs(CloudIdentity.gkePrincipal()),
        onGcs(keyFile),
        onAzure(CloudIdentity.azureWorkloadIdentity(CLIENT, TENANT)),
        onAzure(secretOf(newChart())),
      ].map(identityIn),
    ).toEqual([undefined, undefined, undefined, undefined, undefined, undefined]);
  });

  test.each([
    ['arn:aws-cn:iam::123456789012:role/sessions', undefined, 'aws-cn'],
    ['arn:aws-us-gov:iam::123456789012:role/sessions', 'us-gov-west-1', 'aws-us-gov'],
  ])('is in the partition of the role %s', (role, region, partition) => {
    expect(
      storageAccessOf(placementOf(onS3(CloudIdentity.awsRole(role), region)).store, SESSIONS, GRANTS),
    ).toMatchObject({ partition });
  });

  test.each([
    ['cn-north-1', 'aws-cn'],
    ['us-gov-east-1', 'aws-us-gov'],
    ['eu-central-1', undefined],
  ])('is without a role in the partition of the region %s', (region, partition) => {
    expect(storageAccessOf(placementOf(onS3(secretOf(newChart()), region)).store, SESSIONS, GRANTS)).toHaveProperty(
      'partition',
      partition,
    );
  });

  test('is refused where its name fits no policy', () => {
    const name = 'a'.repeat(122);

    expect(
      messageOf(() =>
        storageAccessOf(placementOf(onS3(CloudIdentity.awsRole(ROLE))).store, { ...SESSIONS, name }, GRANTS),
      ),
    ).toBe(
      `storage access "clicks.${name}": name is "clicks.${name}"; expected is at most 128 lower-case letters, digits, "." and "-"`,
    );
  });
});

describe('the accesses of a job in all of its stores', () => {
  const driver = ['sessions-driver'];
  const job = { name: 'sessions', namespace: 'clicks' };
  const output = [{ path: 'out', use: StorageUse.READ_WRITE }];

  test('are one for one bucket and identity, with all paths', () => {
    const storage = onS3(CloudIdentity.awsRole(ROLE));
    const alike = onS3(CloudIdentity.awsRole(ROLE));

    expect(
      storageAccessesOf(job, [
        { storage, grants: GRANTS, serviceAccounts: driver },
        { storage: alike, grants: output, serviceAccounts: driver },
      ]),
    ).toEqual([
      {
        ...storageAccessOf(placementOf(storage).store, { ...SESSIONS, serviceAccounts: driver }, [
          ...GRANTS,
          ...output,
        ]),
      },
    ]);
  });

  test('have names that tell jobs apart whose names and namespaces begin or end alike', () => {
    const storage = onS3(CloudIdentity.awsRole(ROLE));
    const namesOf = (namespace: string, name: string, reached: ISparkStorage[]) =>
      storageAccessesOf(
        { namespace, name },
        reached.map((each) => ({ storage: each, grants: GRANTS, serviceAccounts: driver })),
      ).map((access) => access.name);
    const logs = SparkStorage.gcs(newChart(), 'logs', { bucket: 'logs', prefix: 'logs' });
    const names = [
      ...namesOf('clicks', 'prod-sessions', [storage]),
      ...namesOf('clicks-prod', 'sessions', [storage]),
      ...namesOf('clicks', 'sessions', [storage, logs]),
      ...namesOf('clicks', 'sessions-logs', [storage]),
    ];

    expect(names).toEqual([
      'clicks.prod-sessions',
      'clicks-prod.sessions',
      'clicks.sessions',
      'clicks.sessions.logs',
      'clicks.sessions-logs',
    ]);
  });

  test('have names that tell the other buckets, and other accounts', () => {
    const logs = SparkStorage.gcs(newChart(), 'logs', { bucket: 'acme_logs', prefix: 'logs' });

    expect(
      storageAccessesOf(job, [
        { storage: onS3(CloudIdentity.awsRole(ROLE)), grants: GRANTS, serviceAccounts: driver },
        { storage: logs, grants: output, serviceAccounts: driver },
        { storage: STORAGES.hdfs(newChart()), grants: output, serviceAccounts: driver },
        { storage: onAzure(CloudIdentity.azureWorkloadIdentity(CLIENT, TENANT)), grants: output, serviceAccounts: [] },
        { storage: onS3(CloudIdentity.awsRole(ROLE)), grants: output, serviceAccounts: ACCOUNTS.serviceAccounts },
        { storage: onS3(CloudIdentity.awsRole(`${ROLE}-2`)), grants: output, serviceAccounts: driver },
      ]).map(({ name }) => name),
    ).toEqual([
      'clicks.sessions',
      'clicks.sessions.acme-logs',
      'clicks.sessions.acmestreams-state',
      'clicks.sessions.acme-streams',
      'clicks.sessions.acme-streams.2',
    ]);
  });
});
