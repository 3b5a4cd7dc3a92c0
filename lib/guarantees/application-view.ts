import { fieldOf } from '../manifests/manifest-fields';
import { driverRole, nameOf, namespaceOf, specOf } from '../manifests/manifest-names';
import { Manifest } from '../manifests/manifest-source';
import { SparkRole } from '../spark/spark-role';
import { notSecretNames } from './not-secret';
import { PodView, podView } from './pod-view';

/**
 * An application of any of the operator's three kinds, in the form that guarantees check. It is the same for applications of a
 * program and of a manifest, and includes the deprecated fields of the operator's API where they take effect.
 */
export interface ApplicationView {
  readonly kind: string;
  readonly namespace: string;
  /** The specification of one run; for a scheduled application its template. */
  readonly spec: unknown;
  /** The path of this specification: `spec` or `spec.template`. */
  readonly at: string;
  readonly driver: PodView;
  readonly executor: PodView;
  /** Whether the pods of executors mount the token of their account. */
  readonly executorsMountToken: boolean;
  /** Names of variables, keys and arguments that hold no secrets, as the namespace declares. */
  readonly notSecret: ReadonlySet<string>;
}

/** What a view depends on in addition to the manifest. */
export interface ViewOptions {
  /** Whether the operator's webhook changes the pods. @default true */
  readonly webhook?: boolean;
  /** Whether the pods of an account mount its token by default. @default - they do */
  readonly mountsToken?: (namespace: string, account: string) => boolean;
  /** Names that hold no secrets, with their reasons, by namespace. @default - none */
  readonly notSecret?: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

export function applicationView(manifest: Manifest, options: ViewOptions = {}): ApplicationView {
  const { webhook = true, mountsToken } = options;
  const spec = specOf(manifest);
  const at = manifest.kind === 'ScheduledSparkApplication' ? 'spec.template' : 'spec';
  // The webhook does not change the pods of a Spark Connect server.
  const isMutated = webhook && manifest.kind !== 'SparkConnect';
  const pod = (role: SparkRole, field: string): PodView =>
    podView(role, { fields: fieldOf(spec, field), at: `${at}.${field}`, spec, specAt: at, isMutated });
  const namespace = namespaceOf(manifest);
  const driver = pod(SparkRole.DRIVER, driverRole(manifest));
  const executor = pod(SparkRole.EXECUTOR, 'executor');
  const own = fieldOf(executor.podSpec, 'automountServiceAccountToken');
  // Executors without an account run as that of the driver.
  const account = executor.account ?? driver.account ?? 'default';
  const executorsMountToken =
    own === undefined || own === null ? (mountsToken?.(namespace, account) ?? true) : own !== false;
  return {
    kind: String(manifest.kind),
    namespace,
    spec,
    at,
    driver,
    executor,
    executorsMountToken,
    notSecret: new Set(options.notSecret?.get(namespace)?.keys()),
  };
}

export function podsOf({ driver, executor }: ApplicationView): PodView[] {
  return [driver, executor];
}

/** What the accounts and namespaces among manifests say about applications. */
export function surroundingsOf(manifests: readonly Manifest[]): ViewOptions {
  const off = new Set(
    manifests
      .filter((manifest) => manifest.kind === 'ServiceAccount' && manifest.automountServiceAccountToken === false)
      .map((manifest) => `${namespaceOf(manifest)}/${nameOf(manifest)}`),
  );
  return {
    mountsToken: (namespace, account) => !off.has(`${namespace}/${account}`),
    notSecret: notSecretNames(manifests),
  };
}
