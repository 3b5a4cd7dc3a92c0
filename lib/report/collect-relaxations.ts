import { Guarantee } from '../guarantees/relaxation';
import { ALL_GUARANTEES, RELAXABLE_GUARANTEES } from '../guarantees/all-guarantees';
import { applicationView, surroundingsOf } from '../guarantees/application-view';
import { PodSecurityLevel } from '../kubernetes/pod-security-level';
import { textOf } from '../manifests/manifest-fields';
import { Manifest } from '../manifests/manifest-source';
import { isApplication, nameOf, namespaceOf } from '../manifests/manifest-names';
import { ReportGrant, ReportRelaxation, ReportRights } from './report-data';
import { byText } from './words';

const MAY_RELAX = 'cdk8s-spark/may-relax-';

/** A guarantee that no application breaks itself, only subjects with rights on its pods. */
const NO_DEBUG_RIGHTS = 'no right to open shells or ports of pods';
const NO_NAMESPACE = 'not known: these manifests do not make the namespace';
const POINTS = Object.values(Guarantee);
const DEBUG_RESOURCES = ['*', '*/exec', '*/attach', '*/portforward', 'pods/exec', 'pods/attach', 'pods/portforward'];

/** What namespaces allow to be relaxed, with who uses it, and what is relaxed without being allowed. */
export function relaxationsOf(
  manifests: readonly Manifest[],
  grants: readonly ReportGrant[],
  rights: readonly ReportRights[],
): ReportRelaxation[] {
  const used = new Map<string, Set<string>>();
  const use = (namespace: string, point: Guarantee, by: string): void => {
    const key = keyOf(namespace, point);
    used.set(key, new Set([...(used.get(key) ?? []), by]));
  };
  const applications = manifests.filter(isApplication);
  const surroundings = surroundingsOf(manifests);
  for (const application of applications) {
    const view = applicationView(application, surroundings);
    for (const { relaxedBy, check } of RELAXABLE_GUARANTEES) {
      if (relaxedBy === undefined || check(view, PodSecurityLevel.RESTRICTED).length === 0) continue;
      use(namespaceOf(application), relaxedBy, `${String(application.kind)} ${nameOf(application)}`);
    }
  }
  const jobNamespaces = new Set([...applications.map(namespaceOf), ...jobNamespacesOf(manifests)]);
  const debugging = new Set(rights.filter(givesDebug).map(({ id }) => id));
  for (const { namespace, identity, rights: id } of grants) {
    if (jobNamespaces.has(namespace) && debugging.has(id)) use(namespace, Guarantee.NO_DEBUG_RIGHTS, identity);
  }
  const reasons = new Map(manifests.flatMap(allowedReasons));
  const made = new Set(manifests.filter(({ kind }) => kind === 'Namespace').map(nameOf));
  return [...new Set([...reasons.keys(), ...used.keys()])].sort(byText).map((key) => {
    const [namespace, point] = JSON.parse(key) as [string, Guarantee];
    return {
      namespace,
      guarantee: summaryOf(point),
      reason: reasons.get(key) ?? (made.has(namespace) ? undefined : NO_NAMESPACE),
      usedBy: [...(used.get(key) ?? [])].sort(),
    };
  });
}

/** The guarantee in the words of the report. */
function summaryOf(point: Guarantee): string {
  return ALL_GUARANTEES.find(({ relaxedBy }) => relaxedBy === point)?.summary ?? NO_DEBUG_RIGHTS;
}

function keyOf(namespace: string, point: Guarantee): string {
  return JSON.stringify([namespace, point]);
}

function allowedReasons(manifest: Manifest): [string, string][] {
  if (manifest.kind !== 'Namespace') return [];
  return POINTS.flatMap((point): [string, string][] => {
    const reason = textOf(manifest, 'metadata', 'annotations', `${MAY_RELAX}${point}`);
    return reason === undefined ? [] : [[keyOf(nameOf(manifest), point), reason]];
  });
}

function jobNamespacesOf(manifests: readonly Manifest[]): string[] {
  return manifests
    .filter(
      (manifest) =>
        manifest.kind === 'Namespace' &&
        textOf(manifest, 'metadata', 'labels', 'app.kubernetes.io/name') === 'spark-job-namespace',
    )
    .map(nameOf);
}

function givesDebug({ rows }: ReportRights): boolean {
  return rows.some(({ apiGroup, resource }) => ['', '*'].includes(apiGroup) && DEBUG_RESOURCES.includes(resource));
}
