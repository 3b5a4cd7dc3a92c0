import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';

/**
 * The most that all pods and objects of a job namespace may take together.
 *
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
export interface JobNamespaceQuota {
  /**
   * CPU, of requests and of limits.
   *
   * @default - not limited
   */
  readonly cpu?: Cpu;

  /**
   * Memory, of requests and of limits.
   *
   * @default - not limited
   */
  readonly memory?: Size;

  /**
   * Local disk of the nodes, of requests and of limits.
   *
   * @default - not limited
   */
  readonly ephemeralStorage?: Size;

  /**
   * Number of pods that have not ended.
   *
   * @default - not limited
   */
  readonly pods?: number;

  /**
   * Number of volume claims.
   *
   * @default - not limited
   */
  readonly persistentVolumeClaims?: number;

  /**
   * Storage that all volume claims request together.
   *
   * @default - not limited
   */
  readonly storage?: Size;

  /**
   * Number of further objects by resource name, for example `{ configmaps: 200, 'count/sparkapplications.sparkoperator.k8s.io': 50 }`.
   *
   * @default - not limited
   */
  readonly objectCounts?: { readonly [resource: string]: number };
}
