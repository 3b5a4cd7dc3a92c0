import { execFileSync } from 'node:child_process';
import { loadAll } from 'js-yaml';
import { gcsBindings, gcsMembers } from '../../../lib/storage/permissions/gcs-bindings';
import { FILE_FORMATS, FileFormat, FILES, permissionFiles } from '../../../lib/storage/permissions/permission-files';
import { PermissionFormat } from '../../../lib/storage/permissions/permission-manifests';
import { s3Policy } from '../../../lib/storage/permissions/s3-policy';
import { azureAssignments } from '../../../lib/storage/permissions/azure-roles';
import { trustPolicy } from '../../../lib/storage/permissions/aws-trust';
import { AzureAccess, S3Access, StorageAccess, StorageUse } from '../../../lib/storage/permissions/storage-access';
import {
  azureAccess,
  EVERY_USE,
  gcsAccess,
  googleAccountAccess,
  MEASURED,
  podIdentityAccess,
  s3Access,
} from './accesses';

const S3 = { name: 'on-s3' };
const GCS = { name: 'on-gcs' };
const AZURE = { name: 'on-azure' };

describe('objects of AWS Controllers for Kubernetes', () => {
  test('are a policy and the role that has it', () => {
    const access = s3Access();

    expect(objects([access], PermissionFormat.CONTROLLERS)).toEqual([
      {
        apiVersion: 'iam.services.k8s.aws/v1alpha1',
        kind: 'Policy',
        metadata: { name: 'clicks-sessions', namespace: 'cloud' },
        spec: { name: 'clicks-sessions', policyDocument: JSON.stringify(s3Policy(access)) },
      },
      {
        apiVersion: 'iam.services.k8s.aws/v1alpha1',
        kind: 'Role',
        metadata: { name: 'clicks-sessions', namespace: 'cloud' },
        spec: {
          name: 'clicks-sessions',
          assumeRolePolicyDocument: JSON.stringify(trustPolicy(access.identity)),
          policyRefs: [{ from: { name: 'clicks-sessions' } }],
        },
      },
    ]);
  });

  test('are one role for two buckets', () => {
    const roles = objects([s3Access(), s3Access({ name: 'logs', bucket: 'acme-logs' })], PermissionFormat.CONTROLLERS)
      .filter(({ kind }) => kind === 'Role')
      .map(({ spec }) => spec.policyRefs);

    expect(roles).toEqual([[{ from: { name: 'clicks-sessions' } }, { from: { name: 'logs' } }]]);
  });

  test('are an association for each service account with Pod Identity', () => {
    expect(
      objects([podIdentityAccess()], PermissionFormat.CONTROLLERS)
        .filter(({ kind }) => kind === 'PodIdentityAssociation')
        .map(({ spec }) => spec),
    ).toEqual(
      ['sessions-driver', 'sessions-executor'].map((serviceAccount) => ({
        clusterName: 'streams',
        namespace: 'clicks',
        serviceAccount,
        roleRef: { from: { name: 'clicks-sessions' } },
      })),
    );
  });

  test('make a bucket with versions, without public access, which stays when its object goes', () => {
    expect(objects([s3Access({ newBucket: { location: 'eu-west-1' } })], PermissionFormat.CONTROLLERS)[0]).toEqual({
      apiVersion: 's3.services.k8s.aws/v1alpha1',
      kind: 'Bucket',
      metadata: {
        name: 'acme-streams',
        namespace: 'cloud',
        annotations: { 'services.k8s.aws/region': 'eu-west-1', 'services.k8s.aws/deletion-policy': 'retain' },
      },
      spec: {
        name: 'acme-streams',
        createBucketConfiguration: { locationConstraint: 'eu-west-1' },
        versioning: { status: 'Enabled' },
        ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
        publicAccessBlock: {
          blockPublicACLs: true,
          blockPublicPolicy: true,
          ignorePublicACLs: true,
          restrictPublicBuckets: true,
        },
        lifecycle: {
          rules: [
            {
              id: 'abort-incomplete-uploads',
              status: 'Enabled',
              filter: { prefix: '' },
              abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
            },
            {
              id: 'expire-old-versions',
              status: 'Enabled',
              filter: { prefix: '' },
              noncurrentVersionExpiration: { noncurrentDays: 30 },
              expiration: { expiredObjectDeleteMarker: true },
            },
          ],
        },
      },
    });
  });
});

