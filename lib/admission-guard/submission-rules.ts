import { IVY_DIRECTORY } from '../application/automatic-directories';
import { SECURE_KUBERNETES_KEYS } from '../application/owned-configuration';
import { SHELL_CLASSES } from '../application/spark-main';
import { text, texts, textAt } from './cel';
import { LIMITS } from './guard-limits';
import { GuardTopic } from './guard-rule';
import { SAFE_HADOOP_CONF, SAFE_SPARK_CONF } from '../application/safe-configuration';

const FILE_LISTS = ['jars', 'files', 'pyFiles', 'archives'];
const LISTS = [...FILE_LISTS, 'packages', 'excludePackages', 'repositories'];

const AUTHORITY = '(abfss://[A-Za-z0-9._-]+@[A-Za-z0-9._:@-]+|[a-z][a-z0-9]*://[A-Za-z0-9._:-]+|local://)';
/** A URI without blanks, commas, encodings, users or queries. */
const PLAIN_URI = `^${AUTHORITY}(/[A-Za-z0-9._=+@~:-]+)+$`;
const PLAIN_ARCHIVE = `^${AUTHORITY}(/[A-Za-z0-9._=+@~:-]+)+(#[A-Za-z0-9._-]+)?$`;

/** Whether a CEL text is a URI that the namespace allows. */
function isAllowedUri(uri: string, pattern: string): string {
  return (
    `${uri}.size() <= ${LIMITS.uri} && ${uri}.matches(${text(pattern)}) && !${uri}.matches('/[.][.]?(/|#|$)|^local://[^/]') && ` +
    `${uri}.split('://')[0] in variables.fileSchemes`
  );
}

function fileList(list: string): string {
  const pattern = list === 'archives' ? PLAIN_ARCHIVE : PLAIN_URI;
  return (
    `${dependencyList(list)}.filter(u, !(${isAllowedUri('u', pattern)}))` +
    `.map(u, variables.at + '.deps.${list} "' + u + '"')`
  );
}

function dependencyList(list: string): string {
  const path = `variables.dependencies.${list}`;
  return `(has(${path}) && ${path}.size() <= ${LIMITS.dependencies} ? ${path} : [])`;
}

/** Whether a list of keys and beginnings of keys, which end with one of `ends`, holds a CEL text. */
function isHeld(key: string, list: string, end = '.'): string {
  return `(${key} in ${list} || ${list}.exists(p, p.endsWith('${end}') && ${key}.startsWith(p)))`;
}

function isHeldByData(key: string, keys: readonly string[]): string {
  const exact = keys.filter((pattern) => !pattern.endsWith('.'));
  const beginnings = keys.filter((pattern) => pattern.endsWith('.'));
  return `(${key} in ${texts(exact)} || ${texts(beginnings)}.exists(p, ${key}.startsWith(p)))`;
}

/** As the parameters write a key with its value, which may have line breaks. */
function setting(key: string, value: string): string {
  return `${key} + '=' + ${value}.replace('\\\\', '\\\\\\\\').replace('\\n', '\\\\n')`;
}

function isAllowedHadoopKey(key: string, value: string): string {
  return (
    `(${isHeldByData(key, SAFE_HADOOP_CONF)} || ${isHeld(key, 'variables.namedHadoopConf')} || ` +
    `(${setting(key, value)}) in variables.hadoopSettings)`
  );
}

function isAllowedSparkKey(key: string, value: string): string {
  const folder = `${IVY_DIRECTORY}/`;
  return (
    `(${isHeldByData(key, [...SAFE_SPARK_CONF, ...SECURE_KUBERNETES_KEYS])} || ` +
    `${isHeld(key, 'variables.namedSparkConf')} || (${setting(key, value)}) in variables.sparkSettings || ` +
    // Each application has a folder of its own there, in the controller too.
    `(${key} == 'spark.jars.ivy' && ${value}.startsWith('${folder}' + variables.jobNamespace + '/') && ` +
    `${value}.substring(('${folder}' + variables.jobNamespace + '/').size()).matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')))`
  );
}

const HADOOP_PREFIX = 'spark.hadoop.';
const HADOOP_KEY = `k.substring(${HADOOP_PREFIX.length})`;

