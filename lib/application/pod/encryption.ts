import { ISecret, k8s } from 'cdk8s-plus-28';
import { isAtLeast } from '../../spark/spark-versions';
import { DirectoryMount } from './role-directories';
import { checkArguments } from '../../problems/property-checks';

/**
 * The key with which driver and executors authenticate to each other and encrypt their traffic and spills.
 *
 * @see https://spark.apache.org/docs/latest/security.html
 */
export class Encryption {
  /**
   * A key that Spark creates for each run. It is in the environment of the executor pods' specs, so anyone who may read pods
   * in the namespace can read it while the job runs.
   */
  public static perRun(): Encryption {
    return new Encryption();
  }

  /**
   * A key from a Secret, mounted as a file in driver and executors.
   *
   * @param secret the Secret, in the application's namespace
   * @param key the key in the Secret; its value is the shared secret as text
   * @throws if the key is not a valid key of a Secret
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
    /** The Secret with the key. @default - Spark creates a key for each run */
    public readonly secret?: ISecret,
    /** The key in the Secret. @default - Spark creates a key for each run */
    public readonly key?: string,
  ) {}
}

/** The key for traffic and spills; without a Secret, Spark creates one for each run. */
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
    // Older releases have only a cipher that does not authenticate the data.
    ...(isAtLeast(sparkVersion, AUTHENTICATED_CIPHER_SINCE)
      ? { 'spark.network.crypto.cipher': 'AES/GCM/NoPadding' }
      : {}),
    'spark.io.encryption.enabled': 'true',
    ...(key === undefined ? {} : { 'spark.authenticate.secret.file': `${KEY_DIRECTORY}/${key}` }),
  };
}

/** The mount of the key's file, if the key comes from a Secret. */
export function encryptionMount({ secretName, key }: TrafficKey): DirectoryMount | undefined {
  if (secretName === undefined || key === undefined) return undefined;
  const name = 'spark-authentication';
  const items = [{ key, path: key }];
  return {
    volume: { name, secret: { secretName, items, defaultMode: 0o440 } },
    mount: { name, mountPath: KEY_DIRECTORY, readOnly: true },
  };
}

/** The environment variables that an executor needs to find the key's file. */
export function encryptionEnv({ key }: TrafficKey): k8s.EnvVar[] {
  if (key === undefined) return [];
  // Spark reads the file only if its master is Kubernetes, and executors learn their master too late. The images' entry point
  // passes variables with this prefix to Java; Spark refuses its own keys in spark.executor.extraJavaOptions.
  return [{ name: 'SPARK_JAVA_OPT_1000', value: '-Dspark.master=k8s://driver' }];
}
