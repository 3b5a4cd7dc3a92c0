import { isIPv4, isIPv6 } from 'node:net';
import { k8s } from 'cdk8s-plus-28';
import { labelProblem } from '../../kubernetes/names';

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
   * @throws if it is no CIDR
   */
  public static cidr(cidr: string): NetworkPeer {
    const problem = cidrProblem(cidr);
    if (problem !== undefined) throw new Error(`NetworkPeer.cidr: ${problem}`);
    return new NetworkPeer({ ipBlock: { cidr } });
  }

  /**
   * Pods of a namespace of the cluster.
   *
   * @param namespaceName the namespace's name
   * @param podLabels labels that the pods must have; without them all pods of the namespace
   * @throws if it is no name of a namespace
   */
  public static podsOf(namespaceName: string, podLabels?: { [label: string]: string }): NetworkPeer {
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
  /** Who; one of them is enough. */
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
