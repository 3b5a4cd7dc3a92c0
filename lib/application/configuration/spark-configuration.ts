import { Guarantee } from '../../guarantees/relaxation';
import { holdsKey, matchesKey } from '../../spark/keys';
import { Profile } from '../profile';
import { PropertyConfiguration } from '../storage/job-storage';
import { KUBERNETES_KEYS, SECURE_KUBERNETES_KEYS } from '../../spark/kubernetes-keys';
import { ENCRYPTION_KEYS, OWNED_KEYS, OwnedKey } from '../../spark/owned-configuration';
import { HADOOP_PREFIX, unreadReference } from '../../spark/key-readers';
import { resourceProblems } from '../../spark/resource-requests';
import { plainSecret } from '../../spark/plain-secrets';

/** The configuration of the user and of the library, to be merged. */
export interface ConfigurationInput {
  readonly sparkConf: { readonly [key: string]: string };
  readonly hadoopConf: { readonly [key: string]: string };
  /** The library's own keys. All are in `OWNED_KEYS` or `ENCRYPTION_KEYS`, so a user cannot set them too. */
  readonly own: { readonly [key: string]: string };
  /** The configuration that the application's storages need. */
  readonly storages: readonly PropertyConfiguration[];
  readonly profile: Profile;
  /** Spark's keys that the namespace names in its `admission`. */
  readonly admittedKeys: readonly string[];
  readonly notSecret: ReadonlySet<string>;
}

/** Merges the configuration of the user and the library. */
export function mergeConfiguration({ sparkConf, storages, own }: ConfigurationInput): Record<string, string> {
  return Object.assign({}, sparkConf, ...storages.map(({ configuration }) => configuration), own) as Record<
    string,
    string
  >;
}

export function configurationProblems(input: ConfigurationInput): string[] {
  const { sparkConf, hadoopConf, storages } = input;
  return [
    ...Object.entries(sparkConf).flatMap(([key, value]) => keyProblems(key, value, input)),
    ...Object.entries(hadoopConf).flatMap(([key, value]) => hadoopKeyProblems(key, value, input)),
    ...storages.flatMap((storage) => storageProblems(input, storage)),
    ...resourceProblems(sparkConf),
  ];
}

function hadoopKeyProblems(key: string, value: string, input: ConfigurationInput): string[] {
  return [
    ...(`spark.hadoop.${key}` in input.sparkConf
      ? [`hadoopConf["${key}"] and sparkConf["spark.hadoop.${key}"] set the same key; keep one of them`]
      : []),
    ...(key.startsWith('spark.hadoop.')
      ? [`hadoopConf["${key}"] has Spark's prefix; write it without "spark.hadoop."`]
      : []),
    ...valueProblems('hadoopConf', key, value, input),
  ];
}

/** The keys of storages depend on the store, so they are not in `OWNED_KEYS`. */
function storageProblems(
  { sparkConf, hadoopConf }: ConfigurationInput,
  { property, configuration }: PropertyConfiguration,
): string[] {
  const given = [
    ...Object.keys(sparkConf).map((key) => [key, `sparkConf["${key}"]`]),
    ...Object.keys(hadoopConf).map((key) => [`spark.hadoop.${key}`, `hadoopConf["${key}"]`]),
  ];
  return given
    .filter(([key]) => key in configuration)
    .map(([, place]) => `${place} and ${property} set the same key; leave it out, or leave out ${property}`);
}

function keyProblems(key: string, value: string, input: ConfigurationInput): string[] {
  const isOwned = (candidate: OwnedKey): boolean => matchesKey(key, candidate.key);
  const owned =
    OWNED_KEYS.find(isOwned) ??
    (input.profile.guarantees.includes(Guarantee.ENCRYPTION) ? ENCRYPTION_KEYS.find(isOwned) : undefined);
  if (owned !== undefined) {
    if (key === 'spark.shuffle.service.enabled' && value === 'false') return [];
    return [`${shown(key, value)} is not possible: ${owned.remedy}`];
  }
  if (!key.startsWith('spark.')) {
    return [
      `${shown(key, value)}: Spark ignores keys that do not begin with "spark."; use hadoopConf for Hadoop's keys`,
    ];
  }
  if (input.profile.isHardened && key.startsWith('spark.kubernetes.') && !isAdmitted(key, input)) {
    const known = KUBERNETES_KEYS.find((candidate) => matchesKey(key, candidate.key));
    return [
      `${shown(key, value)} is not possible in a secure application, since ${known?.read ?? 'this library does not know the key'}: ` +
        `${known?.remedy ?? 'use the template property'}, or name the key in admission.sparkConf of the namespace`,
    ];
  }
  return valueProblems('sparkConf', key, value, input);
}

/** Hides values that may be secrets, since errors of synth end up in logs. */
function shown(key: string, value: string): string {
  const isHidden = plainSecret({ place: 'sparkConf', name: key, value }) !== undefined;
  return `sparkConf["${key}"] = ${isHidden ? '(hidden)' : `"${value}"`}`;
}

function isAdmitted(key: string, { admittedKeys }: ConfigurationInput): boolean {
  return holdsKey(SECURE_KUBERNETES_KEYS, key) || holdsKey(admittedKeys, key);
}

function valueProblems(
  place: 'sparkConf' | 'hadoopConf',
  key: string,
  value: string,
  { profile, sparkConf, notSecret }: ConfigurationInput,
): string[] {
  const problems: string[] = [];
  if (/[\s=]/.test(key) || key === '') {
    problems.push(`${place}["${key}"] is no configuration key; use one without blanks and "="`);
  }
  const unread = unreadReference(place === 'hadoopConf' ? `${HADOOP_PREFIX}${key}` : key, value, sparkConf);
  if (unread !== undefined) {
    problems.push(`${place}["${key}"] has "${unread.written}", which stays as it is written; ${unread.remedy}`);
    return problems;
  }
  if (!profile.guarantees.includes(Guarantee.NO_PLAIN_SECRETS)) return problems;
  const secret = plainSecret({ place, name: key, value, configuration: sparkConf }, notSecret);
  if (secret !== undefined) problems.push(`${place}["${key}"] ${secret.fault}; ${secret.remedy}`);
  return problems;
}