test('a bucket in the first region of AWS is made without a constraint, which S3 would refuse', () => {
  const access = s3Access({ newBucket: { location: 'us-east-1' } });

  expect(objects([access], PermissionFormat.CONTROLLERS)[0].spec).not.toHaveProperty('createBucketConfiguration');
  expect(fileOf(access, 'apply.sh')).toContain("--region 'us-east-1' --object-ownership BucketOwnerEnforced\n");
});

describe('objects of Config Connector', () => {
  test('are a role and a member for each binding', () => {
    const [binding] = gcsBindings(gcsAccess());

    expect(objects([gcsAccess()], PermissionFormat.CONTROLLERS).slice(0, 2)).toEqual([
      {
        apiVersion: 'iam.cnrm.cloud.google.com/v1beta1',
        kind: 'IAMCustomRole',
        metadata: {
          name: 'spark.objects.readwrite',
          namespace: 'cloud',
          annotations: { 'cnrm.cloud.google.com/project-id': 'acme-data' },
        },
        spec: {
          title: 'Spark: read and write objects',
          description: binding.role.reason,
          permissions: ['storage.objects.get', 'storage.objects.create', 'storage.objects.delete'],
          stage: 'GA',
        },
      },
      {
        apiVersion: 'iam.cnrm.cloud.google.com/v1beta1',
        kind: 'IAMPolicyMember',
        metadata: { name: 'clicks-sessions-read-write', namespace: 'cloud' },
        spec: {
          member: gcsMembers(gcsAccess().identity)[0],
          role: 'projects/acme-data/roles/spark.objects.readwrite',
          resourceRef: {
            apiVersion: 'storage.cnrm.cloud.google.com/v1beta1',
            kind: 'StorageBucket',
            external: 'acme-streams',
          },
          condition: binding.condition,
        },
      },
    ]);
  });

  test('share the roles of a project', () => {
    const roles = objects([gcsAccess(), gcsAccess({ name: 'other' })], PermissionFormat.CONTROLLERS)
      .filter(({ kind }) => kind === 'IAMCustomRole')
      .map(({ metadata }) => metadata.name);

    expect(roles).toEqual(['spark.objects.readwrite', 'spark.objects.read', 'spark.objects.list']);
  });

  test('let the Kubernetes accounts act as the Google account, which they make', () => {
    const found = objects([googleAccountAccess()], PermissionFormat.CONTROLLERS);

    expect(found[0]).toMatchObject({ kind: 'IAMServiceAccount', metadata: { name: 'sessions' } });
    expect(found.slice(-2).map(({ spec }) => spec)).toEqual(
      ['sessions-driver', 'sessions-executor'].map((account) => ({
        member: `serviceAccount:acme-clusters.svc.id.goog[clicks/${account}]`,
        role: 'roles/iam.workloadIdentityUser',
        resourceRef: {
          apiVersion: 'iam.cnrm.cloud.google.com/v1beta1',
          kind: 'IAMServiceAccount',
          name: 'sessions',
        },
      })),
    );
  });

  test('make a bucket with uniform access, versions and no public access, which stays when its object goes', () => {
    expect(objects([gcsAccess({ newBucket: { location: 'EUROPE-WEST1' } })], PermissionFormat.CONTROLLERS)[0]).toEqual({
      apiVersion: 'storage.cnrm.cloud.google.com/v1beta1',
      kind: 'StorageBucket',
      metadata: {
        name: 'acme-streams',
        namespace: 'cloud',
        annotations: {
          'cnrm.cloud.google.com/project-id': 'acme-data',
          'cnrm.cloud.google.com/deletion-policy': 'abandon',
        },
      },
      spec: {
        location: 'EUROPE-WEST1',
        uniformBucketLevelAccess: true,
        publicAccessPrevention: 'enforced',
        versioning: { enabled: true },
        lifecycleRule: [
          { action: { type: 'AbortIncompleteMultipartUpload' }, condition: { age: 7 } },
          { action: { type: 'Delete' }, condition: { daysSinceNoncurrentTime: 30, withState: 'ARCHIVED' } },
        ],
      },
    });
  });
});

