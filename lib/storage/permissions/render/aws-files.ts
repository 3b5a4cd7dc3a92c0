import { trustPolicy } from '../aws-trust';
import { grantGroups } from '../grant-groups';
import { S3LifecycleRule, s3BucketRules, s3UploadRules } from '../lifecycle';
import { s3Policy } from '../s3-policy';
import { hasTrust } from '../missing-facts';
import { AwsIdentity, S3Access } from '../storage-access';
import { checkInlinePolicies, rolesOf } from './iam-roles';
import { inserting, jsonFile, PermissionFile, quoted, scriptFile } from './permission-file';

/**
 * Policies as files, and the commands that apply them with the command line of AWS.
 *
 * @see https://docs.aws.amazon.com/cli/latest/reference/iam/put-role-policy.html
 * @see https://docs.aws.amazon.com/cli/latest/reference/iam/create-role.html
 * @see https://docs.aws.amazon.com/cli/latest/reference/eks/create-pod-identity-association.html
 */
export function awsFiles(accesses: readonly S3Access[]): PermissionFile[] {
  const roles = rolesOf(accesses.filter(hasTrust));
  checkInlinePolicies(accesses);
  return accesses.flatMap((access) => {
    const rules = lifecycleRules(access);
    const role = roles.find((each) => each.accesses.some(({ name }) => name === access.name));
    return [
      jsonFile(`${access.name}/policy.json`, s3Policy(access)),
      ...(role === undefined
        ? []
        : [jsonFile(`${access.name}/trust-policy.json`, trustPolicy(role.identity, role.partition))]),
      ...(rules.length === 0 ? [] : [jsonFile(`${access.name}/lifecycle.json`, { Rules: rules })]),
      scriptFile(`${access.name}/apply.sh`, [
        ...(access.identity === undefined ? [] : accountCommands(access.identity)),
        ...bucketCommands(access),
        ...(rules.length === 0 ? [] : notes(access)),
        ...policyCommands(access, policiesOfRole(access, accesses)),
      ]),
    ];
  });
}

function policyCommands({ name, partition, identity }: S3Access, policies: readonly string[]): string[] {
  if (identity === undefined) return withoutRole(name);
  const named = `--role-name ${quoted(identity.role)}`;
  return [
    ...(identity.trust === undefined ? existingRole(identity, named) : ownRole(identity, named)),
    `aws iam put-role-policy ${named} --policy-name ${quoted(name)} --policy-document file://policy.json`,
    ...otherPolicies(identity, policies, named),
    ...associations(identity, partition),
  ];
}

/** The policies that the scripts of one role give it. */
function policiesOfRole({ identity }: S3Access, accesses: readonly S3Access[]): string[] {
  return accesses
    .filter((other) => other.identity?.account === identity?.account && other.identity?.role === identity?.role)
    .map(({ name }) => name);
}

/** They may belong to jobs that are gone: they are listed and not deleted, since they may also belong to someone else. */
function otherPolicies({ role }: AwsIdentity, policies: readonly string[], named: string): string[] {
  const what = `the role ${role} also has the inline policy $policy, which none of these jobs needs: is it of one that is gone?`;
  return [
    `policies=$(aws iam list-role-policies ${named} --query 'PolicyNames[]' --output text)`,
    'for policy in $policies; do',
    `  case ${inserting(` ${policies.join(' ')} `)} in`,
    '    *" $policy "*) ;;',
    `    *) echo ${inserting(what)} >&2 ;;`,
    '  esac',
    'done',
  ];
}

/** The program does not say who has the keys of a Secret. */
function withoutRole(name: string): string[] {
  return [
    "cat >&2 <<'END'",
    'The role or user of these jobs is not known, so policy.json is attached to nobody. Attach it with one of:',
    `  aws iam put-role-policy --role-name ROLE --policy-name ${name} --policy-document file://policy.json`,
    `  aws iam put-user-policy --user-name USER --policy-name ${name} --policy-document file://policy.json`,
    `  mc admin policy create ALIAS ${name} policy.json && mc admin policy attach ALIAS ${name} --user USER   (MinIO)`,
    'END',
    'exit 1',
  ];
}

/** Of a bucket that is there already, only what the job writes is cleared. */
function lifecycleRules({ newBucket, grants }: S3Access): S3LifecycleRule[] {
  if (newBucket !== undefined) return s3BucketRules();
  return s3UploadRules(grantGroups(grants).readWrite);
}

function accountCommands({ account }: AwsIdentity): string[] {
  return [
    `if [ "$(aws sts get-caller-identity --query Account --output text)" != ${account} ]; then`,
    `  echo ${quoted(`these commands are for the account ${account}`)} >&2`,
    '  exit 1',
    'fi',
  ];
}

function existingRole({ role }: AwsIdentity, named: string): string[] {
  const remedy = `there is no role ${role}, and whose tokens it trusts is not known: give oidcIssuer to CloudIdentity.awsRole`;
  return [`if ! aws iam get-role ${named} >/dev/null; then`, `  echo ${quoted(remedy)} >&2`, '  exit 1', 'fi'];
}

function ownRole({ path }: AwsIdentity, named: string): string[] {
  const at = path === undefined ? '' : ` --path ${quoted(path)}`;
  return [
    `if aws iam get-role ${named} >/dev/null 2>&1; then`,
    `  aws iam update-assume-role-policy ${named} --policy-document file://trust-policy.json`,
    'else',
    `  aws iam create-role ${named}${at} --assume-role-policy-document file://trust-policy.json`,
    'fi',
  ];
}

function associations(identity: AwsIdentity, partition = 'aws'): string[] {
  const { account, path = '/', role, trust, namespace, serviceAccounts } = identity;
  if (trust?.kind !== 'podIdentity') return [];
  const at = `--region ${quoted(trust.region)} --cluster-name ${quoted(trust.cluster)}`;
  const arn = `arn:${partition}:iam::${account}:role${path}${role}`;
  return serviceAccounts.flatMap((serviceAccount) => {
    const who = `--namespace ${quoted(namespace)} --service-account ${quoted(serviceAccount)}`;
    return [
      `if [ "$(aws eks list-pod-identity-associations ${at} ${who} --query 'length(associations)' --output text)" = 0 ]; then`,
      `  aws eks create-pod-identity-association ${at} ${who} --role-arn ${quoted(arn)}`,
      'fi',
    ];
  });
}

function bucketCommands({ bucket, newBucket }: S3Access): string[] {
  if (newBucket === undefined) return [];
  const named = `--bucket ${quoted(bucket)} --region ${quoted(newBucket.location)}`;
  const block = 'BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true';
  const place =
    newBucket.location === 'us-east-1'
      ? ''
      : ` --create-bucket-configuration ${quoted(`LocationConstraint=${newBucket.location}`)}`;
  // An existing bucket is left alone: the commands would replace its lifecycle rules as a whole.
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
