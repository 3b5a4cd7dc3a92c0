import { HADOOP_PREFIX, KeyReader, readerOf, referenceRemedy, unreadReference } from './key-readers';
import { anyOf } from './keys';
import { KEYS_OR_KEY_NAMES, KNOWN_CATALOG_KEYS, KNOWN_HADOOP_KEYS, KNOWN_SPARK_KEYS } from './known-secrets';
import { tellsOfSecret } from './secret-names';
import { hasSecretInText } from './secret-texts';

/** Where a name and its value stand. */
export type SettingPlace = 'environment' | 'argument' | 'javaOption' | 'sparkConf' | 'hadoopConf';

/** A value that is written down where it is given. */
export interface Setting {
  readonly place: SettingPlace;
  readonly name: string;
  readonly value: string | undefined;
  /** All of Spark's configuration, where the setting is a part of it. @default - only the setting itself is known */
  readonly configuration?: Readonly<Record<string, unknown>>;
}

/** A secret in plain text. Its value is left out, since it would stand in the logs of whoever looks for it. */
export interface PlainSecret {
  /** The variable, key, argument or property. */
  readonly name: string;
  /** What is wrong with it. */
  readonly fault: string;
  /** How it can be given instead. */
  readonly remedy: string;
}

const PLAIN = 'holds a secret in plain text';
/** Kubernetes replaces these in environment and arguments of a container. */
const KUBERNETES_REFERENCE = /\$\(\w+\)/;
const CATALOG_KEY = /^spark\.sql\.catalog\.[^.]+\.(?<property>.+)$/s;
/** Variables whose value is a list of Java's options. */
const JAVA_OPTIONS_VARIABLE = /^(JDK_JAVA_OPTIONS|JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|(\w+_)?(JAVA_)?OPTS)$/;

const KNOWN = [KNOWN_SPARK_KEYS, KNOWN_HADOOP_KEYS, KNOWN_CATALOG_KEYS].map(({ secret, harmless }) => ({
  secret: anyOf(secret),
  harmless: anyOf(harmless),
}));
const [SPARK_KEYS, HADOOP_KEYS, CATALOG_KEYS] = KNOWN;
const KEY_OR_KEY_NAME = anyOf(KEYS_OR_KEY_NAMES);
/** How key management services name a key. */
const KEY_NAME = /^(arn:.*|alias\/.*|mrk-[0-9a-f]+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/**
 * The secret that a setting would hold in plain text, if it does: by what is known of its key, else by its name, and in any
 * case by what is known of such texts.
 *
 * @param setting the setting
 * @param exceptions names that are said to hold no secret
 */
export function plainSecret(setting: Setting, exceptions: ReadonlySet<string> = new Set()): PlainSecret | undefined {
  const { place, name, value } = setting;
  // Programs in JavaScript may give values of other types, which is a fault of its own.
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

/** The secrets among Java's options: `-Dname=x`. */
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

/** Whether a setting is there to hold a secret, whatever it is or refers to. */
function holdsSecret({ place, name, value }: Setting): boolean {
  const [known, key] = knownKeys(place, name);
  if (KEY_OR_KEY_NAME.test(key) && KEY_NAME.test(value ?? '')) return false;
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

/** The key as Spark's configuration has it. */
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

/** Whether a reference makes up all of a value. */
function isWhole(reference: RegExp | undefined, value: string): boolean {
  return reference?.exec(value)?.[0] === value;
}

const REMEDIES = {
  environment: "give it by reference: secret.envValue('key')",
  argument: 'give it as an environment variable by reference and write "$(NAME)"',
  /** Java writes the content of the variable to the log, so a file of options is better. */
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
