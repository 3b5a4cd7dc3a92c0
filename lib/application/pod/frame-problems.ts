import { k8s } from 'cdk8s-plus-28';
import { podSecurityFindings, RELAXABLE_GUARANTEES } from '../../guarantees/all-guarantees';
import { ApplicationView, applicationView } from '../../guarantees/application-view';
import { memberOf } from '../../guarantees/guard-conditions';
import { Guarantee } from '../../guarantees/relaxation';
import { containersOf } from '../../kubernetes/pod-containers';
import { PodSecurityLevel } from '../../kubernetes/pod-security-level';
import { SPARK_CONTAINER, SparkRole } from '../../spark/spark-role';
import { givenFieldProblems } from './given-fields';
import {
  containerNameProblems,
  forwardReferenceProblems,
  limitProblems,
  mountProblems,
  requestProblems,
} from './pod-checks';
import { toManifest } from './manifest';
import { reservedMountProblems } from './reserved-mounts';
import { FrameInput } from './resolved-pod';
import { templateProblems } from './template-problems';

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

/** Where the pods do not keep the guarantees of the application's kind or the Pod Security level of the namespace. */
function guaranteeProblems(input: FrameInput, template: k8s.PodTemplateSpec): string[] {
  const { role, profile } = input;
  const view = viewOf(input, template);
  return [
    ...podSecurityProblems(input, view),
    ...RELAXABLE_GUARANTEES.flatMap(({ relaxedBy, check, remedy }) => {
      if (relaxedBy === undefined || !profile.guarantees.includes(relaxedBy)) return [];
      const relax = `${remedy}, or relax ${memberOf(relaxedBy)} where the namespace allows it`;
      return check(view, PodSecurityLevel.RESTRICTED)
        .filter((finding) => finding.role === role)
        .map((finding) =>
          [`${role}: ${finding.message}`, finding.remedy ?? (remedy && relax)].filter(Boolean).join('; '),
        );
    }),
    ...(profile.guarantees.includes(Guarantee.PINNED_IMAGES) ? missingImageProblems(role, template) : []),
  ];
}

/** Guarantees that hardening cannot bring about: only the user can remove what breaks them. */
const FORBIDDEN_PARTS = [
  'allowed-volumes',
  'no-host-namespaces',
  'no-privileged-containers',
  'no-host-ports',
  'no-added-capabilities',
];

function podSecurityProblems({ role, profile, namespace }: FrameInput, view: ApplicationView): string[] {
  const level = profile.isHardened ? PodSecurityLevel.RESTRICTED : namespace.podSecurity;
  const faults = podSecurityFindings(view, level).filter((finding) => finding.role === role);
  if (faults.length === 0) return [];
  const remedy = profile.isHardened
    ? 'a secure application refuses it: leave it out'
    : `Pod Security "${level}" of namespace "${namespace.name}" refuses it: ` +
      (faults.some(({ code }) => FORBIDDEN_PARTS.includes(code))
        ? 'leave it out, or run in a namespace that admits it'
        : `use SecureSparkApplication, or say it in ${role}.template`);
  return [`${role}: ${faults.map(({ message }) => message).join(', ')}; ${remedy}`];
}

/** The view of an application with only this template. */
function viewOf({ role, namespace: { name, notSecret } }: FrameInput, template: k8s.PodTemplateSpec): ApplicationView {
  const spec = { [role]: { template: toManifest(template) } };
  return applicationView(
    { kind: 'SparkApplication', metadata: { namespace: name }, spec },
    { notSecret: new Map([[name, new Map([...notSecret].map((each) => [each, '']))]]) },
  );
}

/** In a secure application every container names its image, so that it is known what runs. */
function missingImageProblems(role: SparkRole, template: k8s.PodTemplateSpec): string[] {
  return containersOf(template)
    .filter(({ name, image }) => name !== SPARK_CONTAINER[role] && image === undefined)
    .map(({ name }) => `${role}: container "${name}": ${noImage(role, name)}`);
}

/** Hints that a container with the name of the role is probably meant to be the Spark container. */
function noImage(role: SparkRole, name: string): string {
  const hint = name === role ? `; if Spark's own container is meant, name it "${SPARK_CONTAINER[role]}"` : '';
  return `no image is given${hint}`;
}
