import { Guarantee } from '../../guarantees/relaxation';
import { tenancyOf } from '../../job-namespace/tenancy';
import { pinProblem } from '../../kubernetes/image-reference';
import { containersOf } from '../../kubernetes/pod-containers';
import { podSecurityProblems } from '../../kubernetes/pod-security';
import { PodSecurityLevel } from '../../kubernetes/pod-security-level';
import { javaOptionProblems } from '../../spark/java-options';
import { plainSecretsOfJavaOptions } from '../../spark/plain-secrets';
import { SPARK_CONTAINER, SparkRole } from '../../spark/spark-role';
import { ResolvedApplication } from '../resolved-application';
import { maximumProblems } from './limit-range-checks';
import { givenFieldProblems } from './given-fields';
import {
  apiTokenProblems,
  containerNameProblems,
  forwardReferenceProblems,
  limitProblems,
  mountProblems,
  plainSecretProblems,
  requestProblems,
} from './pod-checks';
import { reservedMountProblems } from './reserved-mounts';
import { directoryProblems } from './role-directories';
import { RolePod } from './role-pod';
import { roleResourcesProblems } from './role-resources';
import { templateProblems } from './template-problems';

/** What is wrong with one role's pods. */
export function podProblems(application: ResolvedApplication, pod: RolePod): string[] {
  const { role, options, rendered } = pod;
  return [
    ...roleResourcesProblems(role, options),
    ...directoryProblems(pod),
    ...templateProblems(pod),
    ...givenFieldProblems(role, options),
    ...containerNameProblems(role, rendered),
    ...mountProblems(role, rendered),
    ...reservedMountProblems(role, rendered),
    ...requestProblems(role, rendered),
    ...forwardReferenceProblems(role, rendered),
    ...guaranteeProblems(application, pod),
    ...maximumProblems(role, rendered, pod.resources, application.jobNamespace.limitRange ?? {}),
    ...cpuLimitProblems(application, pod),
    ...javaSecretProblems(application, pod),
    ...javaOptionProblems(role, options.javaOptions ?? [], pod.javaOptions),
  ];
}

/** Where the pods miss what the application's kind guarantees, and what its namespace demands of every pod. */
function guaranteeProblems(application: ResolvedApplication, pod: RolePod): string[] {
  const { profile } = application;
  const { notSecret } = tenancyOf(application.jobNamespace);
  const { role, rendered } = pod;
  const isExecutor = role === SparkRole.EXECUTOR;
  return [
    ...podSecurityLevelProblems(application, pod),
    ...(profile.guarantees(Guarantee.READ_ONLY_ROOT_FILESYSTEM) ? writableRootProblems(pod) : []),
    ...quotaLimitProblems(application, pod),
    ...(isExecutor && profile.guarantees(Guarantee.NO_EXECUTOR_API_TOKEN) ? apiTokenProblems(role, rendered) : []),
    ...(profile.guarantees(Guarantee.NO_PLAIN_SECRETS) ? plainSecretProblems(role, rendered, notSecret) : []),
    ...(profile.guarantees(Guarantee.PINNED_IMAGES) ? imageProblems(pod) : []),
  ];
}

function podSecurityLevelProblems(
  { profile, jobNamespace }: ResolvedApplication,
  { role, rendered }: RolePod,
): string[] {
  const level = profile.isHardened ? PodSecurityLevel.RESTRICTED : jobNamespace.podSecurity;
  const faults = podSecurityProblems(rendered, level);
  if (faults.length === 0) return [];
  const remedy = profile.isHardened
    ? 'a secure application refuses it: leave it out'
    : `Pod Security "${level}" of namespace "${jobNamespace.name}" refuses it: ` +
      `use SecureSparkApplication, or say it in ${role}.template`;
  return [`${role}: ${faults.join(', ')}; ${remedy}`];
}

function writableRootProblems({ role, rendered }: RolePod): string[] {
  return containersOf(rendered)
    .filter((container) => container.securityContext?.readOnlyRootFilesystem !== true)
    .map(
      ({ name }) =>
        `${role}: container "${name}" has a writable root file system; use writableDirectories, or relax ` +
        'Guarantee.READ_ONLY_ROOT_FILESYSTEM where the namespace allows it',
    );
}

/** What a quota of the namespace demands of every container; a secure application always does so for CPU and memory. */
function quotaLimitProblems({ profile, jobNamespace }: ResolvedApplication, { role, rendered }: RolePod): string[] {
  const { quota } = jobNamespace;
  const needed = [
    ...(profile.isHardened || quota?.cpu !== undefined ? ['cpu'] : []),
    ...(profile.isHardened || quota?.memory !== undefined ? ['memory'] : []),
    ...(quota?.ephemeralStorage !== undefined ? ['ephemeral-storage'] : []),
  ];
  return limitProblems(role, rendered, needed);
}

function imageProblems({ role, rendered }: RolePod): string[] {
  return containersOf(rendered).flatMap(({ name, image }) => {
    if (name === SPARK_CONTAINER[role]) return [];
    const problem = image === undefined ? 'no image is given' : pinProblem(image);
    return problem === undefined ? [] : [`${role}: container "${name}": ${problem}`];
  });
}

/** A secure application limits its CPU in any case. */
function cpuLimitProblems({ profile, jobNamespace }: ResolvedApplication, { role, options }: RolePod): string[] {
  const { name, quota } = jobNamespace;
  if (profile.isHardened || quota?.cpu === undefined || options.coreLimit !== undefined) return [];
  return [
    `${role}.coreLimit is not given, but the quota of namespace "${name}" limits CPU and admits no pod without; set it`,
  ];
}

function javaSecretProblems({ profile, jobNamespace }: ResolvedApplication, { role, options }: RolePod): string[] {
  if (!profile.guarantees(Guarantee.NO_PLAIN_SECRETS)) return [];
  const { notSecret } = tenancyOf(jobNamespace);
  return (options.javaOptions ?? []).flatMap((option, index) =>
    plainSecretsOfJavaOptions([option], notSecret).map(
      ({ name, fault, remedy }) => `${role}.javaOptions[${index}]: "${name}" ${fault}; ${remedy}`,
    ),
  );
}
