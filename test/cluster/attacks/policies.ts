/** The network policies of a cluster, as far as these tests read them. */
export interface NetworkPolicy {
  readonly metadata: { readonly namespace: string };
  readonly spec: {
    readonly podSelector: Selector;
    readonly policyTypes: readonly string[];
    readonly egress?: readonly Rule[];
    readonly ingress?: readonly Rule[];
  };
}

interface Selector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly { readonly key: string; readonly operator: string; readonly values: string[] }[];
}

interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: object;
}

interface Rule {
  readonly ports?: readonly { readonly port?: number }[];
  readonly to?: readonly Peer[];
  readonly from?: readonly Peer[];
}

type Labels = Readonly<Record<string, string>>;

/** One end of a connection; outside of the cluster it is in no namespace. */
export interface Place {
  readonly namespace?: string;
  readonly labels: Labels;
}

/** Whether both ends let a TCP connection through. */
export function letsThrough(policies: readonly NetworkPolicy[], from: Place, to: Place, port: number): boolean {
  return isOpen(policies, 'Egress', from, to, port) && isOpen(policies, 'Ingress', to, from, port);
}

function isOpen(
  all: readonly NetworkPolicy[],
  way: 'Egress' | 'Ingress',
  at: Place,
  peer: Place,
  port: number,
): boolean {
  const policies = all.filter(
    ({ metadata, spec }) =>
      metadata.namespace === at.namespace && spec.policyTypes.includes(way) && selects(spec.podSelector, at.labels),
  );
  if (policies.length === 0) return true;
  const rules = policies.flatMap(({ spec }) => (way === 'Egress' ? spec.egress : spec.ingress) ?? []);
  return rules.some((rule) => {
    const peers = way === 'Egress' ? rule.to : rule.from;
    const hasPort = rule.ports?.some((entry) => entry.port === undefined || entry.port === port) ?? true;
    return hasPort && (peers?.some((candidate) => isPeer(candidate, at, peer)) ?? true);
  });
}

function isPeer({ podSelector, namespaceSelector, ipBlock }: Peer, at: Place, peer: Place): boolean {
  if (ipBlock !== undefined) throw new Error('the policies of the examples have no address ranges');
  if (peer.namespace === undefined) return false;
  const isNamespace =
    namespaceSelector === undefined
      ? peer.namespace === at.namespace
      : selects(namespaceSelector, { 'kubernetes.io/metadata.name': peer.namespace });
  return isNamespace && selects(podSelector ?? {}, peer.labels);
}

function selects({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Labels): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values }) => {
      if (operator !== 'In') throw new Error(`the policies of the examples have no operator ${operator}`);
      return values.includes(labels[key]);
    })
  );
}
