/** Whether an application may set a key below `spark.kubernetes.`. */
export enum KeyUse {
  /** Every application may: no field of a pod template sets it. */
  FREE = 'free',
  /** Applications of a program may; hand-written ones only where the namespace names the key, since it reaches further. */
  FREE_IN_PROGRAMS = 'free-in-programs',
  /** Secure applications may, but only where the namespace names the key. */
  NAMED = 'named',
  /** No application may: a property sets it, or the operator refuses it. */
  OWNED = 'owned',
}

/** A key of Spark on Kubernetes. */
export interface KubernetesKey {
  /** The key; one that ends with `.` stands for all keys with this prefix. */
  readonly key: string;
  readonly use: KeyUse;
  /** What reads it, and what for. */
  readonly read: string;
  /** What to use instead, if the key is not free. */
  readonly remedy?: string;
}

const PREFIX = 'spark.kubernetes.';

function keys(use: KeyUse, read: string, names: readonly string[], remedy?: string): KubernetesKey[] {
  return names.map((name) => ({ key: `${PREFIX}${name}`, use, read, remedy }));
}

function byRole(read: string, name: string, remedy: (role: string) => string, use = KeyUse.OWNED): KubernetesKey[] {
  return ['driver', 'executor'].flatMap((role) => keys(use, read, [`${role}.${name}`], remedy(role)));
}

const SUBMISSION = 'spark-submit reads it in the controller of the operator';
const DRIVER = 'the driver reads it, to ask for executors and to follow them';
const SERVICE = "spark-submit reads it for the driver's service, which no pod template has";
const POD = 'it shapes pods beside the hardened templates';
const CLASSES =
  'it loads classes that shape pods beside the hardened templates, also into the controller of the operator';
const INTERNAL = 'Spark sets it for itself';
const RIGHTS = 'the driver would have to change pods, which it has no right to';

const MANAGED = 'the operator manages it and refuses it: leave it out';
const ACCOUNT = 'the operator refuses it: use the accounts of the job namespace';
const IMAGE = 'the operator refuses it: use image';
const TEMPLATE = 'the operator writes its own template file: use driver.template or executor.template';
const LEAVE_OUT = 'leave it out';

/**
 * The keys of Spark 4.0 to 4.3 below `spark.kubernetes.`: what reads each of them, and whether a property or a pod template
 * sets the same.
 *
 * @see https://spark.apache.org/docs/latest/running-on-kubernetes.html#configuration
 */
