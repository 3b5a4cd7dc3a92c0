import { ISecret, k8s } from 'cdk8s-plus-28';
import { isAtLeast } from '../../spark/spark-versions';
import { DirectoryMount } from './role-directories';
import { checkArguments } from '../../problems/property-checks';

/**
 * With which key driver and executors prove themselves to each other and encrypt what they send and spill.
 *
 * @see https://spark.apache.org/docs/latest/security.html
 */
export class Encryption {
  /**
   * A key that Spark makes for each run. It stands in the environment of the executors' pod specs, so whoever may read
   * pods in the namespace can read it while the job runs.
   */
  public static perRun(): Encryption {
    return new Encryption();
  }

  /**
   * A key from a Secret, mounted as a file into driver and executors.
   *
   * @param secret the Secret, in the application's namespace
   * @param key the key in the Secret; its value is the shared secret as text
   * @throws if the key is no possible key of a Secret
   */
  public static fromSecret(secret: ISecret, key: string): Encryption {
    checkArguments('Encryption.fromSecret', [secret, key]);
    if (!/^[-._a-zA-Z0-9]+$/.test(key) || /^\.(\.|$)/.test(key)) {
      throw new Error(
        `Encryption.fromSecret: the key is "${key}"; give a key of the Secret: letters, digits, "-", "_" and ".", ` +
          'not "." alone or ".." at its beginning',
      );
    }
    return new Encryption(secret, key);
  }

  private constructor(
    /** The Secret with the key. @default - Spark makes a key for each run */
    public readonly secret?: ISecret,
    /** The key in the Secret. @default - Spark makes a key for each run */
    public readonly key?: string,
  ) {}
}

/** The key of traffic and spills; without a Secret, Spark makes one for each run. */
export interface TrafficKey {
  readonly secretName?: string;
  readonly key?: string;
}

/** https://issues.apache.org/jira/browse/SPARK-47172 */
const AUTHENTICATED_CIPHER_SINCE = '3.5.2';
const KEY_DIRECTORY = '/var/run/secrets/spark-authentication';

/** Spark's configuration for authenticated and encrypted traffic and spills. */
export function encryptionConfiguration({ key }: TrafficKey, sparkVersion: string): Record<string, string> {
  return {
    'spark.authenticate': 'true',
    'spark.network.crypto.enabled': 'true',
    // Older ones know only a cipher that does not authenticate what it encrypts.
    ...(isAtLeast(sparkVersion, AUTHENTICATED_CIPHER_SINCE)
      ? { 'spark.network.crypto.cipher': 'AES/GCM/NoPadding' }
      : {}),
    'spark.io.encryption.enabled': 'true',
    ...(key === undefined ? {} : { 'spark.authenticate.secret.file': `${KEY_DIRECTORY}/${key}` }),
  };
}

/** The mount of the key's file, where the key comes from a Secret. */
export function encryptionMount({ secretName, key }: TrafficKey): DirectoryMount | undefined {
  if (secretName === undefined || key === undefined) return undefined;
  const name = 'spark-authentication';
  const items = [{ key, path: key }];
  return {
    volume: { name, secret: { secretName, items, defaultMode: 0o440 } },
    mount: { name, mountPath: KEY_DIRECTORY, readOnly: true },
  };
}

/** What an executor needs in its environment to find the key's file. */
export function encryptionEnv({ key }: TrafficKey): k8s.EnvVar[] {
  if (key === undefined) return [];
  // Spark reads the file only where it knows its master to be Kubernetes, and tells executors their master too late. The
  // images' entry point passes variables of this prefix to Java, where Spark's own configuration may not name Spark's keys.
  return [{ name: 'SPARK_JAVA_OPT_1000', value: '-Dspark.master=k8s://driver' }];
}
