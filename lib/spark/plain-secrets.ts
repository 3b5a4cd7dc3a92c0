import { HADOOP_PREFIX, KeyReader, readerOf, referenceRemedy, unreadReference } from './key-readers';
import { anyOf } from './keys';
import { KEYS_OR_KEY_NAMES, KNOWN_CATALOG_KEYS, KNOWN_HADOOP_KEYS, KNOWN_SPARK_KEYS } from './known-secrets';
import { tellsOfSecret } from './secret-names';
import { hasSecretInText } from './secret-texts';

/** Where a name and its value are set. */
export type SettingPlace = 'environment' | 'argument' | 'javaOption' | 'sparkConf' | 'hadoopConf';

/** A name with a value in plain text. */
export interface Setting {
  readonly place: SettingPlace;
  readonly name: string;
  readonly value: string | undefined;
  /** The whole Spark configuration, if the setting is part of it. @default - only the setting itself is known */
  readonly configuration?: Readonly<Record<string, unknown>>;
}

/** A secret in plain text. Its value is left out, since the report may end up in a log. */
export interface PlainSecret {
  /** The variable, key, argument or property. */
  readonly name: string;
  /** What is wrong with it. */
  readonly fault: string;
  /** How to pass it instead. */
  readonly remedy: string;
}

const PLAIN = 'holds a secret in plain text';
/** Kubernetes replaces these references in the environment and the arguments of a container. */
const KUBERNETES_REFERENCE = /\$\(\w+\)/;
const CATALOG_KEY = /^spark\.sql\.catalog\.[^.]+\.(?<property>.+)$/s;
/** Variables whose values are lists of Java options. */
const JAVA_OPTIONS_VARIABLE = /^(JDK_JAVA_OPTIONS|JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|(\w+_)?(JAVA_)?OPTS)$/;

