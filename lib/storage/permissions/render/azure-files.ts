import { createHash } from 'node:crypto';
import {
  AclEntry,
  assignableScope,
  azureAcl,
  AzureAssignment,
  azureAssignments,
  canBeListed,
  CONDITION_VERSION,
  containerId,
  ContainerPlace,
  federatedCredentials,
  identityId,
} from '../azure-roles';
import { AzureAccess } from '../storage-access';
import { inserting, jsonFile, PermissionFile, quoted, required, scriptFile, valueOr } from './permission-file';

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
    const place = placeOf(access);
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
          AssignableScopes: [assignableScope(place)],
        }),
      ),
      scriptFile(`${access.name}/apply.sh`, [
        ...placeVariables(access),
        ...identityCommands(access),
        ...assignments.flatMap((assignment) => assignmentCommands(access, place, assignment)),
      ]),
      ...(canBeListed(access)
        ? [
            scriptFile(`${access.name}/acl.sh`, [
              '# Instead of apply.sh, for an account with a hierarchical namespace.',
              ...(access.identity === undefined ? [] : placeVariables(access)),
              ...identityCommands(access),
              ...azureAcl(access).flatMap((entry) => aclCommands(access, entry)),
            ]),
          ]
        : []),
    ];
  });
}

/** The container, with variables of the script for what the program does not say. */
function placeOf({ subscription, resourceGroup, account, container }: AzureAccess): ContainerPlace {
  return {
    subscription: valueOr('SUBSCRIPTION', subscription),
    resourceGroup: valueOr('RESOURCE_GROUP', resourceGroup),
    account,
    container,
  };
}

function placeVariables({ subscription, resourceGroup }: AzureAccess): string[] {
  return [
    ...(subscription === undefined
      ? [required('SUBSCRIPTION', 'set it to the id of the subscription of the storage account')]
      : []),
    ...(resourceGroup === undefined
      ? [required('RESOURCE_GROUP', 'set it to the resource group of the storage account')]
      : []),
  ];
}

function identityCommands(access: AzureAccess): string[] {
  const { identity } = access;
  if (identity === undefined) {
    return [
      required('PRINCIPAL_ID', 'set it to the principal (object) id of who the jobs are, which az identity show shows'),
      'principal=$PRINCIPAL_ID',
    ];
  }
  const { subscription } = placeOf(access);
  const group = `--subscription ${inserting(subscription)} --resource-group ${quoted(identity.resourceGroup)}`;
  return [
    `principal=$(az identity show ${group} --name ${quoted(identity.name)} --query principalId --output tsv)`,
    ...federatedCredentials(identity).map(
      ({ name, issuer, subject, audiences }) =>
        `az identity federated-credential create ${group} --identity-name ${quoted(identity.name)} --name ${quoted(name)} ` +
        `--issuer ${quoted(issuer)} --subject ${quoted(subject)} --audiences ${audiences.map(quoted).join(' ')}`,
    ),
  ];
}

function assignmentCommands(
  { name: accessName, identity }: AzureAccess,
  place: ContainerPlace,
  { name, role, condition }: AzureAssignment,
): string[] {
  const at = `--subscription ${inserting(place.subscription)}`;
  const scope = containerId(place);
  const owner = identity === undefined ? accessName : identityId(place.subscription, identity);
  const id = assignmentId(owner, role.name, scope);
  const file = roleDefinition(place, `role-${name}.json`);
  return [
    `if [ "$(az role definition list ${at} --custom-role-only true --name ${quoted(role.name)} --query 'length(@)')" = 0 ]; then`,
    `  az role definition create ${at} --role-definition ${file}`,
    'else',
    `  az role definition update ${at} --role-definition ${file}`,
    'fi',
    `az role assignment create ${at} --name ${id} --assignee-object-id "$principal" --assignee-principal-type ServicePrincipal ` +
      `--role ${quoted(role.name)} --scope ${inserting(scope)} --condition ${quoted(condition)} ` +
      `--condition-version ${quoted(CONDITION_VERSION)}`,
  ];
}

/** The file, or its text with the values of the script's variables. */
function roleDefinition(place: ContainerPlace, file: string): string {
  const variables = [place.subscription, place.resourceGroup].filter((value) => value.startsWith('$'));
  if (variables.length === 0) return quoted(file);
  const values = variables.map((variable) => ` -e "s|[$]${variable.slice(1)}|${variable}|"`);
  return `"$(sed${values.join('')} ${quoted(file)})"`;
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
