import { anyOf } from './keys';

/** Who reads a configuration key, which decides how its value can name a variable of the environment. */
export interface KeyReader {
  /** The keys, where `*` stands for anything. */
  readonly keys: readonly string[];
  /** Who reads them, for messages. */
  readonly reader: string;
  /** A value, or a part of one, that the reader replaces by what it names. */
  readonly reference?: RegExp;
  /** How such a reference is written. */
  readonly example?: string;
}

export const HADOOP_PREFIX = 'spark.hadoop.';

/** Hadoop replaces `${env.NAME}`, also with a default value, and the names of other properties. */
const HADOOP_REFERENCE = /\$\{[^{}:]+(:?-)?\}/;
/** Spark replaces variables of the environment, Java's system properties, and its own keys. */
const SPARK_REFERENCE = /\$\{(env:\w+|system:[\w.]+|spark\.[\w.]+)\}/;

export const HADOOP_READER: KeyReader = {
  keys: [`${HADOOP_PREFIX}*`],
  reader: 'Hadoop',
  reference: HADOOP_REFERENCE,
  example: '${env.NAME}',
};

/** Spark takes these as they are, or hands them on so; of catalogs only Iceberg's REST catalog reads `env:NAME` by itself. */
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

/** What Spark reads by entries of its own, in which it substitutes. */
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

/** Spark gives the text of a key that it does not know as it is; what a library makes of it is the library's own. */
const PROGRAM: KeyReader = { keys: ['*'], reader: 'the program and its libraries', reference: SPARK_REFERENCE };

const READERS = [HADOOP_READER, ...AS_GIVEN, SPARK_READER, PROGRAM].map((reader) => ({
  reader,
  keys: anyOf(reader.keys),
}));

/** Who reads a key of Spark's configuration. */
export function readerOf(key: string): KeyReader {
  return READERS.find(({ keys }) => keys.test(key))?.reader ?? PROGRAM;
}

/** How a secret reaches a key whose reader knows no reference, or whichever one. */
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

/** Catalogs of other kinds than Iceberg's REST catalog give nothing for `env:NAME`. */
const OTHER_CATALOG_TYPES = ['glue', 'hadoop', 'hive', 'jdbc', 'nessie', 'dynamodb', 'bigquery'];

/** Whether the rest of the configuration says that a catalog is another one than Iceberg's REST catalog. */
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

/** A part of a value that looks like a reference, but that its reader does not replace. */
export interface UnreadReference {
  readonly written: string;
  readonly remedy: string;
}

/**
 * What in a value looks like a reference, but stays as it is written.
 *
 * @param key a key of Spark's configuration
 * @param configuration all of the configuration, of which a catalog's kind is read
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
  // A value such as "env:prod" is a text like any other, but for catalogs.
  if (written === value && value.startsWith('env:') && !isCatalogs) return undefined;
  return { written, remedy: referenceRemedy(key, reader) };
}
