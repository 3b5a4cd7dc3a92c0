import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { podSecurityLabels } from '../job-namespace/namespace-metadata';
import { NetworkRule } from '../job-namespace/network/network-peer';
import { DEFAULT_DNS, inOrder, renderEgress } from '../job-namespace/network/network-rules';
import { PodSecurityLevel } from '../kubernetes/pod-security-level';
import { clusterScoped } from '../kubernetes/objects';

/** A namespace of its own for a clean-up. */
export interface CleanUpNamespace {
  readonly name: string;
  readonly labels: { readonly [label: string]: string };
  /** What its pods reach, besides names. */
  readonly egress: readonly NetworkRule[];
}

/** Makes a namespace in which nobody else starts pods, and which is closed but for the store. */
export function emitCleanUpNamespace(scope: Construct, { name, labels, egress }: CleanUpNamespace): void {
  clusterScoped(
    new k8s.KubeNamespace(scope, 'namespace', {
      metadata: { name, labels: { ...labels, ...podSecurityLabels(PodSecurityLevel.RESTRICTED) } },
    }),
  );
  new k8s.KubeNetworkPolicy(scope, 'default-deny', {
    metadata: { name: 'default-deny', namespace: name, labels },
    spec: { podSelector: {}, policyTypes: ['Egress', 'Ingress'] },
  });
  new k8s.KubeNetworkPolicy(scope, 'egress', {
    metadata: { name: 'clean-up-egress', namespace: name, labels },
    spec: {
      podSelector: { matchLabels: labels },
      policyTypes: ['Egress'],
      egress: [renderEgress(DEFAULT_DNS, ['TCP', 'UDP']), ...inOrder(egress.map((rule) => renderEgress(rule)))],
    },
  });
}
