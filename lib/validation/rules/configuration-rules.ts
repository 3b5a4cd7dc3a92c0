import { fieldOf, listOf, textEntriesOf, textOf } from '../../manifests/manifest-fields';
import { IVY_DIRECTORY } from '../../application/pod/automatic-directories';
import { fileUriProblem } from '../../spark/file-uri';
import { SECURE_KUBERNETES_KEYS } from '../../spark/kubernetes-keys';
import { holdsKey, matchesKey } from '../../spark/keys';
import { SHELL_CLASSES } from '../../spark/spark-main';
import { admittedKeys } from '../admitted-keys';
import { ValidationRule } from '../rule';
import { CLASS_KEY, ESCAPING_HADOOP_CONF, ESCAPING_SPARK_CONF, HARMLESS_VOLUMES, KNOWN_CLASSES } from './escaping-keys';
import { inApplications } from './findings';

const FILE_LISTS = ['jars', 'files', 'pyFiles', 'archives'];
const HADOOP_PREFIX = 'spark.hadoop.';

/** What applications run, and how they are configured. */
export const CONFIGURATION_RULES: readonly ValidationRule[] = [
  {
    name: 'no-sparkconf-escape',
    sentence: 'The configuration of a job concerns the job alone.',
    reason:
      'The controller of the operator runs spark-submit, which reads the configuration too: it could load classes and files there, with the identity of the operator, or shape pods beside their templates.',
    fix: 'Use the field of the application that is meant for it, or name the key in the property sparkConf if it is harmless.',
    check: (program) =>
      inApplications(program, ({ spec, at, namespace }) => {
        const named = [...program.settings.sparkConf, ...admittedKeys(program, namespace)];
        return [
          ...textEntriesOf(spec, 'sparkConf')
            .filter(([key]) => !holdsKey(named, key))
            .flatMap(([key, value]) => sparkEscape(key, value).map((why) => `${at}.sparkConf["${key}"]: ${why}`)),
          ...textEntriesOf(spec, 'hadoopConf')
            .filter(([key]) => !holdsKey(program.settings.sparkConf, `${HADOOP_PREFIX}${key}`))
            .flatMap(([key, value]) => hadoopEscape(key, value).map((why) => `${at}.hadoopConf["${key}"]: ${why}`)),
        ];
      }),
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
