import { Duration } from 'cdk8s';
import { CronSchedule } from '../application/schedule/cron-schedule';
import { SparkImage } from '../spark/spark-image';
import { ISparkStorage } from '../storage/spark-storage';
import { CloudIdentity } from '../storage/identity/cloud-identity';

/** Properties of the clean-up of checkpoints. */
export interface CheckpointRetentionProps {
  /** The storage of the checkpoints. The clean-up looks at its prefix and at nothing else. */
  readonly storage: ISparkStorage;

  /**
   * The names of the namespaces to clean up. A program knows only its own jobs, so name only namespaces whose streaming jobs
   * are all in this program: a job of another program counts as gone. Keep a namespace in the list after its last job has
   * left, until its checkpoints are removed. On a volume claim it is the one namespace of the claim.
   */
  readonly namespaces: string[];

  /**
   * How long a checkpoint must be unchanged before it is removed, in whole days, at least one. Weeks are better: the job may
   * come back.
   */
  readonly after: Duration;

  /**
   * A Spark image with Python 3 and the store's connector, pinned. It need not be that of the jobs; for S3 its Spark is 4.0 or
   * newer.
   */
  readonly image: SparkImage;

  /**
   * The identity with which the clean-up reaches the store. No job may have it, and it may only list and delete beneath the
   * prefix. A Secret must be in the clean-up's own namespace.
   *
   * @default - none, for HDFS and volume claims; the other stores need one
   */
  readonly identity?: CloudIdentity;

  /**
   * The schedule of the clean-up, in UTC: without a time zone, and not an interval.
   *
   * @default CronSchedule.cron("17 3 * * *")
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax
   */
  readonly schedule?: CronSchedule;

  /**
   * Whether the clean-up only writes to its log what it would remove. Begin with true, and read the log of the first run.
   *
   * @default false
   */
  readonly dryRun?: boolean;

  /**
   * The name of its CronJob, account and ConfigMap, at most 52 characters, and of the namespace that is created for them. No
   * namespace is created for a volume claim, which can only be mounted in its own.
   *
   * @default - the construct's id
   */
  readonly name?: string;
}
