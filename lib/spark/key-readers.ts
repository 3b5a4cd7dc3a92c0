import { anyOf } from './keys';

/** The reader of a configuration key, which decides how a value can refer to an environment variable. */
export interface KeyReader {
  /** The keys; `*` matches anything. */
  readonly keys: readonly string[];
  /** The name of the reader, for messages. */
  readonly reader: string;
  /** A value, or a part of one, that the reader replaces by what it refers to. */
  readonly reference?: RegExp;
  /** How such a reference is written. */
  readonly example?: string;
}

export const HADOOP_PREFIX = 'spark.hadoop.';

/** Hadoop replaces `${env.NAME}`, also with a default value, and references to other properties. */
const HADOOP_REFERENCE = /\$\{[^{}:]+(:?-)?\}/;
/** Spark replaces references to environment variables, Java system properties and its own keys. */
const SPARK_REFERENCE = /\$\{(env:\w+|system:[\w.]+|spark\.[\w.]+)\}/;

export const HADOOP_READER: KeyReader = {
  keys: [`${HADOOP_PREFIX}*`],
  reader: 'Hadoop',
  reference: HADOOP_REFERENCE,
  example: '${env.NAME}',
};

/** Spark does not substitute in these. Of all catalogs only Iceberg's REST catalog reads `env:NAME` by itself. */
const AS_GIVEN: readonly KeyReader[] = [
  {
    keys: ['spark.sql.catalog.*.*'],
    reader: 'the catalog',
    reference: /^env:\w+$/,
    example: 'env:NAME',
  },
  { keys: ['spark.kafka.clusters.*'], reader: "Kafka's client" },
  { keys: ['spark.metrics.conf.*'], reader: "Spark's metrics" },
  { keys: ['spark.authenticate.secret'], reader: "Spark's security manager" },
];

/** Spark substitutes in the values of keys that it defines itself. */
const SPARK_READER: KeyReader = {
  keys: [
    ...['authenticate', 'barrier', 'blockManager', 'broadcast', 'buffer', 'checkpoint', 'cleaner', 'connect'],
    ...['databricks.delta', 'decommission', 'default', 'deploy', 'driver', 'dynamicAllocation', 'eventLog'],
    ...['excludeOnFailure', 'executor', 'files', 'history', 'io', 'kerberos', 'kryo', 'kryoserializer', 'kubernetes'],
    ...['locality', 'log', 'memory', 'metrics', 'network', 'pyspark', 'python', 'r', 'rdd', 'redaction', 'reducer'],
    ...['rpc', 'scheduler', 'security', 'serializer', 'shuffle', 'speculation', 'sql', 'ssl', 'stage', 'storage'],
    ...['streaming', 'submit', 'task', 'ui', 'unsafe'],
  ].map((group) => `spark.${group}.*`),
  reader: 'Spark',
  reference: SPARK_REFERENCE,
  example: '${env:NAME}',
};

/** Spark does not substitute in the values of keys that it does not know; the libraries that read them may. */
const PROGRAM: KeyReader = { keys: ['*'], reader: 'the program and its libraries', reference: SPARK_REFERENCE };

const READERS = [HADOOP_READER, ...AS_GIVEN, SPARK_READER, PROGRAM].map((reader) => ({
  reader,
  keys: anyOf(reader.keys),
}));

/** The reader of a key of Spark's configuration. */
export function readerOf(key: string): KeyReader {
  return READERS.find(({ keys }) => keys.test(key))?.reader ?? PROGRAM;
}

/** How to pass a secret to a key, whether its reader replaces references or not. */
export function referenceRemedy(key: string, { reader, example }: KeyReader): string {
  const program =
    `set it in the program from an environment variable by reference, as in ` +
    `SparkSession.builder.config("${key}", os.environ["NAME"])`;
  if (example === undefined) {
    return `Spark gives ${reader} the value as it is written, so leave it out and ${program}`;
  }
  const ofRest = example === 'env:NAME' ? " if it is Iceberg's REST catalog, else leave it out and " + program : '';
  return `give it as an environment variable by reference and write "${example}", which ${reader} replaces${ofRest}`;
}

/** Only Iceberg's REST catalog reads `env:NAME`; these do not. */
const OTHER_CATALOG_TYPES = ['glue', 'hadoop', 'hive', 'jdbc', 'nessie', 'dynamodb', 'bigquery'];

/** Whether the rest of the configuration makes a catalog another one than Iceberg's REST catalog. */
function isOtherCatalog(key: string, configuration: Readonly<Record<string, unknown>>): boolean {
  const name = /^spark\.sql\.catalog\.([^.]+)\./.exec(key)?.[1];
  const prefix = `spark.sql.catalog.${name}`;
  const { [prefix]: plugin, [`${prefix}.type`]: type, [`${prefix}.catalog-impl`]: implementation } = configuration;
  return (
    (typeof plugin === 'string' && !plugin.startsWith('org.apache.iceberg.spark.')) ||
    (typeof type === 'string' && OTHER_CATALOG_TYPES.includes(type)) ||
    (typeof implementation === 'string' && implementation !== 'org.apache.iceberg.rest.RESTCatalog')
  );
}

/** A part of a value that looks like a reference, but is not replaced by the reader of the key. */
export interface UnreadReference {
  readonly written: string;
  readonly remedy: string;
}

/**
 * The part of a value that looks like a reference, but is not replaced by the reader of the key.
 *
 * @param key a key of Spark's configuration
 * @param configuration the whole configuration, to find the kind of a catalog
 */
export function unreadReference(
  key: string,
  value: string,
  configuration: Readonly<Record<string, unknown>> = {},
): UnreadReference | undefined {
  const written = /\$\{env:\w+\}|\$\{env\.\w+\}/.exec(value)?.[0] ?? (/^env:\w+$/.test(value) ? value : undefined);
  if (written === undefined) return undefined;
  const reader = readerOf(key);
  const isCatalogs = reader.example === 'env:NAME';
  if (reader.reference?.test(written) === true && !(isCatalogs && isOtherCatalog(key, configuration))) return undefined;
  // Only for catalogs is a value such as "env:prod" more than a string.
  if (written === value && value.startsWith('env:') && !isCatalogs) return undefined;
  return { written, remedy: referenceRemedy(key, reader) };
}
