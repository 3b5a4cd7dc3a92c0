import { throwProblems } from '../../problems/errors';
import {
  AwsIdentity,
  AzureAccess,
  AzureIdentity,
  GcpIdentity,
  GcsAccess,
  S3Access,
  StorageAccess,
  StorageGrant,
  StorageUse,
  WorkloadAccounts,
} from './storage-access';

interface Form {
  readonly pattern: RegExp;
  readonly expected: string;
}

const LABEL: Form = { pattern: /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, expected: 'a DNS label' };
/** It names files, objects of Kubernetes and policies of AWS, which have the shortest names. */
const NAME: Form = {
  pattern: /^[a-z0-9]([a-z0-9.-]{0,126}[a-z0-9])?$/,
  expected: 'at most 128 lower-case letters, digits, "." and "-"',
};
const UUID: Form = { pattern: /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/, expected: 'a UUID' };
const REGION: Form = { pattern: /^[A-Za-z0-9-]+$/, expected: 'letters, digits and "-"' };
const PROJECT: Form = {
  pattern: /^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
  expected: 'the id of a project, such as "acme-data"',
};
const RESOURCE_GROUP: Form = {
  pattern: /^[A-Za-z0-9_.()-]{0,89}[A-Za-z0-9_()-]$/,
  expected: 'the name of a resource group',
};

