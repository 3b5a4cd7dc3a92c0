import * as kube from '../../imports/sparkoperator.k8s.io';
import { Guarantee } from '../guarantees/relaxation';
import { NamespaceFeature } from '../job-namespace/identities/namespace-feature';
import { nonEmpty } from '../kubernetes/lists';
import { keyProblems, labelProblems } from '../kubernetes/labels';
import { applicationTotals, quotaProblems } from './pod/application-totals';
import { IVY_DIRECTORY } from './pod/automatic-directories';
import { coveredFileProblems } from './configuration/covered-files';
import { dynamicAllocationProblems } from './configuration/dynamic-allocation';
import { Encryption, encryptionConfiguration } from './pod/encryption';
import { furtherExecutorMemory } from './pod/executor-memory';
import { guardRefusals } from './guard-refusals';
import { JobStorage } from './storage/job-storage';
import { tellingArguments } from '../spark/plain-secrets';
import { RestartPolicy } from './schedule/restart-policy';
import { rolePod } from './pod/role-pod';
import { sharedClaimProblems } from './pod/shared-claims';
import { SecureSparkApplicationProps } from './spark-application-props';
import { mergeConfiguration } from './configuration/spark-configuration';
import { dependencyProblems, jarScalaProblem } from './configuration/spark-dependencies';
import { logLevelProblem } from '../spark/spark-log-level';
import { SparkApplicationType } from '../spark/spark-main';
import { SparkRole } from '../spark/spark-role';
import { reservedLabelProblems } from './pod/template-problems';
import { wholeSecondsProblem } from '../kubernetes/whole-seconds';

/** An application as the operator wants it, and what it uses of its namespace. */
export interface RenderedApplication {
  readonly spec: kube.SparkApplicationSpec;
  readonly features: readonly NamespaceFeature[];
  /** Why an admission guard of the namespace will refuse it. */
  readonly guardRefusals: readonly string[];
}

/**
 * Renders an application; what is wrong with it goes to `problems`.
 *
 * @param name the application's name
 * @param storage its properties, of which a plain application has only those of `SparkApplicationProps`, and its storages
 * @param secure whether its pods are hardened
 * @param problems receives what is wrong
 */
