import { Size } from 'cdk8s';
import { Cpu, k8s } from 'cdk8s-plus-28';
import { cpuProblem } from '../../kubernetes/amounts';
import { parseQuantity } from '../../kubernetes/quantity';
import { amountOf } from '../../kubernetes/pod-containers';
import { PodSizes } from './pod-options';

/** Spark's minimum of the memory overhead. */
const MINIMAL_OVERHEAD_MEBIBYTES = 384;
/** Spark refuses to run with less; its own memory manager keeps 300 MiB of the heap. */
const MINIMAL_HEAP_MEBIBYTES = 450;
/** Spark's default memory overhead as a fraction of the heap: https://spark.apache.org/docs/latest/running-on-kubernetes.html */
const OVERHEAD_FACTOR = { jvm: 0.1, nonJvm: 0.4 };
const DEFAULT_MEMORY = Size.gibibytes(1);
const MEBI = 2 ** 20;

/** What a Spark container requests. CPU in millicores, memory and storage in MiB. */
export interface RoleResources {
  readonly cores: number;
  readonly cpuRequest: number;
  readonly cpuLimit?: number;
  readonly memory: number;
  readonly memoryOverhead: number;
}

/** What a whole pod requests, including sidecars. CPU in millicores, memory and storage in MiB. */
export interface PodTotals {
  readonly cpuRequest: number;
  readonly cpuLimit: number;
  readonly memory: number;
  readonly ephemeralStorage: number;
  /** The number of volume claims that are created with the pod. */
  readonly claims: number;
  readonly claimedStorage: number;
}

export interface RoleResourcesInput {
  readonly sizes: PodSizes;
  /** Whether the program runs outside the JVM, in Python or R. */
  readonly nonJvm: boolean;
  /** The sum of the limits of directories in memory, in MiB. */
  readonly inMemoryDirectories: number;
  /** Whether CPU is limited by default. */
  readonly limitCpu: boolean;
}

export function roleResources(input: RoleResourcesInput): RoleResources {
  const { cores = 1, coreRequest, coreLimit, memory = DEFAULT_MEMORY, memoryOverhead } = input.sizes;
  const cpuRequest = coreRequest === undefined ? cores * 1000 : millicores(coreRequest);
  const cpuLimit = coreLimit === undefined ? undefined : millicores(coreLimit);
  const heap = mebibytes(memory);
  const factor = input.nonJvm ? OVERHEAD_FACTOR.nonJvm : OVERHEAD_FACTOR.jvm;
  const overhead =
    memoryOverhead === undefined
      ? Math.max(MINIMAL_OVERHEAD_MEBIBYTES, Math.floor(heap * factor))
      : mebibytes(memoryOverhead);
  return {
    cores,
    cpuRequest,
    cpuLimit: cpuLimit ?? (input.limitCpu ? Math.max(cores * 1000, cpuRequest) : undefined),
    memory: heap,
    memoryOverhead: overhead + input.inMemoryDirectories,
  };
}

export function roleResourcesProblems(
  role: string,
  { cores = 1, coreRequest, coreLimit, memory = DEFAULT_MEMORY, memoryOverhead }: PodSizes,
): string[] {
  const cpuRequest = coreRequest === undefined ? cores * 1000 : millicores(coreRequest);
  const cpuLimit = coreLimit === undefined ? undefined : millicores(coreLimit);
  const heap = mebibytes(memory);
  const below = `${role}.${coreRequest === undefined ? 'cores' : 'coreRequest'} (${cpuRequest / 1000} CPU)`;
  return [
    Number.isInteger(cores) && cores >= 1
      ? undefined
      : `${role}.cores is ${cores}; give a whole number of at least 1, and a fraction of a CPU with ${role}.coreRequest`,
    coreRequest === undefined ? undefined : cpuProblem(`${role}.coreRequest`, coreRequest),
    coreLimit === undefined ? undefined : cpuProblem(`${role}.coreLimit`, coreLimit),
    coreRequest !== undefined && cpuRequest === 0 ? `${role}.coreRequest is 0 CPU; give more than 0` : undefined,
    cpuLimit !== undefined && cpuLimit < cpuRequest
      ? `${role}.coreLimit (${cpuLimit / 1000} CPU) is below ${below}; raise the limit or lower the request`
      : undefined,
    mebibytesProblem(`${role}.memory`, memory),
    heap < MINIMAL_HEAP_MEBIBYTES
      ? `${role}.memory is ${heap} MiB; give at least ${MINIMAL_HEAP_MEBIBYTES} MiB, without which Spark ends`
      : undefined,
    memoryOverhead === undefined ? undefined : mebibytesProblem(`${role}.memoryOverhead`, memoryOverhead),
  ].filter((problem) => problem !== undefined);
}

