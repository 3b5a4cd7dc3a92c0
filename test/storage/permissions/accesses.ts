import * as fc from 'fast-check';
import { KnownAzureAccess, KnownGcsAccess, KnownS3Access } from '../../../lib/storage/permissions/missing-facts';
import { StorageGrant, StorageUse } from '../../../lib/storage/permissions/storage-access';

/** What the measured job did: its checkpoint, and the output of its file sink. */
export const MEASURED: StorageGrant[] = [
  { path: 'checkpoints/JOB', use: StorageUse.CHECKPOINT },
  { path: 'out/JOB', use: StorageUse.FILE_SINK },
];

export const EVERY_USE: StorageGrant[] = [
  ...MEASURED,
  { path: 'in/events', use: StorageUse.READ },
  { path: 'export', use: StorageUse.WRITE },
  { path: 'table', use: StorageUse.READ_WRITE },
  { path: 'old', use: StorageUse.CLEAN_UP },
];

export function s3Access(changes: Partial<KnownS3Access> = {}): KnownS3Access {
  return {
    store: 's3',
    name: 'clicks-sessions',
    bucket: 'acme-streams',
    grants: MEASURED,
    identity: {
      account: '111122223333',
      role: 'clicks-sessions',
      namespace: 'clicks',
      serviceAccounts: ['sessions-driver', 'sessions-executor'],
      trust: { kind: 'irsa', issuer: 'oidc.eks.eu-west-1.amazonaws.com/id/4D2E' },
    },
    ...changes,
  };
}

export function podIdentityAccess(changes: Partial<KnownS3Access> = {}): KnownS3Access {
  const access = s3Access(changes);
  return {
    ...access,
    identity: { ...access.identity, trust: { kind: 'podIdentity', region: 'eu-west-1', cluster: 'streams' } },
  };
}

export function gcsAccess(changes: Partial<KnownGcsAccess> = {}): KnownGcsAccess {
  return {
    store: 'gcs',
    name: 'clicks-sessions',
    bucket: 'acme-streams',
    project: 'acme-data',
    grants: MEASURED,
    identity: {
      namespace: 'clicks',
      serviceAccounts: ['sessions-driver', 'sessions-executor'],
      clusterProject: 'acme-clusters',
      clusterProjectNumber: '123456789012',
    },
    ...changes,
  };
}

export function googleAccountAccess(changes: Partial<KnownGcsAccess> = {}): KnownGcsAccess {
  return gcsAccess({
    identity: {
      namespace: 'clicks',
      serviceAccounts: ['sessions-driver', 'sessions-executor'],
      clusterProject: 'acme-clusters',
      serviceAccount: 'sessions@acme-data.iam.gserviceaccount.com',
    },
    ...changes,
  });
}

export function azureAccess(changes: Partial<KnownAzureAccess> = {}): KnownAzureAccess {
  return {
    store: 'azure',
    name: 'clicks-sessions',
    subscription: '0a1b2c3d-0000-4000-8000-000000000001',
    resourceGroup: 'streams',
    account: 'acmestreams',
    container: 'state',
    grants: MEASURED,
    identity: {
      name: 'clicks-sessions',
      resourceGroup: 'identities',
      issuer: 'https://oidc.example/0001/',
      namespace: 'clicks',
      serviceAccounts: ['sessions-driver', 'sessions-executor'],
    },
    ...changes,
  };
}

const SEGMENT = fc.stringMatching(/^[A-Za-z0-9_=@+-]{1,4}$/);

/** Up to four grants on random paths, which often begin alike. */
export const anyGrants: fc.Arbitrary<StorageGrant[]> = fc.array(
  fc.record({
    path: fc
      .array(fc.oneof(fc.constantFrom('a', 'b', 'ab'), SEGMENT), { minLength: 1, maxLength: 3 })
      .map((parts) => parts.join('/')),
    use: fc.constantFrom(...Object.values(StorageUse)),
  }),
  { minLength: 1, maxLength: 4 },
);

/** Keys near the paths of grants: the same, above, beneath, beside, and others. */
export function keysNear(grants: readonly StorageGrant[]): fc.Arbitrary<string> {
  const path = fc.constantFrom(...grants.map((grant) => grant.path));
  return fc.oneof(
    fc
      .tuple(path, fc.constantFrom('', '/', '/x', '/x/y', 'x', '2/x', '-old/x', '.tmp', '*', '/*'))
      .map((parts) => parts.join('')),
    path.map((given) => given.slice(0, -1)),
    path.map((given) => given.toUpperCase()),
    path.map((given) => given.split('/').slice(0, -1).join('/')),
    fc.string({ maxLength: 8 }),
  );
}

/** What the grants mean, said again in few words: what a policy may allow at most. */
export function meant(grants: readonly StorageGrant[]) {
  const beneath = (key: string, uses: readonly StorageUse[]): boolean =>
    grants.some(({ path, use }) => uses.includes(use) && key.startsWith(`${path}/`));
  const itself = (key: string, uses: readonly StorageUse[]): boolean =>
    grants.some(({ path, use }) => uses.includes(use) && key === path);
  const { CHECKPOINT, READ, WRITE, READ_WRITE, FILE_SINK, CLEAN_UP } = StorageUse;
  const written = [CHECKPOINT, WRITE, READ_WRITE, FILE_SINK];
  return {
    read: (key: string): boolean =>
      beneath(key, [...written, READ]) || itself(key, [CHECKPOINT, READ, WRITE, READ_WRITE]),
    write: (key: string): boolean => beneath(key, written),
    delete: (key: string): boolean => beneath(key, [...written, CLEAN_UP]),
    list: (prefix: string): boolean => beneath(prefix, Object.values(StorageUse)),
  };
}
