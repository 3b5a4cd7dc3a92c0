import { OwnedKey } from '../../spark/owned-configuration';

const SUBMISSION = 'spark-submit reads it in the controller of the operator, with its identity';
const POD = 'it shapes pods beside their templates, or loads a class into the controller of the operator';

/** Keys of Spark's configuration that reach beyond the job. A key that ends with `.` stands for all keys with this prefix. */
export const ESCAPING_SPARK_CONF: readonly OwnedKey[] = [
  { key: 'spark.master', remedy: 'the operator manages it and refuses it' },
  { key: 'spark.kubernetes.', remedy: POD },
  { key: 'spark.submit.', remedy: SUBMISSION },
  { key: 'spark.jars', remedy: SUBMISSION },
  { key: 'spark.jars.', remedy: SUBMISSION },
  { key: 'spark.files', remedy: SUBMISSION },
  { key: 'spark.archives', remedy: SUBMISSION },
  { key: 'spark.kerberos.', remedy: SUBMISSION },
  { key: 'spark.yarn.', remedy: SUBMISSION },
];

/** Volumes of the kinds that Pod Security allows, which Spark itself takes from its configuration. */
export const HARMLESS_VOLUMES = /^spark\.kubernetes\.(driver|executor)\.volumes\.(emptyDir|persistentVolumeClaim)\./;

/** Ends of Hadoop's keys that name classes. Every process that opens the file system loads them, spark-submit too. */
export const CLASS_KEY = /\.(impl|provider|providers|class)$/;

/** Packages that come with Hadoop, Spark and the connectors for storage. */
export const KNOWN_CLASSES: readonly string[] = [
  'com.amazonaws.auth.',
  'com.google.cloud.hadoop.',
  'org.apache.hadoop.',
  'org.apache.spark.',
  'software.amazon.awssdk.auth.',
];

/** Hadoop's keys that change how every user of the process is authenticated. */
export const ESCAPING_HADOOP_CONF: readonly string[] = ['hadoop.security.', 'hadoop.proxyuser.'];
