import { k8s } from 'cdk8s-plus-28';
import { Guarantee } from '../../guarantees/relaxation';
import { pinProblem } from '../../kubernetes/image-reference';
import { containersOf } from '../../kubernetes/pod-containers';
import { podSecurityProblems } from '../../kubernetes/pod-security';
import { PodSecurityLevel } from '../../kubernetes/pod-security-level';
import { SPARK_CONTAINER, SparkRole } from '../../spark/spark-role';
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
import { FrameInput } from './resolved-pod';
import { templateProblems } from './template-problems';

/** What is wrong with the template of one role's pods. */
export function frameProblems(input: FrameInput, template: k8s.PodTemplateSpec): string[] {
  const { role, options, namespace } = input;
  return [
    ...templateProblems(input),
    ...givenFieldProblems(role, options),
    ...containerNameProblems(role, template),
    ...mountProblems(role, template),
    ...reservedMountProblems(role, template),
    ...requestProblems(role, template),
    ...forwardReferenceProblems(role, template),
    ...limitProblems(role, template, namespace.limited),
    ...guaranteeProblems(input, template),
  ];
}

/** Where the pods miss what the application's kind guarantees, and what its namespace demands of every pod. */
function guaranteeProblems(input: FrameInput, template: k8s.PodTemplateSpec): string[] {
  const { role, profile, namespace } = input;
  const keeps = (guarantee: Guarantee): boolean => profile.guarantees.includes(guarantee);
  const isExecutor = role === SparkRole.EXECUTOR;
  return [
    ...podSecurityLevelProblems(input, template),
    ...(keeps(Guarantee.READ_ONLY_ROOT_FILESYSTEM) ? writableRootProblems(role, template) : []),
    ...(isExecutor && keeps(Guarantee.NO_EXECUTOR_API_TOKEN) ? apiTokenProblems(role, template) : []),
    ...(keeps(Guarantee.NO_PLAIN_SECRETS) ? plainSecretProblems(role, template, new Set(namespace.notSecret)) : []),
    ...(keeps(Guarantee.PINNED_IMAGES) ? imageProblems(role, template) : []),
  ];
}

/** What no hardening adds or takes away. */
const FORBIDDEN_PART = /^volume |^host(Network|PID|IPC) | is privileged| has a hostPort| adds capability /;

function podSecurityLevelProblems({ role, profile, namespace }: FrameInput, template: k8s.PodTemplateSpec): string[] {
  const level = profile.isHardened ? PodSecurityLevel.RESTRICTED : namespace.podSecurity;
  const faults = podSecurityProblems(template, level);
  if (faults.length === 0) return [];
  const remedy = profile.isHardened
    ? 'a secure application refuses it: leave it out'
    : `Pod Security "${level}" of namespace "${namespace.name}" refuses it: ` +
      (faults.some((fault) => FORBIDDEN_PART.test(fault))
        ? 'leave it out, or run in a namespace that admits it'
        : `use SecureSparkApplication, or say it in ${role}.template`);
  return [`${role}: ${faults.join(', ')}; ${remedy}`];
}

function writableRootProblems(role: SparkRole, template: k8s.PodTemplateSpec): string[] {
  return containersOf(template)
    .filter((container) => container.securityContext?.readOnlyRootFilesystem !== true)
    .map(
      ({ name }) =>
        `${role}: container "${name}" has a writable root file system; use writableDirectories, or relax ` +
        'Guarantee.READ_ONLY_ROOT_FILESYSTEM where the namespace allows it',
    );
}

function imageProblems(role: SparkRole, template: k8s.PodTemplateSpec): string[] {
  return containersOf(template).flatMap(({ name, image }) => {
    if (name === SPARK_CONTAINER[role]) return [];
    const problem = image === undefined ? noImage(role, name) : pinProblem(image);
    return problem === undefined ? [] : [`${role}: container "${name}": ${problem}`];
  });
}

/** A container with the name of the role is most likely meant to be Spark's own. */
function noImage(role: SparkRole, name: string): string {
  const hint = name === role ? `; if Spark's own container is meant, name it "${SPARK_CONTAINER[role]}"` : '';
  return `no image is given${hint}`;
}