/** What reaches spark-submit, which runs in the operator's controller. */
export const SUBMISSION_RULES: GuardTopic = {
  name: 'submission',
  rules: [
    {
      name: 'deployMode',
      offenders:
        "!variables.isConnect && has(variables.application.mode) && variables.application.mode != 'cluster' ? " +
        `[variables.at + '.mode "' + variables.application.mode + '"'] : []`,
      refusal: "would run the driver in the operator's controller, with its identity",
      remedy: 'leave it out, or write "cluster"',
    },
    {
      name: 'proxyUser',
      offenders:
        "has(variables.application.proxyUser) && variables.application.proxyUser != '' ? [variables.at + '.proxyUser'] : []",
      refusal: "would make the operator's controller act as another user",
      remedy: 'leave it out',
    },
    {
      name: 'mainFile',
      offenders:
        `variables.isConnect ? [] : [${textAt('variables.application', 'mainApplicationFile')}]` +
        `.filter(u, !(${isAllowedUri('u', PLAIN_URI)})).map(u, variables.at + '.mainApplicationFile "' + u + '"')`,
      refusal: 'is no plain URI of a scheme that the namespace allows',
      remedy:
        'write local:///path for a file of the image, or let the owner of the namespace add the scheme to admission.fileSchemes',
    },
    {
      name: 'mainClass',
      offenders:
        `[${textAt('variables.application', 'mainClass')}].filter(c, c in ${texts(SHELL_CLASSES)}` +
        " || c.startsWith('-')).map(c, variables.at + '.mainClass \"' + c + '\"')",
      refusal: "makes spark-submit read the application's arguments as options of its own",
      remedy: 'name a class of the application',
    },
    {
      name: 'dependencyFiles',
      offenders: FILE_LISTS.map(fileList).join(' + '),
      refusal: 'is no plain URI of a scheme that the namespace allows',
      remedy:
        'write local:///path for a file of the image, or let the owner of the namespace add the scheme to admission.fileSchemes',
    },
    {
      name: 'packageNames',
      offenders: [
        `${dependencyList('packages')}.filter(p, !(p.matches('^[A-Za-z0-9_.-]+:[A-Za-z0-9_.-]+:[A-Za-z0-9_][A-Za-z0-9_.+-]*$') && ` +
          `${isHeld('p', 'variables.packages', ':')})).map(p, variables.at + '.deps.packages "' + p + '"')`,
        `${dependencyList('excludePackages')}.filter(p, !p.matches('^[A-Za-z0-9_.-]+:([A-Za-z0-9_.-]+|[*])$'))` +
          `.map(p, variables.at + '.deps.excludePackages "' + p + '"')`,
      ].join(' + '),
      refusal: 'is no package that the namespace allows',
      remedy: 'put the JARs into the image, or let the owner of the namespace add the package to admission.packages',
    },
    {
      name: 'repositories',
      offenders:
        `${dependencyList('repositories')}.filter(r, !(r in variables.packageRepositories || r + '/' in variables.packageRepositories ` +
        `|| (r.endsWith('/') && r.substring(0, r.size() - 1) in variables.packageRepositories)))` +
        `.map(r, variables.at + '.deps.repositories "' + r + '"')`,
      refusal: 'is no repository that the namespace allows',
      remedy: 'leave it out, or let the owner of the namespace add it to packageRepositories',
    },
    {
      name: 'amountOfDependencies',
      offenders:
        `${texts(LISTS)}.filter(l, l in variables.dependencies && variables.dependencies[l].size() > ${LIMITS.dependencies})` +
        ".map(l, variables.at + '.deps.' + l)",
      refusal: `has more than ${LIMITS.dependencies} items, more than the guard reads`,
      remedy: 'put the files into the image or into an archive',
    },
  ],
};

/** Spark's and Hadoop's configuration, which spark-submit reads too. */
export const CONFIGURATION_RULES: GuardTopic = {
  name: 'configuration',
  rules: [
    {
      name: 'sparkConfKeys',
      offenders:
        "variables.sparkConf.filter(k, !(k.matches('^[^\\\\s=]+$') && " +
        `(k.startsWith('${HADOOP_PREFIX}') ? ${isAllowedHadoopKey(HADOOP_KEY, 'variables.sparkConf[k]')} : ` +
        `${isAllowedSparkKey('k', 'variables.sparkConf[k]')}))).map(k, variables.at + '.sparkConf["' + k + '"]')`,
      refusal:
        'is not among the keys that the namespace allows: it may shape pods, or be read by spark-submit with the identity of the operator',
      remedy: 'use a field of the application, or let the owner of the namespace name the key in admission.sparkConf',
    },
    {
      name: 'hadoopConfKeys',
      offenders:
        "variables.hadoopConf.filter(k, !(k.matches('^[^\\\\s=]+$') && " +
        // The operator takes the keys of a Spark Connect server with Spark's prefix too.
        `(k.startsWith('${HADOOP_PREFIX}') ? ${isAllowedHadoopKey(HADOOP_KEY, 'variables.hadoopConf[k]')} : ` +
        `${isAllowedHadoopKey('k', 'variables.hadoopConf[k]')}))).map(k, variables.at + '.hadoopConf["' + k + '"]')`,
      refusal:
        'is not among the keys that the namespace allows: spark-submit may read it, or load a class by it, with the identity of the operator',
      remedy: 'leave it out, or let the owner of the namespace name the key in admission.hadoopConf',
    },
    {
      name: 'amountOfConfiguration',
      offenders:
        "['sparkConf', 'hadoopConf'].filter(f, f in variables.application && " +
        `variables.application[f].size() > ${LIMITS.configuration}).map(f, variables.at + '.' + f)`,
      refusal: `has more than ${LIMITS.configuration} keys, more than the guard reads`,
      remedy: 'set fewer',
    },
  ],
};
