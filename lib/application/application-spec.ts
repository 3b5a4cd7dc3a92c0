import * as kube from '../../imports/sparkoperator.k8s.io';
import { Hardening, HardeningPoint } from '../job-namespace/hardening';
import { NamespaceFeature } from '../job-namespace/namespace-feature';
import { applicationTotals, quotaProblems } from './application-totals';
import { IVY_DIRECTORY } from './automatic-directories';
import { dynamicAllocationProblems } from './dynamic-allocation';
import { Encryption, encryptionConfiguration } from './encryption';
import { tellingArguments } from './plain-secrets';
import { RestartPolicy } from './restart-policy';
import { RolePod, rolePod } from './role-pod';
import { SecureSparkApplicationProps } from './spark-application-props';
import { mergeConfiguration, sorted } from './spark-configuration';
import { dependencyProblems, jarScalaProblem, localDependencyPaths } from './spark-dependencies';
import { SparkApplicationType } from './spark-main';
import { SparkRole } from './spark-role';
import { isAtLeast, LOG_LEVEL_SINCE } from './spark-versions';

/** An application as the operator wants it, and what it uses of its namespace. */
export interface RenderedApplication {
  readonly spec: kube.SparkApplicationSpec;
  readonly features: readonly NamespaceFeature[];
}

/**
 * Renders an application; what is wrong with it goes to `problems`.
 *
 * @param name the application's name
 * @param props its properties; a plain application has only those of `SparkApplicationProps`
 * @param secure whether its pods are hardened
 * @param problems receives what is wrong
 */