export const KUBERNETES_KEYS: readonly KubernetesKey[] = [
  ...keys(KeyUse.FREE, DRIVER, [
    'allocation.',
    'driver.connectionTimeout',
    'driver.ownPersistentVolumeClaim',
    'driver.requestTimeout',
    'driver.reusePersistentVolumeClaim',
    'driver.waitToReusePersistentVolumeClaim',
    'dynamicAllocation.deleteGracePeriod',
    'executor.apiPollingInterval',
    'executor.checkAllContainers',
    'executor.disableConfigMap',
    'executor.enableApiPolling',
    'executor.enableApiWatcher',
    'executor.enablePollingWithResourceVersion',
    'executor.eventProcessingInterval',
    'executor.minTasksPerExecutorBeforeRolling',
    'executor.missingPodDetectDelta',
    'executor.podNamePrefix',
    'executor.rollInterval',
    'executor.rollPolicy',
    'executor.useDriverPodIP',
    'executorSnapshotsSubscribersShutdownGracePeriod',
    'legacy.useReadWriteOnceAccessMode',
  ]),
  ...keys(KeyUse.FREE, 'executors run the script before they stop', ['decommission.script']),
  ...keys(KeyUse.FREE, SUBMISSION, [
    'appKillPodDeletionGracePeriod',
    'configMap.maxSize',
    'jars.avoidDownloadSchemes',
    'report.interval',
    'submission.connectionTimeout',
    'submission.requestTimeout',
  ]),
  ...keys(KeyUse.FREE, SERVICE, [
    'driver.service.deleteOnTermination',
    'driver.service.ipFamilies',
    'driver.service.ipFamilyPolicy',
  ]),
  // Controllers of the cluster may act on them, for example to give the service a name in a DNS zone.
  ...keys(KeyUse.FREE_IN_PROGRAMS, SERVICE, ['driver.service.annotation.', 'driver.service.label.']),

  ...keys(KeyUse.NAMED, POD, ['scheduler.name'], 'use schedulerName in driver.template and executor.template'),
  ...byRole(POD, 'scheduler.name', (role) => `use schedulerName in ${role}.template`, KeyUse.NAMED),
  ...keys(KeyUse.NAMED, POD, ['executor.terminationGracePeriodSeconds'], 'use executor.terminationGracePeriod'),
  ...byRole(CLASSES, 'pod.featureSteps', (role) => `use ${role}.template`, KeyUse.NAMED),
  ...byRole(CLASSES, 'pod.excludedFeatureSteps', () => LEAVE_OUT, KeyUse.NAMED),
  ...keys(
    KeyUse.NAMED,
    POD,
    ['hadoop.configMapName'],
    'mount the ConfigMap with volumeMounts of driver and executor, and name its path as HADOOP_CONF_DIR in env',
  ),
  ...keys(
    KeyUse.NAMED,
    POD,
    ['kerberos.'],
    'mount krb5.conf or the token with volumeMounts of driver and executor, and name its file in javaOptions or env',
  ),
  ...keys(
    KeyUse.NAMED,
    `${SUBMISSION}, and uploads files of the controller there`,
    ['file.upload.path'],
    'use dependencies with the URIs of their files',
  ),
  ...keys(KeyUse.NAMED, `${SUBMISSION}, which then trusts any API server`, ['trust.certificates'], LEAVE_OUT),
  ...keys(KeyUse.NAMED, SUBMISSION, ['context'], 'it is the operator that knows its cluster: leave it out'),
  ...keys(KeyUse.NAMED, RIGHTS, ['executor.decommissionLabel', 'executor.decommissionLabelValue'], LEAVE_OUT),
  ...keys(KeyUse.NAMED, RIGHTS, ['driver.annotateExitException'], LEAVE_OUT),
  ...keys(
    KeyUse.NAMED,
    INTERNAL,
    ['driver.resourceNamePrefix', 'executor.hadoopConfigMapName', 'resource.type', 'submitInDriver'],
    LEAVE_OUT,
  ),

  ...keys(KeyUse.OWNED, SUBMISSION, ['namespace'], 'use jobNamespace'),
  ...keys(KeyUse.OWNED, SUBMISSION, ['driver.master', 'submission.waitAppCompletion'], MANAGED),
  ...keys(
    KeyUse.OWNED,
    SUBMISSION,
    ['driver.pod.name'],
    'Airflow and the operator find the driver by its usual name: leave it out',
  ),
  ...keys(
    KeyUse.OWNED,
    SUBMISSION,
    ['authenticate.driver.serviceAccountName', 'authenticate.executor.serviceAccountName'],
    ACCOUNT,
  ),
  ...keys(KeyUse.OWNED, SUBMISSION, ['authenticate.'], MANAGED),
  ...keys(KeyUse.OWNED, POD, ['container.image', 'driver.container.image', 'executor.container.image'], IMAGE),
  ...keys(KeyUse.OWNED, POD, ['container.image.pullPolicy', 'container.image.pullSecrets'], 'use the options of image'),
  ...byRole(POD, 'podTemplateFile', () => TEMPLATE),
  ...byRole(POD, 'podTemplateContainerName', () => TEMPLATE),
  ...keys(KeyUse.OWNED, POD, ['pyspark.pythonVersion'], 'use the Python version of image'),
  ...keys(KeyUse.OWNED, POD, ['memoryOverheadFactor'], 'use driver.memoryOverhead and executor.memoryOverhead'),
  ...byRole(POD, 'request.cores', (role) => `use ${role}.coreRequest`),
  ...byRole(POD, 'limit.cores', (role) => `use ${role}.coreLimit`),
  ...keys(KeyUse.OWNED, DRIVER, ['executor.deleteOnTermination'], 'use executor.deleteOnTermination'),
  ...byRole(POD, 'volumes.', (role) => `use ${role}.volumeMounts, writableDirectories or ${role}.localDirectories`),
  ...byRole(POD, 'secrets.', (role) => `use ${role}.volumeMounts with a volume of the Secret`),
  ...byRole(POD, 'secretKeyRef.', (role) => `use ${role}.env`),
  ...keys(KeyUse.OWNED, POD, ['driverEnv.'], 'use driver.env'),
  ...byRole(POD, 'label.', (role) => `use ${role}.labels`),
  ...byRole(POD, 'annotation.', (role) => `use ${role}.annotations`),
  ...keys(KeyUse.OWNED, POD, ['node.selector.'], 'use driver.nodeSelector and executor.nodeSelector'),
  ...byRole(POD, 'node.selector.', (role) => `use ${role}.nodeSelector`),
  ...keys(KeyUse.OWNED, POD, ['local.dirs.tmpfs'], 'use driver.localDirectories and executor.localDirectories'),
];

function withUse(...uses: readonly KeyUse[]): string[] {
  return KUBERNETES_KEYS.filter(({ use }) => uses.includes(use)).map(({ key }) => key);
}

/** Keys that every application may set, also one that is written by hand. */
export const FREE_KUBERNETES_KEYS: readonly string[] = withUse(KeyUse.FREE);

/** Keys that a secure application of a program may set. */
export const SECURE_KUBERNETES_KEYS: readonly string[] = withUse(KeyUse.FREE, KeyUse.FREE_IN_PROGRAMS);