export function applicationSpec(
  name: string,
  storage: JobStorage,
  secure: boolean,
  problems: string[],
): RenderedApplication {
  const { props } = storage;
  const relaxed = new Set(props.relax ?? []);
  problems.push(...relaxationProblems(relaxed, props));
  const hidesSecrets = secure && !relaxed.has(Guarantee.NO_PLAIN_SECRETS);
  const encrypted = secure && !relaxed.has(Guarantee.ENCRYPTION);
  if (!encrypted && props.encryption !== undefined) {
    problems.push('encryption is given, but relax leaves it out; keep one of the two');
  }
  const allocation = props.dynamicAllocation;
  const instances = props.executor?.instances;
  if (instances !== undefined && !(Number.isInteger(instances) && instances >= 1)) {
    problems.push(`executor.instances is ${instances}; give a whole number of at least 1`);
  }
  if (allocation !== undefined) {
    const { labels, sparkConf } = props;
    problems.push(...dynamicAllocationProblems(allocation, { instances, labels, sparkConf }));
  }
  const executors = allocation?.maxExecutors ?? instances ?? 1;

  const driver = rolePod({ role: SparkRole.DRIVER, options: props.driver ?? {}, props, secure, relaxed }, problems);
  const executor = rolePod(
    { role: SparkRole.EXECUTOR, options: props.executor ?? {}, props, secure, relaxed },
    problems,
  );
  const totals = applicationTotals([
    { pod: driver.totals, claimedOnDemand: driver.shape.directories.claimedOnDemand, count: 1 },
    {
      pod: { ...executor.totals, memory: executor.totals.memory + furtherExecutorMemory(props) },
      claimedOnDemand: executor.shape.directories.claimedOnDemand,
      count: executors,
    },
  ]);
  problems.push(
    ...(secure && !relaxed.has(Guarantee.PINNED_IMAGES)
      ? [props.image._pinProblem()].filter((problem) => problem !== undefined)
      : []),
    ...quotaProblems(props.jobNamespace.name, props.jobNamespace.quota, totals, executors),
    ...sharedClaimProblems(
      [
        { writtenClaims: driver.shape.writtenClaims, count: 1 },
        { writtenClaims: executor.shape.writtenClaims, count: executors },
      ],
      props.writableDirectories ?? [],
    ),
    ...dependencyProblems(props.dependencies, props.image, props.jobNamespace),
    ...mainProblems(props, secure),
    ...coveredFileProblems(props, [driver, executor]),
    ...(hidesSecrets ? argumentProblems(props) : []),
    ...timeProblems(props),
    ...metadataProblems(props),
  );
  const usesPackages = (props.dependencies?.packages ?? []).length > 0;
  const sparkConf = mergeConfiguration(
    {
      sparkConf: props.sparkConf ?? {},
      hadoopConf: props.hadoopConf ?? {},
      secure,
      encrypted,
      hidesSecrets,
      storages: storage.configurations,
      own: {
        ...driver.shape.directories.configuration,
        ...executor.shape.directories.configuration,
        ...(encrypted
          ? encryptionConfiguration(props.encryption ?? Encryption.perRun(), props.image.sparkVersion)
          : {}),
        // One folder an application: packages are resolved in the controller too, whose /tmp all applications share.
        ...(secure || usesPackages ? { 'spark.jars.ivy': `${IVY_DIRECTORY}/${props.jobNamespace.name}/${name}` } : {}),
        ...(storage.location === undefined ? {} : { 'spark.checkpoint.location': storage.location }),
        ...(props.logLevel === undefined ? {} : { 'spark.log.level': props.logLevel }),
      },
    },
    problems,
  );
  return {
    guardRefusals: secure
      ? []
      : guardRefusals(props, { driver: driver.shape.template, executor: executor.shape.template }),
    features: [
      ...(executor.shape.directories.claimedOnDemand !== undefined ? [NamespaceFeature.EXECUTOR_CLAIMS] : []),
      ...(driver.shape.directories.claimedOnDemand !== undefined ? [NamespaceFeature.DRIVER_CLAIMS] : []),
      ...(props.executor?.deleteOnTermination === false ? [NamespaceFeature.KEPT_EXECUTORS] : []),
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
      arguments: nonEmpty([...storage.arguments]),
      deps: dependencies(props),
      sparkConf: Object.keys(sparkConf).length === 0 ? undefined : sparkConf,
      hadoopConf: props.hadoopConf && { ...props.hadoopConf },
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
              shuffleTrackingTimeout: allocation.shuffleTrackingTimeout?.toMilliseconds({ integral: false }),
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

function relaxationProblems(relaxed: ReadonlySet<Guarantee>, { jobNamespace }: SecureSparkApplicationProps): string[] {
  const allowed = new Set(jobNamespace.allowed.map(({ guarantee }) => guarantee));
  return [...relaxed].flatMap((point) => {
    if (point === Guarantee.NO_DEBUG_RIGHTS) {
      return [
        `relax names ${point}, which no application has; the job namespace allows it, and grants.debug gives the rights`,
      ];
    }
    return allowed.has(point)
      ? []
      : [
          `relax names ${point}, which namespace "${jobNamespace.name}" does not allow; ` +
            "add it to the namespace's allow, with its reason",
        ];
  });
}

function mainProblems({ main, image, logLevel }: SecureSparkApplicationProps, isSecure: boolean): string[] {
  const scala =
    main.mainClass === undefined ? undefined : jarScalaProblem('the main file', main.file, image.scalaVersion);
  const problems = scala === undefined ? [] : [scala];
  const level = logLevel === undefined ? undefined : logLevelProblem(logLevel, image.sparkVersion);
  if (level !== undefined) problems.push(level);
  if (image.userId === 0 && isSecure) {
    problems.push('the user of the image is 0, which is root; give it another one, and its number as userId of image');
  }
  return problems;
}

function argumentProblems({ main }: SecureSparkApplicationProps): string[] {
  return tellingArguments(main.arguments).map(
    (name) =>
      `the argument "${name}" would hold a secret in plain text; ` +
      'give it as an environment variable by reference and write "$(NAME)"',
  );
}

function timeProblems({ timeToLive }: SecureSparkApplicationProps): string[] {
  return [wholeSecondsProblem('timeToLive', timeToLive, 1)].filter((problem) => problem !== undefined);
}

/** The operator copies the labels to the pods. */
function metadataProblems({ labels, annotations }: SecureSparkApplicationProps): string[] {
  return [
    ...reservedLabelProblems('labels', labels),
    ...labelProblems('labels', labels),
    ...keyProblems('annotations', ...Object.keys(annotations ?? {})),
  ];
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