export function applicationSpec(
  name: string,
  props: SecureSparkApplicationProps,
  secure: boolean,
  problems: string[],
): RenderedApplication {
  const relaxed = new Set(props.relax ?? []);
  problems.push(...relaxationProblems(relaxed, props));
  const encrypted = secure && !relaxed.has(HardeningPoint.ENCRYPTION);
  if (!encrypted && props.encryption !== undefined) {
    problems.push('encryption is given, but relax leaves it out; keep one of the two');
  }
  const allocation = props.dynamicAllocation;
  const instances = props.executor?.instances;
  if (instances !== undefined && !(Number.isInteger(instances) && instances >= 1)) {
    problems.push(`executor.instances is ${instances}; give a whole number of at least 1`);
  }
  if (allocation !== undefined) problems.push(...dynamicAllocationProblems(allocation, instances));
  const executors = allocation?.maxExecutors ?? instances ?? 1;

  const driver = rolePod({ role: SparkRole.DRIVER, options: props.driver ?? {}, props, secure, relaxed }, problems);
  const executor = rolePod(
    { role: SparkRole.EXECUTOR, options: props.executor ?? {}, props, secure, relaxed },
    problems,
  );
  const totals = applicationTotals([
    { pod: driver.totals, directories: driver.directories, count: 1 },
    { pod: executor.totals, directories: executor.directories, count: executors },
  ]);
  problems.push(
    ...(secure && !relaxed.has(HardeningPoint.PINNED_IMAGES)
      ? [props.image._pinProblem()].filter((problem) => problem !== undefined)
      : []),
    ...quotaProblems(props.jobNamespace.name, props.jobNamespace.quota, totals, executors),
    ...claimProblems(props, driver, executor, executors),
    ...dependencyProblems(props.dependencies, props.image, props.jobNamespace),
    ...mainProblems(props),
    ...coveredFileProblems(props, driver, executor),
    ...argumentProblems(props, secure, relaxed),
    ...timeProblems(props),
  );
  const usesPackages = (props.dependencies?.packages ?? []).length > 0;
  const sparkConf = mergeConfiguration(
    {
      sparkConf: props.sparkConf ?? {},
      hadoopConf: props.hadoopConf ?? {},
      secure,
      encrypted,
      own: {
        ...driver.directories.configuration,
        ...executor.directories.configuration,
        ...(encrypted
          ? encryptionConfiguration(
              props.encryption ?? Encryption.perRun(),
              props.image.sparkVersion,
            )
          : {}),
        // One folder an application: packages are resolved in the controller too, whose /tmp all applications share.
        ...(secure || usesPackages ? { 'spark.jars.ivy': `${IVY_DIRECTORY}/${props.jobNamespace.name}/${name}` } : {}),
        ...(props.logLevel === undefined ? {} : { 'spark.log.level': props.logLevel }),
      },
    },
    problems,
  );
  return {
    features: [
      ...(executor.directories.claimsOnDemand ? [NamespaceFeature.EXECUTOR_CLAIMS] : []),
      ...(driver.directories.claimsOnDemand ? [NamespaceFeature.DRIVER_CLAIMS] : []),
      ...(props.executor?.deleteOnTermination === false ? [NamespaceFeature.KEPT_EXECUTORS] : []),
      ...(usesPackages ? [NamespaceFeature.PACKAGES] : []),
    ],
    spec: {
      type: props.main.type as string as kube.SparkApplicationSpecType,
      mode: kube.SparkApplicationSpecMode.CLUSTER,
      sparkVersion: props.image.sparkVersion,
      image: props.image.reference,
      imagePullPolicy: props.image.pullPolicy,
      imagePullSecrets: nonEmpty(props.image.pullSecrets.map((secret) => secret.name)),
      pythonVersion:
        props.main.type === SparkApplicationType.PYTHON ? kube.SparkApplicationSpecPythonVersion.VALUE_3 : undefined,
      mainClass: props.main.mainClass,
      mainApplicationFile: props.main.file,
      arguments: nonEmpty([...props.main.arguments]),
      deps: dependencies(props),
      sparkConf: Object.keys(sparkConf).length === 0 ? undefined : sparkConf,
      hadoopConf: props.hadoopConf === undefined ? undefined : sorted(props.hadoopConf),
      restartPolicy: restartPolicy(props.restartPolicy ?? RestartPolicy.never()),
      timeToLiveSeconds: props.timeToLive?.toSeconds({ integral: false }),
      suspend: props.suspend,
      dynamicAllocation:
        allocation === undefined
          ? undefined
          : {
              enabled: true,
              minExecutors: allocation.minExecutors ?? 0,
              initialExecutors: allocation.initialExecutors ?? allocation.minExecutors ?? 0,
              maxExecutors: allocation.maxExecutors,
              shuffleTrackingEnabled: allocation.shuffleTracking ?? true,
              shuffleTrackingTimeout: allocation.shuffleTrackingTimeout?.toMilliseconds(),
            },
      driver: driver.fields,
      executor: {
        ...executor.fields,
        instances: allocation === undefined ? (instances ?? 1) : undefined,
        deleteOnTermination: props.executor?.deleteOnTermination ?? true,
      },
    },
  };
}

function relaxationProblems(
  relaxed: ReadonlySet<HardeningPoint>,
  { jobNamespace }: SecureSparkApplicationProps,
): string[] {
  const allowed = new Set(jobNamespace.allowed.map((hardening: Hardening) => hardening.point));
  return [...relaxed]
    .filter((point) => !allowed.has(point))
    .map(
      (point) =>
        `relax names ${point}, which namespace "${jobNamespace.name}" does not allow; add it to the namespace's allow, with its reason`,
    );
}

/** A claim that several pods write must be one that can be shared. */
function claimProblems(
  props: SecureSparkApplicationProps,
  driver: RolePod,
  executor: RolePod,
  executors: number,
): string[] {
  const problems: string[] = [];
  const roles = [
    { pod: driver, count: 1 },
    { pod: executor, count: executors },
  ];
  const writers = new Map<string, number>();
  for (const { pod, count } of roles) {
    const claims = new Map(
      (pod.template.spec?.volumes ?? []).map((volume) => [volume.name, volume.persistentVolumeClaim]),
    );
    const written = new Set<string>();
    for (const container of pod.template.spec?.containers ?? []) {
      for (const mount of container.volumeMounts ?? []) {
        const claim = claims.get(mount.name);
        if (claim !== undefined && claim.readOnly !== true && mount.readOnly !== true) written.add(claim.claimName);
      }
    }
    for (const claim of written) writers.set(claim, (writers.get(claim) ?? 0) + count);
  }
  const shared = new Set(
    (props.writableDirectories ?? [])
      .filter(({ _source }) => _source.claimOptions?.shared === true)
      .map(({ _source }) => _source.claim?.name),
  );
  for (const [claim, count] of writers) {
    if (count > 1 && !shared.has(claim)) {
      problems.push(
        `${count} pods write to the volume claim "${claim}"; give each its own with LocalDirectories.onDemandClaim or WritableDirectory.ephemeralClaim, mount it read-only, or say WritableDirectory.claim(..., { shared: true }) where its access mode is ReadWriteMany`,
      );
    }
  }
  return problems;
}