test('objects of Azure Service Operator are a role, its assignment and a credential for each service account', () => {
  const found = objects([azureAccess()], PermissionFormat.CONTROLLERS);
  const scope = '/subscriptions/0a1b2c3d-0000-4000-8000-000000000001/resourceGroups/streams';

  expect(found.map(({ apiVersion, kind, metadata }) => [apiVersion, kind, metadata.name])).toEqual([
    ['authorization.azure.com/v1api20220401', 'RoleDefinition', 'spark-blobs-read-write-on-acmestreams'],
    ['authorization.azure.com/v1api20220401', 'RoleAssignment', 'clicks-sessions-acmestreams-state-read-write'],
    ['managedidentity.azure.com/v1api20230131', 'FederatedIdentityCredential', 'clicks.sessions-driver'],
    ['managedidentity.azure.com/v1api20230131', 'FederatedIdentityCredential', 'clicks.sessions-executor'],
  ]);
  expect(found[1].spec).toEqual({
    owner: {
      armId: `${scope}/providers/Microsoft.Storage/storageAccounts/acmestreams/blobServices/default/containers/state`,
    },
    principalIdFromConfig: { name: 'clicks-sessions-identity', key: 'principalId' },
    principalType: 'ServicePrincipal',
    roleDefinitionReference: {
      group: 'authorization.azure.com',
      kind: 'RoleDefinition',
      name: 'spark-blobs-read-write-on-acmestreams',
    },
    condition: expect.stringContaining("StringStartsWith 'checkpoints/JOB/'") as string,
    conditionVersion: '2.0',
  });
  expect(found[2].spec).toEqual({
    azureName: 'clicks-sessions-driver',
    owner: {
      armId:
        '/subscriptions/0a1b2c3d-0000-4000-8000-000000000001/resourceGroups/identities/providers' +
        '/Microsoft.ManagedIdentity/userAssignedIdentities/clicks-sessions',
    },
    issuer: 'https://oidc.example/0001/',
    subject: 'system:serviceaccount:clicks:sessions-driver',
    audiences: ['api://AzureADTokenExchange'],
  });
});

describe('objects of Crossplane', () => {
  test('are of the whole cluster, and on AWS a policy, a role and what joins them', () => {
    const access = podIdentityAccess();

    expect(objects([access], PermissionFormat.CROSSPLANE)).toEqual([
      {
        apiVersion: 'iam.aws.upbound.io/v1beta1',
        kind: 'Policy',
        metadata: { name: 'clicks-sessions' },
        spec: { forProvider: { policy: JSON.stringify(s3Policy(access)) } },
      },
      {
        apiVersion: 'iam.aws.upbound.io/v1beta1',
        kind: 'RolePolicyAttachment',
        metadata: { name: 'clicks-sessions' },
        spec: { forProvider: { policyArnRef: { name: 'clicks-sessions' }, roleRef: { name: 'clicks-sessions' } } },
      },
      {
        apiVersion: 'iam.aws.upbound.io/v1beta1',
        kind: 'Role',
        metadata: {
          name: 'clicks-sessions',
          annotations: { 'crossplane.io/external-name': 'clicks-sessions' },
        },
        spec: { forProvider: { assumeRolePolicy: JSON.stringify(trustPolicy(access.identity)) } },
      },
      ...['sessions-driver', 'sessions-executor'].map((serviceAccount) => ({
        apiVersion: 'eks.aws.upbound.io/v1beta1',
        kind: 'PodIdentityAssociation',
        metadata: { name: `clicks.${serviceAccount}` },
        spec: {
          forProvider: {
            region: 'eu-west-1',
            clusterName: 'streams',
            namespace: 'clicks',
            serviceAccount,
            roleArnRef: { name: 'clicks-sessions' },
          },
        },
      })),
    ]);
  });

  test('are on Google Cloud a role and a member for each binding', () => {
    const [binding] = gcsBindings(gcsAccess());

    expect(objects([gcsAccess()], PermissionFormat.CROSSPLANE).slice(0, 2)).toEqual([
      {
        apiVersion: 'cloudplatform.gcp.upbound.io/v1beta1',
        kind: 'ProjectIAMCustomRole',
        metadata: { name: 'spark.objects.readwrite' },
        spec: {
          forProvider: {
            project: 'acme-data',
            title: 'Spark: read and write objects',
            description: binding.role.reason,
            permissions: binding.role.permissions,
          },
        },
      },
      {
        apiVersion: 'storage.gcp.upbound.io/v1beta2',
        kind: 'BucketIAMMember',
        metadata: { name: 'clicks-sessions-read-write' },
        spec: {
          forProvider: {
            bucket: 'acme-streams',
            role: 'projects/acme-data/roles/spark.objects.readwrite',
            member: gcsMembers(gcsAccess().identity)[0],
            condition: binding.condition,
          },
        },
      },
    ]);
  });

  test('keep buckets that they made when their objects go', () => {
    const found = objects(
      [
        s3Access({ ...S3, newBucket: { location: 'eu-west-1' } }),
        gcsAccess({ ...GCS, bucket: 'acme-other', newBucket: { location: 'EU' } }),
      ],
      PermissionFormat.CROSSPLANE,
    );

    expect(found.filter(({ kind }) => kind === 'Bucket').map(({ spec }) => spec.deletionPolicy)).toEqual([
      'Orphan',
      'Orphan',
    ]);
  });

  test('are refused for Azure, with what to use instead', () => {
    expect(() => permissionFiles([azureAccess()], PermissionFormat.CROSSPLANE, 'cloud')).toThrow(
      'storage access "clicks-sessions": there are no objects of Crossplane for Azure here; use the format "controllers", or files',
    );
  });
});

