import { k8s } from 'cdk8s-plus-28';
import { JobNamespaceLimitRange } from '../../job-namespace/quota/limit-range';
import { parseQuantity } from '../../kubernetes/quantity';
import { amountOf, containersOf } from '../../kubernetes/pod-containers';
import { RoleResources } from './role-resources';
import { SPARK_CONTAINER, SparkRole } from '../../spark/spark-role';

const MEBI = 2 ** 20;

/** Containers above the maximum of the namespace's LimitRange: the API server would refuse their pods. */
export function maximumProblems(
  role: SparkRole,
  template: k8s.PodTemplateSpec,
  spark: RoleResources,
  { cpu, memory, ephemeralStorage }: JobNamespaceLimitRange,
): string[] {
  const maxima: [string, number | undefined][] = [
    ['cpu', cpu?.max === undefined ? undefined : parseQuantity(cpu.max.amount)],
    ['memory', memory?.max === undefined ? undefined : memory.max.toKibibytes() * 1024],
    ['ephemeral-storage', ephemeralStorage?.max === undefined ? undefined : ephemeralStorage.max.toKibibytes() * 1024],
  ];
  const own: Record<string, number | undefined> = {
    cpu: spark.cpuLimit === undefined ? undefined : spark.cpuLimit / 1000,
    memory: (spark.memory + spark.memoryOverhead) * MEBI,
  };
  const containers = containersOf(template);
  return containers.flatMap((container) =>
    maxima.flatMap(([resource, most]) => {
      const isTold = container.name === SPARK_CONTAINER[role] && resource in own;
      const limit = isTold ? own[resource] : amountOf(container.resources?.limits?.[resource]);
      if (most === undefined || limit === undefined || limit <= most) return [];
      const shown = (amount: number): string => (resource === 'cpu' ? `${amount} CPU` : `${amount / MEBI} MiB`);
      return [
        `${role}: container "${container.name}" has a limit of ${shown(limit)} of ${resource}, ` +
          `above the ${shown(most)} that the limit range of the namespace allows; lower it or raise the maximum`,
      ];
    }),
  );
}
