import { k8s } from 'cdk8s-plus-28';
import { isIPv4, isIPv6 } from 'node:net';
import { labelProblem } from '../../kubernetes/names';
import { checkArguments } from '../../problems/property-checks';

/**
 * The other side of a connection from or to the pods of a job namespace.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export class NetworkPeer {
  /**
   * Addresses, usually outside of the cluster.
   *
   * @param cidr addresses with a mask, such as `10.20.0.0/16`
   * @throws if it is not a CIDR
   */
  public static cidr(cidr: string): NetworkPeer {
    checkArguments('NetworkPeer.cidr', [cidr]);
    const problem = cidrProblem(cidr);
    if (problem !== undefined) throw new Error(`NetworkPeer.cidr: ${problem}`);
    return new NetworkPeer({ ipBlock: { cidr } });
  }

  /**
   * Pods of a namespace of the cluster.
   *
   * @param namespaceName the namespace's name
   * @param podLabels labels that the pods must have; without them all pods of the namespace
   * @throws if it is not the name of a namespace
   */
  public static podsOf(namespaceName: string, podLabels?: { [label: string]: string }): NetworkPeer {
    checkArguments('NetworkPeer.podsOf', [namespaceName, podLabels]);
    const problem = labelProblem('namespace', namespaceName);
    if (problem !== undefined) throw new Error(`NetworkPeer.podsOf: ${problem}`);
    return new NetworkPeer({
      // Kubernetes itself puts this label on every namespace.
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespaceName } },
      ...(podLabels === undefined ? {} : { podSelector: { matchLabels: { ...podLabels } } }),
    });
  }

  /** Every address inside and outside of the cluster. */
  public static anywhere(): NetworkPeer {
    return new NetworkPeer(undefined);
  }

  private constructor(private readonly peer: k8s.NetworkPolicyPeer | undefined) {}

  /** @internal */
  public _render(): k8s.NetworkPolicyPeer | undefined {
    return this.peer;
  }
}

/** Peers and the ports on which they are reached, or on which they reach the pods. */
export interface NetworkRule {
  /** The peers; one that matches is enough. */
  readonly peers: NetworkPeer[];
  /** TCP ports, 1 to 65535, of the side that is connected to. */
  readonly ports: number[];
}

function cidrProblem(cidr: string): string | undefined {
  const [address, mask, ...rest] = cidr.split('/');
  const bits = isIPv4(address) ? 32 : isIPv6(address) ? 128 : undefined;
  if (bits === undefined) return `"${cidr}" is no address; expected one with a mask, such as "10.20.0.0/16"`;
  if (mask === undefined) return `"${cidr}" has no mask; did you mean "${cidr}/${bits}"?`;
  if (rest.length > 0 || !/^\d{1,3}$/.test(mask) || Number(mask) > bits) {
    return `"${cidr}" has the mask "${[mask, ...rest].join('/')}"; expected a number from 0 to ${bits}`;
  }
  return undefined;
}

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

/** What is wrong with a rule. An empty list would mean every peer or every port to Kubernetes. */
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
