import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { FILES, permissionFiles } from '../../../lib/storage/permissions/permission-files';
import { StorageAccess, StorageUse } from '../../../lib/storage/permissions/storage-access';
import { azureAccess, gcsAccess, googleAccountAccess, podIdentityAccess, s3Access } from './accesses';

/** A command that notes its arguments, one call a line, and answers what the scripts ask for. */
const COMMAND = `#!/bin/sh
printf '%s' "$(basename "$0")" >> "$CALLS"
for argument in "$@"; do printf ' [%s]' "$argument" | tr '\\n' ' ' >> "$CALLS"; done
echo >> "$CALLS"
case "$(basename "$0") $*" in
  *get-caller-identity*) echo 111122223333 ;;
  *uniform_bucket_level_access*) echo True ;;
  *"identity show"*) echo 0a1b ;;
  *"role definition list"*) echo 0 ;;
  *list-role-policies*) echo "\${POLICIES:-}" ;;
  *list-pod-identity-associations*) echo 0 ;;
  *get-role*|*"roles describe"*) exit "\${IS_MISSING:-0}" ;;
esac
`;

describe('the script of an access', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'scripts-'));
  const commands = path.join(folder, 'bin');

  beforeAll(() => {
    fs.mkdirSync(commands);
    for (const name of ['aws', 'az', 'gcloud']) {
      fs.writeFileSync(path.join(commands, name), COMMAND, { mode: 0o755 });
    }
  });

  afterAll(() => fs.rmSync(folder, { recursive: true }));

  /** Writes the files of an access and runs its script. */
  function run(access: StorageAccess, variables: Record<string, string> = {}) {
    const files = permissionFiles([access], FILES, '');
    const target = fs.mkdtempSync(path.join(folder, 'run-'));
    for (const file of files) {
      const name = path.join(target, file.path);
      fs.mkdirSync(path.dirname(name), { recursive: true });
      fs.writeFileSync(name, file.content);
    }
    const calls = path.join(target, 'calls');
    fs.writeFileSync(calls, '');
    const { status, stderr } = spawnSync('sh', [path.join(target, access.name, 'apply.sh')], {
      env: { PATH: `${commands}:${process.env.PATH}`, CALLS: calls, ...variables },
      encoding: 'utf8',
    });
    return { status, stderr, calls: fs.readFileSync(calls, 'utf8').split('\n').slice(0, -1) };
  }

  test.each<[string, StorageAccess, string[]]>([
    ['IRSA', s3Access(), ['update-assume-role-policy', 'put-role-policy']],
    ['Pod Identity', podIdentityAccess(), ['put-role-policy', 'create-pod-identity-association']],
    ['principals of Google Cloud', gcsAccess(), ['add-iam-policy-binding']],
    ['a Google service account', googleAccountAccess(), ['add-iam-policy-binding']],
    ['Azure', azureAccess(), ['federated-credential', 'definition] [create', 'assignment] [create']],
  ])('applies with %s all that is known, and needs no variable', (_what, access, words) => {
    const { status, stderr, calls } = run(access);

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const word of words) expect(calls.filter((call) => call.includes(word))).not.toEqual([]);
  });

  test('tells of inline policies of the role that none of the jobs needs, and leaves them there', () => {
    const { status, stderr, calls } = run(s3Access(), { POLICIES: 'clicks-sessions\tclicks-session\tgone' });

    expect(status).toBe(0);
    expect(stderr).toBe(
      ['clicks-session', 'gone']
        .map(
          (policy) =>
            `the role clicks-sessions also has the inline policy ${policy}, which none of these jobs needs: ` +
            'is it of one that is gone?\n',
        )
        .join(''),
    );
    expect(calls.filter((call) => call.includes('delete'))).toEqual([]);
  });

  test('knows the inline policies of all jobs of the role', () => {
    const script = permissionFiles([s3Access(), s3Access({ name: 'totals' })], FILES, '').at(-1)?.content;

    expect(script).toContain('case " clicks-sessions totals " in\n');
  });

  test('makes a role that is missing, under its path', () => {
    const access = s3Access({ identity: { ...s3Access().identity, path: '/team/' } });

    expect(run(access, { IS_MISSING: '1' }).calls).toContain(
      'aws [iam] [create-role] [--role-name] [clicks-sessions] [--path] [/team/] ' +
        '[--assume-role-policy-document] [file://trust-policy.json]',
    );
  });

  test('associates a role under its path', () => {
    const access = podIdentityAccess();

    expect(
      run({ ...access, identity: { ...access.identity, path: '/team/' } }).calls.filter((call) =>
        call.includes('[--role-arn] [arn:aws:iam::111122223333:role/team/clicks-sessions]'),
      ),
    ).toHaveLength(2);
  });

  describe('without the trust of a role', () => {
    const access = { ...s3Access(), identity: { ...s3Access().identity, trust: undefined } };

    test('attaches the policy to the role that is there, and leaves its trust alone', () => {
      const { status, calls } = run(access);

      expect(status).toBe(0);
      expect(calls.filter((call) => call.includes('[iam]'))).toEqual([
        'aws [iam] [get-role] [--role-name] [clicks-sessions]',
        'aws [iam] [put-role-policy] [--role-name] [clicks-sessions] [--policy-name] [clicks-sessions] ' +
          '[--policy-document] [file://policy.json]',
        'aws [iam] [list-role-policies] [--role-name] [clicks-sessions] [--query] [PolicyNames[]] [--output] [text]',
      ]);
    });

    test('makes no role, and says what to give', () => {
      expect(run(access, { IS_MISSING: '1' })).toMatchObject({
        status: 1,
        stderr:
          'there is no role clicks-sessions, and whose tokens it trusts is not known: give oidcIssuer to CloudIdentity.awsRole\n',
      });
    });
  });

  test('attaches nothing on S3 without an identity, and says how to', () => {
    const { status, stderr, calls } = run({ ...s3Access(), identity: undefined });

    expect({ status, calls }).toEqual({ status: 1, calls: [] });
    expect(stderr).toBe(
      [
        'The role or user of these jobs is not known, so policy.json is attached to nobody. Attach it with one of:',
        '  aws iam put-role-policy --role-name ROLE --policy-name clicks-sessions --policy-document file://policy.json',
        '  aws iam put-user-policy --user-name USER --policy-name clicks-sessions --policy-document file://policy.json',
        '  mc admin policy create ALIAS clicks-sessions policy.json && ' +
          'mc admin policy attach ALIAS clicks-sessions --user USER   (MinIO)',
        '',
      ].join('\n'),
    );
  });

  describe('on Google Cloud without project and principals', () => {
    const access = { ...gcsAccess(), project: undefined, identity: undefined };

    test.each([
      ['PROJECT', {}],
      ['PRINCIPALS', { PROJECT: 'acme-data' }],
    ])('stops before its first command while %s is not set', (variable, variables) => {
      const { status, stderr, calls } = run(access, variables);

      expect({ isRefused: status !== 0, calls }).toEqual({ isRefused: true, calls: [] });
      expect(stderr).toContain(`${variable}: set it to `);
    });

    test('gives each of them the roles', () => {
      const principals = ['serviceAccount:a@acme-1.iam.gserviceaccount.com', 'group:b@acme.dev'];
      const { status, calls } = run(access, { PROJECT: 'acme-data', PRINCIPALS: principals.join(' ') });

      expect(status).toBe(0);
      expect(calls.filter((call) => call.includes('add-iam-policy-binding')).slice(0, 2)).toEqual(
        principals.map(
          (principal) =>
            `gcloud [storage] [buckets] [add-iam-policy-binding] [gs://acme-streams] [--member=${principal}] ` +
            '[--role=projects/acme-data/roles/spark.objects.readwrite] [--condition-from-file=condition-read-write.json]',
        ),
      );
    });
  });

  test('takes the cluster’s project, without which nobody can say who acts as a Google account', () => {
    const access = googleAccountAccess();
    const unknown = { ...access, identity: { ...access.identity, clusterProject: undefined } };

    expect(run(unknown).stderr).toContain('CLUSTER_PROJECT: set it to the id of the project of the cluster');
    expect(run(unknown, { CLUSTER_PROJECT: 'acme-clusters' }).calls.slice(-2)).toEqual(run(access).calls.slice(-2));
  });

  describe('on Azure without subscription, resource group and identity', () => {
    const access = { ...azureAccess(), subscription: undefined, resourceGroup: undefined, identity: undefined };
    const variables = { SUBSCRIPTION: 'sub-1', RESOURCE_GROUP: 'streams', PRINCIPAL_ID: '0a1b' };

    test.each(Object.keys(variables))('stops before its first command while %s is not set', (variable) => {
      const { status, stderr, calls } = run(access, { ...variables, [variable]: '' });

      expect({ isRefused: status !== 0, calls }).toEqual({ isRefused: true, calls: [] });
      expect(stderr).toContain(`${variable}: set it to `);
    });

    test('puts them into the role and its assignment', () => {
      const { status, calls } = run(access, variables);
      const created = calls.filter((call) => call.includes('[create]'));

      expect(status).toBe(0);
      expect(created[0]).toContain('"/subscriptions/sub-1/resourceGroups/streams"');
      expect(created[1]).toContain('[--assignee-object-id] [0a1b]');
      expect(created[1]).toContain('[--scope] [/subscriptions/sub-1/resourceGroups/streams/providers/');
    });
  });

  test('has no lists of Azure for somebody who only deletes, since they cannot say it', () => {
    const access = azureAccess({ grants: [{ path: 'checkpoints', use: StorageUse.CLEAN_UP }] });

    expect(permissionFiles([access], FILES, '').map((file) => file.path)).toEqual([
      'clicks-sessions/role-clear.json',
      'clicks-sessions/apply.sh',
    ]);
  });
});
