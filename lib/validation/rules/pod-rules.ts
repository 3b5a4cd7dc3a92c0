import { fieldOf, listOf, textOf } from '../../manifests/manifest-fields';
import { namespaceOf } from '../../manifests/manifest-names';
import { parseImageReference } from '../../kubernetes/image-reference';
import { ValidationRule } from '../rule';
import { imagesOf } from '../../guarantees/pinned-images';
import { PodView } from '../../guarantees/pod-view';
import { ValidatedApplication } from '../validated-application';
import { manifestsOf, ValidatedProgram } from '../validated-program';
import { inApplications, inPods } from './findings';
import { hasWritableTemporaryDirectory } from './temporary-directory';

/** The pods of applications, beyond the guarantees. */
export const POD_RULES: readonly ValidationRule[] = [
  {
    name: 'writable-tmp-when-read-only',
    sentence: 'Spark has a writable temporary directory where its root file system is read-only.',
    reason: 'Spark ends at once, or with its first shuffle, when it cannot write there.',
    fix: 'Mount a sized emptyDir at /tmp, or where -Djava.io.tmpdir points.',
    check: (program) =>
      inPods(program, (pod, { spec }) => {
        const [spark] = pod.containers;
        return spark.securityContext?.readOnlyRootFilesystem === true && !hasWritableTemporaryDirectory(pod, spec)
          ? [`${spark.at}: container "${spark.name}" has no writable volume at /tmp`]
          : [];
      }),
  },
  {
    name: 'images-from-known-registries',
    sentence: 'Images come from the registries that are named in the properties of the validation.',
    reason: 'An image from elsewhere has not been looked at, and may be gone tomorrow.',
    fix: 'Copy the image to one of these registries, or name its registry in the property registries.',
    check: (program) =>
      inApplications(program, (application) =>
        imagesOf(application)
          .filter(({ image }) => !isFromKnownRegistry(image, program.settings.registries))
          .map(
            ({ path, image }) =>
              `${path}: the image "${image}" is from none of ${program.settings.registries.join(', ')}`,
          ),
      ),
  },
  {
    name: 'resources-limited',
    sentence: 'Every container has limits of CPU and memory.',
    reason: 'A quota admits no pod without them; without a quota one job takes the node from all others.',
    fix: 'Set coreLimit of driver and executor, and resources.limits of all other containers.',
    check: (program) =>
      inPods(program, (pod, application) => {
        const defaults = limitRangeDefaults(program, application.namespace);
        return pod.containers.flatMap(({ at, name, kind, fields }) => {
          const own = kind === 'spark' ? sparkLimits(pod, application) : [];
          const missing = ['cpu', 'memory'].filter(
            (resource) =>
              !own.includes(resource) &&
              !defaults.has(resource) &&
              !isAmount(fieldOf(fields, 'resources', 'limits', resource)),
          );
          return missing.length === 0 ? [] : [`${at}: container "${name}" has no limit of ${missing.join(' and ')}`];
        });
      }),
  },
];

function isFromKnownRegistry(reference: string, registries: readonly string[]): boolean {
  const { registry, repository } = parseImageReference(reference);
  const name = `${registry}/${repository}`;
  return registries.length === 0 || registries.some((known) => name === known || name.startsWith(`${known}/`));
}

/** What Spark limits itself. The operator makes the pod of a Connect server, from the template alone. */
function sparkLimits({ role, fields }: PodView, { kind, spec }: ValidatedApplication): string[] {
  if (kind === 'SparkConnect' && role === 'driver') return [];
  const limitsCpu =
    isAmount(fieldOf(fields, 'coreLimit')) ||
    isAmount(fieldOf(spec, 'sparkConf', `spark.kubernetes.${role}.limit.cores`));
  return limitsCpu ? ['cpu', 'memory'] : ['memory'];
}

/** The resources that a LimitRange of the namespace limits where a container does not. */
function limitRangeDefaults(program: ValidatedProgram, namespace: string): Set<string> {
  const limits = manifestsOf(program, 'LimitRange')
    .filter((manifest) => namespaceOf(manifest) === namespace)
    .flatMap((manifest) => listOf(manifest, 'spec', 'limits'))
    .filter((limit) => textOf(limit, 'type') === 'Container');
  return new Set(
    ['cpu', 'memory'].filter((resource) =>
      limits.some(
        (limit) => isAmount(fieldOf(limit, 'default', resource)) || isAmount(fieldOf(limit, 'max', resource)),
      ),
    ),
  );
}

function isAmount(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && value !== '');
}