/** A size in mebibytes: a whole number, unless `mebibytesProblem` reports it. */
export function mebibytes(size: Size): number {
  return size.toKibibytes({ rounding: 2 }) / 1024;
}

export function mebibytesProblem(what: string, size: Size): string | undefined {
  const kibibytes = size.toKibibytes({ rounding: 2 });
  if (kibibytes % 1024 === 0 && kibibytes > 0) return undefined;
  return `${what} is ${kibibytes} KiB; give a whole number of mebibytes, at least one`;
}

export function millicores(cpu: Cpu): number {
  return Math.round((parseQuantity(cpu.amount) ?? Number.NaN) * 1000);
}

export function cpuQuantity(thousandths: number): string {
  return thousandths % 1000 === 0 ? String(thousandths / 1000) : `${thousandths}m`;
}

/** How the pod's amount follows from the Spark container's: this much is added, and the result is at least `least`. */
interface Beside {
  readonly added: number;
  readonly least: number;
}

/** What a pod requests in addition to its Spark container. It depends on the template alone. */
export interface PodBase {
  readonly cpuRequest: Beside;
  readonly cpuLimit: Beside;
  readonly memory: Beside;
  readonly ephemeralStorage: number;
  readonly claims: number;
  readonly claimedStorage: number;
}

/**
 * What a pod requests in addition to its Spark container: the sum of containers and sidecars, or an init container and the
 * sidecars before it, if that is more.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
 */
export function podBase(sparkContainer: string, template: k8s.PodTemplateSpec): PodBase {
  const containers = template.spec?.containers ?? [];
  const initContainers = template.spec?.initContainers ?? [];
  const others = containers.filter((container) => container.name !== sparkContainer);
  const beside = (list: 'requests' | 'limits', resource: string): Beside => {
    let sidecars = 0;
    let least = 0;
    for (const container of initContainers) {
      const amount = quantityOf(container, list, resource);
      least = Math.max(least, sidecars + amount);
      if (container.restartPolicy === 'Always') sidecars += amount;
    }
    return { added: sum(others.map((other) => quantityOf(other, list, resource))) + sidecars, least };
  };
  const sparkDisk = sum(
    containers
      .filter((container) => container.name === sparkContainer)
      .map((container) => quantityOf(container, 'limits', 'ephemeral-storage')),
  );
  return {
    cpuRequest: beside('requests', 'cpu'),
    cpuLimit: beside('limits', 'cpu'),
    memory: beside('limits', 'memory'),
    ephemeralStorage: total(sparkDisk, beside('limits', 'ephemeral-storage')) / MEBI,
    ...claimTotals(template),
  };
}

export function podTotals(spark: RoleResources, base: PodBase): PodTotals {
  return {
    // Rounded to whole millicores, since 0.1 and 0.2 are not exact in binary.
    cpuRequest: Math.round(total(spark.cpuRequest / 1000, base.cpuRequest) * 1000),
    cpuLimit: Math.round(total((spark.cpuLimit ?? 0) / 1000, base.cpuLimit) * 1000),
    memory: total((spark.memory + spark.memoryOverhead) * MEBI, base.memory) / MEBI,
    ephemeralStorage: base.ephemeralStorage,
    claims: base.claims,
    claimedStorage: base.claimedStorage,
  };
}

function total(own: number, { added, least }: Beside): number {
  return Math.max(least, own + added);
}

function claimTotals(template: k8s.PodTemplateSpec): { readonly claims: number; readonly claimedStorage: number } {
  const claims = (template.spec?.volumes ?? []).flatMap((volume) => volume.ephemeral?.volumeClaimTemplate ?? []);
  return {
    claims: claims.length,
    claimedStorage: sum(claims.map(({ spec }) => amountOf(spec.resources?.requests?.storage) ?? 0)) / MEBI,
  };
}

function quantityOf(container: k8s.Container, list: 'requests' | 'limits', resource: string): number {
  // The API server sets the request to the limit if only the limit is set.
  const quantity = container.resources?.[list]?.[resource] ?? container.resources?.limits?.[resource];
  return amountOf(quantity) ?? 0;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
