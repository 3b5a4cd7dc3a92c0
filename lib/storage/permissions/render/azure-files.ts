import { createHash } from 'node:crypto';
import { AclEntry, azureAcl } from '../azure-acl';
import { AzureAssignment, azureAssignments, CONDITION_VERSION, federatedCredentials, identityId } from '../azure-roles';
import { AzureAccess } from '../storage-access';
import { jsonFile, PermissionFile, quoted, scriptFile } from './permission-file';

/**
 * Roles as files, and the commands that apply them with the command line of Azure. `acl.sh` does the same with access control
 * lists, instead of the role assignments, in an account with a hierarchical namespace.
 *
 * @see https://learn.microsoft.com/cli/azure/role/definition
 * @see https://learn.microsoft.com/cli/azure/role/assignment
 * @see https://learn.microsoft.com/cli/azure/identity/federated-credential
 * @see https://learn.microsoft.com/cli/azure/storage/fs/access
 */
export function azureFiles(accesses: readonly AzureAccess[]): PermissionFile[] {
  return accesses.flatMap((access) => {
    const assignments = azureAssignments(access);
    return [
      ...assignments.map(({ name, role }) =>
        jsonFile(`${access.name}/role-${name}.json`, {
          Name: role.name,
          IsCustom: true,
          Description: role.description,
          Actions: [],
          NotActions: [],
          DataActions: role.dataActions,
          NotDataActions: [],
          AssignableScopes: [role.assignableScope],
        }),
      ),
      scriptFile(`${access.name}/apply.sh`, [
        ...identityCommands(access),
        ...assignments.flatMap((assignment) => assignmentCommands(access, assignment)),
      ]),
      scriptFile(`${access.name}/acl.sh`, [
        '# Instead of apply.sh, for an account with a hierarchical namespace.',
        ...identityCommands(access),
        ...azureAcl(access).flatMap((entry) => aclCommands(access, entry)),
      ]),
    ];
  });
}

function identityCommands(access: AzureAccess): string[] {
  const { subscription, identity } = access;
  const group = `--subscription ${quoted(subscription)} --resource-group ${quoted(identity.resourceGroup)}`;
  return [
    `principal=$(az identity show ${group} --name ${quoted(identity.name)} --query principalId --output tsv)`,
    ...federatedCredentials(access).map(
      ({ name, issuer, subject, audiences }) =>
        `az identity federated-credential create ${group} --identity-name ${quoted(identity.name)} --name ${quoted(name)} ` +
        `--issuer ${quoted(issuer)} --subject ${quoted(subject)} --audiences ${audiences.map(quoted).join(' ')}`,
    ),
  ];
}

function assignmentCommands(access: AzureAccess, { name, role, scope, condition }: AzureAssignment): string[] {
  const at = `--subscription ${quoted(access.subscription)}`;
  const id = assignmentId(identityId(access), role.name, scope);
  const file = quoted(`role-${name}.json`);
  return [
    `if [ "$(az role definition list ${at} --custom-role-only true --name ${quoted(role.name)} --query 'length(@)')" = 0 ]; then`,
    `  az role definition create ${at} --role-definition ${file}`,
    'else',
    `  az role definition update ${at} --role-definition ${file}`,
    'fi',
    `az role assignment create ${at} --name ${id} --assignee-object-id "$principal" --assignee-principal-type ServicePrincipal ` +
      `--role ${quoted(role.name)} --scope ${quoted(scope)} --condition ${quoted(condition)} ` +
      `--condition-version ${quoted(CONDITION_VERSION)}`,
  ];
}

/** The same each time, so that a condition that has changed replaces the older one. */
function assignmentId(...parts: string[]): string {
  const hex = createHash('sha256').update(parts.join('\n')).digest('hex');
  // Marked as made from a name (version 8).
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

function aclCommands({ account, container }: AzureAccess, { path, permissions, recursive }: AclEntry): string[] {
  const at = `--account-name ${quoted(account)} --file-system ${quoted(container)} --auth-mode login`;
  const named = `--path ${quoted(path === '' ? '/' : path)} ${at}`;
  if (recursive) {
    const directory = `--name ${quoted(path)} ${at}`;
    return [
      `if [ "$(az storage fs directory exists ${directory} --query exists --output tsv)" != true ]; then`,
      `  az storage fs directory create ${directory}`,
      'fi',
      `az storage fs access update-recursive ${named} ` +
        `--acl "user:$principal:${permissions},default:user:$principal:${permissions}"`,
    ];
  }
  const directory = `--name ${quoted(path)} ${at}`;
  return [
    ...(path === ''
      ? []
      : [
          `if [ "$(az storage fs directory exists ${directory} --query exists --output tsv)" != true ]; then`,
          `  az storage fs directory create ${directory}`,
          'fi',
        ]),
    // "set" replaces the list: what stands there already is kept.
    `acl=$(az storage fs access show ${named} --query acl --output tsv)`,
    `case ",$acl," in`,
    `  *",user:$principal:"*) ;;`,
    `  *) az storage fs access set ${named} --acl "$acl,user:$principal:${permissions}" ;;`,
    'esac',
  ];
}