/** A volume that starts empty hides the files of the image below it. */
function coveredFileProblems(props: SecureSparkApplicationProps, driver: RolePod, executor: RolePod): string[] {
  const empty = [...new Set([...driver.directories.emptyPaths, ...executor.directories.emptyPaths])];
  const main = props.main._localPath;
  const paths = [...(main === undefined ? [] : [main]), ...localDependencyPaths(props.dependencies)];
  return paths.flatMap((path) => {
    const cover = empty.find((directory) => path.startsWith(`${directory}/`));
    return cover === undefined
      ? []
      : [
          `local://${path} lies under ${cover}, where an empty volume covers what the image has; put it elsewhere in the image, such as /opt/app`,
        ];
  });
}

function mainProblems({ main, image, logLevel }: SecureSparkApplicationProps): string[] {
  const scala =
    main.mainClass === undefined ? undefined : jarScalaProblem('the main file', main.file, image.scalaVersion);
  const problems = scala === undefined ? [] : [scala];
  if (logLevel !== undefined && !isAtLeast(image.sparkVersion, LOG_LEVEL_SINCE)) {
    problems.push(
      `logLevel is ${logLevel}, but Spark ${image.sparkVersion} knows no such setting; use Spark ${LOG_LEVEL_SINCE} or newer, or mount a log4j2.properties`,
    );
  }
  return problems;
}

function argumentProblems(
  props: SecureSparkApplicationProps,
  secure: boolean,
  relaxed: ReadonlySet<HardeningPoint>,
): string[] {
  if (!secure || relaxed.has(HardeningPoint.NO_PLAIN_SECRETS)) return [];
  return tellingArguments(props.main.arguments).map(
    (name) =>
      `the argument "--${name}" would hold a secret in plain text; give it as an environment variable by reference`,
  );
}

function timeProblems({ timeToLive }: SecureSparkApplicationProps): string[] {
  const seconds = timeToLive?.toSeconds({ integral: false });
  return seconds === undefined || (Number.isInteger(seconds) && seconds >= 1)
    ? []
    : [`timeToLive is ${seconds} s; give whole seconds, at least one`];
}

function restartPolicy({ type, options }: RestartPolicy): kube.SparkApplicationSpecRestartPolicy {
  return {
    type: type as kube.SparkApplicationSpecRestartPolicyType,
    onFailureRetries: options?.retries,
    onFailureRetryInterval: options?.interval?.toSeconds(),
    onSubmissionFailureRetries: options?.submissionRetries,
    onSubmissionFailureRetryInterval: options?.submissionInterval?.toSeconds(),
  };
}

function dependencies({ dependencies: given }: SecureSparkApplicationProps): kube.SparkApplicationSpecDeps | undefined {
  if (given === undefined) return undefined;
  return {
    jars: nonEmpty([...(given.jars ?? [])]),
    files: nonEmpty([...(given.files ?? [])]),
    pyFiles: nonEmpty([...(given.pyFiles ?? [])]),
    archives: nonEmpty([...(given.archives ?? [])]),
    packages: nonEmpty([...(given.packages ?? [])]),
    excludePackages: nonEmpty([...(given.excludePackages ?? [])]),
    repositories: nonEmpty([...(given.repositories ?? [])]),
  };
}

function nonEmpty<T>(items: T[]): T[] | undefined {
  return items.length === 0 ? undefined : items;
}
