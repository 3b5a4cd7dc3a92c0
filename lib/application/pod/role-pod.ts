import { joinJavaOptions } from '../../spark/java-options';
import { SparkApplicationType } from '../../spark/spark-main';
import { SparkRole } from '../../spark/spark-role';
import { ResolvedApplication } from '../resolved-application';
import { PodFrame, podFrame } from './pod-frame';
import { cpuQuantity, PodTotals, podTotals, RoleResources, roleResources } from './role-resources';

export interface RolePod {
  readonly role: SparkRole;
  readonly frame: PodFrame;
  readonly resources: RoleResources;
  readonly totals: PodTotals;
  /** The fields that `spec.driver` and `spec.executor` have in common. */
  readonly fields: {
    readonly cores: number;
    readonly coreRequest: string;
    readonly coreLimit?: string;
    readonly memory: string;
    readonly memoryOverhead: string;
    readonly javaOptions?: string;
    readonly serviceAccount: string;
    readonly template: unknown;
  };
}

export function rolePod(application: ResolvedApplication, role: SparkRole): RolePod {
  const { jobNamespace, main, profile } = application;
  const pod = application[role];
  const frame = podFrame(jobNamespace, pod.frame);
  const resources = roleResources({
    sizes: pod.sizes,
    nonJvm: [SparkApplicationType.PYTHON, SparkApplicationType.R].includes(main.type),
    inMemoryDirectories: frame.writable.memory,
    limitCpu: profile.isHardened,
  });
  const javaOptions = joinJavaOptions(pod.sizes.javaOptions ?? [], pod.ownJavaOptions);
  return {
    role,
    frame,
    resources,
    totals: podTotals(resources, frame.base),
    fields: {
      cores: resources.cores,
      coreRequest: cpuQuantity(resources.cpuRequest),
      coreLimit: resources.cpuLimit === undefined ? undefined : cpuQuantity(resources.cpuLimit),
      memory: `${resources.memory}m`,
      memoryOverhead: `${resources.memoryOverhead}m`,
      javaOptions: javaOptions === '' ? undefined : javaOptions,
      serviceAccount: pod.account.name,
      template: frame.manifest,
    },
  };
}
