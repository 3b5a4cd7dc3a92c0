import { Size } from 'cdk8s';
import { Cpu, k8s } from 'cdk8s-plus-28';
import { parseQuantity } from '../private/quantity';
import { PodOptions } from './pod-options';

/** The least memory beside the heap, as Spark has it. */
const MINIMAL_OVERHEAD_MEBIBYTES = 384;
/** Memory beside the heap as a part of the heap: https://spark.apache.org/docs/latest/running-on-kubernetes.html */
const OVERHEAD_FACTOR = { jvm: 0.1, nonJvm: 0.4 };
const MEBI = 2 ** 20;

/** What one Spark container asks for. CPU in thousandths, memory and storage in MiB. */
export interface RoleResources {
  readonly cores: number;
  readonly cpuRequest: number;
  readonly cpuLimit?: number;
  readonly memory: number;
  readonly memoryOverhead: number;
}

/** What a whole pod asks for, sidecars included. CPU in thousandths, memory and storage in MiB. */
export interface PodTotals {
  readonly cpuRequest: number;
  readonly cpuLimit: number;
  readonly memory: number;
  readonly ephemeralStorage: number;
}

export interface RoleResourcesInput {
  readonly role: string;
  readonly options: PodOptions;
  /** Whether the job runs beside the JVM, in Python or R. */
  readonly nonJvm: boolean;
  /** Limits of the directories in memory, in MiB. */
  readonly inMemoryDirectories: number;
  /** Whether CPU is limited where nothing is said. */
  readonly limitCpu: boolean;
}

/** What a role's Spark container asks for; what is wrong with it goes to `problems`. */
export function roleResources(input: RoleResourcesInput, problems: string[]): RoleResources {
  const { role, options } = input;
  const cores = options.cores ?? 1;
  if (!Number.isInteger(cores) || cores < 1) {
    problems.push(
      `${role}.cores is ${cores}; give a whole number of at least 1, and a fraction of a CPU with ${role}.coreRequest`,
    );
  }
  const cpuRequest = options.coreRequest === undefined ? cores * 1000 : millicores(options.coreRequest);
  const cpuLimit = options.coreLimit === undefined ? undefined : millicores(options.coreLimit);
  if (!(cpuRequest > 0)) problems.push(`${role}.coreRequest is ${cpuRequest / 1000} CPU; give more than 0`);
  if (cpuLimit !== undefined && cpuLimit < cpuRequest) {
    problems.push(
      `${role}.coreLimit (${cpuLimit / 1000} CPU) is below ${options.coreRequest === undefined ? `${role}.cores` : `${role}.coreRequest`} (${cpuRequest / 1000} CPU); raise the limit or lower the request`,
    );
  }
  const memory = mebibytes(`${role}.memory`, options.memory ?? Size.gibibytes(1), problems);
  const factor = input.nonJvm ? OVERHEAD_FACTOR.nonJvm : OVERHEAD_FACTOR.jvm;
  const overhead =
    options.memoryOverhead === undefined
      ? Math.max(MINIMAL_OVERHEAD_MEBIBYTES, Math.floor(memory * factor))
      : mebibytes(`${role}.memoryOverhead`, options.memoryOverhead, problems);
  return {
    cores,
    cpuRequest,
    cpuLimit: cpuLimit ?? (input.limitCpu ? Math.max(cores * 1000, cpuRequest) : undefined),
    memory,
    memoryOverhead: overhead + input.inMemoryDirectories,
  };
}

/** The whole mebibytes of a size. */
export function mebibytes(what: string, size: Size, problems: string[]): number {
  const kibibytes = size.toKibibytes({ rounding: 2 });
  if (kibibytes % 1024 !== 0 || kibibytes <= 0) {
    problems.push(`${what} is ${kibibytes} KiB; give a whole number of mebibytes, at least one`);
  }
  return kibibytes / 1024;
}

export function millicores(cpu: Cpu): number {
  return Math.round((parseQuantity(cpu.amount) ?? Number.NaN) * 1000);
}

export function cpuQuantity(thousandths: number): string {
  return thousandths % 1000 === 0 ? String(thousandths / 1000) : `${thousandths}m`;
}

/** What a pod asks for: containers and sidecars together, or an init container where that is more. */
export function podTotals(spark: RoleResources, sparkContainer: string, template: k8s.PodTemplateSpec): PodTotals {
  const containers = template.spec?.containers ?? [];
  const initContainers = template.spec?.initContainers ?? [];
  const others = containers.filter((container) => container.name !== sparkContainer);
  const sidecars = initContainers.filter((container) => container.restartPolicy === 'Always');
  const inits = initContainers.filter((container) => container.restartPolicy !== 'Always');
  const total = (list: 'requests' | 'limits', resource: string, own: number): number => {
    const amount = (container: k8s.Container): number => quantityOf(container, list, resource);
    const running = own + sum([...others, ...sidecars].map(amount));
    return Math.max(running, ...inits.map((init) => amount(init) + sum(sidecars.map(amount))));
  };
  const sparkDisk = sum(
    containers
      .filter((container) => container.name === sparkContainer)
      .map((container) => quantityOf(container, 'limits', 'ephemeral-storage')),
  );
  return {
    cpuRequest: total('requests', 'cpu', spark.cpuRequest / 1000) * 1000,
    cpuLimit: total('limits', 'cpu', (spark.cpuLimit ?? 0) / 1000) * 1000,
    memory: total('limits', 'memory', (spark.memory + spark.memoryOverhead) * MEBI) / MEBI,
    ephemeralStorage: total('limits', 'ephemeral-storage', sparkDisk) / MEBI,
  };
}

function quantityOf(container: k8s.Container, list: 'requests' | 'limits', resource: string): number {
  // The API server takes a limit for the request where only the limit is given.
  const quantity = container.resources?.[list]?.[resource] ?? container.resources?.limits?.[resource];
  return quantity === undefined ? 0 : (parseQuantity(quantity.value as string | number) ?? 0);
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
