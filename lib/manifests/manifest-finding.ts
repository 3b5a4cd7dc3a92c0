import { Finding } from '../problems/finding';

/** What is wrong with one manifest, or with the file that it should stand in. */
export interface ManifestFinding extends Finding {
  /** Where the manifest stands: a construct's path, or file and document. */
  readonly source: string;

  /**
   * The object, such as `RoleBinding team-1/submit`.
   *
   * @default - it is not known which object is meant
   */
  readonly object?: string;
}
