import { Guarantee } from '../guarantees/relaxation';
import { PodSecurityLevel } from '../kubernetes/pod-security-level';
import { pinProblem } from '../kubernetes/image-reference';
import { apiTokenProblems } from './pod/pod-checks';
import { containersOf } from '../kubernetes/pod-containers';
import { RenderedApplication } from './application-spec';
import { ResolvedApplication } from './resolved-application';
import { SparkRole } from '../spark/spark-role';

/** The way to allow each guarantee that a plain application may miss. */
const ALLOWED_BY: Readonly<Partial<Record<Guarantee, string>>> = {
  [Guarantee.READ_ONLY_ROOT_FILESYSTEM]: 'Relaxation.of(Guarantee.READ_ONLY_ROOT_FILESYSTEM, reason)',
  [Guarantee.NO_EXECUTOR_API_TOKEN]: 'Relaxation.of(Guarantee.NO_EXECUTOR_API_TOKEN, reason)',
  [Guarantee.PINNED_IMAGES]: 'Relaxation.of(Guarantee.PINNED_IMAGES, reason)',
};

/**
 * Why the admission guard of a restricted namespace will refuse a plain application: it asks for the guarantees of secure ones
 * from everybody, where the namespace does not allow to relax them.
 */
export function guardRefusals(
  { jobNamespace, image, profile }: ResolvedApplication,
  pods: RenderedApplication,
): string[] {
  if (profile.isHardened || jobNamespace.podSecurity !== PodSecurityLevel.RESTRICTED) return [];
  const containers = [SparkRole.DRIVER, SparkRole.EXECUTOR].flatMap((role) =>
    containersOf(pods[role].frame.template).map((container) => ({ role, container })),
  );
  const executor = pods.executor.frame.template;
  const missed: [Guarantee, string[]][] = [
    [
      Guarantee.READ_ONLY_ROOT_FILESYSTEM,
      containers
        .filter(({ container }) => container.securityContext?.readOnlyRootFilesystem !== true)
        .map(({ role, container }) => `${role}: container "${container.name}" has a writable root file system`),
    ],
    [
      Guarantee.NO_EXECUTOR_API_TOKEN,
      executor.spec?.automountServiceAccountToken === true || apiTokenProblems(SparkRole.EXECUTOR, executor).length > 0
        ? ['executors have a token of the Kubernetes API']
        : [],
    ],
    [
      Guarantee.PINNED_IMAGES,
      [image.reference, ...containers.flatMap(({ container }) => container.image ?? [])]
        .filter((reference) => pinProblem(reference) !== undefined)
        .map((reference) => `the image "${reference}" is not pinned`),
    ],
  ];
  const allowed = jobNamespace.allowed.map(({ guarantee }) => guarantee);
  return missed
    .filter(([point]) => !allowed.includes(point))
    .flatMap(([point, problems]) =>
      problems.map(
        (problem) =>
          `${problem}, which the admission guard of the restricted namespace "${jobNamespace.name}" refuses; ` +
          `use SecureSparkApplication, or add ${ALLOWED_BY[point]} to the namespace's allow, with its reason`,
      ),
    );
}
