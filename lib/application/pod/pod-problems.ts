import { Guarantee } from '../../guarantees/relaxation';
import { tenancyOf } from '../../job-namespace/tenancy';
import { javaOptionProblems } from '../../spark/java-options';
import { plainSecretsOfJavaOptions } from '../../spark/plain-secrets';
import { SparkRole } from '../../spark/spark-role';
import { ResolvedApplication } from '../resolved-application';
import { maximumProblems } from './limit-range-checks';
import { RolePod } from './role-pod';
import { roleResourcesProblems } from './role-resources';

export function podProblems(application: ResolvedApplication, { role, frame, resources }: RolePod): string[] {
  const { sizes, ownJavaOptions } = application[role];
  const { javaOptions = [] } = sizes;
  return [
    ...roleResourcesProblems(role, sizes),
    ...frame.problems,
    ...maximumProblems(role, frame.template, resources, application.jobNamespace.limitRange ?? {}),
    ...cpuLimitProblems(application, role),
    ...javaSecretProblems(application, role),
    ...javaOptionProblems(role, javaOptions, ownJavaOptions),
  ];
}

/** A secure application always limits its CPU. */
function cpuLimitProblems(application: ResolvedApplication, role: SparkRole): string[] {
  const { name, quota } = application.jobNamespace;
  if (application.profile.isHardened || quota?.cpu === undefined || application[role].sizes.coreLimit !== undefined)
    return [];
  return [
    `${role}.coreLimit is not given, but the quota of namespace "${name}" limits CPU and admits no pod without; set it`,
  ];
}

function javaSecretProblems(application: ResolvedApplication, role: SparkRole): string[] {
  if (!application.profile.guarantees.includes(Guarantee.NO_PLAIN_SECRETS)) return [];
  const { notSecret } = tenancyOf(application.jobNamespace);
  return (application[role].sizes.javaOptions ?? []).flatMap((option, index) =>
    plainSecretsOfJavaOptions([option], notSecret).map(
      ({ name, fault, remedy }) => `${role}.javaOptions[${index}]: "${name}" ${fault}; ${remedy}`,
    ),
  );
}