describe('policies as files', () => {
  const everything = [
    s3Access({ ...S3, grants: EVERY_USE, newBucket: { location: 'eu-west-1' } }),
    podIdentityAccess({ name: 'on-s3-too', identity: { ...s3Access().identity, role: 'other' } }),
    googleAccountAccess({ ...GCS, grants: EVERY_USE, newBucket: { location: 'EU' } }),
    azureAccess({ ...AZURE, grants: EVERY_USE }),
    azureAccess({ name: 'on-azure-too', container: 'other' }),
  ];

  test('are in a folder for each access, with the script that applies them', () => {
    expect(permissionFiles(everything, FILES, 'cloud').map(({ path }) => path)).toEqual([
      ...['policy.json', 'trust-policy.json', 'lifecycle.json', 'apply.sh'].map((file) => `on-s3/${file}`),
      ...['policy.json', 'trust-policy.json', 'lifecycle.json', 'apply.sh'].map((file) => `on-s3-too/${file}`),
      'on-gcs/role-spark.objects.readwrite.json',
      'on-gcs/role-spark.objects.read.json',
      'on-gcs/role-spark.objects.delete.json',
      'on-gcs/role-spark.objects.list.json',
      'on-gcs/condition-read-write.json',
      'on-gcs/condition-read.json',
      'on-gcs/condition-clear.json',
      'on-gcs/lifecycle.json',
      'on-gcs/apply.sh',
      'on-azure/role-read-write.json',
      'on-azure/role-read.json',
      'on-azure/role-clear.json',
      'on-azure/apply.sh',
      'on-azure-too/role-read-write.json',
      'on-azure-too/apply.sh',
      'on-azure-too/acl.sh',
    ]);
  });

  test.each(everything.map(({ name }) => [name]))(
    'have a script for %s that a shell understands and files that it names',
    (name) => {
      const files = permissionFiles(everything, FILES, 'cloud').filter(({ path }) => path.startsWith(`${name}/`));
      const paths = files.map(({ path }) => path.slice(name.length + 1));
      for (const { content } of files.filter(({ path }) => path.endsWith('.sh'))) {
        const named = content.match(/[\w.-]+\.json/g) ?? [];

        expect(() => execFileSync('sh', ['-n'], { input: content, stdio: ['pipe', 'ignore', 'pipe'] })).not.toThrow();
        expect(named.filter((file) => !paths.includes(file))).toEqual([]);
      }
    },
  );

  test('replace no rules of a bucket that is there already', () => {
    const scripts = permissionFiles([s3Access(), gcsAccess(GCS)], FILES, 'cloud').filter(({ path }) =>
      path.endsWith('.sh'),
    );
    const commands = scripts.flatMap(({ content }) => content.split('\n').filter((line) => !line.startsWith('#')));

    expect(commands.filter((line) => /lifecycle|create-bucket|buckets (create|update)/.test(line))).toEqual([]);
  });

  test('give roles and members as the commands of Google Cloud take them', () => {
    const script = fileOf(gcsAccess(), 'apply.sh');

    expect(script).toContain(
      "gcloud storage buckets add-iam-policy-binding 'gs://acme-streams' " +
        "--member='principal://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/acme-clusters.svc.id.goog/subject/ns/clicks/sa/sessions-driver' " +
        '--role="projects/acme-data/roles/spark.objects.readwrite" --condition-from-file=\'condition-read-write.json\'\n',
    );
    expect(script).toContain('--role="projects/acme-data/roles/spark.objects.list" --condition=None\n');
  });

  test('stop in another account of AWS', () => {
    expect(fileOf(s3Access(), 'apply.sh')).toContain(
      'if [ "$(aws sts get-caller-identity --query Account --output text)" != 111122223333 ]; then\n',
    );
  });

  test('name an assignment of Azure alike when its condition changes, and otherwise apart', () => {
    const nameOf = (access: AzureAccess) => / --name ([0-9a-f-]{36}) /.exec(fileOf(access, 'apply.sh'))?.[1];

    expect(nameOf(azureAccess())).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(nameOf(azureAccess({ grants: [MEASURED[0]] }))).toBe(nameOf(azureAccess()));
    expect(nameOf(azureAccess({ container: 'logs' }))).not.toBe(nameOf(azureAccess()));
  });

  test('clear only uploads beneath what is written', () => {
    const rules = JSON.parse(fileOf(s3Access({ grants: EVERY_USE }), 'lifecycle.json')) as {
      Rules: { Filter: { Prefix: string } }[];
    };

    expect(rules.Rules.map(({ Filter }) => Filter.Prefix)).toEqual([
      'checkpoints/JOB/',
      'export/',
      'out/JOB/',
      'table/',
    ]);
    expect(fileOf(s3Access({ grants: [{ path: 'in', use: StorageUse.READ }] }), 'lifecycle.json')).toBe('');
  });

  test('keep the quotes of a condition of Azure from the shell', () => {
    expect(fileOf(azureAccess(), 'apply.sh')).toContain("ActionMatches{'\\''Microsoft.Storage");
  });
});

