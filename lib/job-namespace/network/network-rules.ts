import { k8s } from 'cdk8s-plus-28';
import { NetworkPeer, NetworkRule } from './network-peer';

/** Where a cluster's names are resolved. */
export const DEFAULT_DNS: NetworkRule = {
  peers: [NetworkPeer.podsOf('kube-system', { 'k8s-app': 'kube-dns' })],
  ports: [53],
};
/** A policy cannot name the API server, and its address differs from cluster to cluster. */
export const DEFAULT_API_SERVER: NetworkRule = { peers: [NetworkPeer.anywhere()], ports: [443, 6443] };

/** Egress to package repositories; a policy knows no host names, so their ports are open to any address. */
export function repositoryEgress(repositories: readonly string[]): k8s.NetworkPolicyEgressRule[] {
  if (repositories.length === 0) return [];
  const ports = repositories.map((repository) => Number(new URL(repository).port) || 443);
  return [renderEgress({ peers: [NetworkPeer.anywhere()], ports })];
}

/** What is wrong with a rule. An empty list would mean everybody or every port to Kubernetes. */
export function networkRuleProblems(what: string, { peers, ports }: NetworkRule): string[] {
  return [
    ...(peers.length === 0 ? [`${what} names no peer: name one, or NetworkPeer.anywhere()`] : []),
    ...(ports.length === 0 ? [`${what} names no port: name those that are needed`] : []),
    ...ports
      .filter((port) => !Number.isInteger(port) || port < 1 || port > 65535)
      .map((port) => `${what} has port ${port}; expected a whole number from 1 to 65535`),
  ];
}

export function renderEgress(rule: NetworkRule, protocols = ['TCP']): k8s.NetworkPolicyEgressRule {
  return { to: renderPeers(rule), ports: renderPorts(rule, protocols) };
}

export function renderIngress(rule: NetworkRule): k8s.NetworkPolicyIngressRule {
  return { from: renderPeers(rule), ports: renderPorts(rule, ['TCP']) };
}

/** Without peers a rule holds for every address. */
function renderPeers({ peers }: NetworkRule): k8s.NetworkPolicyPeer[] | undefined {
  const rendered = peers.map((peer) => peer._render());
  return rendered.includes(undefined) ? undefined : inOrder(rendered.filter((peer) => peer !== undefined));
}

function renderPorts({ ports }: NetworkRule, protocols: string[]): k8s.NetworkPolicyPort[] {
  const numbers = [...new Set(ports)].sort((a, b) => a - b);
  return numbers.flatMap((port) => protocols.map((protocol) => ({ protocol, port: k8s.IntOrString.fromNumber(port) })));
}

/** Each once, in an order that does not depend on the order of calls. */
export function inOrder<T>(items: T[]): T[] {
  const byText = new Map(items.map((item) => [JSON.stringify(item), item]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}
