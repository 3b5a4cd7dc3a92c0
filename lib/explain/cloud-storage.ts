import { AccessSubject } from '../access/rbac/access-question';
import { describeSubject } from '../access/rbac/rbac-subjects';
import { ExplainedProgram } from './explained-program';
import { Explanation } from './explanation';
import { explainKnownText } from './known-failure';
import { CLOUD_TEXTS } from './known-texts/cloud-texts';
import { KnownText } from './known-texts/known-text';
import { listed } from './phrases';
import { StorageAccess, StorageGrant, StorageUse } from '../storage/permissions/storage-access';

const APPLY =
  'write the permissions of the program with npx cdk8s-spark iam dist/ -o iam/, and apply them: those in the cloud are others';

const ADD = 'give the application the path, then write and apply its permissions with npx cdk8s-spark iam';

const GRANTS: readonly {
  readonly when: string;
  readonly code: (path: string) => string;
  readonly readsOnly?: boolean;
}[] = [
  { when: 'a checkpoint', code: () => 'checkpoint: Checkpoint.on(storage),' },
  {
    when: 'output of the file sink of a streaming query',
    code: (path) => `storagePaths: [StoragePath.fileSink(storage, '${path}')],`,
  },
  { when: 'other output', code: (path) => `storagePaths: [StoragePath.write(storage, '${path}')],` },
  { when: 'input', code: (path) => `storagePaths: [StoragePath.read(storage, '${path}')],`, readsOnly: true },
];

const USES: { readonly [use in StorageUse]: string } = {
  [StorageUse.CHECKPOINT]: 'as its checkpoint',
  [StorageUse.READ]: 'as input',
  [StorageUse.WRITE]: 'as output',
  [StorageUse.READ_WRITE]: 'as data that it reads and writes',
  [StorageUse.FILE_SINK]: 'as output of a file sink',
  [StorageUse.CLEAN_UP]: 'to clear it',
};

/** What a store refuses. */
interface RefusedObject {
  /** `s3a://BUCKET/KEY`, or the key alone. */
  readonly object: string;
  /** Whether it was to be written or deleted. */
  readonly changes: boolean;
}

/** Explains what an object store refuses. */
export function explainCloudStorage(text: string, program: ExplainedProgram, general: boolean): Explanation[] {
  return CLOUD_TEXTS.filter((known) => (known.general === true) === general).flatMap((known) =>
    explanations(known, text, program),
  );
}

function explanations(known: KnownText, text: string, program: ExplainedProgram): Explanation[] {
  const match = known.pattern.exec(text);
  if (match === null) return [];
  const explanation = explainKnownText('cloud-storage', known, match);
  const principal = principalOf(match.groups?.principal);
  const { who, program: intended } = identityOf(principal, program);
  const named = { ...explanation, who: explanation.who ?? who, program: explanation.program ?? intended };
  const object = match.groups?.object;
  return [object === undefined ? named : grantedStorage({ object, changes: known.changes === true }, named, program)];
}

/** Without white space the word before an address is part of it; an ARN begins with `arn:`. */
function principalOf(text = ''): string | undefined {
  const address = /[a-z0-9][a-z0-9-]{0,62}@[a-z0-9.-]+$/.exec(text)?.[0];
  const role = /assumed-role\/([^/]+)/.exec(text)?.[1];
  return address ?? role ?? (text.startsWith('arn:') ? text : undefined);
}

function identityOf(principal: string | undefined, program: ExplainedProgram): Pick<Explanation, 'who' | 'program'> {
  if (principal === undefined) {
    return { who: 'the cloud identity of the driver or an executor; the text does not name it' };
  }
  const accounts = program.accountsOfCloudIdentity(principal);
  if (/-compute@developer\.gserviceaccount\.com$/.test(principal) || /node/i.test(principal)) {
    return {
      who: `${principal}, which looks like the identity of the nodes, not of the job: its account is bound to no cloud identity`,
      program: program.isGiven ? 'should not use it: every pod of the node has it' : undefined,
    };
  }
  if (accounts.length > 0) {
    return {
      who: `${principal}, the cloud identity of ${listed(accounts.map((account) => described(account, program)))}`,
      program: 'binds the account to that identity; what it may do stands in the cloud, not in the program',
    };
  }
  return {
    who: program.isGiven
      ? `${principal}, a cloud identity that no account of the program has by its annotations`
      : `the cloud identity ${principal}`,
  };
}

function described(account: AccessSubject, program: ExplainedProgram): string {
  const roles = program.rolesOf(account);
  return `${describeSubject(account)}${roles.length === 0 ? '' : ` (${listed(roles)})`}`;
}

/**
 * Adds to an explanation whether the program has the object of an S3 bucket among the paths of an application, and what to do.
 */
function grantedStorage(
  { object, changes }: RefusedObject,
  explanation: Explanation,
  program: ExplainedProgram,
): Explanation {
  if (!program.isGiven) return explanation;
  const [, bucket, key] = /^(?:s3a:\/\/([^/]*)\/?)?(.*)$/.exec(object) ?? ['', undefined, object];
  const found = program
    .storageAccesses()
    .flatMap(({ application, accesses }) => accesses.map((access) => ({ application, access })))
    .filter(({ access }) => access.store === 's3' && (bucket === undefined || access.bucket === bucket))
    .flatMap(({ application, access }) => grantsOf(access, key).map((grant) => ({ application, grant })));
  const intended = found.find(({ grant }) => !changes || grant.use !== StorageUse.READ);
  if (intended !== undefined) {
    return {
      ...explanation,
      program: `intends it, for ${describedGrant(intended)}`,
      advice: `${APPLY}. By hand: ${explanation.advice}`,
    };
  }
  const path = folderOf(key);
  return {
    ...explanation,
    advice: ADD,
    program:
      found.length === 0
        ? 'gives no application that path, so no permissions for it are written'
        : `does not intend it: the path is only that of ${describedGrant(found[0])}`,
    remedies: GRANTS.filter(({ readsOnly }) => !changes || readsOnly !== true).map(({ when, code }) => ({
      when,
      code: code(path),
    })),
    variables: 'storage is the SparkStorage of that bucket',
  };
}

function describedGrant({
  application,
  grant,
}: {
  readonly application: string;
  readonly grant: StorageGrant;
}): string {
  return `${application}, which has ${grant.path} ${USES[grant.use]}`;
}

function grantsOf({ grants }: StorageAccess, key: string): StorageGrant[] {
  return grants.filter(({ path }) => key === path || key.startsWith(`${path}/`));
}

/** The folder that a user would name: without the file, and without the folders that Spark makes. */
function folderOf(key: string): string {
  const parts = key.split('/').filter(Boolean);
  const own = parts.findIndex((part) => /^(_|\.|part-|metadata$)/.test(part));
  return (own === -1 ? parts : parts.slice(0, own)).join('/').replaceAll("'", '');
}
