import { k8s } from 'cdk8s-plus-28';
import { NetworkPeer, NetworkRule } from '../job-namespace/network-peer';

const DEFAULT_DNS: NetworkRule = {
  peers: [NetworkPeer.podsOf('kube-system', { 'k8s-app': 'kube-dns' })],
  ports: [53],
};
/** A policy cannot name the API server, and its address differs from cluster to cluster. */
const DEFAULT_API_SERVER: NetworkRule = { peers: [NetworkPeer.anywhere()], ports: [443, 6443] };

/** What the pods of controller or webhook may reach, and who may reach them. */
export interface ComponentTraffic {
  readonly podLabels: Record<string, string>;
  readonly dns?: NetworkRule;
  readonly apiServer?: NetworkRule;
  readonly metricsPort?: number;
  /** Reached by the API server, whose address nobody can name. */
  readonly webhookPort?: number;
  readonly packageRepositories: readonly string[];
}

export function renderNetworkPolicy(traffic: ComponentTraffic): k8s.NetworkPolicySpec {
  const { podLabels, dns = DEFAULT_DNS, apiServer = DEFAULT_API_SERVER, metricsPort, webhookPort } = traffic;
  return {
    podSelector: { matchLabels: podLabels },
    policyTypes: ['Egress', 'Ingress'],
    ingress: [
      ...(webhookPort === undefined ? [] : [{ ports: portsOf([webhookPort], ['TCP']) }]),
      ...(metricsPort === undefined
        ? []
        : [{ from: [{ namespaceSelector: {} }], ports: portsOf([metricsPort], ['TCP']) }]),
    ],
    egress: [
      { to: peersOf(dns), ports: portsOf(dns.ports, ['TCP', 'UDP']) },
      { to: peersOf(apiServer), ports: portsOf(apiServer.ports, ['TCP']) },
      ...repositoryEgress(traffic.packageRepositories),
    ],
  };
}

/** A policy knows no host names, so the ports of the repositories are open to any address. */
function repositoryEgress(repositories: readonly string[]): k8s.NetworkPolicyEgressRule[] {
  if (repositories.length === 0) return [];
  const ports = repositories.map((repository) => Number(new URL(repository).port) || 443);
  return [{ ports: portsOf(ports, ['TCP']) }];
}

/** Without peers a rule holds for every address. */
function peersOf({ peers }: NetworkRule): k8s.NetworkPolicyPeer[] | undefined {
  const rendered = peers.map((peer) => peer._render());
  return rendered.includes(undefined) ? undefined : rendered.filter((peer) => peer !== undefined);
}

function portsOf(ports: readonly number[], protocols: readonly string[]): k8s.NetworkPolicyPort[] {
  const numbers = [...new Set(ports)].sort((a, b) => a - b);
  return numbers.flatMap((port) => protocols.map((protocol) => ({ protocol, port: k8s.IntOrString.fromNumber(port) })));
}
