import { Duration } from 'cdk8s';
import { Guarantee } from '../guarantees/relaxation';
import { NetworkRule } from '../job-namespace/network/network-peer';
import { ISparkJobNamespace } from '../job-namespace/spark-job-namespace';
import { StoragePath } from '../storage/storage-path';
import { DynamicAllocation } from './configuration/dynamic-allocation';
import { Encryption } from './pod/encryption';
import { Checkpoint } from './storage/checkpoint';
import { EventLog } from './storage/event-log';
import { DriverOptions, ExecutorOptions } from './pod/pod-options';
import { RestartPolicy } from './schedule/restart-policy';
import { SeccompProfile } from '../spark/seccomp-profile';
import { SparkDependencies } from './configuration/spark-dependencies';
import { SparkImage } from '../spark/spark-image';
import { SparkLogLevel } from '../spark/spark-log-level';
import { SparkMain } from '../spark/spark-main';
import { DirectorySize, WritableDirectory } from './pod/writable-directory';

/** Properties that all kinds of Spark applications have. */
export interface SparkApplicationProps {
  /**
   * The name of the application, of its driver's pod (with `-driver`) and of its Service: a DNS label that starts with a
   * letter.
   *
   * @default - the construct's id
   */
  readonly name?: string;

  /** The namespace where the job runs, with the service accounts of its pods. */
  readonly jobNamespace: ISparkJobNamespace;

  /** The image of driver and executors, with the versions in it. */
  readonly image: SparkImage;

  /** The program that the job runs. */
  readonly main: SparkMain;

  /**
   * The driver's pod.
   *
   * @default - 1 core, 1 GiB
   */
  readonly driver?: DriverOptions;

  /**
   * The executors' pods.
   *
   * @default - 1 executor with 1 core, 1 GiB
   */
  readonly executor?: ExecutorOptions;

  /**
   * Further files, archives and packages of the job.
   *
   * @default - none
   */
  readonly dependencies?: SparkDependencies;

  /**
   * Spark's configuration. Keys that the operator refuses or that another property sets are errors.
   *
   * @default - only what other properties set
   * @see https://spark.apache.org/docs/latest/configuration.html
   */
  readonly sparkConf?: { readonly [key: string]: string };

  /**
   * Hadoop's configuration, without the prefix `spark.hadoop.`.
   *
   * @default - none
   */
  readonly hadoopConf?: { readonly [key: string]: string };

  /**
   * Executors that come and go with the load.
   *
   * @default - a fixed number of executors, `executor.instances`
   */
  readonly dynamicAllocation?: DynamicAllocation;

  /**
   * Whether the operator starts the job again after its end.
   *
   * @default RestartPolicy.never()
   */
  readonly restartPolicy?: RestartPolicy;

  /**
   * How long the application is kept after its end, with its driver's pod and log. Whole seconds, at least one. A GitOps tool
   * that finds it missing afterwards creates it again, and the job runs again.
   *
   * @default - forever
   */
  readonly timeToLive?: Duration;

  /**
   * How much driver and executors log.
   *
   * @default - as the image sets it
   */
  readonly logLevel?: SparkLogLevel;

  /**
   * Writable directories of driver and executors, in addition to the automatic ones of a secure application.
   *
   * @default - none
   */
  readonly writableDirectories?: WritableDirectory[];

  /**
   * Where a streaming job keeps its checkpoint. The program reads the location from the driver's environment variable
   * `SPARK_CHECKPOINT_LOCATION`, from the configuration `spark.checkpoint.location`, or from its arguments, where it replaces
   * `SparkMain.CHECKPOINT_LOCATION`, and passes it to its query as `checkpointLocation`. A program with several queries passes
   * a different folder below it to each.
   *
   * @default - none
   * @see https://spark.apache.org/docs/latest/streaming/apis-on-dataframes-and-datasets.html
   */
  readonly checkpoint?: Checkpoint;

  /**
   * The job's input and output on `SparkStorage`: each path has its own permissions, and `npx cdk8s-spark iam` writes them
   * together with those of the checkpoint. Pass the `uri` of a path to the program, for example as an argument.
   *
   * All storages of one kind share endpoint, settings and identity within a job.
   *
   * @default - none
   */
  readonly storagePaths?: StoragePath[];

  /**
   * Where the driver writes its event log, for Spark's history server.
   *
   * @default - no event log
   * @see https://spark.apache.org/docs/latest/monitoring.html#viewing-after-the-fact
   */
  readonly eventLog?: EventLog;

  /**
   * The Kafka brokers that the job reads from and writes to: all of them, not only the bootstrap servers. An isolated namespace
   * allows traffic to them for all of its pods; elsewhere the library restricts no traffic. The ports are those on which the
   * brokers listen: for brokers in the cluster, the ports of their pods, not of their Service. The program authenticates to
   * Kafka itself: pass Secrets for it in `driver.env` and `executor.env`.
   *
   * @default - none
   * @see https://spark.apache.org/docs/latest/streaming/structured-streaming-kafka-integration.html
   */
  readonly kafka?: NetworkRule;

  /**
   * Whether the application is suspended: the operator does not run it until this is `false` again.
   *
   * @default false
   */
  readonly suspend?: boolean;

  /**
   * Labels of the application; the operator copies them to its pods.
   *
   * @default - the chart's
   */
  readonly labels?: { readonly [label: string]: string };

  /**
   * Annotations of the application.
   *
   * @default - none
   */
  readonly annotations?: { readonly [annotation: string]: string };
}

/** Properties of a hardened Spark application. */
export interface SecureSparkApplicationProps extends SparkApplicationProps {
  /**
   * The guarantees that this application relaxes. The namespace must allow each of them, with a reason.
   *
   * @default - none
   */
  readonly relax?: Guarantee[];

  /**
   * The seccomp profile: which system calls the containers may use.
   *
   * @default SeccompProfile.RUNTIME_DEFAULT
   */
  readonly seccompProfile?: SeccompProfile;

  /**
   * The key that authenticates and encrypts traffic, and encrypts spills.
   *
   * @default Encryption.perRun()
   */
  readonly encryption?: Encryption;

  /**
   * The directory `/tmp`, which is also Java's temporary directory.
   *
   * @default - 1 GiB of the node's disk
   */
  readonly temporaryDirectory?: DirectorySize;

  /**
   * The working directory `/opt/spark/work-dir`, where Spark puts the job's files.
   *
   * @default - 512 MiB of the node's disk
   */
  readonly workingDirectory?: DirectorySize;

  /**
   * The driver's directory for downloaded packages, `/tmp/.ivy2`.
   *
   * @default - 512 MiB of the node's disk
   */
  readonly ivyDirectory?: DirectorySize;
}
