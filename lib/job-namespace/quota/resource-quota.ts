import { Size } from 'cdk8s';
import { Cpu, k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { countProblem, cpuProblem } from '../../kubernetes/amounts';
import { recommendedLabels } from '../../kubernetes/objects';

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

/**
 * No services that are open to the outside of the cluster: anyone who may create a service could otherwise open ports of the
 * nodes or order a load balancer.
 */
const NO_OUTSIDE_SERVICES = { 'services.nodeports': 0, 'services.loadbalancers': 0 };

/** Resources that a quota may count by their bare names: https://kubernetes.io/docs/concepts/policy/resource-quotas/ */
const COUNTED_BY_NAME = ['configmaps', 'replicationcontrollers', 'resourcequotas', 'secrets', 'services'];
const QUALIFIED_NAME = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?\/[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

type Hard = Record<string, k8s.Quantity>;

export function quotaProblems(quota: JobNamespaceQuota): string[] {
  const { cpu, pods, persistentVolumeClaims, objectCounts = {} } = quota;
  const problems = [
    cpu === undefined ? undefined : cpuProblem('quota.cpu', cpu),
    pods === undefined ? undefined : countProblem('quota.pods', pods),
    persistentVolumeClaims === undefined
      ? undefined
      : countProblem('quota.persistentVolumeClaims', persistentVolumeClaims),
    Object.keys(hardLimits(quota)).length === 0
      ? 'quota limits nothing: set at least one limit, or leave it out'
      : undefined,
  ];
  for (const [resource, count] of Object.entries(objectCounts)) {
    problems.push(resourceProblem(resource), countProblem(`quota.objectCounts "${resource}"`, count));
  }
  return problems.filter((problem) => problem !== undefined);
}

function resourceProblem(resource: string): string | undefined {
  const what = `quota.objectCounts "${resource}"`;
  if (Object.hasOwn(NO_OUTSIDE_SERVICES, resource)) {
    return `${what} is always 0 in a job namespace: publish what runs here through an ingress`;
  }
  if (resource === 'pods' || resource === 'persistentvolumeclaims') {
    return `${what} has a property of its own: use quota.${resource === 'pods' ? 'pods' : 'persistentVolumeClaims'}`;
  }
  if (COUNTED_BY_NAME.includes(resource) || QUALIFIED_NAME.test(resource)) return undefined;
  return `${what} is nothing that a quota can count: expected ${COUNTED_BY_NAME.join(', ')}, or count/<resource>.<group>`;
}

/** Emits the quota that was asked for, and one against services that reach out of the cluster unless they may be others'. */
export function emitQuotas(
  scope: Construct,
  namespace: string,
  options: { readonly quota?: JobNamespaceQuota; readonly sparkPodsOnly: boolean },
): void {
  const { quota, sparkPodsOnly } = options;
  const emit = (name: string, hard: Hard): void => {
    const labels = recommendedLabels({ name: 'spark-job-namespace', instance: namespace, component: 'quota' });
    new k8s.KubeResourceQuota(scope, name, { metadata: { name, namespace, labels }, spec: { hard } });
  };
  if (!sparkPodsOnly) emit('spark-services', counts(NO_OUTSIDE_SERVICES));
  if (quota !== undefined) emit('spark-quota', hardLimits(quota));
}

function hardLimits(quota: JobNamespaceQuota): Hard {
  const { cpu, memory, ephemeralStorage, pods, persistentVolumeClaims, storage, objectCounts = {} } = quota;
  return {
    ...requestsAndLimits('cpu', cpu && k8s.Quantity.fromString(cpu.amount)),
    ...requestsAndLimits('memory', memory && k8s.Quantity.fromString(memory.asString())),
    ...requestsAndLimits('ephemeral-storage', ephemeralStorage && k8s.Quantity.fromString(ephemeralStorage.asString())),
    ...(pods === undefined ? {} : counts({ pods })),
    ...(persistentVolumeClaims === undefined ? {} : counts({ persistentvolumeclaims: persistentVolumeClaims })),
    ...(storage === undefined ? {} : { 'requests.storage': k8s.Quantity.fromString(storage.asString()) }),
    ...counts(objectCounts),
  };
}

function requestsAndLimits(resource: string, quantity?: k8s.Quantity): Hard {
  return quantity === undefined ? {} : { [`requests.${resource}`]: quantity, [`limits.${resource}`]: quantity };
}

/** As text, which is how the API server keeps them: a number would be a change at every apply. */
function counts(objects: { readonly [resource: string]: number }): Hard {
  return Object.fromEntries(
    Object.entries(objects).map(([resource, count]) => [resource, k8s.Quantity.fromString(String(count))]),
  );
}
