import { GcsBinding, gcsBindings, roleName, WORKLOAD_IDENTITY_USER, workloadIdentityUsers } from '../gcs-bindings';
import { gcsBucketRules } from '../lifecycle';
import { GcsAccess } from '../storage-access';
import { accountAndProject } from './names';
import { jsonFile, PermissionFile, quoted, scriptFile } from './permission-file';

/**
 * Roles and conditions as files, and the commands that apply them with the command line of Google Cloud.
 *
 * @see https://cloud.google.com/sdk/gcloud/reference/iam/roles/create
 * @see https://cloud.google.com/sdk/gcloud/reference/storage/buckets/add-iam-policy-binding
 * @see https://cloud.google.com/sdk/gcloud/reference/iam/service-accounts/add-iam-policy-binding
 */
export function gcpFiles(accesses: readonly GcsAccess[]): PermissionFile[] {
  return accesses.flatMap((access) => {
    const bindings = gcsBindings(access);
    return [
      ...bindings.map(({ role }) =>
        jsonFile(`${access.name}/role-${role.id}.json`, {
          title: role.title,
          description: role.reason,
          stage: 'GA',
          includedPermissions: role.permissions,
        }),
      ),
      ...bindings.flatMap(({ name, condition }) =>
        condition === undefined ? [] : [jsonFile(`${access.name}/condition-${name}.json`, condition)],
      ),
      ...(access.newBucket === undefined
        ? []
        : [jsonFile(`${access.name}/lifecycle.json`, { rule: gcsBucketRules() })]),
      scriptFile(`${access.name}/apply.sh`, [
        ...bucketCommands(access),
        '# A binding with an older condition stays beside the new one: after a change, remove it with',
        '# "gcloud storage buckets remove-iam-policy-binding" and the older condition.',
        ...bindings.flatMap((binding) => bindingCommands(access, binding)),
        ...workloadIdentityCommands(access),
      ]),
    ];
  });
}

function bucketCommands({ bucket, project, newBucket }: GcsAccess): string[] {
  const url = quoted(`gs://${bucket}`);
  const create =
    newBucket === undefined
      ? []
      : [
          `if ! gcloud storage buckets describe ${url} >/dev/null 2>&1; then`,
          `  gcloud storage buckets create ${url} --project=${quoted(project)} --location=${quoted(newBucket.location)} ` +
            '--uniform-bucket-level-access --public-access-prevention',
          `  gcloud storage buckets update ${url} --versioning --lifecycle-file=lifecycle.json`,
          'fi',
        ];
  return [
    ...create,
    '# Without uniform access, conditions are refused and lists of single objects give more.',
    `if [ "$(gcloud storage buckets describe ${url} --format='value(uniform_bucket_level_access)')" != True ]; then`,
    `  echo ${quoted(`gs://${bucket} has no uniform bucket-level access: turn it on first`)} >&2`,
    '  exit 1',
    'fi',
  ];
}

function bindingCommands(access: GcsAccess, { name, role, members, condition }: GcsBinding): string[] {
  const id = `${quoted(role.id)} --project=${quoted(access.project)}`;
  const file = `--file=${quoted(`role-${role.id}.json`)}`;
  const only =
    condition === undefined ? '--condition=None' : `--condition-from-file=${quoted(`condition-${name}.json`)}`;
  return [
    `if gcloud iam roles describe ${id} >/dev/null 2>&1; then`,
    `  gcloud iam roles update ${id} ${file} --quiet`,
    'else',
    `  gcloud iam roles create ${id} ${file}`,
    'fi',
    ...members.map(
      (member) =>
        `gcloud storage buckets add-iam-policy-binding ${quoted(`gs://${access.bucket}`)} --member=${quoted(member)} ` +
        `--role=${quoted(roleName(access.project, role))} ${only}`,
    ),
  ];
}

function workloadIdentityCommands({ identity }: GcsAccess): string[] {
  const email = identity.serviceAccount;
  if (email === undefined) return [];
  const [account, project] = accountAndProject(email);
  const at = `--project=${quoted(project)}`;
  return [
    `if ! gcloud iam service-accounts describe ${quoted(email)} ${at} >/dev/null 2>&1; then`,
    `  gcloud iam service-accounts create ${quoted(account)} ${at}`,
    'fi',
    ...workloadIdentityUsers(identity).map(
      (member) =>
        `gcloud iam service-accounts add-iam-policy-binding ${quoted(email)} ${at} --member=${quoted(member)} ` +
        `--role=${WORKLOAD_IDENTITY_USER} --condition=None`,
    ),
  ];
}
