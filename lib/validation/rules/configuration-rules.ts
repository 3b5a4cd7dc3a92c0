import { fieldOf, listOf, textOf, textsOf } from '../../manifests/manifest-fields';
import { IVY_DIRECTORY } from '../../application/pod/automatic-directories';
import { fileUriProblem } from '../../spark/file-uri';
import { SECURE_KUBERNETES_KEYS } from '../../spark/kubernetes-keys';
import { plainSecret, plainSecretsOfArguments, plainSecretsOfJavaOptions } from '../../spark/plain-secrets';
import { holdsKey, matchesKey } from '../../spark/keys';
import { SHELL_CLASSES } from '../../spark/spark-main';
import { Guarantee } from '../../guarantees/relaxation';
import { ValidationRule } from '../rule';
import { podsOf, ValidatedApplication } from '../validated-application';
import { textEntriesOf } from './entries';
import { CLASS_KEY, ESCAPING_HADOOP_CONF, ESCAPING_SPARK_CONF, HARMLESS_VOLUMES, KNOWN_CLASSES } from './escaping-keys';
import { inApplications } from './findings';

const ENCRYPTION = ['spark.authenticate', 'spark.network.crypto.enabled', 'spark.io.encryption.enabled'];
const FILE_LISTS = ['jars', 'files', 'pyFiles', 'archives'];
const HADOOP_PREFIX = 'spark.hadoop.';

/** What applications are told to run, and how they are configured. */
export const CONFIGURATION_RULES: readonly ValidationRule[] = [
  {
    name: 'no-plain-secrets',
    sentence: 'No secret stands in plain text in environment, configuration, arguments or Java options.',
    reason: 'Everybody who may read applications or pods, or the repository of the manifests, reads it.',
    fix: 'Give it by reference: an environment variable from a Secret, or a mounted Secret.',
    relaxedBy: Guarantee.NO_PLAIN_SECRETS,
    check: (program) => inApplications(program, plainSecrets),
  },
  {
    name: 'encryption-on',
    sentence: 'Traffic between driver and executors and what they spill is authenticated and encrypted.',
    reason: 'Another pod could join the job as an executor, or read its data on the way and on the disk of the node.',
    fix: 'Set spark.authenticate, spark.network.crypto.enabled and spark.io.encryption.enabled to "true" in sparkConf.',
    relaxedBy: Guarantee.ENCRYPTION,
    check: (program) =>
      inApplications(program, ({ spec, at }) =>
        ENCRYPTION.filter((key) => textOf(spec, 'sparkConf', key) !== 'true').map(
          (key) => `${at}.sparkConf["${key}"]: is not "true"`,
        ),
      ),
  },
  {
    name: 'no-sparkconf-escape',
    sentence: 'The configuration of a job concerns the job alone.',
    reason:
      'The controller of the operator runs spark-submit, which reads the configuration too: it could load classes and files there, with the identity of the operator, or shape pods beside their templates.',
    fix: 'Use the field of the application that is meant for it, or name the key in the property sparkConf if it is harmless.',
    check: (program) =>
      inApplications(program, ({ spec, at }) => [
        ...textEntriesOf(spec, 'sparkConf')
          .filter(([key]) => !holdsKey(program.settings.sparkConf, key))
          .flatMap(([key, value]) => sparkEscape(key, value).map((why) => `${at}.sparkConf["${key}"]: ${why}`)),
        ...textEntriesOf(spec, 'hadoopConf')
          .filter(([key]) => !holdsKey(program.settings.sparkConf, `${HADOOP_PREFIX}${key}`))
          .flatMap(([key, value]) => hadoopEscape(key, value).map((why) => `${at}.hadoopConf["${key}"]: ${why}`)),
      ]),
  },
  {
    name: 'main-file-is-safe',
    sentence: 'The main file and all dependencies are plain URIs, and no files of the operator.',
    reason:
      'In the controller of the operator spark-submit takes a path without a scheme for a file of its own, and one that begins with "-" for an option.',
    fix: 'Write local:///path for a file of the image, or the URI of a file in a storage.',
    check: (program) =>
      inApplications(program, ({ spec, at }) => [
        ...uriProblems(fieldOf(spec, 'mainApplicationFile'), `${at}.mainApplicationFile`, false),
        ...FILE_LISTS.flatMap((list) =>
          listOf(spec, 'deps', list).flatMap((uri, index) =>
            uriProblems(uri, `${at}.deps.${list}[${index}]`, list === 'archives'),
          ),
        ),
      ]),
  },
  {
    name: 'submission-is-ordinary',
    sentence: 'An application is submitted in cluster mode, as itself, with a class of its own.',
    reason:
      'In client mode its driver would run in the controller of the operator; with proxyUser the controller would act as another user; and the shells of Spark read the arguments of the application as options of spark-submit.',
    fix: 'Leave out mode and proxyUser, and name a class of the application as mainClass.',
    check: (program) =>
      inApplications(program, ({ spec, at }) => {
        const mode = textOf(spec, 'mode') ?? 'cluster';
        const proxyUser = textOf(spec, 'proxyUser') ?? '';
        const mainClass = textOf(spec, 'mainClass') ?? '';
        return [
          ...(mode === 'cluster' ? [] : [`${at}.mode: is "${mode}"`]),
          ...(proxyUser === '' ? [] : [`${at}.proxyUser: is "${proxyUser}"`]),
          ...(SHELL_CLASSES.includes(mainClass) || mainClass.startsWith('-')
            ? [`${at}.mainClass: is "${mainClass}"`]
            : []),
        ];
      }),
  },
];