const S3_BUCKET: Form = {
  pattern: /^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  expected: 'the name of a bucket: 3 to 63 lower-case letters, digits, "." and "-"',
};
const GCS_BUCKET: Form = {
  pattern: /^(?!.*\.\.)[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/,
  expected: 'the name of a bucket: 3 to 222 lower-case letters, digits, ".", "_" and "-"',
};
const AWS_ACCOUNT: Form = { pattern: /^\d{12}$/, expected: 'the twelve digits of an account' };
const PARTITION: Form = { pattern: /^aws(-[a-z]+)*$/, expected: 'a partition, such as "aws" or "aws-cn"' };
const ROLE: Form = { pattern: /^[A-Za-z0-9][\w+=,.@-]{0,63}$/, expected: 'the name of a role, without its path' };
const ROLE_PATH: Form = { pattern: /^\/([\w+=,.@-]+\/)+$/, expected: 'a path with a slash at both ends' };
const CLUSTER: Form = { pattern: /^[A-Za-z0-9][\w-]{0,99}$/, expected: 'the name of a cluster' };
const AWS_ISSUER: Form = {
  pattern: /^[a-z0-9.-]+(\/[A-Za-z0-9._-]+)*$/,
  expected: 'the issuer of tokens without "https://", such as "oidc.eks.eu-west-1.amazonaws.com/id/4D2E"',
};
const PROJECT_NUMBER: Form = {
  pattern: /^\d+$/,
  expected: 'the number of a project; "gcloud projects describe" shows it',
};
const EMAIL: Form = { pattern: /^[a-z0-9-]+@[a-z0-9.-]+$/, expected: 'the e-mail address of a Google service account' };
const STORAGE_ACCOUNT: Form = { pattern: /^[a-z0-9]{3,24}$/, expected: '3 to 24 lower-case letters and digits' };
const CONTAINER: Form = {
  pattern: /^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/,
  expected: '3 to 63 lower-case letters, digits and single "-"',
};
const AZURE_IDENTITY: Form = { pattern: /^[A-Za-z0-9][\w-]{2,127}$/, expected: 'the name of a managed identity' };
const AZURE_ISSUER: Form = { pattern: /^https:\/\/[A-Za-z0-9./_-]+$/, expected: 'a URL that begins with "https://"' };

/**
 * A path holds only what stands for itself in every policy and command: `*`, `?` and `${` would widen a pattern of S3, and a
 * quote would end a text in a condition.
 */
const PATH = /^(?!\.{1,2}(\/|$))[A-Za-z0-9_.=@+-]+(\/(?!\.{1,2}(\/|$))[A-Za-z0-9_.=@+-]+)*$/;
const MAX_PATH_LENGTH = 512;
/** Of the name of a federated credential. */
const MAX_CREDENTIAL = 120;

/** Throws one error with everything that is wrong. */
export function checkAccess(access: StorageAccess): void {
  throwProblems(`storage access ${JSON.stringify(access.name)}`, accessProblems(access));
}

export function accessProblems(access: StorageAccess): string[] {
  return [
    ...form('name', access.name, NAME),
    ...storeProblems(access),
    ...workloadProblems(access.identity),
    ...(access.grants.length === 0 ? ['grants is empty; name at least one path and its use'] : []),
    ...access.grants.flatMap((grant, index) => grantProblems(`grants[${index}]`, grant, access.store === 's3')),
  ];
}

function workloadProblems(identity: WorkloadAccounts | undefined): string[] {
  if (identity === undefined) return [];
  const { namespace, serviceAccounts } = identity;
  return [
    ...form('identity.namespace', namespace, LABEL),
    ...(serviceAccounts.length === 0 ? ['identity.serviceAccounts is empty; name those of driver and executors'] : []),
    ...serviceAccounts.flatMap((account, index) => accountProblems(`identity.serviceAccounts[${index}]`, account)),
  ];
}

function storeProblems(access: StorageAccess): string[] {
  if (access.store === 's3') return s3Problems(access);
  if (access.store === 'gcs') return gcsProblems(access);
  return azureProblems(access);
}

function s3Problems({ bucket, partition, newBucket, identity }: S3Access): string[] {
  return [
    ...form('bucket', bucket, S3_BUCKET),
    ...formIfGiven('partition', partition, PARTITION),
    ...formIfGiven('newBucket.location', newBucket?.location, REGION),
    ...(identity === undefined
      ? []
      : [
          ...form('identity.account', identity.account, AWS_ACCOUNT),
          ...form('identity.role', identity.role, ROLE),
          ...formIfGiven('identity.path', identity.path, ROLE_PATH),
          ...trustProblems(identity.trust),
        ]),
  ];
}

function trustProblems(trust: AwsIdentity['trust']): string[] {
  if (trust === undefined) return [];
  if (trust.kind === 'irsa') return form('identity.trust.issuer', trust.issuer, AWS_ISSUER);
  return [
    ...form('identity.trust.region', trust.region, REGION),
    ...form('identity.trust.cluster', trust.cluster, CLUSTER),
  ];
}

function gcsProblems({ bucket, project, newBucket, identity }: GcsAccess): string[] {
  return [
    ...form('bucket', bucket, GCS_BUCKET),
    ...formIfGiven('project', project, PROJECT),
    ...formIfGiven('newBucket.location', newBucket?.location, REGION),
    ...(identity === undefined ? [] : gcpIdentityProblems(identity)),
  ];
}

function gcpIdentityProblems({ clusterProject, clusterProjectNumber, serviceAccount }: GcpIdentity): string[] {
  if (serviceAccount !== undefined) {
    return [
      ...formIfGiven('identity.clusterProject', clusterProject, PROJECT),
      ...form('identity.serviceAccount', serviceAccount, EMAIL),
    ];
  }
  return [
    ...form('identity.clusterProject', clusterProject ?? '', PROJECT),
    ...form('identity.clusterProjectNumber', clusterProjectNumber ?? '', PROJECT_NUMBER),
  ];
}

function azureProblems({ subscription, resourceGroup, account, container, identity }: AzureAccess): string[] {
  return [
    ...formIfGiven('subscription', subscription, UUID),
    ...formIfGiven('resourceGroup', resourceGroup, RESOURCE_GROUP),
    ...form('account', account, STORAGE_ACCOUNT),
    ...form('container', container, CONTAINER),
    ...(identity === undefined
      ? []
      : [
          ...form('identity.name', identity.name, AZURE_IDENTITY),
          ...form('identity.resourceGroup', identity.resourceGroup, RESOURCE_GROUP),
          ...form('identity.issuer', identity.issuer, AZURE_ISSUER),
          ...credentialProblems(identity),
        ]),
  ];
}

/** @see https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations */
function credentialProblems({ namespace, serviceAccounts }: AzureIdentity): string[] {
  return serviceAccounts
    .map((account) => `${namespace}-${account}`)
    .filter((name) => name.length > MAX_CREDENTIAL)
    .map(
      (name) =>
        `the federated credential would be named "${name}", which has ${name.length} characters; at most ` +
        `${MAX_CREDENTIAL} are possible: give namespace or application a shorter name`,
    );
}

function accountProblems(what: string, account: string): string[] {
  if (account === 'default') {
    return [`${what} is "default", which any pod of the namespace uses; give the job a service account of its own`];
  }
  return form(what, account, {
    pattern: /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/,
    expected: 'the name of a service account',
  });
}

function grantProblems(what: string, { path, use, multipart }: StorageGrant, onS3: boolean): string[] {
  const problems: string[] = [];
  if (!PATH.test(path)) {
    problems.push(
      `${what}.path is ${JSON.stringify(path)}; expected are names of letters, digits, "_", ".", "=", "@", "+" and "-" ` +
        'with single slashes between them, and no "." or "..": anything else may stand for more than itself in a policy',
    );
  } else if (path.length > MAX_PATH_LENGTH) {
    problems.push(
      `${what}.path has ${path.length} characters; at most ${MAX_PATH_LENGTH} are possible: shorten the prefix`,
    );
  }
  if (!Object.values(StorageUse).includes(use)) {
    problems.push(`${what}.use is ${JSON.stringify(use)}; expected ${Object.values(StorageUse).join(', ')}`);
  }
  if (multipart === true && !onS3) problems.push(`${what}.multipart is true, but only S3 knows it; leave it out`);
  if (multipart === true && (use === StorageUse.READ || use === StorageUse.CLEAN_UP)) {
    problems.push(`${what}.multipart is true, but "${use}" writes nothing; leave it out`);
  }
  return problems;
}

function form(what: string, value: string, { pattern, expected }: Form): string[] {
  return pattern.test(value) ? [] : [`${what} is ${JSON.stringify(value)}; expected is ${expected}`];
}

function formIfGiven(what: string, value: string | undefined, wanted: Form): string[] {
  return value === undefined ? [] : form(what, value, wanted);
}

/** What several jobs of one namespace may share. */
interface SharedIdentity {
  readonly key: string;
  /** What it is, as an error says it. */
  readonly what: string;
  readonly remedy: string;
}

/** Refuses an identity that namespaces or clusters share: each would have what the other has. */
export function checkSharedIdentities(accesses: readonly StorageAccess[]): void {
  const found = new Map<string, StorageAccess>();
  const problems: string[] = [];
  for (const access of accesses) {
    const shared = sharedIdentity(access);
    if (shared === undefined) continue;
    const other = found.get(shared.key) ?? access;
    found.set(shared.key, other);
    if (ownerOf(other) === ownerOf(access)) continue;
    problems.push(
      `"${other.name}" and "${access.name}" share the ${shared.what}, but are of different namespaces, or give different ` +
        `facts of it; give each namespace a storage with ${shared.remedy} and prefix`,
    );
  }
  throwProblems('storage permissions', problems);
}

function sharedIdentity(access: StorageAccess): SharedIdentity | undefined {
  if (access.store === 's3') return roleOf(access);
  if (access.store === 'gcs') return googleAccountOf(access);
  return managedIdentityOf(access);
}

function roleOf({ identity }: S3Access): SharedIdentity | undefined {
  if (identity === undefined) return undefined;
  return {
    key: JSON.stringify(['s3', identity.account, identity.role]),
    what: `role "${identity.role}"`,
    remedy: 'a role of its own, which may name the same bucket',
  };
}

/** Kubernetes accounts that are principals of their own share nothing. */
function googleAccountOf({ identity }: GcsAccess): SharedIdentity | undefined {
  if (identity?.serviceAccount === undefined) return undefined;
  return {
    key: JSON.stringify(['gcs', identity.serviceAccount]),
    what: `Google service account "${identity.serviceAccount}"`,
    remedy: 'an account of its own, which may name the same bucket',
  };
}

function managedIdentityOf({ identity, subscription }: AzureAccess): SharedIdentity | undefined {
  if (identity === undefined) return undefined;
  return {
    key: JSON.stringify(['azure', subscription, identity.resourceGroup, identity.name]),
    what: `managed identity "${identity.name}"`,
    remedy: 'an identity of its own, which may name the same container',
  };
}

/** An identity without the accounts of a job. */
function ownerOf({ identity }: StorageAccess): string {
  return JSON.stringify({ ...identity, serviceAccounts: undefined });
}
