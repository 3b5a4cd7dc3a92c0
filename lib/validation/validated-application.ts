import { fieldOf } from '../manifests/manifest-fields';
import { driverRole, specOf } from '../manifests/manifest-names';
import { isApplication, namespaceOf } from '../manifests/manifest-names';
import { SparkRole } from '../spark/spark-role';
import { FiledManifest } from '../manifests/finding';
import { isComplete } from './application-schema';
import { ValidatedPod, validatedPod } from './validated-pod';

/** An application of any of the three kinds. */
export interface ValidatedApplication {
  readonly source: FiledManifest;
  readonly kind: string;
  readonly namespace: string;
  /** What one run is made of; in a schedule it is the template. */
  readonly spec: unknown;
  /** Where that stands: `spec` or `spec.template`. */
  readonly at: string;
  readonly driver: ValidatedPod;
  readonly executor: ValidatedPod;
}

export function applicationsOf(manifests: readonly FiledManifest[], hasWebhook: boolean): ValidatedApplication[] {
  return (
    manifests
      // Of one without name and specification nothing else can be said; a rule names it.
      .filter(({ manifest }) => isApplication(manifest) && isComplete(manifest))
      .map((source) => {
        const { manifest } = source;
        const spec = specOf(manifest);
        const at = manifest.kind === 'ScheduledSparkApplication' ? 'spec.template' : 'spec';
        // The webhook leaves the pods of a Spark Connect server as they are.
        const isMutated = hasWebhook && manifest.kind !== 'SparkConnect';
        const pod = (role: SparkRole, field: string): ValidatedPod =>
          validatedPod(role, { fields: fieldOf(spec, field), at: `${at}.${field}`, spec, specAt: at, isMutated });
        return {
          source,
          kind: String(manifest.kind),
          namespace: namespaceOf(manifest),
          spec,
          at,
          driver: pod(SparkRole.DRIVER, driverRole(manifest)),
          executor: pod(SparkRole.EXECUTOR, 'executor'),
        };
      })
  );
}

/** Both roles of an application. */
export function podsOf({ driver, executor }: ValidatedApplication): ValidatedPod[] {
  return [driver, executor];
}