describe('accesses together', () => {
  test('are refused with one name for two', () => {
    expect(() => permissionFiles([s3Access(), gcsAccess()], FILES, 'cloud')).toThrow(
      'storage access "clicks-sessions": two have this name, as applications of one namespace and name have; write ' +
        'the permissions of each cluster apart',
    );
  });

  test('name objects of accounts apart whose names and namespaces begin or end alike', () => {
    const accounts = [
      { namespace: 'clicks', serviceAccounts: ['prod-sessions'] },
      { namespace: 'clicks-prod', serviceAccounts: ['sessions'] },
    ];
    const onAws = accounts.map((given, index) => {
      const access = podIdentityAccess({ name: `job-${index}` });
      return { ...access, identity: { ...access.identity, ...given, role: `role-${index}` } };
    });
    const onAzure = accounts.map((given, index) => {
      const access = azureAccess({ name: `other-${index}` });
      return { ...access, identity: { ...access.identity, ...given, name: `identity-${index}` } };
    });
    const names = (accesses: StorageAccess[], format: PermissionFormat) =>
      objects(accesses, format)
        .filter(({ kind }) => ['PodIdentityAssociation', 'FederatedIdentityCredential'].includes(kind))
        .map(({ metadata }) => metadata.name);

    expect(names([...onAws, ...onAzure], PermissionFormat.CONTROLLERS)).toEqual([
      'clicks.prod-sessions',
      'clicks-prod.sessions',
      'clicks.prod-sessions',
      'clicks-prod.sessions',
    ]);
    expect(names(onAws, PermissionFormat.CROSSPLANE)).toEqual(['clicks.prod-sessions', 'clicks-prod.sessions']);
  });

  test('of one namespace may share a role, which then trusts the accounts of all', () => {
    const other = s3Access({ name: 'other' });
    const shared = [
      s3Access(),
      { ...other, identity: { ...other.identity, serviceAccounts: ['totals-driver', 'sessions-driver'] } },
    ];
    const serviceAccounts = ['sessions-driver', 'sessions-executor', 'totals-driver'];
    const trust = trustPolicy({ ...other.identity, serviceAccounts });

    expect(
      permissionFiles(shared, FILES, 'cloud')
        .filter(({ path }) => path.endsWith('/trust-policy.json'))
        .map(({ content }) => JSON.parse(content) as unknown),
    ).toEqual([trust, trust]);
    expect(
      objects(shared, PermissionFormat.CONTROLLERS)
        .filter(({ kind }) => kind === 'Role')
        .map(({ spec }) => spec),
    ).toEqual([
      {
        name: 'clicks-sessions',
        assumeRolePolicyDocument: JSON.stringify(trust),
        policyRefs: [{ from: { name: 'clicks-sessions' } }, { from: { name: 'other' } }],
      },
    ]);
  });

  test('are refused with one role for two namespaces, in every format', () => {
    const other = s3Access({ name: 'other' });
    const accesses = [s3Access(), { ...other, identity: { ...other.identity, namespace: 'other' } }];

    for (const format of FILE_FORMATS) {
      expect(() => permissionFiles(accesses, format, 'cloud')).toThrow(
        'storage permissions: "clicks-sessions" and "other" share the role "clicks-sessions", but are of different namespaces, ' +
          'or give different facts of it; give each namespace a storage with a role of its own, which may name the same bucket ' +
          'and prefix',
      );
    }
  });

  function sharing(count: number, changes: (index: number) => Partial<S3Access['identity']>, paths = 1): S3Access[] {
    return Array.from({ length: count }, (_, index) => {
      const access = s3Access({
        name: `job-${index + 10}`,
        grants: Array.from({ length: paths }, (_each, path) => ({
          path: `checkpoints/job-${index + 10}/query-${path + 10}`,
          use: StorageUse.CHECKPOINT,
        })),
      });
      return { ...access, identity: { ...access.identity, ...changes(index) } };
    });
  }

  const REMEDY = 'give some of its jobs a storage with a role of its own, which may name the same bucket and prefix';

  test('are refused with one role for more accounts than its trust policy can name, in every format', () => {
    const accounts = (count: number) => (index: number) => ({
      serviceAccounts: Array.from({ length: count }, (_, account) => `sessions-of-everybody-${index}${account + 10}`),
    });

    for (const format of FILE_FORMATS) {
      expect(permissionFiles(sharing(2, accounts(14)), format, 'cloud')).not.toHaveLength(0);
      expect(() => permissionFiles(sharing(2, accounts(15)), format, 'cloud')).toThrow(
        'storage permissions: the role "clicks-sessions" would have a trust policy of 2090 characters for 30 service ' +
          `accounts, of which AWS allows 2048; ${REMEDY}`,
      );
    }
  });

  test.each([PermissionFormat.CONTROLLERS, PermissionFormat.CROSSPLANE])(
    'are refused with one role for more policies than can be attached to it, as objects of %s',
    (format) => {
      expect(
        permissionFiles(
          sharing(10, () => ({})),
          format,
          'cloud',
        ),
      ).toHaveLength(1);
      expect(() =>
        permissionFiles(
          sharing(11, () => ({})),
          format,
          'cloud',
        ),
      ).toThrow(
        `storage permissions: the role "clicks-sessions" would have 11 managed policies, of which AWS allows 10; ${REMEDY}`,
      );
      expect(
        permissionFiles(
          sharing(11, () => ({})),
          FILES,
          'cloud',
        ),
      ).not.toHaveLength(0);
    },
  );

  test.each([
    ['is made', {}],
    ['is there already', { trust: undefined }],
  ])('are refused with inline policies that are longer in all than AWS allows, on a role that %s', (_what, changes) => {
    expect(
      permissionFiles(
        sharing(5, () => changes, 11),
        FILES,
        'cloud',
      ),
    ).not.toHaveLength(0);
    expect(() =>
      permissionFiles(
        sharing(6, () => changes, 11),
        FILES,
        'cloud',
      ),
    ).toThrow(
      'storage permissions: the role "clicks-sessions" would have inline policies of 11940 characters, of which AWS allows ' +
        `10240; ${REMEDY}`,
    );
  });

  test('of one namespace may share an identity of Azure, which then has one assignment in a container', () => {
    const grants = [{ path: 'checkpoints/OTHER', use: StorageUse.CHECKPOINT }];
    const other = azureAccess({ name: 'other', grants });
    const shared = [
      azureAccess(),
      { ...other, identity: { ...other.identity, serviceAccounts: ['totals-driver', 'sessions-driver'] } },
    ];
    const found = objects(shared, PermissionFormat.CONTROLLERS);

    expect(found.map(({ kind, metadata }) => [kind, metadata.name])).toEqual([
      ['RoleDefinition', 'spark-blobs-read-write-on-acmestreams'],
      ['RoleAssignment', 'clicks-sessions-acmestreams-state-read-write'],
      ['FederatedIdentityCredential', 'clicks.sessions-driver'],
      ['FederatedIdentityCredential', 'clicks.sessions-executor'],
      ['FederatedIdentityCredential', 'clicks.totals-driver'],
    ]);
    expect(found[1].spec.condition).toBe(
      azureAssignments(azureAccess({ grants: [...MEASURED, ...grants] }))[0].condition,
    );
  });

  test.each([
    ['the same container', 'state'],
    ['another container', 'other'],
  ])('are refused with one identity of Azure for two namespaces, in %s', (_what, container) => {
    const other = azureAccess({ name: 'other', container });
    const accesses = [azureAccess(), { ...other, identity: { ...other.identity, namespace: 'other' } }];

    for (const format of [FILES, PermissionFormat.CONTROLLERS]) {
      expect(() => permissionFiles(accesses, format, 'cloud')).toThrow(
        'storage permissions: "clicks-sessions" and "other" share the managed identity "clicks-sessions", but are of different ' +
          'namespaces, or give different facts of it; give each namespace a storage with an identity of its own, which may ' +
          'name the same container and prefix',
      );
    }
  });

  test.each([
    ['namespaces', { namespace: 'other' }],
    ['clusters', { clusterProject: 'acme-tests' }],
  ])('are refused with one Google account for two %s, in every format and bucket', (_what, changes) => {
    const other = googleAccountAccess({ name: 'other', bucket: 'acme-logs' });
    const accesses = [googleAccountAccess(), { ...other, identity: { ...other.identity, ...changes } }];

    for (const format of FILE_FORMATS) {
      expect(() => permissionFiles(accesses, format, 'cloud')).toThrow(
        'storage permissions: "clicks-sessions" and "other" share the Google service account ' +
          '"sessions@acme-data.iam.gserviceaccount.com", but are of different namespaces, or give different facts of it; give ' +
          'each namespace a storage with an account of its own, which may name the same bucket and prefix',
      );
    }
  });

  test('of one namespace may share a Google account', () => {
    const other = googleAccountAccess({ name: 'other' });
    const shared = [
      googleAccountAccess(),
      { ...other, identity: { ...other.identity, serviceAccounts: ['totals-driver'] } },
    ];

    expect(
      objects(shared, PermissionFormat.CONTROLLERS)
        .filter(({ metadata }) => metadata.name.includes('workload-identity'))
        .map(({ metadata, spec }) => [metadata.name, spec.member]),
    ).toEqual([
      ['clicks-sessions-workload-identity', 'serviceAccount:acme-clusters.svc.id.goog[clicks/sessions-driver]'],
      ['clicks-sessions-workload-identity-2', 'serviceAccount:acme-clusters.svc.id.goog[clicks/sessions-executor]'],
      ['other-workload-identity', 'serviceAccount:acme-clusters.svc.id.goog[clicks/totals-driver]'],
    ]);
  });

  test('of one namespace may share a Google account until a bucket takes no more bindings', () => {
    const jobs = (count: number) =>
      Array.from({ length: count }, (_, index) => {
        const grants = [{ path: `checkpoints/${index}`, use: StorageUse.CHECKPOINT }];
        return googleAccountAccess({ name: `job-${index + 10}`, grants });
      });

    expect(permissionFiles(jobs(20), PermissionFormat.CROSSPLANE, 'cloud')).toHaveLength(1);
    expect(() => permissionFiles(jobs(21), FILES, 'cloud')).toThrow(
      'storage permissions: 2 problems:\n  - "job-10" and what shares its identity would have 21 bindings of the role ' +
        'spark.objects.readwrite on the bucket acme-streams, of which Google Cloud allows 20; give some of the jobs a storage ' +
        'with an account of their own, which may name the same bucket and prefix, or CloudIdentity.gkePrincipal, by which ' +
        'each job is one\n',
    );
    const alone = jobs(21).map((access) => gcsAccess({ name: access.name, grants: access.grants }));
    expect(permissionFiles(alone, PermissionFormat.CROSSPLANE, 'cloud')).toHaveLength(1);
  });

  test('have each role and condition once for a job that reads many paths on Cloud Storage', () => {
    const grants = Array.from({ length: 7 }, (_, index) => ({ path: `in/${index}`, use: StorageUse.READ }));
    const access = gcsAccess({ grants });
    const script = fileOf(access, 'apply.sh');

    expect(permissionFiles([access], FILES, 'cloud').map(({ path }) => path)).toEqual(
      [
        'role-spark.objects.read.json',
        'role-spark.objects.list.json',
        'condition-read.json',
        'condition-read-part2.json',
        'apply.sh',
      ].map((file) => `clicks-sessions/${file}`),
    );
    expect(script.match(/gcloud iam roles create/g)).toHaveLength(2);
    expect(script.match(/--condition-from-file='condition-read(-part2)?.json'/g)).toHaveLength(4);
    expect(
      objects([access], PermissionFormat.CONTROLLERS)
        .filter(({ kind }) => kind === 'IAMPolicyMember')
        .map(({ metadata }) => metadata.name),
    ).toEqual([
      'clicks-sessions-read',
      'clicks-sessions-read-2',
      'clicks-sessions-read-part2',
      'clicks-sessions-read-part2-2',
      'clicks-sessions-list',
      'clicks-sessions-list-2',
    ]);
  });

  test('of two namespaces may be principals of Google Cloud of their own', () => {
    const other = gcsAccess({ name: 'other' });
    const accesses = [gcsAccess(), { ...other, identity: { ...other.identity, namespace: 'other' } }];

    expect(permissionFiles(accesses, PermissionFormat.CONTROLLERS, 'cloud')).toHaveLength(1);
  });

  test('are refused with one new bucket in two places', () => {
    const accesses = [
      gcsAccess({ newBucket: { location: 'EU' } }),
      gcsAccess({ name: 'other', newBucket: { location: 'US' } }),
    ];

    expect(() => permissionFiles(accesses, PermissionFormat.CONTROLLERS, 'cloud')).toThrow(
      'storage permissions: two accesses need a StorageBucket "acme-streams" and differ in it; ' +
        'give each access a name of its own, and one role one identity and one new bucket one place',
    );
  });

  test('are the same in whatever order they are given', () => {
    const accesses = [s3Access(S3), gcsAccess(GCS), azureAccess(AZURE)];

    for (const format of [FILES, PermissionFormat.CONTROLLERS]) {
      expect(permissionFiles([...accesses].reverse(), format, 'cloud')).toEqual(
        permissionFiles(accesses, format, 'cloud'),
      );
    }
  });
});

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: Readonly<Record<string, unknown>>;
}

function objects(accesses: readonly StorageAccess[], format: FileFormat): Manifest[] {
  return permissionFiles(accesses, format, 'cloud').flatMap(({ content }) => loadAll(content) as Manifest[]);
}

function fileOf(access: StorageAccess, name: string): string {
  const found = permissionFiles([access], FILES, 'cloud').find(({ path }) => path.endsWith(`/${name}`));
  return found?.content ?? '';
}
