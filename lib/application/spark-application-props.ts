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

/** What every kind of Spark application has. */
export interface SparkApplicationProps {
  /**
   * The name of the application, of its driver's pod (with `-driver`) and of its service: a DNS label that starts with a
   * letter.
   *
   * @default - the construct's id
   */
  readonly name?: string;

  /** Where the job runs, and as whom. */
  readonly jobNamespace: ISparkJobNamespace;

  /** The image of driver and executors, with its versions. */
  readonly image: SparkImage;

  /** What is run. */
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
   * Spark's configuration. Keys that the operator refuses, or that a property sets, are errors.
   *
   * @default - none beside what the properties set
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
   * @default - a fixed number, `executor.instances`
   */
  readonly dynamicAllocation?: DynamicAllocation;

  /**
   * Whether the job is started again when it has ended.
   *
   * @default RestartPolicy.never()
   */
  readonly restartPolicy?: RestartPolicy;

  /**
   * How long the application stays after its end, with its driver's pod and log. Whole seconds, at least one. A GitOps
   * tool that finds it missing afterwards makes it again, and the job runs again.
   *
   * @default - for ever
   */
  readonly timeToLive?: Duration;

  /**
   * What the job itself logs.
   *
   * @default - as the image has it
   */
  readonly logLevel?: SparkLogLevel;

  /**
   * Directories of driver and executors that can be written, beside the automatic ones of a secure application.
   *
   * @default - none
   */
  readonly writableDirectories?: WritableDirectory[];

  /**
   * Where a streaming job keeps its checkpoint. The job finds its location in the driver's environment variable
   * `SPARK_CHECKPOINT_LOCATION`, in the configuration `spark.checkpoint.location`, and in place of
   * `SparkMain.CHECKPOINT_LOCATION` in its arguments, and gives it to its query as `checkpointLocation`; a job with several
   * queries gives each a folder below it.
   *
   * @default - none
   * @see https://spark.apache.org/docs/latest/streaming/apis-on-dataframes-and-datasets.html
   */
  readonly checkpoint?: Checkpoint;

  /**
   * The job's input and output, on the stores of `SparkStorage`: each path has rights of its own, which `npx cdk8s-spark
   * iam` writes down with those of the checkpoint. The job gets a path by its `uri`, for example as an argument.
   *
   * All storages of a job on stores of one kind share endpoint, settings and identity.
   *
   * @default - none
   */
  readonly storagePaths?: StoragePath[];

  /**
   * Where the driver logs what happened, for Spark's history server.
   *
   * @default - nowhere
   * @see https://spark.apache.org/docs/latest/monitoring.html#viewing-after-the-fact
   */
  readonly eventLog?: EventLog;

  /**
   * The Kafka brokers that the job reads from and writes to, all of them and not just the bootstrap servers. An isolated
   * namespace opens the way to them for all of its pods; elsewhere nothing is closed. Ports are those on which brokers listen:
   * for a cluster's own brokers the pods', not those of the service before them. Kafka's own authentication is the job's:
   * give its Secrets as environment variables of `driver` and `executor`.
   *
   * @default - none
   * @see https://spark.apache.org/docs/latest/streaming/structured-streaming-kafka-integration.html
   */
  readonly kafka?: NetworkRule;

  /**
   * Whether the operator leaves the application alone for now.
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

/** What a hardened Spark application has. */
export interface SecureSparkApplicationProps extends SparkApplicationProps {
  /**
   * The guarantees that this application relaxes. The namespace must allow each of them, with its reason.
   *
   * @default - none
   */
  readonly relax?: Guarantee[];

  /**
   * Which system calls the containers may use.
   *
   * @default SeccompProfile.RUNTIME_DEFAULT
   */
  readonly seccompProfile?: SeccompProfile;

  /**
   * The key for traffic and spills.
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
   * The working directory `/opt/spark/work-dir`, into which Spark puts the job's files.
   *
   * @default - 512 MiB of the node's disk
   */
  readonly workingDirectory?: DirectorySize;

  /**
   * The driver's directory for packages, `/tmp/.ivy2`.
   *
   * @default - 512 MiB of the node's disk
   */
  readonly ivyDirectory?: DirectorySize;
}
