import { AccessReview } from '../access/access-review';
import { textOf } from '../manifests/manifest-fields';
import { Manifest } from '../manifests/manifest-source';
import { labelOf, nameOf } from '../manifests/manifest-names';
import { SparkIdentity, sparkIdentities } from '../access/rbac/spark-identities';
import { surroundingsOf } from '../guarantees/application-view';
import { PodSecurityLevel } from '../kubernetes/pod-security-level';
import { FiledManifest, Finding } from '../manifests/finding';
import { applicationsOf, ValidatedApplication } from './validated-application';

/** What rules read in addition to the manifests. */
export interface RuleSettings {
  /** What Pod Security has to enforce. */
  readonly podSecurity: PodSecurityLevel;
  /** Whether the operator's webhook changes pods. */
  readonly webhook: boolean;
  /** Registries, or folders of them, that images come from; without any it does not matter. */
  readonly registries: readonly string[];
  /**
   * Further keys of sparkConf that do not count as an escape. A key that ends with `.` stands for all keys with this prefix.
   */
  readonly sparkConf: readonly string[];
}

/** Everything that rules look at. */
export interface ValidatedProgram {
  readonly manifests: readonly FiledManifest[];
  readonly manifestBySource: ReadonlyMap<string, FiledManifest>;
  readonly manifestsByKind: ReadonlyMap<string, readonly FiledManifest[]>;
  /** What could not be read. */
  readonly unread: readonly Finding[];
  readonly settings: RuleSettings;
  readonly review: AccessReview;
  readonly identities: readonly SparkIdentity[];
  readonly applications: readonly ValidatedApplication[];
  /** The names of the namespaces in which jobs run, sorted. */
  readonly jobNamespaces: readonly string[];
}

export function validatedProgram(
  manifests: readonly FiledManifest[],
  unread: readonly Finding[],
  settings: RuleSettings,
): ValidatedProgram {
  const applications = applicationsOf(manifests, {
    webhook: settings.webhook,
    ...surroundingsOf(manifests.map(({ manifest }) => manifest)),
  });
  const review = AccessReview._of(manifests);
  const identities = sparkIdentities(review._policy, manifests);
  return {
    manifests,
    manifestBySource: new Map(manifests.map((manifest) => [manifest.source, manifest])),
    manifestsByKind: byKind(manifests),
    unread,
    settings,
    review,
    identities,
    applications,
    jobNamespaces: jobNamespacesOf(manifests, applications, identities),
  };
}

export function manifestsOf({ manifestsByKind }: ValidatedProgram, kind: string): Manifest[] {
  return (manifestsByKind.get(kind) ?? []).map(({ manifest }) => manifest);
}

function byKind(manifests: readonly FiledManifest[]): Map<string, FiledManifest[]> {
  const found = new Map<string, FiledManifest[]>();
  for (const manifest of manifests) {
    const kind = textOf(manifest.manifest, 'kind') ?? '';
    const known = found.get(kind);
    if (known === undefined) found.set(kind, [manifest]);
    else known.push(manifest);
  }
  return found;
}

function jobNamespacesOf(
  manifests: readonly FiledManifest[],
  applications: readonly ValidatedApplication[],
  identities: readonly SparkIdentity[],
): string[] {
  const names = new Set([
    ...applications.map(({ namespace }) => namespace),
    ...identities.flatMap(({ role, namespaces }) => (role === 'driver' || role === 'executor' ? namespaces : [])),
    ...manifests.flatMap(({ manifest }) =>
      manifest.kind === 'Namespace' && labelOf(manifest, 'app.kubernetes.io/name') === 'spark-job-namespace'
        ? [nameOf(manifest)]
        : [],
    ),
  ]);
  names.delete('');
  return [...names].sort();
}
