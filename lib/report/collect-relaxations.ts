import { Guarantee } from '../guarantees/relaxation';
import { parseImageReference } from '../kubernetes/image-reference';
import { plainSecret } from '../spark/plain-secrets';
import { fieldOf, listOf, textOf } from '../manifests/manifest-fields';
import { Manifest } from '../manifests/manifest-source';
import { driverRole, specOf } from '../manifests/manifest-names';
import { isApplication, nameOf, namespaceOf } from '../manifests/manifest-names';
import { ReportGrant, ReportRelaxation, ReportRights } from './report-data';
import { byText } from './words';

const MAY_RELAX = 'cdk8s-spark/may-relax-';

/** The guarantees in the words of the report. */
const GUARANTEES: { readonly [point in Guarantee]: string } = {
  [Guarantee.READ_ONLY_ROOT_FILESYSTEM]: 'read-only root file system',
  [Guarantee.NO_EXECUTOR_API_TOKEN]: 'executors without a token of the Kubernetes API',
  [Guarantee.PINNED_IMAGES]: 'pinned images',
  [Guarantee.NO_PLAIN_SECRETS]: 'no secret in plain text',
  [Guarantee.ENCRYPTION]: 'traffic and spills authenticated and encrypted',
  [Guarantee.NO_DEBUG_RIGHTS]: 'no right to open shells or ports of pods',
};
const NO_NAMESPACE = 'not known: these manifests do not make the namespace';
const POINTS = Object.keys(GUARANTEES) as Guarantee[];
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
  for (const application of applications) {
    for (const point of POINTS.filter((each) => RELAXED_IN[each](application))) {
      use(namespaceOf(application), point, `${String(application.kind)} ${nameOf(application)}`);
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
      guarantee: GUARANTEES[point],
      reason: reasons.get(key) ?? (made.has(namespace) ? undefined : NO_NAMESPACE),
      usedBy: [...(used.get(key) ?? [])].sort(),
    };
  });
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

/** Whether the manifest of an application does without a guarantee, whatever its annotations say. */
const RELAXED_IN: { readonly [point in Guarantee]: (application: Manifest) => boolean } = {
  [Guarantee.READ_ONLY_ROOT_FILESYSTEM]: (application) =>
    roles(application).some((role) => {
      const containers = listOf(role, 'template', 'spec', 'containers');
      return (
        !containers.some((container) => textOf(container, 'name')?.startsWith('spark-kubernetes-')) ||
        [...containers, ...listOf(role, 'template', 'spec', 'initContainers')].some(
          (container) => fieldOf(container, 'securityContext', 'readOnlyRootFilesystem') !== true,
        )
      );
    }),
  [Guarantee.NO_EXECUTOR_API_TOKEN]: (application) =>
    fieldOf(specOf(application), 'executor', 'template', 'spec', 'automountServiceAccountToken') !== false,
  [Guarantee.PINNED_IMAGES]: (application) =>
    [specOf(application), ...roles(application), ...roles(application).flatMap(containersOf)]
      .map((place) => textOf(place, 'image'))
      .some((image) => image !== undefined && !isPinned(image)),
  [Guarantee.NO_PLAIN_SECRETS]: (application) =>
    roles(application)
      .flatMap((role) => [role, ...containersOf(role)])
      .flatMap((place) => listOf(place, 'env'))
      .some((entry) => isPlainEnv(entry)),
  [Guarantee.ENCRYPTION]: (application) =>
    ['spark.authenticate', 'spark.network.crypto.enabled', 'spark.io.encryption.enabled'].some(
      (key) => fieldOf(specOf(application), 'sparkConf', key) !== 'true',
    ),
  [Guarantee.NO_DEBUG_RIGHTS]: () => false,
};

function isPlainEnv(entry: unknown): boolean {
  const [name = '', value] = ['name', 'value'].map((field) => textOf(entry, field));
  return plainSecret({ place: 'environment', name, value }) !== undefined;
}

function roles(application: Manifest): unknown[] {
  return [driverRole(application), 'executor'].map((role) => fieldOf(specOf(application), role));
}

function containersOf(role: unknown): unknown[] {
  return ['containers', 'initContainers'].flatMap((list) => [...listOf(role, 'template', 'spec', list)]);
}

function isPinned(image: string): boolean {
  const { tag, digest } = parseImageReference(image);
  return digest !== undefined || (tag !== undefined && tag !== 'latest');
}
