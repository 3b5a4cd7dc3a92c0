import { fieldOf, listOf, textOf } from '../../manifests/manifest-fields';
import { nameOf, namespaceOf } from '../../manifests/manifest-names';
import { parseImageReference, pinProblem } from '../../kubernetes/image-reference';
import { apiTokenProblems } from '../../application/pod/pod-checks';
import { podSecurityProblems } from '../../kubernetes/pod-security';
import { Guarantee } from '../../guarantees/relaxation';
import { ValidationRule } from '../rule';
import { podsOf, ValidatedApplication } from '../validated-application';
import { ValidatedPod } from '../validated-pod';
import { manifestsOf, ValidatedProgram } from '../validated-program';
import { textEntriesOf } from './entries';
import { inApplications, inPods } from './findings';
import { hasWritableTemporaryDirectory } from './temporary-directory';

/** The pods of applications, by their templates and the operator's own fields. */
export const POD_RULES: readonly ValidationRule[] = [
  {
    name: 'pods-are-restricted',
    sentence: 'Every container of driver and executors meets the Pod Security standard "restricted".',
    reason:
      'What a job runs is code from outside; root and capabilities are the first steps to the node. Where a namespace enforces the standard, the pods would be refused.',
    fix: 'Set securityContext in the template of the role: runAsNonRoot, allowPrivilegeEscalation, capabilities and seccompProfile; SecureSparkApplication does it.',
    check: (program) =>
      inPods(program, ({ at, template, mistakes }) => [
        ...mistakes,
        ...podSecurityProblems(template, program.settings.podSecurity).map((problem) => `${at}: ${problem}`),
      ]),
  },
  {
    name: 'read-only-root',
    sentence: 'Every container has a read-only root file system.',
    reason: 'Whoever runs code in a container could change its programs.',
    fix: 'Set securityContext.readOnlyRootFilesystem to true, and mount volumes where the container writes.',
    relaxedBy: Guarantee.READ_ONLY_ROOT_FILESYSTEM,
    check: (program) =>
      inPods(program, ({ containers }) =>
        containers
          .filter(({ securityContext }) => securityContext?.readOnlyRootFilesystem !== true)
          .map(({ at, name }) => `${at}: container "${name}" can write to its root file system`),
      ),
  },
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
    name: 'executor-token-off',
    sentence: 'Executors hold no token of the Kubernetes API.',
    reason: 'They need none; whoever runs code in one could use it.',
    fix: 'Set automountServiceAccountToken to false in spec.executor.template.spec, and leave out volumes with such tokens.',
    relaxedBy: Guarantee.NO_EXECUTOR_API_TOKEN,
    check: (program) => inApplications(program, (application) => tokenProblems(application, program)),
  },
  {
    name: 'images-pinned',
    sentence: 'Images have a tag of their version, or a digest.',
    reason: 'A restart could run another program, which nobody has looked at.',
    fix: 'Write the version as the tag, or a digest.',
    relaxedBy: Guarantee.PINNED_IMAGES,
    check: (program) =>
      inApplications(program, (application) =>
        imagesOf(application).flatMap(({ at, image }) => {
          const problem = pinProblem(image);
          return problem === undefined ? [] : [`${at}: ${problem}`];
        }),
      ),
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
            ({ at, image }) => `${at}: the image "${image}" is from none of ${program.settings.registries.join(', ')}`,
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
  {
    name: 'no-host-path',
    sentence: 'No pod mounts a directory of its node.',
    reason: 'Whoever reaches the files of a node reaches the pods of all teams on it.',
    fix: 'Use an emptyDir or a volume claim.',
    check: (program) =>
      inPods(program, ({ template, role }, { spec, at }) => [
        ...(template.spec?.volumes ?? [])
          .filter(({ hostPath }) => hostPath !== undefined)
          .map(({ name }) => `${at}: volume "${name}" of the ${role} is a hostPath`),
        ...textEntriesOf(spec, 'sparkConf')
          .map(([key]) => key)
          .filter((key) => /^spark\.kubernetes\.(driver|executor)\.volumes\.hostPath\./.test(key))
          .map((key) => `${at}.sparkConf["${key}"]: mounts a hostPath`),
      ]),
  },
];

function tokenProblems({ executor, namespace }: ValidatedApplication, program: ValidatedProgram): string[] {
  const { at, podSpec, account, template, role } = executor;
  const own = fieldOf(podSpec, 'automountServiceAccountToken');
  const ofAccount = manifestsOf(program, 'ServiceAccount').find(
    (manifest) => nameOf(manifest) === account && namespaceOf(manifest) === namespace,
  );
  const isOff = own === false || (own === undefined && fieldOf(ofAccount, 'automountServiceAccountToken') === false);
  const volumes = (template.spec?.volumes ?? []).filter(
    (volume) => apiTokenProblems(role, { spec: { containers: [], volumes: [volume] } }).length > 0,
  );
  return [
    ...(isOff ? [] : [`${at}.template.spec.automountServiceAccountToken: is not false`]),
    ...volumes.map(({ name }) => `${at}: volume "${name}" holds a token of the Kubernetes API`),
  ];
}

interface NamedImage {
  readonly at: string;
  readonly image: string;
}

/** Every image that an application names, wherever it does. */
function imagesOf(application: ValidatedApplication): NamedImage[] {
  const pods = podsOf(application);
  const places = [
    { at: application.at, fields: application.spec },
    ...pods.map(({ at, fields }) => ({ at, fields })),
    ...pods.flatMap(({ containers }) => containers),
  ];
  return places.flatMap(({ at, fields }) => {
    const image = textOf(fields, 'image');
    return image === undefined || image === '' ? [] : [{ at: `${at}.image`, image }];
  });
}

function isFromKnownRegistry(reference: string, registries: readonly string[]): boolean {
  const { registry, repository } = parseImageReference(reference);
  const name = `${registry}/${repository}`;
  return registries.length === 0 || registries.some((known) => name === known || name.startsWith(`${known}/`));
}

/** What Spark limits itself. The operator makes the pod of a Connect server, from the template alone. */
function sparkLimits({ role, fields }: ValidatedPod, { kind, spec }: ValidatedApplication): string[] {
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
