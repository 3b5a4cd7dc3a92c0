import { JobNamespaceQuota } from '../../job-namespace/quota/resource-quota';
import { millicores, PodTotals } from './role-resources';

/** What an application requests at its maximum: one driver and all executors. CPU in millicores, sizes in MiB. */
export interface ApplicationTotals extends PodTotals {
  readonly pods: number;
}

export interface RoleTotals {
  readonly pod: PodTotals;
  /** The size of the claim that Spark creates for each pod, if it does. */
  readonly claimedOnDemand?: number;
  readonly count: number;
}

export function applicationTotals(roles: readonly RoleTotals[]): ApplicationTotals {
  const sum = (amount: (role: RoleTotals) => number): number =>
    roles.reduce((total, role) => total + role.count * amount(role), 0);
  return {
    pods: sum(() => 1),
    cpuRequest: sum(({ pod }) => pod.cpuRequest),
    cpuLimit: sum(({ pod }) => pod.cpuLimit),
    memory: sum(({ pod }) => pod.memory),
    ephemeralStorage: sum(({ pod }) => pod.ephemeralStorage),
    claims: sum(({ pod, claimedOnDemand }) => pod.claims + (claimedOnDemand === undefined ? 0 : 1)),
    claimedStorage: sum(({ pod, claimedOnDemand }) => pod.claimedStorage + (claimedOnDemand ?? 0)),
  };
}

/** Where a single application exceeds the quota of its namespace. */
export function quotaProblems(
  namespace: string,
  quota: JobNamespaceQuota | undefined,
  totals: ApplicationTotals,
  executors: number,
): string[] {
  if (quota === undefined) return [];
  const cpu = quota.cpu === undefined ? undefined : millicores(quota.cpu) / 1000;
  const mebibytes = (size: JobNamespaceQuota['memory']): number | undefined => size?.toMebibytes({ rounding: 2 });
  const rows: [string, number, number | undefined, string][] = [
    ['requests.cpu', totals.cpuRequest / 1000, cpu, 'CPU'],
    ['limits.cpu', totals.cpuLimit / 1000, cpu, 'CPU'],
    ['memory', totals.memory, mebibytes(quota.memory), 'MiB'],
    ['ephemeral-storage', totals.ephemeralStorage, mebibytes(quota.ephemeralStorage), 'MiB'],
    ['pods', totals.pods, quota.pods, 'pods'],
    ['persistentvolumeclaims', totals.claims, quota.persistentVolumeClaims, 'claims'],
    ['requests.storage', totals.claimedStorage, mebibytes(quota.storage), 'MiB'],
  ];
  return rows.flatMap(([resource, needed, most, unit]) =>
    most === undefined || !(needed > most)
      ? []
      : [
          `driver and ${executors} ${executors === 1 ? 'executor' : 'executors'} need ${needed} ${unit} of ${resource}, but the quota of namespace ` +
            `"${namespace}" is ${most} ${unit}; lower the job's or raise the quota`,
        ],
  );
}
