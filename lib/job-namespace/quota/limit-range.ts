import { Size } from 'cdk8s';
import { Cpu, k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { cpuProblem } from '../../kubernetes/amounts';
import { recommendedLabels } from '../../kubernetes/objects';
import { parseQuantity } from '../../kubernetes/quantity';

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
 * Defaults for containers of a job namespace that set no requests or limits, and the most that one may ask for.
 *
 * Where a quota limits CPU or memory, Kubernetes refuses pods without requests or limits; defaults let them in.
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

/** From the lowest to the highest. */
const BOUNDS = ['defaultRequest', 'defaultLimit', 'max'] as const;
type Bound = (typeof BOUNDS)[number];

/** Quantities as Kubernetes writes them. */
type Quantities = { readonly [bound in Bound]?: string };

export function limitRangeProblems(limitRange: JobNamespaceLimitRange): string[] {
  const problems = BOUNDS.flatMap((bound) => {
    const cpu = limitRange.cpu?.[bound];
    const problem = cpu === undefined ? undefined : cpuProblem(`limitRange.cpu.${bound}`, cpu);
    return problem === undefined ? [] : [problem];
  });
  const resources = Object.entries(quantitiesOf(limitRange));
  if (resources.every(([, quantities]) => BOUNDS.every((bound) => quantities[bound] === undefined))) {
    problems.push('limitRange limits nothing: set at least one default or maximum, or leave it out');
  }
  return [...problems, ...resources.flatMap(([resource, quantities]) => orderProblems(resource, quantities))];
}

export function emitLimitRange(scope: Construct, namespace: string, limitRange: JobNamespaceLimitRange): void {
  const name = 'spark-limits';
  const labels = recommendedLabels({ name: 'spark-job-namespace', instance: namespace, component: 'quota' });
  const container = {
    type: 'Container',
    defaultRequest: ofBound(limitRange, 'defaultRequest'),
    default: ofBound(limitRange, 'defaultLimit'),
    max: ofBound(limitRange, 'max'),
  };
  new k8s.KubeLimitRange(scope, name, { metadata: { name, namespace, labels }, spec: { limits: [container] } });
}

function orderProblems(resource: string, quantities: Quantities): string[] {
  const given = BOUNDS.flatMap((bound) => {
    const text = quantities[bound];
    return text === undefined ? [] : [{ bound, text, value: parseQuantity(text) ?? NaN }];
  });
  return given.slice(1).flatMap((higher, index) => {
    const lower = given[index];
    if (!(lower.value > higher.value)) return [];
    return [
      `limitRange ${resource}: ${lower.bound} ${lower.text} is above ${higher.bound} ${higher.text}: lower the one or raise the other`,
    ];
  });
}

/** By the names that Kubernetes has for the resources. */
function quantitiesOf({ cpu, memory, ephemeralStorage }: JobNamespaceLimitRange): Record<string, Quantities> {
  return {
    cpu: {
      defaultRequest: cpu?.defaultRequest?.amount,
      defaultLimit: cpu?.defaultLimit?.amount,
      max: cpu?.max?.amount,
    },
    memory: sizeQuantities(memory),
    'ephemeral-storage': sizeQuantities(ephemeralStorage),
  };
}

function sizeQuantities(range?: SizeLimitRange): Quantities {
  return {
    defaultRequest: range?.defaultRequest?.asString(),
    defaultLimit: range?.defaultLimit?.asString(),
    max: range?.max?.asString(),
  };
}

function ofBound(limitRange: JobNamespaceLimitRange, bound: Bound): Record<string, k8s.Quantity> | undefined {
  const given = Object.entries(quantitiesOf(limitRange)).flatMap(([resource, quantities]) => {
    const text = withDefaults(quantities)[bound];
    return text === undefined ? [] : [[resource, k8s.Quantity.fromString(text)] as const];
  });
  return given.length === 0 ? undefined : Object.fromEntries(given);
}

/** The API server fills these in; if they were not in the manifest, every apply would take them out again. */
function withDefaults({ defaultRequest, defaultLimit, max }: Quantities): Quantities {
  const limit = defaultLimit ?? max;
  return { defaultRequest: defaultRequest ?? limit, defaultLimit: limit, max };
}
