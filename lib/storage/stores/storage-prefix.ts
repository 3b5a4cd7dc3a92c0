import { told } from '../../problems/given';

const SEGMENT = /^[A-Za-z0-9_][A-Za-z0-9._=-]*$/;
const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):/;

/** What is wrong with the folder of a store below which jobs have theirs. */
export function prefixProblems(prefix: string | undefined): string[] {
  const example = 'checkpoints/prod-eu';
  if (prefix !== undefined && typeof prefix !== 'string')
    return [`prefix ${told(prefix)}; give a text, such as "${example}"`];
  if (prefix !== undefined && prefix !== '') return folderProblems('prefix', prefix, example);
  return [
    'prefix is empty, so that jobs would lie beside whatever else is there; ' +
      `give a folder of this cluster alone, such as "${example}"`,
  ];
}

/** What is wrong with a folder of a store, told from the store's root. */
export function folderProblems(what: string, folder: string, example: string): string[] {
  const given = `${what} is ${JSON.stringify(folder)}`;
  if (SCHEME.test(folder)) return [`${given}, a whole location; give only the folder, such as "${example}"`];
  if (folder.startsWith('/') || folder.endsWith('/')) return [`${given}; leave out the slash at its beginning or end`];
  const wrong = folder.split('/').find((segment) => !SEGMENT.test(segment));
  if (wrong === undefined) return [];
  return [
    `${given}, with the part ${JSON.stringify(wrong)}; use letters, digits and . _ = - between single slashes, ` +
      'each part beginning with a letter, digit or _',
  ];
}

/** Why a text is no bare name of a bucket, as far as all stores have it in common, or `undefined`. */
export function bareNameProblem(what: string, name: string, scheme: string): string | undefined {
  const given = `${what} is ${JSON.stringify(name)}`;
  const found = SCHEME.exec(name)?.[1];
  if (found === undefined && !name.includes('/')) return undefined;
  const factory = FACTORIES[found ?? ''];
  const elsewhere =
    factory === undefined || found === scheme ? '' : `; what is on ${found}: belongs to SparkStorage.${factory}`;
  return `${given}; give the bare name, and the folder as prefix${elsewhere}`;
}

const FACTORIES: Readonly<Record<string, string>> = {
  abfs: 'azure',
  abfss: 'azure',
  file: 'persistentVolumeClaim',
  gs: 'gcs',
  hdfs: 'hdfs',
  s3: 's3',
  s3a: 's3',
  s3n: 's3',
};
