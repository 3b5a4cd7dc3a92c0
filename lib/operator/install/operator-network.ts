import { k8s } from 'cdk8s-plus-28';
import {
  DEFAULT_API_SERVER,
  DEFAULT_DNS,
  NetworkPeer,
  NetworkRule,
  renderEgress,
  renderIngress,
  repositoryEgress,
} from '../../job-namespace/network/network-peer';

/** What the pods of controller or webhook may reach, and who may reach them. */
export interface ComponentTraffic {
  readonly podLabels: Record<string, string>;
  readonly dns?: NetworkRule;
  readonly apiServer?: NetworkRule;
  readonly metricsPort?: number;
  /** Reached by the API server, whose address a policy cannot name. */
  readonly webhookPort?: number;
  readonly packageRepositories: readonly string[];
}

export function renderNetworkPolicy(traffic: ComponentTraffic): k8s.NetworkPolicySpec {
  const { podLabels, dns = DEFAULT_DNS, apiServer = DEFAULT_API_SERVER, metricsPort, webhookPort } = traffic;
  return {
    podSelector: { matchLabels: podLabels },
    policyTypes: ['Egress', 'Ingress'],
    ingress: [
      ...(webhookPort === undefined ? [] : [renderIngress(toPort(webhookPort))]),
      ...(metricsPort === undefined
        ? []
        : [{ ...renderIngress(toPort(metricsPort)), from: [{ namespaceSelector: {} }] }]),
    ],
    egress: [
      renderEgress(dns, ['TCP', 'UDP']),
      renderEgress(apiServer),
      ...repositoryEgress(traffic.packageRepositories),
    ],
  };
}

function toPort(port: number): NetworkRule {
  return { peers: [NetworkPeer.anywhere()], ports: [port] };
}
