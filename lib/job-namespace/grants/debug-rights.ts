import { Relaxation, Guarantee } from '../../guarantees/relaxation';
import { Right } from '../identities/rights';

/**
 * What a shell in a pod and a forwarded port take, read from an audit log while kubectl ran.
 *
 * kubectl from 1.31 on and the clients for Python and browsers open both as a websocket, which is a `get`; older ones by
 * `create`. From Kubernetes 1.35 on a websocket takes both.
 *
 * @see https://github.com/kubernetes/kubernetes/pull/134577
 */
export const DEBUG_RIGHTS: readonly Right[] = [
  {
    apiGroups: [''],
    resources: ['pods'],
    verbs: ['get'],
    reason: 'kubectl exec and port-forward ask for the pod first',
  },
  { apiGroups: [''], resources: ['pods/exec'], verbs: ['create', 'get'], reason: 'a shell, and kubectl cp' },
  {
    apiGroups: [''],
    resources: ['pods/portforward'],
    verbs: ['create', 'get'],
    reason: "Spark's UI, and a Java debugger",
  },
];

/** What finding the pods of a namespace takes. */
export const FIND_RIGHTS: readonly Right[] = [
  { apiGroups: [''], resources: ['pods'], verbs: ['list'], reason: 'finds executors, whose names nobody knows before' },
];

/** Why debug cannot be granted in a namespace. */
export function debugProblems(namespace: string, allowed: readonly Relaxation[]): string[] {
  return allowed.some(({ guarantee }) => guarantee === Guarantee.NO_DEBUG_RIGHTS)
    ? []
    : [
        `namespace "${namespace}" does not allow debug rights: ` +
          "add Relaxation.of(Guarantee.NO_DEBUG_RIGHTS, reason) to the namespace's allow, with its reason, or grant view",
      ];
}
