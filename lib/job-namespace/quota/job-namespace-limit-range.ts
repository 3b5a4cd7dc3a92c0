import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';

/** CPU of one container. */
export interface CpuLimitRange {
  /** The request of a container that has none. @default - the limit */
  readonly defaultRequest?: Cpu;
  /** The limit of a container that has none. @default - the maximum */
  readonly defaultLimit?: Cpu;
  /** The highest limit that a container may have. @default - not limited */
  readonly max?: Cpu;
}

/** Memory or disk of one container. */
export interface SizeLimitRange {
  /** The request of a container that has none. @default - the limit */
  readonly defaultRequest?: Size;
  /** The limit of a container that has none. @default - the maximum */
  readonly defaultLimit?: Size;
  /** The highest limit that a container may have. @default - not limited */
  readonly max?: Size;
}

/**
 * What a container of a job namespace gets if it says nothing, and the most that it may ask for.
 *
 * Where a quota limits CPU or memory, Kubernetes refuses pods that say nothing; defaults let them in.
 *
 * @see https://kubernetes.io/docs/concepts/policy/limit-range/
 */
export interface JobNamespaceLimitRange {
  /** CPU. @default - no defaults and no maximum */
  readonly cpu?: CpuLimitRange;
  /** Memory. @default - no defaults and no maximum */
  readonly memory?: SizeLimitRange;
  /** Local disk of the nodes. @default - no defaults and no maximum */
  readonly ephemeralStorage?: SizeLimitRange;
}
