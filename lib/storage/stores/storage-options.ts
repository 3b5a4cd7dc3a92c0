/** What all kinds of checkpoint storage have. */
export interface SparkStorageOptions {
  /**
   * The folder below which jobs have theirs, without a slash at either end. Two clusters that share a bucket need one each,
   * since namespaces and names of jobs may be the same in both.
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
