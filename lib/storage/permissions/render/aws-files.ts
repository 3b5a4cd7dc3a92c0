import { trustPolicy } from '../aws-trust';
import { grantGroups, unique } from '../grant-groups';
import { S3LifecycleRule, s3BucketRules, s3UploadRules } from '../lifecycle';
import { s3Policy } from '../s3-policy';
import { S3Access } from '../storage-access';
import { jsonFile, PermissionFile, quoted, scriptFile } from './permission-file';
import { rolesOf } from './names';

/**
 * Policies as files, and the commands that apply them with the command line of AWS.
 *
 * @see https://docs.aws.amazon.com/cli/latest/reference/iam/put-role-policy.html
 * @see https://docs.aws.amazon.com/cli/latest/reference/iam/create-role.html
 * @see https://docs.aws.amazon.com/cli/latest/reference/eks/create-pod-identity-association.html
 */
export function awsFiles(accesses: readonly S3Access[]): PermissionFile[] {
  // Refuses a role that two identities share.
  rolesOf(accesses);
  return accesses.flatMap((access) => {
    const rules = lifecycleRules(access);
    return [
      jsonFile(`${access.name}/policy.json`, s3Policy(access)),
      jsonFile(`${access.name}/trust-policy.json`, trustPolicy(access.identity)),
      ...(rules.length === 0 ? [] : [jsonFile(`${access.name}/lifecycle.json`, { Rules: rules })]),
      scriptFile(`${access.name}/apply.sh`, [
        ...accountCommands(access),
        ...bucketCommands(access),
        ...roleCommands(access),
        ...(rules.length === 0 ? [] : notes(access)),
      ]),
    ];
  });
}

/** Of a bucket that is there already, only what the job writes is cleared. */
function lifecycleRules({ newBucket, grants }: S3Access): S3LifecycleRule[] {
  if (newBucket !== undefined) return s3BucketRules();
  const { readWrite, write } = grantGroups(grants);
  return s3UploadRules(unique([...readWrite, ...write]));
}

function accountCommands({ identity }: S3Access): string[] {
  return [
    `if [ "$(aws sts get-caller-identity --query Account --output text)" != ${identity.account} ]; then`,
    `  echo ${quoted(`these commands are for the account ${identity.account}`)} >&2`,
    '  exit 1',
    'fi',
  ];
}

function roleCommands({ name, identity }: S3Access): string[] {
  const { account, partition, role, trust } = identity;
  const named = `--role-name ${quoted(role)}`;
  return [
    `if aws iam get-role ${named} >/dev/null 2>&1; then`,
    `  aws iam update-assume-role-policy ${named} --policy-document file://trust-policy.json`,
    'else',
    `  aws iam create-role ${named} --assume-role-policy-document file://trust-policy.json`,
    'fi',
    `aws iam put-role-policy ${named} --policy-name ${quoted(name)} --policy-document file://policy.json`,
    ...(trust.kind === 'irsa'
      ? []
      : identity.serviceAccounts.flatMap((serviceAccount) => {
          const at = `--region ${quoted(trust.region)} --cluster-name ${quoted(trust.cluster)}`;
          const who = `--namespace ${quoted(identity.namespace)} --service-account ${quoted(serviceAccount)}`;
          const arn = `arn:${partition ?? 'aws'}:iam::${account}:role/${role}`;
          return [
            `if [ "$(aws eks list-pod-identity-associations ${at} ${who} --query 'length(associations)' --output text)" = 0 ]; then`,
            `  aws eks create-pod-identity-association ${at} ${who} --role-arn ${quoted(arn)}`,
            'fi',
          ];
        })),
  ];
}

function bucketCommands({ bucket, newBucket }: S3Access): string[] {
  if (newBucket === undefined) return [];
  const named = `--bucket ${quoted(bucket)} --region ${quoted(newBucket.location)}`;
  const block = 'BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true';
  const place =
    newBucket.location === 'us-east-1'
      ? ''
      : ` --create-bucket-configuration ${quoted(`LocationConstraint=${newBucket.location}`)}`;
  // Whoever has the bucket already is asked nothing of it: its rules are replaced as a whole.
  return [
    `if ! aws s3api head-bucket ${named} 2>/dev/null; then`,
    `  aws s3api create-bucket ${named} --object-ownership BucketOwnerEnforced${place}`,
    `  aws s3api put-public-access-block ${named} --public-access-block-configuration ${quoted(block)}`,
    `  aws s3api put-bucket-versioning ${named} --versioning-configuration Status=Enabled`,
    `  aws s3api put-bucket-lifecycle-configuration ${named} --lifecycle-configuration file://lifecycle.json`,
    'fi',
  ];
}

function notes({ newBucket }: S3Access): string[] {
  if (newBucket !== undefined) return [];
  return [
    '# lifecycle.json clears uploads that nobody ended. Add its rules to those of the bucket by hand:',
    '# "aws s3api put-bucket-lifecycle-configuration" replaces all rules that a bucket has.',
  ];
}
