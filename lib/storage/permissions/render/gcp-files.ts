import {
  GcsBinding,
  gcsBindings,
  gcsMembers,
  GcsRole,
  roleName,
  WORKLOAD_IDENTITY_USER,
  workloadIdentityUsers,
} from '../gcs-bindings';
import { gcsBucketRules } from '../lifecycle';
import { GcsAccess } from '../storage-access';
import { accountAndProject } from './cloud-manifest';
import { inserting, jsonFile, PermissionFile, quoted, required, scriptFile, valueOr } from './permission-file';

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
      ...rolesOf(bindings).map((role) =>
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
        ...variables(access),
        ...bucketCommands(access),
        '# A binding with an older condition stays beside the new one: after a change, remove it with',
        '# "gcloud storage buckets remove-iam-policy-binding" and the older condition.',
        ...rolesOf(bindings).flatMap((role) => roleCommands(access, role)),
        ...bindings.flatMap((binding) => bindingCommands(access, binding)),
        ...workloadIdentityCommands(access),
      ]),
    ];
  });
}

/** The facts that the program does not give. */
function variables({ project, identity }: GcsAccess): string[] {
  return [
    ...(project === undefined ? [required('PROJECT', 'set it to the id of the project of the bucket')] : []),
    ...(identity === undefined
      ? [
          required(
            'PRINCIPALS',
            'set it to who the jobs are, with spaces between several, such as serviceAccount:sessions@acme.iam.gserviceaccount.com',
          ),
        ]
      : []),
    ...(identity !== undefined && identity.clusterProject === undefined
      ? [required('CLUSTER_PROJECT', 'set it to the id of the project of the cluster')]
      : []),
  ];
}

function bucketCommands({ bucket, project, newBucket }: GcsAccess): string[] {
  const url = quoted(`gs://${bucket}`);
  const create =
    newBucket === undefined
      ? []
      : [
          `if ! gcloud storage buckets describe ${url} >/dev/null 2>&1; then`,
          `  gcloud storage buckets create ${url} --project=${inserting(valueOr('PROJECT', project))} --location=${quoted(newBucket.location)} ` +
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

/** Each role once: bindings may share one. */
function rolesOf(bindings: readonly GcsBinding[]): GcsRole[] {
  return [...new Map(bindings.map(({ role }) => [role.id, role])).values()];
}

function roleCommands(access: GcsAccess, role: GcsRole): string[] {
  const project = valueOr('PROJECT', access.project);
  const id = `${quoted(role.id)} --project=${inserting(project)}`;
  const file = `--file=${quoted(`role-${role.id}.json`)}`;
  return [
    `if gcloud iam roles describe ${id} >/dev/null 2>&1; then`,
    `  gcloud iam roles update ${id} ${file} --quiet`,
    'else',
    `  gcloud iam roles create ${id} ${file}`,
    'fi',
  ];
}

function bindingCommands(access: GcsAccess, { name, role, condition }: GcsBinding): string[] {
  const project = valueOr('PROJECT', access.project);
  const only =
    condition === undefined ? '--condition=None' : `--condition-from-file=${quoted(`condition-${name}.json`)}`;
  return members(access, (member) => {
    const bucket = quoted(`gs://${access.bucket}`);
    const roleOf = inserting(roleName(project, role));
    return `gcloud storage buckets add-iam-policy-binding ${bucket} --member=${member} --role=${roleOf} ${only}`;
  });
}

/** A command for each principal. */
function members({ identity }: GcsAccess, command: (member: string) => string): string[] {
  if (identity !== undefined) return gcsMembers(identity).map((member) => command(quoted(member)));
  return ['for principal in $PRINCIPALS; do', `  ${command('"$principal"')}`, 'done'];
}

function workloadIdentityCommands({ identity }: GcsAccess): string[] {
  const email = identity?.serviceAccount;
  if (identity === undefined || email === undefined) return [];
  const [account, project] = accountAndProject(email);
  const at = `--project=${quoted(project)}`;
  return [
    `if ! gcloud iam service-accounts describe ${quoted(email)} ${at} >/dev/null 2>&1; then`,
    `  gcloud iam service-accounts create ${quoted(account)} ${at}`,
    'fi',
    ...workloadIdentityUsers(identity, valueOr('CLUSTER_PROJECT', identity.clusterProject)).map(
      (member) =>
        `gcloud iam service-accounts add-iam-policy-binding ${quoted(email)} ${at} --member=${inserting(member)} ` +
        `--role=${WORKLOAD_IDENTITY_USER} --condition=None`,
    ),
  ];
}
