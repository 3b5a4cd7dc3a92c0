import { SparkRole } from './spark-role';

/** A directory that Spark mounts in the pods that it creates. */
export interface MountedBySpark {
  readonly path: string;
  readonly roles: readonly SparkRole[];
  readonly what: string;
  readonly remedy: string;
}

/**
 * What Spark mounts in every job. The API server refuses another mount at the same path ("must be unique"). With a mount below
 * it the container does not start, since the volume is read-only.
 */
export const MOUNTED_BY_SPARK: readonly MountedBySpark[] = [
  {
    path: '/opt/spark/conf',
    roles: [SparkRole.DRIVER, SparkRole.EXECUTOR],
    what: "the job's configuration",
    remedy:
      'mount it elsewhere, such as at /opt/job-conf, and point there: for Log4j with the Java option ' +
      '-Dlog4j2.configurationFile=file:/opt/job-conf/log4j2.properties, for properties with sparkConf',
  },
  {
    path: '/opt/spark/pod-template',
    roles: [SparkRole.DRIVER],
    what: "the executors' template",
    remedy: 'mount it elsewhere',
  },
];

/** Names of the volumes that Spark adds. */
export const VOLUMES_OF_SPARK: readonly string[] = [
  'hadoop-properties',
  'hadoop-secret',
  'krb5-file',
  'pod-template-volume',
  'spark-conf-volume-driver',
  'spark-conf-volume-exec',
];

/** Directories of the image that Spark needs to start: programs and classes, or folders above them. */
export const PROGRAMS_OF_SPARK: readonly string[] = [
  '/opt',
  '/opt/spark',
  '/opt/spark/bin',
  '/opt/spark/jars',
  '/opt/spark/sbin',
];

/** The entry point of the image. */
export const ENTRYPOINT = '/opt/entrypoint.sh';

/** The mount path of the token of a pod's account. */
export const TOKEN_DIRECTORY = '/var/run/secrets/kubernetes.io/serviceaccount';