const KNOWN = [KNOWN_SPARK_KEYS, KNOWN_HADOOP_KEYS, KNOWN_CATALOG_KEYS].map(({ secret, harmless }) => ({
  secret: anyOf(secret),
  harmless: anyOf(harmless),
}));
const [SPARK_KEYS, HADOOP_KEYS, CATALOG_KEYS] = KNOWN;
const KEY_OR_KEY_NAME = anyOf(KEYS_OR_KEY_NAMES);
/** Names such as `GOOGLE_APPLICATION_CREDENTIALS`, whose value may be the path of a file that is mounted. */
const CREDENTIALS = /credentials?$/i;
/** The forms of key names in key management services. */
const KEY_NAME = /^(arn:.*|alias\/.*|mrk-[0-9a-f]+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/**
 * The secret that a setting holds in plain text, or `undefined`. What is known about the key decides, else its name; a value
 * in the form of a secret always counts.
 *
 * @param setting the setting
 * @param exceptions names that do not hold secrets, as the namespace declares
 */
export function plainSecret(setting: Setting, exceptions: ReadonlySet<string> = new Set()): PlainSecret | undefined {
  const { place, name, value } = setting;
  // Values of other types, from programs in JavaScript, are reported elsewhere.
  if (typeof value !== 'string' || value === '') return undefined;
  if (exceptions.has(name) || exceptions.has(fullKey(setting))) return undefined;
  if (place === 'environment' && JAVA_OPTIONS_VARIABLE.test(name)) {
    const [option] = secretJavaOptions(value.split(/\s+/), KUBERNETES_REFERENCE, exceptions);
    return option === undefined ? undefined : { name, fault: PLAIN, remedy: REMEDIES.javaOptionVariable(option) };
  }
  const reference = referenceOf(setting);
  if (!holdsSecret(setting)) {
    return hasSecretInText(value, reference) ? { name, fault: PLAIN, remedy: remedyOf(setting) } : undefined;
  }
  const unread = isConfiguration(place) ? unreadReference(fullKey(setting), value, setting.configuration) : undefined;
  if (unread !== undefined) {
    return { name, fault: `has "${unread.written}", which stays as it is written`, remedy: unread.remedy };
  }
  return isWhole(reference, value) ? undefined : { name, fault: PLAIN, remedy: remedyOf(setting) };
}

/** The secrets among arguments: `--token=x`, `--token x`, `token=x`, and addresses with a password. */
export function plainSecretsOfArguments(
  given: readonly string[],
  exceptions: ReadonlySet<string> = new Set(),
): PlainSecret[] {
  return given.flatMap((argument, index) => {
    const [, dashes = '', name = '', value] = /^(-{0,2})([A-Za-z][-\w.]*)(?:=(.*))?$/s.exec(argument) ?? [];
    const isOption = name !== '' && (dashes !== '' || value !== undefined);
    const next = given[index + 1]?.startsWith('-') === true ? undefined : given[index + 1];
    const setting: Setting = isOption
      ? { place: 'argument', name, value: value ?? (holdsSecret({ place: 'argument', name, value: next }) ? next : '') }
      : { place: 'argument', name: String(index + 1), value: argument };
    const found = plainSecret(setting, exceptions);
    return found === undefined ? [] : [found];
  });
}

/** The secrets among Java options: `-Dname=x`. */
export function plainSecretsOfJavaOptions(
  options: readonly string[],
  exceptions: ReadonlySet<string> = new Set(),
): PlainSecret[] {
  return secretJavaOptions(options, undefined, exceptions).map((name) => ({
    name,
    fault: PLAIN,
    remedy: remedyOf({ place: 'javaOption', name, value: undefined }),
  }));
}

function secretJavaOptions(
  options: readonly string[],
  reference: RegExp | undefined,
  exceptions: ReadonlySet<string>,
): string[] {
  return options.flatMap((option) => {
    const [, name, value] = /^"?-D([^=]+)=(.*?)"?$/s.exec(option) ?? [];
    if (name === undefined || value === undefined || value === '' || exceptions.has(name)) return [];
    const isSecret = holdsSecret({ place: 'javaOption', name, value })
      ? !isWhole(reference, value)
      : hasSecretInText(value, reference);
    return isSecret ? [name] : [];
  });
}

/** Whether the value of a setting is meant to be a secret, also where it is a reference to one. */
function holdsSecret({ place, name, value }: Setting): boolean {
  const [known, key] = knownKeys(place, name);
  if (KEY_OR_KEY_NAME.test(key) && KEY_NAME.test(value ?? '')) return false;
  if (CREDENTIALS.test(key) && /^\/[^\s]+$/.test(value ?? '')) return false;
  if (known?.harmless.test(key) === true) return false;
  return known?.secret.test(key) === true || (value !== 'true' && value !== 'false' && tellsOfSecret(key));
}

function knownKeys(place: SettingPlace, name: string): [(typeof KNOWN)[number] | undefined, string] {
  if (place === 'hadoopConf') return [HADOOP_KEYS, name];
  if (place !== 'sparkConf') return [undefined, name];
  if (name.startsWith(HADOOP_PREFIX)) return [HADOOP_KEYS, name.slice(HADOOP_PREFIX.length)];
  const property = CATALOG_KEY.exec(name)?.groups?.property;
  return property === undefined ? [SPARK_KEYS, name] : [CATALOG_KEYS, property];
}

function isConfiguration(place: SettingPlace): boolean {
  return place === 'sparkConf' || place === 'hadoopConf';
}

/** The key as it is written in Spark's configuration. */
function fullKey({ place, name }: Setting): string {
  return place === 'hadoopConf' ? `${HADOOP_PREFIX}${name}` : name;
}

function readerOfSetting(setting: Setting): KeyReader {
  return readerOf(fullKey(setting));
}

function referenceOf(setting: Setting): RegExp | undefined {
  if (setting.place === 'environment' || setting.place === 'argument') return KUBERNETES_REFERENCE;
  return setting.place === 'javaOption' ? undefined : readerOfSetting(setting).reference;
}

/** Whether a value is a reference and nothing else. */
function isWhole(reference: RegExp | undefined, value: string): boolean {
  return reference?.exec(value)?.[0] === value;
}

const REMEDIES = {
  environment: "give it by reference: secret.envValue('key')",
  argument: 'give it as an environment variable by reference and write "$(NAME)"',
  /** Java logs the content of `JDK_JAVA_OPTIONS`, so a file of options is better. */
  javaOption: (name: string) =>
    `write "-D${name}=…" into a key of a Secret, mount it, and let the variable JDK_JAVA_OPTIONS in env name its file: ` +
    `"@/path/of/the/file"; or give NAME in env by reference and after it JDK_JAVA_OPTIONS as "-D${name}=$(NAME)", ` +
    'which Java also writes to the log',
  javaOptionVariable: (option: string) =>
    `it sets "${option}": write the option into a key of a Secret, mount it, and give "@/path/of/the/file"; ` +
    `or give NAME in env by reference before it and write "-D${option}=$(NAME)", which Java also writes to the log`,
};

function remedyOf(setting: Setting): string {
  const { place, name } = setting;
  if (place === 'environment' || place === 'argument') return REMEDIES[place];
  return place === 'javaOption'
    ? REMEDIES.javaOption(name)
    : referenceRemedy(fullKey(setting), readerOfSetting(setting));
}
