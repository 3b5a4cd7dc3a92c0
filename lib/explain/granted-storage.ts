import { StorageAccess, StorageGrant, StorageUse } from '../storage/permissions/storage-access';
import { ExplainedProgram } from './explained-program';
import { Explanation } from './explanation';

const APPLY =
  'write the permissions of the program with npx cdk8s-spark iam dist/ -o iam/, and apply them: those in the cloud are others';
const ADD = 'give the application the path, then write and apply its permissions with npx cdk8s-spark iam';
const GRANTS: readonly {
  readonly when: string;
  readonly code: (path: string) => string;
  readonly readsOnly?: boolean;
}[] = [
  { when: 'a checkpoint', code: () => 'checkpoint: storage,' },
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
export interface RefusedObject {
  /** `s3a://BUCKET/KEY`, or the key alone. */
  readonly object: string;
  /** Whether it was to be written or deleted. */
  readonly changes: boolean;
}

/**
 * Adds to an explanation whether the program has the object of an S3 bucket among the paths of an application, and what to do.
 */
export function grantedStorage(
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
      program: `intends it, for ${described(intended)}`,
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
        : `does not intend it: the path is only that of ${described(found[0])}`,
    remedies: GRANTS.filter(({ readsOnly }) => !changes || readsOnly !== true).map(({ when, code }) => ({
      when,
      code: code(path),
    })),
    variables: 'storage is the SparkStorage of that bucket',
  };
}

function described({ application, grant }: { readonly application: string; readonly grant: StorageGrant }): string {
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