/** Names alone: the values would stand in the logs of whoever validates. */
function plainSecrets(application: ValidatedApplication): string[] {
  const { spec, at } = application;
  const configuration = Object.fromEntries(textEntriesOf(spec, 'sparkConf'));
  const configured = (['sparkConf', 'hadoopConf'] as const).flatMap((place) =>
    textEntriesOf(spec, place).flatMap(([name, value]) => {
      const found = plainSecret({ place, name, value, configuration });
      return found === undefined ? [] : [`${at}.${place}["${name}"]: ${found.fault}`];
    }),
  );
  const pods = podsOf(application).flatMap((pod) => [
    ...javaSecrets(textOf(pod.fields, 'javaOptions') ?? '', `${pod.at}.javaOptions`),
    ...textEntriesOf(pod.fields, 'envVars').flatMap(([name, value]) =>
      environmentSecrets(name, value, `${pod.at}.envVars`),
    ),
    ...[{ at: pod.at, fields: pod.fields }, ...pod.containers].flatMap((place) => [
      ...listOf(place.fields, 'env').flatMap((entry) =>
        environmentSecrets(textOf(entry, 'name') ?? '', textOf(entry, 'value'), `${place.at}.env`),
      ),
      ...argumentSecrets([...textsOf(place.fields, 'command'), ...textsOf(place.fields, 'args')], place.at),
    ]),
  ]);
  return [...configured, ...argumentSecrets(textsOf(spec, 'arguments'), `${at}.arguments`), ...pods];
}

function environmentSecrets(name: string, value: string | undefined, at: string): string[] {
  const found = plainSecret({ place: 'environment', name, value });
  return found === undefined ? [] : [`${at}["${name}"]: ${found.fault}`];
}

function argumentSecrets(given: readonly string[], at: string): string[] {
  return plainSecretsOfArguments(given).map(({ name, fault }) => `${at}: argument "${name}": ${fault}`);
}

function javaSecrets(options: string, at: string): string[] {
  return plainSecretsOfJavaOptions(options.split(/\s+/)).map(({ name, fault }) => `${at}: "${name}": ${fault}`);
}

function sparkEscape(key: string, value: string): string[] {
  if (key.startsWith(HADOOP_PREFIX)) return hadoopEscape(key.slice(HADOOP_PREFIX.length), value);
  const isHarmless =
    holdsKey(SECURE_KUBERNETES_KEYS, key) ||
    HARMLESS_VOLUMES.test(key) ||
    (key === 'spark.jars.ivy' && value.startsWith(`${IVY_DIRECTORY}/`));
  if (isHarmless) return [];
  return ESCAPING_SPARK_CONF.filter((escaping) => matchesKey(key, escaping.key)).map(({ remedy }) => remedy);
}

function hadoopEscape(key: string, value: string): string[] {
  if (holdsKey(ESCAPING_HADOOP_CONF, key)) return ['it changes how the controller of the operator is authenticated'];
  const unknown = CLASS_KEY.test(key)
    ? value.split(',').filter((name) => !KNOWN_CLASSES.some((known) => name.trim().startsWith(known)))
    : [];
  return unknown.length === 0 ? [] : ['it names a class that the controller of the operator may load'];
}

function uriProblems(uri: unknown, at: string, allowFragment: boolean): string[] {
  if (uri === undefined || uri === null) return [];
  if (typeof uri !== 'string') return [`${at}: is no text; expected a URI`];
  const problem = fileUriProblem(at, uri, allowFragment);
  return problem === undefined ? [] : [problem];
}
