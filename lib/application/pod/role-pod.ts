import { k8s } from 'cdk8s-plus-28';
import { Guarantee } from '../../guarantees/relaxation';
import { binaryQuantity } from '../../kubernetes/quantity';
import { joinJavaOptions } from '../../spark/java-options';
import { SeccompProfile } from '../../spark/seccomp-profile';
import { SparkApplicationType } from '../../spark/spark-main';
import { SPARK_CONTAINER, SparkRole } from '../../spark/spark-role';
import { ResolvedApplication } from '../resolved-application';
import { LOG_ALLOWANCE } from './automatic-directories';
import { toManifest } from './manifest';
import { hardened } from './pod-hardening';
import { podTemplate } from './pod-template';
import { ResolvedPod } from './resolved-pod';
import { RoleDirectories, roleDirectories } from './role-directories';
import { cpuQuantity, podBase, PodTotals, podTotals, RoleResources, roleResources } from './role-resources';

/** One role's pods as they are rendered. */
export interface RolePod extends ResolvedPod {
  readonly rendered: k8s.PodTemplateSpec;
  readonly writable: RoleDirectories;
  readonly resources: RoleResources;
  readonly totals: PodTotals;
  /** The fields that driver and executor of a manifest share. */
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
  const pod = application[role];
  const { isHardened } = application.profile;
  const writable = roleDirectories(pod);
  const disk = isHardened ? k8s.Quantity.fromString(binaryQuantity(writable.disk + LOG_ALLOWANCE)) : undefined;
  const template = podTemplate(pod, writable.mounts, disk);
  const rendered = isHardened ? hardened(template, hardeningOf(application)) : template;
  const resources = roleResources({
    options: pod.options,
    nonJvm: [SparkApplicationType.PYTHON, SparkApplicationType.R].includes(application.main.type),
    inMemoryDirectories: writable.memory,
    limitCpu: isHardened,
  });
  const javaOptions = joinJavaOptions(pod.options.javaOptions ?? [], pod.javaOptions);
  return {
    ...pod,
    rendered,
    writable,
    resources,
    totals: podTotals(resources, podBase(SPARK_CONTAINER[role], rendered)),
    fields: {
      cores: resources.cores,
      coreRequest: cpuQuantity(resources.cpuRequest),
      coreLimit: resources.cpuLimit === undefined ? undefined : cpuQuantity(resources.cpuLimit),
      memory: `${resources.memory}m`,
      memoryOverhead: `${resources.memoryOverhead}m`,
      javaOptions: javaOptions === '' ? undefined : javaOptions,
      serviceAccount: pod.account.name,
      template: toManifest(rendered),
    },
  };
}

function hardeningOf({ image, profile, seccompProfile }: ResolvedApplication): Parameters<typeof hardened>[1] {
  return {
    userId: image.userId,
    seccompProfile: seccompProfile ?? SeccompProfile.RUNTIME_DEFAULT,
    readOnlyRoot: profile.guarantees(Guarantee.READ_ONLY_ROOT_FILESYSTEM),
  };
}
