import { IVY_DIRECTORY } from '../application/pod/automatic-directories';
import { FREE_KUBERNETES_KEYS } from '../spark/kubernetes-keys';
import { SAFE_HADOOP_CONF, SAFE_SPARK_CONF } from '../spark/safe-configuration';
import { text, texts } from '../kubernetes/cel';
import { LIMITS } from '../guarantees/guard-limits';
import { GuardRule, GuardTopic } from '../guarantees/guard-rule';

const HADOOP_PREFIX = 'spark.hadoop.';
/** By which Spark's configuration takes a value from elsewhere, such as a variable of the environment. */
const SUBSTITUTION = '${';
const SUBSTITUTED = `has "${SUBSTITUTION}" in its value, which spark-submit may replace from the environment of the operator's controller`;
/** Fields that the operator hands to spark-submit as configuration of its own. */
const CONFIGURING_FIELDS = [
  'coreLimit',
  'coreRequest',
  'kubernetesMaster',
  'memory',
  'memoryOverhead',
  'memoryOverheadFactor',
  'podName',
];

/** Keys and values of one kind of configuration, in CEL. */
interface Entry {
  readonly key: string;
  readonly value: string;
}

/** Whether a key is, or begins as, one that every application may set. */
function isSafe(key: string, keys: readonly string[]): string {
  const exact = keys.filter((pattern) => !pattern.endsWith('.'));
  const beginnings = keys.filter((pattern) => pattern.endsWith('.'));
  return `${key} in ${texts(exact)} || ${texts(beginnings)}.exists(p, ${key}.startsWith(p))`;
}

/** Whether a key is, or begins as, one that the namespace names. */
function isNamed(key: string, list: string): string {
  return `${list}.exists(p, p == ${key} || p.endsWith('.') && ${key}.startsWith(p))`;
}

/** Whether an application of the program has the very same key and value. */
function isUsed({ key, value }: Entry, list: string): string {
  return `(${key} + '=' + ${value}.replace('\\\\', '\\\\\\\\').replace('\\n', '\\\\n')) in ${list}`;
}

/** Whether a value is the folder for packages that this library gives an application of the namespace. */
function isPackageFolder({ key, value }: Entry): string {
  const folder = `('${IVY_DIRECTORY}/' + variables.jobNamespace + '/')`;
  return `${key} == 'spark.jars.ivy' && ${value}.startsWith(${folder}) &&
    ${value}.substring(${folder}.size()).matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')`;
}

function isAllowedSpark(entry: Entry): string {
  return `(${isSafe(entry.key, [...SAFE_SPARK_CONF, ...FREE_KUBERNETES_KEYS])} ||
    ${isNamed(entry.key, 'variables.namedSparkConf')} ||
    ${isUsed(entry, 'variables.sparkSettings')} ||
    ${isPackageFolder(entry)})`;
}

function isAllowedHadoop(entry: Entry): string {
  return `(${isSafe(entry.key, SAFE_HADOOP_CONF)} ||
    ${isNamed(entry.key, 'variables.namedHadoopConf')} ||
    ${isUsed(entry, 'variables.hadoopSettings')})`;
}

/** A rule on all keys of a map; those with Spark's prefix for Hadoop are Hadoop's. */
function keyRule(field: 'sparkConf' | 'hadoopConf', isAllowed: (entry: Entry) => string, refusal: string): GuardRule {
  const value = `variables.${field}[k]`;
  return {
    name: `${field}Keys`,
    offenders: `
      variables.${field}
        .filter(k, !(k.matches(${text('^[^\\s=]+$')}) && (k.startsWith('${HADOOP_PREFIX}')
          ? ${isAllowedHadoop({ key: `k.substring(${HADOOP_PREFIX.length})`, value })}
          : ${isAllowed({ key: 'k', value })})))
        .map(k, variables.at + '.${field}["' + k + '"]')`,
    refusal: `is not among the keys that the namespace allows: ${refusal}`,
    remedy: `leave it out, use a field of the application, or let the owner of the namespace name the key in admission.${field}`,
  };
}

/** Spark's and Hadoop's configuration, which spark-submit reads too. */
export const CONFIGURATION_RULES: GuardTopic = {
  name: 'configuration',
  rules: [
    keyRule(
      'sparkConf',
      isAllowedSpark,
      'it may shape pods, or be read by spark-submit with the identity of the operator',
    ),
    keyRule(
      'hadoopConf',
      isAllowedHadoop,
      'spark-submit may read it, or load a class by it, with the identity of the operator',
    ),
    {
      name: 'sparkConfValues',
      offenders: `
        variables.sparkConf
          .filter(k, variables.sparkConf[k].contains('${SUBSTITUTION}') && !k.startsWith('${HADOOP_PREFIX}') &&
            !(${isNamed('k', 'variables.namedSparkConf')} ||
              ${isUsed({ key: 'k', value: 'variables.sparkConf[k]' }, 'variables.sparkSettings')}))
          .map(k, variables.at + '.sparkConf["' + k + '"]')`,
      refusal: SUBSTITUTED,
      remedy: 'write the value itself, or let the owner of the namespace name the key in admission.sparkConf',
    },
    {
      name: 'fieldValues',
      offenders: `
        [
          {'at': dyn(variables.driverAt), 'it': dyn(variables.driver)},
          {'at': dyn(variables.executorAt), 'it': dyn(variables.executor)},
          {'at': dyn(variables.at), 'it': dyn(variables.application)}
        ]
          .filter(h, ${texts(CONFIGURING_FIELDS)}.exists(k,
            k in h.it && type(h.it[k]) == string && h.it[k].contains('${SUBSTITUTION}')))
          .map(h, h.at)`,
      refusal: SUBSTITUTED,
      remedy: 'write the value itself',
    },
    {
      name: 'amountOfConfiguration',
      offenders: `
        ['sparkConf', 'hadoopConf']
          .filter(f, f in variables.application && variables.application[f].size() > ${LIMITS.configuration})
          .map(f, variables.at + '.' + f)`,
      refusal: `has more than ${LIMITS.configuration} keys, more than the guard reads`,
      remedy: 'set fewer',
    },
  ],
};
