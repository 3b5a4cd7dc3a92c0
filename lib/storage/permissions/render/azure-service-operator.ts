import {
  assignableScope,
  azureAssignments,
  AzureRole,
  CONDITION_VERSION,
  containerId,
  federatedCredentials,
  identityId,
} from '../azure-roles';
import { KnownAzureAccess } from '../missing-facts';
import { CloudManifest, namespacedName, objectName, withoutRepetitions } from './cloud-manifest';

const AUTHORIZATION = 'authorization.azure.com/v1api20220401';

/**
 * Objects of Azure Service Operator: custom roles, their assignments on the container, and the federated credentials of the
 * managed identity. The identity itself is created separately, since its place is the user's choice; its principal id is read
 * from the ConfigMap `<identity>-identity`, key `principalId`.
 *
 * @param namespace where the objects stand
 * @see https://azure.github.io/azure-service-operator/reference/authorization/v1api20220401/
 * @see https://azure.github.io/azure-service-operator/reference/managedidentity/v1api20230131/
 * @see https://azure.github.io/azure-service-operator/guide/configmaps
 */
export function azureServiceOperatorManifests(
  accesses: readonly KnownAzureAccess[],
  namespace: string,
): CloudManifest[] {
  return withoutRepetitions(
    accesses.flatMap((access) => [...assignments(access, namespace), ...credentials(access, namespace)]),
  );
}

function assignments(access: KnownAzureAccess, namespace: string): CloudManifest[] {
  const identity = objectName(access.identity.name);
  return azureAssignments(access).flatMap(({ name, role, condition }) => [
    roleDefinition(role, assignableScope(access), namespace),
    {
      apiVersion: AUTHORIZATION,
      kind: 'RoleAssignment',
      // Of the identity and the place, and not of a job: several may share one assignment.
      metadata: { name: [identity, access.account, access.container, name].join('-'), namespace },
      spec: {
        owner: { armId: containerId(access) },
        principalIdFromConfig: { name: `${identity}-identity`, key: 'principalId' },
        principalType: 'ServicePrincipal',
        roleDefinitionReference: {
          group: 'authorization.azure.com',
          kind: 'RoleDefinition',
          name: objectName(role.name),
        },
        condition,
        conditionVersion: CONDITION_VERSION,
      },
    },
  ]);
}

function roleDefinition(role: AzureRole, scope: string, namespace: string): CloudManifest {
  return {
    apiVersion: AUTHORIZATION,
    kind: 'RoleDefinition',
    metadata: { name: objectName(role.name), namespace },
    spec: {
      roleName: role.name,
      type: 'customRole',
      description: role.description,
      owner: { armId: scope },
      assignableScopesReferences: [{ armId: scope }],
      permissions: [{ dataActions: [...role.dataActions] }],
    },
  };
}

function credentials(access: KnownAzureAccess, namespace: string): CloudManifest[] {
  const { namespace: accountNamespace, serviceAccounts } = access.identity;
  return federatedCredentials(access.identity).map(({ name, issuer, subject, audiences }, index) => ({
    apiVersion: 'managedidentity.azure.com/v1api20230131',
    kind: 'FederatedIdentityCredential',
    metadata: { name: namespacedName(accountNamespace, serviceAccounts[index]), namespace },
    spec: {
      azureName: name,
      owner: { armId: identityId(access.subscription, access.identity) },
      issuer,
      subject,
      audiences: [...audiences],
    },
  }));
}
