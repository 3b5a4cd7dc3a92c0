import * as kube from '../../imports/sparkoperator.k8s.io';
import { NamespaceFeature } from '../job-namespace/identities/driver-rights';
import { tenancyOf } from '../job-namespace/tenancy';
import { nonEmpty } from '../kubernetes/lists';
import { SparkApplicationType } from '../spark/spark-main';
import { SparkRole } from '../spark/spark-role';
import { DynamicAllocation } from './configuration/dynamic-allocation';
import { ConfigurationInput, mergeConfiguration } from './configuration/spark-configuration';
import { IVY_DIRECTORY } from './pod/automatic-directories';
import { encryptionConfiguration } from './pod/encryption';
import { RolePod, rolePod } from './pod/role-pod';
import { ResolvedApplication } from './resolved-application';
import { RestartPolicy } from './schedule/restart-policy';

/** A rendered application: its pods, its configuration and its specification. */
export interface RenderedApplication {
  readonly driver: RolePod;
  readonly executor: RolePod;
  readonly configuration: ConfigurationInput;
  readonly spec: kube.SparkApplicationSpec;
}

export function renderApplication(application: ResolvedApplication): RenderedApplication {
  const driver = rolePod(application, SparkRole.DRIVER);
  const executor = rolePod(application, SparkRole.EXECUTOR);
  const configuration = configurationInput(application, driver, executor);
  return { driver, executor, configuration, spec: applicationSpec(application, driver, executor, configuration) };
}

/** Features of the namespace that not every application uses. */
export function usedFeatures(
  { deleteOnTermination }: ResolvedApplication,
  { driver, executor }: RenderedApplication,
): NamespaceFeature[] {
  return [
    ...(executor.frame.writable.claimedOnDemand !== undefined ? [NamespaceFeature.EXECUTOR_CLAIMS] : []),
    ...(driver.frame.writable.claimedOnDemand !== undefined ? [NamespaceFeature.DRIVER_CLAIMS] : []),
    ...(deleteOnTermination ? [] : [NamespaceFeature.KEPT_EXECUTORS]),
  ];
}

function configurationInput(application: ResolvedApplication, driver: RolePod, executor: RolePod): ConfigurationInput {
  const { name, jobNamespace, image, profile, trafficKey, storage, logLevel } = application;
  const usesPackages = (application.dependencies?.packages ?? []).length > 0;
  const { location } = storage.checkpoint ?? {};
  return {
    sparkConf: application.sparkConf,
    hadoopConf: application.hadoopConf ?? {},
    profile,
    admittedKeys: tenancyOf(jobNamespace).admittedSparkConf,
    notSecret: tenancyOf(jobNamespace).notSecret,
    storages: storage.configurations,
    own: {
      ...driver.frame.writable.configuration,
      ...executor.frame.writable.configuration,
      ...(trafficKey === undefined ? {} : encryptionConfiguration(trafficKey, image.sparkVersion)),
      // A folder for each application, since the controller resolves packages too, and all applications share its /tmp.
      ...(profile.isHardened || usesPackages
        ? { 'spark.jars.ivy': `${IVY_DIRECTORY}/${jobNamespace.name}/${name}` }
        : {}),
      ...(location === undefined ? {} : { 'spark.checkpoint.location': location }),
      ...(logLevel === undefined ? {} : { 'spark.log.level': logLevel }),
    },
  };
}

function applicationSpec(
  application: ResolvedApplication,
  driver: RolePod,
  executor: RolePod,
  configuration: ConfigurationInput,
): kube.SparkApplicationSpec {
  const { main, image, hadoopConf, dynamicAllocation } = application;
  const sparkConf = mergeConfiguration(configuration);
  return {
    type: main.type as string as kube.SparkApplicationSpecType,
    mode: kube.SparkApplicationSpecMode.CLUSTER,
    sparkVersion: image.sparkVersion,
    image: image.reference,
    imagePullPolicy: image.pullPolicy,
    imagePullSecrets: nonEmpty(image.pullSecrets.map((secret) => secret.name)),
    pythonVersion:
      main.type === SparkApplicationType.PYTHON ? kube.SparkApplicationSpecPythonVersion.VALUE_3 : undefined,
    mainClass: main.mainClass,
    mainApplicationFile: main.file,
    arguments: nonEmpty([...application.storage.arguments]),
    deps: dependencies(application),
    sparkConf: Object.keys(sparkConf).length === 0 ? undefined : sparkConf,
    hadoopConf: hadoopConf && { ...hadoopConf },
    restartPolicy: restartPolicy(application.restartPolicy),
    timeToLiveSeconds: application.timeToLive?.toSeconds({ integral: false }),
    suspend: application.suspend,
    dynamicAllocation: dynamicAllocation === undefined ? undefined : allocation(dynamicAllocation),
    driver: driver.fields,
    executor: {
      ...executor.fields,
      instances: dynamicAllocation === undefined ? (application.instances ?? 1) : undefined,
      deleteOnTermination: application.deleteOnTermination,
    },
  };
}

function allocation(given: DynamicAllocation): kube.SparkApplicationSpecDynamicAllocation {
  return {
    enabled: true,
    minExecutors: given.minExecutors ?? 0,
    initialExecutors: given.initialExecutors ?? given.minExecutors ?? 0,
    maxExecutors: given.maxExecutors,
    shuffleTrackingEnabled: given.shuffleTracking ?? true,
    shuffleTrackingTimeout: given.shuffleTrackingTimeout?.toMilliseconds({ integral: false }),
  };
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

function dependencies({ dependencies: given }: ResolvedApplication): kube.SparkApplicationSpecDeps | undefined {
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
