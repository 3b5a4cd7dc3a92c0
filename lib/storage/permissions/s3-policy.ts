import { checkAccess } from './access-problems';
import { grantGroups, unique } from './grant-groups';
import { S3Access } from './storage-access';

/** A policy of AWS IAM as it is written. */
export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly PolicyStatement[];
}

export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Principal?: { readonly [kind: string]: string };
  readonly Action: readonly string[];
  readonly Resource?: readonly string[];
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: string | readonly string[] } };
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MAX_MANAGED_POLICY = 6144;

const READ = ['s3:GetObject'];
const WRITE = ['s3:PutObject', 's3:DeleteObject'];

/**
 * The least policy: the actions that Spark was seen to need through S3A, on the paths that it needs them on.
 *
 * Buckets are neither created nor described. A bare key is read because S3A asks for the status of a checkpoint or input
 * directory with a HEAD of its path, and takes a refusal for an error, but a missing object for a directory.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/security_iam_service-with-iam.html
 */
export function s3Policy(access: S3Access): PolicyDocument {
  checkAccess(access);
  const bucket = `arn:${access.partition ?? 'aws'}:s3:::${access.bucket}`;
  const { readWrite, read, clear, bareKeys, multipart } = grantGroups(access.grants);
  const beneath = (paths: readonly string[]): string[] => paths.map((path) => `${bucket}/${path}/*`);
  const exactly = (paths: readonly string[]): string[] => paths.map((path) => `${bucket}/${path}`);
  const document: PolicyDocument = {
    Version: '2012-10-17',
    Statement: [
      ...list('ListPaths', bucket, unique([...readWrite, ...clear])),
      ...statement('StatusOfDirectories', READ, exactly(bareKeys)),
      ...statement('ReadAndWrite', [...READ, ...WRITE], beneath(readWrite)),
      ...statement('Clear', ['s3:DeleteObject'], beneath(clear)),
      ...list('ListInputs', bucket, read),
      ...statement('ReadInputs', READ, [...exactly(read), ...beneath(read)]),
      ...statement('GiveUpUploads', ['s3:AbortMultipartUpload'], beneath(multipart)),
      // The action knows no condition on a prefix: the keys of all uploads under way in the bucket can be listed.
      ...statement('ListUploads', ['s3:ListBucketMultipartUploads'], multipart.length === 0 ? [] : [bucket]),
    ],
  };
  const length = JSON.stringify(document).length;
  if (length > MAX_MANAGED_POLICY) {
    throw new Error(
      `storage access "${access.name}": its policy has ${length} characters; a managed policy has at most ` +
        `${MAX_MANAGED_POLICY}: grant a path above several of them, or give some jobs a role of their own`,
    );
  }
  return document;
}

function list(sid: string, bucket: string, paths: readonly string[]): PolicyStatement[] {
  const prefixes = paths.map((path) => `${path}/*`);
  return statement(sid, ['s3:ListBucket'], paths.length === 0 ? [] : [bucket]).map((each) => ({
    ...each,
    Condition: { StringLike: { 's3:prefix': prefixes } },
  }));
}

/** Without a resource there is no statement, which would be on everything. */
function statement(sid: string, actions: readonly string[], resources: readonly string[]): PolicyStatement[] {
  if (resources.length === 0) return [];
  return [{ Sid: sid, Effect: 'Allow', Action: [...actions], Resource: [...resources] }];
}
