import { k8s } from 'cdk8s-plus-28';
import { podBase, podTotals } from '../application/pod/role-resources';
import { parseQuantity } from '../kubernetes/quantity';
import { fieldOf, listOf, textOf } from '../manifests/manifest-fields';
import { Manifest } from '../manifests/manifest-source';
import { describeSubject } from '../access/rbac/rbac-subjects';
import { driverRole, isApplication, nameOf, namespaceOf, specOf } from '../manifests/manifest-names';
import { ReportApplication } from './report-data';
import { byText } from './words';

/** What an application takes at full scale, by the names that quotas have for it; sizes in bytes. */
export interface ApplicationUsage {
  readonly [resource: string]: number;
}

/** The applications of all three kinds, by namespace and name. */
export function applicationsOf(manifests: readonly Manifest[]): ReportApplication[] {
  return manifests
    .filter(isApplication)
    .map((manifest) => {
      const namespace = namespaceOf(manifest);
      const spec = specOf(manifest);
      // A pod without an account runs as "default"; executors without one run as their driver.
      const driver = accountOf(spec, driverRole(manifest)) ?? 'default';
      const account = (name: string): string => describeSubject({ kind: 'ServiceAccount', name, namespace });
      return {
        kind: String(manifest.kind),
        name: nameOf(manifest),
        namespace,
        driver: account(driver),
        executor: account(accountOf(spec, 'executor') ?? driver),
        executors: executorsOf(spec),
      };
    })
    .sort((a, b) => byText(`${a.namespace}/${a.name}/${a.kind}`, `${b.namespace}/${b.name}/${b.kind}`));
}

/** One driver and all executors, with memory overhead and sidecars. */
export function usageOf(manifest: Manifest): ApplicationUsage {
  const spec = specOf(manifest);
  const driver = roleUsage(spec, driverRole(manifest));
  const executor = roleUsage(spec, 'executor');
  const executors = executorsOf(spec);
  return Object.fromEntries(
    Object.keys(driver).map((resource) => [resource, driver[resource] + executors * executor[resource]]),
  );
}

function executorsOf(spec: unknown): number {
  const most = fieldOf(spec, 'dynamicAllocation', 'enabled') === true;
  const instances = most ? fieldOf(spec, 'dynamicAllocation', 'maxExecutors') : fieldOf(spec, 'executor', 'instances');
  return typeof instances === 'number' ? instances : 1;
}

function accountOf(spec: unknown, role: string): string | undefined {
  return (
    textOf(spec, role, 'serviceAccount') ??
    textOf(spec, role, 'template', 'spec', 'serviceAccountName') ??
    textOf(spec, role, 'template', 'spec', 'serviceAccount')
  );
}

function roleUsage(spec: unknown, role: string): ApplicationUsage {
  const options = fieldOf(spec, role);
  const cores = fieldOf(options, 'cores');
  const cpu = 1000 * (quantityOf(fieldOf(options, 'coreRequest')) ?? (typeof cores === 'number' ? cores : 1));
  const cpuLimit = quantityOf(fieldOf(options, 'coreLimit'));
  const memory = mebibytes(textOf(options, 'memory')) ?? 1024;
  const resources = {
    cores: 1,
    cpuRequest: cpu,
    cpuLimit: cpuLimit === undefined ? undefined : 1000 * cpuLimit,
    memory,
    memoryOverhead: mebibytes(textOf(options, 'memoryOverhead')) ?? overheadOf(spec, memory),
  };
  const container = role === 'executor' ? 'spark-kubernetes-executor' : 'spark-kubernetes-driver';
  const containers = (list: string): k8s.Container[] => listOf(options, 'template', 'spec', list).map(containerOf);
  const template = { spec: { containers: containers('containers'), initContainers: containers('initContainers') } };
  const pod = podTotals(resources, podBase(container, template));
  return {
    pods: 1,
    'requests.cpu': pod.cpuRequest / 1000,
    'limits.cpu': pod.cpuLimit / 1000,
    'requests.memory': pod.memory * 2 ** 20,
    'limits.memory': pod.memory * 2 ** 20,
    'requests.ephemeral-storage': pod.ephemeralStorage * 2 ** 20,
    'limits.ephemeral-storage': pod.ephemeralStorage * 2 ** 20,
  };
}

/** What counts of a container. */
function containerOf(container: unknown): k8s.Container {
  const amounts = (list: string): Record<string, k8s.Quantity> =>
    Object.fromEntries(
      Object.entries(fieldOf(container, 'resources', list) ?? {}).map(([resource, amount]) => [
        resource,
        k8s.Quantity.fromString(String(amount)),
      ]),
    );
  return {
    name: textOf(container, 'name') ?? '',
    restartPolicy: textOf(container, 'restartPolicy'),
    resources: { requests: amounts('requests'), limits: amounts('limits') },
  };
}

/** https://spark.apache.org/docs/latest/running-on-kubernetes.html, spark.kubernetes.memoryOverheadFactor */
function overheadOf(spec: unknown, memory: number): number {
  const given = Number(fieldOf(spec, 'memoryOverheadFactor'));
  const isNonJvm = ['Python', 'R'].includes(textOf(spec, 'type') ?? '');
  const factor = given > 0 ? given : isNonJvm ? 0.4 : 0.1;
  return Math.max(384, Math.floor(memory * factor));
}

/** A size as Spark writes it; without a unit it counts mebibytes. */
function mebibytes(size: string | undefined): number | undefined {
  const units: Record<string, number> = { k: 2 ** -10, m: 1, g: 2 ** 10, t: 2 ** 20 };
  const [, amount, unit] = /^(\d+)([kmgt]?)i?b?$/i.exec(size?.trim() ?? '') ?? [];
  return amount === undefined ? undefined : Number(amount) * units[unit === '' ? 'm' : unit.toLowerCase()];
}

function quantityOf(value: unknown): number | undefined {
  return typeof value === 'string' || typeof value === 'number' ? parseQuantity(value) : undefined;
}
