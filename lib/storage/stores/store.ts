import { IPersistentVolumeClaim } from 'cdk8s-plus-28';
import { CloudIdentity } from '../identity/cloud-identity';
import { NamedRule } from '../identity/named-rule';
import { StorageTarget } from '../permissions/storage-access';

/** Options of every kind of checkpoint storage. */
export interface SparkStorageOptions {
  /**
   * The folder that holds the folders of all jobs, without a slash at either end. Two clusters that share a bucket need
   * different ones, since namespaces and names of jobs may be the same in both.
   */
  readonly prefix: string;

  /**
   * Whether executors reach the store too, and so get the identity. They do where a query keeps state (aggregations, joins,
   * deduplication), and where the job reads from the same store or writes its output there. A query without state needs it
   * in the driver alone.
   *
   * @default true
   */
  readonly executorAccess?: boolean;
}

/** What the releases of Spark, and with them of Hadoop, differ in. */
export interface HadoopTraits {
  /** Whether Hadoop is 3.4 or newer, which has version 2 of AWS's SDK and Azure's workload identity. */
  readonly isHadoop34: boolean;
}

/** A claim on which a store lies, and where pods see it. */
export interface StoreClaim {
  readonly claim: IPersistentVolumeClaim;
  /** The claim's namespace, where the program knows it. */
  readonly namespace?: string;
  readonly path: string;
}

/** What jobs need to know of a store. */
export interface Store {
  /** URI of its root, without a slash at the end. */
  readonly root: string;
  /** What tells it from every other store, where the root alone does not. */
  readonly place: string;
  readonly identity?: CloudIdentity;
  /** What the permissions of a cloud are on; none where no cloud gives them. */
  readonly target?: StorageTarget;
  /** Whether checkpoint files are committed by completing an upload in parts, which may be given up. */
  readonly multipart?: boolean;
  /** Why Spark 4.0 or newer is needed. */
  readonly needsHadoop34?: string;
  /** Variables of the environment that come from the identity's Secret, under keys of the same names. */
  readonly secretVariables: readonly string[];
  /**
   * Variables of the environment, and settings of Hadoop, that would bring credentials besides those of the identity. One that
   * ends with `.` stands for all settings with this prefix.
   */
  readonly credentials: readonly string[];
  readonly variables: { readonly [name: string]: string };
  readonly claim?: StoreClaim;
  readonly egress: readonly NamedRule[];
  readonly problems: readonly string[];
  /** The same store with another identity; absent if the store needs none. */
  withIdentity?(identity: CloudIdentity): Store;
  /** Spark's configuration, Hadoop's with its prefix. */
  configuration(traits: HadoopTraits): { readonly [key: string]: string };
}

const SEGMENT = /^[A-Za-z0-9_][A-Za-z0-9._=-]*$/;
const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):/;

/** What is wrong with the folder of a store below which jobs have theirs. */
export function prefixProblems(prefix: string): string[] {
  const example = 'checkpoints/prod-eu';
  if (prefix !== '') return folderProblems('prefix', prefix, example);
  return [
    'prefix is empty, so that jobs would lie beside whatever else is there; ' +
      `give a folder of this cluster alone, such as "${example}"`,
  ];
}

/** What is wrong with a folder of a store, relative to the store's root. */
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

/** Why a text is not a bare bucket name by the rules that all stores share, or `undefined`. */
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
