import { parseQuantity } from '../kubernetes/quantity';
import { fieldOf, listOf, textOf, textsOf } from '../manifests/manifest-fields';
import { admissionGuards } from '../access/escalation/admission-guards';
import { Manifest, SourcedManifest } from '../manifests/manifest-source';
import { usageOf } from './collect-applications';
import { isApplication, labelOf, nameOf, namespaceOf } from '../manifests/manifest-names';
import { ReportNamespace, ReportNote } from './report-data';
import { count, groupBy } from './words';

/** What the manifests do not rule out, and what they leave to others. */
export function notesOf(sourced: readonly SourcedManifest[], namespaces: readonly ReportNamespace[]): ReportNote[] {
  const manifests = sourced.map(({ manifest }) => manifest);
  const jobs = namespaces.filter(({ kind }) => kind === 'jobs');
  const byNamespace = groupBy(manifests, namespaceOf);
  const guards = admissionGuards(sourced);
  const notes: ReportNote[] = [
    {
      title: 'Pod Security is not restricted',
      text: 'Pods may be less hardened than the standard "restricted", or nobody can tell from these manifests.',
      places: jobs
        .filter(({ podSecurity }) => podSecurity !== 'restricted')
        .map(({ name, podSecurity }) => `${name}: ${podSecurity ?? 'no Namespace in these manifests'}`),
    },
    {
      title: 'No network policy closes the namespace',
      text: 'Its pods may connect to any address, and any pod may connect to them.',
      places: jobs.filter(({ isolated }) => !isolated).map(({ name }) => name),
    },
    {
      title: 'Connections to any address',
      text: 'A network policy cannot name the API server or a host, so these ports are open to every address. Narrow it with apiServer where its address is known.',
      places: openEgress(manifests),
    },
    {
      title: 'All applications together do not fit the quota',
      text: 'Each fits alone. If all run at full scale at the same time, pods of the last ones are refused until others end.',
      places: jobs.flatMap(({ name }) => quotaPlaces(name, byNamespace.get(name) ?? [])),
    },
    ...watchNotes(manifests, jobs),
    {
      title: 'No admission guard',
      text: 'Whoever may submit can write by hand what the properties of this library refuse; Pod Security, quota and network policies still hold. The right to operate is then equal to the right to submit. The guard needs Kubernetes 1.30.',
      places: jobs.filter(({ name }) => guards.guardOf(name) === undefined).map(({ name }) => name),
    },
    {
      title: 'One namespace, one level of trust',
      text: 'Whoever may create pods in a namespace may run them as any of its accounts and mount any of its secrets. Drivers may create pods.',
      places: jobs.map(({ name }) => name),
    },
  ];
  return notes.filter(({ places }) => places.length > 0);
}

/** Which ports of which policies are open to every address. */
function openEgress(manifests: readonly Manifest[]): string[] {
  return manifests
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .flatMap((policy) =>
      listOf(policy, 'spec', 'egress')
        .filter(isOpen)
        .map((rule) => {
          const ports = listOf(rule, 'ports').map((port) => String(fieldOf(port, 'port') ?? 'all'));
          const what = ports.length === 0 ? 'all ports' : `port ${ports.join(', ')}`;
          return `${namespaceOf(policy)}: ${what} (${nameOf(policy)})`;
        }),
    )
    .sort();
}

function isOpen(rule: unknown): boolean {
  const peers = listOf(rule, 'to');
  return (
    peers.length === 0 || peers.some((peer) => ['0.0.0.0/0', '::/0'].includes(textOf(peer, 'ipBlock', 'cidr') ?? ''))
  );
}

function quotaPlaces(namespace: string, manifests: readonly Manifest[]): string[] {
  const usages = manifests.filter(isApplication).map(usageOf);
  // A quota with scopes counts only some pods.
  const quotas = manifests.filter(
    (manifest) => manifest.kind === 'ResourceQuota' && fieldOf(manifest, 'spec', 'scopes') === undefined,
  );
  const needed = (resource: string): number => usages.reduce((sum, usage) => sum + (usage[resource] ?? 0), 0);
  return quotas
    .flatMap((quota) => Object.entries((fieldOf(quota, 'spec', 'hard') ?? {}) as Record<string, string | number>))
    .filter(([resource, hard]) => needed(inFull(resource)) > (parseQuantity(hard) ?? Infinity))
    .map(
      ([resource, hard]) =>
        `${namespace}: ${count(usages.length, 'application')} ${usages.length === 1 ? 'needs' : 'need'} ` +
        `${amountWord(resource, needed(inFull(resource)))} of ${resource}, the quota is ${hard}`,
    )
    .sort();
}

/** `cpu` and `memory` in a quota mean what is requested. */
function inFull(resource: string): string {
  return ['cpu', 'memory', 'ephemeral-storage'].includes(resource) ? `requests.${resource}` : resource;
}

function amountWord(resource: string, amount: number): string {
  return /memory|storage/.test(resource)
    ? `${Math.ceil(amount / 2 ** 20)}Mi`
    : String(Math.round(amount * 1000) / 1000);
}

function watchNotes(manifests: readonly Manifest[], jobs: readonly ReportNamespace[]): ReportNote[] {
  const watched = manifests.filter(isController).map(watchedBy);
  const unwatched = jobs
    .filter(({ name }) => !watched.some((names) => names === undefined || names.includes(name)))
    .map(({ name }) => name);
  return watched.length === 0
    ? [
        {
          title: 'No operator in these manifests',
          text: 'Whether an operator watches these namespaces cannot be told from here; without one nothing happens to applications.',
          places: unwatched,
        },
      ]
    : [
        {
          title: 'Not watched by the operator',
          text: 'The operator of these manifests does not look at these namespaces, so nothing happens to applications there.',
          places: unwatched,
        },
      ];
}

function isController(manifest: Manifest): boolean {
  return (
    manifest.kind === 'Deployment' &&
    labelOf(manifest, 'app.kubernetes.io/name') === 'spark-operator' &&
    labelOf(manifest, 'app.kubernetes.io/component') === 'controller'
  );
}

/** The namespaces that a controller watches; `undefined` is all. */
function watchedBy(controller: Manifest): string[] | undefined {
  const flag = '--namespaces=';
  const names = listOf(controller, 'spec', 'template', 'spec', 'containers')
    .flatMap((container) => textsOf(container, 'args'))
    .find((argument) => argument.startsWith(flag))
    ?.slice(flag.length)
    .split(',')
    .filter((name) => name !== '');
  return names === undefined || names.length === 0 ? undefined : names;
}
