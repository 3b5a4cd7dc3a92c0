import { IPersistentVolumeClaim } from 'cdk8s-plus-28';
import { CloudIdentity } from '../identity/cloud-identity';
import { NamedRule } from '../identity/named-rule';
import { StorageTarget } from '../permissions/storage-access';

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

/** A store as far as jobs have to do with it. */
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
   * Variables of the environment, and settings of Hadoop, that would bring credentials beside the identity. One that ends with
   * `.` stands for all settings that begin so.
   */
  readonly credentials: readonly string[];
  readonly variables: { readonly [name: string]: string };
  readonly claim?: StoreClaim;
  readonly egress: readonly NamedRule[];
  readonly problems: readonly string[];
  /** The same store as somebody else reaches it. Without one, it needs no identity. */
  withIdentity?(identity: CloudIdentity): Store;
  /** Spark's configuration, Hadoop's with its prefix. */
  configuration(traits: HadoopTraits): { readonly [key: string]: string };
}
